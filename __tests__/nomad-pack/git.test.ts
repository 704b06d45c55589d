import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  type GitServer,
  type Misbehaviour,
  makeRegistry,
  type Registry,
  startGitServer,
} from 'nomad-pack-sandbox/git/index.ts';
import { startWebServer } from 'nomad-pack-sandbox/http/server.ts';
import { ActionError } from '../../src/errors.ts';
import { NomadPack } from '../../src/nomad-pack/cli.ts';
import { explainCloneFailure } from '../../src/nomad-pack/git.ts';
import { PrivateFolder } from '../../src/runner/private-folder.ts';
import type { RegistryCredentials, RegistrySettings } from '../../src/settings/settings.ts';
import { parseSource } from '../../src/settings/source.ts';
import { afterwards } from '../support/afterwards.ts';
import { failure } from '../support/failure.ts';
import { fakeNomadPack } from './support/fake.ts';

const run = promisify(execFile);

const TOKEN = 'registry-token-1234567890';

let packs: string;
let repository: Registry;
let root: string;
let home: string;
let folder: PrivateFolder;
/** What the action said of its attempts. */
let logged: string[];

beforeAll(async () => {
  packs = mkdtempSync(join(tmpdir(), 'packs-'));
  for (const pack of ['web', 'batch']) {
    mkdirSync(join(packs, pack));
    writeFileSync(join(packs, pack, 'metadata.hcl'), `pack {\n  name = "${pack}"\n}\n`);
  }
  repository = await makeRegistry(packs, { tags: ['v1.0.0'], branches: ['release/1.x'] });
});

afterAll(async () => {
  await repository.remove();
  rmSync(packs, { recursive: true });
});

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'git-test-'));
  home = join(root, 'home');
  mkdirSync(home);
  folder = await PrivateFolder.create(root);
  logged = [];
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

/** Serves the repository as `packs`; with a password, to those who show it. */
async function serve(password?: string): Promise<GitServer> {
  const packs = { path: repository.repository, ...(password !== undefined && { token: password }) };
  const server = await startGitServer({ repositories: { packs } });
  afterwards(server.stop);
  return server;
}

function registryAt(source: string, more: Partial<RegistrySettings> = {}): RegistrySettings {
  const { url, origin } = parseSource(source, root);
  return { name: 'lab', source: url, ref: 'latest', ...(origin !== undefined && { origin }), ...more };
}

/** `registry add`, with the real git, in an environment that a runner could have. */
async function add(
  registry: RegistrySettings,
  registryCredentials?: RegistryCredentials,
  environment: Record<string, string> = {},
  passEnv: string[] = [],
) {
  const nomadPack = new NomadPack({
    program: Promise.resolve(fakeNomadPack(root)),
    version: Promise.resolve('0.4.2'),
    folder,
    environment: { PATH: process.env['PATH'], HOME: home, ...environment },
    passEnv,
    registryCredentials,
    signal: new AbortController().signal,
    onLine: () => undefined,
    log: (line) => logged.push(line),
  });
  return await nomadPack.addRegistry(registry, 'web');
}

const basic = (login: string) => `Basic ${Buffer.from(login).toString('base64')}`;
const ours = basic(`x-access-token:${TOKEN}`);
const headersOf = (server: GitServer) => [
  ...new Set(server.requests.flatMap(({ headersDistinct }) => headersDistinct['authorization'] ?? [])),
];

describe('while nomad-pack is installed, the registry is asked for its commit', () => {
  const runs = () => existsSync(join(root, 'calls'));

  /** Asks for a registry that is not there. nomad-pack is installed when git has asked its server. */
  async function addMeanwhile(install: () => string) {
    const asked = Promise.withResolvers<void>();
    const server = await startWebServer((_, response) => {
      asked.resolve();
      response.writeHead(404).end();
    });
    afterwards(server.stop);
    const program = asked.promise.then(() => {
      expect(runs()).toBe(false);
      return install();
    });
    const nomadPack = new NomadPack({
      program,
      version: Promise.resolve('0.4.2'),
      folder,
      environment: { PATH: process.env['PATH'], HOME: home },
      passEnv: [],
      signal: new AbortController().signal,
      onLine: () => undefined,
      log: (line) => logged.push(line),
    });
    return await failure(nomadPack.addRegistry(registryAt(`${server.address}/packs`), 'web'));
  }

  test('nomad-pack runs when it is there', async () => {
    expect((await addMeanwhile(() => fakeNomadPack(root))).reason).toBe('registry-unreachable');
    expect(runs()).toBe(true);
  });

  test('a program that is not what was signed is not run', async () => {
    const refused = new ActionError('verification', 'The release is not what was signed.', { hint: 'Run again.' });
    const refuse = () => {
      throw refused;
    };
    expect(await addMeanwhile(refuse)).toBe(refused);
    expect(runs()).toBe(false);
  });
});

