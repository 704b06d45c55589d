import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { jobSpecification as job } from 'nomad-pack-sandbox/__tests__/support/api.ts';
import { ActionError } from '../../src/errors.ts';
import { afterwards } from '../support/afterwards.ts';
import { type Lab, openLab } from './support/lab.ts';

const canary = (id: string, message: string) => job(id, { update: 'canary = 1', message });

/** Two jobs, both of which wait for a promotion, and a third one that does not. */
async function waiting(): Promise<Lab> {
  const lab = await openLab({ namespaces: ['prod'] });
  await lab.step({ jobs: [canary('api', 'old'), canary('web', 'old'), job('plain')] });
  const outcome = await lab.step({ jobs: [canary('api', 'new'), canary('web', 'new'), job('plain')] });
  expect(outcome.reason).toBe('awaiting-promotion');
  return lab;
}

const isPromotion = (path: string) => path.startsWith('/v1/deployment/promote/');
const promotions = ({ nomad }: Lab) => nomad.requests.filter(({ path }) => isPromotion(path)).length;

test('promotes what waits, watches it, and tells of all jobs', async () => {
  const lab = await waiting();
  const outcome = await lab.step({ operation: 'promote' });
  expect(outcome).toMatchObject({ reason: '', result: { status: 'running', health: 'healthy', changed: true } });
  expect(outcome.result.jobs?.map(({ id, version }) => [id, version])).toEqual([
    ['api', 1],
    ['web', 1],
    ['plain', 0],
  ]);
  expect(await lab.step({ operation: 'promote' })).toMatchObject({
    reason: '',
    result: { health: 'healthy', changed: false },
  });
  expect(promotions(lab)).toBe(2);
});

test.each([
  ['is not there', { name: 'none' }, 'Check `deployment_name`, `pack` and `nomad_namespace`.'],
  ['is of another pack', { pack: 'other' }, 'Check `deployment_name`, `pack` and `nomad_namespace`.'],
  [
    'is in another namespace',
    { namespace: 'prod' },
    'The same pack runs under the same name elsewhere: api (default). Set `nomad_namespace` to look there.',
  ],
])('a deployment that %s cannot be promoted', async (_, step, hint) => {
  const lab = await openLab({ namespaces: ['prod'] });
  await lab.step({ jobs: [job('api')] });
  const outcome = await lab.step({ operation: 'promote', ...step });
  expect(outcome).toMatchObject({ reason: 'stopped', result: { changed: false } });
  expect(outcome.result.failure?.hint).toBe(hint);
});

test.each([
  ['promote', 'No canary waits for a promotion.'],
  ['reject', 'No canary waits for a decision.'],
] as const)('where no canary waits, %s says so, and tells of the jobs', async (operation, line) => {
  const lab = await openLab();
  await lab.step({ jobs: [canary('api', 'old'), job('plain')] });
  const outcome = await lab.step({ operation });
  expect(outcome).toMatchObject({ reason: '', result: { status: 'running', health: 'healthy', changed: false } });
  expect(outcome.result.jobs?.map(({ id }) => id)).toEqual(['api', 'plain']);
  expect(outcome.lines).toContain(line);
});

test('a deployment that was stopped cannot be promoted', async () => {
  const lab = await openLab();
  await lab.step({ jobs: [job('api')] });
  await lab.step({ operation: 'stop' });
  expect(await lab.step({ operation: 'promote' })).toMatchObject({ reason: 'stopped' });
});

describe('a promotion whose answer is lost', () => {
  test.each([
    ['that was carried out is not sent again', true, 2],
    ['that was not is sent again', false, 3],
  ])('%s', async (_, afterwards, sent) => {
    const lab = await waiting();
    let done = false;
    lab.fail(({ path }) => {
      if (!isPromotion(path) || done) return undefined;
      done = true;
      return { kind: 'reset', afterwards };
    });
    expect(await lab.step({ operation: 'promote' })).toMatchObject({ reason: '', result: { changed: true } });
    expect(promotions(lab)).toBe(sent);
  });

  test('and that nobody can look for is a change', async () => {
    const lab = await waiting();
    let broken = false;
    lab.fail(({ path }) => {
      broken ||= isPromotion(path);
      return broken ? { kind: 'reset' } : undefined;
    });
    expect(await lab.step({ operation: 'promote' })).toMatchObject({
      reason: 'nomad-unreachable',
      result: { changed: true },
    });
  });

  test('because the step was cancelled is a change', async () => {
    const lab = await waiting();
    const abort = new AbortController();
    lab.fail(({ path }) => {
      if (!isPromotion(path)) return undefined;
      abort.abort(new ActionError('cancelled', 'The step was cancelled.'));
      return { kind: 'delay', milliseconds: 300 };
    });
    const outcome = await lab.step({ operation: 'promote', signal: abort.signal });
    expect(outcome).toMatchObject({ reason: 'cancelled', result: { changed: true } });
    expect(outcome.result.jobs?.map(({ id }) => id)).toEqual(['api', 'plain', 'web']);
  });
});

test.each([
  ['the first', 1, false],
  ['the second', 2, true],
])('a refusal of %s promotion changes what came before', async (_, which, changed) => {
  const lab = await waiting();
  let asked = 0;
  lab.fail(({ path }) => {
    if (!isPromotion(path)) return undefined;
    asked += 1;
    return asked === which ? { kind: 'respond', status: 403, body: 'no' } : undefined;
  });
  const outcome = await lab.step({ operation: 'promote' });
  expect(outcome).toMatchObject({ reason: 'nomad-auth', result: { changed } });
  expect(outcome.result.jobs?.map(({ id }) => id)).toEqual(['api', 'plain', 'web']);
});

test('a promotion that does not end in time is red', async () => {
  const lab = await openLab();
  const folder = await mkdtemp(join(tmpdir(), 'first-'));
  afterwards(() => rm(folder, { recursive: true, force: true }));
  // The canary, which is the first, gets ready; what is placed after its promotion never does.
  const prepare = `task "prepare" {
    driver = "raw_exec"
    lifecycle {
      hook = "prestart"
    }
    config {
      command = "/bin/sh"
      args    = ["-c", "mkdir ${folder}/first || exec sleep 3600"]
    }
  }`;
  await lab.step({ jobs: [job('web', { count: 2 })] });
  const next = job('web', { count: 2, update: 'canary = 1', message: 'new', group: prepare });
  expect((await lab.step({ jobs: [next] })).reason).toBe('awaiting-promotion');
  const outcome = await lab.step({ operation: 'promote', rollout: { timeout: 1_000 } });
  expect(outcome).toMatchObject({ reason: 'timeout', result: { changed: true } });
});
