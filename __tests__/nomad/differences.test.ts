import { describe, expect, test } from '@jest/globals';
import type { DesiredUpdates, FieldDiff, Job, JobDiff, JobPlan, ObjectDiff } from '../../src/nomad/api.ts';
import { type Disclosure, differences, withoutServerFields } from '../../src/nomad/diff.ts';
import {
  byNamespaceAndId,
  canRedeploy,
  describePlans,
  leavesAlone,
  planJobs,
  redeployed,
} from '../../src/nomad/dry-run.ts';
import { group, specification } from './rollout/support/moments.ts';
import { clientOf, serve } from './support/clients.ts';

const open: Disclosure = { redact: (text) => text, hidesOld: () => false, hidesNew: () => false };
const edited = (Name: string, Old: string, New: string): FieldDiff => ({ Type: 'Edited', Name, Old, New });
const added = (Name: string, New: string): FieldDiff => ({ Type: 'Added', Name, Old: '', New });
const deleted = (Name: string, Old: string): FieldDiff => ({ Type: 'Deleted', Name, Old, New: '' });

const block = (more: Partial<ObjectDiff>): ObjectDiff => ({ Type: 'Edited', Fields: null, Objects: null, ...more });
const job = (Fields: readonly FieldDiff[], more: Partial<JobDiff> = {}): JobDiff => ({
  ...block({ Fields }),
  ID: 'web',
  TaskGroups: null,
  ...more,
});

describe('a difference as data', () => {
  const fieldOf = (field: FieldDiff, disclosure: Partial<Disclosure> = {}) =>
    differences(job([field]), { ...open, ...disclosure })[0];

  test('has the values that there are', () => {
    expect(fieldOf(added('Region', 'eu'))?.field).toEqual({ sign: '+', path: 'Region', after: 'eu', isDefault: false });
    expect(fieldOf(deleted('Region', 'eu'))?.field).toEqual({
      sign: '-',
      path: 'Region',
      before: 'eu',
      isDefault: false,
    });
    expect(fieldOf(edited('Region', 'eu', 'us'))?.field).toEqual({
      sign: '~',
      path: 'Region',
      before: 'eu',
      after: 'us',
      isDefault: false,
    });
  });

  test('has durations in words, and the line as Nomad has them', () => {
    const minute = '60000000000';
    expect(fieldOf(added('Interval', minute))).toMatchObject({
      line: `+ Interval: "${minute}"`,
      field: { after: '1m' },
    });
    expect(fieldOf(deleted('Interval', minute))?.field).toMatchObject({ before: '1m' });
    expect(fieldOf(edited('Interval', minute, '1000000000'))?.field).toMatchObject({ before: '1m', after: '1s' });
  });

  test('hides the one value and shows the other, in both forms', () => {
    const hidesOld = { hidesOld: () => true };
    const hidesNew = { hidesNew: () => true };
    expect(fieldOf(edited('A', 'one', 'two'), hidesOld)).toMatchObject({
      line: '~ A: "***" => "two"',
      field: { before: '***', after: 'two' },
    });
    expect(fieldOf(edited('A', 'one', 'two'), hidesNew)).toMatchObject({
      line: '~ A: "one" => "***"',
      field: { before: 'one', after: '***' },
    });
    expect(fieldOf(deleted('A', 'one'), hidesOld)).toMatchObject({ line: '- A: "***"', field: { before: '***' } });
    expect(fieldOf(added('A', 'two'), hidesNew)).toMatchObject({ line: '+ A: "***"', field: { after: '***' } });
    expect(fieldOf(added('A', 'two'), hidesOld)).toMatchObject({ line: '+ A: "two"', field: { after: 'two' } });
  });

  test('of a hidden text shows the lines that the new one shows, and not how many others there are', () => {
    const redact = (text: string) => text.replaceAll('hunter2', '***');
    const old = 'listen 80\nuser a\npassword b\nlog on\nsecret ***';
    const next = 'listen 80\nuser hunter2\nlog on\nsecret ***';
    const found = fieldOf(edited('EmbeddedTmpl', old, next), { redact, hidesOld: () => true });
    expect(found?.field).toMatchObject({
      before: 'listen 80\n***\nlog on\n***',
      after: 'listen 80\nuser ***\nlog on\nsecret ***',
    });
    expect(found?.line).toContain('"***" =>');
  });

  test('says which values are defaults: only those of blocks that are new', () => {
    const fresh = block({ Type: 'Added', Name: 'Restart', Fields: [added('Attempts', '3')] });
    const found = differences(
      job([added('Priority', '50')], { Objects: [fresh] }),
      open,
      (change) => change.isInNewBlock,
    );
    expect(found.map(({ field }) => [field.path, field.isDefault])).toEqual([
      ['Priority', false],
      ['Restart > Attempts', true],
    ]);
    expect(differences(job([], { Objects: [fresh] }), open)[0]?.field.isDefault).toBe(false);
  });

  test('has the path of all blocks that it stands in, those without a name, too', () => {
    const nested = block({ Name: 'Service', Objects: [block({ Fields: [edited('Port', '1', '2')] })] });
    const task = { ...block({ Objects: [nested] }), Name: 'server' };
    const groups = [{ ...block({ Fields: [edited('Count', '1', '2')] }), Name: 'app', Tasks: [task] }];
    const lone = [{ ...block({ Fields: [edited('Count', '3', '4')] }), Name: 'side', Tasks: null }];
    const found = differences(job([], { TaskGroups: [...groups, ...lone] }), open);
    expect(found.map(({ field }) => field.path)).toEqual([
      'group "app" > Count',
      'group "app" > task "server" > Service >  > Port',
      'group "side" > Count',
    ]);
  });
});

