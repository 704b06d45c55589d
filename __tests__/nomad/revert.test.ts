import { describe, expect, test } from '@jest/globals';
import { ask, type JobOptions, jobSpecification as job, parseJob } from 'nomad-pack-sandbox/__tests__/support/api.ts';
import type { Faults, SimulatedNomad } from 'nomad-pack-sandbox/nomad/index.ts';
import type { JobRef } from '../../src/nomad/api.ts';
import { revertJobs, rollBackJobs } from '../../src/nomad/revert.ts';
import { type SnapshotJob, type SubmittedJob, snapshotVersions } from '../../src/nomad/submission.ts';
import { failure } from '../support/failure.ts';
import { specification, submitted } from './rollout/support/moments.ts';
import { deploy, follow, gist, owner, type Submission, submit, well } from './rollout/support/rollout.ts';
import { clientOf, start } from './support/clients.ts';
import { type Answers, scripted } from './support/scripted.ts';

const crash = { script: 'exit 3' };

const undo = async ({ client, submitted, before }: Submission, stopped: readonly JobRef[] = []) =>
  await revertJobs(client, submitted, stopped, before, owner);

function command(nomad: SimulatedNomad, id: string): unknown {
  return nomad.state.job('default', id)?.TaskGroups[0]?.Tasks[0]?.Config?.['command'];
}

describe('a run that failed', () => {
  test('is undone: what it changed goes back, what it created is stopped', async () => {
    const nomad = await start();
    await deploy(nomad, [job('web')]);
    const run = await deploy(nomad, [job('web', crash), job('new')]);
    const { actions, watch } = await undo(run);
    expect(actions).toEqual([
      'Job "web" (default) went back to version 0, as version 2.',
      'Job "new" (default) is new, so it was stopped.',
    ]);
    expect(watch).toMatchObject([{ id: 'web', version: 2, change: 'updated', type: 'service' }]);
    const { outcome } = await follow({ client: run.client, submitted: watch });
    expect(gist(outcome)).toEqual(well);
    expect(command(nomad, 'web')).toBe('/bin/sleep');
    expect(nomad.state.job('default', 'new')).toMatchObject({ Stop: true });
  });

  test('goes back to the last version that was healthy, not to one that failed', async () => {
    const nomad = await start();
    await deploy(nomad, [job('web')]);
    await deploy(nomad, [job('web', { script: 'exit 1' })]);
    const run = await deploy(nomad, [job('web', crash)]);
    expect((await undo(run)).actions).toEqual(['Job "web" (default) went back to version 0, as version 3.']);
  });

  test('goes back to the version from before where no version is ever called healthy', async () => {
    const nomad = await start();
    const batch = (options: JobOptions) => job('task', { type: 'batch', ...options });
    await deploy(nomad, [batch({ script: 'true' })]);
    const run = await deploy(nomad, [batch(crash)]);
    expect((await undo(run)).actions).toEqual(['Job "task" (default) went back to version 0, as version 2.']);
  });

  test('stops again what was stopped before', async () => {
    const nomad = await start();
    await deploy(nomad, [job('web')]);
    await ask(nomad, 'DELETE /v1/job/web');
    const run = await deploy(nomad, [job('web', crash)]);
    expect(await undo(run)).toEqual({
      actions: ['Job "web" (default) was stopped before, so it was stopped.'],
      watch: [],
      stopped: [expect.objectContaining({ id: 'web' })],
    });
  });

  test('starts what it stopped again, and only that', async () => {
    const nomad = await start();
    await deploy(nomad, [job('web'), job('old'), job('gone'), job('kept')]);
    const run = await submit(nomad, [job('web', crash)]);
    const stopped = ['old', 'gone', 'kept'].map((id) => ({ id, namespace: 'default' }));
    const before = new Map([...run.before, ...(await snapshotVersions(run.client, stopped))]);
    await ask(nomad, 'DELETE /v1/job/old');
    await ask(nomad, 'DELETE /v1/job/gone?purge=true');
    const { actions, watch } = await undo({ ...run, before }, stopped);
    expect(actions).toEqual([
      'Job "web" (default) went back to version 0, as version 2.',
      'Job "old" (default) went back to version 0, as version 2.',
      'Job "gone" (default) was purged meanwhile and cannot be started again.',
      'Job "kept" (default) runs; it was not touched.',
    ]);
    expect(gist((await follow({ client: run.client, submitted: watch })).outcome)).toEqual(well);
    expect(nomad.state.job('default', 'old')).toMatchObject({ Stop: false });
  });

  test('leaves stopped what others had launched', async () => {
    const nomad = await start();
    await deploy(nomad, [job('web'), job('task', { type: 'batch', job: 'parameterized {}' })]);
    const { body } = await ask(nomad, 'POST /v1/job/task/dispatch', {});
    const id: string = body.DispatchedJobID;
    const run = await submit(nomad, [job('web', crash)]);
    await ask(nomad, `DELETE /v1/job/${encodeURIComponent(id)}`);
    const { actions } = await undo(run, [{ id, namespace: 'default' }]);
    expect(actions).toContain(`Job "${id}" (default) was launched by job "task", and stays stopped.`);
    expect(nomad.state.job('default', id)).toMatchObject({ Stop: true });
  });

  test('gives a job that it took over back as it was, not as an older version of the pack’s own', async () => {
    const nomad = await start();
    await deploy(nomad, [job('web')]);
    const theirs = await parseJob(nomad, job('web', { message: 'theirs', ...crash }), { 'pack.name': 'other' });
    await ask(nomad, 'POST /v1/jobs', { Job: theirs });
    const run = await deploy(nomad, [job('web', { message: 'ours', ...crash })]);
    expect((await undo(run)).actions).toEqual(['Job "web" (default) went back to version 1, as version 3.']);
  });

  test('leaves a first deployment as it is, and says so', async () => {
    const nomad = await start();
    const run = await deploy(nomad, [job('web', crash)]);
    expect(await undo(run)).toEqual({
      actions: ['This is the first deployment: there is no version to go back to. Its jobs are left as they are.'],
      watch: [],
      stopped: [],
    });
    expect(nomad.state.job('default', 'web')).toMatchObject({ Stop: false });
  });

  test('leaves unchanged jobs alone', async () => {
    const nomad = await start();
    await deploy(nomad, [job('web')]);
    expect(await undo(await deploy(nomad, [job('web')]))).toEqual({ actions: [], watch: [], stopped: [] });
    expect(nomad.state.job('default', 'web')).toMatchObject({ Version: 0 });
  });

  test('that Nomad has taken back is back already', async () => {
    const nomad = await start();
    const update = 'auto_revert = true';
    await deploy(nomad, [job('web', { update })]);
    const { actions, watch } = await undo(await deploy(nomad, [job('web', { update, ...crash })]));
    expect(actions).toEqual(['Job "web" (default) is back at version 0 already, as version 2.']);
    expect(watch).toMatchObject([{ version: 2 }]);
  });
});

