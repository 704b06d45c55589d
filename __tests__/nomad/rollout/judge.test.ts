import { describe, expect, test } from '@jest/globals';
import { judge } from '../../../src/nomad/rollout/judge.ts';
import type { Moment } from '../../../src/nomad/rollout/moment.ts';
import { rollbackTarget } from '../../../src/nomad/rollout/overtaken.ts';
import type { Verdict } from '../../../src/nomad/rollout/verdict.ts';
import {
  type Answers,
  allocation,
  counts,
  deployment,
  group,
  moment,
  noUpdate,
  rollout,
  specification,
  statusAllocation,
  statuses,
  submitted,
} from './support/moments.ts';

/** `good`, or what a reader is told of any other verdict. */
function words(verdict: Verdict): string {
  if (verdict.kind === 'good') return 'good';
  if (verdict.kind === 'waiting') return `waiting${verdict.blocked ? ', blocked' : ''}: ${verdict.missing}`;
  return `${verdict.reason}: ${verdict.cause}${verdict.unsettled === undefined ? '' : ` (${verdict.unsettled})`}`;
}

type Case = readonly [name: string, expected: string, of: Partial<Moment>, answers?: Answers];

const shown = (cases: readonly Case[]) => cases.map((one) => [one[0], one] as const);

const short = { groups: [counts('app', [1, 1, 0, 0])] };
const unplaced = { groups: [counts('app', [1, 0, 0, 0])] };
const blocked: Answers = { outlook: { kind: 'blocked', groups: new Map([['app', 'no room']]) } };
const noRoom = 'group "app" cannot be placed: no room';

describe('whose version it is', () => {
  const ours = { LatestDeployment: rollout({ IsActive: false, Status: 'successful' }) };
  const superseded = (version: number) =>
    `superseded: version ${version} by somebody else has taken the place of version 3`;
  const again = 'superseded: somebody has purged the job and registered it again';

  test.each(
    shown([
      ['ours', 'good', { nomad: statuses(ours) }],
      [
        'an older one, which Nomad has not replaced yet',
        'waiting: Nomad does not show version 3 yet',
        { nomad: statuses({ Version: 2, ModifyIndex: 29 }) },
      ],
      ['a newer one', superseded(4), { nomad: statuses({ ...ours, Version: 4, ModifyIndex: 40 }) }],
      ['one that began anew', again, { nomad: statuses({ ...ours, Version: 0, ModifyIndex: 40, SubmitTime: 400 }) }],
      ['one that began anew and got as far', again, { nomad: statuses({ ...ours, SubmitTime: 400, ModifyIndex: 40 }) }],
      [
        'one that began anew before it was looked at',
        again,
        {
          nomad: statuses({ ...ours, SubmitTime: 400, ModifyIndex: 40 }),
          specification: undefined,
          current: specification({ SubmitTime: 400, JobModifyIndex: 40 }),
        },
      ],
      [
        'one of which nothing but the number is known',
        'good',
        { nomad: statuses(ours), specification: undefined, current: undefined },
      ],
      [
        'ours, whose index alone is known',
        'good',
        { nomad: statuses(ours), specification: undefined, current: specification() },
      ],
      ['ours, stopped', 'stopped: somebody stopped the job', { nomad: statuses({ ...ours, Stop: true }) }],
      [
        'the one that stopped ours',
        'stopped: somebody stopped the job',
        { nomad: statuses({ ...ours, Version: 4, Stop: true }) },
      ],
      [
        'of a job that launches others',
        'good',
        { nomad: statuses({ Allocs: null }), job: { ...submitted, launches: 'periodic' }, groups: [] },
      ],
    ]),
  )('%s', async (_, [, expected, of, answers]) => {
    expect(words(await judge(moment(of, answers)))).toBe(expected);
  });
});

