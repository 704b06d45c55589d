import { describe, expect, test } from '@jest/globals';
import { type JobHistory, lastGood, planRollback } from '../../src/deployment/rollback.ts';
import { ActionError } from '../../src/errors.ts';
import type { Job } from '../../src/nomad/api.ts';
import { describeTrace, type Trace, tagName } from '../../src/nomad/trace.ts';
import { group, noUpdate, specification } from '../nomad/rollout/support/moments.ts';

const START = Date.parse('2026-11-26T00:00:00Z');
/** A time that many seconds after the start. */
const at = (seconds: number) => new Date(START + seconds * 1_000).toISOString();

const rolling = { ...noUpdate, MaxParallel: 1 };

interface Spec {
  /** When it was registered, in seconds; default: the version's number times 100. */
  readonly at?: number;
  readonly stop?: boolean;
  readonly stable?: boolean;
  /** What it says; default: something of its own. */
  readonly text?: string;
  readonly ref?: string;
  readonly type?: Job['Type'];
  readonly trace?: Partial<Trace>;
  readonly more?: Partial<Job>;
}

/** A job of these versions, the newest first, numbered down to 0. */
function history(id: string, specs: readonly Spec[], isCut = false): JobHistory {
  const versions = specs.map((spec, index): Job => {
    const Version = specs.length - 1 - index;
    const submitted = spec.at ?? Version * 100;
    const Meta = { text: spec.text ?? `text ${Version}`, ...(spec.ref !== undefined && { 'pack.version': spec.ref }) };
    const trace = spec.trace && { deployed: at(submitted), ...spec.trace };
    return specification({
      ID: id,
      Type: spec.type ?? 'service',
      Version,
      SubmitTime: (START + submitted * 1_000) * 1_000_000,
      Stop: spec.stop ?? false,
      Stable: spec.stable ?? true,
      Meta,
      TaskGroups: [group('app', { Update: rolling })],
      ...(trace && { VersionTag: { Name: tagName(Version), Description: describeTrace(trace) } }),
      ...spec.more,
    });
  });
  const [current, ...earlier] = versions as [Job, ...Job[]];
  return { id, namespace: 'default', current, earlier, isCut };
}

/** What a rollback comes to, in words: `web 2>1` goes back, `web 2>-` stops, `web 2` stays. */
function plan(histories: readonly JobHistory[], to?: string): string {
  try {
    const { moves, stays } = planRollback(histories, to);
    return [
      ...moves.map(({ current, target }) => `${current.ID} ${current.Version}>${target?.Version ?? '-'}`),
      ...stays.map(({ ID, Version }) => `${ID} ${Version}`),
    ].join(', ');
  } catch (error) {
    if (!(error instanceof ActionError)) throw error;
    return `${error.reason}: ${error.message.split('\n')[0]}`;
  }
}

const NOTHING = 'no-earlier-version: There is nothing to go back to';
const FORGOTTEN =
  'no-earlier-version: Job "web" (default) cannot go back: Nomad no longer has the version that it was at then.';

describe('the last good version', () => {
  const good = (...specs: Spec[]) => lastGood(history('web', specs))?.Version;

  test.each<[string, Spec[], number | undefined]>([
    ['is the one before', [{}, {}, {}], 1],
    ['was healthy', [{}, { stable: false }, {}], 0],
    ['ran', [{}, { stop: true }, {}], 0],
    ['says something else', [{ text: 'a' }, { text: 'a' }, {}], 0],
    ['may say the same where the job was stopped', [{ stop: true, text: 'a' }, { text: 'a' }, {}], 1],
    ['does not exist where none was healthy', [{}, { stable: false }], undefined],
    ['is none where there is none', [{}], undefined],
    ['lies before the one that a job went back to', [{ text: 'b', trace: { backTo: 1 } }, {}, { text: 'b' }, {}], 0],
    [
      'lies before it, however often',
      [{ text: 'a', trace: { backTo: 2 } }, {}, { text: 'a', trace: { backTo: 1 } }, { text: 'a' }, {}],
      0,
    ],
  ])('%s', (_, specs, version) => {
    expect(good(...specs)).toBe(version);
  });

  const unjudged = { stable: false } as const;
  const none = { more: { TaskGroups: [group('app')] } } as const;

  test.each<[string, Spec, number | undefined]>([
    ['a service that has no `update` block', { ...unjudged, ...none }, 0],
    ['a service without groups', { ...unjudged, more: { TaskGroups: null } }, 0],
    [
      'one whose groups change all at once',
      { ...unjudged, more: { TaskGroups: [group('app', { Update: noUpdate })] } },
      0,
    ],
    ['a batch job', { ...unjudged, type: 'batch' }, 0],
    ['a periodic job', { ...unjudged, more: { Periodic: {} as Job['Periodic'] } }, 0],
    ['a parameterized job', { ...unjudged, more: { ParameterizedJob: {} as Job['ParameterizedJob'] } }, 0],
    ['no service that Nomad judges', unjudged, undefined],
    [
      'no service with one group that Nomad judges',
      { ...unjudged, more: { TaskGroups: [group('a'), group('b', { Update: rolling })] } },
      undefined,
    ],
  ])('may be of %s without being called healthy', (_, spec, version) => {
    expect(good(spec, spec)).toBe(version);
  });

  test('of a kind that Nomad has judged once has to be healthy', () => {
    expect(good({ ...none, stable: true }, { ...none, stable: false })).toBeUndefined();
    expect(good({ ...none, stable: false }, { ...none, stable: false }, { ...none, stable: true })).toBe(0);
  });
});

