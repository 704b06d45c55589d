import { describe, expect, test } from '@jest/globals';
import { ask, jobSpecification as job } from 'nomad-pack-sandbox/__tests__/support/api.ts';
import { ActionError } from '../../src/errors.ts';
import { type Lab, openLab, type Run } from './support/lab.ts';

const two = [job('api'), job('web')];
const next = [job('api', { message: 'next' }), job('web')];

async function deployed(): Promise<Lab> {
  const lab = await openLab();
  await lab.step({ jobs: two });
  return lab;
}

const cancelled = () => new ActionError('cancelled', 'The step was cancelled.');

describe('a step that is cancelled', () => {
  /** Deploys, and cancels the step once the run has done its work. */
  async function cancel(lab: Lab, work: Run, afterwards?: () => void) {
    const abort = new AbortController();
    return await lab.step({
      jobs: next,
      signal: abort.signal,
      run: async (pack) => {
        await work(pack);
        afterwards?.();
        abort.abort(cancelled());
        throw abort.signal.reason;
      },
    });
  }

  test('tells of the jobs as they are, and what it has changed', async () => {
    const outcome = await cancel(await deployed(), async (pack) => await pack.register());
    expect(outcome).toMatchObject({ reason: 'cancelled', result: { changed: true } });
    expect(outcome.result.jobs?.map(({ id, version }) => `${id} ${version}`)).toEqual(['api 1', 'web 0']);
  });

  test('and has changed nothing where nothing has been registered', async () => {
    const outcome = await cancel(await deployed(), async () => ({ evaluations: [], registered: [], stopped: [] }));
    expect(outcome).toMatchObject({ reason: 'cancelled', result: { changed: false } });
    expect(outcome.result.jobs?.map(({ id, version }) => `${id} ${version}`)).toEqual(['api 0', 'web 0']);
  });

  test('and has changed what it has stopped', async () => {
    const lab = await deployed();
    await lab.step({ jobs: [...two, job('old')] });
    const outcome = await cancel(lab, async () => {
      await ask(lab.nomad, 'DELETE /v1/job/old');
      return { evaluations: [], registered: [], stopped: ['old'] };
    });
    expect(outcome).toMatchObject({ reason: 'cancelled', result: { changed: true } });
  });

  test('says nothing new where Nomad does not answer any more', async () => {
    const lab = await deployed();
    const outcome = await cancel(
      lab,
      async (pack) => await pack.register(),
      () => lab.fail(() => ({ kind: 'respond', status: 403, body: 'no' })),
    );
    expect(outcome).toMatchObject({ reason: 'cancelled', result: { changed: true } });
    expect(outcome.lines.join('\n')).toContain('No last look at the cluster: ');
    expect(outcome.message).toBe('The step was cancelled.');
  });
});

describe('a step that fails half-way', () => {
  test('tells of the jobs as they are', async () => {
    const lab = await deployed();
    const outcome = await lab.step({
      jobs: next,
      run: async (pack) => {
        await pack.register();
        throw new ActionError('nomad-pack-failed', 'it died');
      },
    });
    expect(outcome).toMatchObject({ reason: 'nomad-pack-failed', result: { changed: true, status: 'running' } });
    expect(outcome.result.jobs?.map(({ id, version }) => `${id} ${version}`)).toEqual(['api 1', 'web 0']);
  });

  test('says nothing new where Nomad does not answer any more', async () => {
    const lab = await deployed();
    const outcome = await lab.step({
      jobs: next,
      run: async (pack) => {
        await pack.register();
        lab.fail(() => ({ kind: 'respond', status: 403, body: 'no' }));
        throw new ActionError('nomad-pack-failed', 'it died');
      },
    });
    expect(outcome).toMatchObject({ reason: 'nomad-pack-failed', message: 'it died' });
    expect(outcome.lines.join('\n')).toContain('Nobody knows how the jobs are: ');
  });
});
