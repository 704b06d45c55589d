import { describe, expect, test } from '@jest/globals';
import { findCycle, reversed, withDependents, withNeeds } from '../../../src/settings/deployments/graph.ts';
import type { ResolvedDeployment } from '../../../src/settings/deployments/resolve.ts';
import { type Scheduled, schedule } from '../../../src/settings/deployments/schedule.ts';
import { SelectionError, selectDeployments } from '../../../src/settings/deployments/select.ts';

/** `web` needs `api`, which needs `db` and `queue`; `site` stands alone. */
const NEEDS = new Map([
  ['web', ['api']],
  ['api', ['db', 'queue']],
  ['db', []],
  ['queue', []],
  ['site', []],
]);

const deployments = [...NEEDS].map(
  ([key, needs]): ResolvedDeployment => ({ key, name: key, pack: `./${key}`, state: 'present', needs, settings: {} }),
);

describe('needs', () => {
  test('of some, directly or not', () => {
    expect([...withNeeds(['api', 'site'], NEEDS)].sort()).toEqual(['api', 'db', 'queue', 'site']);
  });

  test('of who needs one of them', () => {
    expect([...withDependents(['queue'], NEEDS)].sort()).toEqual(['api', 'queue', 'web']);
  });

  test('the other way round', () => {
    expect(Object.fromEntries(reversed(NEEDS))).toEqual({
      web: [],
      api: ['web'],
      db: ['api'],
      queue: ['api'],
      site: [],
    });
  });

  test('in a circle, and by itself', () => {
    expect(findCycle(NEEDS)).toBeUndefined();
    expect(
      findCycle(
        new Map([
          ['a', ['b']],
          ['b', ['b']],
        ]),
      ),
    ).toEqual(['b']);
  });
});

describe('a selection', () => {
  const select = (only: readonly string[], alsoNeeds = false) =>
    selectDeployments(deployments, only, alsoNeeds).map(({ key }) => key);

  test('keeps the order of the file', () => {
    expect(select([])).toEqual(['web', 'api', 'db', 'queue', 'site']);
    expect(select(['site', 'api'])).toEqual(['api', 'site']);
    expect(select(['api'], true)).toEqual(['api', 'db', 'queue']);
  });

  test.each([
    ['*', ['web', 'api', 'db', 'queue', 'site']],
    ['*e*', ['web', 'queue', 'site']],
    ['s*e', ['site']],
    ['q*', ['queue']],
    ['*b', ['web', 'db']],
    ['d*b*', ['db']],
  ])('by the pattern %s', (pattern, expected) => {
    expect(select([pattern])).toEqual(expected);
  });

  test('of none is an error that names the near one', () => {
    expect(() => select(['appi'])).toThrow(SelectionError);
    expect(() => select(['appi'])).toThrow(
      'names `appi`, which no deployment of the file is called (did you mean `api`?). There are: `web`, `api`, `db`, `queue`, `site`',
    );
    // A text that both ends of a pattern would have to share fits neither.
    expect(() => select(['sit*ite'])).toThrow(SelectionError);
  });
});

describe('a schedule', () => {
  interface Run {
    readonly began: string[];
    readonly results: Record<string, Scheduled<string>>;
    readonly most: number;
  }

  async function run(options: {
    parallelism?: number;
    failFast?: boolean;
    fails?: readonly string[];
    signal?: AbortSignal;
    onBegin?: (name: string) => void;
  }): Promise<Run> {
    const { parallelism = 4, failFast = false, fails = [], signal = new AbortController().signal } = options;
    const began: string[] = [];
    let running = 0;
    let most = 0;
    const results = await schedule<string>(NEEDS, {
      parallelism,
      failFast,
      signal,
      isFailure: (outcome) => outcome === 'failed',
      work: async (name) => {
        began.push(name);
        options.onBegin?.(name);
        running += 1;
        most = Math.max(most, running);
        await new Promise(setImmediate);
        running -= 1;
        return fails.includes(name) ? 'failed' : 'good';
      },
    });
    return { began, results: Object.fromEntries(results), most };
  }

  const good = { kind: 'done', outcome: 'good' };
  const failed = { kind: 'done', outcome: 'failed' };
  const skipped = (because: string) => ({ kind: 'skipped', because });

  test('begins what waits for nothing side by side, and the rest after what it needs', async () => {
    const { began, results, most } = await run({});
    expect(began).toEqual(['db', 'queue', 'site', 'api', 'web']);
    expect(most).toBe(3);
    expect(results).toEqual({ web: good, api: good, db: good, queue: good, site: good });
    expect(Object.keys(results)).toEqual([...NEEDS.keys()]);
  });

  test('runs no more at once than it may', async () => {
    const { began, most } = await run({ parallelism: 1 });
    expect(most).toBe(1);
    expect(began.indexOf('api')).toBeGreaterThan(Math.max(began.indexOf('db'), began.indexOf('queue')));
    expect(began.indexOf('web')).toBeGreaterThan(began.indexOf('api'));
  });

  test('skips what needs one that failed, and nothing else', async () => {
    const { began, results } = await run({ fails: ['queue'] });
    expect(began).toEqual(['db', 'queue', 'site']);
    expect(results).toEqual({
      web: skipped('`api`, which it needs, was skipped'),
      api: skipped('`queue`, which it needs, failed'),
      db: good,
      queue: failed,
      site: good,
    });
  });

  test('begins nothing more after a failure where it is to fail fast', async () => {
    const { began, results } = await run({ parallelism: 1, failFast: true, fails: ['db'] });
    expect(began).toEqual(['db']);
    const because = skipped('`db` failed, and `fail_fast` is on');
    expect(results).toEqual({ web: because, api: because, db: failed, queue: because, site: because });
  });

  test('begins nothing more after a cancel, and waits for what runs', async () => {
    const cancel = new AbortController();
    const { began, results } = await run({
      parallelism: 1,
      signal: cancel.signal,
      onBegin: () => cancel.abort(),
    });
    expect(began).toEqual(['db']);
    expect(results['db']).toEqual(good);
    expect(results['web']).toEqual(skipped('the step was cancelled'));
  });

  test('of no one', async () => {
    const work = async () => 'good';
    const options = {
      parallelism: 4,
      failFast: false,
      isFailure: () => false,
      signal: new AbortController().signal,
      work,
    };
    expect(await schedule(new Map(), options)).toEqual(new Map());
  });
});
