import { execFileSync } from 'node:child_process';
import { chown, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type GitServer, makeRegistry, type Registry, startGitServer } from 'nomad-pack-sandbox/git/index.ts';
import { newMachine } from '../support/run-action.ts';
import { packs, scenarios } from './support/scenario.ts';

const { run, runFile, ask } = scenarios('Registries');

const LIMIT = 90_000;

/** Tags that git allows and a URL does not. */
const ODD_TAGS = ['v1.0+build', 'v1#x', 'v1;x', 'v1&x', 'v1%41'];

let root: string;
let registry: Registry;
let newest: string;
let server: GitServer;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'scenario-registry-'));
  await cp(join(packs, 'svc'), join(root, 'packs', 'svc'), { recursive: true });
  await cp(join(packs, 'svc'), join(root, 'packs', 'MyPack'), { recursive: true });
  const metadata = join(root, 'packs', 'MyPack', 'metadata.hcl');
  await writeFile(metadata, (await readFile(metadata, 'utf8')).replace(/name( *)= "svc"/, 'name$1= "MyPack"'));
  // A branch `master` that nobody has touched for long, which must never be taken for the default one.
  registry = await makeRegistry(join(root, 'packs'), { branches: ['master'], tags: [...ODD_TAGS, 'v1.0.0'] });
  newest = await registry.change({ files: { 'packs/svc/README.md': 'newer\n' } });
  server = await startGitServer({ repositories: { packs: { path: registry.repository } } });
}, LIMIT);

afterAll(async () => {
  await server.stop();
  await registry.remove();
  await rm(root, { recursive: true });
});

/** Renders a pack of a registry; that shows all that a deploy would find on its way there. */
async function render(source: string, more: Readonly<Record<string, string>> = {}) {
  return await run({
    operation: 'render',
    name: 'registry',
    with: { pack: 'svc', registry_name: 'lab', registry_source: source, ...more },
  });
}

/** A git repository with a file, but no packs. */
async function repository(name: string, files: Readonly<Record<string, string>>): Promise<string> {
  const folder = join(root, name);
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.com', ...args], { cwd: folder });
  await mkdir(folder);
  git('init', '--quiet', '--initial-branch=main');
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
  if (Object.keys(files).length > 0) {
    git('add', '.');
    git('commit', '--quiet', '--message', 'x');
  }
  return folder;
}

/** Requests that are made in any case: two of the action's look, two of nomad-pack's, and the first of the clone. */
const FEWEST = 5;

/** This version needs the answer to its own look; a newer one clones the default branch without it, and says nothing. */
const NEEDS_ITS_LOOK = /^0\.4\.2/;

describe('one failed request of git', () => {
  // Both the action and nomad-pack ask for the default branch, and then it is cloned; the last ones may not come to pass.
  test.each(
    [0, 1, 2, 3, 4, 5, 6].flatMap((after) => [
      [after, { kind: 'status', status: 503 }] as const,
      [after, { kind: 'reset' }] as const,
      // A page of a gateway, which git takes for a list without a single ref.
      [after, { kind: 'status', status: 200 }] as const,
    ]),
  )(
    'after %i others: %j',
    async (after, how) => {
      const asked = server.requests.length;
      server.misbehave('packs', how, { after, times: 1 });
      const outcome = await render(server.url('packs'));
      server.misbehave('packs', undefined);
      expect(outcome).toMatchObject({ reason: '', exitCode: 0, outputs: { 'registry-sha': newest } });
      if (after >= FEWEST) return;
      expect(server.requests.length - asked).toBeGreaterThan(after);
      const needsAll = NEEDS_ITS_LOOK.test(outcome.outputs['nomad-pack-version'] ?? '');
      // After a reset, git itself may ask a second time.
      if (how.kind === 'status' && how.status === 503 && needsAll)
        expect(outcome.log).toMatch(/trying again|Fetching it again/);
    },
    LIMIT,
  );

  test(
    'that will always fail is not tried again',
    async () => {
      server.misbehave('packs', { kind: 'status', status: 403 });
      const outcome = await render(server.url('packs'));
      server.misbehave('packs', undefined);
      expect(outcome.reason).toBe('registry-auth');
      expect(outcome.log).not.toContain('again');
    },
    LIMIT,
  );
});

describe('the default branch', () => {
  test(
    'is never `master` where HEAD is not a branch',
    async () => {
      const detached = join(root, 'detached');
      await cp(registry.path, detached, { recursive: true });
      execFileSync('git', ['checkout', '--quiet', '--detach', newest], { cwd: detached });
      const outcome = await render(detached);
      if (outcome.exitCode === 0) expect(outcome.outputs['registry-sha']).toBe(newest);
      else {
        expect(outcome.reason).toBe('registry-ref-not-found');
        expect(outcome.firstLine).toContain(`is at commit ${newest}, but nomad-pack clones commit ${registry.commit}`);
      }
    },
    LIMIT,
  );

  test(
    'of an empty repository is not there',
    async () => {
      const outcome = await render(await repository('empty', {}), { pack: 'web' });
      expect([outcome.reason, outcome.firstLine]).toEqual([
        'registry-ref-not-found',
        expect.stringContaining('has no default branch'),
      ]);
    },
    LIMIT,
  );
});

