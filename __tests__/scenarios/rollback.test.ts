import { describe, expect, test } from '@jest/globals';
import { type Job, scenarios } from './support/scenario.ts';

const { run, runFile, ask } = scenarios('Rollback');

/** Long enough for a real rollout on a busy machine; nothing waits for it. */
const LIMIT = 90_000;

const COMMITS = ['a', 'b', 'c'].map((letter) => letter.repeat(40));

const message = async (id: string): Promise<string> => {
  const job = await ask<{ TaskGroups: { Tasks: { Env: Record<string, string> }[] }[] }>(`/v1/job/${id}`);
  return job.TaskGroups[0]?.Tasks[0]?.Env['MESSAGE'] ?? '';
};

const ids = (jobs: readonly Job[]) =>
  jobs.map(({ id, status, version }) => `${id} ${status} ${version}`).sort((a, b) => (a < b ? -1 : 1));

test(
  'a version that differs outside of the groups only is another one',
  async () => {
    const job = (priority: number) => `job "prior" {
  datacenters = ["dc1"]
  priority    = ${priority}
  group "app" {
    update {
      min_healthy_time = "100ms"
      healthy_deadline = "10s"
    }
    task "server" {
      driver       = "raw_exec"
      kill_timeout = "1s"
      config {
        command = "/bin/sleep"
        args    = ["3600"]
      }
      resources {
        cpu    = 20
        memory = 16
      }
    }
  }
}
`;
    const priority = async () => (await ask<{ Priority: number }>('/v1/job/prior')).Priority;
    const step = (text: string) => ({ pack: 'anyjob', name: 'prior', variables: { first: text } });
    await run(step(job(40)));
    await run(step(job(60)));
    const outcome = await run({ scenario: 'another priority', operation: 'rollback', ...step(job(60)) });
    expect(outcome).toMatchObject({ exitCode: 0, status: 'running', health: 'healthy', changed: 'true' });
    expect(await priority()).toBe(40);
    const to = { operation: 'rollback', ...step(job(60)), with: { rollback_to: '1' } };
    expect(await run({ scenario: 'to a version of another priority', ...to })).toMatchObject({ changed: 'true' });
    expect(await priority()).toBe(60);
  },
  LIMIT,
);

test(
  'the deployments of a file go back on trial, and to a version',
  async () => {
    const file = (text: string) => ({
      deployments: { filed: { pack: './svc', variables: { job_name: 'filed', message: text } } },
    });
    await runFile({ file: file('first') });
    await runFile({ file: file('second') });
    const back = { operation: 'rollback', file: file('second') };
    const trial = await runFile({ scenario: 'a file, on trial', ...back, with: { dry_run: 'true' } });
    expect([trial.exitCode, trial.changed, await message('filed')]).toEqual([0, 'true', 'second']);
    const outcome = await runFile({ scenario: 'a file, to a version', ...back, with: { rollback_to: '0' } });
    expect([outcome.exitCode, outcome.changed, await message('filed')]).toEqual([0, 'true', 'first']);
    const elsewhere = await runFile({ ...back, operation: 'deploy', with: { dry_run: 'true' } });
    expect([elsewhere.exitCode, elsewhere.reason]).toEqual([1, 'input']);
  },
  LIMIT,
);

describe('one job', () => {
  const deploy = async (text: string, commit = COMMITS[0]) =>
    await run({ name: 'one', variables: { job_name: 'one', message: text }, env: { GITHUB_SHA: commit } });

  test(
    'goes back to its last healthy version, and is watched; a second rollback does not come back to what was taken back',
    async () => {
      await deploy('first', COMMITS[0]);
      await deploy('second', COMMITS[1]);
      const trial = await run({
        scenario: 'what a rollback would do',
        operation: 'rollback',
        name: 'one',
        with: { dry_run: 'true' },
      });
      expect(trial).toMatchObject({ exitCode: 0, status: 'running', health: 'healthy', changed: 'true' });
      expect(trial.plan).toMatchObject([{ id: 'one', action: 'replace', groups: [{ name: 'app', replace: 1 }] }]);
      expect(JSON.stringify(trial.plan)).not.toContain('second');
      expect(await message('one')).toBe('second');

      const outcome = await run({ scenario: 'rolled back', operation: 'rollback', name: 'one' });
      expect(outcome).toMatchObject({ exitCode: 0, status: 'running', health: 'healthy', changed: 'true', reason: '' });
      expect(ids(outcome.jobs)).toEqual(['one running 2']);
      expect(await message('one')).toBe('first');
      expect(outcome.outputs['plan-digest']).toBe(trial.outputs['plan-digest']);

      const again = await run({ scenario: 'nothing to go back to', operation: 'rollback', name: 'one' });
      expect(again).toMatchObject({ exitCode: 1, reason: 'no-earlier-version', changed: 'false' });
      const words = again.annotations.find(({ level }) => level === 'error')?.message ?? '';
      for (const version of [0, 1, 2]) expect(words).toContain(`one (default): version ${version}`);
      expect(await message('one')).toBe('first');
    },
    LIMIT,
  );

  test(
    'goes to a commit or a version, and once it is there, nothing changes',
    async () => {
      await deploy('third', COMMITS[2]);
      const toCommit = { operation: 'rollback', name: 'one', with: { rollback_to: COMMITS[1]?.slice(0, 10) ?? '' } };
      const outcome = await run({ ...toCommit, scenario: 'to a commit' });
      expect(outcome).toMatchObject({ exitCode: 0, status: 'running', health: 'healthy', changed: 'true' });
      expect(await message('one')).toBe('second');
      expect(await run({ ...toCommit, scenario: 'to a commit, again' })).toMatchObject({
        exitCode: 0,
        changed: 'false',
        status: 'running',
        health: 'healthy',
      });
      const toVersion = await run({ operation: 'rollback', name: 'one', with: { rollback_to: '0' } });
      expect(toVersion).toMatchObject({ exitCode: 0, changed: 'true' });
      expect(await message('one')).toBe('first');
      const none = await run({ operation: 'rollback', name: 'one', with: { rollback_to: '77' } });
      expect(none).toMatchObject({ exitCode: 1, reason: 'no-earlier-version' });
      expect(none.firstLine).toContain('`rollback_to` is `77`');
    },
    LIMIT,
  );

  test(
    'is refused where a reviewed rollback would do something else now',
    async () => {
      const outcome = await run({
        operation: 'rollback',
        name: 'one',
        with: { rollback_to: '1', plan_digest: `sha256:${'0'.repeat(64)}` },
      });
      expect(outcome).toMatchObject({ exitCode: 1, reason: 'plan-changed', changed: 'false' });
    },
    LIMIT,
  );
});

