import { describe, expect, test } from '@jest/globals';
import { ask, jobSpecification, register } from 'nomad-pack-sandbox/__tests__/support/api.ts';
import { readRecordings } from 'nomad-pack-sandbox/__tests__/support/recordings.ts';
import type { SimulatedNomad } from 'nomad-pack-sandbox/nomad/index.ts';
import type { JobStatuses, StatusAllocation } from '../../src/nomad/api.ts';
import { type JobSubject, jobState, jobUrl, overallStatus, readJobStates } from '../../src/nomad/state.ts';
import { awaitStatuses, readStatuses } from '../../src/nomad/statuses.ts';
import { surveyDeployment } from '../../src/nomad/survey.ts';
import { failure } from '../support/failure.ts';
import { clientOf, replay, serve, start } from './support/clients.ts';

const meta = { 'pack.name': 'web', 'pack.deployment_name': 'shop' };

async function statesOf(address: string, deployment = 'shop') {
  const client = clientOf(address);
  const survey = await surveyDeployment(client, deployment);
  if (!survey.filtered) throw new Error('not filtered');
  return await readJobStates(client, survey.jobs);
}

const settled = (nomad: SimulatedNomad, job: string, status = 'successful') =>
  nomad.until((state) => state.latestDeployment('default', job)?.Status === status);