describe('what somebody else has changed', () => {
  test('is not taken back, and the rest is', async () => {
    const nomad = await start();
    await deploy(nomad, [job('web'), job('api')]);
    const run = await deploy(nomad, [job('web', crash), job('api', crash)]);
    await submit(nomad, [job('web', { message: 'theirs' })]);
    const error = await failure(undo(run));
    expect(error.reason).toBe('superseded');
    expect(error.message.split('\n')).toEqual([
      'Job "web" (default) was not taken back to version 0: somebody else has changed it, it is at version 2 and not at 1',
      'Job "api" (default) went back to version 0, as version 2.',
    ]);
    expect(nomad.state.job('default', 'web')).toMatchObject({ Version: 2 });
  });

  test('a created job that somebody has deployed again is not stopped', async () => {
    const nomad = await start();
    await deploy(nomad, [job('web')]);
    const run = await deploy(nomad, [job('web', crash), job('new')]);
    await submit(nomad, [job('new', { message: 'theirs' })]);
    const error = await failure(undo(run));
    expect([error.reason, error.message.split('\n')[0]]).toEqual([
      'superseded',
      'Job "new" (default) was not stopped: somebody else has changed it, it is at version 1 and not at 0',
    ]);
    expect(nomad.state.job('default', 'new')).toMatchObject({ Stop: false, Version: 1 });
  });

  test('a job that was stopped before, and that Nomad took back, is stopped again', async () => {
    const nomad = await start();
    const update = 'auto_revert = true';
    await deploy(nomad, [job('web', { update })]);
    await ask(nomad, 'DELETE /v1/job/web');
    const run = await deploy(nomad, [job('web', { update, ...crash })]);
    await nomad.until((state) => state.job('default', 'web')?.Version === 3);
    expect((await undo(run)).actions).toEqual(['Job "web" (default) was stopped before, so it was stopped.']);
    expect(nomad.state.job('default', 'web')).toMatchObject({ Stop: true });
  });

  test('a created job that changed hands is not stopped', async () => {
    const nomad = await start();
    await deploy(nomad, [job('web')]);
    const run = await deploy(nomad, [job('web', crash), job('new')]);
    nomad.state.commit(() => {
      const own = nomad.state.job('default', 'new');
      if (own !== undefined) nomad.state.putJobVersion({ ...own, Meta: { 'pack.deployment_name': 'other' } });
    });
    expect((await failure(undo(run))).reason).toBe('would-stop-others');
    expect(nomad.state.job('default', 'new')).toMatchObject({ Stop: false });
  });
});

