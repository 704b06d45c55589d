import { describe, expect, test } from '@jest/globals';
import { ask, jobSpecification as job } from 'nomad-pack-sandbox/__tests__/support/api.ts';
import { findSubmitted, snapshotVersions } from '../../src/nomad/submission.ts';
import { submit } from './rollout/support/rollout.ts';
import { clientOf, start } from './support/clients.ts';

const ref = (id: string, namespace = 'default') => ({ id, namespace });

describe('a snapshot', () => {
  test('says what is there, and leaves out what is not', async () => {
    const nomad = await start();
    const client = clientOf(nomad.address);
    await submit(nomad, [job('web')]);
    await nomad.until((state) => state.latestDeployment('default', 'web')?.Status === 'successful');
    await submit(nomad, [job('web', { script: 'exit 1' })]);
    const snapshot = await snapshotVersions(client, [ref('web'), ref('none')]);
    expect([...snapshot.keys()]).toEqual(['default/web']);
    expect(snapshot.get('default/web')).toMatchObject({ version: 1, stop: false, stable: false, highestStable: 0 });
  });

  test('counts no version of a stopped job as one to go back to', async () => {
    const nomad = await start();
    await submit(nomad, [job('web')]);
    await nomad.until((state) => state.latestDeployment('default', 'web')?.Status === 'successful');
    await ask(nomad, 'DELETE /v1/job/web');
    nomad.state.commit(() => nomad.state.putStable('default', 'web', 1));
    const snapshot = await snapshotVersions(clientOf(nomad.address), [ref('web')]);
    expect(snapshot.get('default/web')).toMatchObject({ version: 1, stop: true, stable: true, highestStable: 0 });
  });
});

