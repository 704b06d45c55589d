import { describe, expect, test } from '@jest/globals';
import { ask, type JobOptions, jobSpecification, register } from 'nomad-pack-sandbox/__tests__/support/api.ts';
import type { SimulatedNomad } from 'nomad-pack-sandbox/nomad/index.ts';
import type { Job } from '../../src/nomad/api.ts';
import { keepCounts } from '../../src/nomad/counts.ts';
import { jobKey, listVersions, promote, readExisting, readJob, stopJob } from '../../src/nomad/jobs.ts';
import { compareOwnership, describeForeign, ownershipFaults } from '../../src/nomad/ownership.ts';
import type { RenderedJob } from '../../src/nomad/specification.ts';
import {
  listOwnerless,
  type Survey,
  type SurveyedJob,
  surveyCluster,
  surveyDeployment,
} from '../../src/nomad/survey.ts';
import { failure } from '../support/failure.ts';
import { clientOf, replay, serve, start } from './support/clients.ts';

const meta = (deployment: string, pack = 'web') => ({
  'pack.name': pack,
  'pack.registry': 'lab',
  'pack.version': 'v1',
  'pack.path': `.cache/${pack}`,
  'pack.deployment_name': deployment,
});

async function deploy(
  nomad: SimulatedNomad,
  id: string,
  {
    deployment = 'shop',
    pack = 'web',
    namespace = 'default',
    ...options
  }: JobOptions & {
    deployment?: string;
    pack?: string;
    namespace?: string;
  } = {},
): Promise<void> {
  const specification = jobSpecification(id, { ...options, job: `namespace = "${namespace}"\n${options.job ?? ''}` });
  const { status, text } = await register(nomad, specification, deployment === '' ? {} : meta(deployment, pack));
  if (status !== 200) throw new Error(text);
}

function jobsOf(survey: Survey) {
  if (!survey.filtered) throw new Error('not filtered');
  return survey;
}

