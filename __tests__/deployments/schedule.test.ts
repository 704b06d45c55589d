import { describe, expect, test } from '@jest/globals';
import { type Scheduled, schedule } from '../../src/deployments/schedule.ts';

/** `web` needs `api`, which needs `db` and `queue`; `site` stands alone. */
const NEEDS = new Map([
  ['web', ['api']],
  ['api', ['db', 'queue']],
  ['db', []],
  ['queue', []],
  ['site', []],
]);

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
