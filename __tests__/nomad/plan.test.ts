import { describe, expect, test } from '@jest/globals';
import { jobSpecification } from 'nomad-pack-sandbox/__tests__/support/api.ts';
import { type Recorded, readRecordings } from 'nomad-pack-sandbox/__tests__/support/recordings.ts';
import type { AllocationMetric, Job, JobDiff, JobPlan } from '../../src/nomad/api.ts';
import { type Disclosure, differences } from '../../src/nomad/diff.ts';
import { describePlans, planJobs } from '../../src/nomad/dry-run.ts';
import { describePlacementFailure } from '../../src/nomad/placement.ts';
import { planDigest } from '../../src/nomad/plan-digest.ts';
import { parseJobs, refuseOtherRegions, refuseTwins } from '../../src/nomad/specification.ts';
import { failure } from '../support/failure.ts';
import { anything, clientOf, replay, serve, start } from './support/clients.ts';

const packMeta = { deploymentName: 'shop', packName: 'web', packPath: '.cache/web', registry: 'lab', ref: 'v1' };
const open = { redact: (text: string) => text, hidesOld: () => false, hidesNew: () => false };
const file = (text: string, name = 'web/web.nomad') => ({ name, text });

describe('rendered jobs', () => {
  test('get what nomad-pack would give them, and keep their own metadata', async () => {
    const nomad = await start();
    const text = jobSpecification('web', { job: 'meta = {\n team = "a"\n "pack.name" = "forged"\n }' });
    const [job] = await parseJobs(clientOf(nomad.address), [file(text)], packMeta);
    expect(job).toMatchObject({ id: 'web', namespace: 'default', file: 'web/web.nomad' });
    expect(job?.specification).toMatchObject({ ID: 'web', Name: 'web', Namespace: 'default' });
    expect(job?.specification.Meta).toEqual({
      team: 'a',
      'pack.name': 'web',
      'pack.path': '.cache/web',
      'pack.registry': 'lab',
      'pack.version': 'v1',
      'pack.deployment_name': 'shop',
      'pack.job': 'web',
    });
  });

  test('go where their template says, and else where nomad-pack sends them', async () => {
    const nomad = await start({ namespaces: ['prod', 'dev'] });
    const client = clientOf(nomad.address, { namespace: 'dev' });
    const plain = file(jobSpecification('plain'), 'plain.nomad');
    const naming = (namespace: string, name: string) => ({
      ...file(jobSpecification(name, { job: `namespace = "${namespace}"` }), `${name}.nomad`),
      namespace,
    });
    const inProd = naming('prod', 'prod');
    const inDefault = naming('default', 'def');
    const namespaces = async (...files: (typeof plain)[]) =>
      (await parseJobs(client, files, packMeta)).map(({ namespace }) => namespace);
    expect(await namespaces(plain)).toEqual(['dev']);
    expect(await namespaces(inProd, inDefault)).toEqual(['prod', 'default']);
    expect(await namespaces(plain, inProd)).toEqual(['prod', 'prod']);
    const error = await failure(namespaces(plain, inProd, inDefault));
    expect([error.reason, error.message]).toEqual([
      'job-specification',
      expect.stringContaining(
        'plain.nomad names no namespace while other templates of the pack name "default", "prod"',
      ),
    ]);
  });

  test('that Nomad cannot read are named by their file', async () => {
    const nomad = await start();
    const error = await failure(parseJobs(clientOf(nomad.address), [file('job "web" {\n nonsense = 1\n}')], packMeta));
    expect([error.reason, error.message]).toEqual([
      'job-specification',
      expect.stringMatching(/^Nomad cannot read web\/web\.nomad, line 2: .*nonsense/s),
    ]);
  });

  test('that have no name are refused', async () => {
    const address = await replay({ 'POST /v1/jobs/parse': { ID: '', Name: '', Meta: null } });
    const error = await failure(parseJobs(clientOf(address), [file('job "" {}')], packMeta));
    expect([error.reason, error.message]).toEqual([
      'job-specification',
      'web/web.nomad renders to a job without a name',
    ]);
    expect(error.hint).not.toBe('');
  });

  test('are named by their ids where they have no other name', async () => {
    const address = await replay({
      'POST /v1/jobs/parse': { ID: 'web', Name: '', Namespace: 'prod', Meta: { a: 'b' } },
    });
    const [job] = await parseJobs(clientOf(address), [file('job "web" {}')], packMeta);
    expect(job).toMatchObject({
      namespace: 'prod',
      specification: { Name: 'web', Namespace: 'prod', Meta: { a: 'b' } },
    });
  });

  test('keep the label that nomad-pack found, and else their id', async () => {
    const address = await replay({ 'POST /v1/jobs/parse': { ID: 'web', Name: 'web', Meta: null } });
    const label = async (more: { label?: string }) =>
      (await parseJobs(clientOf(address), [{ ...file('job "x" {}'), ...more }], packMeta))[0]?.specification.Meta?.[
        'pack.job'
      ];
    expect(await label({ label: 'label' })).toBe('label');
    expect(await label({})).toBe('web');
  });

  test('are refused where two files render to one, unless it is in another namespace', async () => {
    const job = (file: string, namespace: string) => ({ id: 'web', namespace, file, specification: {} as Job });
    const twins = [job('a.nomad', 'default'), job('b.nomad', 'prod'), job('c.nomad', 'default')];
    const error = await failure((async () => refuseTwins(twins))());
    expect([error.reason, error.message]).toEqual([
      'job-specification',
      expect.stringContaining('a.nomad and c.nomad both render to job "web" in namespace "default"'),
    ]);
    expect(() => refuseTwins(twins.slice(0, 2))).not.toThrow();
    const cases = [job('a.nomad', 'default'), { ...job('b.nomad', 'default'), id: 'Web' }];
    expect((await failure((async () => refuseTwins(cases))())).message).toMatch(
      /^a\.nomad renders to job "web" and b\.nomad to job "Web" .*upper and lower case only/,
    );
  });

  describe('of a region', () => {
    const inRegion = (region: string | null) => [
      { id: 'web', namespace: 'default', file: 'web/web.nomad', specification: { Region: region } as Job },
    ];

    test.each([undefined, 'global'])('are taken in the step’s own, which is %p', async (region) => {
      const nomad = await start();
      const client = clientOf(nomad.address, region === undefined ? {} : { region });
      await refuseOtherRegions(client, [...inRegion('global'), ...inRegion(null)]);
      const error = await failure(refuseOtherRegions(client, inRegion('eu')));
      expect([error.reason, error.message, error.hint]).toEqual([
        'job-specification',
        expect.stringMatching(/^web\/web\.nomad: job "web" names the region "eu", but this step works in /),
        expect.stringContaining('Set `nomad_region` to `eu`'),
      ]);
    });

    test('are refused where the servers of that region are others', async () => {
      const address = await serve(({ url = '' }, response) => {
        response.end(JSON.stringify([url.includes('region=eu') ? '10.0.0.2:4647' : '10.0.0.1:4647']));
      });
      const error = await failure(refuseOtherRegions(clientOf(address), inRegion('eu')));
      expect(error.reason).toBe('job-specification');
    });

    test('are taken where one of its servers is one of ours, and no region has no say', async () => {
      const asked: string[] = [];
      const address = await serve(({ url = '' }, response) => {
        asked.push(url);
        response.end(
          JSON.stringify(url.includes('region=eu') ? ['10.0.0.2:4647', '10.0.0.1:4647'] : ['10.0.0.1:4647']),
        );
      });
      await refuseOtherRegions(clientOf(address), inRegion(''));
      expect(asked).toEqual([]);
      await refuseOtherRegions(clientOf(address), inRegion('eu'));
      expect(asked).toHaveLength(2);
    });

    test('are refused where Nomad knows no way there', async () => {
      const address = await serve(({ url = '' }, response) => {
        if (url.includes('region=eu')) response.writeHead(500).end('No path to region');
        else response.end('["10.0.0.1:4647"]');
      });
      expect((await failure(refuseOtherRegions(clientOf(address), inRegion('eu')))).reason).toBe('job-specification');
    });

    test('are not judged where Nomad does not answer', async () => {
      const address = await serve((_, response) => void response.writeHead(400).end('no'));
      expect((await failure(refuseOtherRegions(clientOf(address), inRegion('eu')))).reason).toBe('nomad-error');
    });
  });

  test('are read with the right that the token has in some namespace that they name', async () => {
    const policies = { prod: { namespaces: { prod: ['read'] } } };
    const acl = { policies, tokens: [{ secretId: 'prod', policies: ['prod'] }] };
    const nomad = await start({ acl, namespaces: ['prod', 'dev'] });
    const client = clientOf(nomad.address, { token: 'prod' });
    const inProd = jobSpecification('web', { job: 'namespace = "prod"' });
    expect((await parseJobs(client, [file(inProd)], packMeta))[0]?.namespace).toBe('prod');
    for (const line of ['namespace="prod"', 'namespace   =   "prod"', 'namespace = "dev"\n namespace = "prod"'])
      expect((await failure(parseJobs(client, [file(`job "x" {\n ${line}\n nonsense = 1\n}`)], packMeta))).reason).toBe(
        'job-specification',
      );
    const inDev = jobSpecification('web', { job: 'namespace = "dev"' });
    const refused = await failure(parseJobs(client, [file(inDev)], packMeta));
    expect([refused.reason, refused.message]).toEqual(['nomad-auth', expect.stringContaining('namespace "default"')]);
    // What is wrong with the job itself is worth more than the first refusal.
    const broken = await failure(
      parseJobs(client, [file('job "x" {\n namespace = "prod"\n nonsense = 1\n}')], packMeta),
    );
    expect(broken.reason).toBe('job-specification');
  });
});

