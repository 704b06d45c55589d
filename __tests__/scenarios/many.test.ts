import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { newMachine } from '../support/run-action.ts';
import { cancel } from './support/cancel.ts';
import type { FileContents, FileOutcome } from './support/file.ts';
import { packs, scenarios } from './support/scenario.ts';

const { run, runFile, ask, cluster } = scenarios('Many deployments');

const LIMIT = 180_000;

/** The runner kills a step 7.5 seconds after the first signal. What other processes take from it does not count. Milliseconds. */
const RUNNER_PATIENCE = 7_500;

/** Four layers of three, each needing the one before; `mail` needs all of the second layer. */
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  db: [],
  queue: [],
  cache: [],
  accounts: ['db'],
  orders: ['db', 'queue'],
  search: ['cache'],
  api: ['accounts', 'orders'],
  feed: ['search', 'queue'],
  mail: ['accounts', 'orders', 'search'],
  web: ['api', 'feed'],
  admin: ['api'],
  docs: [],
};

const NAMES = Object.keys(NEEDS);

/** @param prefix of the names in the cluster, which the tests of this file share */
function shop(prefix: string, changes: Readonly<Record<string, object>> = {}): FileContents {
  return {
    defaults: { wait_timeout: '40s' },
    environments: { staging: { namespace: 'dev' }, production: { namespace: 'prod' } },
    deployments: Object.fromEntries(
      Object.entries(NEEDS).map(([name, needs]) => [
        name,
        {
          pack: './svc',
          needs,
          name: `${prefix}-${name}-\${environment}`,
          variables: { job_name: `${prefix}-${name}-\${environment}` },
          ...changes[name],
        },
      ]),
    ),
  };
}

/** Some deployments by themselves, without environments. */
function some(prefix: string, deployments: Readonly<Record<string, object>>): FileContents {
  return {
    deployments: Object.fromEntries(
      Object.entries(deployments).map(([name, more]) => [
        name,
        { pack: './svc', name: `${prefix}-${name}`, variables: { job_name: `${prefix}-${name}` }, ...more },
      ]),
    ),
  };
}

const broken = (id: string) => ({ variables: { job_name: id, script: 'echo no such table: users >&2; exit 3' } });

interface NomadJob {
  readonly ID: string;
  readonly CreateIndex: number;
  readonly JobModifyIndex: number;
  readonly Stop: boolean;
}

async function jobsOf(prefix: string, namespace = 'default'): Promise<NomadJob[]> {
  return await ask<NomadJob[]>(`/v1/jobs?prefix=${prefix}&namespace=${namespace}`);
}

function reasonsOf({ results }: FileOutcome): Record<string, string> {
  return Object.fromEntries(Object.entries(results).map(([name, result]) => [name, result['failure-reason']]));
}

/** Nothing of one deployment stands in a group of another, and every line between says whose it is. */
function expectOrderly({ log }: FileOutcome, names: readonly string[]): void {
  const starts = names.map((name) => `${name}: `);
  let group: string | undefined;
  for (const line of log.split('\n')) {
    if (line.startsWith('::group::')) {
      expect(group).toBeUndefined();
      group = line.slice('::group::'.length);
    } else if (line === '::endgroup::') {
      group = undefined;
    } else if (group !== undefined && !line.startsWith('::')) {
      const owner = starts.find((start) => group?.startsWith(start));
      if (owner !== undefined) expect(line.startsWith(owner)).toBe(true);
    }
  }
}

