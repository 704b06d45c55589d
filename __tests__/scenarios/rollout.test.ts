import { describe, expect, test } from '@jest/globals';
import { scenarios } from './support/scenario.ts';

const { run } = scenarios('Rollouts');

/** Long enough for a real rollout on a busy machine; nothing waits for it. */
const LIMIT = 90_000;

const CRASH = 'echo no such table: users >&2; exit 3';

describe('a service', () => {
  test(
    'that becomes healthy is running and healthy, and the same again changes nothing',
    async () => {
      const first = await run({ scenario: 'healthy', name: 'good', variables: { count: 2 } });
      expect(first).toMatchObject({ exitCode: 0, status: 'running', health: 'healthy', changed: 'true', reason: '' });
      expect(first.jobs).toMatchObject([
        { id: 'svc', version: 0, status: 'running', groups: [{ name: 'app', desired: 2, healthy: 2 }] },
      ]);
      const again = await run({ scenario: 'unchanged', name: 'good', variables: { count: 2 } });
      expect(again).toMatchObject({ exitCode: 0, status: 'running', health: 'healthy', changed: 'false' });
      expect(again.jobs).toMatchObject([{ version: 0 }]);
    },
    LIMIT,
  );

  test(
    'that crashes is failed, and the annotation says why',
    async () => {
      const outcome = await run({ scenario: 'crash', name: 'crash', variables: { job_name: 'crash', script: CRASH } });
      expect(outcome).toMatchObject({ exitCode: 1, status: 'failed', health: 'unhealthy', reason: 'unhealthy' });
      expect(outcome.firstLine).toMatch(/crash.*exit.* 3.*no such table: users/i);
      expect(outcome.summary).toContain('no such table: users');
      const status = await run({ scenario: 'status of a crash', operation: 'status', name: 'crash' });
      expect(status).toMatchObject({ exitCode: 0, status: 'failed', health: 'unhealthy' });
      expect(status.summary).toContain('no such table: users');
    },
    LIMIT,
  );

  test(
    'that is unchanged but unhealthy is red',
    async () => {
      const outcome = await run({
        scenario: 'unchanged and unhealthy',
        name: 'crash',
        variables: { job_name: 'crash', script: CRASH },
      });
      expect(outcome).toMatchObject({ exitCode: 1, health: 'unhealthy', changed: 'false', reason: 'unhealthy' });
    },
    LIMIT,
  );

  test(
    'that Nomad reverts is reverted, which is red, and says which version runs',
    async () => {
      const variables = { job_name: 'auto', auto_revert: true };
      await run({ name: 'auto', variables });
      const outcome = await run({
        scenario: 'reverted by Nomad',
        name: 'auto',
        variables: { ...variables, script: CRASH },
      });
      expect(outcome).toMatchObject({ exitCode: 1, status: 'reverted', reason: 'reverted', changed: 'true' });
      expect(outcome.firstLine).toMatch(/auto.*exit.* 3/i);
      expect(outcome.annotations.find(({ level }) => level === 'error')?.message).toMatch(/version 2/);
    },
    LIMIT,
  );

  test(
    'that fails goes back when the action is asked to',
    async () => {
      const variables = { job_name: 'back' };
      await run({ name: 'back', variables });
      const outcome = await run({
        scenario: 'reverted by the action',
        name: 'back',
        variables: { ...variables, script: CRASH },
        with: { on_failure: 'revert' },
      });
      expect(outcome).toMatchObject({ exitCode: 1, status: 'reverted', health: 'healthy', reason: 'unhealthy' });
      expect(outcome.jobs).toMatchObject([{ version: 2, health: 'healthy' }]);
    },
    LIMIT,
  );

  test(
    'that failed at its first deployment has nothing to go back to',
    async () => {
      const outcome = await run({
        scenario: 'nothing to revert to',
        name: 'first',
        variables: { job_name: 'first', script: CRASH },
        with: { on_failure: 'revert' },
      });
      expect(outcome).toMatchObject({ exitCode: 1, reason: 'unhealthy' });
      expect(outcome.log).toMatch(/first.*(nothing|no version).*(go back|revert)|stopped.*first/i);
    },
    LIMIT,
  );

  test(
    'that nothing can place says what is missing',
    async () => {
      const outcome = await run({
        scenario: 'nothing placeable',
        name: 'huge',
        variables: { job_name: 'huge', memory: 999_999 },
        with: { wait_timeout: '4s' },
      });
      expect(outcome).toMatchObject({ exitCode: 1, reason: 'placement', health: 'unknown' });
      expect(outcome.firstLine).toMatch(/999,999 MB of memory/);
    },
    LIMIT,
  );

  test(
    'that is slow is waited for, and a time limit that ends says what was missing',
    async () => {
      const slow = await run({
        scenario: 'slow',
        name: 'slow',
        variables: { job_name: 'slow', min_healthy_time: '4s' },
      });
      expect(slow).toMatchObject({ exitCode: 0, status: 'running', health: 'healthy' });
      const late = await run({
        scenario: 'too slow',
        name: 'late',
        variables: { job_name: 'late', min_healthy_time: '8s' },
        with: { wait_timeout: '2s' },
      });
      expect(late).toMatchObject({ exitCode: 1, reason: 'timeout' });
      expect(late.firstLine).toMatch(/late/);
    },
    LIMIT,
  );

  test(
    'is not watched with wait: false',
    async () => {
      const outcome = await run({
        scenario: 'not waited for',
        name: 'quick',
        variables: { job_name: 'quick' },
        with: { wait: 'false' },
      });
      expect(outcome).toMatchObject({ exitCode: 0, status: 'pending', health: 'unknown', changed: 'true' });
    },
    LIMIT,
  );
});