describe('without a target', () => {
  test.each<[string, JobHistory[], string]>([
    ['the last deploy is taken back', [history('web', [{}, {}, {}])], 'web 2>1'],
    [
      'what the last deploy did not touch stays',
      [history('web', [{}, {}]), history('api', [{ at: 0 }])],
      'web 1>0, api 0',
    ],
    [
      'jobs that were registered one after the other are of one deploy',
      [history('web', [{ at: 100 }, {}]), history('api', [{ at: 105 }, {}])],
      'api 1>0, web 1>0',
    ],
    [
      'jobs that were registered later are not',
      [history('web', [{ at: 100 }, {}]), history('api', [{ at: 105.1 }, {}])],
      'api 1>0, web 1',
    ],
    [
      'each may follow the one before',
      [history('a', [{ at: 100 }, {}]), history('b', [{ at: 104 }, {}]), history('c', [{ at: 108 }, {}])],
      'c 1>0, b 1>0, a 1>0',
    ],
    ['a job that was added stops', [history('web', [{}, {}]), history('new', [{ at: 100 }])], 'web 1>0, new 0>-'],
    [
      'a job that was stopped runs again',
      [history('web', [{}, {}]), history('old', [{ at: 100, stop: true, text: 'a' }, { text: 'a' }])],
      'web 1>0, old 1>0',
    ],
    [
      'a job that was stopped before stays so',
      [history('web', [{}, {}]), history('old', [{ at: 10, stop: true }, {}])],
      'web 1>0',
    ],
    [
      'a job that the deploy has started again stops again, where another ran',
      [history('web', [{}, {}]), history('old', [{ at: 100 }, { stop: true, at: 50 }, { at: 0 }])],
      'web 1>0, old 2>-',
    ],
    [
      'a deployment that was stopped as a whole goes back to what ran before that',
      [history('web', [{ at: 100 }, { stop: true, at: 50 }, { at: 0 }])],
      'web 2>0',
    ],
    [
      'and so where another job was not there at all',
      [history('web', [{ at: 100 }, { stop: true, at: 50 }, { at: 0 }]), history('new', [{ at: 100 }])],
      'web 2>0, new 0>-',
    ],
    [
      'a first deploy has nothing to go back to',
      [history('web', [{}])],
      `${NOTHING}: no job of the deployment would run.`,
    ],
    [
      'a job that was never healthy has nothing to go back to',
      [history('web', [{}, { stable: false }])],
      `${NOTHING}: no earlier version of job "web" (default) was healthy and says something else than the present one.`,
    ],
    ['what Nomad has forgotten cannot run again', [history('web', [{}], true)], FORGOTTEN],
    [
      'and so where another job runs on',
      [history('web', [{ at: 0 }]), history('old', [{ at: 100 }, { stop: true, at: 50 }, { at: 0 }])],
      'old 2>-, web 0',
    ],
    [
      'and not where the other job is stopped itself',
      [history('web', [{ at: 10, stop: true }]), history('old', [{ at: 100 }, { stop: true, at: 50 }, { at: 0 }])],
      'old 2>0',
    ],
    [
      'a job that has come and gone stays so',
      [history('web', [{}, {}]), history('x', [{ at: 100, stop: true }])],
      'web 1>0',
    ],
    ['what Nomad has forgotten besides does not matter', [history('web', [{}, {}], true)], 'web 1>0'],
    ['nothing cannot go back', [], `${NOTHING}: no job of the deployment would run.`],
    [
      'a deployment that is stopped and has nothing else cannot go back',
      [history('web', [{ stop: true }])],
      `${NOTHING}: no job of the deployment would run.`,
    ],
  ])('%s', (_, histories, expected) => {
    expect(plan(histories)).toBe(expected);
  });

  test('the tags tell what was deployed together, however long it took', () => {
    const together = { deployed: at(300) };
    const histories = [
      history('a', [{ at: 100, trace: together }, {}]),
      history('b', [{ at: 300, trace: together }, {}]),
    ];
    expect(plan(histories)).toBe('b 1>0, a 1>0');
  });

  test('and what was not, however short', () => {
    const one = history('a', [
      { at: 100, trace: { deployed: at(100) } },
      { at: 0, trace: {} },
    ]);
    const other = history('b', [
      { at: 101, trace: { deployed: at(101) } },
      { at: 0, trace: {} },
    ]);
    expect(plan([one, other])).toBe('b 1>0, a 1');
  });

  test('a version from before there were tags is what the first deploy with a tag goes back to', () => {
    const tagged = history('web', [{ trace: {} }, {}]);
    expect(plan([tagged])).toBe('web 1>0');
    expect(plan([tagged, history('api', [{ at: 0 }])])).toBe('web 1>0, api 0');
    const batch = history('load', [
      { at: 99, type: 'batch', stable: false },
      { at: 0, type: 'batch', stable: false },
    ]);
    expect(plan([tagged, batch])).toBe('web 1>0, load 1>0');
    expect(plan([history('web', [{ at: 100, trace: {} }, { at: 97 }])])).toBe('web 1>0');
  });

  test('what has no tag is of the deploy that it was registered with', () => {
    const service = history('web', [
      { at: 200, trace: { deployed: at(260) } },
      { at: 0, trace: {} },
    ]);
    const batch = (seconds: number) => [
      service,
      history('load', [
        { at: seconds, type: 'batch', stable: false },
        { at: 0, type: 'batch', stable: false },
      ]),
    ];
    expect(plan(batch(195))).toBe('web 1>0, load 1>0');
    expect(plan(batch(240))).toBe('load 1>0, web 1>0');
    expect(plan(batch(194.9))).toBe('web 1>0, load 1');
    expect(plan(batch(266))).toBe('load 1>0, web 1');
    const late = history('load', [
      { at: 103, type: 'batch', stable: false },
      { at: 0, type: 'batch', stable: false },
    ]);
    expect(
      plan([
        late,
        history('web', [
          { at: 100, trace: {} },
          { at: 0, trace: {} },
        ]),
      ]),
    ).toBe('load 1>0, web 1>0');
  });

  test('and so is what was registered shortly before that', () => {
    const web = history('web', [{ at: 200, trace: {} }, {}]);
    const batch = (id: string, seconds: number) =>
      history(id, [
        { at: seconds, type: 'batch', stable: false },
        { at: 0, type: 'batch', stable: false },
      ]);
    expect(plan([web, batch('b', 196), batch('a', 192)])).toBe('web 1>0, b 1>0, a 1>0');
  });

  test('versions that one deploy has made of a job go together', () => {
    const deployed = at(201);
    const twice = history('web', [
      { at: 201, trace: { deployed } },
      { at: 200, trace: { deployed } },
      { at: 0, trace: {} },
    ]);
    // The version before it is of the same deploy, and yet was healthy: it is the last good one.
    expect(
      plan([
        twice,
        history('api', [
          { at: 200, trace: { deployed } },
          { at: 0, trace: {} },
        ]),
      ]),
    ).toBe('web 2>1, api 1>0');
    const fresh = history('new', [
      { at: 201, trace: { deployed } },
      { at: 200, trace: { deployed } },
    ]);
    expect(
      plan([
        fresh,
        history('api', [
          { at: 200, trace: { deployed } },
          { at: 0, trace: {} },
        ]),
      ]),
    ).toBe('new 1>-, api 1>0');
  });

  test('one that went back goes further back, never forth', () => {
    const back = history('web', [
      { text: 'b', at: 400, trace: { backTo: 1 } },
      { at: 300 },
      { text: 'b', at: 200 },
      { at: 100 },
    ]);
    expect(plan([back])).toBe('web 3>0');
    const ends = history('web', [{ text: 'a', at: 400, trace: { backTo: 0 } }, { at: 300 }, { text: 'a', at: 200 }]);
    expect(plan([ends])).toBe(`${NOTHING}: no job of the deployment would run.`);
  });

  test('one that went back to what it is itself, or to what is not there, is where it is', () => {
    expect(plan([history('web', [{ trace: { backTo: 2 } }, {}, {}])])).toBe('web 2>1');
    expect(plan([history('web', [{ trace: { backTo: 9 } }, {}, {}])])).toBe('web 2>1');
  });

  test('one that got stuck half-way goes on where it was, and takes back nothing twice', () => {
    const deployed = at(200);
    const web = history('web', [
      { at: 200, trace: { deployed } },
      { at: 100, trace: { deployed: at(100) } },
    ]);
    const api = history('api', [
      { at: 300, text: 'a', trace: { deployed: at(300), backTo: 0, undoes: deployed } },
      { at: 200, trace: { deployed } },
      { at: 100, text: 'a', trace: { deployed: at(100) } },
    ]);
    expect(plan([web, api])).toBe('web 1>0, api 2');
    expect(planRollback([web, api], undefined).undoes).toBe(deployed);
  });

  test('and so beside a batch job that has gone back, which no tag tells of', () => {
    const deployed = at(200);
    const web = history('web', [
      { at: 200, trace: { deployed } },
      { at: 100, trace: { deployed: at(100) } },
    ]);
    const api = history('api', [
      { at: 300, text: 'a', trace: { deployed: at(300), backTo: 0, undoes: deployed } },
      { at: 200, trace: { deployed } },
      { at: 100, text: 'a', trace: { deployed: at(100) } },
    ]);
    const load = history('load', [
      { at: 301, text: 'a', type: 'batch', stable: false },
      { at: 200, type: 'batch', stable: false },
      { at: 100, text: 'a', type: 'batch', stable: false },
    ]);
    expect(plan([load, api, web])).toBe('web 1>0, load 2, api 2');
  });

  test('tags that lead in circles lead nowhere', () => {
    const own = history('web', [{ trace: { backTo: 2 } }, { trace: { backTo: 2 } }, {}, {}]);
    expect(plan([own])).toMatch(/^web 3>/);
    const two = history('web', [{ trace: { backTo: 1 } }, { trace: { backTo: 1 } }, { trace: { backTo: 2 } }, {}]);
    expect(plan([two])).toMatch(/^web 3>/);
  });

  test('a job that a rollback has stopped is of no deploy', () => {
    const deployed = at(200);
    const web = history('web', [
      { at: 300, text: 'a', trace: { backTo: 1, undoes: deployed } },
      { at: 200, trace: { deployed } },
      { at: 100, text: 'a', trace: { deployed: at(100) } },
      { at: 0, trace: { deployed: at(0) } },
    ]);
    const cache = history('cache', [
      { at: 301, stop: true, text: 'c', trace: { undoes: deployed } },
      { at: 200, text: 'c', trace: { deployed } },
    ]);
    expect(plan([web, cache])).toBe('web 3>0');
  });

  test('what it undoes is told where tags tell it', () => {
    expect(planRollback([history('web', [{ trace: {} }, {}])], undefined).undoes).toBe(at(100));
    expect(planRollback([history('web', [{}, {}])], undefined).undoes).toBeUndefined();
    const load = history('load', [
      { at: 101, type: 'batch', stable: false },
      { at: 0, type: 'batch', stable: false },
    ]);
    expect(planRollback([load, history('web', [{ trace: {} }, {}])], undefined).undoes).toBe(at(100));
  });
});