describe('the token', () => {
  test('goes to the source, and stands in no argument and no file', async () => {
    const server = await serve(TOKEN);
    expect(await add(registryAt(server.url('packs')), { token: TOKEN })).toBe(repository.commit);
    expect(headersOf(server)).toEqual([ours]);
    expect(readFileSync(join(root, 'calls'), 'utf8')).not.toContain(TOKEN);
    const files = [folder.path, home].flatMap((place) =>
      readdirSync(place, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name)),
    );
    expect(files).not.toEqual([]);
    expect(files.filter((file) => /registry-token|eC1hY2Nlc3M/.test(readFileSync(file, 'latin1')))).toEqual([]);
  });

  test('goes nowhere after a redirect', async () => {
    const thief = await serve();
    const server = await serve();
    server.misbehave('packs', { kind: 'redirect', to: thief.address });
    const error = await failure(add(registryAt(server.url('packs')), { token: TOKEN }));
    expect([error.reason, error.message]).toEqual([
      'registry-unreachable',
      expect.stringContaining('answered with a redirect'),
    ]);
    expect(thief.requests).toEqual([]);
  });

  test('goes to no other origin that the user’s git puts in the source’s place', async () => {
    const thief = await serve();
    const server = await serve();
    writeFileSync(join(home, '.gitconfig'), `[url "${thief.address}/"]\n  insteadOf = ${server.address}/\n`);
    await add(registryAt(server.url('packs')), { token: TOKEN });
    expect(server.requests).toEqual([]);
    expect(headersOf(thief)).toEqual([]);
  });

  test.each([
    ['for everything', (_: string) => '[http]'],
    ['for the origin', (origin: string) => `[http "${origin}/"]`],
    ['for the source', (origin: string) => `[http "${origin}/packs.git"]`],
  ])('takes the place of a header of the user’s %s', async (_, section) => {
    const server = await serve(TOKEN);
    writeFileSync(
      join(home, '.gitconfig'),
      `${section(server.address)}\n  extraheader = Authorization: Basic dXNlcg==\n`,
    );
    await add(registryAt(server.url('packs')), { token: TOKEN });
    expect(server.requests.map(({ headersDistinct }) => headersDistinct['authorization'])).toEqual(
      server.requests.map(() => [ours]),
    );
  });

  test('that is refused is told, and no other credential is tried', async () => {
    const server = await serve('other');
    writeFileSync(join(home, '.gitconfig'), '[credential]\n  helper = "!echo username=user; echo password=other"\n');
    const environment = { GIT_ASKPASS: '/bin/false', SSH_ASKPASS: '/bin/false' };
    const error = await failure(add(registryAt(server.url('packs')), { token: TOKEN }, environment));
    expect([error.reason, error.message]).toEqual([
      'registry-auth',
      expect.stringContaining('refused `registry_token`'),
    ]);
    expect(`${error.message}${error.hint}`).not.toContain(TOKEN);
    expect(headersOf(server)).toEqual([ours]);
  });

  test('goes with the user that the host wants', async () => {
    const server = await serve(TOKEN);
    const registry = registryAt(server.url('packs'));
    expect(await add(registry, { token: TOKEN, user: 'x-token-auth' })).toBe(repository.commit);
    expect(headersOf(server)).toEqual([basic(`x-token-auth:${TOKEN}`)]);
  });

  describe('and submodules', () => {
    /** A registry, private, with a submodule of the same host; of a name that begins like its own. */
    async function withSubmodule(): Promise<{ server: GitServer; to: (name: string) => string[] }> {
      const modules = await makeRegistry(packs);
      const outer = await makeRegistry(packs);
      afterwards(async () => await Promise.all([modules.remove(), outer.remove()]));
      const server = await startGitServer({
        repositories: {
          'org/packs': { path: outer.repository, token: TOKEN },
          'org/packs-more': { path: modules.repository },
        },
      });
      afterwards(server.stop);
      const git = ['-C', outer.path, '-c', 'protocol.allow=always', '-c', 'user.name=x', '-c', 'user.email=x@x.test'];
      await run('git', [...git, 'submodule', '--quiet', 'add', server.url('org/packs-more'), 'packs/more']);
      await run('git', [...git, 'commit', '--quiet', '--message', 'Add a submodule']);
      const seen = server.requests.length;
      return {
        server,
        to: (name) => [
          ...new Set(
            server.requests
              .slice(seen)
              .filter(({ path }) => path.startsWith(`/${name}.git/`))
              .flatMap(({ headersDistinct }) => headersDistinct['authorization'] ?? ['none']),
          ),
        ],
      };
    }

    test('goes to none of them', async () => {
      const { server, to } = await withSubmodule();
      await add(registryAt(server.url('org/packs')), { token: TOKEN }, { RECURSE: '1' }, ['RECURSE']);
      expect(to('org/packs')).toEqual([ours]);
      expect(to('org/packs-more')).toEqual(['none']);
    });

    test('leaves them to the header of the user’s own settings', async () => {
      const { server, to } = await withSubmodule();
      const section = `[http "${server.address}/org/"]\n  extraheader = Authorization: Basic dXNlcg==\n`;
      writeFileSync(join(home, '.gitconfig'), section);
      await add(registryAt(server.url('org/packs')), { token: TOKEN }, { RECURSE: '1' }, ['RECURSE']);
      expect(to('org/packs')).toEqual([ours]);
      expect(to('org/packs-more')).toEqual(['Basic dXNlcg==']);
    });
  });

  test('cannot be taken away through `pass_env`', async () => {
    const server = await serve(TOKEN);
    const environment = { GIT_CONFIG_COUNT: '0' };
    const registry = registryAt(server.url('packs'));
    expect(await add(registry, { token: TOKEN }, environment, ['GIT_CONFIG_COUNT'])).toBe(repository.commit);
    expect(headersOf(server)).toEqual([ours]);
  });
});