describe('a survey', () => {
  test('of the whole cluster says the same of each deployment, with one request', async () => {
    const nomad = await start({ namespaces: ['prod'] });
    await deploy(nomad, 'web', { namespace: 'prod' });
    await deploy(nomad, 'other', { deployment: 'shop2' });
    await deploy(nomad, 'manual', { deployment: '' });
    const client = clientOf(nomad.address);
    const before = nomad.requests.length;
    const survey = await surveyCluster(client);
    for (const name of ['shop', 'shop2', 'nothing']) {
      const alone = jobsOf(await surveyDeployment(client, name));
      expect(survey(name)).toMatchObject({ filtered: true, jobs: alone.jobs, children: alone.children });
    }
    expect(nomad.requests.length - before).toBe(1 + 3);
  });

  test('finds every job of the deployment in all namespaces, stopped ones too, and keeps children apart', async () => {
    const nomad = await start({ namespaces: ['prod'] });
    await deploy(nomad, 'web', { namespace: 'prod' });
    await deploy(nomad, 'api');
    await deploy(nomad, 'old');
    await deploy(nomad, 'other', { deployment: 'shop2' });
    await deploy(nomad, 'manual', { deployment: '' });
    await deploy(nomad, 'nightly', { type: 'batch', job: 'periodic {\n cron = "0 3 * * *"\n }' });
    await deploy(nomad, 'task', { type: 'batch', job: 'parameterized {}' });
    await ask(nomad, 'POST /v1/job/task/dispatch', {});
    await ask(nomad, 'DELETE /v1/job/old');
    const before = nomad.requests.length;
    const { jobs, children } = jobsOf(await surveyDeployment(clientOf(nomad.address), 'shop'));
    expect(nomad.requests.length - before).toBe(1);
    expect(jobs.map((job) => `${job.namespace}/${job.id} ${job.type} ${job.launches ?? ''} ${job.stop}`)).toEqual([
      'default/api service  false',
      'default/nightly batch periodic false',
      'default/old service  true',
      'default/task batch parameterized false',
      'prod/web service  false',
    ]);
    expect(jobs[0]?.pack).toEqual({ name: 'web', registry: 'lab', ref: 'v1', path: '.cache/web' });
    expect(Object.keys(jobs[0]?.groups ?? {})).toEqual(['app']);
    expect(children.map(({ parentId, pack }) => [parentId, pack.name])).toEqual([['task', 'web']]);
  });

  test.each(['a" or Status == "running', 'a b', '-a', '', '../x', 'a"]'])('of %j is not asked for', async (name) => {
    const nomad = await start();
    const error = await failure(surveyDeployment(clientOf(nomad.address), name));
    expect([error.reason, nomad.requests.length]).toEqual(['input', 0]);
  });

  test('with a token that may see some namespaces sees those', async () => {
    const acl = {
      policies: { dev: { namespaces: { dev: ['read'] } } },
      tokens: [{ secretId: 'dev', policies: ['dev'] }, { secretId: 'all' }],
    };
    const nomad = await start({ acl, namespaces: ['dev'] });
    const HCL = (id: string, namespace: string) => jobSpecification(id, { job: `namespace = "${namespace}"` });
    for (const [id, namespace] of [
      ['a', 'dev'],
      ['b', 'default'],
    ] as const) {
      const { body } = await ask(
        nomad,
        'POST /v1/jobs/parse',
        { JobHCL: HCL(id, namespace), Canonicalize: true },
        'all',
      );
      await ask(nomad, 'POST /v1/jobs', { Job: { ...body, Meta: meta('shop') } }, 'all');
    }
    const { jobs } = jobsOf(await surveyDeployment(clientOf(nomad.address, { token: 'dev' }), 'shop'));
    expect(jobs.map(jobKey)).toEqual(['dev/a']);
    expect((await failure(surveyDeployment(clientOf(nomad.address), 'shop'))).reason).toBe('nomad-auth');
  });

  test('by a server that is too old to filter is not one', async () => {
    const nomad = await start({ filter: false });
    await deploy(nomad, 'other', { deployment: 'shop2' });
    await deploy(nomad, 'manual', { deployment: '' });
    expect(await surveyDeployment(clientOf(nomad.address), 'shop')).toEqual({ filtered: false });
    const empty = await replay({ 'GET /v1/jobs': [] });
    expect(await surveyDeployment(clientOf(empty), 'shop')).toEqual({
      filtered: true,
      jobs: [],
      children: [],
      index: expect.any(Number),
    });
  });

  test('of the whole cluster by such a server is none of any deployment', async () => {
    const nomad = await start({ filter: false });
    await deploy(nomad, 'manual', { deployment: '' });
    expect((await surveyCluster(clientOf(nomad.address)))('shop')).toEqual({ filtered: false });
  });

  test('is sorted by namespace, then by id, whatever the order of Nomad', async () => {
    const stub = (Namespace: string, ID: string) => ({
      ID,
      ParentID: '',
      Namespace,
      Type: 'service',
      Periodic: false,
      ParameterizedJob: false,
      Stop: false,
      Status: 'running',
      Meta: meta('shop'),
      JobSummary: null,
      JobModifyIndex: 1,
      SubmitTime: 1,
    });
    const stubs = [stub('z', 'a'), stub('a', 'c'), stub('z', 'b'), stub('a', 'b'), stub('m', 'a')];
    for (const body of [stubs, stubs.toReversed()]) {
      const client = clientOf(await replay({ 'GET /v1/jobs': body }));
      const sorted = ['a/b', 'a/c', 'm/a', 'z/a', 'z/b'];
      expect(jobsOf(await surveyDeployment(client, 'shop')).jobs.map(jobKey)).toEqual(sorted);
      expect((await listOwnerless(client, new Set(['a']))).map(jobKey)).toEqual(sorted);
    }
  });

  test.each([
    ['failed to create result paginator: failed to read filter expression: 1:1: no match found', true],
    ['failed to read result page: error finding value in datum: /Meta/x at part 0: couldn\'t find key: "Meta"', true],
    ['Invalid index', false],
    ['The plain HTTP request was sent to HTTPS port', false],
  ])('that is refused with %j takes the server for one that is too old: %s', async (words, tooOld) => {
    const refusing = clientOf(await serve((_, response) => response.writeHead(400).end(words)));
    const answer = await surveyDeployment(refusing, 'shop').catch((error: unknown) => error);
    if (tooOld) expect(answer).toEqual({ filtered: false });
    else expect(answer).toMatchObject({ reason: 'nomad-error', words });
  });

  test('takes no job that only nearly has the name', async () => {
    const stub = {
      ID: 'x',
      ParentID: '',
      Namespace: 'default',
      Type: 'service',
      Periodic: false,
      ParameterizedJob: false,
      Stop: false,
      Status: 'running',
      Meta: meta('shop2'),
      JobSummary: null,
      JobModifyIndex: 1,
      SubmitTime: 1,
    };
    const address = await replay({ 'GET /v1/jobs': [stub] });
    expect(jobsOf(await surveyDeployment(clientOf(address), 'shop')).jobs).toEqual([]);
  });
});

