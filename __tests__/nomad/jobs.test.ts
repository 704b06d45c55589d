import { describe, expect, test } from '@jest/globals';
import { failDeployment, promote, stopJob } from '../../src/nomad/jobs.ts';
import { deployment, specification } from './rollout/support/moments.ts';
import { scripted } from './support/scripted.ts';

const web = { id: 'web', namespace: 'default' };
const owner = { deploymentName: 'demo', packName: 'web' };
const Meta = { 'pack.deployment_name': 'demo', 'pack.name': 'web' };

describe('a promotion whose answer is lost', () => {
  const [write, read] = ['POST /v1/deployment/promote/d3', 'GET /v1/deployment/d3'];
  const canary = { DesiredCanaries: 1 };

  test.each([
    ['is done where all canaries are promoted', { app: { ...canary, Promoted: true }, side: {} }, 'done'],
    ['is not where some are', { app: { ...canary, Promoted: true }, side: { ...canary, Promoted: false } }, 'undone'],
    ['is not where there is none to promote', { app: {}, side: {} }, 'undone'],
    ['is not where there is no group', {}, 'undone'],
  ])('%s', async (_, groups, state) => {
    const { client, sent, queries } = await scripted({ [write]: [502, 400], [read]: [deployment(groups)] });
    expect(await promote(client, 'd3', 'prod')).toMatchObject({ state });
    expect(queries.map((query) => query.get('namespace'))).toEqual(queries.map(() => 'prod'));
    expect(sent.filter((one) => one === write)).toHaveLength(state === 'done' ? 1 : 2);
  });

  test('is known of nobody where Nomad does not say', async () => {
    const { client } = await scripted({ [write]: [502], [read]: [403] });
    expect(await promote(client, 'd3', 'default')).toMatchObject({ state: 'unknown' });
  });

  test('is not done where the rollout is gone', async () => {
    const { client } = await scripted({ [write]: [502, 400] });
    expect(await promote(client, 'd3', 'default')).toMatchObject({ state: 'undone' });
  });
});

describe('a rollout that is let fail', () => {
  const [write, read] = ['POST /v1/deployment/fail/d3', 'GET /v1/deployment/d3'];

  test.each([
    ['is so at once', [{ EvalID: 'e' }], [], 'done', 1],
    ['is so though the answer is lost', [502], [deployment({}, { Status: 'failed' })], 'done', 1],
    ['is not, and is let fail again', [502, { EvalID: 'e' }], [deployment({})], 'done', 2],
    ['is not where Nomad refuses', [403], [], 'undone', 1],
    ['is not where it is gone', [502, 404], [404], 'undone', 2],
  ])('%s', async (_, writes, reads, state, sends) => {
    const { client, sent, queries } = await scripted({ [write]: writes, [read]: reads });
    expect(await failDeployment(client, 'd3', 'prod')).toMatchObject({ state });
    expect(sent.filter((one) => one === write)).toHaveLength(sends);
    expect(queries.map((query) => query.get('namespace'))).toEqual(queries.map(() => 'prod'));
  });
});

describe('a stop whose answer is lost', () => {
  const [read, write] = ['GET /v1/job/web', 'DELETE /v1/job/web'];
  const runs = specification({ Meta });
  const stopped = specification({ Meta, Stop: true, JobModifyIndex: 40 });
  const anew = specification({ Meta, JobModifyIndex: 50 });

  test.each([
    ['a stop is done where the job is stopped', false, [runs, stopped], 'done', 1],
    ['a purge is not', true, [runs, stopped, 404], 'done', 2],
    ['a stop is done where the job is gone', false, [runs, 404], 'done', 1],
    ['a purge is done where the job is gone', true, [runs, 404], 'done', 1],
    ['is not done where the job runs on', false, [runs, runs, stopped], 'done', 2],
    ['is done where somebody has registered the job anew, which is left alone', true, [runs, anew], 'done', 1],
    ['has nothing to do where the job is gone', true, [404], 'gone', 0],
  ])('%s', async (_, purge, looks, state, sends) => {
    const { client, sent } = await scripted({ [read]: looks, [write]: [502] });
    expect(await stopJob(client, web, owner, { purge })).toMatchObject({ state });
    expect(sent.filter((one) => one === write)).toHaveLength(sends);
  });

  test.each([
    ['by another deployment', { ...Meta, 'pack.deployment_name': 'other' }],
    ['by another pack', { ...Meta, 'pack.name': 'other' }],
    ['without an owner', null],
  ])('leaves alone what was registered %s since it was found', async (_, meta) => {
    const { client, sent } = await scripted({ [read]: [specification({ Meta: meta })], [write]: [{}] });
    const outcome = await stopJob(client, web, owner, { purge: true });
    expect(outcome).toMatchObject({ state: 'undone', failure: { reason: 'would-stop-others' } });
    expect(sent).toEqual([read]);
    // The caller's own registration, whatever its metadata.
    const own = await scripted({
      [read]: [specification({ Meta: meta })],
      [write]: [{ EvalID: '', JobModifyIndex: 31 }],
    });
    expect(await stopJob(own.client, web, owner, { purge: false, registered: 30 })).toEqual({ state: 'done' });
  });
});
