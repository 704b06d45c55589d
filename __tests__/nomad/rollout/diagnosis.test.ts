import { describe, expect, test } from '@jest/globals';
import type { Allocation, CheckResult, TaskEvent } from '../../../src/nomad/api.ts';
import { describeFailingChecks } from '../../../src/nomad/rollout/checks.ts';
import { diagnose } from '../../../src/nomad/rollout/diagnosis.ts';
import { findTrouble } from '../../../src/nomad/rollout/task-trouble.ts';
import { bad } from '../../../src/nomad/rollout/verdict.ts';
import { scripted } from '../support/scripted.ts';
import { allocation, group, specification, submitted, taskState } from './support/moments.ts';
import { clientOfWorlds, type World } from './support/worlds.ts';

const spec = specification({
  TaskGroups: [
    group('app', {
      Tasks: [
        { Name: 'server', Driver: 'raw_exec' },
        { Name: 'beside', Driver: 'raw_exec' },
        { Name: 'prepare', Driver: 'raw_exec', Lifecycle: { Hook: 'prestart' } },
        { Name: 'cleanup', Driver: 'raw_exec', Lifecycle: { Hook: 'poststop' } },
      ],
    }),
  ],
});

const failed = bad('unhealthy', 'its rollout failed');
const late = bad('timeout', 'group "app": 0 of 1 healthy');

function look(world: Partial<World>, verdict = failed, redact = (text: string) => text) {
  const { client } = clientOfWorlds([{ statuses: [], versions: [spec], ...world }]);
  const { signal } = new AbortController();
  return diagnose({ client, job: submitted, specification: spec, verdict, signal, redact });
}

const event = (Type: string, DisplayMessage: string, more: Partial<TaskEvent> = {}): TaskEvent => ({
  Type,
  DisplayMessage,
  Time: 1,
  Details: null,
  ExitCode: 0,
  Signal: 0,
  FailsTask: false,
  ...more,
});

const slow = event('Alloc Unhealthy', 'Task not running for min_healthy_time of 1s by healthy_deadline of 6s');
const unhealthy = allocation({ TaskStates: { server: taskState({ Events: [slow] }) } });

const check = (Check: string, more: Partial<CheckResult> = {}): CheckResult => ({
  Check,
  Service: 'web',
  Mode: 'healthiness',
  Status: 'failure',
  Output: 'connection refused',
  ...more,
});

describe('a health check that fails', () => {
  test.each<[string, Readonly<Record<string, CheckResult>>, string]>([
    ['is named', { a: check('alive') }, 'health check "alive" of service "web" fails: connection refused'],
    [
      'without a name is told by its service',
      { a: check('service: "web" check') },
      'health check of service "web" fails: connection refused',
    ],
    ['without a word', { a: check('alive', { Output: '' }) }, 'health check "alive" of service "web" fails'],
    [
      'that did not run yet',
      { a: check('alive', { Status: 'pending' }) },
      'health check "alive" of service "web" has not answered yet',
    ],
    [
      'in several lines',
      { a: check('alive', { Output: 'no\n\n such  host\n' }) },
      'health check "alive" of service "web" fails: no such host',
    ],
    [
      'at length',
      { a: check('alive', { Output: 'x'.repeat(301) }) },
      `health check "alive" of service "web" fails: ${'x'.repeat(300)}…`,
    ],
    [
      'beside others that pass, or do not count',
      { a: check('ok', { Status: 'success' }), b: check('alive'), c: check('ready', { Mode: 'readiness' }) },
      'health check "alive" of service "web" fails: connection refused',
    ],
    [
      'beside others that fail, in the order of their names',
      { a: check('c', { Output: '' }), b: check('a', { Output: '' }), c: check('b', { Output: '' }) },
      ['a', 'b', 'c'].map((name) => `health check "${name}" of service "web" fails`).join('; '),
    ],
    [
      'beside too many',
      Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name) => [name, check(name, { Output: '' })])),
      `${['a', 'b', 'c'].map((name) => `health check "${name}" of service "web" fails`).join('; ')}; 2 more`,
    ],
  ])('%s', async (_, checks, cause) => {
    expect((await look({ allocations: [unhealthy], checks })).cause).toBe(cause);
    expect((await look({ allocations: [allocation()], checks }, late)).cause).toBe(cause);
  });

  test('is not asked for where a task tells what went wrong', async () => {
    const crashed = taskState({
      State: 'dead',
      Failed: true,
      Events: [event('Terminated', '', { ExitCode: 3 }), slow],
    });
    const { cause } = await look({
      allocations: [allocation({ TaskStates: { server: crashed } })],
      checks: { a: check('alive') },
    });
    expect(cause).toBe('task "server" of group "app" exited with code 3');
  });

  test.each([
    ['where there is none', {}],
    ['where all pass', { a: check('alive', { Status: 'success' as const }) }],
  ])('%s, what Nomad says has to do', async (_, checks) => {
    expect((await look({ allocations: [unhealthy], checks })).cause).toBe(
      `task "server" of group "app" is unhealthy: ${slow.DisplayMessage}`,
    );
    expect((await look({ allocations: [allocation()], checks }, late)).cause).toBe(late.cause);
  });

  test('is redacted before it is cut', async () => {
    const secret = 'hunter2hunter2';
    const checks = { a: check('alive', { Output: `${'x'.repeat(295)}${secret}` }) };
    const { cause } = await look({ allocations: [unhealthy], checks }, failed, (text) =>
      text.replaceAll(secret, '***'),
    );
    expect(cause).toBe(`health check "alive" of service "web" fails: ${'x'.repeat(295)}***`);
  });

  test('comes before what Nomad did about it', async () => {
    const reverted = bad('reverted', 'Nomad rolled the job back to version 2');
    expect((await look({ allocations: [unhealthy], checks: { a: check('alive') } }, reverted)).cause).toBe(
      'health check "alive" of service "web" fails: connection refused; Nomad rolled the job back to version 2',
    );
  });
});