describe('three jobs', () => {
  test(
    'of which one fails: the deployment fails, and says which',
    async () => {
      const outcome = await run({
        scenario: 'one of three fails',
        pack: 'v1/trio',
        name: 'trio-bad',
        variables: { worker_script: CRASH },
      });
      expect(outcome).toMatchObject({ exitCode: 1, status: 'failed', reason: 'unhealthy' });
      expect(outcome.firstLine).toMatch(/trio_worker/);
      expect(outcome.jobs.filter(({ health }) => health === 'healthy')).toHaveLength(2);
      await run({ operation: 'destroy', pack: 'v1/trio', name: 'trio-bad' });
    },
    LIMIT,
  );

  test(
    'go back together',
    async () => {
      await run({ pack: 'v1/trio', name: 'trio' });
      const outcome = await run({
        scenario: 'three go back',
        pack: 'v2/trio',
        name: 'trio',
        variables: { worker_script: CRASH },
        with: { on_failure: 'revert' },
      });
      expect(outcome).toMatchObject({ exitCode: 1, status: 'reverted', reason: 'unhealthy' });
      const status = await run({ operation: 'status', pack: 'v1/trio', name: 'trio' });
      expect(status).toMatchObject({ status: 'running', health: 'healthy' });
      // The job that the failed version no longer had runs again, too.
      expect(status.jobs.map(({ id, status: one }) => [id, one])).toEqual([
        ['trio_api', 'running'],
        ['trio_cache', 'running'],
        ['trio_worker', 'running'],
      ]);
    },
    LIMIT,
  );
});

