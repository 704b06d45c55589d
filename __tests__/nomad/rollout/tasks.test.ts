import { describe, expect, test } from '@jest/globals';
import type { Allocation } from '../../../src/nomad/api.ts';
import { type Memory, newMemory } from '../../../src/nomad/rollout/moment.ts';
import { judgeTasks } from '../../../src/nomad/rollout/tasks.ts';
import { allocation, group, moment, noUpdate, specification, statuses, taskState } from './support/moments.ts';

const type = (Type: 'service' | 'system' | 'batch' | 'sysbatch') => ({
  nomad: statuses({ Type }),
  specification: specification({ Type }),
});

const StartedAt = new Date().toISOString();

/** An allocation whose tasks have been restarted so often. */
function running(ID: string, restarts: Readonly<Record<string, number>>, more: Partial<Allocation> = {}): Allocation {
  const tasks = Object.entries(restarts).map(([task, Restarts]) => [task, taskState({ Restarts, StartedAt })]);
  return allocation({ ID, TaskStates: Object.fromEntries(tasks), ...more });
}

/** Looks one after the other, each at its time: `good`, or how long is to be waited. */
async function looks(kind: ReturnType<typeof type>, each: readonly (readonly [at: number, ...Allocation[]])[]) {
  const memory: Memory = newMemory();
  const told: (string | number | undefined)[] = [];
  for (const [now, ...allocations] of each) {
    const verdict = await judgeTasks(moment({ ...kind, memory, now }, { allocations }));
    told.push(verdict.kind === 'waiting' ? verdict.lookAgain : verdict.kind);
  }
  return told;
}