describe('what Nomad itself writes into a scaling policy', () => {
  const policy = block({ Name: 'Scaling' });
  const none = (name: string) => ({ ...block({ Type: 'None' }), Name: name, Tasks: null });
  const inGroup = (more: Partial<ObjectDiff> & { readonly Tasks?: readonly ObjectDiff[] }) => ({
    ...block({ Objects: [policy] }),
    Name: 'app',
    Tasks: null,
    ...more,
  });
  const same = { ...block({ Type: 'None' }), Name: 'server' };
  const other = { ...block({}), Name: 'server' };

  type Group = NonNullable<JobDiff['TaskGroups']>[number];
  const cleared = (groups: readonly object[] | null, more: Partial<JobDiff> = {}) => {
    const { Type, TaskGroups } = withoutServerFields(job([], { TaskGroups: groups as Group[] | null, ...more }));
    return [Type, ...(TaskGroups ?? []).map((group) => [group.Type, (group.Objects ?? []).length].join(' '))];
  };

  test.each<[string, readonly object[] | null, Partial<JobDiff>, string[]]>([
    ['is no difference of a job', [inGroup({})], {}, ['None', 'None 0']],
    [
      'nor beside tasks and groups that are the same',
      [inGroup({ Tasks: [same] }), none('side')],
      {},
      ['None', 'None 0', 'None 0'],
    ],
    ['nor in two groups', [inGroup({}), inGroup({ Name: 'side' })], {}, ['None', 'None 0', 'None 0']],
    ['is one beside a task that differs', [inGroup({ Tasks: [same, other] })], {}, ['Edited', 'Edited 0']],
    ['beside another block', [inGroup({ Objects: [policy, block({ Name: 'Update' })] })], {}, ['Edited', 'Edited 1']],
    ['beside a field', [inGroup({ Fields: [edited('Count', '1', '2')] })], {}, ['Edited', 'Edited 0']],
    [
      'beside another group',
      [inGroup({}), inGroup({ Objects: [block({ Name: 'Update' })] })],
      {},
      ['Edited', 'None 0', 'Edited 1'],
    ],
    ['beside a field of the job', [inGroup({})], { Fields: [edited('Priority', '50', '60')] }, ['Edited', 'None 0']],
    ['beside a block of the job', [inGroup({})], { Objects: [block({ Name: 'Update' })] }, ['Edited', 'None 0']],
    ['of a job that is new', [inGroup({})], { Type: 'Added' }, ['Added', 'None 0']],
    [
      'where it has a field',
      [inGroup({ Objects: [block({ ...policy, Fields: [edited('Max', '1', '2')] })] })],
      {},
      ['Edited', 'Edited 1'],
    ],
    [
      'where it has a block',
      [inGroup({ Objects: [block({ ...policy, Objects: [block({})] })] })],
      {},
      ['Edited', 'Edited 1'],
    ],
    [
      'where the policy is new',
      [inGroup({ Objects: [block({ ...policy, Type: 'Added' })] })],
      {},
      ['Edited', 'Edited 1'],
    ],
    ['where it is called otherwise', [inGroup({ Objects: [block({ Name: 'Update' })] })], {}, ['Edited', 'Edited 1']],
    ['where there is none, whatever it means', [none('app')], {}, ['Edited', 'None 0']],
    ['is none where Nomad lists nothing else', [inGroup({})], { Fields: null, Objects: null }, ['None', 'None 0']],
    [
      'where it has both',
      [inGroup({ Objects: [block({ ...policy, Fields: [edited('Max', '1', '2')], Objects: [block({})] })] })],
      {},
      ['Edited', 'Edited 1'],
    ],
    ['where there is no group, whatever it means', null, { Fields: null }, ['Edited']],
  ])('%s', (_, groups, more, expected) => {
    expect(cleared(groups, more)).toEqual(expected);
  });
});