describe('twelve deployments in two environments', () => {
  let first: FileOutcome;

  beforeAll(async () => {
    first = await runFile({ scenario: 'deploy of twelve', file: shop('twelve'), environment: 'production' });
  }, LIMIT);

  test('are all deployed, and told of as one and each by itself', () => {
    expect(first).toMatchObject({ exitCode: 0, status: 'running', health: 'healthy', changed: 'true', reason: '' });
    expect(Object.keys(first.results)).toEqual(NAMES);
    for (const [name, result] of Object.entries(first.results)) {
      expect(result).toMatchObject({ status: 'running', health: 'healthy', changed: true, 'failure-reason': '' });
      expect(result.jobs).toMatchObject([{ id: `twelve-${name}-production`, namespace: 'prod' }]);
    }
    expect(JSON.parse(first.outputs['jobs'] ?? '')).toHaveLength(NAMES.length);
    expectOrderly(first, NAMES);
  });

  test('each only when what it needs was healthy', async () => {
    const jobs = new Map((await jobsOf('twelve-', 'prod')).map((job) => [job.ID, job]));
    const of = (name: string) => jobs.get(`twelve-${name}-production`)?.CreateIndex ?? 0;
    for (const [name, needs] of Object.entries(NEEDS)) {
      for (const need of needs) {
        const path = `/v1/job/twelve-${need}-production/deployment?namespace=prod`;
        const rollout = await ask<{ readonly Status: string; readonly ModifyIndex: number }>(path);
        expect(rollout.Status).toBe('successful');
        expect([need, rollout.ModifyIndex]).toEqual([need, expect.any(Number)]);
        expect(rollout.ModifyIndex).toBeLessThan(of(name));
      }
    }
  });

  test(
    'again: nothing changes, and the other environment is left alone',
    async () => {
      const again = await runFile({ scenario: 'the same again', file: shop('twelve'), environment: 'production' });
      expect(again).toMatchObject({ exitCode: 0, status: 'running', changed: 'false' });
      expect(await jobsOf('twelve-', 'dev')).toEqual([]);
      const before = await jobsOf('twelve-', 'prod');
      const staging = await runFile({ file: shop('twelve'), environment: 'staging' });
      expect(staging).toMatchObject({ exitCode: 0, status: 'running', changed: 'true' });
      expect(await jobsOf('twelve-', 'dev')).toHaveLength(NAMES.length);
      const indexes = (jobs: readonly NomadJob[]) => jobs.map(({ ID, JobModifyIndex }) => [ID, JobModifyIndex]).sort();
      expect(indexes(await jobsOf('twelve-', 'prod'))).toEqual(indexes(before));
    },
    LIMIT,
  );

  test(
    'are looked at, planned and rendered together',
    async () => {
      const file = shop('twelve', { docs: { variables: { job_name: 'twelve-docs-production', message: 'new' } } });
      const asked = cluster().sandbox?.requests.length ?? 0;
      const status = await runFile({ operation: 'status', file, environment: 'production' });
      const lists = cluster()
        .sandbox?.requests.slice(asked)
        .filter(({ path }) => path.startsWith('/v1/jobs?'));
      // All deployments at once, and what no deployment owns.
      if (lists !== undefined) expect(lists).toHaveLength(2);
      expect(status).toMatchObject({ exitCode: 0, status: 'running', health: 'healthy', changed: 'false' });
      const planned = await runFile({ operation: 'plan', file, environment: 'production' });
      expect(planned).toMatchObject({ exitCode: 0, changed: 'true' });
      const changing = Object.entries(planned.results).filter(([, { changed }]) => changed);
      expect(changing.map(([name]) => name)).toEqual(['docs']);
      expect(planned.outputs['plan-digest']).toMatch(/^sha256:[0-9a-f]{64}$/);
      const rendered = await runFile({ operation: 'render', file, environment: 'production' });
      const folders = Object.values(rendered.results).map((result) => result['rendered-path'] ?? '');
      expect(new Set(folders).size).toBe(NAMES.length);
      expect(folders.every((folder) => existsSync(folder))).toBe(true);
    },
    LIMIT,
  );

  test(
    'are destroyed in the reverse order',
    async () => {
      const order: string[] = [];
      const destroyed = await runFile({
        scenario: 'destroy of twelve',
        operation: 'destroy',
        file: shop('twelve'),
        environment: 'production',
      });
      expect(destroyed).toMatchObject({ exitCode: 0, status: 'absent', changed: 'true' });
      for (const match of destroyed.log.matchAll(/^([a-z]+): ✓ Destroy the jobs/gm)) order.push(match[1] ?? '');
      expect(order.toSorted()).toEqual(NAMES.toSorted());
      for (const [name, needs] of Object.entries(NEEDS))
        for (const need of needs) expect(order.indexOf(name)).toBeLessThan(order.indexOf(need));
      expect(await jobsOf('twelve-', 'prod')).toEqual([]);
      expect(await jobsOf('twelve-', 'dev')).toHaveLength(NAMES.length);
    },
    LIMIT,
  );
});

