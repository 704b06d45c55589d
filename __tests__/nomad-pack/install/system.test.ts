import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { recordingsDirectory } from 'nomad-pack-sandbox/__tests__/support/recordings.ts';
import { installNomadPack } from '../../../src/nomad-pack/install/install.ts';
import { findInstalled } from '../../../src/nomad-pack/install/system.ts';
import { failure } from '../../support/failure.ts';
import { makeFolder, platform } from './support.ts';

let folder: { path: string; remove(): Promise<void> };

beforeEach(async () => {
  folder = await makeFolder();
});

afterEach(async () => {
  await folder.remove();
});

async function find(path: string | undefined, rest: Record<string, string> = {}) {
  const installation = await installNomadPack(
    { version: 'system', mirror: 'http://127.0.0.1:1' },
    {
      environment: { ...rest, ...(path !== undefined && { PATH: path }) },
      signal: new AbortController().signal,
      log: () => undefined,
      warn: () => undefined,
    },
  );
  return { ...installation, version: await installation.version };
}

/** Puts a program that prints a text into a folder of PATH. */
async function place(name: string, printed: string, { exitCode = 0, mode = 0o755 } = {}): Promise<string> {
  const path = join(folder.path, name, platform.program);
  await mkdir(dirname(path), { recursive: true });
  const script = `#!/bin/sh\ncat <<'EOF'\n${printed}\nEOF\n/usr/bin/env > "${path}.env"\nexit ${exitCode}\n`;
  await writeFile(path, script);
  await chmod(path, mode);
  return path;
}

function pathOf(...names: string[]): string {
  // The scripts themselves need `cat`.
  return [...names.map((name) => join(folder.path, name)), '/usr/bin', '/bin'].join(delimiter);
}

test('the first one on PATH, with its version', async () => {
  const path = await place('a', 'Nomad Pack v0.4.1\n');
  await place('b', 'Nomad Pack v0.4.2\n');
  expect(await find(pathOf('none', 'a', 'b'))).toEqual({ path, folder: dirname(path), version: '0.4.1' });
});

test('it sees no input and no token', async () => {
  const path = await place('a', 'Nomad Pack v0.4.2');
  await find(pathOf('a'), {
    INPUT_NOMAD_TOKEN: 'secret-a',
    GITHUB_TOKEN: 'secret-b',
    AWS_SECRET_ACCESS_KEY: 'secret-c',
  });
  expect(readFileSync(`${path}.env`, 'utf8')).not.toContain('secret-');
});

test('what cannot be run, a folder of that name, and relative folders are passed over', async () => {
  await place('a', 'Nomad Pack v0.4.0', { mode: 0o644 });
  await mkdir(join(folder.path, 'b', platform.program), { recursive: true });
  const path = await place('c', 'Nomad Pack v0.4.2');
  expect((await find(`.${delimiter}${delimiter}${pathOf('a', 'b', 'c')}`)).path).toBe(path);
});

test.each<[string, string | undefined]>([
  ['PATH has none', '/nowhere'],
  ['PATH is empty', ''],
  ['PATH is not set', undefined],
])('%s', async (_, path) => {
  await expect(find(path)).rejects.toMatchObject({
    reason: 'nomad-pack-missing',
    message: expect.stringContaining('There is no nomad-pack on PATH'),
    hint: expect.stringContaining('set `nomad_pack_version` to `latest`'),
  });
});

test('a program that cannot be started', async () => {
  const path = await place('a', '');
  await writeFile(path, '#!/nowhere/interpreter\n');
  await expect(find(pathOf('a'))).rejects.toMatchObject({ reason: 'nomad-pack-missing' });
});

test('a program that is killed is told as that, not for what it has not said', async () => {
  const path = await place('a', '');
  await writeFile(path, '#!/bin/sh\nkill -KILL $$\n');
  await expect(find(pathOf('a'))).rejects.toMatchObject({
    reason: 'runner',
    message: expect.stringContaining('SIGKILL'),
  });
});

test.each([
  ['says nothing of a version', 'hello', 0],
  ['says what is not a version', 'Nomad Pack vNext', 0],
  ['fails', 'Nomad Pack v0.4.2', 1],
])('a program that %s', async (_, printed, exitCode) => {
  await place('a', printed, { exitCode });
  await expect(find(pathOf('a'))).rejects.toMatchObject({
    reason: 'output-not-understood',
    message: expect.stringContaining(`exit code ${exitCode} and printed: ${printed}`),
  });
});

describe('as recorded', () => {
  const files = ['nomad-pack-0.4.2.json', 'nomad-pack-next.json'].map((name) => join(recordingsDirectory, name));
  const there = files.filter((file) => existsSync(file));
  // Without the recordings beside the repository there is nothing to compare with.
  const recorded = there.length === 0 ? test.skip : test;

  recorded('the version is read from what real binaries print', async () => {
    const versions: string[] = [];
    for (const file of there) {
      const runs = JSON.parse(readFileSync(file, 'utf8')) as { case: string; stdout: string }[];
      await place('a', runs.find((run) => run.case === 'version')?.stdout ?? '');
      versions.push((await find(pathOf('a'))).version);
    }
    expect(versions).toEqual(['0.4.2-dev', '0.4.3-dev']);
  });
});

test('one that never says its version is stopped', async () => {
  const path = join(folder.path, 'a', platform.program);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, '#!/bin/sh\nexec sleep 60\n');
  await chmod(path, 0o755);
  const { signal } = new AbortController();
  const { version } = await findInstalled({ PATH: pathOf('a') }, platform.program, signal, 200);
  expect(await failure(version)).toMatchObject({
    reason: 'timeout',
    message: `\`${path} version\` was stopped because it had not ended after 0.2 s.`,
    hint: expect.stringContaining('`nomad_pack_version`'),
  });
});
