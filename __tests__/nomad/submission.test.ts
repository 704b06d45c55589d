import { describe, expect, test } from '@jest/globals';
import { findSubmitted, snapshotVersions } from '../../src/nomad/submission.ts';
import { ask, jobSpecification as job } from '../sandbox/support/api.ts';
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
      launches: undefined,
      type: 'service',
      change: 'created',
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
