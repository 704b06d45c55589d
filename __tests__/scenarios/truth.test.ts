import { expect, test } from '@jest/globals';
import { startGateway } from './support/gateway.ts';
import { scenarios } from './support/scenario.ts';

const { run, ask, cluster } = scenarios('What was done, and by whom');

const LIMIT = 90_000;

interface Stub {
  readonly ID: string;
  readonly Stop: boolean;
}

test(
  'two identical deploys at once are both green, and run nothing twice',
  async () => {
    const step = { name: 'twins', variables: { job_name: 'twins', min_healthy_time: '2s' } };
    await run({ ...step, variables: { ...step.variables, message: 'old' } });
    const both = await Promise.all([
      run({ ...step, scenario: 'two at once, the first' }),
      run({ ...step, scenario: 'two at once, the second' }),
    ]);
    for (const outcome of both) expect(outcome).toMatchObject({ exitCode: 0, status: 'running', health: 'healthy' });
    expect(both.some(({ changed }) => changed === 'true')).toBe(true);
    expect(new Set(both.map(({ jobs }) => jobs[0]?.version)).size).toBe(1);
    const allocations = await ask<{ JobVersion: number; DesiredStatus: string }[]>('/v1/job/twins/allocations');
    // One of the version before, one of this one.
    expect(allocations.map(({ DesiredStatus }) => DesiredStatus).sort()).toEqual(['run', 'stop']);
  },
  LIMIT,
);

test(
  'the same deploy right after a cancelled one waits for the rollout that goes on',
  async () => {
    const step = { name: 'again', variables: { job_name: 'again', min_healthy_time: '6s' } };
    let told = false;
    const cancelled = await run({
      ...step,
      scenario: 'cancelled',
      onLog: (log, child) => {
        if (!told && /Registered/.test(log)) told = child.kill('SIGINT');
      },
    });
    expect(cancelled).toMatchObject({ status: 'cancelled', changed: 'true' });
    const outcome = await run({ ...step, scenario: 'the same after it' });
    expect(outcome).toMatchObject({ exitCode: 0, health: 'healthy', changed: 'false' });
    const [deployment] = await ask<{ Status: string }[]>('/v1/job/again/deployments');
    expect(deployment?.Status).toBe('successful');
  },
  LIMIT,
);

test(
  'what a pack says after its deploy is not taken for what nomad-pack did',
  async () => {
    await run({ name: 'bystander', variables: { job_name: 'bystander' } });
    const [evaluation] = await ask<{ ID: string }[]>('/v1/job/bystander/evaluations');
    const says = [
      "Job 'bystander' stopped successfully",
      `Evaluation ID: ${evaluation?.ID}`,
      "Job 'loud' in pack deployment 'loud' registered successfully",
    ].join('\n');
    const outcome = await run({ scenario: 'a pack that says more', pack: 'loud', name: 'loud', variables: { says } });
    expect(outcome).toMatchObject({ exitCode: 0, status: 'running', changed: 'true', reason: '' });
    const again = await run({
      pack: 'loud',
      name: 'loud',
      variables: { says: `${says}\nJob 'loud' stopped successfully` },
    });
    expect(again).toMatchObject({ exitCode: 0, changed: 'false' });
  },
  LIMIT,
);

test(
  'a plan tells of the children of a periodic job what the deploy does to them',
  async () => {
    const step = { pack: 'nightly', name: 'nightly' };
    const variables = { script: 'exec sleep 3600' };
    await run({ ...step, variables });
    const forced = await fetch(`${cluster().address}/v1/job/nightly/periodic/force`, { method: 'POST' });
    expect(forced.status).toBe(200);
    const child = async () => (await ask<Stub[]>('/v1/jobs?prefix=nightly/'))[0];
    const unchanged = await run({
      ...step,
      scenario: 'unchanged, with a child',
      operation: 'plan',
      variables,
      with: { fail_on_changes: 'true' },
    });
    expect(unchanged).toMatchObject({ exitCode: 0, changed: 'false' });
    expect(unchanged.plan.map(({ id, action }) => [id, action])).toEqual([['nightly', 'none']]);

    const other = { script: 'exec sleep 3601' };
    const planned = await run({ ...step, scenario: 'changed, with a child', operation: 'plan', variables: other });
    const outcome = await run({ ...step, variables: other });
    expect(outcome).toMatchObject({ exitCode: 0, changed: 'true' });
    const { ID, Stop } = (await child()) ?? {};
    expect(planned.plan.some(({ id, action }) => id === ID && action === 'stop')).toBe(Stop);
    expect(outcome.log.includes(String(ID))).toBe(Stop);
  },
  LIMIT,
);

test(
  'what a gateway has given up on, and Nomad carries out later, has changed the cluster',
  async () => {
    const step = { name: 'late', variables: { job_name: 'late' } };
    const late = async (givesUp: (request: string) => boolean) => ({
      nomad_addr: await startGateway(cluster().address, givesUp, 3_000),
    });
    const registered = await run({
      ...step,
      scenario: 'registered, late',
      with: await late((request) => /^(?:PUT|POST) .v1.jobs$/.test(request)),
    });
    expect(registered).toMatchObject({ exitCode: 0, health: 'healthy', changed: 'true' });
    expect(registered.jobs).toMatchObject([{ id: 'late', version: 0 }]);

    const gone = await run({
      ...step,
      scenario: 'destroyed, late',
      operation: 'destroy',
      with: await late((request) => request.startsWith('DELETE ')),
    });
    expect(gone).toMatchObject({ exitCode: 0, status: 'absent', changed: 'true' });
    expect(await ask<Stub[]>('/v1/jobs?prefix=late')).toEqual([]);
  },
  LIMIT,
);
