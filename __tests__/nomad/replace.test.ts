import { describe, expect, test } from '@jest/globals';
import type { Allocation, Job } from '../../src/nomad/api.ts';
import { type ReplaceOptions, replaceAllocations, runAgain } from '../../src/nomad/replace.ts';
import { failure } from '../support/failure.ts';
import { allocation, group, noUpdate, specification } from './rollout/support/moments.ts';
import { clientOf, serve } from './support/clients.ts';
import { type Answers, scripted } from './support/scripted.ts';

const [list, evaluate] = ['GET /v1/job/web/allocations', 'POST /v1/job/web/evaluate'];
const stop = (id: string) => `POST /v1/allocation/${id}/stop`;
const healthy = { Canary: false, Healthy: true };

const runs = (ID: string, more: Partial<Allocation> = {}) => allocation({ ID, NodeID: `node of ${ID}`, ...more });
/** One that was stopped, and the one that took its place. */
const replaced = (ID: string, more: Partial<Allocation> = {}) => [
  runs(ID, { ClientStatus: 'complete', DesiredStatus: 'stop', NextAllocation: `${ID}+` }),
  runs(`${ID}+`, { CreateIndex: 9, DeploymentStatus: healthy, ...more }),
];
const inGroup = (MaxParallel: number | null, name = 'app') =>
  group(name, { Update: MaxParallel === null ? null : { ...noUpdate, MaxParallel } });
const service = (...TaskGroups: Job['TaskGroups'] & object) => specification({ TaskGroups });

/** Replaces the allocations of a job, Nomad's list of which is the next one at each look. */
async function replace(looks: readonly unknown[], job: Job = service(inGroup(1)), more: Partial<ReplaceOptions> = {}) {
  const stops = Object.fromEntries(['a', 'b', 'c', 'd'].map((id) => [stop(id), [{ EvalID: 'e' }]]));
  const { client, sent, queries } = await scripted({
    ...stops,
    [list]: looks,
    [evaluate]: [{ EvalID: 'e', JobModifyIndex: 30 }],
  });
  const told: string[] = [];
  let changes = 0;
  const trouble = await replaceAllocations(client, job, {
    end: performance.now() + 20_000,
    signal: new AbortController().signal,
    onChange: () => {
      changes += 1;
    },
    onProgress: (line) => told.push(line),
    ...more,
  });
  expect(queries.map((query) => query.get('namespace'))).toEqual(queries.map(() => job.Namespace));
  const did = sent.map((one) => one.replace(/^.*allocation\/(\w+)\/stop/, 'stop $1').replace(list, 'look'));
  return { trouble, did: did.join(', '), told, changes, queries };
}

describe('how many are replaced at once', () => {
  const all = ['a', 'b', 'c'];
  const before = all.map((id) => runs(id));
  const after = all.flatMap((id) => replaced(id));

  test.each([
    ['one, where the job has no `update` block', null, 'look, stop a, look, stop b, look, stop c, look'],
    ['as many as `max_parallel`', 2, 'look, stop a, stop b, look, stop c, look'],
    ['all, where that is 0', 0, 'look, stop a, stop b, stop c, look'],
    ['all, where there are fewer', 7, 'look, stop a, stop b, stop c, look'],
  ])('%s', async (_, parallel, did) => {
    const outcome = await replace([before, after], service(inGroup(parallel)));
    expect(outcome).toMatchObject({ trouble: undefined, did, changes: 3 });
    expect(outcome.told.at(-1)).toBe('group "app": 3 of 3 allocations replaced');
  });

  test('none, where there is none', async () => {
    expect(await replace([[]], service(inGroup(0)))).toMatchObject({ trouble: undefined, did: 'look', changes: 0 });
    expect(await replace([[]], specification({ TaskGroups: null }))).toMatchObject({ did: '', changes: 0 });
  });
});

test('one group after the other', async () => {
  const [a, b] = [runs('a'), runs('b', { TaskGroup: 'side' })];
  const looks = [[a, b], [...replaced('a'), b], [...replaced('a'), b], replaced('b', { TaskGroup: 'side' })];
  const outcome = await replace(looks, service(inGroup(1), inGroup(1, 'side')));
  expect(outcome).toMatchObject({ trouble: undefined, did: 'look, stop a, look, look, stop b, look' });
  expect(outcome.told).toEqual([
    'group "app": 1 of 1 allocations replaced',
    'group "side": 1 of 1 allocations replaced',
  ]);
});