describe('the user’s own settings count where there is no token', () => {
  test('~/.netrc', async () => {
    const server = await serve('from-netrc');
    writeFileSync(join(home, '.netrc'), 'machine 127.0.0.1 login user password from-netrc\n', { mode: 0o600 });
    expect(await add(registryAt(server.url('packs')))).toBe(repository.commit);
    expect(headersOf(server)).toEqual([basic('user:from-netrc')]);
  });

  test('a credential helper', async () => {
    const server = await serve('from-helper');
    writeFileSync(
      join(home, '.gitconfig'),
      '[credential]\n  helper = "!echo username=user; echo password=from-helper; :"\n',
    );
    expect(await add(registryAt(server.url('packs')))).toBe(repository.commit);
    expect(headersOf(server)).toEqual([basic('user:from-helper')]);
  });

  test('core.sshCommand', async () => {
    writeFileSync(join(root, 'ssh'), `#!/bin/sh\necho "$@" > ${root}/ssh-called\nexit 255\n`, { mode: 0o755 });
    writeFileSync(join(home, '.gitconfig'), `[core]\n  sshCommand = ${root}/ssh\n`);
    await failure(add(registryAt('git@host.test:org/packs.git')));
    expect(readFileSync(join(root, 'ssh-called'), 'utf8')).toContain('git@host.test');
  });
});

describe('what may pass', () => {
  test.each<[string, Misbehaviour]>([
    ['503', { kind: 'status', status: 503 }],
    ['429', { kind: 'status', status: 429 }],
    ['a reset', { kind: 'reset' }],
  ])('%s is tried again, which is said', async (_, how) => {
    const server = await serve();
    server.misbehave('packs', how, { times: 3 });
    expect(await add(registryAt(server.url('packs')))).toBe(repository.commit);
    expect(logged.join('\n')).toMatch(/^`(?:git ls-remote|nomad-pack registry add)` failed: .*\nThat may pass/m);
  });

  test.each([401, 403, 404])('%i is not', async (status) => {
    const server = await serve();
    server.misbehave('packs', { kind: 'status', status });
    await failure(add(registryAt(server.url('packs'))));
    expect(logged).toEqual([]);
  });

  test('a transfer that stands still is given up by git itself', async () => {
    await add(registryAt(repository.path));
    const given = readFileSync(join(root, 'environment'), 'utf8').split('\0');
    const key = given.find((pair) => pair.endsWith('=http.lowSpeedTime'))?.split('=')[0] ?? '';
    expect(given).toContain(`${key.replace('KEY', 'VALUE')}=20`);
  });
});