describe('a batch job', () => {
  test(
    'is done when it has started, or with wait_for: complete when it has ended',
    async () => {
      const started = await run({
        scenario: 'batch, started',
        pack: 'task',
        name: 'task',
        variables: { script: 'sleep 2' },
      });
      expect(started).toMatchObject({ exitCode: 0, health: 'healthy' });
      const complete = await run({
        scenario: 'batch, complete',
        pack: 'task',
        name: 'task',
        variables: { script: 'echo done' },
        with: { wait_for: 'complete' },
      });
      expect(complete).toMatchObject({ exitCode: 0, status: 'complete', health: 'healthy' });
    },
    LIMIT,
  );

  test(
    'is waited for though nothing has changed',
    async () => {
      const variables = { script: `sleep 3; ${CRASH}` };
      await run({ pack: 'task', name: 'task', variables, with: { wait: 'false' } });
      const outcome = await run({
        scenario: 'batch, unchanged, fails later',
        pack: 'task',
        name: 'task',
        variables,
        with: { wait_for: 'complete' },
      });
      expect(outcome).toMatchObject({ exitCode: 1, status: 'failed', reason: 'unhealthy', changed: 'false' });
    },
    LIMIT,
  );

  test(
    'that fails is red',
    async () => {
      const outcome = await run({
        scenario: 'batch, failed',
        pack: 'task',
        name: 'task',
        variables: { script: CRASH },
        with: { wait_for: 'complete' },
      });
      expect(outcome).toMatchObject({ exitCode: 1, status: 'failed', health: 'unhealthy', reason: 'unhealthy' });
      expect(outcome.firstLine).toMatch(/no such table: users/);
    },
    LIMIT,
  );
});

test(
  'a system job runs on every node',
  async () => {
    const outcome = await run({ scenario: 'system', pack: 'everywhere', name: 'everywhere' });
    expect(outcome).toMatchObject({ exitCode: 0, status: 'running', health: 'healthy' });
    expect(outcome.jobs).toMatchObject([{ type: 'system' }]);
  },
  LIMIT,
);

test(
  'a periodic job is registered',
  async () => {
    const outcome = await run({ scenario: 'periodic', pack: 'nightly', name: 'nightly' });
    expect(outcome).toMatchObject({ exitCode: 0, status: 'running', health: 'healthy', changed: 'true' });
    const again = await run({ scenario: 'periodic, unchanged', pack: 'nightly', name: 'nightly' });
    expect(again).toMatchObject({ exitCode: 0, changed: 'false' });
  },
  LIMIT,
);

test(
  'a canary waits for its promotion, and promote ends the rollout',
  async () => {
    const variables = { job_name: 'canary', canary: 1 };
    await run({ name: 'canary', variables });
    const waiting = await run({
      scenario: 'canary waiting',
      name: 'canary',
      variables: { ...variables, message: 'new' },
    });
    expect(waiting).toMatchObject({ status: 'pending', reason: 'awaiting-promotion', changed: 'true' });
    // There are as many canaries as allocations are wanted, and all are healthy.
    const still = await run({
      scenario: 'canary, unchanged',
      name: 'canary',
      variables: { ...variables, message: 'new' },
    });
    expect(still).toMatchObject({ exitCode: 1, status: 'pending', reason: 'awaiting-promotion', changed: 'false' });
    const promoted = await run({ scenario: 'canary promoted', operation: 'promote', name: 'canary' });
    expect(promoted).toMatchObject({ exitCode: 0, status: 'running', health: 'healthy', changed: 'true' });
    const again = await run({ scenario: 'nothing to promote', operation: 'promote', name: 'canary' });
    expect(again).toMatchObject({ exitCode: 0, changed: 'false', status: 'running' });
  },
  LIMIT,
);

test(
  'a newer deploy supersedes the one that is watched',
  async () => {
    const variables = { job_name: 'race', min_healthy_time: '8s' };
    let newer: Promise<unknown> | undefined;
    const older = await run({
      scenario: 'superseded',
      name: 'race',
      variables,
      onLog: (log) => {
        if (newer === undefined && /Registered/.test(log)) {
          // Another task, so that it is started anew: Nomad loses sight of one that changes in place before it is healthy.
          newer = run({ name: 'race', variables: { ...variables, min_healthy_time: '1s', message: 'newer' } });
        }
      },
    });
    expect(older).toMatchObject({ exitCode: 1, reason: 'superseded' });
    expect(await newer).toMatchObject({ exitCode: 0, status: 'running', health: 'healthy' });
  },
  LIMIT,
);
