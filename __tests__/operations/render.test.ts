import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { jobSpecification as job, register } from 'nomad-pack-sandbox/__tests__/support/api.ts';
import { afterwards } from '../support/afterwards.ts';
import { type Lab, openLab } from './support/lab.ts';

describe('rendered files', () => {
  test('stay for later steps: those of the jobs, and what the pack says', async () => {
    const lab = await openLab();
    const files = { 'web/notes.txt': 'notes', 'outputs.tpl': 'done' };
    const { reason, result } = await lab.step({ operation: 'render', jobs: [job('web')], files });
    expect([reason, result.status, result.changed]).toEqual(['', 'unknown', false]);
    const folder = result.renderedPath ?? '';
    expect((await readdir(folder, { recursive: true })).sort()).toEqual([
      'outputs.tpl',
      'web',
      'web/job0.nomad',
      'web/notes.txt',
    ]);
    expect(await readFile(join(folder, 'web/job0.nomad'), 'utf8')).toBe(job('web'));
  });

  test('are none of what the pack says where that is nothing', async () => {
    const lab = await openLab();
    const { result } = await lab.step({ operation: 'render', jobs: [job('web')], files: { 'outputs.tpl': ' \n' } });
    expect(await readdir(result.renderedPath ?? '')).toEqual(['web']);
  });
});

describe('a pack is not deployed', () => {
  test.each([
    ['that renders to nothing', { jobs: [] }, 'job-specification', 'renders to no job, only to nothing'],
    [
      'whose templates are named otherwise',
      { jobs: [], files: { 'web/web.hcl': job('web'), 'outputs.tpl': '' } },
      'job-specification',
      'only to web/web.hcl, outputs.tpl',
    ],
    ['with two files of one job', { jobs: [job('web'), job('web')] }, 'job-specification', 'web'],
    ['for another region', { jobs: [job('web', { job: 'region = "eu"' })] }, 'job-specification', '"eu"'],
    ['that Nomad cannot read', { jobs: ['job "web" {'] }, 'job-specification', 'web/job0.nomad'],
    [
      'whose metadata this nomad-pack loses',
      { jobs: [`locals {\n  a = 1\n}\n${job('web')}`] },
      'job-specification',
      'nomad-pack 0.4.2',
    ],
  ])('%s', async (_, step, reason, words) => {
    const lab = await openLab();
    const outcome = await lab.step(step);
    expect(outcome).toMatchObject({ reason, runs: 0, result: { changed: false } });
    expect(outcome.message).toContain(words);
  });

  test('before it is told which jobs it has', async () => {
    const { lines } = await (await openLab()).step({ jobs: [job('api'), job('web')], operation: 'plan' });
    expect(lines).toContain('Jobs: api (default), web (default).');
  });

  test('with a file that is no text', async () => {
    const lab = await openLab();
    const outcome = await lab.step({ jobs: [job('api'), job('web')], brokenLine: 7 });
    expect(outcome).toMatchObject({ reason: 'job-specification', runs: 0 });
    expect(outcome.message).toBe('web/job1.nomad, line 7, is not encoded as UTF-8.');
    expect(outcome.result.failure?.hint).toContain('base64');
  });

  test('without the name that jobs have, which is said', async () => {
    const outcome = await (await openLab()).step({ jobs: [] });
    expect(outcome.result.failure?.hint).toContain('`.nomad.tpl`');
  });

  test('without a registry', async () => {
    const lab = await openLab();
    expect(await lab.step({ jobs: [job('web')], registry: false })).toMatchObject({ reason: 'input', runs: 0 });
  });
});