describe('git does nothing but clone', () => {
  test('it asks nobody for a missing credential', async () => {
    const server = await serve('password');
    const error = await failure(add(registryAt(server.url('packs'))));
    expect([error.reason, error.message]).toEqual(['registry-auth', expect.stringContaining('no `registry_token`')]);
    expect(error.hint).toContain('registry_token');
  });

  test('it runs no command that a source names', async () => {
    const source = `ext::sh -c touch% ${root}/touched`;
    const error = await failure(add({ name: 'lab', source, ref: 'latest' }));
    expect(error.message).toContain("transport 'ext' not allowed");
    expect(existsSync(join(root, 'touched'))).toBe(false);
  });

  test('it runs no hook and no monitor of the user’s settings', async () => {
    const server = await serve();
    const script = join(root, 'post-checkout');
    writeFileSync(script, `#!/bin/sh\ntouch ${root}/touched\n`, { mode: 0o755 });
    writeFileSync(join(home, '.gitconfig'), `[core]\n  hooksPath = ${root}\n  fsmonitor = ${script}\n`);
    await add(registryAt(server.url('packs')));
    expect(existsSync(join(root, 'touched'))).toBe(false);
  });

  test('it takes no orders from the step’s environment', async () => {
    const server = await serve();
    const environment = {
      GIT_DIR: '/nowhere',
      GIT_WORK_TREE: '/nowhere',
      GIT_TRACE: `${root}/trace`,
      GIT_TRACE_CURL: `${root}/trace`,
      GIT_EXEC_PATH: '/nowhere',
      GIT_TEMPLATE_DIR: '/nowhere',
      GIT_CONFIG_PARAMETERS: "'core.hooksPath=/nowhere'",
      LC_ALL: 'de_DE.UTF-8',
    };
    expect(await add(registryAt(server.url('packs')), undefined, environment)).toBe(repository.commit);
    expect(existsSync(join(root, 'trace'))).toBe(false);
    const got = readFileSync(join(root, 'environment'), 'utf8').split('\0');
    // What git says is read; it has to be in English.
    expect(got).toContain('LC_ALL=C');
    expect(got.filter((pair) => pair.includes('/nowhere'))).toEqual([]);
  });
});

describe('what is cloned', () => {
  test('a tag, a branch with a slash, a path', async () => {
    const { path: source, commit } = repository;
    for (const ref of ['v1.0.0', commit, 'release/1.x']) expect(await add(registryAt(source, { ref }))).toBe(commit);
    expect(existsSync(join(folder.path, '.cache/nomad/packs/lab/release!_1.x/web@release!_1.x/metadata.hcl'))).toBe(
      true,
    );
  });

  test.each<[string, () => RegistrySettings, string, string]>([
    ['no such ref', () => registryAt(repository.path, { ref: 'v9' }), 'registry-ref-not-found', 'v9'],
    ['no such path', () => registryAt(join(repository.path, 'none')), 'registry-unreachable', 'no git repository'],
    ['no such host', () => registryAt('https://registry.invalid/x'), 'registry-unreachable', 'cannot be reached'],
    ['nobody listens', () => registryAt('http://127.0.0.1:1/x'), 'registry-unreachable', 'cannot be reached'],
  ])('%s', async (_, registry, reason, words) => {
    const error = await failure(add(registry()));
    expect([error.reason, error.message]).toEqual([reason, expect.stringContaining(words)]);
    expect(error.hint).not.toBe('');
  });

  test.each([404, 403, 500])('a server that answers %i', async (status) => {
    const server = await serve();
    server.misbehave('packs', { kind: 'status', status });
    const error = await failure(add(registryAt(server.url('packs'))));
    expect(error.reason).toBe(status === 403 ? 'registry-auth' : 'registry-unreachable');
  });

  test('a pack that is not in it: the packs that are, the nearest first', async () => {
    const source = repository.path;
    const nomadPack = new NomadPack({
      program: Promise.resolve(fakeNomadPack(root)),
      version: Promise.resolve('0.4.2'),
      folder,
      environment: { PATH: process.env['PATH'], HOME: home },
      passEnv: [],
      signal: new AbortController().signal,
      onLine: () => undefined,
      log: () => undefined,
    });
    const error = await failure(nomadPack.addRegistry(registryAt(source), 'bach'));
    expect([error.reason, error.message]).toEqual([
      'pack-not-found',
      `The registry file://${source} has no pack \`bach\` at \`latest\`. It has: \`batch\`, \`web\`.`,
    ]);
    expect(error.hint).toContain('did you mean `batch`?');
    const target = await failure(nomadPack.addRegistry(registryAt(source, { target: 'bach' }), 'bach'));
    expect([target.reason, target.hint]).toEqual([
      'registry-target-not-found',
      expect.stringContaining('`registry_target`'),
    ]);
  });
});

