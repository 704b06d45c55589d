import { describe, expect, test } from '@jest/globals';
import type { CombinedOutcome } from '../../src/combined.ts';
import { asPlan, guarded, refuseUnreviewed } from '../../src/deployments/review.ts';
import { runDeployments } from '../../src/deployments/run.ts';
import { ActionError, type FailureReason } from '../../src/errors.ts';
import type { PlanData, Result } from '../../src/result.ts';
import { loadSettings } from '../../src/settings/load.ts';
import type { FileRun, LoadedDeployment, RunEntry } from '../../src/settings/run.ts';

const review = { failOnChanges: true, failOnUnhealthy: false, comment: 'never' } as const;

async function entry(key: string, more: Partial<RunEntry> = {}): Promise<RunEntry> {
  const loaded = await loadSettings(
    {
      operation: more.isAbsent ? 'destroy' : 'deploy',
      deployment_name: key,
      pack: './examples/packs/web',
      nomad_addr: 'http://127.0.0.1:4646',
    },
    { workspace: process.cwd(), variableOf: () => undefined, keepPrivate: async () => '' },
  );
  return { key, needs: [], isAbsent: false, loaded: loaded as LoadedDeployment, ...more };
}

async function run(entries: readonly RunEntry[], more: Partial<FileRun> = {}): Promise<FileRun> {
  return {
    kind: 'file',
    operation: 'deploy',
    file: 'nomad-packs.yaml',
    parallelism: 4,
    failFast: false,
    nomadPack: { version: 'latest', mirror: 'https://example.com' },
    review,
    entries,
    ...more,
  };
}

const good: Result = {
  operation: 'deploy',
  status: 'running',
  health: 'healthy',
  changed: true,
  jobs: [],
  phases: [],
  timeline: [],
  notices: [],
};

const bad = (reason: FailureReason, more: Partial<Result> = {}): Result => ({
  ...good,
  status: 'failed',
  health: 'unhealthy',
  failure: new ActionError(reason, `It is ${reason}.`),
  ...more,
});

function planOf(name: string, digest = `sha256:${name}`): PlanData {
  const job = {
    id: name,
    namespace: 'default',
    action: 'create',
    groups: [],
    placementFailures: [],
    basedOn: 0,
    diff: [],
    fields: [],
  } as const;
  return { jobs: [job], changed: true, digest, versionChanges: [], refusals: [] };
}

interface Given {
  readonly results?: Readonly<Record<string, Result>>;
  readonly signal?: AbortSignal;
}

async function outcomeOf(what: FileRun, { results = {}, signal = new AbortController().signal }: Given = {}) {
  const skipped: string[] = [];
  const outcome = await runDeployments(what, {
    signal,
    elapsed: () => 0,
    work: async ({ key }) => results[key] ?? good,
    onSkipped: ({ key }, { reason }) => skipped.push(`${key} ${reason}`),
  });
  return { outcome, skipped };
}

const reasons = ({ deployments }: CombinedOutcome) =>
  Object.fromEntries(deployments.map(({ key, result }) => [key, result.failure?.reason]));

describe('a run', () => {
  test('speaks for the whole: the worst, in the order of needs', async () => {
    const entries = [
      await entry('web', { needs: ['api'] }),
      await entry('site'),
      await entry('api', { needs: ['db'] }),
      await entry('db'),
    ];
    const results = {
      site: bad('timeout', { status: 'running', health: 'unknown', changed: false }),
      db: bad('unhealthy', { nomadPackVersion: '0.4.2' }),
    };
    const { outcome, skipped } = await outcomeOf(await run(entries), { results });
    expect(outcome).toMatchObject({ status: 'failed', health: 'unhealthy', changed: true, nomadPackVersion: '0.4.2' });
    expect(outcome.failure?.reason).toBe('unhealthy');
    expect(outcome.deployments.map(({ key }) => key)).toEqual(['web', 'site', 'api', 'db']);
    expect(reasons(outcome)).toEqual({ web: 'skipped', site: 'timeout', api: 'skipped', db: 'unhealthy' });
    expect(skipped).toEqual(['web skipped', 'api skipped']);
    expect(outcome.deployments[0]?.result).toMatchObject({ status: 'unknown', health: 'unknown', changed: false });
  });

  test('what is gone as it should be is not worse than what runs; alone it is all there is', async () => {
    const gone = await entry('old', { isAbsent: true });
    const results = { old: { ...good, status: 'absent', health: 'unknown' } } as const;
    const both = await outcomeOf(await run([await entry('web'), gone]), { results });
    expect(both.outcome).toMatchObject({ status: 'running', health: 'healthy' });
    expect((await outcomeOf(await run([gone]), { results })).outcome).toMatchObject({
      status: 'absent',
      health: 'unknown',
    });
    const unwanted = await outcomeOf(await run([await entry('web'), await entry('old')]), { results });
    expect(unwanted.outcome.status).toBe('absent');
  });

  test('over nothing is good', async () => {
    const { outcome } = await outcomeOf(await run([], { environment: 'production' }));
    expect(outcome).toEqual({
      operation: 'deploy',
      environment: 'production',
      file: 'nomad-packs.yaml',
      deployments: [],
      status: 'unknown',
      health: 'unknown',
      changed: false,
    });
  });

  test('that is cancelled begins no other, and says of them that they were cancelled', async () => {
    const signal = AbortSignal.abort(new ActionError('cancelled', 'The step was cancelled.'));
    const { outcome, skipped } = await outcomeOf(await run([await entry('web')]), { signal });
    expect([outcome.status, outcome.failure?.reason, skipped]).toEqual(['cancelled', 'cancelled', []]);
  });
});

