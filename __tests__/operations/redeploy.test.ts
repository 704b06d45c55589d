import { describe, expect, test } from '@jest/globals';
import { ask, jobSpecification as job } from 'nomad-pack-sandbox/__tests__/support/api.ts';
import { ActionError } from '../../src/errors.ts';
import { jobsIn, type Lab, openLab } from './support/lab.ts';
import { twice } from './support/twice.ts';

const QUICK = `migrate {
      health_check     = "task_states"
      min_healthy_time = "50ms"
      healthy_deadline = "5s"
    }`;
const jobs = [job('api', { count: 3, group: QUICK, update: 'max_parallel = 2' })];
const again = { jobs, rollout: { redeploy: true } } as const;

async function deployed(): Promise<Lab> {
  const lab = await openLab();
  expect(await lab.step({ jobs })).toMatchObject({ reason: '' });
  return lab;
}

const isStop = (path: string) => /^\/v1\/allocation\/[^/]+\/stop$/.test(path);
const running = ({ nomad }: Lab) =>
  nomad.state.jobAllocations('default', 'api').filter(({ ClientStatus }) => ClientStatus === 'running');

test('replaces as many at once as the update block says, without a new version and without nomad-pack', async () => {
  const lab = await deployed();
  const before = running(lab).map(({ ID }) => ID);
  const outcome = await lab.step(again);
  expect(outcome).toMatchObject({ reason: '', runs: 0, result: { changed: true, health: 'healthy' } });
  expect(jobsIn(lab)).toEqual(['api 0']);
  expect(running(lab).filter(({ ID }) => before.includes(ID))).toEqual([]);
  const replaced = outcome.lines.filter((line) => line.includes('allocations replaced'));
  expect(replaced).toEqual(['group "app": 2 of 3 allocations replaced', 'group "app": 3 of 3 allocations replaced']);
});

test('does not touch jobs that are new with this deploy', async () => {
  const lab = await openLab();
  expect(await lab.step(again)).toMatchObject({ reason: '', result: { changed: true } });
  expect(lab.nomad.requests.filter(({ path }) => isStop(path))).toEqual([]);
});

test('a periodic job has nothing to replace', async () => {
  const lab = await openLab();
  const nightly = [job('nightly', { type: 'batch', job: 'periodic {\n cron = "0 0 1 1 *"\n }' })];
  await lab.step({ jobs: nightly });
  const outcome = await lab.step({ jobs: nightly, rollout: { redeploy: true } });
  expect(outcome).toMatchObject({ reason: '', result: { changed: false, planData: { jobs: [{ action: 'none' }] } } });
  expect(jobsIn(lab)).toEqual(['nightly 0']);
});

test('batch jobs run again, and are watched to their end', async () => {
  const lab = await openLab();
  const { script } = await twice('exit 0', 'sleep 1.3; exit 0');
  const batch = [job('load', { type: 'batch', script })];
  const rollout = { waitFor: 'complete', redeploy: true } as const;
  await lab.step({ jobs: batch, rollout });
  const outcome = await lab.step({ jobs: batch, rollout });
  expect(outcome).toMatchObject({ reason: '', result: { status: 'complete', health: 'healthy', changed: true } });
  expect(outcome.result).not.toHaveProperty('failure');
  expect(outcome.lines).toContain('Runs again: load (default).');
  expect(jobsIn(lab)).toEqual(['load 2']);
});

describe('beside jobs that the deploy changes', () => {
  const both = (message: string, script?: string) => [
    ...jobs,
    // One that crashes must not have been healthy before, however slow the machine is.
    job('web', { message, ...(script !== undefined && { script, minHealthyTime: '9s' }) }),
  ];

  test('the others are replaced, and all are told of', async () => {
    const lab = await openLab();
    await lab.step({ jobs: both('old') });
    const before = running(lab).map(({ ID }) => ID);
    const outcome = await lab.step({ jobs: both('new'), rollout: { redeploy: true } });
    expect(outcome).toMatchObject({
      reason: '',
      runs: 1,
      result: { status: 'running', health: 'healthy', changed: true },
    });
    expect(outcome.result.jobs?.map(({ id, version }) => `${id} ${version}`).sort()).toEqual(['api 0', 'web 1']);
    expect(running(lab).filter(({ ID }) => before.includes(ID))).toEqual([]);
  });

  test('the others stay where the deploy fails', async () => {
    const lab = await openLab();
    await lab.step({ jobs: both('old') });
    const outcome = await lab.step({ jobs: both('new', 'exit 3'), rollout: { redeploy: true } });
    expect(outcome).toMatchObject({ reason: 'unhealthy', result: { changed: true } });
    expect(lab.nomad.requests.filter(({ path }) => isStop(path))).toEqual([]);
    const told = outcome.lines.filter((line) => line === outcome.message.split('\n')[0]);
    expect(told).toEqual([]);
  });
});