describe('one that fails in the middle', () => {
  test(
    'keeps what needs it from being begun, and nothing else',
    async () => {
      const file = shop('half', { orders: broken('half-orders-production') });
      const outcome = await runFile({ scenario: 'one fails in the middle', file, environment: 'production' });
      expect(outcome).toMatchObject({ exitCode: 1, status: 'failed', health: 'unhealthy', changed: 'true' });
      expect(outcome.reason).toBe('unhealthy');
      const failed = reasonsOf(outcome);
      expect(failed).toMatchObject({
        orders: 'unhealthy',
        api: 'skipped',
        mail: 'skipped',
        web: 'skipped',
        admin: 'skipped',
      });
      for (const name of ['db', 'queue', 'cache', 'accounts', 'search', 'feed', 'docs']) expect(failed[name]).toBe('');
      expect(outcome.results['web']).toMatchObject({ status: 'unknown', changed: false });
      expect(outcome.errors).toHaveLength(1);
      expect(outcome.errors[0]).toMatchObject({
        message: expect.stringMatching(/^orders: .*no such table: users/s),
        properties: { title: 'Nomad Pack: orders: unhealthy' },
      });
      expect(outcome.log).toMatch(/^web: `web` was not begun: `api`, which it needs, was skipped/m);
      expect(outcome.summary).toMatch(/7 went well, 1 failed, 4 skipped/);
      expect(outcome.summary.indexOf('`orders`')).toBeLessThan(outcome.summary.indexOf('`db`'));
      expect((await jobsOf('half-', 'prod')).map(({ ID }) => ID)).not.toContain('half-api-production');
      expectOrderly(outcome, NAMES);
    },
    LIMIT,
  );

  test(
    'ends the whole with `fail_fast`',
    async () => {
      const file = some('fast', { bad: broken('fast-bad'), one: {}, two: {} });
      const outcome = await runFile({ file, with: { fail_fast: 'true', parallelism: '1' } });
      expect(outcome).toMatchObject({ exitCode: 1, reason: 'unhealthy' });
      expect(reasonsOf(outcome)).toEqual({ bad: 'unhealthy', one: 'skipped', two: 'skipped' });
      expect((await jobsOf('fast-')).map(({ ID }) => ID)).toEqual(['fast-bad']);
    },
    LIMIT,
  );
});

test(
  'a cancel in the middle ends all, in the time of one',
  async () => {
    let taken: (() => number) | undefined;
    const slow = (id: string) => ({ variables: { job_name: id, min_healthy_time: '8s' } });
    const file = some('cancel', {
      db: {},
      api: { ...slow('cancel-api'), needs: ['db'] },
      feed: { ...slow('cancel-feed'), needs: ['db'] },
      web: { needs: ['api'] },
    });
    const outcome = await runFile({
      scenario: 'cancelled in the middle',
      file,
      onLog: (log, child) => {
        const isDue = log.includes('api: Registered') && log.includes('feed: Registered');
        if (taken === undefined && isDue) taken = cancel(child, 'SIGINT');
      },
    });
    expect(taken?.()).toBeLessThan(RUNNER_PATIENCE);
    expect(outcome).toMatchObject({ exitCode: 1, status: 'cancelled', reason: 'cancelled', changed: 'true' });
    expect(reasonsOf(outcome)).toEqual({ db: '', api: 'cancelled', feed: 'cancelled', web: 'cancelled' });
    expect(outcome.errors).toMatchObject([{ properties: { title: 'Nomad Pack: cancelled' } }]);
    expect(outcome.results['api']).toMatchObject({ changed: true, jobs: [{ id: 'cancel-api' }] });
    expect(outcome.results['web']).toMatchObject({ changed: false, jobs: [] });
    expect(outcome.leftovers.filter(({ place }) => place !== 'home').map(({ path }) => path)).toEqual([]);
  },
  LIMIT,
);

test(
  'a cancel of eight under way ends all in the time of one',
  async () => {
    const names = [...Array(8).keys()].map((index) => `s${index}`);
    const slow = (name: string) => ({ variables: { job_name: `eight-${name}`, min_healthy_time: '8s' } });
    let taken: (() => number) | undefined;
    const outcome = await runFile({
      scenario: 'cancelled with eight under way',
      file: some('eight', Object.fromEntries(names.map((name) => [name, slow(name)]))),
      with: { parallelism: '8' },
      onLog: (log, child) => {
        const isDue = names.every((name) => log.includes(`${name}: Registered`));
        if (taken === undefined && isDue) taken = cancel(child, 'SIGTERM');
      },
    });
    expect(taken?.()).toBeLessThan(RUNNER_PATIENCE);
    expect(outcome).toMatchObject({ exitCode: 1, status: 'cancelled', reason: 'cancelled', changed: 'true' });
    for (const name of names)
      expect(outcome.results[name]).toMatchObject({ changed: true, jobs: [{ id: `eight-${name}` }] });
  },
  LIMIT,
);