describe('the state of jobs', () => {
  test('of every kind, in one request for all and one for what has several groups', async () => {
    const nomad = await start();
    const quick = 'update {\n min_healthy_time = "50ms"\n health_check = "task_states"\n }';
    await register(nomad, jobSpecification('web', { count: 2 }), meta);
    const two = jobSpecification('two').replace(
      /group "app"[\s\S]*\n {2}\}\n\}/,
      (group) =>
        `${group.slice(0, -2)}\n${group.slice(0, -2).replace('"app"', '"side"').replace('count = 1', 'count = 0')}\n}`,
    );
    expect((await register(nomad, two, meta)).status).toBe(200);
    await register(nomad, jobSpecification('good', { type: 'batch', script: 'exit 0' }), meta);
    await register(nomad, jobSpecification('bad', { type: 'batch', script: 'exit 1' }), meta);
    await register(nomad, jobSpecification('every', { type: 'system', group: quick }), meta);
    await register(nomad, jobSpecification('full', { type: 'system', memory: 999_999 }), meta);
    await register(nomad, jobSpecification('huge', { memory: 999_999 }), meta);
    await register(
      nomad,
      jobSpecification('nightly', { type: 'batch', job: 'periodic {\n cron = "0 3 * * *"\n }' }),
      meta,
    );
    await register(nomad, jobSpecification('old'), meta);
    await ask(nomad, 'DELETE /v1/job/old');
    await settled(nomad, 'web');
    await settled(nomad, 'two');
    await nomad.until((state) => ['good', 'bad', 'old'].every((id) => state.job('default', id)?.Status === 'dead'));
    await settled(nomad, 'every');
    const states = await statesOf(nomad.address);
    const told = states.map(({ id, type, status, health, groups }) => [
      id,
      `${type} ${status} ${health}`,
      groups.map(
        ({ name, desired, placed, healthy, unhealthy }) => `${name} ${desired} ${placed} ${healthy} ${unhealthy}`,
      ),
    ]);
    expect(told).toEqual([
      ['bad', 'batch failed unhealthy', ['app 1 0 0 1']],
      ['every', 'system running healthy', ['app 1 1 1 0']],
      ['full', 'system pending unknown', ['app 1 0 0 0']],
      ['good', 'batch complete healthy', ['app 1 1 1 0']],
      ['huge', 'service pending unknown', ['app 1 0 0 0']],
      ['nightly', 'batch (periodic) running healthy', []],
      ['old', 'service stopped unknown', ['app 0 0 0 0']],
      ['two', 'service running healthy', ['app 1 1 1 0', 'side 0 0 0 0']],
      ['web', 'service running healthy', ['app 2 2 2 0']],
    ]);
    expect(states.find(({ id }) => id === 'web')).toMatchObject({
      version: 0,
      namespace: 'default',
      nomadDeploymentId: nomad.state.latestDeployment('default', 'web')?.ID,
      url: `${nomad.address}/ui/jobs/web@default`,
    });
    const asked = nomad.requests.slice(-3).map(({ method, path }) => `${method} ${path.split('?')[0]}`);
    expect(asked.sort()).toEqual(['GET /v1/job/two', 'GET /v1/jobs', 'POST /v1/jobs/statuses']);
  });

  test('that are gone meanwhile is not one', async () => {
    const nomad = await start();
    await register(nomad, jobSpecification('web'), meta);
    const client = clientOf(nomad.address);
    const survey = await surveyDeployment(client, 'shop');
    await ask(nomad, 'DELETE /v1/job/web?purge=true');
    expect(await readJobStates(client, survey.filtered ? survey.jobs : [])).toEqual([]);
    expect(await readJobStates(client, [])).toEqual([]);
  });

  test('an older server is asked one job at a time, and tells the same', async () => {
    const faults = ({ path }: { path: string }) =>
      path === '/v1/jobs/statuses' ? ({ kind: 'respond', status: 404 } as const) : undefined;
    let old = false;
    const nomad = await start({ faults: (request) => (old ? faults(request) : undefined) });
    await register(nomad, jobSpecification('web', { update: 'canary = 1' }), meta);
    await settled(nomad, 'web');
    await register(nomad, jobSpecification('web', { update: 'canary = 1', message: 'two' }), meta);
    await nomad.until((state) => state.latestDeployment('default', 'web')?.TaskGroups['app']?.HealthyAllocs === 1);
    await register(
      nomad,
      jobSpecification('nightly', { type: 'batch', job: 'periodic {\n cron = "0 3 * * *"\n }' }),
      meta,
    );
    const refs = ['web', 'nightly', 'none'].map((id) => ({ id, namespace: 'default' }));
    const client = clientOf(nomad.address);
    const newer = await readStatuses(client, refs);
    old = true;
    const older = await readStatuses(client, refs);
    expect(older).toHaveLength(2);
    const sorted = (status: JobStatuses) => ({
      ...status,
      Allocs: [...(status.Allocs ?? [])]
        .map(({ DeploymentStatus: { Canary, Healthy }, ...rest }) => ({
          ...rest,
          DeploymentStatus: { Canary, Healthy },
        }))
        .sort((a, b) => (a.ID < b.ID ? -1 : 1)),
    });
    older.forEach((status, index) => {
      const expected = newer[index];
      if (expected === undefined) throw new Error('missing');
      expect(sorted(expected)).toMatchObject(sorted(status));
    });
    expect(older[0]?.LatestDeployment).toMatchObject({ RequiresPromotion: true, IsActive: true });
    // It cannot wait for a change of all of them at once.
    expect((await awaitStatuses(client, refs, {})).index).toBe(0);
  });

  test('any other refusal is one', async () => {
    const address = await serve((_, response) => response.writeHead(403).end('Permission denied'));
    expect((await failure(readStatuses(clientOf(address), [{ id: 'web', namespace: 'default' }]))).reason).toBe(
      'nomad-auth',
    );
  });
});