describe('what is wrong with a registry', () => {
  test(
    'it has no folder `packs`',
    async () => {
      const outcome = await render(await repository('no-packs', { 'metadata.hcl': '' }));
      expect([outcome.reason, outcome.firstLine]).toEqual([
        'registry-invalid',
        expect.stringContaining('has no folder `packs` with packs in it at `latest`'),
      ]);
      expect(outcome.log).toContain('pack: ./web');
    },
    LIMIT,
  );

  (process.getuid?.() === 0 ? test : test.skip)(
    'it belongs to somebody else',
    async () => {
      const source = await repository('dubious', { file: '' });
      for (const name of ['', '.git', ...(await readdir(source))]) await chown(join(source, name), 1234, 1234);
      const outcome = await render(source);
      expect([outcome.reason, outcome.firstLine]).toEqual([
        'registry-invalid',
        expect.stringContaining('belongs to another user'),
      ]);
      expect(outcome.log).toContain(`git config --global --add safe.directory ${source}`);
    },
    LIMIT,
  );
});

describe('names', () => {
  test.each([
    ['a registry', () => ({ pack: 'MyPack', registry_name: 'lab', registry_source: registry.path })],
    ['the workspace', () => ({ pack: './MyPack' })],
  ])(
    'a pack of %s with capitals is deployed, and deployed again without a change',
    async (where, inputs) => {
      const name = `capitals-${where.split(' ').at(-1)}`;
      const machine = await newMachine(join(root, 'packs'));
      const step = { machine, name, variables: { job_name: name }, with: inputs() };
      expect(await run(step)).toMatchObject({ reason: '', changed: 'true', jobs: [{ id: name, health: 'healthy' }] });
      expect(await run({ ...step, scenario: `pack of ${where} with capitals` })).toMatchObject({
        reason: '',
        changed: 'false',
      });
    },
    LIMIT,
  );

  test.each(ODD_TAGS)(
    'the ref %s is what was asked for, or it is said that nomad-pack cannot fetch it',
    async (ref) => {
      const outcome = await render(registry.path, { registry_ref: ref });
      if (outcome.exitCode === 0) expect(outcome.outputs['registry-sha']).toBe(registry.commit);
      else {
        expect(outcome.reason).toBe('input');
        expect(outcome.firstLine).toMatch(/^nomad-pack 0\.4\.2\S* cannot fetch the ref/);
      }
    },
    LIMIT,
  );
});

describe('over the deployments of a file', () => {
  const looks = () => server.requests.filter(({ path }) => path.includes('/info/refs')).length;

  test(
    'a source is fetched once at each ref, and each job says where it came from',
    async () => {
      const source = server.url('packs');
      const pack = (from: string, name: string) => ({ pack: `${from}/svc`, name, variables: { job_name: name } });
      const file = {
        registries: { lab: { source, ref: 'v1.0.0' }, same: { source, ref: 'v1.0.0' } },
        deployments: {
          one: pack('lab', 'file-one'),
          two: pack('lab', 'file-two'),
          other: pack('same', 'file-other'),
          newer: { ...pack('lab', 'file-newer'), ref: newest },
          capital: { ...pack('lab', 'file-capital'), pack: 'lab/MyPack' },
        },
      };
      const count = async (only: string) => {
        const before = looks();
        const outcome = await runFile({ operation: 'render', file, with: { only } });
        expect(outcome.exitCode).toBe(0);
        return looks() - before;
      };
      const [atTag, atCommit] = [await count('one'), await count('newer')];
      expect(await count('*')).toBe(atTag + atCommit);

      const deployed = await runFile({ scenario: 'file of several registries', file });
      expect(deployed).toMatchObject({ exitCode: 0, status: 'running' });
      expect(deployed.results).toMatchObject({
        one: { 'registry-sha': registry.commit },
        other: { 'registry-sha': registry.commit },
        newer: { 'registry-sha': newest },
      });
      const { Meta } = await ask<{ readonly Meta: Readonly<Record<string, string>> }>('/v1/job/file-other');
      expect(Meta).toMatchObject({
        'pack.registry': 'same',
        'pack.path': expect.stringMatching(/nomad\/packs\/same\/v1\.0\.0\/svc@v1\.0\.0$/),
      });
      const again = await runFile({ file });
      expect(again).toMatchObject({ exitCode: 0, changed: 'false' });
    },
    LIMIT,
  );

  test(
    'one that is not there fails each of its deployments, and no other',
    async () => {
      const file = {
        registries: { lab: { source: server.url('packs') }, gone: { source: 'http://127.0.0.1:9/packs.git' } },
        deployments: {
          good: { pack: 'lab/svc' },
          bad: { pack: 'gone/svc' },
          worse: { pack: 'gone/svc', name: 'worse' },
        },
      };
      const outcome = await runFile({ operation: 'render', file });
      expect(outcome).toMatchObject({ exitCode: 1, reason: 'registry-unreachable' });
      expect(outcome.results).toMatchObject({
        good: { 'failure-reason': '' },
        bad: { 'failure-reason': 'registry-unreachable' },
        worse: { 'failure-reason': 'registry-unreachable' },
      });
    },
    LIMIT,
  );
});
