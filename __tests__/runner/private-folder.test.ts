import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { post } from '../../src/post.ts';
import { PrivateFolder, RENDERED_FOLDER } from '../../src/runner/private-folder.ts';
import { captureStdout } from '../report/support/stdout.ts';

/** Where a folder remembers processes. */
const PROCESSES = '.nomad-pack-processes';

const temporary = () => join(root, 'temporary/made');

let root: string;
let workspace: string;
let folder: PrivateFolder;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'private-folder-'));
  workspace = join(root, 'workspace');
  await mkdir(workspace);
  folder = await PrivateFolder.create(join(root, 'temporary/made'));
});

afterEach(async () => {
  await folder.remove();
  await rm(root, { recursive: true });
});

test('is this user’s alone, and so is what is in it', async () => {
  const path = await folder.write('secret', 'hunter2');
  expect((await stat(folder.path)).mode & 0o777).toBe(0o700);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readFile(path, 'utf8')).toBe('hunter2');
  expect((await PrivateFolder.create(join(root, 'temporary/made'))).path).not.toBe(folder.path);
});

test('writes nothing over what is there, and follows no link', async () => {
  await symlink(join(workspace, 'target'), join(folder.path, 'linked'));
  await expect(folder.write('linked', 'hunter2')).rejects.toMatchObject({ code: 'EEXIST' });
  expect(existsSync(join(workspace, 'target'))).toBe(false);
});

test('has folders for parts of the work, which are its own, and remembers their processes itself', async () => {
  const part = await folder.within('part');
  expect((await stat(part.path)).mode & 0o777).toBe(0o700);
  const child = spawn('sleep', ['60']);
  const pid = child.pid ?? 0;
  part.rememberProcess(pid);
  expect(await folder.rememberedProcesses()).toEqual([pid]);
  await part.write('secret', 'hunter2');
  await part.remove();
  expect(existsSync(part.path)).toBe(false);
  // What removes the folder of a part does not lose what the step's end has to end.
  expect(await folder.rememberedProcesses()).toEqual([pid]);
  child.kill();
  await once(child, 'exit');
});

describe('the workspace in it', () => {
  test('is there to read, apart from what would mislead git or nomad-pack', async () => {
    await mkdir(join(workspace, 'conf'));
    await writeFile(join(workspace, 'conf/x'), 'hello');
    await writeFile(join(workspace, 'file'), '');
    for (const name of ['.git', '.cache', 'web', RENDERED_FOLDER]) await mkdir(join(workspace, name));
    await folder.write('0001-variables.json', 'ours');
    await writeFile(join(workspace, '0001-variables.json'), 'theirs');
    await folder.linkWorkspace(workspace, 'web');
    expect((await readdir(folder.path)).sort()).toEqual(['.nomad-pack-key', '0001-variables.json', 'conf', 'file']);
    expect(await readFile(join(folder.path, 'conf/x'), 'utf8')).toBe('hello');
    expect(await readFile(join(folder.path, '0001-variables.json'), 'utf8')).toBe('ours');
  });

  test('cannot be mistaken for what the step remembers', async () => {
    await mkdir(join(workspace, PROCESSES));
    await writeFile(join(workspace, PROCESSES, '4712'), '');
    await folder.linkWorkspace(workspace, 'web');
    expect(await folder.rememberedProcesses()).toEqual([]);
    folder.rememberProcess(4711);
    expect(await readdir(join(workspace, PROCESSES))).toEqual(['4712']);
  });

  test('that is not there is none', async () => {
    const before = await readdir(folder.path);
    await folder.linkWorkspace(join(root, 'missing'), 'web');
    expect(await readdir(folder.path)).toEqual(before);
  });

  test('has no way to a `.git`', async () => {
    for (const repository of ['', 'shop', 'a/b', 'c/d/e'].map((path) => join(workspace, path))) {
      await mkdir(join(repository, '.git'), { recursive: true });
      await writeFile(join(repository, '.git', 'config'), 'token');
      await writeFile(join(repository, 'README.md'), 'hello');
    }
    await symlink('.git', join(workspace, 'conf'));
    await symlink('.git/config', join(workspace, 'settings'));
    await symlink('a', join(workspace, 'link'));
    await symlink('../a/b/.git', join(workspace, 'c/way'));
    await folder.linkWorkspace(workspace, 'web');
    const repositories = ['', 'shop/', 'a/b/', 'c/d/e/', 'link/b/'].map((path) => `${path}.git/config`);
    for (const path of [...repositories, 'conf/config', 'settings', 'c/way/config']) {
      expect([path, existsSync(join(folder.path, path))]).toEqual([path, false]);
    }
    for (const path of ['shop', 'a/b', 'c/d/e', 'link/b']) {
      expect(await readFile(join(folder.path, path, 'README.md'), 'utf8')).toBe('hello');
    }
  });

  test('may hold links that lead round in circles', async () => {
    await mkdir(join(workspace, 'a/.git'), { recursive: true });
    await writeFile(join(workspace, 'a/file'), 'hello');
    for (const name of ['one', 'other']) {
      await symlink('..', join(workspace, 'a', name));
      await symlink('.', join(workspace, name));
    }
    await folder.linkWorkspace(workspace, 'web');
    expect(await readdir(join(folder.path, 'a'))).toEqual(['file']);
  });
});