describe('a job', () => {
  const subject: JobSubject = {
    id: 'web',
    namespace: 'default',
    type: 'service',
    launches: undefined,
    groups: { app: { Queued: 0, Complete: 0, Failed: 0, Running: 0, Starting: 0, Lost: 0, Unknown: 0 } },
  };
  const allocation = (
    ClientStatus: StatusAllocation['ClientStatus'],
    more: Partial<StatusAllocation> = {},
  ): StatusAllocation => ({
    ID: `${Math.random()}`,
    Group: 'app',
    NodeID: 'node-1',
    ClientStatus,
    JobVersion: 3,
    DeploymentStatus: { Canary: false, Healthy: null },
    FollowupEvalID: '',
    ...more,
  });
  const statuses = (more: Partial<JobStatuses>): JobStatuses => ({
    ID: 'web',
    Namespace: 'default',
    Name: 'web',
    Type: 'service',
    Version: 3,
    SubmitTime: 0,
    ModifyIndex: 1,
    ParentID: '',
    Stop: false,
    Status: 'running',
    GroupCountSum: 1,
    ChildStatuses: null,
    Allocs: null,
    LatestDeployment: null,
    ...more,
  });
  const rollout = (Status: 'running' | 'failed' | 'successful', JobVersion = 3) => ({
    ID: 'd',
    IsActive: Status === 'running',
    JobVersion,
    Status,
    StatusDescription: '',
    AllAutoPromote: false,
    RequiresPromotion: false,
  });
  const healthy = { DeploymentStatus: { Canary: false, Healthy: true } };
  const unhealthy = { DeploymentStatus: { Canary: false, Healthy: false } };

  test.each<[string, Partial<JobStatuses>, string, string]>([
    ['with nothing placed', {}, 'pending unknown', '1 0 0 0'],
    [
      'that starts',
      { Allocs: [allocation('pending')], LatestDeployment: rollout('running') },
      'running unknown',
      '1 1 0 0',
    ],
    [
      'that is not known to be healthy yet',
      { Allocs: [allocation('running')], LatestDeployment: rollout('running') },
      'running unknown',
      '1 1 0 0',
    ],
    ['whose health nobody watches', { Allocs: [allocation('running')] }, 'running healthy', '1 1 1 0'],
    ['that is healthy', { Allocs: [allocation('running', healthy)] }, 'running healthy', '1 1 1 0'],
    ['that runs unhealthy', { Allocs: [allocation('running', unhealthy)] }, 'running unhealthy', '1 1 0 1'],
    [
      'whose old version alone runs',
      { Allocs: [allocation('running', { ...healthy, JobVersion: 2 })] },
      'pending unknown',
      '1 0 0 0',
    ],
    [
      'whose failed task was replaced',
      { Allocs: [allocation('failed'), allocation('running', healthy)] },
      'running healthy',
      '1 1 1 0',
    ],
    [
      'whose failed task was not',
      { Allocs: [allocation('failed'), allocation('pending')] },
      'running unhealthy',
      '1 1 0 1',
    ],
    [
      'whose rollout failed',
      { Allocs: [allocation('running', healthy)], LatestDeployment: rollout('failed') },
      'running unhealthy',
      '1 1 1 0',
    ],
    [
      'whose earlier rollout failed',
      { Allocs: [allocation('running', healthy)], LatestDeployment: rollout('failed', 2) },
      'running healthy',
      '1 1 1 0',
    ],
    [
      'whose canaries are as many as are wanted, and wait to be promoted',
      {
        Allocs: [allocation('running', { DeploymentStatus: { Canary: true, Healthy: true } })],
        LatestDeployment: { ...rollout('running'), RequiresPromotion: true },
      },
      'running unknown',
      '1 1 1 0',
    ],
    ['that wants nothing', { GroupCountSum: 0 }, 'running healthy', '0 0 0 0'],
    ['that Nomad has not looked at', { Status: 'pending' }, 'pending unknown', '1 0 0 0'],
    ['that is stopped', { Stop: true, Status: 'dead', Allocs: [allocation('complete')] }, 'stopped unknown', '0 0 0 0'],
    ['that died', { Status: 'dead', Allocs: [allocation('failed')] }, 'failed unhealthy', '1 0 0 1'],
    [
      'that ended though it should not',
      { Status: 'dead', Allocs: [allocation('complete')] },
      'failed unhealthy',
      '1 0 0 0',
    ],
    ['that wants nothing and is dead', { Status: 'dead', GroupCountSum: 0 }, 'complete healthy', '0 0 0 0'],
    [
      'of a batch that ended well',
      { Type: 'batch', Status: 'dead', Allocs: [allocation('complete')] },
      'complete healthy',
      '1 1 1 0',
    ],
    [
      'of a batch that ended well in the end',
      { Type: 'batch', Status: 'dead', Allocs: [allocation('failed'), allocation('complete')] },
      'complete healthy',
      '1 1 1 0',
    ],
    [
      'of a batch that failed',
      { Type: 'batch', Status: 'dead', Allocs: [allocation('failed')] },
      'failed unhealthy',
      '1 0 0 1',
    ],
    ['of a batch of which nothing ran', { Type: 'batch', Status: 'dead' }, 'pending unknown', '1 0 0 0'],
    ['on every node, of which none is fit', { Type: 'sysbatch', Status: 'dead' }, 'pending unknown', '1 0 0 0'],
    [
      'of a batch that ended well in an earlier version alone',
      { Type: 'sysbatch', Status: 'dead', Allocs: [allocation('complete', { JobVersion: 2 })] },
      'pending unknown',
      '1 0 0 0',
    ],
    [
      'of a batch of which one of two ran',
      { Type: 'batch', Status: 'dead', GroupCountSum: 2, Allocs: [allocation('complete')] },
      'pending unknown',
      '2 1 1 0',
    ],
    [
      'of a batch that ran, and of which something is to be placed again',
      { Type: 'batch', Status: 'pending', Allocs: [allocation('complete')] },
      'pending unknown',
      '1 1 1 0',
    ],
    [
      'of a batch that failed, and is to be placed again',
      { Type: 'batch', Status: 'pending', Allocs: [allocation('failed')] },
      'pending unhealthy',
      '1 0 0 1',
    ],
    [
      'of a batch that wants nothing',
      { Type: 'batch', Status: 'dead', GroupCountSum: 0 },
      'complete healthy',
      '0 0 0 0',
    ],
    ['of a batch that was stopped', { Type: 'batch', Status: 'dead', Stop: true }, 'stopped unknown', '0 0 0 0'],
    [
      'on every node, of which one was lost',
      { Type: 'system', Allocs: [allocation('running'), allocation('lost', { NodeID: 'node-2' })] },
      'running healthy',
      '1 1 1 0',
    ],
    [
      'on every node, on one of which it failed',
      { Type: 'system', Allocs: [allocation('running'), allocation('failed', { NodeID: 'node-2' })] },
      'running unhealthy',
      '2 1 1 1',
    ],
    [
      'on every node, twice on one',
      { Type: 'system', Allocs: [allocation('failed'), allocation('running')] },
      'running healthy',
      '1 1 1 0',
    ],
    ['on every node, that wants none', { Type: 'system', GroupCountSum: 0 }, 'running healthy', '0 0 0 0'],
    ['that was lost and not replaced', { Allocs: [allocation('lost')] }, 'pending unhealthy', '1 0 0 1'],
    [
      'whose health nobody watches during the rollout of an earlier version',
      { Allocs: [allocation('running')], LatestDeployment: rollout('running', 2) },
      'running unknown',
      '1 1 0 0',
    ],
    [
      'that wants a promotion of an earlier version',
      {
        Allocs: [allocation('running', healthy)],
        LatestDeployment: { ...rollout('running', 2), RequiresPromotion: true },
      },
      'running healthy',
      '1 1 1 0',
    ],
    [
      'on every node',
      { Type: 'system', Allocs: [allocation('running'), allocation('running', { NodeID: 'node-2' })] },
      'running healthy',
      '2 2 2 0',
    ],
  ])('%s', (_, more, judged, numbers) => {
    const { status, health, groups } = jobState('http://nomad', subject, statuses(more));
    expect(`${status} ${health}`).toBe(judged);
    expect(
      groups.map(({ desired, placed, healthy: good, unhealthy: bad }) => `${desired} ${placed} ${good} ${bad}`),
    ).toEqual([numbers]);
  });

  describe('of a batch of which only the numbers are left', () => {
    const app = { Queued: 0, Complete: 0, Failed: 0, Running: 0, Starting: 0, Lost: 0, Unknown: 0 };

    test.each<
      [string, Partial<typeof app>, { count?: number; neverRan?: boolean; type?: 'batch' | 'sysbatch' }, string]
    >([
      ['that completed', { Complete: 1 }, {}, 'complete healthy'],
      ['that completed more often, in earlier versions', { Complete: 5 }, {}, 'complete healthy'],
      ['that completed once of three times', { Complete: 1 }, { count: 3 }, 'pending unknown'],
      ['that completed on some nodes', { Complete: 2 }, { type: 'sysbatch' }, 'complete healthy'],
      ['that completed on no node', {}, { type: 'sysbatch' }, 'pending unknown'],
      ['that failed', { Failed: 1 }, {}, 'failed unhealthy'],
      ['that was lost', { Lost: 1 }, {}, 'failed unhealthy'],
      ['that failed and completed, in whatever order', { Failed: 1, Complete: 1 }, {}, 'failed unhealthy'],
      ['that never ran', {}, {}, 'pending unknown'],
      [
        'that completed in an earlier version, as an evaluation tells',
        { Complete: 1 },
        { neverRan: true },
        'pending unknown',
      ],
      [
        'that failed in an earlier version, as an evaluation tells',
        { Failed: 1 },
        { neverRan: true },
        'pending unknown',
      ],
      ['that wants nothing', {}, { count: 0, neverRan: true }, 'complete healthy'],
    ])('%s', (_, numbers, { count = 1, neverRan = false, type = 'batch' }, expected) => {
      const nomad = statuses({ Type: type, Status: 'dead', GroupCountSum: count });
      const groups = { app: { ...app, ...numbers } };
      const { status, health } = jobState('http://nomad', { ...subject, groups }, nomad, { neverRan });
      expect(`${status} ${health}`).toBe(expected);
    });

    test('of every group', () => {
      const nomad = statuses({ Type: 'batch', Status: 'dead', GroupCountSum: 2 });
      const counts = new Map([
        ['app', 1],
        ['side', 1],
      ]);
      const judged = (groups: JobSubject['groups']) => {
        const { status, health } = jobState('http://nomad', { ...subject, groups }, nomad, { counts });
        return `${status} ${health}`;
      };
      const complete = { ...app, Complete: 1 };
      expect(judged({ app: complete, side: complete })).toBe('complete healthy');
      expect(judged({ app: complete, side: app })).toBe('pending unknown');
      expect(judged({ app: complete, side: { ...app, Failed: 1 } })).toBe('failed unhealthy');
      expect(judged({ app: complete, gone: complete })).toBe('unknown unknown');
    });

    test('or not even they', () => {
      const nomad = statuses({ Type: 'batch', Status: 'dead' });
      expect(jobState('http://nomad', { ...subject, groups: {} }, nomad)).toMatchObject({
        status: 'unknown',
        health: 'unknown',
      });
    });
  });

  test('whose main task has not started is not healthy, though it runs', () => {
    const [one, two] = [allocation('running', { ID: 'a' }), allocation('running', { ID: 'b' })];
    const nomad = statuses({ Type: 'batch', GroupCountSum: 2, Allocs: [one, two] });
    const unstarted = (...ids: string[]) => jobState('http://nomad', subject, nomad, { unstarted: new Set(ids) });
    expect(unstarted('b')).toMatchObject({ status: 'running', health: 'unknown', groups: [{ placed: 2, healthy: 1 }] });
    expect(unstarted('c')).toMatchObject({ status: 'running', health: 'healthy', groups: [{ placed: 2, healthy: 2 }] });
  });

  test('on every node, one of which lacks the room', () => {
    const app = { Queued: 1, Complete: 0, Failed: 0, Running: 2, Starting: 0, Lost: 0, Unknown: 0 };
    const running = [allocation('running'), allocation('running', { NodeID: 'node-2' })];
    const state = jobState(
      'http://nomad',
      { ...subject, groups: { app } },
      statuses({ Type: 'system', Allocs: running }),
    );
    expect([state.health, state.groups[0]?.desired, state.groups[0]?.healthy]).toEqual(['unknown', 3, 2]);
  });

  test('has a page, unless no browser can open it', () => {
    expect(jobUrl('https://nomad', { id: 'a/b c', namespace: 'prod' })).toBe('https://nomad/ui/jobs/a%2Fb%20c@prod');
    expect(jobUrl('unix:///run/nomad.sock', { id: 'a', namespace: 'prod' })).toBe('');
  });
});