describe('the submitted versions', () => {
  test('are told by the evaluations, whatever came after', async () => {
    const nomad = await start();
    const client = clientOf(nomad.address);
    const before = await snapshotVersions(client, [ref('web')]);
    const { body } = await ask(nomad, 'POST /v1/jobs', { Job: await parsed(nomad, job('web')) });
    await submit(nomad, [job('web', { message: 'newer' })]);
    const [found] = await findSubmitted(client, [ref('web')], before, { ids: [body.EvalID], since: 0 });
    expect(found).toEqual({
      ...ref('web'),
      version: 0,
      jobModifyIndex: body.JobModifyIndex,
      meta: null,
      launches: undefined,
      type: 'service',
      change: 'created',
      isProven: true,
    });
  });

  test('of an unchanged job is the one from before, whatever came after', async () => {
    const nomad = await start();
    const client = clientOf(nomad.address);
    await submit(nomad, [job('web')]);
    const before = await snapshotVersions(client, [ref('web')]);
    const { body } = await ask(nomad, 'POST /v1/jobs', {
      Job: await parsed(nomad, job('web'), { 'pack.deployment_name': 'demo', 'pack.name': 'web' }),
    });
    await submit(nomad, [job('web', { message: 'newer' })]);
    const [found] = await findSubmitted(client, [ref('web')], before, { ids: [body.EvalID], since: 0 });
    expect(found).toMatchObject({ version: 0, change: 'unchanged' });
  });

  test('of an unchanged job is what somebody else registered just before, where that says the same', async () => {
    const nomad = await start();
    const client = clientOf(nomad.address);
    const meta = { 'pack.deployment_name': 'demo', 'pack.name': 'web' };
    await submit(nomad, [job('web')]);
    const before = await snapshotVersions(client, [ref('web')]);
    await submit(nomad, [job('web', { message: 'new' })]);
    const { body } = await ask(nomad, 'POST /v1/jobs', {
      Job: await parsed(nomad, job('web', { message: 'new' }), meta),
    });
    await submit(nomad, [job('web', { message: 'newer' })]);
    const [found] = await findSubmitted(client, [ref('web')], before, { ids: [body.EvalID], since: 0 });
    expect(found).toMatchObject({ version: 1, change: 'unchanged' });
    expect(found).not.toHaveProperty('isProven');
    // Likewise of a job that was not there.
    const [created] = await findSubmitted(client, [ref('web')], new Map(), { ids: [body.EvalID], since: 0 });
    expect(created).toMatchObject({ version: 1, change: 'unchanged' });
  });

  describe('are not told by an evaluation', () => {
    const scene = async () => {
      const nomad = await start({ namespaces: ['prod'] });
      const client = clientOf(nomad.address);
      const register = async (text: string) =>
        (await ask(nomad, 'POST /v1/jobs', { Job: await parsed(nomad, text) })).body as { EvalID: string };
      return { nomad, client, register, before: await snapshotVersions(client, [ref('web')]) };
    };

    test('from before the run', async () => {
      const { nomad, client, register, before } = await scene();
      const old = await register(job('web'));
      const since = nomad.state.evaluation(old.EvalID)?.CreateIndex ?? 0;
      await register(job('web', { message: 'new' }));
      const version = async (index: number) =>
        (await findSubmitted(client, [ref('web')], before, { ids: [old.EvalID], since: index }))[0]?.version;
      expect([await version(since), await version(since - 1)]).toEqual([1, 0]);
    });

    test('of another job, or of the same id in another namespace', async () => {
      const { client, register, before } = await scene();
      const [other, far] = [await register(job('api')), await register(job('web', { job: 'namespace = "prod"' }))];
      await register(job('web'));
      const found = await findSubmitted(client, [ref('web')], before, { ids: [other.EvalID, far.EvalID], since: 0 });
      expect(found).toEqual([expect.not.objectContaining({ isProven: true })]);
    });

    test('that no registration made', async () => {
      const { nomad, client, register, before } = await scene();
      const { EvalID } = await register(job('web'));
      const { body } = await ask(nomad, 'DELETE /v1/job/web');
      await register(job('web', { message: 'new' }));
      const [found] = await findSubmitted(client, [ref('web')], before, { ids: [EvalID, body.EvalID], since: 0 });
      expect(found).toMatchObject({ version: 0, isProven: true });
    });

    test('where a younger one is there, in whatever order', async () => {
      const { client, register, before } = await scene();
      const ids = [(await register(job('web'))).EvalID, (await register(job('web', { message: 'new' }))).EvalID];
      for (const order of [ids, [...ids].reverse()]) {
        expect(await findSubmitted(client, [ref('web')], before, { ids: order, since: 0 })).toMatchObject([
          { version: 1 },
        ]);
      }
    });
  });

  test('are missing where they are gone, which an evaluation proves to have been there', async () => {
    const nomad = await start();
    const client = clientOf(nomad.address);
    const { body } = await ask(nomad, 'POST /v1/jobs', { Job: await parsed(nomad, job('web')) });
    nomad.state.commit(() => nomad.state.deleteJob('default', 'web'));
    const find = async (ids: string[]) => await findSubmitted(client, [ref('web')], new Map(), { ids, since: 0 });
    expect(await find([body.EvalID])).toMatchObject([{ change: 'missing', isProven: true }]);
    expect(await find([])).not.toMatchObject([{ isProven: true }]);
  });

  test('are compared with what was there where no evaluation is known', async () => {
    const nomad = await start({ namespaces: ['prod'] });
    const client = clientOf(nomad.address);
    const periodic = (script: string) =>
      job('cron', { type: 'batch', script, job: 'periodic {\n crons = ["0 0 1 1 *"]\n }' });
    await submit(nomad, [periodic('true'), job('web')]);
    const refs = [ref('cron'), ref('web'), ref('web', 'prod'), ref('none')];
    const before = await snapshotVersions(client, refs);
    await submit(nomad, [periodic('false'), job('web', { job: 'namespace = "prod"' })]);
    const found = await findSubmitted(client, refs, before, {
      ids: ['00000000-0000-0000-0000-000000000000'],
      since: 0,
    });
    expect(
      found.map(({ id, namespace, version, change, launches }) => [id, namespace, version, change, launches]),
    ).toEqual([
      ['cron', 'default', 1, 'updated', 'periodic'],
      ['web', 'default', 0, 'unchanged', undefined],
      ['web', 'prod', 0, 'created', undefined],
      ['none', 'default', 0, 'missing', undefined],
    ]);
  });
});

async function parsed(nomad: { readonly address: string }, specification: string, meta = {}): Promise<unknown> {
  const { body } = await ask(nomad, 'POST /v1/jobs/parse', { JobHCL: specification, Canonicalize: true });
  return { ...body, Meta: { ...body.Meta, ...meta } };
}
