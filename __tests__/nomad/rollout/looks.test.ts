import { afterEach, describe, expect, jest, test } from '@jest/globals';
import type { Evaluation } from '../../../src/nomad/api.ts';
import {
  allocation,
  deployment,
  group,
  rollout,
  specification,
  statusAllocation,
  statuses,
  submitted,
  taskState,
} from './support/moments.ts';
import { type World, watchWorlds } from './support/worlds.ts';

const healthy = { DeploymentStatus: { Canary: false, Healthy: true } };
const successful = rollout({ Status: 'successful', IsActive: false });

/** The job as it was submitted, healthy at the end of its rollout. */
const well: World = {
  statuses: [statuses({ Allocs: [statusAllocation(healthy)], LatestDeployment: successful })],
  versions: [specification()],
};

/** The same in its rollout. */
const goesOn: World = {
  statuses: [statuses({ ModifyIndex: 29, LatestDeployment: rollout() })],
  versions: [specification()],
};

/** Somebody purged it and registered it again, and all is well with that. */
const again: World = {
  statuses: [
    statuses({ SubmitTime: 400, ModifyIndex: 40, Allocs: [statusAllocation(healthy)], LatestDeployment: successful }),
  ],
  versions: [specification({ SubmitTime: 400, JobModifyIndex: 40, ModifyIndex: 40 })],
};

const newer: World = {
  statuses: [
    statuses({
      Version: 4,
      SubmitTime: 400,
      ModifyIndex: 40,
      Allocs: [statusAllocation({ ...healthy, JobVersion: 4 })],
      LatestDeployment: { ...successful, JobVersion: 4 },
    }),
  ],
  versions: [specification({ Version: 4, SubmitTime: 400, JobModifyIndex: 40 }), specification()],
};

const gone: World = { statuses: [] };

afterEach(() => {
  jest.useRealTimers();
});