describe('a redeploy', () => {
  test.each([
    ['stopped', '', 1],
    ['purged', '?purge=true', 0],
  ])('leaves alone a job that somebody has %s meanwhile', async (_, query, left) => {
    const lab = await deployed();
    let gone: Promise<unknown> | undefined;
    const outcome = await lab.step({
      ...again,
      onLine: (line) => {
        if (line === 'Replace the allocations') gone ??= ask(lab.nomad, `DELETE /v1/job/api${query}`);
      },
    });
    await gone;
    expect(outcome).toMatchObject({ reason: 'stopped', result: { changed: false } });
    expect(lab.nomad.requests.filter(({ path }) => isStop(path))).toEqual([]);
    expect(jobsIn(lab)).toHaveLength(left);
  });

  test('whose new allocation fails is red, and leaves the rest as it runs', async () => {
    const lab = await openLab();
    const { script, hasBegun } = await twice('exec sleep 3600', 'exit 7');
    const failing = [job('api', { group: QUICK, script })];
    await lab.step({ jobs: failing });
    await hasBegun();
    const outcome = await lab.step({ jobs: failing, rollout: { redeploy: true } });
    expect(outcome).toMatchObject({ reason: 'unhealthy', result: { changed: true } });
  });

  test('that takes too long is red, though what there is is well', async () => {
    const lab = await openLab();
    const slow = [job('api', { group: QUICK.replace('50ms', '4s') })];
    await lab.step({ jobs: slow });
    const outcome = await lab.step({ jobs: slow, rollout: { redeploy: true, timeout: 300 } });
    expect([outcome.reason, outcome.message]).toEqual([
      'unhealthy',
      'Job "api" was not redeployed to its end: group "app": the new allocations were not healthy in time',
    ]);
    expect(outcome.result.failure?.hint).toContain('nomad job status -namespace default api');
    expect(outcome.result).toMatchObject({ changed: true, jobs: [{ id: 'api' }] });
  });

  test('that Nomad refuses changes nothing', async () => {
    const lab = await deployed();
    lab.fail(({ path }) => (isStop(path) ? { kind: 'respond', status: 403, body: 'Permission denied' } : undefined));
    expect(await lab.step(again)).toMatchObject({ reason: 'nomad-auth', result: { changed: false } });
    expect(running(lab)).toHaveLength(3);
  });

  test('whose job belongs to somebody else meanwhile leaves it alone', async () => {
    const lab = await deployed();
    const { state } = lab.nomad;
    const take = (line: string) => {
      const now = state.job('default', 'api');
      if (line !== 'Replace the allocations' || now === undefined) return;
      state.commit(() => state.putJobVersion({ ...now, Meta: { ...now.Meta, 'pack.deployment_name': 'theirs' } }));
    };
    expect((await lab.step({ ...again, onLine: take })).reason).toBe('would-stop-others');
    expect(lab.nomad.requests.filter(({ path }) => isStop(path))).toEqual([]);
  });

  test('that is cancelled says that something has changed, and which jobs there are', async () => {
    const lab = await deployed();
    const abort = new AbortController();
    lab.fail(({ path }) => {
      if (!isStop(path)) return undefined;
      setTimeout(() => abort.abort(new ActionError('cancelled', 'The step was cancelled.')), 20);
      return undefined;
    });
    const outcome = await lab.step({ ...again, signal: abort.signal });
    expect(outcome).toMatchObject({ reason: 'cancelled', result: { changed: true, jobs: [{ id: 'api' }] } });
  });

  test('of a batch job that somebody registers in between is superseded', async () => {
    const lab = await openLab();
    const batch = [job('load', { type: 'batch', script: 'exit 0' })];
    await lab.step({ jobs: batch });
    let isChanged = false;
    lab.fail(({ path }) => {
      const now = lab.nomad.state.job('default', 'load');
      if (path !== '/v1/job/load/revert' || isChanged || now === undefined) return undefined;
      isChanged = true;
      lab.nomad.state.commit(() =>
        lab.nomad.state.putJobVersion({ ...now, Stop: false, Meta: { ...now.Meta, by: 'hand' } }),
      );
      return undefined;
    });
    const outcome = await lab.step({ jobs: batch, rollout: { redeploy: true } });
    expect(outcome).toMatchObject({ reason: 'superseded', result: { changed: true } });
    expect(lab.nomad.state.job('default', 'load')?.Version).toBe(2);
  });
});
