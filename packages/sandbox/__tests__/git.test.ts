import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type GitServer, makeRegistry, type Registry, startGitServer } from '../git/index.ts';

const run = promisify(execFile);
const token = 'registry-token-1234567890';
let folder: string;
let packs: string;
let registry: Registry;
let server: GitServer;
let clones = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'git-test-'));
  packs = join(folder, 'packs');
  await mkdir(join(packs, 'web'), { recursive: true });
  await writeFile(join(packs, 'web', 'metadata.hcl'), 'app {}\n');
  // Large enough that git sends it in several pieces, and its answer does not fit into one.
  await writeFile(join(packs, 'web', 'large'), Array.from({ length: 60_000 }, (_, n) => Math.sin(n)).join('\n'));
  registry = await makeRegistry(packs, { tags: ['v1.0.0'], branches: ['feature/x'] });
  server = await startGitServer({
    repositories: {
      packs: { path: registry.repository },
      'private/packs': { path: registry.repository, token },
    },
  });
});

afterAll(async () => {
  await server.stop();
  await registry.remove();
  await rm(folder, { recursive: true });
});

/** Runs git as nomad-pack does: without a user who could be asked. */
async function git(...args: string[]): Promise<string> {
  const env = { PATH: process.env['PATH'], HOME: folder, GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' };
  return (await run('git', args, { env })).stdout.trim();
}

async function clone(url: string, ...options: string[]): Promise<string> {
  clones += 1;
  const path = join(folder, `clone-${clones}`);
  await git(...options, 'clone', '--quiet', url, path);
  return path;
}

function header(value: string): string[] {
  return ['-c', `http.${server.address}/.extraheader=${value}`];
}

function basic(user: string, password: string): string {
  return `Authorization: Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

describe('a public repository', () => {
  test('is cloned, at its newest commit', async () => {
    const path = await clone(server.url('packs'));
    expect(await git('-C', path, 'rev-parse', 'HEAD')).toBe(registry.commit);
    const [cloned, original] = [
      await readFile(join(path, 'packs/web/large')),
      await readFile(join(packs, 'web/large')),
    ];
    expect(cloned.equals(original)).toBe(true);
  });

  test('has its tags and branches', async () => {
    const refs = await git('ls-remote', server.url('packs'));
    const names = refs.split('\n').map((line) => line.split('\t')[1]);
    expect(names).toEqual(['HEAD', 'refs/heads/feature/x', 'refs/heads/main', 'refs/tags/v1.0.0']);
  });

  test('takes no pushes', async () => {
    const path = await clone(server.url('packs'));
    await expect(git('-C', path, 'push', server.url('packs'), 'HEAD:refs/heads/new')).rejects.toThrow('403');
  });

  test('that is not there is not found', async () => {
    await expect(clone(`${server.address}/nothing.git`)).rejects.toThrow('not found');
  });
});

describe('a private repository', () => {
  test('asks for credentials', async () => {
    await expect(clone(server.url('private/packs'))).rejects.toThrow('could not read Username');
  });

  test('refuses wrong ones', async () => {
    const wrong = header(basic('x-access-token', 'wrong'));
    await expect(clone(server.url('private/packs'), ...wrong)).rejects.toThrow();
  });

  test.each([
    ['x-access-token', token],
    ['anyone', token],
    [token, ''],
  ])('takes its token from %s:%s', async (user, password) => {
    const path = await clone(server.url('private/packs'), ...header(basic(user, password)));
    expect(await git('-C', path, 'rev-parse', 'HEAD')).toBe(registry.commit);
    expect(server.requests.at(-1)).toMatchObject({
      method: 'POST',
      path: '/private/packs.git/git-upload-pack',
      headers: { authorization: basic(user, password).slice('Authorization: '.length) },
    });
  });
});

test('a header that is sent twice is recorded twice', async () => {
  await git(...header('Authorization: one'), ...header('Authorization: two'), 'ls-remote', server.url('packs'));
  expect(server.requests.at(-1)?.headersDistinct['authorization']).toEqual(['one', 'two']);
});

describe('a repository that misbehaves', () => {
  test.each([404, 500])('answers %i', async (status) => {
    server.misbehave('packs', { kind: 'status', status });
    await expect(git('ls-remote', server.url('packs'))).rejects.toThrow(status === 404 ? 'not found' : '500');
    server.misbehave('packs', undefined);
    await git('ls-remote', server.url('packs'));
  });

  test('redirects to another origin, which records what it is sent', async () => {
    const other = await startGitServer({ repositories: { packs: { path: registry.repository } } });
    server.misbehave('packs', { kind: 'redirect', to: other.address });
    try {
      await git('-c', 'http.extraheader=X-Test: followed', 'ls-remote', server.url('packs'));
      expect(other.requests[0]).toMatchObject({ method: 'GET', headers: { 'x-test': 'followed' } });
    } finally {
      server.misbehave('packs', undefined);
      await other.stop();
    }
  });

  test('hangs until its client or the server ends', async () => {
    const hanging = await startGitServer({ repositories: { packs: { path: registry.repository } } });
    hanging.misbehave('packs', { kind: 'hang' });
    const asked = expect(git('ls-remote', hanging.url('packs'))).rejects.toThrow('unable to access');
    while (hanging.requests.length === 0) await new Promise(setImmediate);
    await hanging.stop();
    await asked;
  });
});

describe('a registry', () => {
  test('has the same SHAs wherever it is made', async () => {
    const again = await makeRegistry(packs);
    expect(again.commit).toBe(registry.commit);
    const text = { 'packs/web/metadata.hcl': 'app { url = "" }\n' };
    const [one, other] = [
      await again.change({ files: text }),
      await registry.change({ files: text, branch: 'feature/x' }),
    ];
    expect(one).toBe(other);
    await again.remove();
  });

  test('gets further commits with tags, and loses files', async () => {
    const files = { 'packs/api/metadata.hcl': 'app {}\n', 'packs/web/large': undefined };
    const commit = await registry.change({ files, tags: ['v2.0.0'] });
    expect(await registry.resolve('v2.0.0')).toBe(commit);
    expect(await registry.resolve('v1.0.0')).toBe(registry.commit);
    const path = await clone(server.url('packs'));
    expect(await git('-C', path, 'ls-files')).toBe('packs/api/metadata.hcl\npacks/web/metadata.hcl');
  });
});