test.each([
  [[], 'absent unknown'],
  [['stopped unknown'], 'stopped unknown'],
  [['running healthy', 'stopped unknown'], 'running healthy'],
  [['running healthy', 'complete healthy'], 'running healthy'],
  [['running healthy', 'pending unknown'], 'pending unknown'],
  [['running unhealthy', 'pending unknown'], 'pending unhealthy'],
  [['running healthy', 'failed unhealthy'], 'failed unhealthy'],
  [['complete healthy', 'pending unknown'], 'pending unknown'],
  [['complete healthy', 'unknown unknown'], 'unknown unknown'],
  [['pending unknown', 'unknown unknown'], 'unknown unknown'],
  [['reverted healthy', 'running healthy'], 'reverted healthy'],
  [['reverted healthy', 'failed unhealthy'], 'failed unhealthy'],
  [['cancelled unknown', 'pending unknown'], 'cancelled unknown'],
  [['stopped unknown', 'stopped unknown'], 'stopped unknown'],
  [['absent unknown', 'absent unknown'], 'absent unknown'],
  [['absent unknown', 'running healthy'], 'running unknown'],
  [['stopped unknown', 'failed unhealthy'], 'failed unhealthy'],
] as [string[], string][])('a deployment of jobs that are %j is %s', (jobs, expected) => {
  const states = jobs.map((job) => {
    const [status, health] = job.split(' ');
    return { status, health } as Parameters<typeof overallStatus>[0][number];
  });
  const { status, health } = overallStatus(states);
  expect(`${status} ${health}`).toBe(expected);
});