describe('faults', () => {
  test('a revert whose answer got lost is not taken for somebody else’s', async () => {
    let lost = 0;
    const faults: Faults = ({ path }) => {
      if (!path.endsWith('/revert') || lost > 0) return undefined;
      lost += 1;
      return { kind: 'reset', afterwards: true };
    };
    const nomad = await start({ faults });
    await deploy(nomad, [job('web')]);
    const run = await submit(nomad, [job('web', crash)], clientOf(nomad.address, { patience: 5_000 }));
    expect((await undo(run)).actions).toEqual(['Job "web" (default) is back at version 0 already, as version 2.']);
    expect(nomad.state.job('default', 'web')).toMatchObject({ Version: 2 });
  });

  test('a version that Nomad has forgotten cannot be gone back to', async () => {
    const nomad = await start();
    await deploy(nomad, [job('web')]);
    const run = await deploy(nomad, [job('web', crash)]);
    const error = await failure(
      undo({ ...run, before: new Map([...run.before].map(([key, was]) => [key, { ...was, version: 7 }])) }),
    );
    expect(error).toMatchObject({
      reason: 'revert-failed',
      message: expect.stringContaining('at version 7 not found'),
    });
    expect(error.hint).not.toBe('');
  });
});

/** The job `ID` at version 3, which goes back to version 2, in states that a Nomad comes into only now and then. */
describe('one job of several', () => {
  const Meta = { 'pack.deployment_name': owner.deploymentName, 'pack.name': owner.packName };
  const was = (id: string, more: object = {}) => ({
    id,
    namespace: 'default',
    version: 2,
    stop: false,
    jobModifyIndex: 20,
    stable: true,
    highestStable: 2,
    ...more,
  });
  const runs = (id: string, more: Parameters<typeof specification>[0] = {}) => specification({ ID: id, Meta, ...more });
  const older = (id: string) => runs(id, { Version: 2, JobModifyIndex: 20, Update: null });
  const backAgain = (id: string) => runs(id, { Version: 4, JobModifyIndex: 40, Update: null });
  const history = (...Versions: readonly object[]) => ({ Versions });

  interface Past {
    /** The jobs that were changed; default `web`. */
    readonly ids?: readonly string[];
    /** Default: as all of those were. */
    readonly before?: readonly SnapshotJob[];
    readonly stopped?: readonly string[];
    readonly change?: SubmittedJob['change'];
  }

  async function goBack(answers: Answers, { ids = ['web'], before, stopped = [], change = 'updated' }: Past = {}) {
    const nomad = await scripted(answers);
    const jobs = ids.map((id) => ({ ...submitted, id, change }));
    const snapshot = new Map((before ?? ids.map((id) => was(id))).map((one) => [`default/${one.id}`, one]));
    const refs = stopped.map((id) => ({ id, namespace: 'default' }));
    return { nomad, outcome: revertJobs(nomad.client, jobs, refs, snapshot, owner) };
  }

  const answered = (id: string): Answers => ({
    [`POST /v1/job/${id}/revert`]: [{ EvalID: 'e', JobModifyIndex: 40 }],
    [`GET /v1/job/${id}/versions`]: [history(backAgain(id), runs(id), older(id))],
  });

  test.each([
    ['refuses it', 500, 'nomad-error'],
    ['refuses the token', 403, 'nomad-auth'],
  ])('cannot go back where Nomad %s, and the others do', async (_, status, cause) => {
    const { outcome, nomad } = await goBack(
      {
        ...answered('api'),
        'POST /v1/job/web/revert': [status],
        'GET /v1/job/web/versions': [history(runs('web'), older('web'))],
      },
      { ids: ['web', 'api'] },
    );
    const error = await failure(outcome);
    expect(error).toMatchObject({ reason: 'revert-failed', cause: { cause: { reason: cause } } });
    expect(error.message).toContain('Job "api" (default) went back to version 2, as version 4.');
    expect(error.hint).not.toBe('');
    const asked = nomad.queries[nomad.sent.indexOf('POST /v1/job/web/revert')];
    expect(asked?.get('namespace')).toBe('default');
  });

  test('is another’s, and a second one cannot go back: that one tells', async () => {
    const { outcome } = await goBack(
      {
        'POST /v1/job/api/revert': [409],
        'GET /v1/job/api/versions': [history(runs('api'), older('api'))],
        'POST /v1/job/web/revert': [502, 502],
        'GET /v1/job/web/versions': [502],
      },
      { ids: ['web', 'api'] },
    );
    expect((await failure(outcome)).message).toMatch(/Job "api" \(default\) could not go back to version 2/);
  });

  test('is gone, which is not known to be back', async () => {
    const { outcome } = await goBack({ 'POST /v1/job/web/revert': [404], 'GET /v1/job/web/versions': [history()] });
    expect(await failure(outcome)).toMatchObject({ reason: 'revert-failed' });
  });

  test.each([
    ['is at another version that says the same', [backAgain('web'), runs('web'), older('web')], true],
    ['says the same at the version itself', [runs('web', { Update: null }), older('web')], false],
    ['is at a version that says something else', [runs('web', { Version: 4 }), runs('web'), older('web')], false],
    ['is at a newer one, and the old one is forgotten', [backAgain('web'), runs('web')], false],
    ['was stopped since', [{ ...backAgain('web'), Stop: true }, runs('web'), older('web')], false],
  ])('%s: whether it is back where the answer got lost', async (_, versions, isBack) => {
    const { outcome, nomad } = await goBack({
      'POST /v1/job/web/revert': [502, 400],
      'GET /v1/job/web/versions': [history(...versions)],
    });
    if (!isBack) {
      expect(await failure(outcome)).toMatchObject({ reason: 'revert-failed' });
      return;
    }
    expect(await outcome).toMatchObject({
      actions: ['Job "web" (default) is back at version 2 already, as version 4.'],
      watch: [{ id: 'web', version: 4 }],
    });
    expect(nomad.sent.filter((one) => one.startsWith('POST'))).toHaveLength(1);
  });

  test.each([
    ['that had been stopped before', [was('old', { stop: true })]],
    ['of which nothing was known', []],
  ])('stays stopped: one %s', async (_, before) => {
    const { outcome, nomad } = await goBack(
      { ...answered('web'), 'GET /v1/job/old': [runs('old', { Stop: true })] },
      { before: [was('web'), ...before], stopped: ['old'] },
    );
    expect((await outcome).actions).toContain('Job "old" (default) was not running before, so it stays stopped.');
    expect(nomad.sent).not.toContain('POST /v1/job/old/revert');
  });

  test('starts again, though all others are new', async () => {
    const old = { ...answered('old'), 'GET /v1/job/old': [runs('old', { Stop: true })] };
    const { outcome, nomad } = await goBack(
      { ...old, 'GET /v1/job/web': [runs('web')], 'DELETE /v1/job/web': [{ EvalID: 'e', JobModifyIndex: 41 }] },
      { before: [was('old')], stopped: ['old'], change: 'created' },
    );
    expect(await outcome).toMatchObject({ watch: [{ id: 'old' }], stopped: [{ id: 'web' }] });
    expect(nomad.queries[nomad.sent.indexOf('DELETE /v1/job/web')]?.get('purge')).toBe('false');
  });

  test('is new and cannot be stopped', async () => {
    const { outcome } = await goBack(
      { ...answered('api'), 'GET /v1/job/web': [runs('web')], 'DELETE /v1/job/web': [403] },
      { ids: ['web', 'api'], before: [was('api')] },
    );
    expect(await failure(outcome)).toMatchObject({ reason: 'nomad-auth' });
  });
});

