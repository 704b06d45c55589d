import { describe, expect, test } from '@jest/globals';
import { ask, jobSpecification as job, register } from 'nomad-pack-sandbox/__tests__/support/api.ts';
import { ActionError } from '../../src/errors.ts';
import { jobsIn, type Lab, openLab, type StepOptions } from './support/lab.ts';
import { twice } from './support/twice.ts';

const crash = { script: 'exit 3' };
const revert = { onFailure: 'revert' } as const;

/** A deployment of these jobs, and then another of it. */
async function redeploy(jobs: readonly string[], step: StepOptions, prepare?: (lab: Lab) => void) {
  const lab = await openLab();
  await lab.step({ jobs });
  prepare?.(lab);
  return { lab, outcome: await lab.step(step) };
}

const reverts = ({ nomad }: Lab) => nomad.requests.filter(({ path }) => path.endsWith('/revert')).length;

test('a failed deploy goes back as one unit: what it changed, what it created, what it stopped', async () => {
  const { lab, outcome } = await redeploy([job('api'), job('old'), job('web')], {
    jobs: [job('api', { message: 'new' }), job('new'), job('web', crash)],
    rollout: revert,
  });
  expect(outcome).toMatchObject({
    reason: 'unhealthy',
    result: { status: 'reverted', health: 'healthy', changed: true },
  });
  expect(outcome.message).toMatch(/exited with code 3.*\nThe jobs went back to the versions they had before\.$/s);
  expect(jobsIn(lab)).toEqual(['api 2', '[new 1]', 'old 2', 'web 2']);
  expect(outcome.result.planData).toMatchObject({
    changed: true,
    jobs: [{ id: 'api' }, { id: 'new' }, { id: 'web' }, { id: 'old' }],
  });
  expect(outcome.lines.join('\n')).not.toContain('Nomad variables');
  const states = outcome.result.jobs?.map(({ id, status }) => `${id} ${status}`).sort();
  expect(states).toEqual(['api running', 'new stopped', 'old running', 'web running']);
  // Why it failed is told with the job that is well again.
  expect(outcome.result.jobs?.find(({ id }) => id === 'web')?.diagnosis?.cause).toContain('exited with code 3');
});

test('a failed deploy stays where it is not asked to go back', async () => {
  const { lab, outcome } = await redeploy([job('old'), job('web')], { jobs: [job('web', crash)] });
  expect(outcome).toMatchObject({ reason: 'unhealthy', result: { status: 'failed' } });
  expect(jobsIn(lab)).toEqual(['[old 1]', 'web 1']);
  expect(reverts(lab)).toBe(0);
});

test('a first deploy has nothing to go back to', async () => {
  const lab = await openLab();
  const outcome = await lab.step({ jobs: [job('web', crash)], rollout: revert });
  expect(outcome).toMatchObject({ reason: 'unhealthy', result: { status: 'failed' } });
  expect(outcome.lines.join('\n')).toContain('there is no version to go back to');
  expect(jobsIn(lab)).toEqual(['web 0']);
});

describe('what must not be taken back', () => {
  test('canaries that wait for a decision', async () => {
    const update = 'canary = 1';
    const { lab, outcome } = await redeploy([job('web', { update })], {
      jobs: [job('web', { update, message: 'new' })],
      rollout: revert,
    });
    expect(outcome).toMatchObject({ reason: 'awaiting-promotion', result: { status: 'pending' } });
    expect(reverts(lab)).toBe(0);
  });

  test('what somebody else has deployed since', async () => {
    const lab = await openLab();
    await lab.step({ jobs: [job('web')] });
    const outcome = await lab.step({
      jobs: [job('web', { message: 'new' })],
      rollout: revert,
      run: async (pack) => {
        const done = await pack.register();
        await lab.step({ jobs: [job('web', { message: 'theirs' })] });
        return done;
      },
    });
    expect(outcome).toMatchObject({ reason: 'superseded', result: { changed: true } });
    expect(reverts(lab)).toBe(0);
    expect(jobsIn(lab)).toEqual(['web 2']);
  });

  test('a rollout that went well, though nomad-pack stopped somebody else’s job', async () => {
    const lab = await openLab();
    await lab.step({ jobs: [job('web')] });
    const outcome = await lab.step({
      jobs: [job('web', { message: 'new' })],
      rollout: revert,
      run: async (pack) => {
        await register(lab.nomad, job('late'), { 'pack.deployment_name': 'demo', 'pack.name': 'other' });
        return await pack.register();
      },
    });
    expect(outcome).toMatchObject({ reason: 'would-stop-others', result: { status: 'running', changed: true } });
    expect(reverts(lab)).toBe(0);
    expect(jobsIn(lab)).toEqual(['[late 1]', 'web 1']);
  });

  test('but the stop of somebody else’s job is a warning beside a rollout that failed', async () => {
    const lab = await openLab();
    await lab.step({ jobs: [job('web')] });
    const outcome = await lab.step({
      jobs: [job('web', crash)],
      rollout: revert,
      run: async (pack) => {
        await register(lab.nomad, job('late'), { 'pack.deployment_name': 'demo', 'pack.name': 'other' });
        return await pack.register();
      },
    });
    expect(outcome).toMatchObject({ reason: 'unhealthy', result: { status: 'reverted' } });
    expect(outcome.lines.join('\n')).toMatch(/nomad-pack stopped late \(default\).* start those jobs again/);
    expect(jobsIn(lab)).toEqual(['[late 1]', 'web 2']);
  });

  test.each(['canary first', 'crash first'])('but a job that failed beside waiting canaries is: %s', async (order) => {
    const canary = (message: string) => job('web', { update: 'canary = 1', message });
    const jobs = (...both: string[]) => (order === 'canary first' ? both : both.reverse());
    const { lab, outcome } = await redeploy(jobs(canary('old'), job('api')), {
      jobs: jobs(canary('new'), job('api', crash)),
      rollout: revert,
    });
    expect(outcome).toMatchObject({ reason: 'unhealthy', result: { status: 'reverted' } });
    expect(jobsIn(lab)).toEqual(['api 2', 'web 2']);
  });
});