describe('the digest over all plans', () => {
  const results = { web: { ...good, planData: planOf('web') }, db: { ...good, planData: planOf('db') } };

  async function digest(keys: readonly string[], of: Readonly<Record<string, Result>> = results) {
    const entries = await Promise.all(keys.map(async (key) => await entry(key)));
    return (await outcomeOf(await run(entries), { results: of })).outcome.planDigest;
  }

  test('is of the deployments and their plans, in any order', async () => {
    const both = await digest(['web', 'db']);
    expect(both).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(await digest(['db', 'web'])).toBe(both);
    const swapped = { web: results.db, db: results.web };
    for (const other of [await digest(['web']), await digest(['db']), await digest(['web', 'db'], swapped)])
      expect(other).not.toBe(both);
  });

  test('is there only where each has a plan', async () => {
    expect(await digest(['web', 'other'])).toBeUndefined();
  });
});

describe('a deploy that was reviewed', () => {
  const plans = { web: { ...good, planData: planOf('web') }, db: { ...good, planData: planOf('db') } };

  async function planned(digest: string | undefined, results: Readonly<Record<string, Result>> = plans) {
    const what = await run([await entry('web', { needs: ['db'] }), await entry('db')], {
      review: { ...review, ...(digest !== undefined && { digest }) },
    });
    const plan = asPlan(what);
    return { what, plan, outcome: (await outcomeOf(plan, { results })).outcome };
  }

  test('is planned whatever `fail_on_changes` says', async () => {
    const { plan } = await planned(undefined);
    expect(plan.operation).toBe('plan');
    for (const { loaded } of plan.entries)
      expect(loaded.settings).toMatchObject({ operation: 'plan', review: { failOnChanges: false } });
  });

  test('goes on where that is what was reviewed, each with its own digest', async () => {
    const { outcome } = await planned(undefined);
    const { what } = await planned(outcome.planDigest);
    expect(refuseUnreviewed(what, outcome)).toBeUndefined();
    const { entries } = guarded(what, outcome);
    expect(entries.map(({ loaded }) => [loaded.settings.operation, loaded.settings.review.digest])).toEqual([
      ['deploy', 'sha256:web'],
      ['deploy', 'sha256:db'],
    ]);
  });

  test('changes nothing where it is something else', async () => {
    const { what, outcome } = await planned('sha256:0');
    const refused = refuseUnreviewed(what, outcome);
    expect(refused).toMatchObject({ operation: 'deploy', changed: false, failure: { reason: 'plan-changed' } });
    expect(refused?.failure?.message).toContain('\nweb: create web (default)\ndb: create db (default)\n');
    expect(reasons(refused as CombinedOutcome)).toEqual({ web: 'skipped', db: 'skipped' });
    expect(refused?.deployments[0]?.result).toMatchObject({
      operation: 'deploy',
      changed: false,
      planData: { digest: 'sha256:web' },
    });
  });

  test('changes nothing where one of them cannot be planned', async () => {
    const { what, outcome } = await planned('sha256:0', { ...plans, db: bad('template') });
    const refused = refuseUnreviewed(what, outcome);
    expect(refused?.failure?.reason).toBe('template');
    expect(reasons(refused as CombinedOutcome)).toEqual({ web: 'skipped', db: 'template' });
  });
});
