import { describe, expect, test } from '@jest/globals';
import type { Allocation, Job, TaskEvent } from '../../../src/nomad/api.ts';
import { isHopeless } from '../../../src/nomad/rollout/hopeless.ts';
import { judge } from '../../../src/nomad/rollout/judge.ts';
import {
  allocation,
  counts,
  group,
  moment,
  noUpdate,
  rollout,
  specification,
  statuses,
  taskState,
} from './support/moments.ts';

function event(Type: string, DisplayMessage: string): TaskEvent {
  return { Type, DisplayMessage, Time: 1, Details: null, ExitCode: 0, Signal: 0, FailsTask: false };
}

const badConfig = event('Failed Validation', '2 errors occurred:\n\t* failed to parse config: \n\t* Invalid label\n\n');
const badPort = event(
  'Setup Failure',
  'unable to get address for service "s": invalid port "nope": port label not found',
);
const received = event('Received', 'Task received by client');

function failed(Events: readonly TaskEvent[] | null, more: Partial<Allocation> = {}): Allocation {
  const states = { beside: taskState(), server: taskState({ State: 'dead', Failed: true, Events }) };
  return allocation({ ClientStatus: 'failed', TaskStates: states, ...more });
}

const groups = [counts('app', [1, 0, 0, 1])];

async function hopeless(allocations: readonly Allocation[], more: Parameters<typeof moment>[0] = {}) {
  return await isHopeless(moment({ groups, ...more }, { allocations }));
}

const reverting = (name: string): Job =>
  specification({ TaskGroups: [group(name, { Update: { ...noUpdate, AutoRevert: true } }), group('other')] });

describe('an allocation', () => {
  test.each([
    ['whose driver refuses its configuration', [failed([received, badConfig])]],
    ['with a port that is not there', [failed([received, badPort])]],
    ['beside one of which nothing is known', [allocation({ TaskStates: null }), failed([badPort])]],
  ])('%s fails wherever it is placed', async (_, allocations) => {
    expect(await hopeless(allocations)).toBe(true);
  });

  test.each([
    ['that crashed', [failed([event('Terminated', 'failed to parse config')])]],
    ['whose driver failed', [failed([event('Driver Failure', 'failed to parse config')])]],
    ['that another rule of the node refuses', [failed([event('Failed Validation', 'user root is not allowed')])]],
    ['whose node could not set it up', [failed([event('Setup Failure', 'no space left on device')])]],
    ['of which Nomad tells nothing', [failed(null)]],
    ['of another version', [failed([badConfig], { JobVersion: 2 })]],
    ['of a group that is well', [failed([badConfig], { TaskGroup: 'other' })]],
  ])('%s may do better elsewhere', async (_, allocations) => {
    expect(await hopeless(allocations)).toBe(false);
  });

  test('is asked for only where one has failed', async () => {
    const asked = moment({ groups: [counts('app', [1, 0, 0, 0])] });
    const allocations = async () => {
      throw new Error('asked for nothing');
    };
    expect(await isHopeless({ ...asked, allocations })).toBe(false);
  });
});

test('what Nomad takes back by itself is left to Nomad', async () => {
  expect(await hopeless([failed([badConfig])], { specification: reverting('app') })).toBe(false);
  const both = [counts('other', [1, 0, 0, 1]), counts('app', [1, 0, 0, 1])];
  const allocations = [failed([badConfig], { TaskGroup: 'other' })];
  expect(await hopeless(allocations, { groups: both, specification: reverting('app') })).toBe(true);
});

describe('ends', () => {
  test.each([
    ['a rollout', statuses({ LatestDeployment: rollout() })],
    ['a job without one', statuses()],
  ])('%s', async (_, nomad) => {
    const rescheduling = { kind: 'rescheduling' } as const;
    const bad = { kind: 'bad', reason: 'unhealthy', cause: 'group "app": 0 of 1 healthy' };
    const look = async (allocations: readonly Allocation[]) =>
      await judge(moment({ groups, nomad }, { allocations, outlook: rescheduling }));
    expect(await look([failed([badConfig])])).toEqual(bad);
    expect(await look([failed([received])])).toMatchObject({ kind: 'waiting' });
  });
});