describe('a way back that fails', () => {
  test('is told beside what it was to undo, with how the jobs are', async () => {
    const { outcome } = await redeploy(
      [job('api'), job('web')],
      { jobs: [job('api', { message: 'new' }), job('web', crash)], rollout: revert },
      (lab) =>
        lab.fail(({ path }) =>
          path === '/v1/job/web/revert' ? { kind: 'respond', status: 500, body: 'no way' } : undefined,
        ),
    );
    expect(outcome.reason).toBe('revert-failed');
    expect(outcome.message).toMatch(/exited with code 3[\s\S]*\nGoing back failed, too: .*version 0: no way/);
    expect(outcome.message).toContain('Job "api" (default) went back to version 0, as version 2.');
    expect(outcome.result).toMatchObject({ status: 'failed', health: 'unhealthy', changed: true });
    expect(outcome.result.jobs?.map(({ id, version }) => [id, version])).toEqual([
      ['api', 2],
      ['web', 1],
    ]);
  });

  test('because what was there before fails now is told with that', async () => {
    const { script, hasBegun } = await twice('exec sleep 3600', 'exit 7');
    const lab = await openLab();
    await lab.step({ jobs: [job('web', { script })] });
    await hasBegun();
    const outcome = await lab.step({ jobs: [job('web', crash)], rollout: revert });
    expect(outcome).toMatchObject({ reason: 'revert-failed', result: { status: 'failed', health: 'unhealthy' } });
    expect(outcome.message).toMatch(/code 3[\s\S]*Going back failed, too: .*code 7/);
  });

  test.each([
    ['before it was carried out', false],
    ['after it was carried out', true],
  ])('for a moment, %s, is tried again', async (_, carriedOut) => {
    const { lab, outcome } = await redeploy(
      [job('web')],
      { jobs: [job('web', crash)], rollout: revert },
      ({ fail }) => {
        let failed = false;
        fail(({ path }) => {
          if (failed || !path.endsWith('/revert')) return undefined;
          failed = true;
          return { kind: 'reset', afterwards: carriedOut };
        });
      },
    );
    expect(outcome).toMatchObject({ reason: 'unhealthy', result: { status: 'reverted' } });
    expect(jobsIn(lab)).toEqual(['web 2']);
  });

  test('is cancelled like any other work, and says what it has changed', async () => {
    const abort = new AbortController();
    const { lab, outcome } = await redeploy(
      [job('web')],
      { jobs: [job('web', crash)], rollout: revert, signal: abort.signal },
      ({ fail }) =>
        fail(({ path }) => {
          if (path.endsWith('/revert')) abort.abort(new ActionError('cancelled', 'The step was cancelled.'));
          return undefined;
        }),
    );
    expect(outcome).toMatchObject({ reason: 'cancelled', result: { changed: true, jobs: [{ id: 'web' }] } });
    expect(outcome.message).not.toContain('Going back failed');
    expect(jobsIn(lab).length).toBe(1);
  });

  test('where Nomad does not say how the jobs are, leaves what was known', async () => {
    let broken = false;
    const { outcome } = await redeploy([job('web')], { jobs: [job('web', crash)], rollout: revert }, ({ fail }) =>
      fail(({ path }) => {
        broken ||= path.endsWith('/revert');
        return broken ? { kind: 'respond', status: 403, body: 'no' } : undefined;
      }),
    );
    expect(outcome).toMatchObject({
      reason: 'revert-failed',
      result: { jobs: [{ id: 'web', version: 1, status: 'failed' }] },
    });
  });
});

test('what had been stopped before is stopped again, and nothing ran anew', async () => {
  const lab = await openLab();
  await lab.step({ jobs: [job('web')] });
  await ask(lab.nomad, 'DELETE /v1/job/web');
  const outcome = await lab.step({ jobs: [job('web', crash)], rollout: revert });
  expect(outcome).toMatchObject({ reason: 'unhealthy', result: { status: 'stopped', health: 'unknown' } });
  expect(outcome.message).toContain('What this step had started was stopped.');
});

test('a run that fails half-way goes back, too', async () => {
  const lab = await openLab();
  await lab.step({ jobs: [job('api'), job('web')] });
  const failure = new ActionError('nomad-pack-failed', 'half');
  const outcome = await lab.step({
    jobs: [job('api', { message: 'new' }), job('web', { message: 'new' })],
    rollout: revert,
    run: async (pack) => {
      lab.fail(({ method, path }) => {
        const posts = lab.nomad.requests.filter((one) => one.method === 'POST' && one.path === '/v1/jobs').length;
        return method === 'POST' && path === '/v1/jobs' && posts === 4
          ? { kind: 'respond', status: 500, body: 'no' }
          : undefined;
      });
      return { ...(await pack.register()), failure };
    },
  });
  expect(outcome).toMatchObject({ reason: 'nomad-pack-failed', result: { status: 'reverted', health: 'healthy' } });
  expect(jobsIn(lab)).toEqual(['api 2', 'web 0']);
});