describe('words of git', () => {
  const https: RegistrySettings = { name: 'lab', source: 'https://h/x', origin: 'https://h', ref: 'v1' };
  const ssh: RegistrySettings = { name: 'lab', source: 'ssh://git@h/x', ref: 'v1' };

  test.each<[RegistrySettings, string, string, string]>([
    [https, 'git must be available and on the PATH', 'git-missing', 'no `git`'],
    [
      ssh,
      'git@h: Permission denied (publickey).\nfatal: Could not read from remote repository.',
      'registry-auth',
      'SSH',
    ],
    [
      ssh,
      'Cloning into x\nHost key verification failed.\r\nfatal: Could not read from remote repository.',
      'registry-auth',
      'is not known to SSH (Host key verification failed.)',
    ],
    [
      ssh,
      'ssh: connect to host h port 22: Connection refused\r\nfatal: Could not read from remote repository.',
      'registry-unreachable',
      'cannot be reached (ssh: connect to host h port 22: Connection refused)',
    ],
    [https, "fatal: repository 'https://h/x/' not found", 'registry-unreachable', 'or it is private'],
    [
      { ...https, source: 'file:///x' },
      "fatal: '/x' does not appear to be a git repository",
      'registry-unreachable',
      "no git repository at file:///x (fatal: '/x'",
    ],
    [https, 'fatal: Remote branch v1 not found in upstream origin', 'registry-ref-not-found', '`v1`'],
    [
      https,
      "fatal: could not create work tree dir 'packs'\nfatal: write error: No space left on device",
      'runner',
      'The disk of the runner is full: the registry https://h/x could not be cloned (fatal: write error: No space left',
    ],
    [https, 'fatal: sha1 file write error: Disk quota exceeded', 'runner', 'The disk of the runner is full'],
    [
      https,
      "Cloning into 'packs'...\nerror: unable to write file packs/web/variables.hcl\nfatal: unable to checkout working tree",
      'runner',
      'could not write all of the registry https://h/x (error: unable to write file packs/web/variables.hcl)',
    ],
    [https, 'fatal: cannot mkdir packs: Permission denied', 'runner', 'may not write where it should clone'],
    [
      https,
      "fatal: could not create leading directories of 'packs': Read-only file system",
      'runner',
      'lacks what git needs',
    ],
    [https, 'fatal: Out of memory, malloc failed (tried to allocate 8 bytes)', 'runner', 'lacks what git needs'],
    [
      https,
      'error: index-pack died of signal 9\nfatal: fetch-pack: invalid index-pack output',
      'runner',
      'git was killed',
    ],
    [https, "error downloading 'https://h/x.git': /usr/bin/git exited with -1: ", 'runner', 'git was killed'],
    [
      https,
      'could not get ref of a cloned repository: reference not found',
      'registry-unreachable',
      'has not a single commit',
    ],
    [https, 'fatal: unable to access: server certificate verification failed', 'registry-unreachable', 'certificate'],
  ])('%j %j', (registry, words, reason, message) => {
    const error = explainCloneFailure(registry, false, words);
    expect([error?.reason, error?.message]).toEqual([reason, expect.stringContaining(message)]);
    expect(error?.hint).not.toBe('');
  });

  test('that are not known are not explained', () => {
    expect(explainCloneFailure(https, false, 'fatal: something new')).toBeUndefined();
  });
});
