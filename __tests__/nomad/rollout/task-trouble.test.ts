import { describe, expect, test } from '@jest/globals';
import type { Allocation, TaskEvent, TaskState } from '../../../src/nomad/api.ts';
import { findTrouble } from '../../../src/nomad/rollout/task-trouble.ts';

function event(Type: string, DisplayMessage: string, fields: Partial<TaskEvent> = {}): TaskEvent {
  return { Type, DisplayMessage, Time: 1, Details: null, ExitCode: 0, Signal: 0, FailsTask: false, ...fields };
}

function state(events: readonly TaskEvent[], fields: Partial<TaskState> = {}): TaskState {
  return { State: 'dead', Failed: true, Restarts: 0, StartedAt: null, FinishedAt: null, Events: events, ...fields };
}

function allocation(
  ID: string,
  tasks: Readonly<Record<string, TaskState>>,
  fields: Partial<Allocation> = {},
): Allocation {
  return {
    ID,
    JobID: 'web',
    Namespace: 'default',
    JobVersion: 0,
    TaskGroup: 'app',
    NodeID: 'n1',
    NodeName: 'node-1',
    DesiredStatus: 'run',
    ClientStatus: 'failed',
    DeploymentStatus: null,
    TaskStates: tasks,
    CreateIndex: 1,
    ModifyIndex: 1,
    CreateTime: 1,
    ModifyTime: 1,
    ...fields,
  };
}

const gaveUp = event('Not Restarting', 'Policy allows no restarts', { FailsTask: true });
const unhealthy = event('Alloc Unhealthy', 'Unhealthy because of failed task');

describe('what a task’s events come to', () => {
  test.each<[string, readonly TaskEvent[], Partial<TaskState>]>([
    ['exited with code 3', [event('Terminated', 'Exit Code: 3', { ExitCode: 3 }), gaveUp, unhealthy], {}],
    ['was killed by signal 11 (SIGSEGV)', [event('Terminated', '', { ExitCode: 139, Signal: 11 }), gaveUp], {}],
    ['was killed by signal 40', [event('Terminated', '', { ExitCode: 168, Signal: 40 })], {}],
    [
      'was killed because it used more memory than it may (out of memory)',
      [event('Terminated', '', { ExitCode: 137, Signal: 9, Details: { oom_killed: 'true' } }), gaveUp],
      {},
    ],
    [
      'could not be started: Failed to pull `nope:1`: API error (404): not found',
      [
        event('Driver', 'Downloading image'),
        event('Driver Failure', 'Failed to pull `nope:1`:\n API error (404): not found'),
        gaveUp,
      ],
      {},
    ],
    [
      'could not be started: Template failed: secret is missing',
      [event('Killing', 'Template failed: secret is missing')],
      {},
    ],
    [
      'could not be started: Missing: nomad.var.block(x)',
      [event('Template', 'Missing: nomad.var.block(x)')],
      { State: 'pending', Failed: false },
    ],
    ['could not fetch its artifact: 404', [event('Failed Artifact Download', '404')], {}],
    ['could not be prepared: vault: no token', [event('Task hook failed', 'vault: no token')], {}],
    [
      'is unhealthy: Services not healthy by deadline: web',
      [event('Started', ''), event('Alloc Unhealthy', 'Services not healthy by deadline: web')],
      { State: 'running', Failed: false },
    ],
    ['exited with code 0, though it is to go on running', [event('Terminated', 'Exit Code: 0'), gaveUp], {}],
    [
      'exited with code 2',
      [
        event('Terminated', '', { ExitCode: 1 }),
        event('Restarting', ''),
        event('Terminated', '', { ExitCode: 2 }),
        event('Restarting', ''),
      ],
      { State: 'pending', Failed: false, Restarts: 2 },
    ],
  ])('%s', (words, events, fields) => {
    expect(findTrouble([allocation('a', { server: state(events, fields) })])).toMatchObject([
      { group: 'app', task: 'server', words },
    ]);
  });

  test.each<[string, readonly TaskEvent[], Partial<TaskState>, Partial<Allocation>]>([
    ['a task that runs', [event('Started', '')], { State: 'running', Failed: false }, {}],
    ['a batch task that ended well', [event('Terminated', 'Exit Code: 0')], { Failed: false }, {}],
    [
      'a task that Nomad was told to stop',
      [event('Killing', ''), event('Terminated', '', { ExitCode: 143 })],
      { Failed: false },
      { DesiredStatus: 'stop' },
    ],
    ['a task without events', [], { State: 'pending', Failed: false }, {}],
  ])('nothing: %s', (_, events, fields, of) => {
    expect(findTrouble([allocation('a', { server: state(events, fields) }, of)])).toEqual([]);
  });
});