test('what does not run in this version of the job is left alone', async () => {
  const others = [
    runs('b', { JobVersion: 2 }),
    runs('c', { DesiredStatus: 'stop' }),
    runs('d', { ClientStatus: 'failed' }),
    runs('e', { ClientStatus: 'complete' }),
    runs('f', { TaskGroup: 'gone' }),
  ];
  const looks = [[runs('a', { ClientStatus: 'pending' }), ...others], replaced('a')];
  expect(await replace(looks)).toMatchObject({ trouble: undefined, did: 'look, stop a, look', changes: 1 });
});

describe('the next ones are replaced only when', () => {
  const next = (more: Partial<Allocation>) => replaced('a', more);

  test.each<[string, readonly Allocation[]]>([
    ['the new one is there', [runs('a', { NextAllocation: '' })]],
    ['it is there, and not only announced', [runs('a', { NextAllocation: 'a+' })]],
    ['it runs', next({ ClientStatus: 'pending', DeploymentStatus: healthy })],
    ['Nomad calls it healthy', next({ DeploymentStatus: null })],
    ['Nomad has made up its mind', next({ DeploymentStatus: { Canary: false, Healthy: null } })],
  ])('%s', async (_, early) => {
    const outcome = await replace([[runs('a')], early, early, replaced('a')]);
    expect(outcome).toMatchObject({ trouble: undefined, did: 'look, stop a, look, look, look' });
    // The first look asks how it is, the others for what has changed since.
    expect(outcome.queries.map((query) => query.get('index')).slice(2)).toEqual([null, '7', '7']);
  });

  test.each<[string, Partial<Allocation>]>([
    ['fails', { ClientStatus: 'failed', DeploymentStatus: null }],
    ['is not healthy', { DeploymentStatus: { Canary: false, Healthy: false } }],
  ])('not at all where the new one %s', async (_, more) => {
    const looks = [
      [runs('a'), runs('b')],
      [...next(more), runs('b')],
    ];
    const outcome = await replace(looks);
    expect(outcome).toMatchObject({
      trouble: 'group "app": the new allocation a+ is not healthy',
      did: 'look, stop a, look',
      told: [],
    });
  });

  test('not at all after the time is over', async () => {
    const outcome = await replace([[runs('a'), runs('b')]], service(inGroup(1)), { end: performance.now() });
    expect(outcome).toMatchObject({
      trouble: 'group "app": the new allocations were not healthy in time',
      did: 'look, stop a, look',
    });
  });

  test('not at all when the step is cancelled', async () => {
    const abort = new AbortController();
    const onChange = () => abort.abort(new Error('cancelled'));
    const looks = [[runs('a'), runs('b')], replaced('a')];
    await expect(replace(looks, service(inGroup(1)), { signal: abort.signal, onChange })).rejects.toThrow('cancelled');
  });
});

describe('a system job', () => {
  const system = specification({ Type: 'system', TaskGroups: [inGroup(1)] });
  const old = runs('a', { CreateIndex: 5 });
  const over = runs('a', { CreateIndex: 5, ClientStatus: 'complete', DesiredStatus: 'stop' });
  const fresh = runs('z', { NodeID: old.NodeID, CreateIndex: 6 });

  test('is evaluated once the old allocation is over, and not again', async () => {
    const { trouble, did } = await replace([[old], [old], [over], [over], [over, fresh]], system);
    expect([trouble, did]).toEqual([undefined, `look, stop a, look, look, ${evaluate}, look, look`]);
  });

  test('is evaluated where Nomad has forgotten the old allocation', async () => {
    expect((await replace([[old], [], [fresh]], system)).did).toBe(`look, stop a, look, ${evaluate}, look`);
  });

  test('waits for all of a batch to be over', async () => {
    const two = specification({ Type: 'system', TaskGroups: [inGroup(2)] });
    const b = runs('b');
    const looks = [
      [old, b],
      [over, b],
      [fresh, runs('y', { NodeID: b.NodeID, CreateIndex: 6 })],
    ];
    expect((await replace(looks, two)).did).toBe(`look, stop a, stop b, look, look, ${evaluate}`);
  });

  test.each<[string, Allocation]>([
    ['on another node', { ...fresh, NodeID: 'other' }],
    ['of another group', { ...fresh, TaskGroup: 'side' }],
    ['from before', { ...fresh, CreateIndex: 5 }],
  ])('takes no allocation %s for the new one', async (_, other) => {
    const { did } = await replace([[old], [over, other], [over, fresh]], system);
    expect(did).toBe(`look, stop a, look, ${evaluate}, look`);
  });
});

