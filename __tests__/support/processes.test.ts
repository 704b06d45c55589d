import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { recordProcesses, wrapCommands } from './processes.ts';

const run = promisify(execFile);
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'processes-test-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux('processes are seen with their arguments and environment, those of a shell too', async () => {
  const { result, processes } = await recordProcesses(async () => {
    const env = { PATH: process.env['PATH'], MARK: 'in-the-environment' };
    const { stdout } = await run('sh', ['-c', 'sleep 0.05; exec sleep 0.051'], { env });
    return stdout;
  });
  expect(result).toBe('');
  const commands = processes.map(({ argv }) => argv.join(' '));
  expect(commands).toEqual(expect.arrayContaining(['sh -c sleep 0.05; exec sleep 0.051', 'sleep 0.05', 'sleep 0.051']));
  const sleep = processes.find(({ argv }) => argv.join(' ') === 'sleep 0.051');
  expect(sleep?.environment).toContain('MARK=in-the-environment');
});

onLinux('a work that fails fails, and the watch ends', async () => {
  await expect(recordProcesses(() => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
});

test('every call of a wrapped command is noted, and the real one runs', async () => {
  const wrapped = await wrapCommands(folder, { git: '/usr/bin/git', greet: '/bin/echo' });
  const env = { PATH: `${wrapped.folder}:/usr/bin:/bin`, TOKEN: 'two\nlines' };
  const greet = (...args: string[]) => run('greet', args, { env });
  const [first] = await Promise.all([greet('a b', '', "it's"), greet('other')]);
  expect(first.stdout).toBe("a b  it's\n");
  await run('git', ['--version'], { env });
  const calls = await wrapped.calls();
  expect(calls.map(({ argv }) => argv)).toEqual(
    expect.arrayContaining([
      ['greet', 'a b', '', "it's"],
      ['greet', 'other'],
      ['git', '--version'],
    ]),
  );
  expect(calls).toHaveLength(3);
  for (const { environment } of calls) expect(environment).toContain('TOKEN=two\nlines');
});
