import { describe, expect, test } from '@jest/globals';
import type { Task, TaskState } from '../../src/nomad/api.ts';
import { jobState, readDetails } from '../../src/nomad/state.ts';
import { findUnstarted, isUnwatched, mainTasks, mayBeEvicted, needsTasks } from '../../src/nomad/tasks.ts';
import {
  allocation,
  group,
  rollout,
  specification,
  statusAllocation,
  statuses,
  taskState,
} from './rollout/support/moments.ts';

const task = (Name: string, Hook?: string): Task => ({
  Name,
  Driver: 'raw_exec',
  Lifecycle: Hook === undefined ? null : { Hook },
});

const all = [
  task('prepare', 'prestart'),
  task('proxy', 'prestart'),
  task('one'),
  task('two'),
  task('announce', 'poststart'),
  task('cleanup', 'poststop'),
];

test('main tasks are those without a lifecycle', () => {
  expect(mainTasks(group('app', { Tasks: all }))).toEqual(['one', 'two']);
  expect(mainTasks(group('app', { Tasks: [{ Name: 'server', Driver: 'docker' }] }))).toEqual(['server']);
  expect(mainTasks(group('app', { Tasks: null }))).toEqual([]);
});

describe('an allocation whose main tasks', () => {
  const running = taskState();
  const pending = taskState({ State: 'pending', StartedAt: null });
  const done = taskState({ State: 'dead' });
  const failed = taskState({ State: 'dead', Failed: true });
  const restarting = taskState({ State: 'pending', Restarts: 1 });

  test.each<[string, Readonly<Record<string, TaskState>> | null, 'service' | 'batch' | 'both' | 'none']>([
    ['all run', { one: running, two: running }, 'both'],
    ['run, while what cleans up waits', { one: running, two: running, cleanup: pending }, 'both'],
    ['run, while what prepares has ended', { prepare: done, one: running, two: running }, 'both'],
    ['run, while what announces fails', { announce: failed, one: running, two: running }, 'both'],
    ['run, while what announces runs', { announce: running, one: running, two: running }, 'both'],
    ['run, while what announces is still to start', { announce: pending, one: running, two: running }, 'none'],
    ['run, while what announces is started anew', { announce: restarting, one: running, two: running }, 'none'],
    ['run, while a proxy is started anew', { proxy: restarting, one: running, two: running }, 'none'],
    ['wait for what prepares', { prepare: running, one: pending, two: pending }, 'none'],
    ['wait beside a proxy', { proxy: running, one: pending, two: pending }, 'none'],
    ['run but for one', { one: running, two: pending }, 'none'],
    ['run but for one that is started anew', { two: restarting, one: running }, 'none'],
    ['run but for one that ended well', { one: running, two: done }, 'batch'],
    ['run but for one that failed', { one: running, two: failed }, 'none'],
    ['are not told of', { prepare: running }, 'none'],
    ['are told of no more than the others', null, 'none'],
  ])('%s', (_, TaskStates, started) => {
    const one = allocation({ TaskStates });
    const of = (Type: 'service' | 'batch') =>
      findUnstarted(specification({ Type, TaskGroups: [group('app', { Tasks: all })] }), [one]);
    expect([...of('service')]).toEqual(started === 'both' || started === 'service' ? [] : ['a1']);
    expect([...of('batch')]).toEqual(started === 'both' || started === 'batch' ? [] : ['a1']);
  });

  test.each([
    ['of another version', { JobVersion: 2 }],
    ['that does not run', { ClientStatus: 'pending' as const }],
    ['of a group that the job has no more', { TaskGroup: 'gone' }],
  ])('wait, %s, says nothing', (_, more) => {
    const spec = specification({ TaskGroups: [group('app', { Tasks: all })] });
    expect(findUnstarted(spec, [allocation({ TaskStates: { one: pending }, ...more })]).size).toBe(0);
  });

  test('wait is told apart from others of its job', () => {
    const spec = specification({ TaskGroups: [group('app', { Tasks: all }), group('side')] });
    const allocations = [
      allocation({ ID: 'a', TaskStates: { one: running, two: running } }),
      allocation({ ID: 'b', TaskStates: { one: running, two: pending } }),
      allocation({ ID: 'c', TaskGroup: 'side', TaskStates: { server: running } }),
      allocation({ ID: 'd', TaskGroup: 'side', TaskStates: { server: pending } }),
    ];
    expect([...findUnstarted(spec, allocations)]).toEqual(['b', 'd']);
  });
});