describe('a process', () => {
  test('is remembered until it is forgotten, however many there are, also by a later process', async () => {
    for (const pid of [4711, 4712]) folder.rememberProcess(pid);
    const later = await PrivateFolder.reopen(folder.path, folder.key, temporary());
    expect((await later?.rememberedProcesses())?.sort()).toEqual([4711, 4712]);
    folder.forgetProcess(4711);
    expect(await folder.rememberedProcesses()).toEqual([4712]);
    folder.forgetProcess(4712);
    expect(await folder.rememberedProcesses()).toEqual([]);
    folder.forgetProcess(4712);
  });

  // A signal to 0 goes to the own process group, one to -1 to all processes.
  test.each(['0', '1', '-5', '12 34', '1e3'])('%j is not one', async (name) => {
    await mkdir(join(folder.path, PROCESSES));
    await writeFile(join(folder.path, PROCESSES, name), '');
    expect(await folder.rememberedProcesses()).toEqual([]);
  });
});

test('goes away with folders that cannot be written, but without what links lead to', async () => {
  const packs = join(folder.path, '.cache/packs/web');
  await mkdir(packs, { recursive: true });
  await writeFile(join(packs, 'metadata.hcl'), '');
  await chmod(packs, 0o500);
  await chmod(join(folder.path, '.cache'), 0o500);
  await mkdir(join(workspace, 'conf'), { mode: 0o500 });
  await folder.linkWorkspace(workspace, 'web');
  await folder.remove();
  expect(existsSync(folder.path)).toBe(false);
  expect((await lstat(join(workspace, 'conf'))).mode & 0o777).toBe(0o500);
  await folder.remove();
});

/** As the step's state names it. */
const saved = () => ({ path: folder.path, key: folder.key as string | undefined });

describe('the end of the step', () => {
  test('ends what still runs, with all that it started, and removes the folder', async () => {
    const child = spawn('/bin/sh', ['-c', 'sleep 60 & echo ready; wait'], { detached: true });
    await once(child.stdout, 'data');
    const ended = once(child, 'close');
    folder.rememberProcess(child.pid ?? 0);
    await post(saved(), { RUNNER_TEMP: temporary() });
    // `close` comes when the last process that holds the output has ended: the `sleep`, too.
    expect(await ended).toEqual([null, 'SIGKILL']);
    expect(existsSync(folder.path)).toBe(false);
  });

  test('leaves a process alone that has got the id of one that has ended', async () => {
    const child = spawn('/bin/sh', ['-c', 'echo ready; exec sleep 60'], { detached: true });
    await once(child.stdout, 'data');
    await mkdir(join(folder.path, PROCESSES));
    await writeFile(join(folder.path, PROCESSES, String(child.pid)), '12345');
    await post(saved(), { RUNNER_TEMP: temporary() });
    expect([existsSync(folder.path), child.exitCode, child.signalCode]).toEqual([false, null, null]);
    child.kill('SIGKILL');
  });

  test.each([
    ['that is not in the folder for temporary files', async () => ({ ...saved(), temporary: workspace })],
    ['whose key is another', async () => ({ ...saved(), key: 'other' })],
    ['without a key', async () => ({ ...saved(), key: undefined })],
    [
      'that is a link',
      async () => {
        const path = join(temporary(), 'nomad-pack-linked');
        await symlink(folder.path, path);
        return { ...saved(), path };
      },
    ],
    [
      'of another name',
      async () => {
        const path = join(temporary(), 'precious');
        await rename(folder.path, path);
        return { ...saved(), path };
      },
    ],
  ])('does not touch a folder %s', async (_, change) => {
    const { temporary: place = temporary(), ...named } = (await change()) as ReturnType<typeof saved> & {
      temporary?: string;
    };
    const text = await captureStdout(async () => await post(named, { RUNNER_TEMP: place }));
    expect(text).toMatch(/^::warning::The folder .* could not be removed: it is not the folder that this step made\n$/);
    expect(existsSync(named.path)).toBe(true);
  });

  test('has nothing to do where there is nothing', async () => {
    for (const path of [undefined, '', join(root, 'missing')])
      await post({ path, key: 'x' }, { RUNNER_TEMP: temporary() });
  });

  test('says what it cannot remove, and does not fail', async () => {
    const text = await captureStdout(async () => {
      await post({ path: '/proc/1/nomad-pack\n::error::nothing\0', key: 'x' }, { RUNNER_TEMP: temporary() });
    });
    expect(text).toMatch(/^::warning::The folder .*%0A::error::nothing.* could not be removed: .*\n$/);
  });
});