describe('what is wrong with a template of the workspace is told with its line', () => {
  const lossy = `locals {\n  a = 1\n}\n${job('web')}`;
  const odd = job('web').replace('datacenters', 'data_centers');

  async function packOf(template: string): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'pack-'));
    afterwards(() => rm(folder, { recursive: true }));
    await mkdir(join(folder, 'web', 'templates'), { recursive: true });
    await writeFile(join(folder, 'web', 'templates', 'job0.nomad.tpl'), template);
    return join(folder, 'web');
  }

  const place = { file: expect.stringContaining('packs/web/templates/job0.nomad.tpl') };

  test('where Nomad cannot read it', async () => {
    const lab = await openLab();
    const outcome = await lab.step({ jobs: [odd], directory: await packOf(`[[ "x" ]]\n${odd}`) });
    expect(outcome).toMatchObject({ reason: 'job-specification', runs: 0 });
    expect(outcome.result.failure?.location).toEqual({ ...place, line: 3 });
    expect(outcome.result.failure?.hint).not.toBe('');
  });

  test('where nomad-pack would lose it', async () => {
    const lab = await openLab();
    const outcome = await lab.step({ jobs: [lossy], directory: await packOf(`[[ "x" ]]\n\n${lossy}`) });
    expect(outcome).toMatchObject({ reason: 'job-specification', runs: 0 });
    expect(outcome.result.failure?.location).toEqual({ ...place, line: 3 });
  });

  test.each(['plan', 'validate'] as const)(
    'and without it where the line is written otherwise, by %s, too',
    async (operation) => {
      const lab = await openLab();
      const outcome = await lab.step({ operation, jobs: [odd], directory: await packOf('[[ template "all" . ]]') });
      expect(outcome.reason).toBe('job-specification');
      expect(outcome.result.failure?.location).toEqual(place);
    },
  );

  test('but not where Nomad refuses to read anything', async () => {
    const lab = await openLab();
    lab.fail(({ path }) => (path === '/v1/jobs/parse' ? { kind: 'respond', status: 403, body: 'no' } : undefined));
    const outcome = await lab.step({ jobs: [job('web')], directory: await packOf(job('web')) });
    expect(outcome).toMatchObject({ reason: 'nomad-auth', runs: 0 });
    expect(outcome.result.failure?.location).toBeUndefined();
  });

  test('without a cluster, too', async () => {
    const lab = await openLab();
    const step = { operation: 'validate', isAssumed: true, directory: await packOf(`\n${odd}`) } as const;
    const outcome = await lab.step({ ...step, jobs: [odd] });
    expect(outcome.reason).toBe('job-specification');
    expect(outcome.result.failure?.location).toEqual({ ...place, line: 3 });
  });
});

describe('what a version of nomad-pack cannot do, or nobody has tried', () => {
  test('is said of one that is newer than those that were tested', async () => {
    const lab = await openLab();
    const said = async (version: string) => (await lab.step({ jobs: [job('web')], version })).lines.join('\n');
    expect(await said('0.9.0')).toContain('nomad-pack 0.9.0 is newer than');
    expect(await said('0.4.2')).not.toContain('is newer than');
  });
});

describe('a Nomad that cannot list the jobs of one deployment', () => {
  /** It shows that by what it lists besides. */
  async function openOld(): Promise<Lab> {
    const lab = await openLab({ filter: false });
    await register(lab.nomad, job('others'), {});
    return lab;
  }

  const row = { pack: 'web', registry: 'lab', deployment: 'demo', job: 'web', status: 'running' };

  test.each([
    ['running', 'running', 'healthy'],
    ['pending', 'pending', 'unknown'],
    ['dead', 'unknown', 'unknown'],
  ])('is told of by nomad-pack: %s', async (word, status, health) => {
    const lab = await openOld();
    const table = [
      { ...row, status: word },
      { ...row, pack: 'cms', job: 'cms' },
      { ...row, deployment: 'other', job: 'other' },
    ];
    const outcome = await lab.step({ operation: 'status', table });
    expect(outcome).toMatchObject({ reason: '', result: { status, health, jobs: [{ id: 'web', status, health }] } });
    expect(outcome.result.jobs).toHaveLength(1);
    expect(outcome.lines.join('\n')).toContain('so nomad-pack is asked, which knows nothing of their health.');
    const review = { failOnUnhealthy: true };
    expect((await lab.step({ operation: 'status', table, review })).reason).toBe(
      health === 'healthy' ? '' : 'unhealthy',
    );
  });

  test('is not changed: nobody knows whose jobs would be touched', async () => {
    const lab = await openOld();
    for (const operation of ['deploy', 'destroy', 'stop', 'promote', 'plan'] as const) {
      expect(await lab.step({ operation, jobs: [job('web')] })).toMatchObject({ reason: 'nomad-error', runs: 0 });
    }
  });
});
