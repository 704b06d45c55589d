import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { repository } from '../runner/action.ts';
import { parsePairs } from '../runner/file-commands.ts';

const run = promisify(execFile);
const program = join(repository, 'packages', 'sandbox', 'main.ts');
// Each test starts several processes.
jest.setTimeout(60_000);

let folder: string;
const pidFiles: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'service-test-'));
});

afterAll(async () => {
  for (const pidFile of pidFiles) await sandbox('stop', '--pid-file', pidFile);
  await rm(folder, { recursive: true });
});

const sandbox = (...args: string[]) => run(process.execPath, [program, ...args]);

const answers = (url: string) =>
  fetch(url).then(
    () => true,
    () => false,
  );

/** Starts one in the background. @returns its variables, as later steps of a workflow have them. */
async function start(name: string, ...args: string[]): Promise<Record<string, string>> {
  const file = join(folder, name);
  const { stderr } = await sandbox('start', '--variables-file', file, ...args);
  expect(stderr).toContain('SIMULATED');
  const variables = parsePairs(await readFile(file, 'utf8'));
  pidFiles.push(variables['SANDBOX_PID_FILE'] ?? '');
  return variables;
}

describe('a sandbox in the background', () => {
  test('is up when `start` returns, and gone when `stop` does', async () => {
    const variables = await start('one');
    const { SANDBOX_NOMAD_ADDR: nomad = '', SANDBOX_PID_FILE: pidFile = '', SANDBOX_MIRROR: mirror = '' } = variables;
    expect(variables['SANDBOX_SIGNING_KEY']).toMatch(/^-----BEGIN PGP PUBLIC KEY BLOCK-----\n/);
    expect(await answers(`${mirror}/nomad-pack/index.json`)).toBe(true);
    const headers = { 'X-Nomad-Token': variables['SANDBOX_NOMAD_TOKEN'] ?? '' };
    const jobs = await fetch(`${nomad}/v1/jobs?namespace=staging`, { headers });
    expect([jobs.status, jobs.headers.get('x-nomad-sandbox')]).toEqual([200, 'simulated']);
    const source = new URL(variables['SANDBOX_REGISTRY_SOURCE'] ?? '');
    source.username = 'x-access-token';
    source.password = variables['SANDBOX_REGISTRY_TOKEN'] ?? '';
    expect((await run('git', ['ls-remote', source.href])).stdout).toContain('refs/tags/v1.0.0');

    await sandbox('stop', '--pid-file', pidFile);
    expect(await answers(nomad)).toBe(false);
    expect(existsSync(pidFile)).toBe(false);
    await sandbox('stop', '--pid-file', pidFile);
  });

  test('ends by itself', async () => {
    const { SANDBOX_NOMAD_ADDR: nomad = '', SANDBOX_PID_FILE: pidFile = '' } = await start('two', '--minutes', '0.005');
    while (existsSync(pidFile)) await delay(20);
    expect(await answers(nomad)).toBe(false);
  });

  test('does not end a process that is not a sandbox', async () => {
    const other = spawn('sleep', ['60']);
    const pidFile = join(folder, 'pid');
    await run('sh', ['-c', `echo ${other.pid} > ${pidFile}`]);
    await sandbox('stop', '--pid-file', pidFile);
    expect(other.exitCode).toBeNull();
    other.kill();
    expect(await once(other, 'exit')).toEqual([null, 'SIGTERM']);
  });
});

test('in the foreground, it prints what a shell can evaluate, until it is interrupted', async () => {
  const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for await (const chunk of child.stdout) {
    output += String(chunk);
    if (!output.includes('SANDBOX_SIGNING_KEY')) continue;
    child.kill('SIGINT');
  }
  if (child.exitCode === null) await once(child, 'exit');
  expect(child.exitCode).toBe(0);
  const { stdout } = await run('sh', ['-c', `${output}\necho "$SANDBOX_NOMAD_ADDR"`]);
  expect(stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\n$/);
});

test.each([
  ['an unknown command', ['restart'], 'There is no command `restart`'],
  ['a wrong number', ['--minutes', 'ten'], 'must be a positive number (got `ten`)'],
  ['an unknown option', ['--hour'], 'Unknown option'],
  ['`stop` without saying which', ['stop'], 'Which one?'],
])('%s is refused', async (_what, args, words) => {
  const env = { ...process.env, SANDBOX_PID_FILE: '' };
  const failed = await run(process.execPath, [program, ...args], { env }).catch((error) => error);
  expect(failed.code).toBe(2);
  expect(failed.stderr).toContain(words);
});