describe('a version that Nomad went back to', () => {
  const failed = { Status: 'failed', StatusDescription: 'Failed - rolling back to job version 2' } as const;
  const nomad = statuses({ Version: 4, ModifyIndex: 40, SubmitTime: 400 });
  const cause = 'Nomad rolled the job back to version 2, which runs as version 4 now';

  test.each(
    shown([
      ['that is healthy', `reverted: ${cause}`, { nomad }, { deployments: [deployment({}, failed)] }],
      [
        'that is not healthy yet',
        `reverted: ${cause} (version 4, which Nomad went back to, is not healthy yet)`,
        { nomad, ...short },
        { deployments: [deployment({}, failed)] },
      ],
      [
        'whose own rollout goes on',
        `reverted: ${cause} (version 4, which Nomad went back to, is not healthy yet)`,
        { nomad: { ...nomad, LatestDeployment: rollout({ JobVersion: 4 }) } },
        { deployments: [deployment({}, failed)] },
      ],
      [
        'whose own rollout is over, however it went',
        `reverted: ${cause}`,
        { nomad: { ...nomad, LatestDeployment: rollout({ JobVersion: 4, IsActive: false }) }, ...short },
        { deployments: [deployment({}, failed)] },
      ],
      [
        'while the rollout of another version is still the latest',
        `reverted: ${cause}`,
        { nomad: { ...nomad, LatestDeployment: rollout({ JobVersion: 3 }) } },
        { deployments: [deployment({}, failed)] },
      ],
      [
        'from the same version of a job of the same id before it',
        'superseded: version 4 by somebody else has taken the place of version 3',
        { nomad },
        { deployments: [deployment({}, { ...failed, JobSpecModifyIndex: 12 })] },
      ],
      [
        'from another version than ours',
        'superseded: version 4 by somebody else has taken the place of version 3',
        { nomad },
        { deployments: [deployment({}, { ...failed, JobVersion: 1 })] },
      ],
      [
        'where ours succeeded',
        'superseded: version 4 by somebody else has taken the place of version 3',
        { nomad },
        { deployments: [deployment({}, { ...failed, Status: 'successful' })] },
      ],
    ]),
  )('%s', async (_, [, expected, of, answers]) => {
    expect(words(await judge(moment(of, answers)))).toBe(expected);
  });

  test('is waited for half a minute from when it was seen', async () => {
    const answers = { deployments: [deployment({}, failed)] };
    const first = moment({ nomad, ...short }, answers);
    expect(await judge(first)).toHaveProperty('unsettled');
    const later = (now: number) => moment({ nomad, ...short, memory: first.memory, now: first.now + now }, answers);
    expect(await judge(later(29_999))).toHaveProperty('unsettled');
    expect(await judge(later(30_000))).not.toHaveProperty('unsettled');
  });

  test.each([
    ['Failed due to unhealthy allocations - rolling back to job version 12', 12],
    ['Failed - not rolling back to stable job version 0 as current job has same specification', undefined],
    ['Failed - no stable job version to auto revert to', undefined],
    ['', undefined],
  ])('is told by %j', (description, version) => {
    expect(rollbackTarget(description)).toBe(version);
  });
});

describe('a rollout', () => {
  const withRollout = (more: Parameters<typeof rollout>[0], rest = {}) => ({
    nomad: statuses({ LatestDeployment: rollout(more), ...rest }),
  });
  const manual = [group('app', { Update: { ...noUpdate, HealthCheck: 'manual' } })];
  const told =
    'health_check is "manual" in group "app", so Nomad waits to be told the health of each allocation through its API';

  test.each(
    shown([
      ['that has succeeded', 'good', withRollout({ Status: 'successful', IsActive: false })],
      [
        'that has succeeded, with a task that died since',
        'unhealthy: group "app": 0 of 1 healthy',
        {
          ...withRollout({ Status: 'successful', IsActive: false }),
          groups: [counts('app', [1, 0, 0, 1])],
          memory: {
            unplacedSince: new Map(),
            startedSince: new Map(),
            idle: [30, 'running', [statusAllocation()]],
          },
        },
      ],
      [
        'that failed',
        'unhealthy: its rollout failed: Failed due to progress deadline',
        withRollout({ Status: 'failed', StatusDescription: 'Failed due to progress deadline' }),
      ],
      [
        'that failed for want of room',
        `placement: ${noRoom}`,
        withRollout({ Status: 'failed' }, { Allocs: null }),
        blocked,
      ],
      [
        'that failed without an allocation, and with room',
        'unhealthy: its rollout failed: Deployment is running',
        withRollout({ Status: 'failed' }, { Allocs: [statusAllocation({ JobVersion: 2 })] }),
      ],
      [
        'that failed with one allocation, and no room for another',
        'unhealthy: its rollout failed: Deployment is running',
        withRollout({ Status: 'failed' }),
        blocked,
      ],
      [
        'that Nomad takes back',
        'waiting: Nomad is rolling it back',
        withRollout({ Status: 'failed', StatusDescription: 'Failed - rolling back to job version 2' }),
      ],
      [
        'that is paused',
        'waiting: its rollout is paused: Deployment is paused',
        withRollout({ Status: 'paused', StatusDescription: 'Deployment is paused' }),
      ],
      ['that goes on', 'waiting: group "app": 0 of 1 healthy', { ...withRollout({}), ...short }],
      ['that is about to end', 'waiting: all are healthy, and Nomad has not ended the rollout yet', withRollout({})],
      ['that has no room', `waiting, blocked: ${noRoom}`, { ...withRollout({}), ...unplaced }, blocked],
      [
        'that lacks an allocation and has room',
        'waiting: group "app": 0 of 1 healthy',
        { ...withRollout({}), ...unplaced },
      ],
      [
        'of an earlier version says nothing of this one',
        'waiting: running, and watched for 5 s',
        withRollout({ JobVersion: 2, IsActive: false, Status: 'failed' }),
      ],
      [
        'whose health somebody has to tell',
        `waiting: group "app": 0 of 1 healthy; ${told}`,
        { ...withRollout({}), ...short, specification: specification({ TaskGroups: manual }) },
      ],
      [
        'whose health nobody told',
        `unhealthy: its rollout failed: Failed due to progress deadline; ${told}`,
        {
          ...withRollout({ Status: 'failed', StatusDescription: 'Failed due to progress deadline' }),
          ...short,
          specification: specification({ TaskGroups: manual }),
        },
      ],
      [
        'whose health somebody told',
        'waiting: all are healthy, and Nomad has not ended the rollout yet',
        { ...withRollout({}), specification: specification({ TaskGroups: manual }) },
      ],
    ]),
  )('%s', async (_, [, expected, of, answers]) => {
    expect(words(await judge(moment(of, answers)))).toBe(expected);
  });
});

