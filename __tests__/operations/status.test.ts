import { describe, expect, test } from '@jest/globals';
import { ask, jobSpecification as job, register } from 'nomad-pack-sandbox/__tests__/support/api.ts';
import { type Lab, openLab, type StepOptions } from './support/lab.ts';

const crash = { script: 'exit 3', minHealthyTime: '9s' };
const HUGE = 999_999;

const status = async (lab: Lab, more: StepOptions = {}) => await lab.step({ ...more, operation: 'status' });

async function deployed(jobs: readonly string[], step: StepOptions = {}): Promise<Lab> {
  const lab = await openLab({ namespaces: ['prod'] });
  await lab.step({ jobs, ...step });
  return lab;
}

describe('`fail_on_unhealthy` says how the deployment is, the causes first', () => {
  const review = { failOnUnhealthy: true };

  test.each<[string, readonly string[], string[]]>([
    [
      'failed',
      [job('a', crash), job('b'), job('c', { ...crash, script: 'exit 4' })],
      [
        'Job "a": task "server" of group "app" exited with code 3',
        'Job "c": task "server" of group "app" exited with code 4',
        'The deployment `demo` has failed.',
      ],
    ],
    ['pending', [job('a', { memory: HUGE })], ['The deployment `demo` is pending.']],
  ])('%s', async (_, jobs, lines) => {
    const lab = await deployed(jobs, { rollout: { timeout: 1_000 } });
    const outcome = await status(lab, { review });
    expect(outcome.reason).toBe('unhealthy');
    expect(outcome.message.split('\n')).toEqual(lines);
    expect(outcome.result.failure?.hint).toContain('The table of jobs says which.');
  });

  test('pending and unhealthy at once', async () => {
    const lab = await deployed([job('a', { memory: HUGE }), job('b')], { rollout: { timeout: 1_000 } });
    const { state } = lab.nomad;
    const [allocation] = state.jobAllocations('default', 'b');
    if (allocation !== undefined)
      state.commit(() =>
        state.putAllocation({
          ...allocation,
          DeploymentStatus: { ...allocation.DeploymentStatus, Healthy: false } as never,
        }),
      );
    const outcome = await status(lab, { review });
    expect(outcome.result).toMatchObject({ status: 'pending', health: 'unhealthy' });
    expect(outcome.message.split('\n').at(-1)).toBe('The deployment `demo` is pending and unhealthy.');
  });

  test('absent, or stopped', async () => {
    const lab = await deployed([job('web')]);
    const absent = await status(lab, { review, name: 'none', jobs: [] });
    expect([absent.reason, absent.message]).toEqual(['unhealthy', 'The deployment `none` is absent.']);
    expect(absent.result.failure?.hint).toMatch(/^Deploy it, or check `deployment_name`/);
    await lab.step({ operation: 'stop' });
    const stopped = await status(lab, { review });
    expect([stopped.reason, stopped.message]).toEqual(['unhealthy', 'The deployment `demo` is stopped.']);
    expect((await status(lab)).result).not.toHaveProperty('failure');
  });
});

test('the causes of no more than five jobs are looked for', async () => {
  const jobs = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => job(id, crash));
  const { result } = await status(await deployed(jobs));
  expect(result.jobs?.map(({ diagnosis }) => diagnosis?.reason)).toEqual([...Array(5).fill('unhealthy'), undefined]);
  expect(result.jobs?.every(({ health }) => health === 'unhealthy')).toBe(true);
});

describe('jobs of the same deployment in other namespaces', () => {
  const inProd = (id: string) => job(id, { job: 'namespace = "prod"' });
  const own = { 'pack.name': 'web', 'pack.deployment_name': 'demo' };

  test('are named beside those that are here, and are not part of it', async () => {
    const lab = await deployed([job('web')]);
    await register(lab.nomad, inProd('far'), own);
    const outcome = await status(lab);
    expect(outcome.result).toMatchObject({ status: 'running', health: 'healthy' });
    expect(outcome.result.jobs?.map(({ id }) => id)).toEqual(['web']);
    expect(outcome.lines).toContain(
      'The same pack runs under the same name elsewhere: far (prod). Set `nomad_namespace` to look there.',
    );
  });

  test('may be another environment’s where none is here: nobody knows how it is', async () => {
    const lab = await openLab({ namespaces: ['prod'] });
    await register(lab.nomad, inProd('far'), own);
    const outcome = await status(lab, { registry: false });
    expect(outcome.result).toMatchObject({ status: 'unknown', health: 'unknown', jobs: [{ id: 'far' }] });
    expect(lab.nomad.requests.some(({ path }) => path.startsWith('/v1/namespace/'))).toBe(false);
  });

  test('do not make it ask whether the namespace is there, but nothing at all does', async () => {
    const lab = await openLab();
    expect(await status(lab, { namespace: 'none' })).toMatchObject({ reason: 'nomad-namespace' });
  });
});

describe('where a version came from', () => {
  const origin = { run: 'https://github.com/octo/shop/actions/runs/7', actor: 'octocat' };

  test('is told of each job, but not what it went back to', async () => {
    const lab = await deployed([job('web')], { origin });
    await lab.step({ jobs: [job('web', { message: 'b' })], origin });
    expect(await lab.step({ operation: 'rollback', origin })).toMatchObject({ reason: '' });
    await register(lab.nomad, job('plain'), { 'pack.name': 'web', 'pack.deployment_name': 'demo' });
    const { result } = await status(lab);
    const told = Object.fromEntries((result.jobs ?? []).map((one) => [one.id, one.origin]));
    expect(told['web']).toStrictEqual({ ...origin, commit: 'c0ffee', deployed: expect.any(String) });
    expect(result.jobs?.find(({ id }) => id === 'plain')).not.toHaveProperty('origin');
  });
});

test('an error of Nomad’s while the pack’s own jobs are looked for is an error', async () => {
  const lab = await openLab();
  lab.fail(({ path }) => (path === '/v1/job/demo' ? { kind: 'respond', status: 403, body: 'no' } : undefined));
  expect(await status(lab, { registry: false })).toMatchObject({ reason: 'nomad-auth' });
});

test('what is launched and over is not named, though what launched it is gone', async () => {
  const periodic = { type: 'batch', job: 'periodic {\n crons = ["0 0 1 1 *"]\n }' };
  const lab = await deployed([job('cron', { ...periodic, script: 'true' })]);
  await ask(lab.nomad, 'POST /v1/job/cron/periodic/force');
  await lab.nomad.until((state) =>
    state.allJobs().some(({ ParentID, Status }) => ParentID === 'cron' && Status === 'dead'),
  );
  await ask(lab.nomad, 'DELETE /v1/job/cron');
  expect((await status(lab)).lines.join('\n')).not.toContain('Launched by');
});