describe('a job that is redeployed', () => {
  const change = {
    id: 'web',
    namespace: 'default',
    action: 'none',
    groups: [{ name: 'app', create: 0, updateInPlace: 0, replace: 1, stop: 0, unchanged: 2 }],
    placementFailures: [],
    basedOn: 7,
    diff: [],
    fields: [],
  } as const;

  test.each<[string, Partial<Job>, boolean]>([
    ['runs', {}, true],
    ['is stopped', { Stop: true }, false],
    ['is periodic', { Periodic: {} as Job['Periodic'] }, false],
    ['is parameterized', { ParameterizedJob: {} as Job['ParameterizedJob'] }, false],
  ])('gets new allocations if it %s', (_, more, redeploys) => {
    const now = specification(more);
    expect(canRedeploy(now)).toBe(redeploys);
    const found = redeployed(change, now);
    expect(found.action).toBe(redeploys ? 'redeploy' : 'none');
    expect(found.groups).toMatchObject(redeploys ? [{ replace: 3, unchanged: 0 }] : change.groups);
    expect(leavesAlone(found)).toBe(true);
  });

  test('is none that is not there, or that the deploy changes', () => {
    expect(redeployed(change, undefined)).toBe(change);
    const update = { ...change, action: 'update' } as const;
    expect(redeployed(update, specification())).toBe(update);
    expect(leavesAlone(update)).toBe(false);
  });
});