describe('to a version', () => {
  const web = history('web', [{}, {}, {}]);

  test.each<[string, JobHistory[], string, string]>([
    ['by its number', [web], '0', 'web 2>0'],
    ['the present one, which it is at', [web], '2', 'web 2'],
    [
      'that there is not',
      [web],
      '7',
      'no-earlier-version: `rollback_to` is `7`, but no job of the deployment has version 7.',
    ],
    ['with leading zeros', [web], '000001', 'web 2>1'],
    [
      'of a longer number, which is a commit',
      [web],
      '0000001',
      'no-earlier-version: `rollback_to` is `0000001`, but no job of the deployment has a version that `0000001` was deployed as.',
    ],
    ['with another job as it was then', [web, history('api', [{ at: 150 }, { at: 50 }])], '1', 'web 2>1, api 1>0'],
    ['with another job that is as it was', [web, history('api', [{ at: 50 }])], '1', 'web 2>1, api 0'],
    ['with another job that came later', [web, history('api', [{ at: 150 }])], '1', 'web 2>1, api 0>-'],
    [
      'with another job that was stopped then',
      [web, history('api', [{ at: 150 }, { at: 60, stop: true }])],
      '1',
      'web 2>1, api 1>-',
    ],
    [
      'with another job that is stopped, and was',
      [web, history('api', [{ at: 60, stop: true }, { at: 0 }])],
      '1',
      'web 2>1',
    ],
    [
      'with another job that is stopped, and ran',
      [web, history('api', [{ at: 150, stop: true }, { at: 0 }])],
      '1',
      'web 2>1, api 1>0',
    ],
    ['that says what runs', [history('web', [{ text: 'a' }, {}, { text: 'a' }])], '0', 'web 2'],
    ['that says what was stopped', [history('web', [{ text: 'a', stop: true }, { text: 'a' }])], '0', 'web 1>0'],
    [
      'at which jobs were at different times',
      [web, history('api', [{ at: 170 }, { at: 160 }, { at: 0 }])],
      '1',
      'no-earlier-version: `rollback_to` is `1`, but the jobs of the deployment were at version 1 at different times.',
    ],
    [
      'whose neighbour Nomad has forgotten',
      [history('api', [{ at: 200 }, { at: 100 }, { at: 0 }]), history('web', [{ at: 200 }], true)],
      '1',
      FORGOTTEN,
    ],
    [
      'of the present ones only where there is no earlier one',
      [history('a', [{ at: 100 }, { at: 0 }]), history('b', [{ at: 200 }, { at: 100 }, { at: 0 }])],
      '1',
      'b 2>1, a 1',
    ],
    [
      'that was stopped',
      [history('web', [{}, { stop: true }, {}])],
      '1',
      `${NOTHING}: no job of the deployment would run.`,
    ],
  ])('%s', (_, histories, to, expected) => {
    expect(plan(histories, to)).toBe(expected);
  });

  test('what it undoes is not known', () => {
    expect(planRollback([history('web', [{ trace: {} }, { trace: {} }])], '0').undoes).toBeUndefined();
  });
});