describe('from one look to the next', () => {
  test('a good end is looked at once more, and asks for nothing that is known', async () => {
    const { first, asked, outcome, told } = await watchWorlds([goesOn, well]);
    expect(first).toBe('good');
    expect(outcome).toMatchObject({ status: 'running', health: 'healthy' });
    expect(asked).toEqual(['statuses', 'web/versions', 'statuses', 'statuses']);
    expect(told.map(([state]) => state?.health)).toEqual(['unknown', 'healthy']);
  });

  test.each<[string, readonly World[], string, string]>([
    [
      'purged and registered again in its rollout',
      [goesOn, again],
      'Job "web": somebody has purged the job and registered it again',
      'superseded',
    ],
    [
      'purged and registered again at its good end',
      [well, again],
      'Job "web": somebody has purged the job and registered it again',
      'superseded',
    ],
    [
      'purged and registered again before it is looked at',
      [again],
      'Job "web": somebody has purged the job and registered it again',
      'superseded',
    ],
    ['purged at its good end', [well, gone], 'Job "web": somebody purged the job', 'stopped'],
    ['purged, and there again later, as it is purged', [gone, well], 'Job "web": somebody purged the job', 'stopped'],
    [
      'deployed again by somebody else at its good end',
      [well, newer],
      'Job "web": version 4 by somebody else has taken the place of version 3',
      'superseded',
    ],
    [
      'deployed again by somebody else, and stopped after that',
      [newer, { ...newer, statuses: [statuses({ Version: 5, Stop: true, SubmitTime: 500 })] }],
      'Job "web": version 4 by somebody else has taken the place of version 3',
      'superseded',
    ],
  ])('%s', async (_, worlds, first, reason) => {
    const watched = await watchWorlds(worlds);
    expect(watched.first).toBe(first);
    expect(watched.outcome.failure?.reason).toBe(reason);
  });

  test('what fails at its second look is not a good end', async () => {
    const failed: World = {
      ...well,
      statuses: [statuses({ Allocs: [statusAllocation({ ClientStatus: 'failed' })], LatestDeployment: successful })],
      allocations: [
        allocation({
          ClientStatus: 'failed',
          TaskStates: { server: taskState({ State: 'dead', Failed: true, Events: [exit(3, 1)] }) },
        }),
      ],
    };
    const { first, outcome } = await watchWorlds([well, failed]);
    expect(first).toBe('Job "web": task "server" of group "app" exited with code 3');
    expect(outcome).toMatchObject({ status: 'failed', health: 'unhealthy' });
  });

  test('canaries that somebody promotes while they are looked at again are well in the end', async () => {
    const canary = { DeploymentStatus: { Canary: true, Healthy: true } };
    const waits: World = {
      ...goesOn,
      statuses: [
        statuses({ Allocs: [statusAllocation(canary)], LatestDeployment: rollout({ RequiresPromotion: true }) }),
      ],
      deployments: [deployment({ app: { DesiredCanaries: 1 } })],
    };
    const { outcome } = await watchWorlds([waits]);
    expect(outcome.failure?.reason).toBe('awaiting-promotion');
    expect(outcome).toMatchObject({ status: 'pending', health: 'unknown' });
    expect(outcome.jobs).toMatchObject([{ awaitsPromotion: true, diagnosis: { reason: 'awaiting-promotion' } }]);
    const decided = await watchWorlds([waits], { waitFor: 'promotion' });
    expect(decided.first).toBe('good');
    expect(decided.outcome.jobs).toMatchObject([{ awaitsPromotion: true }]);
    expect(decided.outcome.jobs[0]).not.toHaveProperty('diagnosis');
    expect((await watchWorlds([waits, well])).first).toBe('good');
  });

  test('a job that is purged has nothing any more', async () => {
    const { outcome, lines } = await watchWorlds([well, gone]);
    expect(outcome.jobs).toMatchObject([{ id: 'web', status: 'absent', health: 'unknown', groups: [] }]);
    expect(lines.join('\n')).not.toContain('undefined');
  });

  test('one job of two is at its end, and the other is waited for', async () => {
    const api = { ...submitted, id: 'api' };
    const both = (web: World, other: World): World => ({
      ...web,
      statuses: [...web.statuses, ...other.statuses.map((one) => ({ ...one, ID: 'api' }))],
    });
    const worlds = [both(well, goesOn), both(well, goesOn), both(well, well)];
    const { first, outcome } = await watchWorlds(worlds, { jobs: [submitted, api] });
    expect(first).toBe('good');
    expect(outcome.jobs.map(({ id, health }) => [id, health])).toEqual([
      ['web', 'healthy'],
      ['api', 'healthy'],
    ]);
  });

  test('of two that fail both are told of, what tells more first', async () => {
    const jobs = [submitted, { ...submitted, id: 'api' }];
    const failed = rollout({ Status: 'failed', IsActive: false, StatusDescription: 'Failed' });
    const api = { ...statuses({ LatestDeployment: failed }), ID: 'api' };
    const { outcome } = await watchWorlds([{ statuses: [api], versions: [specification()] }], { jobs });
    expect(outcome.failure?.message.split('\n')).toEqual([
      'Job "api": its rollout failed: Failed',
      'Job "web": somebody purged the job',
    ]);
    expect(outcome.failure?.reason).toBe('unhealthy');
    expect(outcome.jobs.map(({ id, diagnosis }) => [id, diagnosis?.reason])).toEqual([
      ['web', 'stopped'],
      ['api', 'unhealthy'],
    ]);
  });
});

function exit(ExitCode: number, Time: number) {
  return { Type: 'Terminated', DisplayMessage: '', Time, Details: null, ExitCode, Signal: 0, FailsTask: false };
}

