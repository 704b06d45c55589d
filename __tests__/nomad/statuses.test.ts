import { describe, expect, test } from '@jest/globals';
import type { Allocation, Deployment, DeploymentGroup, Job } from '../../src/nomad/api.ts';
import { awaitStatuses, readStatuses } from '../../src/nomad/statuses.ts';
import { failure } from '../support/failure.ts';
import { allocation, deployment, specification, statuses } from './rollout/support/moments.ts';
import { type Answers, scripted } from './support/scripted.ts';

const web = { id: 'web', namespace: 'default' };
const api = { id: 'api', namespace: 'prod' };
const ALL = 'POST /v1/jobs/statuses';

/** Where a job is asked for by itself. */
function alone(
  id: string,
  job: Job | number,
  more: { allocations?: Allocation[]; deployments?: Deployment[] } = {},
): Answers {
  return {
    [`GET /v1/job/${id}`]: [job],
    [`GET /v1/job/${id}/allocations`]: [more.allocations ?? []],
    [`GET /v1/job/${id}/deployments`]: [more.deployments ?? []],
  };
}

describe('the states of jobs', () => {
  test('are one request, whatever their namespaces, in the order of the jobs', async () => {
    const answer = [statuses({ ID: 'api', Namespace: 'prod' }), statuses()];
    const { client, sent, queries } = await scripted({ [ALL]: [answer] });
    expect((await readStatuses(client, [web, api])).map(({ ID }) => ID)).toEqual(['web', 'api']);
    expect(sent).toEqual([ALL]);
    expect(queries[0]?.get('namespace')).toBe('*');
    expect(await readStatuses(client, [])).toEqual([]);
    expect(sent).toEqual([ALL]);
  });

  test('can be waited for: where all are told of', async () => {
    const { client, queries } = await scripted({ [ALL]: [[statuses()]] });
    const blocking = { index: 5, wait: 1_000 };
    expect(await awaitStatuses(client, [web], { blocking })).toMatchObject({ index: 7, statuses: [{ ID: 'web' }] });
    expect(queries[0]?.get('index')).toBe('5');
  });

  test('are asked for one by one where the server passes one over, and cannot be waited for then', async () => {
    const { client, sent, queries } = await scripted({
      [ALL]: [[statuses()]],
      ...alone('api', specification({ ID: 'api', Namespace: 'prod' })),
    });
    const round = await awaitStatuses(client, [web, api], { blocking: { index: 5, wait: 1_000 } });
    expect(round).toMatchObject({ index: 0, statuses: [{ ID: 'web' }, { ID: 'api' }] });
    expect(sent).toHaveLength(4);
    expect(queries.slice(1).map((query) => [query.get('namespace'), query.get('index')])).toEqual([
      ['prod', null],
      ['prod', null],
      ['prod', null],
    ]);
  });

  test('of jobs that are gone are left out', async () => {
    const { client } = await scripted({ [ALL]: [[statuses()]], ...alone('api', 404) });
    expect(await awaitStatuses(client, [web, api], {})).toMatchObject({ index: 7, statuses: [{ ID: 'web' }] });
  });

  test.each([404, 405])('are asked for one by one where there is no such endpoint (%i)', async (status) => {
    const { client } = await scripted({ [ALL]: [status], ...alone('web', specification()) });
    expect(await awaitStatuses(client, [web], {})).toMatchObject({ index: 0, statuses: [{ ID: 'web' }] });
  });

  test.each([400, 403, 500])('are not known where Nomad answers %i', async (status) => {
    const { client, sent } = await scripted({ [ALL]: [status], ...alone('web', specification()) });
    await failure(readStatuses(client, [web]));
    expect(sent).toEqual([ALL]);
  });
});