describe('a plan', () => {
  const rendered = async (address: string, ...texts: string[]) =>
    await parseJobs(
      clientOf(address),
      texts.map((text) => file(text)),
      packMeta,
    );
  async function planned(address: string, ...texts: string[]) {
    return describePlans(await planJobs(clientOf(address), await rendered(address, ...texts)), () => open);
  }
  async function registerAll(address: string, ...texts: string[]) {
    for (const { specification } of await rendered(address, ...texts)) {
      await clientOf(address).post('/v1/jobs', anything, { Job: specification });
    }
  }

  test('of what is new, unchanged, changed in place, and replaced', async () => {
    const { address } = await start();
    const [create] = await planned(address, jobSpecification('web', { count: 2 }));
    expect(create).toMatchObject({ id: 'web', action: 'create', basedOn: 0, placementFailures: [] });
    expect(create?.groups).toEqual([{ name: 'app', create: 2, updateInPlace: 0, replace: 0, stop: 0, unchanged: 0 }]);
    await registerAll(address, jobSpecification('web', { count: 2 }));
    const [none] = await planned(address, jobSpecification('web', { count: 2 }));
    expect(none).toMatchObject({ action: 'none', diff: [], groups: [{ create: 0, replace: 0, unchanged: 2 }] });
    expect(none?.basedOn).toBeGreaterThan(0);
    const [update] = await planned(address, jobSpecification('web', { count: 3 }));
    expect(update).toMatchObject({ action: 'update', diff: ['~ group "app" > Count: "2" => "3"'] });
    const [replace] = await planned(address, jobSpecification('web', { count: 2, message: 'two' }));
    expect(replace).toMatchObject({
      action: 'replace',
      diff: ['~ group "app" > task "server" > Env[MESSAGE]: "hello" => "two"'],
    });
  });

  test('says what cannot be placed, and is sorted', async () => {
    const { address } = await start();
    const changes = await planned(address, jobSpecification('b', { memory: 999_999 }), jobSpecification('a'));
    expect(changes.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(changes[1]?.placementFailures).toEqual([
      'group "app": no node has 999,999 MB of memory free: 1 of 1 nodes exhausted',
    ]);
  });

  test('changes nothing', async () => {
    const nomad = await start();
    await planned(nomad.address, jobSpecification('web'));
    expect(nomad.state.allJobs()).toEqual([]);
  });

  test('of a job that Nomad would refuse names the file', async () => {
    const words =
      '1 error occurred:\n\t* Task group g validation failed: 1 error occurred:\n\t* Missing tasks for task group\n\n';
    const answer = (status: number, body: string) =>
      serve((request, response) => {
        if (request.url?.startsWith('/v1/jobs/parse')) response.end(JSON.stringify({ ID: 'x', Name: 'x' }));
        else response.writeHead(status).end(body);
      });
    const error = await failure(planned(await answer(500, words), 'job "x" {}'));
    expect([error.reason, error.message]).toEqual([
      'job-specification',
      'Nomad would refuse job "x" of web/web.nomad: Task group g validation failed: Missing tasks for task group',
    ]);
    const within = `Unexpected: ${words}`;
    expect((await failure(planned(await answer(500, within), 'job "x" {}'))).reason).toBe('nomad-error');
    const namespace = '1 error occurred:\n\t* job "x" is in nonexistent namespace "nope"';
    expect((await failure(planned(await answer(500, namespace), 'job "x" {}'))).reason).toBe('nomad-namespace');
    expect((await failure(planned(await answer(500, 'boom'), 'job "x" {}'))).reason).toBe('nomad-error');
  });
});

describe('a difference', () => {
  const diffLines = (job: JobDiff, disclosure: Disclosure) => differences(job, disclosure).map(({ line }) => line);
  const diff = (more: Partial<JobDiff>): JobDiff => ({
    Type: 'Edited',
    ID: 'web',
    Fields: null,
    Objects: null,
    TaskGroups: null,
    ...more,
  });
  const field = (Type: 'Added' | 'Deleted' | 'Edited' | 'None', Name: string, Old: string, New: string) => ({
    Type,
    Name,
    Old,
    New,
  });

  test('is the same however Nomad sorts it', () => {
    const fields = [
      field('Edited', 'Priority', '50', '60'),
      field('Added', 'Region', '', 'eu'),
      field('Deleted', 'A', 'x', ''),
    ];
    const group = {
      Type: 'Edited' as const,
      Name: 'app',
      Fields: null,
      Objects: [
        { Type: 'Edited' as const, Name: 'Update', Fields: [field('Edited', 'Canary', '0', '1')], Objects: null },
      ],
      Tasks: [{ Type: 'Edited' as const, Name: 'server', Fields: [field('None', 'Driver', 'a', 'a')], Objects: null }],
    };
    const lines = diffLines(diff({ Fields: fields, TaskGroups: [group] }), open);
    expect(lines).toEqual([
      '- A: "x"',
      '~ Priority: "50" => "60"',
      '+ Region: "eu"',
      '~ group "app" > Update > Canary: "0" => "1"',
    ]);
    expect(diffLines(diff({ Fields: fields.toReversed(), TaskGroups: [group] }), open)).toEqual(lines);
  });

  test('is the same where several changes have one path', () => {
    const fields = ['b', 'a', 'c'].map((next) => field('Added', 'Constraint', '', next));
    const sorted = ['a', 'b', 'c'].map((next) => `+ Constraint: "${next}"`);
    expect(diffLines(diff({ Fields: fields }), open)).toEqual(sorted);
    expect(diffLines(diff({ Fields: fields.toReversed() }), open)).toEqual(sorted);
  });

  test('is one line each, without secrets, whatever names and values hold', () => {
    const redact = (text: string) => text.replaceAll('hunter2', '***');
    const fields = [
      field('Edited', 'Env[hunter2]', 'hunter2', 'a\n::error::x'),
      field('Added', 'Meta[a\n::set-output name=x::]', '', '\u001b[31m'),
    ];
    const lines = diffLines(diff({ Fields: fields }), { ...open, redact });
    expect(lines).toEqual([
      '~ Env[***]: "***" => "a\\n::error::x"',
      '+ Meta[a\\n::set-output name=x::]: "\\u001b[31m"',
    ]);
  });
});

describe('what could not be placed', () => {
  const metric = (more: Partial<AllocationMetric>): AllocationMetric => ({
    NodesEvaluated: 3,
    NodesFiltered: 0,
    NodesExhausted: 0,
    NodesAvailable: null,
    ClassFiltered: null,
    ConstraintFiltered: null,
    ClassExhausted: null,
    DimensionExhausted: null,
    QuotaExhausted: null,
    CoalescedFailures: 0,
    ...more,
  });

  test.each<[Partial<AllocationMetric>, string]>([
    [
      {
        DimensionExhausted: { memory: 2, cpu: 1 },
        ResourcesExhausted: { a: { CPU: 500, MemoryMB: 512 }, b: { CPU: 500, MemoryMB: 512 } },
        CoalescedFailures: 1,
      },
      'no node has 500 MHz of CPU free: 1 of 3 nodes exhausted; no node has 512 MB of memory free: 2 of 3 nodes exhausted',
    ],
    [
      { DimensionExhausted: { 'network: port collision': 3 } },
      'not enough network: port collision: 3 of 3 nodes exhausted',
    ],
    [
      { DimensionExhausted: { cores: 3 }, ResourcesExhausted: { a: { Cores: 64 } } },
      'no node has 64 CPU cores free: 3 of 3 nodes exhausted',
    ],
    [{ DimensionExhausted: { memory: 3 } }, 'not enough memory: 3 of 3 nodes exhausted'],
    [
      { ConstraintFiltered: { '${attr.os} = x': 3 }, ClassFiltered: { small: 3 } },
      'the constraint "${attr.os} = x" rules out 3 of 3 nodes',
    ],
    [{ ClassFiltered: { small: 3 } }, '3 of 3 nodes ruled out in class "small"'],
    [
      { QuotaExhausted: ['memory', 'cpu'] },
      'the namespace’s quota is used up: cpu; the namespace’s quota is used up: memory',
    ],
    [{ NodesEvaluated: 0 }, 'no node in the job’s datacenters is ready'],
    [{ NodesEvaluated: 0, NodePool: '' }, 'no node in the job’s datacenters is ready'],
    [{ NodesEvaluated: 0, NodePool: 'gpu' }, 'no node of node pool "gpu" in the job’s datacenters is ready'],
    [{ NodesEvaluated: 1_500 }, 'none of 1,500 nodes would do'],
  ])('%j: %s', (more, words) => {
    expect(describePlacementFailure(metric(more))).toBe(words);
  });
});

describe('the digest of a plan', () => {
  const group = { name: 'app', create: 1, updateInPlace: 0, replace: 0, stop: 0, unchanged: 0 };
  const change = (id: string) => ({
    id,
    namespace: 'default',
    action: 'create' as const,
    groups: [group],
    placementFailures: [],
    basedOn: 0,
    diff: ['+ ID: "web"'],
  });

  test('is the same for the same changes, in whatever order, with whatever room there is', () => {
    const digest = planDigest([change('a'), change('b')]);
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(planDigest([change('b'), { ...change('a'), placementFailures: ['none'] }])).toBe(digest);
    // Pinned: a digest that was reviewed must hold for the deploy that a newer release of the action makes.
    expect(planDigest([change('a')])).toBe('sha256:ef2d5c25ec18a1775a5c1ee5f9a60ee44a4bad7888933725f80195888f2baf9f');
  });

  /** Of a job whose only change reads so. */
  const digestOf = (...diff: string[]) => planDigest([{ ...change('a'), diff }]);

  test.each([
    ['what a secret in base64 shares with its neighbours', 'a: "xy***zA=="', 'a: "***"'],
    ['one character on either side', 'a: "+***/"', 'a: "-***_="'],
    ['in several places', 'a: "b***c d***="', 'a: "*** ***"'],
  ])('pays no heed to %s', (_, one, other) => {
    expect(digestOf(one)).toBe(digestOf(other));
  });

  test.each([
    ['more than two characters before a secret', 'a: "xyz***"', 'a: "abz***"'],
    ['more than two characters after it', 'a: "***xyz"', 'a: "***xya"'],
    ['what is not part of base64', 'a: "(***"', 'a: "***"'],
    ['where there is no secret', 'a: "x=="', 'a: "x"'],
  ])('heeds %s', (_, one, other) => {
    expect(digestOf(one)).not.toBe(digestOf(other));
  });

  test.each([
    { id: 'c' },
    { namespace: 'prod' },
    { action: 'update' as const },
    { groups: [{ ...group, stop: 1 }] },
    { basedOn: 7 },
    { diff: [] },
  ])('is another for %j', (other) => {
    expect(planDigest([{ ...change('a'), ...other }])).not.toBe(planDigest([change('a')]));
  });
});

const recordings = readRecordings();

describe('plans of a real Nomad', () => {
  const plan = (name: string) => recordedBody<JobPlan>(recordings['plan']?.[name]);

  test.each([
    ['unchanged', 'none'],
    ['changed', 'update'],
    ['cannot_place', undefined],
  ])('%s', async (name, action) => {
    const address = await replay({ 'POST /v1/job/slow/plan': plan(name) });
    const job = { id: 'slow', namespace: 'default', file: 'slow.nomad', specification: {} as never };
    const [change] = describePlans(await planJobs(clientOf(address), [job]), () => open);
    if (action !== undefined) expect(change?.action).toBe(action);
    else
      expect(change?.placementFailures).toEqual([
        expect.stringMatching(/no node has [\d,]+ MB of memory free: 1 of 1 nodes exhausted$/),
      ]);
    expect(change?.diff.length === 0).toBe(name === 'unchanged');
  });
});

/** Bodies were recorded as text. */
function recordedBody<Body>(recorded: Recorded | undefined): Body {
  return (typeof recorded?.body === 'string' ? JSON.parse(recorded.body) : recorded?.body) as Body;
}