describe('ownership', () => {
  const owner = { deploymentName: 'shop', packName: 'web' };
  const rendered = [{ id: 'web', namespace: 'default' }];
  const job = (id: string, more: Partial<SurveyedJob> = {}, pack = 'web'): SurveyedJob => ({
    id,
    namespace: 'default',
    type: 'service',
    launches: undefined,
    status: 'running',
    stop: false,
    jobModifyIndex: 1,
    submitTime: 0,
    groups: {},
    pack: { name: pack, registry: 'lab', ref: 'v1', path: '' },
    ...more,
  });
  const none = { jobs: [], children: [], existing: new Map<string, Job>() };

  test.each<[string, SurveyedJob, 'stops' | 'foreign' | undefined, object]>([
    ['its own job stays', job('web'), undefined, {}],
    ['its own job that it no longer has is stopped', job('old'), 'stops', {}],
    ['a dead one is not', job('old', { status: 'dead' }), undefined, {}],
    [
      'one of another registry is still its own',
      job('old', { pack: { name: 'web', registry: 'x', ref: '', path: '' } }),
      'stops',
      {},
    ],
    ['one of another pack is another’s', job('old', {}, 'batch'), 'foreign', { effect: 'stop', other: 'pack' }],
    [
      'one of another namespace, too',
      job('old', { namespace: 'prod' }),
      'foreign',
      { effect: 'stop', other: 'namespace' },
    ],
    // nomad-pack compares ids alone.
    ['unless it has the id of a rendered one', job('web', { namespace: 'prod' }), undefined, {}],
    [
      'the same id of another pack would be replaced',
      job('web', {}, 'batch'),
      'foreign',
      { effect: 'replace', other: 'pack' },
    ],
    ['which a stopped job does not mind', job('web', { stop: true, status: 'dead' }, 'batch'), undefined, {}],
  ])('%s', (_, found, where, expected) => {
    const ownership = compareOwnership(owner, rendered, { ...none, jobs: [found] });
    expect(ownership.stops.map(({ id }) => id)).toEqual(where === 'stops' ? [found.id] : []);
    expect(ownership.foreign).toEqual(where === 'foreign' ? [expect.objectContaining(expected)] : []);
  });

  test('running children are stopped, too', () => {
    const child = { ...job('nightly/periodic-1'), parentId: 'nightly' };
    const foreign = { ...job('task/dispatch-1', {}, 'batch'), parentId: 'task' };
    const ownership = compareOwnership(owner, rendered, { ...none, children: [child, foreign] });
    expect(ownership.children).toEqual([child]);
    expect(ownership.foreign.map(({ id, effect }) => [id, effect])).toEqual([['task/dispatch-1', 'stop']]);
  });

  test('an id that is another deployment’s, or nobody’s, is refused with both names', () => {
    const of = (Meta: object | null) => new Map([['default/web', { Meta } as Job]]);
    const refuse = (existing: Map<string, Job>, allowReplace = true) => {
      const ownership = compareOwnership(owner, rendered, { ...none, existing });
      return () => {
        for (const fault of ownershipFaults(owner, ownership, { allowReplace })) throw fault;
      };
    };
    expect(refuse(of(meta('shop')))).not.toThrow();
    expect(refuse(new Map())).not.toThrow();
    expect(refuse(of(meta('blog', 'cms')))).toThrow(
      'Job "web" in namespace "default" belongs to deployment "blog" of pack "cms", not to deployment "shop" of pack "web"',
    );
    expect(refuse(of(meta('blog', 'cms')))).toThrow(
      expect.objectContaining({ reason: 'job-conflict', hint: expect.stringContaining('`blog`') }),
    );
    expect(refuse(of(null))).toThrow('was not deployed by nomad-pack');
    expect(refuse(of(null))).toThrow(expect.objectContaining({ hint: expect.stringContaining('purge') }));
  });

  test('an id that is nobody’s is taken over where that is asked for, and no other', () => {
    const compare = (Meta: object | null, adopt: string[]) =>
      compareOwnership(
        owner,
        rendered,
        { ...none, existing: new Map([['default/web', { Meta } as Job]]) },
        { jobs: true, children: true },
        new Set(adopt),
      );
    expect(compare(null, ['web'])).toMatchObject({ conflicts: [], adopted: [{ id: 'web' }] });
    expect(compare({ 'pack.name': 'web' }, ['web'])).toMatchObject({ conflicts: [], adopted: [{ id: 'web' }] });
    expect(compare(null, ['api'])).toMatchObject({ conflicts: [{ id: 'web' }], adopted: [] });
    expect(compare(meta('blog'), ['web'])).toMatchObject({ conflicts: [{ id: 'web' }], adopted: [] });
    expect(compare(meta('shop'), ['web'])).toMatchObject({ conflicts: [], adopted: [] });
  });

  test('jobs of others are named one by one, unless they may be replaced', () => {
    const found = { ...none, jobs: [job('old', {}, 'batch'), job('web', {}, '')] };
    const ownership = compareOwnership(owner, rendered, found);
    const [fault] = ownershipFaults(owner, ownership, { allowReplace: false });
    expect(fault?.message).toBe(
      'Deploying pack "web" as "shop" would stop job "old" of pack "batch" in namespace "default"\n' +
        'Deploying pack "web" as "shop" would replace job "web" of no known pack in namespace "default"',
    );
    expect(ownershipFaults(owner, ownership, { allowReplace: true })).toEqual([]);
    expect(ownership.foreign.map((one) => describeForeign(owner, one))).toHaveLength(2);
  });
});