describe('canaries', () => {
  const canary = (ID: string, Group: string, more = {}) =>
    statusAllocation({ ID, Group, DeploymentStatus: { Canary: true, Healthy: true }, ...more });
  const healthy = canary('a1', 'app');
  const wait = 'awaiting-promotion: its canaries are healthy and wait to be promoted';
  const goesOn = 'waiting: all are healthy, and Nomad has not ended the rollout yet';

  type Groups = Readonly<Record<string, Parameters<typeof deployment>[0][string] | null>>;

  test.each<[string, string, object, Parameters<typeof rollout>[0], Groups]>([
    ['that are healthy', wait, [healthy], {}, { app: { DesiredCanaries: 1 } }],
    ['that are promoted by somebody else', goesOn, [healthy], {}, { app: { DesiredCanaries: 1, Promoted: true } }],
    ['that promote themselves', goesOn, [healthy], { AllAutoPromote: true }, { app: { DesiredCanaries: 1 } }],
    ['that Nomad wants none of', goesOn, [healthy], { RequiresPromotion: false }, { app: { DesiredCanaries: 1 } }],
    ['of which there is one of two', goesOn, [healthy], {}, { app: { DesiredCanaries: 2 } }],
    ['of which there are two of two', wait, [healthy, canary('a2', 'app')], {}, { app: { DesiredCanaries: 2 } }],
    [
      'of which one is not healthy',
      goesOn,
      [healthy, canary('a2', 'app', { DeploymentStatus: { Canary: true, Healthy: null } })],
      {},
      { app: { DesiredCanaries: 2 } },
    ],
    [
      'of an earlier version do not count',
      goesOn,
      [healthy, canary('a2', 'app', { JobVersion: 2 })],
      {},
      { app: { DesiredCanaries: 2 } },
    ],
    [
      'of another group do not count',
      goesOn,
      [healthy, canary('a2', 'side')],
      {},
      { app: { DesiredCanaries: 2 }, side: { DesiredCanaries: 1 } },
    ],
    [
      'of two groups',
      wait,
      [healthy, canary('a2', 'side')],
      {},
      { side: { DesiredCanaries: 1 }, app: { DesiredCanaries: 1 } },
    ],
    [
      'of two groups, one of which is promoted',
      wait,
      [healthy],
      {},
      { side: { DesiredCanaries: 1, Promoted: true }, app: { DesiredCanaries: 1 } },
    ],
    ['beside a group without any', wait, [healthy], {}, { app: { DesiredCanaries: 1 }, side: {} }],
    ['that no group wants', goesOn, [healthy], {}, { app: {} }],
    [
      'beside allocations that are none',
      goesOn,
      [statusAllocation({ DeploymentStatus: { Canary: false, Healthy: true } })],
      {},
      { app: { DesiredCanaries: 1 } },
    ],
    ['beside a group that Nomad tells nothing of', wait, [healthy], {}, { app: { DesiredCanaries: 1 }, side: null }],
  ])('%s', async (_, expected, allocations, more, groups) => {
    const LatestDeployment = rollout({ RequiresPromotion: true, ...more });
    const nomad = statuses({ Allocs: allocations as [], LatestDeployment });
    // A percentage, as in a job on every node, is not a number of canaries.
    const Update = { ...noUpdate, Canary: 50 };
    const spec = specification({ TaskGroups: [group('app', { Update }), group('side')] });
    const other = deployment({ app: { DesiredCanaries: 9 } }, { ID: 'd2', JobVersion: 2 });
    const named = Object.fromEntries(Object.entries(groups).flatMap(([name, one]) => (one ? [[name, one]] : [])));
    const own = deployment(named);
    const nothing = Object.fromEntries(Object.entries(groups).filter(([, one]) => one === null));
    const TaskGroups = { ...own.TaskGroups, ...nothing } as typeof own.TaskGroups;
    const answers = { deployments: [other, { ...own, TaskGroups }] };
    expect(words(await judge(moment({ nomad, specification: spec }, answers)))).toBe(expected);
  });

  test('that are not healthy are no cause to ask for the rollout', async () => {
    const unknown = canary('a1', 'app', { DeploymentStatus: { Canary: true, Healthy: null } });
    const nomad = statuses({ Allocs: [unknown], LatestDeployment: rollout({ RequiresPromotion: true }) });
    const deployments = () => Promise.reject(new Error('asked'));
    expect(words(await judge(moment({ nomad, deployments })))).toBe(goesOn);
  });

  test('that Nomad tells nothing of are waited for', async () => {
    const nomad = statuses({ Allocs: [healthy], LatestDeployment: rollout({ RequiresPromotion: true }) });
    expect(words(await judge(moment({ nomad })))).toBe(goesOn);
  });
});