test(
  'a step that is killed leaves nothing on disk, whatever its deployments were at',
  async () => {
    const outcome = await runFile({
      file: some('killed', { one: {}, two: {}, three: {} }),
      signal: { name: 'SIGKILL', when: /Compare with the cluster \(/ },
    });
    expect(outcome.exitCode).toBe(137);
    expect(outcome.leftovers.filter(({ place }) => place !== 'home').map(({ path }) => path)).toEqual([]);
  },
  LIMIT,
);

describe('what should not be there', () => {
  test(
    'is planned as destroyed, destroyed by a deploy, and then nothing more',
    async () => {
      await runFile({ file: some('gone', { web: {}, old: {} }) });
      const file = some('gone', { web: {}, old: { state: 'absent' } });
      const planned = await runFile({ operation: 'plan', file });
      expect(planned).toMatchObject({ exitCode: 0, changed: 'true' });
      expect(planned.results['old']?.['plan-json']?.jobs).toMatchObject([{ id: 'gone-old', action: 'stop' }]);
      expect(await jobsOf('gone-')).toHaveLength(2);
      const deployed = await runFile({ scenario: 'state: absent', file });
      expect(deployed).toMatchObject({ exitCode: 0, status: 'running', health: 'healthy', changed: 'true' });
      expect(deployed.results).toMatchObject({ web: { changed: false }, old: { status: 'absent', changed: true } });
      expect((await jobsOf('gone-')).map(({ ID }) => ID)).toEqual(['gone-web']);
      const again = await runFile({ file });
      expect(again).toMatchObject({ exitCode: 0, status: 'running', changed: 'false' });
    },
    LIMIT,
  );

  test(
    'is not what a file does not have',
    async () => {
      await runFile({ file: some('kept', { web: {}, other: {} }) });
      const outcome = await runFile({ file: some('kept', { web: {} }) });
      expect(outcome).toMatchObject({ exitCode: 0, changed: 'false' });
      expect(await jobsOf('kept-')).toHaveLength(2);
    },
    LIMIT,
  );
});

describe('nobody else’s jobs', () => {
  test(
    'two deployments with one job: one of them has it, and the other is refused',
    async () => {
      const file = {
        deployments: { left: { pack: './svc', name: 'same-left' }, right: { pack: './svc', name: 'same-right' } },
      };
      const planned = await runFile({ operation: 'plan', file });
      const refusals = Object.values(planned.results).flatMap((result) => result['plan-json']?.refusals ?? []);
      expect(refusals).toEqual([
        expect.stringMatching(/^Job svc \(default\) of `(left|right)` is one of `(left|right)`/),
      ]);
      const outcome = await runFile({ scenario: 'two with one job', file });
      expect(outcome).toMatchObject({ exitCode: 1, reason: 'job-conflict', changed: 'true' });
      expect(Object.values(reasonsOf(outcome)).sort()).toEqual(['', 'job-conflict']);
      const [winner] = Object.entries(outcome.results).find(([, { changed }]) => changed) ?? [];
      const { Meta } = await ask<{ readonly Meta: Readonly<Record<string, string>> }>('/v1/job/svc');
      expect(Meta['pack.deployment_name']).toBe(`same-${winner}`);
    },
    LIMIT,
  );

  test(
    'one that would stop what is another pack’s is refused, and the others go on',
    async () => {
      await run({ pack: 'v1/trio', name: 'taken' });
      const file = some('taken', { db: { name: 'taken' }, web: {}, api: { needs: ['db'] } });
      const outcome = await runFile({ scenario: 'one would stop others', file });
      expect(reasonsOf(outcome)).toEqual({ db: 'would-stop-others', web: '', api: 'skipped' });
      expect((await jobsOf('trio_')).map(({ Stop }) => Stop)).toEqual([false, false, false]);
    },
    LIMIT,
  );
});

test(
  '`only` takes some, and what they need where that is asked for',
  async () => {
    const file = some('only', { db: {}, api: { needs: ['db'] }, web: { needs: ['api'] } });
    const alone = await runFile({ scenario: 'only one', file, with: { only: 'db' } });
    expect(Object.keys(alone.results)).toEqual(['db']);
    expect((await jobsOf('only-')).map(({ ID }) => ID)).toEqual(['only-db']);
    const needed = await runFile({ file, with: { only: 'a*', only_with_needs: 'true' } });
    expect(needed.results).toMatchObject({ db: { changed: false }, api: { changed: true } });
    expect((await jobsOf('only-')).map(({ ID }) => ID).sort()).toEqual(['only-api', 'only-db']);
  },
  LIMIT,
);

test(
  'two runs at once do not meet',
  async () => {
    const [other, file] = [await newMachine(packs), some('twice', { db: {}, web: { needs: ['db'] } })];
    const two = some('two', { db: {}, web: { needs: ['db'] } });
    const outcomes = await Promise.all([runFile({ file }), runFile({ file: two, machine: other })]);
    for (const outcome of outcomes) expect(outcome).toMatchObject({ exitCode: 0, status: 'running', changed: 'true' });
    expect([(await jobsOf('twice-')).length, (await jobsOf('two-')).length]).toEqual([2, 2]);
  },
  LIMIT,
);

describe('a review', () => {
  const db = { variables: { job_name: 'review-db' } };
  const web = { needs: ['db'], variables: { job_name: 'review-web' } };

  test(
    'is of all: what was reviewed is deployed, and nothing else',
    async () => {
      const file = some('review', { db, web });
      const planned = await runFile({ operation: 'plan', file });
      const plan_digest = planned.outputs['plan-digest'] ?? '';
      const other = some('review', { db, web: { ...web, variables: { job_name: 'review-web', message: 'new' } } });
      const refused = await runFile({ scenario: 'not what was reviewed', file: other, with: { plan_digest } });
      expect(refused).toMatchObject({ exitCode: 1, reason: 'plan-changed', changed: 'false' });
      expect(reasonsOf(refused)).toEqual({ db: 'skipped', web: 'skipped' });
      expect(refused.errors).toMatchObject([{ properties: { title: 'Nomad Pack: plan-changed' } }]);
      expect(refused.errors[0]?.message).toMatch(/web: create review-web \(default\)/);
      const part = await runFile({ file, with: { plan_digest, only: 'db' } });
      expect(part).toMatchObject({ exitCode: 1, reason: 'plan-changed' });
      expect(await jobsOf('review-')).toEqual([]);
      const deployed = await runFile({ scenario: 'what was reviewed', file, with: { plan_digest } });
      expect(deployed).toMatchObject({ exitCode: 0, status: 'running', changed: 'true' });
    },
    LIMIT,
  );
});

test(
  'a review covers what is destroyed, and what others have done since',
  async () => {
    await runFile({ file: some('since', { web: {}, old: {} }) });
    const file = some('since', { web: {}, old: { state: 'absent' } });
    const planned = await runFile({ operation: 'plan', file });
    const plan_digest = planned.outputs['plan-digest'] ?? '';
    await run({ name: 'since-old', variables: { job_name: 'since-old', message: 'by somebody else' } });
    const refused = await runFile({ scenario: 'changed since the review', file, with: { plan_digest } });
    expect(refused).toMatchObject({ exitCode: 1, reason: 'plan-changed', changed: 'false' });
    expect(await jobsOf('since-')).toHaveLength(2);
    const again = await runFile({ operation: 'plan', file });
    const deployed = await runFile({ file, with: { plan_digest: again.outputs['plan-digest'] ?? '' } });
    expect(deployed).toMatchObject({ exitCode: 0, status: 'running', changed: 'true' });
    expect((await jobsOf('since-')).map(({ ID }) => ID)).toEqual(['since-web']);
  },
  LIMIT,
);

test(
  'canaries are promoted in the order of what needs them',
  async () => {
    const canary = (id: string, message: string) => ({ variables: { job_name: id, canary: 1, message } });
    const file = (message: string) =>
      some('canary', { db: canary('canary-db', message), web: { ...canary('canary-web', message), needs: ['db'] } });
    await runFile({ file: file('one') });
    // The first waits for its promotion, so that the second is not begun.
    const waiting = await runFile({ file: file('two') });
    expect(reasonsOf(waiting)).toEqual({ db: 'awaiting-promotion', web: 'skipped' });
    const promoted = await runFile({ operation: 'promote', file: file('two') });
    expect(promoted).toMatchObject({ exitCode: 0, changed: 'true' });
    expect(promoted.results).toMatchObject({ db: { changed: true }, web: { changed: false } });
  },
  LIMIT,
);

test(
  'a single deployment stays what it was',
  async () => {
    const outcome = await run({ name: 'single', variables: { job_name: 'single' } });
    expect(outcome).toMatchObject({ exitCode: 0, status: 'running' });
    expect(outcome.outputs['results']).toBeUndefined();
    expect(outcome.log).toMatch(/^✓ Run nomad-pack/m);
  },
  LIMIT,
);