test(
  'a first deployment has nothing to go back to, and one that is not there neither',
  async () => {
    await run({ name: 'alone', variables: { job_name: 'alone' } });
    const outcome = await run({ scenario: 'a first deployment', operation: 'rollback', name: 'alone' });
    expect(outcome).toMatchObject({ exitCode: 1, reason: 'no-earlier-version', changed: 'false' });
    expect((await ask<{ Status: string }>('/v1/job/alone')).Status).toBe('running');
    const absent = await run({ scenario: 'no deployment', operation: 'rollback', name: 'nobody' });
    expect(absent).toMatchObject({ exitCode: 1, reason: 'no-earlier-version' });
  },
  LIMIT,
);

describe('three jobs', () => {
  test(
    'go back as one: what is new stops, what was removed runs again, what did not change stays',
    async () => {
      const worker = (script: string) => ({ worker_script: script });
      await run({ pack: 'v2/trio', name: 'trio', variables: worker('exec sleep 3600') });
      await run({ pack: 'v1/trio', name: 'trio', variables: worker('exec sleep 3601') });
      const outcome = await run({
        scenario: 'one of three jobs is new',
        operation: 'rollback',
        pack: 'v1/trio',
        name: 'trio',
      });
      expect(outcome).toMatchObject({ exitCode: 0, status: 'running', health: 'healthy', changed: 'true' });
      expect(ids(outcome.jobs)).toEqual(['trio_api running 0', 'trio_cache stopped 1', 'trio_worker running 2']);

      await run({ pack: 'v1/trio', name: 'trio', variables: worker('exec sleep 3600') });
      await run({ pack: 'v2/trio', name: 'trio', variables: worker('exec sleep 3600') });
      expect((await ask<{ Stop: boolean }>('/v1/job/trio_cache')).Stop).toBe(true);
      const restored = await run({
        scenario: 'one of three jobs was removed',
        operation: 'rollback',
        pack: 'v2/trio',
        name: 'trio',
      });
      expect(restored).toMatchObject({ exitCode: 0, status: 'running', health: 'healthy', changed: 'true' });
      expect((await ask<{ Stop: boolean }>('/v1/job/trio_cache')).Stop).toBe(false);
    },
    LIMIT,
  );
});

test(
  'a cancel in the middle says what has changed',
  async () => {
    const variables = { job_name: 'cut', min_healthy_time: '6s' };
    await run({ name: 'cut', variables });
    await run({ name: 'cut', variables: { ...variables, message: 'other' } });
    let isSignalled = false;
    const outcome = await run({
      scenario: 'cancelled',
      operation: 'rollback',
      name: 'cut',
      onLog: (log, child) => {
        if (isSignalled || !/went back to version 0/.test(log)) return;
        isSignalled = true;
        child.kill('SIGINT');
      },
    });
    expect(outcome).toMatchObject({ exitCode: 1, status: 'cancelled', reason: 'cancelled', changed: 'true' });
    expect(ids(outcome.jobs)).toMatchObject([expect.stringMatching(/^cut .* 2$/)]);
  },
  LIMIT,
);

test(
  'a deploy meanwhile is what runs then, and the rollback says so',
  async () => {
    const variables = { job_name: 'late', min_healthy_time: '6s' };
    await run({ name: 'late', variables: { ...variables, message: 'first' } });
    await run({ name: 'late', variables: { ...variables, message: 'second' } });
    const third = { name: 'late', variables: { ...variables, message: 'third' } };
    let deploy: ReturnType<typeof run> | undefined;
    const outcome = await run({
      scenario: 'superseded meanwhile',
      operation: 'rollback',
      name: 'late',
      onLog: (log) => {
        if (/went back to version 0/.test(log)) deploy ??= run(third);
      },
    });
    expect(outcome).toMatchObject({ exitCode: 1, reason: 'superseded', changed: 'true' });
    expect(await deploy).toMatchObject({ exitCode: 0, status: 'running', health: 'healthy' });
    expect(await message('late')).toBe('third');
  },
  LIMIT,
);