describe('a job that is asked for by itself', () => {
  const read = async (job: Job, more: Parameters<typeof alone>[2] = {}) => {
    const { client } = await scripted({ [ALL]: [404], ...alone('web', job, more) });
    return (await readStatuses(client, [web]))[0];
  };
  const rolls = (group: Partial<DeploymentGroup>, more: Partial<Deployment> = {}) =>
    deployment({ app: group, side: {} }, more);
  const canary = { DesiredCanaries: 1 };

  test('is told of like any other', async () => {
    const groups = [
      { Name: 'app', Count: 2, Tasks: [] },
      { Name: 'side', Count: 3, Tasks: [] },
    ];
    const job = specification({ TaskGroups: groups, ParentID: undefined, Stop: true, Status: 'dead' });
    const found = await read(job, {
      allocations: [
        allocation({ FollowupEvalID: 'e1', DeploymentStatus: { Canary: true, Healthy: true } }),
        allocation({ ID: 'a2', DeploymentStatus: null, FollowupEvalID: undefined }),
      ],
    });
    expect(found).toEqual({
      ID: 'web',
      Namespace: 'default',
      Name: 'web',
      Type: 'service',
      Version: 3,
      SubmitTime: 300,
      ModifyIndex: 30,
      ParentID: '',
      Stop: true,
      Status: 'dead',
      GroupCountSum: 5,
      ChildStatuses: null,
      Allocs: [
        {
          ID: 'a1',
          Group: 'app',
          NodeID: 'node-1',
          ClientStatus: 'running',
          JobVersion: 3,
          DeploymentStatus: { Canary: true, Healthy: true },
          FollowupEvalID: 'e1',
        },
        {
          ID: 'a2',
          Group: 'app',
          NodeID: 'node-1',
          ClientStatus: 'running',
          JobVersion: 3,
          DeploymentStatus: { Canary: false, Healthy: null },
          FollowupEvalID: '',
        },
      ],
      LatestDeployment: null,
    });
  });

  test.each([
    ['a periodic job', { Periodic: {} }, []],
    ['a parameterized job', { ParameterizedJob: {} }, []],
    ['what a parameterized job launched', { ParameterizedJob: {}, ParentID: 'task' }, null],
    ['what a periodic job launched', { ParentID: 'task' }, null],
    ['any other', {}, null],
  ])('launches others or not: %s', async (_, job, children) => {
    const found = await read(specification(job));
    expect(found?.ChildStatuses).toEqual(children);
    expect(found?.ParentID).toBe('ParentID' in job ? job.ParentID : '');
  });

  test('has the latest of its rollouts', async () => {
    const deployments = [
      rolls({}, { ID: 'd1', CreateIndex: 1 }),
      rolls({}, { ID: 'd9', CreateIndex: 9 }),
      rolls({}, { ID: 'd5', CreateIndex: 5 }),
    ];
    expect((await read(specification(), { deployments }))?.LatestDeployment?.ID).toBe('d9');
  });

  test.each<[string, Deployment, [active: boolean, promotes: boolean, waits: boolean]]>([
    ['without canaries', rolls({}), [true, false, false]],
    ['whose canaries wait', rolls(canary), [true, false, true]],
    ['whose canaries promote themselves', rolls({ ...canary, AutoPromote: true }), [true, true, true]],
    [
      'of whose canaries one group’s promote themselves',
      deployment({ app: { ...canary, AutoPromote: true }, side: canary }),
      [true, false, true],
    ],
    ['whose canaries are promoted', rolls({ ...canary, Promoted: true }), [true, false, false]],
    [
      'of whose canaries one group’s are promoted',
      deployment({ app: { ...canary, Promoted: true }, side: canary }),
      [true, false, true],
    ],
    ['that is paused', rolls({ ...canary, AutoPromote: true }, { Status: 'paused' }), [true, false, false]],
    ['that has ended', rolls({ ...canary, AutoPromote: true }, { Status: 'successful' }), [false, false, false]],
    [
      'with a group that no node is fit for',
      { ...rolls(canary), TaskGroups: { ...rolls(canary).TaskGroups, lost: null } },
      [true, false, true],
    ],
    ['without a group', { ...rolls({}), TaskGroups: null }, [true, false, false]],
  ])('has a rollout %s', async (_, latest, [active, promotes, waits]) => {
    const found = await read(specification(), { deployments: [latest] });
    expect(found?.LatestDeployment).toEqual({
      ID: 'd3',
      IsActive: active,
      JobVersion: 3,
      Status: latest.Status,
      StatusDescription: 'Deployment is running',
      AllAutoPromote: promotes,
      RequiresPromotion: waits,
    });
  });
});