describe('a rollback of jobs', () => {
  const Meta = { 'pack.deployment_name': owner.deploymentName, 'pack.name': owner.packName };
  const now = specification({ ID: 'web', Meta, Version: 3, JobModifyIndex: 30 });
  const [read, stop] = ['GET /v1/job/web', 'DELETE /v1/job/web'];
  const answer = { EvalID: 'e', JobModifyIndex: 40 };

  test('stops what was not there before, and says so', async () => {
    const { client, sent } = await scripted({ [read]: [now], [stop]: [answer] });
    expect(await rollBackJobs(client, [{ current: now }], owner)).toStrictEqual({
      actions: ['Job "web" (default) was not there before, so it was stopped.'],
      watch: [],
      stopped: [{ id: 'web', namespace: 'default' }],
    });
    expect(sent).toContain(stop);
  });

  test.each([
    ['has changed', { ...now, Version: 4, JobModifyIndex: 31 }, 'superseded', 'it is at version 4 and not at 3'],
    ['owns', { ...now, Meta: { ...Meta, 'pack.deployment_name': 'theirs' } }, 'would-stop-others', 'theirs'],
  ])('stops nothing that somebody else %s since', async (_, job, reason, words) => {
    const { client, sent } = await scripted({ [read]: [job], [stop]: [answer] });
    const { failure: found, stopped, actions } = await rollBackJobs(client, [{ current: now }], owner);
    expect(found).toMatchObject({ reason, message: expect.stringContaining(words) });
    expect([stopped, actions]).toEqual([[], []]);
    expect(sent).not.toContain(stop);
  });

  test('has nothing to stop where the job is gone', async () => {
    const { client, sent } = await scripted({ [stop]: [answer] });
    expect(await rollBackJobs(client, [{ current: now }], owner)).not.toHaveProperty('failure');
    expect(sent).not.toContain(stop);
  });

  test('is red where Nomad refuses to stop one, and tells what became of the others', async () => {
    const versions = { Versions: [{ ...now, ID: 'api', Version: 4, JobModifyIndex: 40 }] };
    const { client } = await scripted({
      [read]: [now],
      [stop]: [403],
      'POST /v1/job/api/revert': [answer],
      'GET /v1/job/api/versions': [versions],
    });
    const api = { ...now, ID: 'api' };
    const moves = [{ current: now }, { current: api, target: { ...api, Version: 1 } }];
    const done = await rollBackJobs(client, moves, owner);
    expect(done.failure).toMatchObject({ reason: 'nomad-auth' });
    expect(done.actions).toEqual(['Job "api" (default) went back to version 1, as version 4.']);
    expect(done.watch).toMatchObject([{ id: 'api', version: 4, madeOf: 1 }]);
  });
});

