import { describe, expect, test } from '@jest/globals';
import { jobSpecification as job } from 'nomad-pack-sandbox/__tests__/support/api.ts';
import { ActionError } from '../../src/errors.ts';
import { jobsIn, type Lab, openLab } from './support/lab.ts';

const canary = (id: string, message: string, more = '') => job(id, { update: `canary = 1\n${more}`, message });
const reject = { operation: 'reject' } as const;

/** Two jobs whose canaries wait, the second of which Nomad takes back by itself, and a third one that has none. */
async function waiting(): Promise<Lab> {
  const lab = await openLab();
  const jobs = (text: string) => [canary('api', text), canary('web', text, 'auto_revert = true'), job('plain')];
  await lab.step({ jobs: jobs('old') });
  const outcome = await lab.step({ jobs: jobs('new'), rollout: { waitFor: 'promotion' } });
  expect(outcome).toMatchObject({ reason: '', result: { status: 'pending', health: 'unknown' } });
  return lab;
}

const isFailure = (path: string) => path.startsWith('/v1/deployment/fail/');
const message = ({ nomad }: Lab, id: string) =>
  nomad.state.job('default', id)?.TaskGroups[0]?.Tasks[0]?.Env?.['MESSAGE'] ?? '';

test('takes back what waits, watches it, and tells of all jobs', async () => {
  const lab = await waiting();
  const outcome = await lab.step(reject);
  expect(outcome).toMatchObject({ reason: '', result: { status: 'running', health: 'healthy', changed: true } });
  expect(outcome.result.jobs?.map(({ id }) => id).sort()).toEqual(['api', 'plain', 'web']);
  expect(jobsIn(lab)).toEqual(['api 2', 'plain 0', 'web 2']);
  expect([message(lab, 'api'), message(lab, 'web')]).toEqual(['old', 'old']);
  expect(await lab.step(reject)).toMatchObject({ reason: '', result: { health: 'healthy', changed: false } });
});

test('takes back canaries that are not healthy', async () => {
  const lab = await openLab();
  await lab.step({ jobs: [canary('api', 'old')] });
  const slow = job('api', { update: 'canary = 1', message: 'new', minHealthyTime: '9s' });
  await lab.step({ jobs: [slow], rollout: { timeout: 1_000 } });
  expect(await lab.step(reject)).toMatchObject({ reason: '', result: { health: 'healthy', changed: true } });
  expect(message(lab, 'api')).toBe('old');
});

describe('a failure whose answer is lost', () => {
  test.each([
    ['that was carried out is not sent again', true],
    ['that was not is sent again', false],
  ])('%s', async (_, afterwards) => {
    const lab = await waiting();
    let done = false;
    lab.fail(({ path }) => {
      if (!isFailure(path) || done) return undefined;
      done = true;
      return { kind: 'reset', afterwards };
    });
    expect(await lab.step(reject)).toMatchObject({ reason: '', result: { health: 'healthy', changed: true } });
  });

  test('because the step was cancelled is a change', async () => {
    const lab = await waiting();
    const abort = new AbortController();
    lab.fail(({ path }) => {
      if (!isFailure(path)) return undefined;
      abort.abort(new ActionError('cancelled', 'The step was cancelled.'));
      return { kind: 'delay', milliseconds: 300 };
    });
    const outcome = await lab.step({ ...reject, signal: abort.signal });
    expect(outcome).toMatchObject({ reason: 'cancelled', result: { changed: true } });
    expect(outcome.result.jobs?.map(({ id }) => id)).toEqual(['api', 'plain', 'web']);
  });
});

test('a refusal changes nothing, and tells of the jobs', async () => {
  const lab = await waiting();
  lab.fail(({ path }) => (isFailure(path) ? { kind: 'respond', status: 403, body: 'no' } : undefined));
  const outcome = await lab.step(reject);
  expect(outcome).toMatchObject({ reason: 'nomad-auth', result: { changed: false } });
  expect(outcome.result.jobs?.map(({ id }) => id)).toEqual(['api', 'plain', 'web']);
});

test('where no earlier version was healthy, the canaries go all the same, and the step is red', async () => {
  const lab = await openLab();
  await lab.step({ jobs: [canary('api', 'old')] });
  const { state } = lab.nomad;
  const [first] = state.jobVersions('default', 'api');
  if (first !== undefined) state.commit(() => state.putVersionTag({ ...first, Stable: false }, null));
  await lab.step({ jobs: [canary('api', 'new')], rollout: { waitFor: 'promotion' } });
  const outcome = await lab.step(reject);
  expect(outcome).toMatchObject({ reason: 'no-earlier-version', result: { changed: true } });
  expect(outcome.message).toContain('api (default): version 0');
  expect(state.latestDeployment('default', 'api')?.Status).toBe('failed');
});