describe('allocations alone', () => {
  const of = (Type: 'batch' | 'sysbatch' | 'system' | 'service', more = {}) => ({
    nomad: statuses({ Type, ...more }),
    job: { ...submitted, type: Type },
    specification: specification({ Type }),
    current: specification({ Type }),
  });
  const gone = { Status: 'dead', Allocs: null } as const;
  const seen = (nomad: { nomad: ReturnType<typeof statuses> }) => ({
    ...nomad,
    memory: {
      unplacedSince: new Map(),
      startedSince: new Map(),
      idle: [nomad.nomad.ModifyIndex, nomad.nomad.Status, nomad.nomad.Allocs],
    },
  });
  const completed = { Status: 'dead', Allocs: [statusAllocation({ ClientStatus: 'complete' })] } as const;

  test.each(
    shown([
      [
        'a batch job that Nomad has forgotten, complete',
        'good',
        { ...of('batch', gone), status: 'complete', ...unplaced },
      ],
      [
        'a batch job that Nomad has forgotten, failed',
        'unhealthy: allocations of it have failed, of which Nomad has forgotten all but the number',
        { ...of('batch', gone), status: 'failed', ...unplaced },
      ],
      [
        'a batch job of which nothing ran',
        'waiting: group "app": 0 of 1 started',
        { ...of('batch', gone), status: 'pending', ...unplaced },
      ],
      [
        'the same once more',
        'unhealthy: group "app": 0 of 1 started',
        { ...seen(of('batch', gone)), status: 'pending', ...unplaced },
      ],
      [
        'the same, which Nomad gave up',
        'unhealthy: group "app": 0 of 1 started; Nomad gave up: maximum attempts reached (5)',
        { ...seen(of('batch', gone)), status: 'pending', ...unplaced },
        { outlook: { kind: 'idle', trouble: 'maximum attempts reached (5)' } },
      ],
      [
        'a sysbatch job that no node fits',
        `waiting, blocked: ${noRoom}`,
        { ...of('sysbatch', gone), status: 'pending', ...unplaced },
        blocked,
      ],
      [
        'a sysbatch job without nodes, at the second look',
        'waiting, blocked: nothing of version 3 has run: no node is fit for it, or Nomad sees no reason to run it again',
        { ...seen(of('sysbatch', gone)), status: 'pending', ...unplaced },
      ],
      [
        'a system job without nodes, at the second look',
        'waiting, blocked: nothing of version 3 has run: no node is fit for it',
        { ...seen(of('system', { Allocs: null })), ...unplaced },
      ],
      [
        'a system job with one allocation that failed',
        'unhealthy: group "app": 0 of 1 healthy',
        { ...seen(of('system')), groups: [counts('app', [1, 0, 0, 1])] },
      ],
      [
        'a system job with one group without nodes, and one that waits',
        'unhealthy: group "app": 0 of 1 healthy; group "side": 0 of 1 healthy',
        { ...seen(of('system')), groups: [counts('app', [1, 0, 0, 0]), counts('side', [1, 1, 0, 0])] },
      ],
      [
        'what changed since the look before',
        'waiting: group "app": 0 of 1 healthy',
        {
          ...of('service'),
          ...unplaced,
          memory: { unplacedSince: new Map(), startedSince: new Map(), idle: [30, 'running', []] },
        },
      ],
      [
        'an allocation that will be replaced',
        'waiting: group "app": 0 of 1 healthy; Nomad will replace what failed',
        { ...of('service'), ...unplaced },
        { outlook: { kind: 'rescheduling' } },
      ],
      [
        'an allocation that is being placed',
        'waiting: group "app": 0 of 1 healthy',
        { ...seen(of('service')), ...unplaced },
        { outlook: { kind: 'scheduling' } },
      ],
      ['a task that starts', 'waiting: group "app": 0 of 1 healthy', { ...seen(of('service')), ...short }],
      [
        'two groups, of which one starts and one has no room',
        `waiting, blocked: ${noRoom}`,
        { ...of('service'), groups: [counts('app', [1, 0, 0, 0]), counts('side', [1, 1, 0, 0])] },
        blocked,
      ],
      ['a node of a system job that has no room', `waiting, blocked: ${noRoom}`, of('system'), blocked],
      ['a batch job whose allocation was evicted', `waiting, blocked: ${noRoom}`, of('batch', completed), blocked],
      [
        'a service that runs, whatever else is blocked',
        'waiting: running, and watched for 5 s',
        of('service'),
        blocked,
      ],
      [
        'a system job that Nomad is placing',
        'waiting: Nomad is placing it',
        of('system'),
        { outlook: { kind: 'scheduling' } },
      ],
      ['a batch job that has just started', 'waiting: started, and watched for 1 s', of('batch')],
      ['a sysbatch job that has just started', 'waiting: started, and watched for 1 s', of('sysbatch')],
      ['a batch job that is complete', 'good', of('batch', completed), { allocations: [] }],
      [
        'a batch job that is waited for to its end',
        'waiting: 1 of its allocations still running',
        { ...of('batch'), waitFor: 'complete' },
      ],
      [
        'a batch job that is at its end, while an older version is not',
        'good',
        {
          ...of('batch', {
            Allocs: [statusAllocation({ JobVersion: 2 }), statusAllocation({ ClientStatus: 'complete' })],
          }),
          waitFor: 'complete',
        },
      ],
      [
        'a service is not waited for to its end',
        'waiting: running, and watched for 5 s',
        { ...of('service'), waitFor: 'complete' },
      ],
      [
        'a service whose allocations are gone since',
        'waiting: no allocation runs any more',
        of('service'),
        { allocations: [allocation({ ClientStatus: 'failed' })] },
      ],
      [
        'a service that wants nothing',
        'good',
        { ...of('service'), groups: [counts('app', [0, 0, 0, 0])] },
        { allocations: [] },
      ],
    ]),
  )('%s', async (_, [, expected, more, answers]) => {
    expect(words(await judge(moment(more, answers)))).toBe(expected);
  });

  test('when to look again: soon for what has come to rest, later and later for what Nomad is at', async () => {
    const rest = await judge(moment({ ...of('service'), ...unplaced }));
    expect(rest).toMatchObject({ lookAgain: 150 });
    const scheduling: Answers = { outlook: { kind: 'scheduling' } };
    expect(await judge(moment({ ...of('service'), ...unplaced, backoff: 777 }, scheduling))).toMatchObject({
      lookAgain: 777,
    });
    expect(await judge(moment({ ...of('system'), backoff: 777 }, scheduling))).toMatchObject({ lookAgain: 777 });
    expect(await judge(moment({ ...seen(of('sysbatch', gone)), ...unplaced, backoff: 777 }))).toMatchObject({
      lookAgain: 777,
    });
    // Nomad tells when it starts.
    // One that runs may have a task that is still to start, which Nomad does not tell of by itself.
    expect(await judge(moment({ ...of('service'), ...short, backoff: 777 }))).toMatchObject({ lookAgain: 777 });
    const pending = statuses({ Allocs: [statusAllocation({ ClientStatus: 'pending' })] });
    expect(await judge(moment({ nomad: pending, ...short }))).not.toHaveProperty('lookAgain');
  });
});
