import { describe, expect, test } from '@jest/globals';
import { type Outcome, scenarios } from './support/scenario.ts';

const { run, ask, cluster } = scenarios('Ownership');

const LIMIT = 90_000;

interface NomadJob {
  readonly Stop: boolean;
  readonly JobModifyIndex: number;
}

test(
  'a job that the pack no longer has stops, and is named',
  async () => {
    await run({ pack: 'v1/trio', name: 'shop' });
    const outcome = await run({ scenario: 'job removed from the pack', pack: 'v2/trio', name: 'shop' });
    expect(outcome).toMatchObject({ exitCode: 0, status: 'running', health: 'healthy', changed: 'true' });
    expect(outcome.log).toMatch(/no longer in the pack.*trio_cache/i);
    expect((await ask<NomadJob>('/v1/job/trio_cache')).Stop).toBe(true);
    const destroyed = await run({ scenario: 'destroy after it', operation: 'destroy', pack: 'v2/trio', name: 'shop' });
    expect(destroyed).toMatchObject({ exitCode: 0, status: 'absent', changed: 'true' });
    expect(await ask<unknown[]>('/v1/jobs?prefix=trio_')).toEqual([]);
  },
  LIMIT,
);

describe('under a name that is taken', () => {
  test(
    'another pack is refused, and nothing of it stops, unless it is allowed',
    async () => {
      await run({ name: 'shared', variables: { job_name: 'shared_web' } });
      const refused = await run({ scenario: 'same name, another pack', pack: 'task', name: 'shared' });
      expect(refused).toMatchObject({ exitCode: 1, reason: 'would-stop-others', changed: 'false' });
      expect(refused.firstLine).toMatch(/shared_web/);
      expect((await ask<NomadJob>('/v1/job/shared_web')).Stop).toBe(false);
      const allowed = await run({
        scenario: 'the same, allowed',
        pack: 'task',
        name: 'shared',
        with: { allow_replace: 'true' },
      });
      expect(allowed).toMatchObject({ exitCode: 0, changed: 'true' });
      expect((await ask<NomadJob>('/v1/job/shared_web')).Stop).toBe(true);
    },
    LIMIT,
  );

  test.each([
    ['stopped', 'given_web'],
    ['replaced', 'trio_worker'],
  ])(
    'what a deploy that failed has %s runs again',
    async (effect, job_name) => {
      await run({ name: 'given', variables: { job_name } });
      const outcome = await run({
        scenario: `the same, failed: what was ${effect}`,
        pack: 'v1/trio',
        name: 'given',
        variables: { worker_script: 'exit 3' },
        with: { allow_replace: 'true', on_failure: 'revert' },
      });
      expect(outcome).toMatchObject({ exitCode: 1, status: 'reverted', health: 'healthy', reason: 'unhealthy' });
      const state = (jobs: Outcome['jobs']) => Object.fromEntries(jobs.map(({ id, status }) => [id, status]));
      expect(state(outcome.jobs)).toEqual({
        trio_api: 'stopped',
        trio_cache: 'stopped',
        trio_worker: 'stopped',
        [job_name]: 'running',
      });
      const status = await run({ operation: 'status', name: 'given' });
      expect(status).toMatchObject({ status: 'running', health: 'healthy' });
      expect(state(status.jobs)).toEqual({ [job_name]: 'running' });
      await run({ operation: 'destroy', name: 'given' });
      await run({ operation: 'destroy', pack: 'v1/trio', name: 'given' });
    },
    LIMIT,
  );

  test(
    'another namespace is refused',
    async () => {
      await run({ name: 'app', variables: { job_name: 'web_dev' }, with: { nomad_namespace: 'dev' } });
      const refused = await run({
        scenario: 'same name, another namespace',
        name: 'app',
        variables: { job_name: 'web_prod' },
        with: { nomad_namespace: 'prod' },
      });
      expect(refused).toMatchObject({ exitCode: 1, reason: 'would-stop-others', changed: 'false' });
      expect(refused.firstLine).toMatch(/web_dev.*dev/);
      expect((await ask<NomadJob>('/v1/job/web_dev?namespace=dev')).Stop).toBe(false);
    },
    LIMIT,
  );

  test(
    'a job id of another deployment is refused with both names',
    async () => {
      await run({ name: 'owner', variables: { job_name: 'mine' } });
      const refused = await run({
        scenario: 'job id of another deployment',
        name: 'thief',
        variables: { job_name: 'mine' },
      });
      expect(refused).toMatchObject({ exitCode: 1, reason: 'job-conflict', changed: 'false' });
      expect(refused.firstLine).toMatch(/mine.*owner.*thief/);
    },
    LIMIT,
  );
});

test(
  'an unchanged deploy leaves the children of a periodic job alone',
  async () => {
    const variables = { script: 'exec sleep 3600' };
    await run({ pack: 'nightly', name: 'nightly', variables });
    const forced = await fetch(`${cluster().address}/v1/job/nightly/periodic/force`, { method: 'POST' });
    expect(forced.status).toBe(200);
    const children = async () => await ask<{ ID: string; Status: string; Stop: boolean }[]>('/v1/jobs?prefix=nightly/');
    const [child] = await children();
    const again = await run({
      scenario: 'periodic with a child, unchanged',
      pack: 'nightly',
      name: 'nightly',
      variables,
    });
    expect(again).toMatchObject({ exitCode: 0, changed: 'false' });
    expect((await children()).find(({ ID }) => ID === child?.ID)?.Stop).toBe(false);
    const gone = await run({
      scenario: 'destroy with a child',
      operation: 'destroy',
      pack: 'nightly',
      name: 'nightly',
      variables,
    });
    expect(gone).toMatchObject({ exitCode: 0, status: 'absent', changed: 'true' });
    expect(await children()).toEqual([]);
  },
  LIMIT,
);

test(
  'what is of another pack under the same name is neither rolled back nor rejected',
  async () => {
    const variables = { job_name: 'theirs', canary: 1 };
    await run({ name: 'mine', variables });
    await run({ name: 'mine', variables: { ...variables, message: 'new' }, with: { wait_for: 'promotion' } });
    for (const [operation, reason] of [
      ['rollback', 'no-earlier-version'],
      ['reject', 'stopped'],
    ] as const) {
      const outcome = await run({ scenario: `${operation}, of another pack`, operation, pack: 'task', name: 'mine' });
      expect(outcome).toMatchObject({ exitCode: 1, reason, changed: 'false' });
    }
    expect(await run({ operation: 'promote', name: 'mine' })).toMatchObject({ exitCode: 0, changed: 'true' });
  },
  LIMIT,
);