describe('a job that nobody watches', () => {
  const Tasks = ['server', 'other'].map((Name) => ({ Name, Driver: 'raw_exec' }));
  const versions = [specification({ Type: 'batch', TaskGroups: [group('app', { Tasks })] })];
  const job = { ...submitted, type: 'batch' } as const;
  const batch = (more: Partial<World>): World => ({ statuses: [statuses({ Type: 'batch' })], versions, ...more });

  test('whose main task has not started is told of so, whatever the order of its tasks', async () => {
    const pending = taskState({ State: 'pending', StartedAt: null });
    const one = batch({ allocations: [allocation({ TaskStates: { server: pending, other: taskState() } })] });
    const { outcome, lines } = await watchWorlds([one], { jobs: [job], timeout: 100 });
    expect(outcome).toMatchObject({ status: 'running', health: 'unknown', failure: { reason: 'timeout' } });
    expect(outcome.jobs).toMatchObject([{ groups: [{ placed: 1, healthy: 0 }], diagnosis: { task: 'app/server' } }]);
    expect(lines).toHaveLength(1);
  });

  test('is healthy for nobody when the time is over before it has lasted', async () => {
    const one = batch({ allocations: [allocation({ TaskStates: { server: taskState(), other: taskState() } })] });
    const { outcome } = await watchWorlds([one], { jobs: [job], timeout: 100 });
    expect(outcome).toMatchObject({ status: 'running', health: 'unknown', failure: { reason: 'timeout' } });
    expect(outcome.jobs).toMatchObject([{ status: 'running', health: 'unknown', groups: [{ healthy: 1 }] }]);
  });

  test('of which nothing is left but the numbers is complete by them, and not where an evaluation is left', async () => {
    const numbers = { Queued: 0, Complete: 1, Failed: 0, Running: 0, Starting: 0, Lost: 0, Unknown: 0 };
    const forgotten = batch({
      statuses: [statuses({ Type: 'batch', Status: 'dead', Allocs: null })],
      summary: { app: numbers },
    });
    const unchanged = { ...job, change: 'unchanged' } as const;
    const complete = await watchWorlds([forgotten], { jobs: [unchanged] });
    expect(complete.outcome).toMatchObject({ status: 'complete', health: 'healthy' });
    expect(complete.first).toBe('good');
    const evaluation: Evaluation = {
      ID: 'e',
      JobID: 'web',
      Namespace: 'default',
      JobModifyIndex: 30,
      Status: 'complete',
      TriggeredBy: 'job-register',
      CreateIndex: 31,
      ModifyIndex: 31,
    };
    const never = await watchWorlds([{ ...forgotten, evaluations: [evaluation] }], { jobs: [unchanged] });
    expect(never.outcome).toMatchObject({ status: 'failed', health: 'unhealthy', failure: { reason: 'unhealthy' } });
    expect(never.first).toBe('Job "web": group "app": 0 of 1 started');
  });
});

describe('the time', () => {
  test('that is over says what was missing, of which job, and after how long', async () => {
    const { first, outcome } = await watchWorlds([goesOn], { timeout: 100 });
    expect(first).toBe('Job "web" did not get there in time: group "app": 0 of 1 healthy (after 0 s)');
    expect(outcome).toMatchObject({ status: 'running', health: 'unknown', failure: { reason: 'timeout' } });
  });

  test('that is over leaves what is settled as it is', async () => {
    const jobs = [submitted, { ...submitted, id: 'api' }];
    const api = { ...statuses({ LatestDeployment: rollout() }), ID: 'api' };
    const world = { ...well, statuses: [...well.statuses, api] };
    const { outcome } = await watchWorlds([world], { jobs, timeout: 100 });
    expect(outcome.jobs.map(({ health, diagnosis }) => [health, diagnosis?.reason])).toEqual([
      ['healthy', undefined],
      ['unknown', 'timeout'],
    ]);
  });

  test('a watch that has ended leaves no timer behind, however it ended', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate', 'performance'] });
    await watchWorlds([well]);
    expect(jest.getTimerCount()).toBe(0);
    await watchWorlds([gone]);
    expect(jest.getTimerCount()).toBe(0);
    const cancelled = new AbortController();
    const onProgress = () => cancelled.abort(new Error('cancelled'));
    await expect(watchWorlds([goesOn], { signal: cancelled.signal, onProgress })).rejects.toThrow('cancelled');
    expect(jest.getTimerCount()).toBe(0);
  });
});