describe('an allocation of a batch job that is complete', () => {
  const complete = { ClientStatus: 'complete' as const };
  const nomad = (more: Partial<Parameters<typeof statuses>[0]> = {}) =>
    statuses({
      Type: 'batch',
      GroupCountSum: 2,
      Allocs: [statusAllocation(), statusAllocation({ ID: 'a2', ...complete })],
      ...more,
    });
  const job = specification({ Type: 'batch', TaskGroups: [group('app', { Count: 2 })] });

  test('is not counted where it was evicted: the job runs, and not all of it is well', async () => {
    for (const [DesiredStatus, health] of [
      ['run', 'healthy'],
      ['evict', 'unknown'],
      ['stop', 'unknown'],
    ] as const) {
      const facts = {
        specification: async () => job,
        allocations: async () => [allocation(), allocation({ ID: 'a2', ...complete, DesiredStatus })],
        evaluations: async () => [],
      };
      const details = await readDetails(nomad(), facts);
      const subject = { id: 'web', namespace: 'default', type: 'batch', launches: undefined, groups: {} } as const;
      expect([DesiredStatus, jobState('', subject, nomad(), details)]).toMatchObject([
        DesiredStatus,
        { status: 'running', health },
      ]);
    }
  });

  test('is looked at only while the job is not over, and of its current version', () => {
    const [, done = statusAllocation()] = nomad().Allocs ?? [];
    expect(mayBeEvicted(nomad(), done)).toBe(true);
    expect(mayBeEvicted(nomad({ Status: 'dead' }), done)).toBe(false);
    expect(mayBeEvicted(nomad({ Version: 4 }), done)).toBe(false);
    expect(mayBeEvicted(nomad({ Type: 'service' }), done)).toBe(false);
  });
});

describe('only the tasks tell', () => {
  const watched = { DeploymentStatus: { Canary: false, Healthy: true } };
  const unwatched = { DeploymentStatus: { Canary: false, Healthy: null } };

  test.each([
    ['of a batch job that runs', { Type: 'batch' as const }, {}, true],
    ['of a sysbatch job that runs', { Type: 'sysbatch' as const }, watched, true],
    ['of a batch job that has ended', { Type: 'batch' as const }, { ClientStatus: 'complete' as const }, false],
    ['of a service whose health is known', {}, watched, false],
    ['of a service whose health is bad', {}, { DeploymentStatus: { Canary: false, Healthy: false } }, false],
    ['of a service whose health nobody watches', {}, unwatched, true],
    ['of a service in its rollout', { LatestDeployment: rollout() }, unwatched, false],
    ['of a service after its rollout', { LatestDeployment: rollout({ IsActive: false }) }, unwatched, true],
    ['of a service that starts', {}, { ClientStatus: 'pending' as const }, false],
    ['of another version', {}, { JobVersion: 2 }, false],
  ])('%s: %#', (_, more, of, expected) => {
    expect(isUnwatched(statuses(more), statusAllocation(of))).toBe(expected);
  });

  test('where a group has several, and an allocation of it', () => {
    const nomad = statuses({ Allocs: [statusAllocation({ Group: 'side' })] });
    const several = group('side', { Tasks: all });
    expect(needsTasks(nomad, specification({ TaskGroups: [group('app'), several] }))).toBe(true);
    expect(needsTasks(nomad, specification({ TaskGroups: [group('side'), group('app', { Tasks: all })] }))).toBe(false);
    expect(needsTasks(statuses({ Allocs: null }), specification({ TaskGroups: [several] }))).toBe(false);
    expect(needsTasks(nomad, specification({ TaskGroups: null }))).toBe(false);
  });
});