test('the health checks are asked for in the namespace of the allocation', async () => {
  const { client, queries } = await scripted({ 'GET /v1/client/allocation/a1/checks': [{ a: check('alive') }] });
  const suspect = allocation({ Namespace: 'prod' });
  const redact = (text: string) => text;
  expect(await describeFailingChecks({ client, suspect, redact, options: {} })).toContain('"alive"');
  expect(queries.map((query) => query.get('namespace'))).toEqual(['prod']);
});

test('each event is one line', async () => {
  const events = [event('Driver Failure', 'no\n  such \n\n image', { Time: 1e15 }), slow];
  const found = await look({ allocations: [allocation({ TaskStates: { server: taskState({ Events: events }) } })] });
  expect(found.events[0]).toBe('13:46:40 Driver Failure: no such image');
});

describe('the task that holds up', () => {
  const pending = taskState({ State: 'pending', StartedAt: null });
  const running = taskState();
  const dead = taskState({ State: 'dead' });

  test.each<[string, NonNullable<Allocation['TaskStates']>, string]>([
    ['prepares', { server: pending, prepare: running, cleanup: pending }, 'prepare'],
    ['has not started', { prepare: dead, beside: running, server: pending, cleanup: pending }, 'server'],
    ['runs, where the other waits for the end', { cleanup: pending, prepare: dead, server: running }, 'server'],
    ['is the first by name of two that are alike', { server: running, beside: running }, 'beside'],
    ['is the same in any order', { beside: running, server: running }, 'beside'],
    ['cleans up, where there is no other', { cleanup: pending }, 'cleanup'],
  ])('%s', async (_, TaskStates, task) => {
    expect((await look({ allocations: [allocation({ TaskStates })] }, late)).task).toBe(`app/${task}`);
  });

  test.each([
    ['of an allocation that is healthy', { DeploymentStatus: { Healthy: true, Canary: false } }],
    ['of another version', { JobVersion: 2 }],
    ['of an allocation that has ended', { ClientStatus: 'complete' as const }],
  ])('is not one: %s', async (_, more) => {
    expect(await look({ allocations: [allocation(more)] }, late)).toEqual({
      cause: late.cause,
      reason: 'timeout',
      events: [],
      log: '',
    });
  });
});

test.each([
  ['lost', {}, 'an allocation of group "app" was lost with its node "node-1"'],
  ['unknown', {}, 'an allocation of group "app" was lost with its node "node-1"'],
  ['failed', { ClientDescription: 'no network' }, 'an allocation of group "app" failed: no network'],
  ['failed', {}, 'an allocation of group "app" failed'],
] as const)('without a task that tells, the allocation does: %s %j', async (ClientStatus, more, cause) => {
  expect((await look({ allocations: [allocation({ ClientStatus, TaskStates: null, ...more })] })).cause).toBe(cause);
});

test('causes that need no look at the tasks get none', async () => {
  const verdict = bad('placement', 'no room');
  expect(await look({ allocations: [unhealthy] }, verdict)).toEqual({
    cause: 'no room',
    reason: 'placement',
    events: [],
    log: '',
  });
});

describe('of several tasks in trouble', () => {
  const exited = (ExitCode: number, Time: number) => event('Terminated', '', { ExitCode, Time });
  const dead = (...Events: TaskEvent[]) => taskState({ State: 'dead', Failed: true, Events });
  const tasks = (states: NonNullable<Allocation['TaskStates']>) =>
    findTrouble([allocation({ TaskStates: states })]).map(({ task }) => task);

  test('those that failed at one time are told of by name, in whatever order they came', () => {
    expect(tasks({ b: dead(exited(1, 5)), a: dead(exited(1, 5)), c: dead(exited(1, 4)) })).toEqual(['c', 'a', 'b']);
    expect(tasks({ a: dead(exited(1, 5)), c: dead(exited(1, 4)), b: dead(exited(1, 5)) })).toEqual(['c', 'a', 'b']);
  });

  test('what went wrong comes before what was judged', () => {
    const judged = taskState({ Events: [{ ...slow, Time: 1 }] });
    const restarting = taskState({ State: 'pending', Restarts: 1, Events: [exited(1, 9)] });
    expect(tasks({ a: judged, b: restarting })).toEqual(['b', 'a']);
  });
});
