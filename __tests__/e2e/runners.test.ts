import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Machine } from '../support/run-action.ts';
import { LIMIT, packs, prepareMachine, REGISTRY_TOKEN, registryInputs, step, useSandbox } from './support/sandbox.ts';

const git = promisify(execFile);

const sandbox = useSandbox();

/** The newest commit of the registry; its pack `echo` says so. */
let newest: string;

beforeAll(async () => {
  newest = await sandbox().registry.change({ files: { 'packs/echo/variables.hcl': await echoing('newest') } });
}, LIMIT);

/** The variables of the pack `echo` with another default of `text`. */
async function echoing(text: string): Promise<string> {
  const variables = await readFile(join(packs, 'echo', 'variables.hcl'), 'utf8');
  return variables.replace(/(variable "text" \{\n.*\n {2}default = )""/, `$1"${text}"`);
}

/** Deploys the pack `echo` of the registry, under a name that is the job's, too. */
async function deploy(name: string, inputs: Readonly<Record<string, string>> = {}, machine?: Machine) {
  const { exitCode, outputs, annotations, leftovers } = await step(sandbox(), {
    ...(machine !== undefined && { machine }),
    inputs: {
      ...registryInputs(sandbox()),
      pack: 'echo',
      deployment_name: name,
      variables: `job_name: ${name}`,
      ...inputs,
    },
  });
  const { status, changed, 'registry-sha': sha } = outputs;
  return { exitCode, annotations, status, changed, sha, leftovers };
}

const deployed = (changed: boolean, sha: string | undefined) => ({
  exitCode: 0,
  annotations: [],
  status: 'running',
  changed: `${changed}`,
  sha,
  leftovers: [],
});

/** What the job says that was deployed. */
async function textOf(job: string): Promise<string> {
  const response = await fetch(`${sandbox().nomad.address}/v1/job/${job}`);
  const { TaskGroups } = (await response.json()) as { TaskGroups: { Tasks: { Env: Record<string, string> }[] }[] };
  return JSON.parse(Buffer.from(TaskGroups[0]?.Tasks[0]?.Env['text'] ?? '', 'base64').toString());
}

describe('deployed once more from another runner, nothing changes', () => {
  test.concurrent.each<[string, string, Record<string, string>, 'first' | 'newest' | 'none']>([
    ['a pack of the registry', 'again-tag', { registry_ref: 'v1' }, 'first'],
    ['a pack at a branch', 'again-branch', { registry_ref: 'release/1' }, 'first'],
    ['a pack of the default branch', 'again-latest', {}, 'newest'],
    ['a directory', 'again-directory', { pack: './echo', registry_name: '', registry_source: '' }, 'none'],
  ])(
    '%s',
    async (_title, name, inputs, commit) => {
      const sha = { first: sandbox().registry.commit, newest, none: undefined }[commit];
      const [one, other] = [await prepareMachine({}), await prepareMachine({})];
      expect(await deploy(name, inputs, one)).toEqual(deployed(true, sha));
      expect(await deploy(name, inputs, other)).toEqual(deployed(false, sha));
    },
    LIMIT,
  );

  test.concurrent(
    'until the directory is another one',
    async () => {
      const inputs = { pack: './echo', registry_name: '', registry_source: '' };
      const changed = await prepareMachine({ files: { 'echo/variables.hcl': await echoing('changed') } });
      expect(await deploy('other-directory', inputs, await prepareMachine({}))).toMatchObject({ changed: 'true' });
      expect(await deploy('other-directory', inputs, changed)).toMatchObject({ changed: 'true' });
      expect(await textOf('other-directory')).toBe('changed');
    },
    LIMIT,
  );

  test(
    'until the branch goes on, also on a machine that has deployed it before',
    async () => {
      const { registry } = sandbox();
      const machine = await prepareMachine({});
      const onBranch = async () => await deploy('moving', { registry_ref: 'release/1' }, machine);
      const first = await registry.resolve('release/1');
      expect(await onBranch()).toEqual(deployed(true, first));
      const second = await registry.change({
        branch: 'release/1',
        files: { 'packs/echo/variables.hcl': await echoing('moved') },
      });
      expect(await onBranch()).toEqual(deployed(true, second));
      expect(await textOf('moving')).toBe('moved');
      const third = await registry.change({ branch: 'release/1', files: { 'packs/echo/README.md': 'Read me.\n' } });
      expect(await onBranch()).toEqual(deployed(false, third));
    },
    LIMIT,
  );
});

describe('runs at once on one machine', () => {
  test(
    'do not disturb each other',
    async () => {
      const machine = await prepareMachine({});
      const runs = await Promise.all([
        deploy('crowd-1', { registry_ref: 'v1' }, machine),
        deploy('crowd-2', { registry_ref: 'v1' }, machine),
        deploy('crowd-3', {}, machine),
        deploy('crowd-4', { pack: './echo' }, machine),
      ]);
      const { commit } = sandbox().registry;
      // What is left is looked at when all have ended: they see each other's.
      expect(runs.map((run) => ({ ...run, leftovers: [] }))).toEqual(
        [commit, commit, newest, undefined].map((sha) => deployed(true, sha)),
      );
      const texts = ['crowd-1', 'crowd-2', 'crowd-3', 'crowd-4'].map(textOf);
      expect(await Promise.all(texts)).toEqual(['', '', 'newest', '']);
      const left = [machine.temp, machine.tmp, machine.home].map(async (folder) => await readdir(folder));
      expect((await Promise.all(left)).flat()).toEqual([]);
    },
    LIMIT,
  );
});

describe('the commit that was deployed', () => {
  test.concurrent.each([
    ['a tag', 'v1', 'ref-tag', 'first'],
    ['a commit', (sha: string) => sha, 'ref-commit', 'first'],
    ['a short commit', (sha: string) => sha.slice(0, 10), 'ref-short', 'first'],
    ['a branch', 'main', 'ref-branch', 'newest'],
    ['the default branch', 'latest', 'ref-default', 'newest'],
  ] as const)(
    'at %s',
    async (_title, ref, name, which) => {
      const first = sandbox().registry.commit;
      const registry_ref = typeof ref === 'string' ? ref : ref(first);
      expect(await deploy(name, { registry_ref })).toEqual(deployed(true, which === 'first' ? first : newest));
      expect(await textOf(name)).toBe(which === 'first' ? '' : 'newest');
    },
    LIMIT,
  );

  test.concurrent(
    'of one pack alone',
    async () => {
      expect(await deploy('target', { registry_target: 'echo', registry_ref: 'v1' })).toEqual(
        deployed(true, sandbox().registry.commit),
      );
    },
    LIMIT,
  );
});

describe('where registries are', () => {
  test.concurrent(
    'behind a token',
    async () => {
      const private_ = { registry_source: sandbox().git.url('private'), registry_token: REGISTRY_TOKEN };
      expect(await deploy('private', private_)).toEqual(deployed(true, newest));
    },
    LIMIT,
  );

  test.concurrent(
    'in the workspace, by a relative path',
    async () => {
      const machine = await prepareMachine({});
      await git('git', ['clone', '--quiet', sandbox().registry.path, join(machine.workspace, 'registries', 'own')]);
      expect(await deploy('relative', { registry_source: './registries/own' }, machine)).toEqual(
        deployed(true, newest),
      );
    },
    LIMIT,
  );

  test.concurrent.each([
    ['by an absolute path', 'absolute', (path: string) => path],
    ['by file://', 'file-url', (path: string) => pathToFileURL(path).href],
  ])(
    'on the machine, %s',
    async (_title, name, source) => {
      const inputs = { registry_source: source(sandbox().registry.path) };
      expect(await deploy(name, inputs)).toEqual(deployed(true, newest));
    },
    LIMIT,
  );
});