describe('tasks that nobody watches', () => {
  test.each([
    ['service', 5_000],
    ['system', 5_000],
    ['batch', 1_000],
    ['sysbatch', 1_000],
  ] as const)('of a %s must last for %i ms', async (kind, wanted) => {
    const one = running('a', { server: 0 });
    expect(
      await looks(type(kind), [
        [0, one],
        [wanted - 1, one],
        [wanted, one],
      ]),
    ).toEqual([wanted, 1, 'good']);
  });

  test('count by their own time, whatever the order in which they are told of', async () => {
    const told = [
      [0, running('a', { one: 0, two: 0, three: 0 }), running('b', { one: 0 })],
      [2_000, running('b', { one: 0 }), running('a', { three: 0, one: 0, two: 0 })],
      [5_000, running('a', { two: 0, three: 0, one: 0 }), running('b', { one: 0 })],
    ] as const;
    expect(await looks(type('service'), told)).toEqual([5_000, 3_000, 'good']);
  });

  test('that are restarted, or come later, are timed anew, and only they', async () => {
    const told = [
      [0, running('a', { one: 0, two: 0 })],
      [4_000, running('a', { one: 0, two: 1 })],
      [5_000, running('a', { one: 0, two: 1 }), running('b', { one: 0 })],
      [9_000, running('a', { one: 0, two: 1 }), running('b', { one: 0 })],
      [10_000, running('a', { one: 0, two: 1 }), running('b', { one: 0 })],
    ] as const;
    expect(await looks(type('service'), told)).toEqual([5_000, 5_000, 5_000, 1_000, 'good']);
  });

  test('that start at another time under the same number of restarts are timed anew', async () => {
    const again = allocation({ ID: 'a', TaskStates: { one: taskState({ StartedAt: new Date(1).toISOString() }) } });
    const other = allocation({ ID: 'a', TaskStates: { one: taskState({ StartedAt: new Date().toISOString() }) } });
    expect(
      await looks(type('service'), [
        [0, other],
        [4_000, again],
      ]),
    ).toEqual([5_000, 'good']);
    const later = new Date(Date.now() + 1).toISOString();
    const third = allocation({ ID: 'a', TaskStates: { one: taskState({ StartedAt: later }) } });
    expect(
      await looks(type('service'), [
        [0, other],
        [4_000, third],
      ]),
    ).toEqual([5_000, 5_000]);
  });

  test('that end do not make the others wait', async () => {
    const [a, b] = [running('a', { server: 0 }), running('b', { server: 0 })];
    const ended = { ...b, ClientStatus: 'complete' } as const;
    expect(
      await looks(type('batch'), [
        [0, a, b],
        [900, a, ended],
        [1_000, a, ended],
      ]),
    ).toEqual([1_000, 100, 'good']);
  });

  test('that were seen, went away and came back are timed anew', async () => {
    const [a, b] = [running('a', { server: 0 }), running('b', { server: 0 })];
    expect(
      await looks(type('service'), [
        [0, a, b],
        [4_000, a],
        [4_500, a, b],
        [5_000, a, b],
      ]),
    ).toEqual([5_000, 1_000, 5_000, 4_500]);
  });

  test('of another version, or that do not run, do not count', async () => {
    const older = running('a', { server: 0 }, { JobVersion: 2 });
    const failed = running('b', { server: 0 }, { ClientStatus: 'failed' });
    expect(await looks(type('service'), [[0, older, failed]])).toEqual([150]);
    expect(await looks(type('batch'), [[0, older, failed]])).toEqual(['good']);
  });

  test('that wait for their turn have no time of their own', async () => {
    const pending = taskState({ State: 'pending', StartedAt: null });
    const one = allocation({ TaskStates: { server: taskState({ StartedAt }), cleanup: pending } });
    expect(
      await looks(type('service'), [
        [0, one],
        [5_000, one],
      ]),
    ).toEqual([5_000, 'good']);
    const none = allocation({ TaskStates: { cleanup: pending } });
    expect(await looks(type('service'), [[0, none]])).toEqual(['good']);
  });

  test.each([
    ['for longer than there is any doubt', 66_000, 'good'],
    ['for so long that a clock that is wrong may account for it', 64_000, 5_000],
  ])('that run %s', async (_, age, told) => {
    const old = taskState({ StartedAt: new Date(Date.now() - age).toISOString() });
    const waiting = taskState({ State: 'pending', StartedAt: null });
    const one = allocation({ TaskStates: { server: old, cleanup: waiting } });
    expect(await looks(type('service'), [[0, one]])).toEqual([told]);
    const mixed = allocation({ TaskStates: { server: old, beside: taskState({ StartedAt }) } });
    expect(await looks(type('service'), [[0, mixed]])).toEqual([5_000]);
  });

  test.each([
    ['the job’s own time', { Update: { ...noUpdate, MinHealthyTime: 2e9 } }, 2_000],
    ['the group’s own time', { TaskGroups: [group('app', { Update: { ...noUpdate, MinHealthyTime: 3e9 } })] }, 3_000],
    ['the usual time, where none is set', {}, 5_000],
  ])('must last for %s', async (_, more, wanted) => {
    const kind = { nomad: statuses(), specification: specification(more) };
    expect(await looks(kind, [[0, running('a', { server: 0 })]])).toEqual([wanted]);
  });

  test('of a batch job need no settings for updates', async () => {
    const Update = { ...noUpdate, MinHealthyTime: 9e9 };
    const kind = { nomad: statuses({ Type: 'batch' }), specification: specification({ Type: 'batch', Update }) };
    expect(await looks(kind, [[0, running('a', { server: 0 })]])).toEqual([1_000]);
  });

  test('are told of with the longest of their times', async () => {
    const Update = { ...noUpdate, MinHealthyTime: 2.5e9 };
    const spec = specification({ TaskGroups: [group('app', { Update }), group('side')] });
    const groups = ['app', 'side'].map((name) => ({ name, desired: 1, placed: 1, healthy: 1, unhealthy: 0 }));
    expect(await judgeTasks(moment({ specification: spec, groups }))).toMatchObject({
      missing: 'running, and watched for 5 s',
      lookAgain: 2_500,
    });
  });
});