describe('where the stop of an allocation fails', () => {
  const options = (onChange: () => void): ReplaceOptions => ({
    end: performance.now() + 20_000,
    signal: new AbortController().signal,
    onChange,
    onProgress: () => undefined,
  });

  test('because Nomad refuses, nothing has changed', async () => {
    let changes = 0;
    const { client } = await scripted({ [list]: [[runs('a')]], [stop('a')]: [403] });
    const work = replaceAllocations(
      client,
      service(inGroup(1)),
      options(() => {
        changes += 1;
      }),
    );
    expect((await failure(work)).reason).toBe('nomad-auth');
    expect(changes).toBe(0);
  });

  test('because its answer is lost, something may have', async () => {
    let changes = 0;
    const address = await serve((request, response) => {
      if (request.method === 'GET') response.setHeader('X-Nomad-Index', '7').end(JSON.stringify([runs('a')]));
      else request.socket.destroy();
    });
    const work = replaceAllocations(
      clientOf(address),
      service(inGroup(1)),
      options(() => {
        changes += 1;
      }),
    );
    expect((await failure(work)).reason).toBe('nomad-unreachable');
    expect(changes).toBe(1);
  });
});

describe('a batch job runs again', () => {
  const Meta = { 'pack.deployment_name': 'demo', 'pack.name': 'web' };
  const owner = { deploymentName: 'demo', packName: 'web' };
  const batch = specification({ Type: 'batch', Meta });
  const anew = specification({ Type: 'batch', Meta, Version: 5, JobModifyIndex: 50 });
  const [job, versions] = ['GET /v1/job/web', 'GET /v1/job/web/versions'];
  const [stopIt, revert] = ['DELETE /v1/job/web', 'POST /v1/job/web/revert'];

  async function again(answers: Answers) {
    const { client, sent } = await scripted(answers);
    let changes = 0;
    const work = runAgain(client, batch, owner, {
      onChange: () => {
        changes += 1;
      },
    });
    const found = await work.catch((error: unknown) => error);
    return { found, changes, sent };
  }

  const stopped = { EvalID: 'e', JobModifyIndex: 40 };
  const history = { Versions: [anew, { ...batch, Version: 4, Stop: true }, batch] };

  test('under the next number', async () => {
    const outcome = await again({
      [job]: [batch],
      [stopIt]: [stopped],
      [revert]: [{ EvalID: 'f', JobModifyIndex: 50 }],
      [versions]: [history],
    });
    expect(outcome).toMatchObject({ found: { id: 'web', version: 5, jobModifyIndex: 50 }, changes: 1 });
    expect(outcome.sent.filter((one) => one === stopIt || one === revert)).toEqual([stopIt, revert]);
  });

  test('unless Nomad refuses to stop it, which changes nothing', async () => {
    const outcome = await again({ [job]: [batch], [stopIt]: [403] });
    expect(outcome).toMatchObject({ found: { reason: 'nomad-auth' }, changes: 0 });
    expect(outcome.sent).not.toContain(revert);
  });

  test('unless somebody has removed it, which is not a change of ours', async () => {
    const outcome = await again({ [revert]: [404] });
    expect(outcome).toMatchObject({ found: { reason: 'revert-failed' }, changes: 0 });
    expect(outcome.sent).not.toContain(stopIt);
  });

  test('unless Nomad refuses to start it, which leaves it stopped', async () => {
    const outcome = await again({
      [job]: [batch],
      [stopIt]: [stopped],
      [revert]: [403],
      [versions]: [{ Versions: [{ ...batch, Version: 4, Stop: true }, batch] }],
    });
    expect(outcome).toMatchObject({ found: { reason: 'revert-failed' }, changes: 1 });
  });
});