test('a job that Nomad took back to what had been stopped is stopped again, and no other', async () => {
  const Meta = { 'pack.deployment_name': owner.deploymentName, 'pack.name': owner.packName };
  const version = (Version: number, text: string) =>
    specification({ Meta: { ...Meta, text }, Version, JobModifyIndex: 10 * Version });
  const before: SnapshotJob = {
    id: 'web',
    namespace: 'default',
    version: 2,
    stop: true,
    jobModifyIndex: 20,
    stable: true,
    highestStable: 1,
  };
  const undoOf = async (current: ReturnType<typeof version>) => {
    const { client, sent } = await scripted({
      'GET /v1/job/web': [current],
      'GET /v1/job/web/versions': [
        { Versions: [current, version(3, 'third'), version(2, 'second'), version(1, 'first')] },
      ],
      'DELETE /v1/job/web': [{ EvalID: 'e', JobModifyIndex: 50 }],
    });
    const work = revertJobs(
      client,
      [{ ...submitted, change: 'updated' }],
      [],
      new Map([['default/web', before]]),
      owner,
    );
    const found = await work.catch((error: unknown) => error);
    return { found, stops: sent.filter((one) => one === 'DELETE /v1/job/web').length };
  };
  expect(await undoOf(version(4, 'first'))).toMatchObject({
    stops: 1,
    found: { actions: ['Job "web" (default) was stopped before, so it was stopped.'], stopped: [{ id: 'web' }] },
  });
  expect(await undoOf(version(4, 'fourth'))).toMatchObject({ stops: 0, found: { reason: 'superseded' } });
  // What the run itself has registered is not an older version.
  expect(await undoOf(version(4, 'third'))).toMatchObject({ stops: 0, found: { reason: 'superseded' } });
});