test.each<[string, TaskEvent, boolean]>([
  ['could not be started', event('Driver Failure', 'no'), false],
  ['has a template that failed', event('Killing', 'Template failed: no'), false],
  ['used too much memory', event('Terminated', '', { Signal: 9, Details: { oom_killed: 'true' } }), true],
  ['was killed by a signal', event('Terminated', '', { Signal: 15 }), true],
  ['exited', event('Terminated', '', { ExitCode: 1 }), true],
  ['exited well, and should not have', event('Terminated', ''), true],
  ['is unhealthy', event('Alloc Unhealthy', 'no'), true],
])('whether a task ran that %s', (_, of, ran) => {
  expect(findTrouble([allocation('a', { server: state([of]) })])).toMatchObject([{ ran }]);
});

test('a task that is started anew although it exited with code 0 is in trouble', () => {
  const restarted = state([event('Terminated', '')], { State: 'pending', Failed: false, Restarts: 1 });
  expect(findTrouble([allocation('a', { server: restarted })])).toMatchObject([{ final: false, ran: true }]);
});

test('a message that only mentions a failed template or something missing is not about either', () => {
  const mentions = [
    event('Killing', 'No Template failed: all is well'),
    event('Template', 'Not Missing: all is there'),
  ];
  expect(findTrouble([allocation('a', { server: state(mentions, { Failed: false, State: 'running' }) })])).toEqual([]);
});

test.each<[string, string, string]>([
  ['in one line, without space around it', ' a \n b ', 'a b'],
  ['whole up to 500 characters', 'x'.repeat(500), 'x'.repeat(500)],
  ['shortened from there on', 'x'.repeat(501), `${'x'.repeat(500)}…`],
])('what Nomad says is told %s', (_, said, told) => {
  const [trouble] = findTrouble([allocation('a', { server: state([event('Driver Failure', said)]) })]);
  expect(trouble?.words).toBe(`could not be started: ${told}`);
});

describe('of several', () => {
  const exit = (ExitCode: number, Time: number) => event('Terminated', '', { ExitCode, Time });

  test('the task that failed is told, not those that went with it', () => {
    const sibling = state([event('Sibling Task Failed', ''), exit(143, 2)], { Failed: false });
    const found = findTrouble([allocation('a', { aside: sibling, server: state([exit(3, 1)]) })]);
    expect(found.map(({ task }) => task)).toEqual(['server']);
  });

  test('what failed first is told first, and before what may recover', () => {
    const restarting = state([exit(1, 1)], { State: 'pending', Failed: false, Restarts: 1 });
    const found = findTrouble([
      allocation('a', { server: restarting }),
      allocation('b', { server: state([exit(3, 3)]) }),
      allocation('c', { server: state([exit(2, 2)]) }),
    ]);
    expect(found.map(({ allocation: { ID } }) => ID)).toEqual(['c', 'b', 'a']);
  });

  test('of those that failed at the same time, the first by name is told first', () => {
    const names = (...order: string[]) => {
      const tasks = Object.fromEntries(order.map((name) => [name, state([exit(1, 1)])]));
      return findTrouble([allocation('a', tasks)]).map(({ task }) => task);
    };
    expect(names('a', 'b', 'c')).toEqual(['a', 'b', 'c']);
    expect(names('c', 'a', 'b')).toEqual(['a', 'b', 'c']);
  });

  test('an allocation without tasks tells nothing', () => {
    expect(findTrouble([{ ...allocation('a', {}), TaskStates: null }])).toEqual([]);
  });
});