const recordings = readRecordings();

describe('the state of a real Nomad’s jobs', () => {
  test.each([
    ['healthy', 'web', 'demo', 'running healthy'],
    ['stopped', 'web', 'demo', 'stopped unknown'],
    ['crash', 'crash', 'c1', 'failed unhealthy'],
    ['placement-failure', 'huge', 'h1', 'pending unknown'],
    ['in-progress', 'slow', 's1', 'running unknown'],
    ['in-progress-then-healthy', 'slow', 's1', 'running healthy'],
    ['auto-reverted', 'crashrevert', 'cr', 'running healthy'],
    ['batch-complete', 'batch', 'b1', 'complete healthy'],
  ])('%s', async (state, job, deployment, expected) => {
    const body = (name: string) => {
      const recorded = recordings[state]?.[name]?.body;
      return typeof recorded === 'string' ? JSON.parse(recorded) : recorded;
    };
    const address = await replay({
      'GET /v1/jobs': body('jobs_filtered'),
      [`GET /v1/job/${job}`]: body('job'),
      [`GET /v1/job/${job}/allocations`]: body('allocations'),
      [`GET /v1/job/${job}/deployments`]: body('deployments'),
    });
    const [found] = await statesOf(address, deployment);
    expect(`${found?.status} ${found?.health}`).toBe(expected);
  });
});