describe('jobs', () => {
  test('that exist, and their versions', async () => {
    const nomad = await start();
    await deploy(nomad, 'web');
    await deploy(nomad, 'web', { count: 2 });
    const client = clientOf(nomad.address);
    const refs = ['web', 'none'].map((id) => ({ id, namespace: 'default' }));
    expect([...(await readExisting(client, refs)).keys()]).toEqual(['default/web']);
    expect((await listVersions(client, refs[0] ?? { id: '', namespace: '' })).map(({ Version }) => Version)).toEqual([
      1, 0,
    ]);
    expect(await listVersions(client, { id: 'none', namespace: 'default' })).toEqual([]);
  });

  test('a job that may not be seen is not one that does not exist', async () => {
    const nomad = await start({ acl: { tokens: [] } });
    const client = clientOf(nomad.address, { token: 'wrong' });
    expect((await failure(readJob(client, { id: 'web', namespace: 'default' }))).reason).toBe('nomad-auth');
    expect((await failure(listVersions(client, { id: 'web', namespace: 'default' }))).reason).toBe('nomad-auth');
  });

  const owner = { deploymentName: 'shop', packName: 'web' };
  const web = { id: 'web', namespace: 'default' };

  test('are stopped, or purged; what is gone is gone', async () => {
    const nomad = await start();
    const client = clientOf(nomad.address);
    await deploy(nomad, 'web');
    expect(await stopJob(client, web, owner, { purge: false })).toEqual({ state: 'done' });
    expect(nomad.state.job('default', 'web')?.Stop).toBe(true);
    await stopJob(client, web, owner, { purge: true });
    expect(nomad.state.job('default', 'web')).toBeUndefined();
    expect(await stopJob(client, web, owner, { purge: true })).toEqual({ state: 'gone' });
  });

  test.each([
    [{ deployment: 'blog' }, 'deployment "blog" of pack "web"'],
    [{ pack: 'cms' }, 'deployment "shop" of pack "cms"'],
    [{ deployment: '' }, 'no deployment'],
  ])('that changed hands are left alone: %j', async (change, whose) => {
    const nomad = await start();
    await deploy(nomad, 'web', change);
    expect(await stopJob(clientOf(nomad.address), web, owner, { purge: true })).toEqual({
      state: 'undone',
      failure: expect.objectContaining({
        reason: 'would-stop-others',
        message: expect.stringContaining(`now belongs to ${whose}`),
      }),
    });
    expect(nomad.state.job('default', 'web')?.Stop).toBe(false);
    expect(nomad.requests.every(({ method }) => method !== 'DELETE')).toBe(true);
  });

  test('canaries are promoted', async () => {
    const nomad = await start();
    const update = 'canary = 1';
    await deploy(nomad, 'web', { update });
    await nomad.until((state) => state.latestDeployment('default', 'web')?.Status === 'successful');
    await deploy(nomad, 'web', { update, message: 'two' });
    const deployment = await nomad.until((state) => {
      const latest = state.latestDeployment('default', 'web');
      return latest?.JobVersion === 1 && latest.TaskGroups['app']?.HealthyAllocs === 1 && latest;
    });
    expect(await promote(clientOf(nomad.address), deployment.ID, 'default')).toEqual({ state: 'done' });
    expect(nomad.state.latestDeployment('default', 'web')?.TaskGroups['app']?.Promoted).toBe(true);
    expect(await promote(clientOf(nomad.address), 'none', 'default')).toEqual({
      state: 'undone',
      failure: expect.objectContaining({ reason: 'nomad-error' }),
    });
  });
});

test('counts that are kept are those of the groups that are there already', () => {
  const group = (Name: string, Count: number) => ({ Name, Count, Tasks: null });
  const specification = { ID: 'web', TaskGroups: [group('app', 1), group('new', 2)] } as unknown as Job;
  const rendered: RenderedJob[] = [
    { id: 'web', namespace: 'default', file: 'web.nomad', specification },
    { id: 'none', namespace: 'default', file: 'none.nomad', specification: { ...specification, TaskGroups: null } },
  ];
  const existing = new Map([['default/web', { ...specification, TaskGroups: [group('app', 7), group('old', 9)] }]]);
  const [web, none] = keepCounts(rendered, existing);
  expect(web?.specification.TaskGroups).toEqual([group('app', 7), group('new', 2)]);
  expect(none?.specification.TaskGroups).toEqual([]);
  expect(specification.TaskGroups?.[0]?.Count).toBe(1);
});