describe('a planned change', () => {
  const none: DesiredUpdates = {
    Ignore: 0,
    Place: 0,
    Migrate: 0,
    Stop: 0,
    InPlaceUpdate: 0,
    DestructiveUpdate: 0,
    Canary: 0,
  } as DesiredUpdates;
  const rendered = (id: string, more: Partial<Job> = {}, namespace = 'default') => ({
    id,
    namespace,
    file: `${id}.nomad`,
    specification: specification(more),
  });
  const plan = (more: Partial<JobPlan>): JobPlan => ({
    Annotations: null,
    FailedTGAllocs: null,
    JobModifyIndex: 7,
    Diff: job([edited('Priority', '50', '60')]),
    Warnings: '',
    ...more,
  });
  const describeOne = (more: Partial<JobPlan>, disclosure: Disclosure | undefined = open, of = rendered('web')) =>
    describePlans([{ job: of, planned: plan(more) }], () => disclosure)[0];
  const updates = (counts: Partial<DesiredUpdates>) => ({
    Annotations: { DesiredTGUpdates: { app: { ...none, ...counts } } },
  });
  const untouched = job([], { Type: 'None' });

  test('counts the allocations of each group, sorted', () => {
    const DesiredTGUpdates = {
      web: { ...none, Place: 1, Canary: 2, InPlaceUpdate: 3, DestructiveUpdate: 4, Migrate: 5, Stop: 6, Ignore: 7 },
      app: none,
    };
    expect(describeOne({ Annotations: { DesiredTGUpdates } })?.groups).toEqual([
      { name: 'app', create: 0, updateInPlace: 0, replace: 0, stop: 0, unchanged: 0 },
      { name: 'web', create: 3, updateInPlace: 3, replace: 9, stop: 6, unchanged: 7 },
    ]);
    expect(describeOne({})?.groups).toEqual([]);
  });

  test.each<[string, Partial<JobPlan>, string]>([
    ['that is new is created', { JobModifyIndex: 0 }, 'create'],
    ['without a difference is not one', { Diff: null }, 'none'],
    ['without one that says so is not one', { Diff: untouched, ...updates({ DestructiveUpdate: 1 }) }, 'none'],
    ['that is new without a difference is created', { JobModifyIndex: 0, Diff: null }, 'create'],
    ['in place is an update', updates({ InPlaceUpdate: 1 }), 'update'],
    ['that places more is an update', updates({ Place: 1 }), 'update'],
    ['that takes the place of allocations is a replacement', updates({ DestructiveUpdate: 1 }), 'replace'],
    ['that moves them is one', updates({ Migrate: 1 }), 'replace'],
  ])('of a job %s', (_, more, action) => {
    expect(describeOne(more)?.action).toBe(action);
  });

  test('leaves the allocations of what is not changed as they are, whatever Nomad would update in place', () => {
    const counts = updates({ InPlaceUpdate: 2, Ignore: 1 });
    expect(describeOne({ ...counts, Diff: untouched })?.groups).toMatchObject([{ updateInPlace: 0, unchanged: 3 }]);
    expect(describeOne(counts)?.groups).toMatchObject([{ updateInPlace: 2, unchanged: 1 }]);
  });

  test('shows nothing of what may not be shown', () => {
    expect(describeOne({})).toMatchObject({ diff: ['~ Priority: "50" => "60"'], basedOn: 7 });
    expect(describePlans([{ job: rendered('web'), planned: plan({}) }], () => undefined)).toMatchObject([
      { diff: [], fields: [], action: 'update' },
    ]);
    expect(describeOne({ Diff: null })).toMatchObject({ diff: [], fields: [] });
  });

  test('knows the defaults by the specification', () => {
    const Diff = job([], {
      Objects: [
        block({ Type: 'Added', Name: 'Periodic', Fields: [added('Spec', '@daily'), added('Enabled', 'true')] }),
      ],
    });
    const periodic = { Periodic: { Spec: '@daily', Enabled: null } as unknown as Job['Periodic'] };
    expect(describeOne({ Diff }, open, rendered('web', periodic))?.fields).toMatchObject([
      { path: 'Periodic > Enabled', isDefault: true },
      { path: 'Periodic > Spec', isDefault: false },
    ]);
  });

  test('says what cannot be placed, by group, with the drivers that the group wants', () => {
    const metric = {
      NodesEvaluated: 1,
      NodesFiltered: 1,
      NodesExhausted: 0,
      NodesAvailable: null,
      ClassFiltered: null,
      ConstraintFiltered: { 'missing drivers': 1 },
      ClassExhausted: null,
      DimensionExhausted: null,
      QuotaExhausted: null,
      CoalescedFailures: 0,
    };
    const docker = group('side', { Tasks: [{ Name: 'a', Driver: 'docker', Lifecycle: null }] });
    const found = describeOne(
      { FailedTGAllocs: { side: metric, app: metric } as NonNullable<JobPlan['FailedTGAllocs']> },
      open,
      rendered('web', { TaskGroups: [group('app'), docker] }),
    );
    expect(found?.placementFailures).toEqual([
      expect.stringMatching(/^group "app": .*raw_exec/),
      expect.stringMatching(/^group "side": .*docker/),
    ]);
  });

  test('is asked for in the namespace of the job, again where Nomad has trouble, and without what Nomad adds', async () => {
    const asked: string[] = [];
    const policy = { ...block({ Objects: [block({ Name: 'Scaling' })] }), Name: 'app', Tasks: null };
    const answers = [plan({ Diff: job([], { TaskGroups: [policy] }) }), plan({ Diff: null })];
    const address = await serve(({ url = '' }, response) => {
      asked.push(url);
      if (asked.length === 1) response.writeHead(503).end('no');
      else response.end(JSON.stringify(answers.shift()));
    });
    const client = clientOf(address, { patience: 20_000 });
    const [first] = await planJobs(client, [rendered('web', {}, 'prod')]);
    expect(first?.planned.Diff?.Type).toBe('None');
    const [second] = await planJobs(client, [rendered('web', {}, 'prod')]);
    expect(second?.planned.Diff).toBeNull();
    expect(asked).toEqual(Array(3).fill('/v1/job/web/plan?namespace=prod'));
  });

  test('is sorted by namespace, then by id', () => {
    const jobs = [rendered('b', {}, 'z'), rendered('c', {}, 'a'), rendered('a', {}, 'z'), rendered('d', {}, 'a')];
    const sorted = describePlans(
      jobs.map((one) => ({ job: one, planned: plan({}) })),
      () => open,
    );
    expect(sorted.map(({ namespace, id }) => `${namespace}/${id}`)).toEqual(['a/c', 'a/d', 'z/a', 'z/b']);
    expect(byNamespaceAndId({ id: 'b', namespace: 'a' }, { id: 'a', namespace: 'b' })).toBe(-1);
  });
});
