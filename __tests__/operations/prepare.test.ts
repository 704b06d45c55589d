import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ask, jobSpecification as job } from 'nomad-pack-sandbox/__tests__/support/api.ts';
import { ActionError } from '../../src/errors.ts';
import { afterwards } from '../support/afterwards.ts';
import { type Lab, openLab } from './support/lab.ts';

const COMMIT = 'c0ffee'.padEnd(40, '0');

describe('the pack', () => {
  test('of a registry is told with its ref and commit', async () => {
    const lab = await openLab();
    const { result, lines } = await lab.step({ jobs: [job('web')], ref: 'v7' });
    expect(lines).toContain('Pack web of https://git.example.com/packs at v7, commit c0ffee.');
    expect(result.registrySha).toBe('c0ffee');
  });

  test('of a registry whose commit nobody knows is told without it', async () => {
    const lab = await openLab();
    const { result, lines } = await lab.step({ jobs: [job('web')], noCommit: true });
    expect(lines).toContain('Pack web of https://git.example.com/packs at v1.');
    expect(result).not.toHaveProperty('registrySha');
    expect(lab.nomad.state.job('default', 'web')?.VersionTag?.Description).toMatch(/^deployed=\S+$/);
  });

  test('that is a directory is told as that, and what is deployed has the commit of the workspace', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'pack-'));
    afterwards(() => rm(folder, { recursive: true }));
    const directory = join(folder, 'web');
    await mkdir(directory);
    await writeFile(join(directory, 'metadata.hcl'), '');
    const lab = await openLab();
    const { reason, result, lines } = await lab.step({ jobs: [job('web')], directory, origin: { commit: COMMIT } });
    expect(reason).toBe('');
    expect(lines).toContain('Pack web is the directory ./packs/web.');
    expect(result).not.toHaveProperty('registrySha');
    expect(lab.nomad.state.job('default', 'web')?.VersionTag?.Description).toContain(`commit=${COMMIT}`);
  });
});

describe('`variable_sources`', () => {
  const sources = { sources: ['nomad:///app/config', 'nomad:///app/none', 'consul:///app'] };
  const next = { version: '0.4.3', declares: [], jobs: [job('web')] };

  async function withVariable(): Promise<Lab> {
    const lab = await openLab();
    await ask(lab.nomad, 'PUT /v1/var/app/config', {
      Path: 'app/config',
      Namespace: 'default',
      Items: { password: 'correct-horse' },
    });
    return lab;
  }

  test('are masked where this Nomad has them, and missed where it has not', async () => {
    const lab = await withVariable();
    const files = { 'outputs.tpl': 'the password is correct-horse' };
    const step = { ...next, files, operation: 'plan', words: ['password = "correct-horse"'] } as const;
    const told = await lab.step({ ...step, variables: sources });
    expect(told.reason).toBe('');
    expect(told.result.plan).toContain('***');
    expect(told.result.plan).not.toContain('correct-horse');
    const missing = told.lines.filter((line) => line.startsWith('There is no Nomad variable'));
    expect(missing).toEqual([
      'There is no Nomad variable `app/none` (default), which `variable_sources` names: nomad-pack takes no value from it.',
    ]);
    const without = await lab.step(step);
    expect(without.result.plan).toContain('correct-horse');
  });

  test('are handed on to nomad-pack, which reads them', async () => {
    const lab = await withVariable();
    const { target } = await lab.step({ ...next, variables: sources });
    expect(target).toMatchObject(sources);
    const without = await lab.step({ ...next, jobs: [job('web', { message: 'next' })] });
    expect(without.target).toBeDefined();
    expect(without.target).not.toHaveProperty('sources');
  });

  test('that the token may not read are nobody’s to mask, and no trouble', async () => {
    const lab = await withVariable();
    lab.fail(({ path }) => (path.startsWith('/v1/var/') ? { kind: 'respond', status: 403, body: 'no' } : undefined));
    const outcome = await lab.step({ ...next, variables: sources });
    expect(outcome.reason).toBe('');
    expect(outcome.lines.join('\n')).not.toContain('There is no Nomad variable');
  });

  test('want a version of nomad-pack that knows them', async () => {
    const lab = await withVariable();
    const outcome = await lab.step({ jobs: [job('web')], variables: sources });
    expect([outcome.reason, outcome.message, outcome.runs]).toEqual([
      'input',
      'nomad-pack 0.4.2 does not know `--var-source`, which `variable_sources` needs.',
      0,
    ]);
    expect(outcome.result.failure?.hint).toContain('nomad_pack_version');
  });
});

describe('where two things fail at once', () => {
  const unfetchable = new ActionError('registry-unreachable', 'Nobody is there.');

  test('the registry tells more than a cluster that does not answer', async () => {
    const lab = await openLab();
    lab.fail(({ path }) => (path === '/v1/jobs' ? { kind: 'respond', status: 403, body: 'no' } : undefined));
    expect(await lab.step({ jobs: [job('web')], unfetchable })).toMatchObject({ reason: 'registry-unreachable' });
    expect(await lab.step({ jobs: [job('web')] })).toMatchObject({ reason: 'nomad-auth', runs: 0 });
  });

  test('a cluster that does not answer tells more than a template', async () => {
    const lab = await openLab();
    lab.fail(({ path }) => (path === '/v1/jobs' ? { kind: 'respond', status: 403, body: 'no' } : undefined));
    const unrenderable = new ActionError('template', 'it does not render');
    expect(await lab.step({ jobs: [job('web')], unrenderable })).toMatchObject({ reason: 'nomad-auth' });
  });

  test('wrong types and unknown variables are told together, with the place that is known', async () => {
    const lab = await openLab();
    const location = { file: 'vars.hcl', line: 3 };
    const unrenderable = new ActionError('variable-undeclared', 'no variable colour', { hint: 'Drop it.', location });
    const variables = { plain: { count: 'three' } };
    const declared = { count: { type: 'number', mayBeSecret: false } };
    const step = { jobs: [job('web')], variables, declared, wrongTypes: ['count: a number is required'] };
    const outcome = await lab.step({ ...step, unrenderable });
    expect(outcome.reason).toBe('variable-type');
    expect(outcome.message).toContain('no variable colour');
    expect(outcome.result.failure?.hint).toContain('Drop it.');
    expect(outcome.result.failure?.location).toEqual(location);
  });

  test('a value of the wrong type tells more than a template that fails over it', async () => {
    const lab = await openLab();
    const unrenderable = new ActionError('template', 'it does not render');
    const variables = { plain: { count: 'three' } };
    const declared = { count: { type: 'number', mayBeSecret: false } };
    const step = { jobs: [job('web')], variables, declared, wrongTypes: ['count: a number is required'] };
    const wrong = await lab.step({ ...step, unrenderable });
    expect(wrong.reason).not.toBe('template');
    expect(await lab.step({ jobs: [job('web')], unrenderable })).toMatchObject({ reason: 'template' });
  });
});