describe('to a commit or a ref', () => {
  const commit = 'c0ffee0123456789c0ffee0123456789c0ffee01';
  const other = 'decade0123456789c0ffee0123456789c0ffee01';
  const web = history('web', [
    { ref: 'v3', trace: { commit: other } },
    { ref: 'v2', trace: { commit } },
    { ref: 'v1' },
  ]);

  test.each([
    ['v1', 'web 2>0'],
    ['v2', 'web 2>1'],
    [commit, 'web 2>1'],
    [commit.toUpperCase(), 'web 2>1'],
    [commit.slice(0, 7), 'web 2>1'],
    [other, 'web 2'],
  ])('%s', (to, expected) => {
    expect(plan([web], to)).toBe(expected);
  });

  test.each(['v', 'v4', commit.slice(0, 6), `${commit}0`, commit.slice(1), `x${commit}`, 'zzzzzzz'])('not %s', (to) => {
    expect(plan([web], to)).toContain(`no job of the deployment has a version that \`${to}\` was deployed as`);
  });

  test('that nomad-pack has recorded', () => {
    expect(plan([history('web', [{}, { ref: commit }])], commit.slice(0, 9))).toBe('web 1>0');
  });

  test('the last time that it was deployed, as a whole', () => {
    const again = history('web', [
      { ref: 'v3', at: 300 },
      { ref: 'v1', at: 200 },
      { ref: 'v2', at: 100 },
      { ref: 'v1', at: 0 },
    ]);
    expect(plan([again, history('api', [{ at: 300 }, { at: 150 }, { at: 50 }])], 'v1')).toBe('web 3>2, api 2>1');
  });

  test('with all that one deploy has registered, the last of it, too', () => {
    const trace = { deployed: at(160), commit };
    const one = history('web', [{ at: 300 }, { at: 100, trace }, { at: 0 }]);
    const two = history('api', [{ at: 300 }, { at: 160, trace }, { at: 0 }]);
    expect(plan([one, two], commit)).toBe('web 2>1, api 2>1');
  });

  test('but not what the same job was made into after that', () => {
    const trace = { deployed: at(104), commit };
    const one = history('web', [{ at: 104, text: 'fixed' }, { at: 100, trace, text: 'x' }, { at: 0 }]);
    expect(plan([one], commit)).toBe('web 2>1');
  });

  test('nor what another job was made into at the same time', () => {
    const trace = { deployed: at(101), commit };
    const one = history('web', [{ at: 300 }, { at: 100, trace }, { at: 0 }]);
    const two = history('api', [{ at: 300 }, { at: 101, trace }, { at: 50 }, { at: 40 }]);
    expect(plan([one, two], commit)).toBe('web 2>1, api 3>2');
    const inProd = (spec: Spec) => ({ ...spec, more: { Namespace: 'prod' } });
    const other = {
      ...history('web', [{ at: 300 }, { at: 101, trace }, { at: 50 }, { at: 40 }].map(inProd)),
      namespace: 'prod',
    };
    expect(plan([one, other], commit)).toBe('web 2>1, web 3>2');
  });

  test('nor what it was made into twice', () => {
    const trace = { deployed: at(104), commit };
    const one = history('web', [{ at: 300 }, { at: 104 }, { at: 100, trace }, { at: 0 }]);
    expect(plan([one], commit)).toBe('web 3>1');
  });

  test('with what has no tag of its own, in whatever order Nomad lists the jobs', () => {
    const web = history('web', [
      { at: 300, trace: { deployed: at(310) } },
      { at: 100, trace: { deployed: at(160), commit } },
    ]);
    const load = history('load', [
      { at: 310, type: 'batch' },
      { at: 160, type: 'batch' },
    ]);
    expect(plan([web, load], commit)).toBe('web 1>0, load 1>0');
    expect(plan([load, web], commit)).toBe('load 1>0, web 1>0');
  });

  test('that was deployed of one job after it was of another: the later time counts', () => {
    const a = history('a', [{ at: 300 }, { at: 100, ref: 'v1' }]);
    const b = history('b', [{ at: 300 }, { at: 200, ref: 'v1' }, { at: 0 }]);
    expect(plan([a, b], 'v1')).toBe('a 1>0, b 2>1');
  });

  test('of SHA-256', () => {
    const long = commit.padEnd(64, '0');
    expect(plan([history('web', [{}, { trace: { commit: long } }])], long)).toBe('web 1>0');
  });

  test('but for what only begins like a ref', () => {
    for (const [ref, to] of [
      ['v1-c0ffee012', 'v1-c0ffee01'],
      ['c0ffee01-arm', 'c0ffee01-a'],
    ] as const)
      expect(plan([history('web', [{}, { ref }])], to)).toContain('no job of the deployment has a version that');
    expect(plan([history('web', [{}, { more: { Meta: null } }])], 'v1')).toContain('no job of the deployment has');
  });

  test('not what went back to it, nor what was stopped', () => {
    const back = history('web', [
      { ref: 'v9', at: 300 },
      { ref: 'v1', at: 200, text: 'a', trace: { backTo: 0, commit } },
      { ref: 'v1', at: 100, text: 'a' },
    ]);
    expect(plan([back], 'v1')).toBe('web 2>0');
    expect(plan([history('web', [{}, { ref: 'v1', stop: true }, {}])], 'v1')).toContain('no job of the deployment has');
  });
});

test('what cannot be done says what to do', () => {
  expect(() => planRollback([], undefined)).toThrow(
    expect.objectContaining({ hint: expect.stringContaining('`rollback_to`') }),
  );
});

test('what cannot be done lists the versions that there are', () => {
  const commit = 'c0ffee0';
  const histories = [
    history('web', [
      { ref: 'v2', trace: { commit } },
      { stop: true, ref: '' },
      { stable: false, ref: 'v1' },
    ]),
    history('api', [{ stop: true }]),
  ];
  expect(() => planRollback(histories, 'v7')).toThrow(
    [
      '`rollback_to` is `v7`, but no job of the deployment has a version that `v7` was deployed as.',
      `web (default): version 2, the present one, was healthy, deployed ${at(200)}, ref v2, commit c0ffee0.`,
      `web (default): version 1, stopped, deployed ${at(100)}.`,
      `web (default): version 0, was never called healthy, deployed ${at(0)}, ref v1.`,
      `api (default): version 0, the present one, stopped, deployed ${at(0)}.`,
    ].join('\n'),
  );
});
