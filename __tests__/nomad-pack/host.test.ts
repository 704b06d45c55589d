import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ROOT } from '../../scripts/support/paths.ts';
import { baseEnvironment, gitEnvironment } from '../../src/nomad-pack/environment.ts';
import { HOST, hostOf } from '../../src/nomad-pack/host.ts';
import { platformOf } from '../../src/nomad-pack/install/platform.ts';
import { explainPlace } from '../../src/nomad-pack/variable-files.ts';
import { environmentOf } from '../../src/settings/inputs.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'host-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('nomad-pack’s cache', () => {
  // What Go's os.UserCacheDir makes of these variables, joined by nomad-pack with slashes everywhere.
  test.each([
    ['linux', '.cache/nomad/packs', { HOME: '.' }],
    ['freebsd', '.cache/nomad/packs', { HOME: '.' }],
    ['darwin', 'Library/Caches/nomad/packs', { HOME: '.' }],
    ['win32', '.cache/nomad/packs', { USERPROFILE: '.', LOCALAPPDATA: '.cache' }],
  ] as const)('on %s is %s', (platform, cache, homeOfCache) => {
    expect(hostOf(platform)).toMatchObject({ cache, homeOfCache });
  });
});

describe('git finds the user’s settings', () => {
  const home = { HOME: '/home/me', USERPROFILE: 'C:\\Users\\me', HOMEDRIVE: 'C:', HOMEPATH: '\\Users\\me' };

  test('on Linux in the real home, while the cache stays in the folder', () => {
    expect(hostOf('linux').homeOfGit(home, '/private')).toEqual({
      HOME: '/home/me',
      XDG_CACHE_HOME: '/private/.cache',
    });
    expect(hostOf('linux').homeOfGit({}, '/private')).toEqual({ XDG_CACHE_HOME: '/private/.cache' });
  });

  test('on macOS by their path, or by that which the user has set', () => {
    expect(hostOf('darwin').homeOfGit(home, '/private')).toEqual({
      HOME: '.',
      GIT_CONFIG_GLOBAL: '/home/me/.gitconfig',
    });
    expect(hostOf('darwin').homeOfGit({ ...home, GIT_CONFIG_GLOBAL: '/etc/mine' }, '/private')).toMatchObject({
      GIT_CONFIG_GLOBAL: '/etc/mine',
    });
  });

  test('on Windows in the user’s profile, which decides on no cache there', () => {
    const host = hostOf('win32');
    const { HOME: _, ...windows } = home;
    expect({ ...gitEnvironment(windows), ...host.homeOfGit(windows, 'C:\\private') }).toEqual({
      LOCALAPPDATA: '.cache',
      USERPROFILE: 'C:\\Users\\me',
      HOMEDRIVE: 'C:',
      HOMEPATH: '\\Users\\me',
    });
  });
});

describe('a process and what it started', () => {
  /** Ends the process 4711 as on Windows, in a process that finds its programs in the folder alone. */
  async function endOnWindows(signal: NodeJS.Signals) {
    const host = pathToFileURL(join(ROOT, 'src/nomad-pack/host.ts')).href;
    const script = `import { hostOf } from '${host}'; hostOf('win32').endTree(4711, '${signal}');`;
    const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', script];
    return await promisify(execFile)(process.execPath, args, { env: { PATH: folder } });
  }

  test.each(['SIGINT', 'SIGKILL'] as const)('end by taskkill on Windows, also for %s', async (signal) => {
    await writeFile(join(folder, 'taskkill'), `#!/bin/sh\necho "$@" > ${folder}/told\n`, { mode: 0o755 });
    await endOnWindows(signal);
    expect(await readFile(join(folder, 'told'), 'utf8')).toBe('/pid 4711 /T /F\n');
  });

  test('are left alone where there is no taskkill: that is not an error', async () => {
    expect(await endOnWindows('SIGKILL')).toEqual({ stdout: '', stderr: '' });
  });

  test('can be ended again when they have ended', async () => {
    const child = spawn('/bin/true', { detached: true });
    await once(child, 'close');
    expect(() => HOST.endTree(child.pid ?? 0, 'SIGKILL')).not.toThrow();
  });

  test('have a group where there are groups', () => {
    expect(['linux', 'darwin', 'win32'].map((name) => hostOf(name as NodeJS.Platform).hasGroups)).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe('variables of the step', () => {
  const windows = { Path: 'C:\\git', SystemRoot: 'C:\\Windows', INPUT_PACK: 'web', Mine: '1' };

  test('have names in capitals on Windows, which ignores their case', () => {
    expect(environmentOf(windows, 'win32')).toEqual({
      PATH: 'C:\\git',
      SYSTEMROOT: 'C:\\Windows',
      INPUT_PACK: 'web',
      MINE: '1',
    });
    expect(environmentOf(windows, 'linux')).toEqual(windows);
  });

  test('reach nomad-pack on Windows in whatever case the user and the system write them', () => {
    expect(baseEnvironment(environmentOf(windows, 'win32'), ['mine'], 'win32')).toEqual({
      PATH: 'C:\\git',
      SYSTEMROOT: 'C:\\Windows',
      MINE: '1',
    });
    expect(baseEnvironment(environmentOf(windows, 'linux'), ['mine'], 'linux')).toEqual({ SystemRoot: 'C:\\Windows' });
  });
});

test.each(['0001-variables.json', './0001-variables.json', 'D:\\a\\_temp\\x\\0001-variables.json'])(
  'a place in a file of variables is found in %s',
  (path) => {
    const file = { name: '0001-variables.json', origin: 'variables', variables: ['', 'count'] };
    expect(explainPlace([file], `${path}:2,10-15`)).toEqual({ file, variable: 'count' });
  },
);

test.each([
  ['linux', 'x64', { os: 'linux', arch: 'amd64', program: 'nomad-pack' }],
  ['linux', 'arm64', { os: 'linux', arch: 'arm64', program: 'nomad-pack' }],
  ['darwin', 'arm64', { os: 'darwin', arch: 'arm64', program: 'nomad-pack' }],
  ['win32', 'x64', { os: 'windows', arch: 'amd64', program: 'nomad-pack.exe' }],
  ['win32', 'ia32', { os: 'windows', arch: '386', program: 'nomad-pack.exe' }],
])('a release for %s on %s', (platform, arch, expected) => {
  expect(platformOf({ platform, arch })).toEqual({ product: 'nomad-pack', ...expected });
});
