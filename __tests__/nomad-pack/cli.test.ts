import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { packPath, placeDirectory, registryCommit, requirePack } from '../../src/nomad-pack/cache.ts';
import { NomadPack, type PackTarget } from '../../src/nomad-pack/cli.ts';
import { baseEnvironment, gitEnvironment, nomadEnvironment } from '../../src/nomad-pack/environment.ts';
import { checkTypes } from '../../src/nomad-pack/type-check.ts';
import { explainPlace, prepareVariables } from '../../src/nomad-pack/variable-files.ts';
import { PrivateFolder } from '../../src/runner/private-folder.ts';
import type { NomadSettings, SecretVariables, VariableSettings, VariableValue } from '../../src/settings/settings.ts';
import { failure } from '../support/failure.ts';
import { fakeNomadPack } from './support/fake.ts';

let root: string;
let folder: PrivateFolder;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'cli-test-'));
  folder = await PrivateFolder.create(root);
});

afterEach(() => rmSync(root, { recursive: true }));

const nomad: NomadSettings = { address: 'http://nomad:4646', namespace: 'prod', tls: { skipVerify: false } };
const registry = { name: 'lab', source: 'https://h/x.git', ref: 'release/1' };
const target: PackTarget = {
  pack: { kind: 'registry', name: 'web' },
  registry,
  deploymentName: 'shop',
  files: [
    { name: '0001-a.hcl', origin: 'a.hcl', variables: [] },
    { name: '0002-variables.json', origin: 'variables', variables: [] },
  ],
  nomad,
};

const step = {
  PATH: process.env['PATH'],
  HOME: '/home/user',
  INPUT_NOMAD_TOKEN: 'input',
  GITHUB_TOKEN: 'github',
  ACTIONS_RUNTIME_TOKEN: 'runner',
  AWS_SECRET_ACCESS_KEY: 'cloud',
  NOMAD_TOKEN: 'environment',
  NOMAD_SKIP_VERIFY: 'false',
  NOMAD_PACK_VAR_count: '3',
  NOMAD_PACK_PLAN_EXIT_CODE_MAKES_CHANGES: '7',
  NOMAD_PACK_ACTION_JOB: '{"key":"of the job"}',
  VAULT_ADDR: 'https://vault',
  https_proxy: 'http://proxy',
  SSL_CERT_FILE: '/ca.pem',
  MINE: 'mine',
};

function nomadPack(
  script: string,
  {
    version = '0.4.2',
    limit = 60_000,
    lines = [] as string[],
    logged = [] as string[],
    signal = new AbortController().signal,
    path: folders = step.PATH,
  } = {},
) {
  return new NomadPack({
    program: Promise.resolve(fakeNomadPack(root, script)),
    version: Promise.resolve(version),
    folder,
    environment: { ...step, PATH: folders },
    passEnv: ['MINE'],
    nomadToken: async () => 'nomad-token',
    signal,
    onLine: (line) => lines.push(line),
    log: (line) => logged.push(line),
    limits: { registry: limit, head: limit, nomad: limit, register: limit },
  });
}

const calls = () => readFileSync(join(root, 'calls'), 'utf8').trim().split('\n');
const environment = () =>
  Object.fromEntries(
    readFileSync(join(root, 'environment'), 'utf8')
      .split('\0')
      .filter((pair) => pair !== '')
      .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)] as const),
  );

const isUntouched = async () => true;
const asItIs = (line: string) => line;
const common = 'web --name=shop --registry=lab --ref=release/1 --var-file=0001-a.hcl --var-file=0002-variables.json';
const failing = `printf '! Failed To Process Pack\\n!   Error: missing required variable: "tag" (No default)\\n!   Context:\\n!     Pack Name: web\\n'; exit`;

describe('commands', () => {
  test('run in the private folder, with an environment made for them', async () => {
    await nomadPack('').run(target, { preserveCounts: false, timeout: 60_000, isUntouched });
    expect(readFileSync(join(root, 'folder'), 'utf8').trim()).toBe(folder.path);
    const { PATH, PWD, SHLVL, _, OLDPWD, ...rest } = environment();
    expect(rest).toEqual({
      HOME: '.',
      NOMAD_ADDR: 'http://nomad:4646',
      NOMAD_NAMESPACE: 'prod',
      NOMAD_TOKEN: 'nomad-token',
      NOMAD_PACK_VAR_count: '3',
      VAULT_ADDR: 'https://vault',
      https_proxy: 'http://proxy',
      SSL_CERT_FILE: '/ca.pem',
      MINE: 'mine',
    });
  });

  test('run: detached where the binary can, and its failure is not an exception', async () => {
    const said = `echo "  Evaluation ID: 4a326fc1-067c-d190-1952-2cf2ac507cc4"; echo "  Job 'web' in pack deployment 'shop' registered successfully"`;
    const lines: string[] = [];
    expect(
      await nomadPack(said, { lines }).run(target, {
        preserveCounts: true,
        checkIndex: 7,
        timeout: 60_000,
        isUntouched,
      }),
    ).toEqual({
      evaluations: ['4a326fc1-067c-d190-1952-2cf2ac507cc4'],
      registered: ['web'],
      stopped: [],
    });
    expect(lines).toHaveLength(2);
    await nomadPack(said, { version: '0.4.1' }).run(target, { preserveCounts: false, timeout: 60_000, isUntouched });
    expect(calls()).toEqual([`run ${common} --detach --preserve-counts --check-index=7`, `run ${common}`]);
    const override = { preserveCounts: false, override: true, timeout: 60_000, isUntouched };
    await nomadPack(said).run(target, override);
    await nomadPack('').plan(target, (line) => line, { override: true });
    expect(calls().slice(2)).toEqual([`run ${common} --deploy-override --detach`, `plan ${common} --deploy-override`]);
    const old = await failure(nomadPack(said, { version: '0.4.1' }).run(target, override));
    expect([old.reason, old.message]).toEqual(['input', expect.stringContaining('needs nomad-pack 0.4.2 or newer')]);
    const half = await nomadPack(`${said}; ${failing} 1`).run(target, {
      preserveCounts: false,
      timeout: 60_000,
      isUntouched,
    });
    expect(half.registered).toEqual(['web']);
    expect(half.failure?.reason).toBe('variable-missing');
    expect(await folder.rememberedProcesses()).toEqual([]);
  });

  test('render: the files that it wrote, with their paths', async () => {
    const write =
      'd=.nomad-pack-rendered/web; mkdir -p $d/sub; echo two > $d/b.nomad; echo one > $d/a.nomad; echo three > $d/sub/c.nomad';
    const rendered = await nomadPack(write).render(target, { outputsTemplate: true });
    expect(rendered.files).toEqual([
      { name: 'web/a.nomad', text: 'one\n' },
      { name: 'web/b.nomad', text: 'two\n' },
      { name: 'web/sub/c.nomad', text: 'three\n' },
    ]);
    expect(calls()).toEqual([`render ${common} --to-dir=.nomad-pack-rendered --auto-approve --render-output-template`]);
    expect((await failure(nomadPack(`${failing} 1`).render(target))).reason).toBe('variable-missing');
  });

  test.each([
    ['0 is not a change', 'echo plan; exit 0', undefined],
    ['1 is a change', 'echo debug: tracing; echo plan; exit 1', undefined],
    ['1 with an error is not a plan', `${failing} 1`, 'variable-missing'],
    ['255 is an error', 'echo plan; exit 255', 'output-not-understood'],
  ])('plan: exit code %s', async (_, script, reason) => {
    const planned = nomadPack(script).plan(target, (line) => line);
    if (reason === undefined) expect(await planned).toBe('plan');
    else expect((await failure(planned)).reason).toBe(reason);
  });

  test('status', async () => {
    const table = `printf ' PACK NAME | REGISTRY NAME | DEPLOYMENT NAME | JOB NAME | STATUS\\n---+---\\n web | lab | shop | web | running\\n'`;
    const rows = await nomadPack(table).status(target);
    expect(rows).toEqual([{ pack: 'web', registry: 'lab', deployment: 'shop', job: 'web', status: 'running' }]);
    expect(calls()).toEqual(['status web --name=shop']);
    const denied = `printf '! Error\\n!   Error: Unexpected response code: 403 (Permission denied)\\n'; exit 1`;
    expect((await failure(nomadPack(denied).status(target))).reason).toBe('nomad-auth');
  });

  test('registry add that fails in a way git does not explain', async () => {
    const script = `printf '! Could Not Install Registry\\n!   Error: something new\\n'; exit 0`;
    const program = Promise.resolve(fakeNomadPack(root, script));
    const options = {
      program,
      version: Promise.resolve('0.4.2'),
      folder,
      passEnv: ['FAKE_REGISTRY'],
      onLine: () => undefined,
      log: () => undefined,
    };
    const cli = new NomadPack({
      ...options,
      environment: { ...step, FAKE_REGISTRY: '1' },
      signal: new AbortController().signal,
    });
    const error = await failure(cli.addRegistry(registry, 'web'));
    expect([error.reason, error.message]).toEqual(['nomad-pack-failed', expect.stringContaining('something new')]);
    expect(environment()).toMatchObject({
      HOME: '/home/user',
      XDG_CACHE_HOME: join(folder.path, '.cache'),
      LC_ALL: 'C',
    });
    expect(environment()).not.toHaveProperty('NOMAD_TOKEN');
  });
});

/** Fails with the error block the first time, and does as `then` says from then on. */
const failsOnce = (title: string, error: string, then = 'true') =>
  `if mkdir "${root}/once" 2>/dev/null; then printf '! ${title}\\n!   Error: ${error}\\n!   Context:\\n'; exit 1; fi; ${then}`;

describe('what may pass', () => {
  const unread = 'Failed To Parse Job Specification';
  const conflict = 'Failed Job Conflict Validation';

  test.each([
    ['Unexpected response code: 503 (no path)'],
    ['Unexpected response code: 429 (slow down)'],
    ['Unexpected response code: 404 (<html><head><title>404 Not Found</title></head></html>)'],
    ['Unexpected response code: 500 (No cluster leader)'],
    ['Put "http://nomad:4646/v1/jobs/parse": read tcp 1.2.3.4:5->6.7.8.9:4646: read: connection reset by peer'],
    ['Put "http://nomad:4646/v1/jobs/parse": EOF'],
    ["invalid character '\\''<'\\'' looking for beginning of value"],
    ['Got 0 byte response with non-nil decode object'],
  ])('is tried again, which is said: %s', async (error) => {
    const logged: string[] = [];
    await nomadPack(failsOnce(unread, error, 'echo Plan'), { logged }).plan(target, asItIs);
    expect(calls()).toHaveLength(2);
    expect(logged).toEqual([
      expect.stringMatching(/^`nomad-pack plan` failed: .*\nThat may pass; trying again in 0.5 s/s),
    ]);
  });

  test.each([
    ['Unexpected response code: 403 (Permission denied)', 'nomad-auth'],
    ['Unexpected response code: 500 (1 error occurred:\\n\\t* Missing tasks)', 'nomad-pack-failed'],
    ['Put "https://nomad:4646/v1/jobs/parse": tls: failed to verify certificate: x509: unknown', 'nomad-tls'],
  ])('is all that is tried again: not %s', async (error, reason) => {
    expect((await failure(nomadPack(failsOnce(unread, error)).plan(target, asItIs))).reason).toBe(reason);
    expect(calls()).toHaveLength(1);
  });

  const options = { preserveCounts: false, timeout: 60_000 };

  test.each([
    [unread, 'Unexpected response code: 503 (x)'],
    [conflict, 'Unexpected response code: 500 (No cluster leader)'],
    ['Failed To Register Job', 'Unexpected response code: 429 (x)'],
    ['Failed To Register Job', 'Unexpected response code: 500 (No cluster leader)'],
  ])('run is run again where it says that nothing is registered: %s: %s', async (title, error) => {
    const said = `echo "  Job 'web' in pack deployment 'shop' registered successfully"`;
    const outcome = await nomadPack(failsOnce(title, error, said)).run(target, { ...options, isUntouched });
    expect(outcome).toEqual({ evaluations: [], registered: ['web'], stopped: [] });
    expect(calls()).toHaveLength(2);
  });

  test.each([
    ['the registration may have been carried out', 'Failed To Register Job', 'Unexpected response code: 502 (x)', true],
    ['a job has changed', conflict, 'Unexpected response code: 503 (x)', false],
    ['there is a conflict', conflict, 'job with id "web" already exists and is not managed by nomad pack', true],
  ])('run is not run again where %s', async (_, title, error, untouched) => {
    const outcome = await nomadPack(failsOnce(title, error)).run(target, {
      ...options,
      isUntouched: async () => untouched,
    });
    expect(outcome.failure).toBeDefined();
    expect(calls()).toHaveLength(1);
  });

  test.each([
    [true, 2],
    [false, 1],
  ])('run is run again after a crash where no job has changed (%s)', async (untouched, times) => {
    const crash = `if mkdir "${root}/once" 2>/dev/null; then echo 'panic: runtime error'; exit 2; fi; true`;
    const outcome = await nomadPack(crash).run(target, { ...options, isUntouched: async () => untouched });
    expect(outcome.failure === undefined).toBe(untouched);
    expect(calls()).toHaveLength(times);
  });

  test('run fails as it did the last time', async () => {
    const block = `printf '! ${conflict}\\n!   Error: Unexpected response code: 503 (x)\\n'; exit 1`;
    const outcome = await nomadPack(block).run(target, { ...options, isUntouched });
    expect(outcome).toMatchObject({ registered: [], failure: { reason: 'nomad-error' } });
    expect(calls()).toHaveLength(4);
  }, 30_000);
});

describe('a command that does not end', () => {
  const hangs = 'exec sleep 60';

  test('is stopped, and tried again', async () => {
    const error = await failure(nomadPack(hangs, { limit: 200 }).plan(target, asItIs));
    expect(error).toMatchObject({
      reason: 'nomad-unreachable',
      message: expect.stringMatching(
        /^`nomad-pack plan` was stopped because it had not ended after .*http:\/\/nomad:4646/,
      ),
      hint: expect.stringContaining('`nomad_addr`'),
    });
    expect(calls()).toHaveLength(4);
  }, 30_000);

  test('is stopped where git hangs beneath it, and the host of the registry is named', async () => {
    writeFileSync(join(root, 'git'), '#!/bin/sh\nexec sleep 60\n', { mode: 0o755 });
    const pack = nomadPack('', { limit: 300, path: `${root}:${process.env['PATH']}` });
    const error = await failure(pack.addRegistry({ ...registry, ref: 'latest' }, 'web'));
    expect(error).toMatchObject({
      reason: 'registry-unreachable',
      message: expect.stringMatching(
        /^`nomad-pack registry add` was stopped because it had not ended after \S+ s\. The host of https:\/\/h\/x\.git/,
      ),
      hint: expect.stringContaining('`registry_source`'),
    });
  }, 60_000);

  test('is not run again where it may have registered something', async () => {
    const outcome = await nomadPack(`echo "  Job 'web' in pack deployment 'shop' registered successfully"; ${hangs}`, {
      limit: 200,
    }).run(target, { preserveCounts: false, timeout: 60_000, isUntouched });
    expect(outcome.registered).toEqual(['web']);
    expect(outcome.failure).toMatchObject({
      reason: 'nomad-unreachable',
      message: expect.stringContaining('nomad-pack run'),
    });
    expect(calls()).toHaveLength(1);
  }, 30_000);
});

test('a nomad-pack that is killed is told as such', async () => {
  const outcome = await nomadPack('kill -KILL $$').run(target, {
    preserveCounts: false,
    timeout: 60_000,
    isUntouched,
  });
  expect(outcome.failure).toMatchObject({
    reason: 'runner',
    message: expect.stringContaining('`nomad-pack run` was ended by the signal SIGKILL (9)'),
    hint: expect.stringContaining('memory'),
  });
  expect(calls()).toHaveLength(1);
});

describe('environments', () => {
  test('TLS is skipped only where that is wanted: any value of the variable would skip it', () => {
    expect(nomadEnvironment(nomad, {})).toEqual({ NOMAD_ADDR: 'http://nomad:4646', NOMAD_NAMESPACE: 'prod' });
    const tls = { caCert: 'ca', clientCert: 'cert', clientKey: 'key', serverName: 'name', skipVerify: true };
    expect(nomadEnvironment({ ...nomad, region: 'eu', tls }, { token: 'token' })).toEqual({
      NOMAD_ADDR: 'http://nomad:4646',
      NOMAD_NAMESPACE: 'prod',
      NOMAD_TOKEN: 'token',
      NOMAD_REGION: 'eu',
      NOMAD_CACERT: 'ca',
      NOMAD_CLIENT_CERT: 'cert',
      NOMAD_CLIENT_KEY: 'key',
      NOMAD_TLS_SERVER_NAME: 'name',
      NOMAD_SKIP_VERIFY: 'true',
    });
  });

  test('nothing is there that is not needed or named', () => {
    expect(Object.keys(baseEnvironment(step, []))).toEqual(
      expect.not.arrayContaining([
        'HOME',
        'INPUT_NOMAD_TOKEN',
        'GITHUB_TOKEN',
        'AWS_SECRET_ACCESS_KEY',
        'NOMAD_TOKEN',
        'MINE',
      ]),
    );
    expect(
      gitEnvironment({
        GIT_SSH_COMMAND: 'ssh -v',
        SSH_AUTH_SOCK: 's',
        GIT_TRACE2_EVENT: 'x',
        GIT_DIR: 'x',
        A: undefined,
      }),
    ).toEqual({
      GIT_SSH_COMMAND: 'ssh -v',
      SSH_AUTH_SOCK: 's',
    });
  });
});

describe('the cache', () => {
  test('a pack of the workspace lies where one of a registry would, without its .git, links followed', async () => {
    const pack = join(root, 'packs/web');
    mkdirSync(join(pack, '.git'), { recursive: true });
    writeFileSync(join(pack, 'metadata.hcl'), 'x');
    writeFileSync(join(root, 'shared.tpl'), 'shared');
    symlinkSync('../../shared.tpl', join(pack, 'linked.tpl'));
    const web = { kind: 'directory', name: 'web', path: pack, written: './packs/web' } as const;
    await placeDirectory(folder.path, web, registry, root);
    const placed = join(folder.path, packPath('web', registry));
    expect(packPath('web', registry)).toMatch(/nomad\/packs\/lab\/release!_1\/web@release!_1$/);
    expect(readdirSync(placed).sort()).toEqual(['linked.tpl', 'metadata.hcl']);
    expect(readFileSync(join(placed, 'linked.tpl'), 'utf8')).toBe('shared');
    await requirePack(folder.path, 'web', registry);
  });

  test.each([
    ['a file of it', '../../.git/config'],
    ['it', '../../.git'],
  ])('a pack of the workspace with a link into a .git is refused: %s', async (_, target) => {
    const pack = join(root, 'packs/curious');
    mkdirSync(pack, { recursive: true });
    mkdirSync(join(root, '.git'), { recursive: true });
    writeFileSync(join(root, '.git/config'), 'token');
    symlinkSync(target, join(pack, 'conf'));
    const curious = { kind: 'directory', name: 'curious', path: pack, written: './packs/curious' } as const;
    const error = await failure(placeDirectory(folder.path, curious, registry, root));
    expect([error.reason, error.message]).toEqual([
      'input',
      'The pack `./packs/curious` holds the link `conf`, which leads into `.git`.',
    ]);
  });

  test('a registry without packs says so', async () => {
    const error = await failure(requirePack(folder.path, 'web', registry));
    expect([error.message, error.hint]).toEqual([
      'The registry https://h/x.git has no pack `web` at `release/1`. It has: none.',
      expect.stringContaining('folder `packs/`'),
    ]);
  });

  test.each([
    ['{"local_ref": "0123456789012345678901234567890123456789"}', '0123456789012345678901234567890123456789'],
    ['{"local_ref":"n/a"}', undefined],
    ['nonsense', undefined],
    [undefined, undefined],
  ])('the commit in %j is %j', async (text, commit) => {
    const place = join(folder.path, packPath('web', registry), '..');
    mkdirSync(place, { recursive: true });
    if (text !== undefined) writeFileSync(join(place, 'metadata.json'), text);
    expect(await registryCommit(folder.path, registry)).toBe(commit);
  });
});

function variableFile(name: string, text: string, kind: 'hcl' | 'json' | 'yaml') {
  writeFileSync(join(root, name), text);
  return { path: join(root, name), written: `./${name}`, kind };
}

describe('variables', () => {
  test('become files whose names sort as they win, readable by this user alone', async () => {
    const variables: VariableSettings = {
      files: [
        variableFile('z b!.hcl', 'count = 1\n', 'hcl'),
        variableFile('a.json', '{}', 'json'),
        variableFile('m.yaml', 'v: 1.10\nn:\n', 'yaml'),
      ],
      plain: { count: 3, text: '${x}\n"q" ü 🚀' },
    };
    const prepared = await prepareVariables(variables, { password: 'hunter2' }, folder);
    const names = prepared.map(({ name }) => name);
    expect(names).toEqual([
      '0001-z_b_.hcl',
      '0002-a.json',
      '0003-m.json',
      '0004-variables.json',
      '0005-secret-variables.json',
    ]);
    expect([...names].sort()).toEqual(names);
    const read = (index: number) => readFileSync(join(folder.path, names[index] ?? ''), 'utf8');
    expect(read(0)).toBe('count = 1\n');
    expect(JSON.parse(read(2))).toEqual({ v: '1.10' });
    expect(JSON.parse(read(3))).toEqual(variables.plain);
    expect(names.map((name) => statSync(join(folder.path, name)).mode & 0o777)).toEqual(names.map(() => 0o600));
    expect(explainPlace(prepared, '0004-variables.json:3,1-9')?.variable).toBe('text');
    expect(explainPlace(prepared, '0004-variables.json:1,1-9')?.variable).toBeUndefined();
    expect(explainPlace(prepared, '0003-m.json:2,1-9')).toMatchObject({ variable: 'v', file: { origin: './m.yaml' } });
    expect(explainPlace(prepared, '/x/0001-z_b_.hcl:7,1')?.location).toEqual({ file: './z b!.hcl', line: 7 });
    expect(explainPlace(prepared, 'other.hcl:7,1')).toBeUndefined();
    expect(explainPlace(prepared, '')).toBeUndefined();
  });

  test('with names as long as a file system takes', async () => {
    const name = `${'x'.repeat(250)}.hcl`;
    const [prepared] = await prepareVariables({ files: [variableFile(name, 'a = 1\n', 'hcl')], plain: {} }, {}, folder);
    expect(prepared?.name).toBe(`0001-${'x'.repeat(100)}.hcl`);
  });

  test('that are not what they were when the settings were read', async () => {
    const file = variableFile('gone.yaml', 'a: 1\n', 'yaml');
    rmSync(file.path);
    const error = await failure(prepareVariables({ files: [file], plain: {} }, {}, folder));
    expect([error.reason, error.message]).toEqual(['variable-file', expect.stringContaining('`./gone.yaml`')]);
  });

  test('that are none make no files', async () => {
    expect(await prepareVariables({ files: [], plain: {} }, {}, folder)).toEqual([]);
  });
});

describe('the check of types', () => {
  const wants = `[ "$NOMAD_PACK_VAR_port" = '"http"' ] && { printf "! Failed To Process Pack\\n!   Error: This variable value is not compatible with the variable's type constraint: a number is required.\\n"; exit 1; }; exit 0`;
  const check = async (script: string, variables: Partial<VariableSettings>, secret: SecretVariables = {}) => {
    const files = await prepareVariables({ files: [], plain: {}, ...variables }, secret, folder);
    await checkTypes(nomadPack(script), { ...target, files });
  };

  test('takes a value that leaves out what is optional, which nomad-pack only knows of a file', async () => {
    const variables: VariableSettings = { plain: { service: { port: 1 } }, files: [] };
    const complains = `printf "! X\\n!   Error: not compatible with the variable's type constraint: attribute \\"tls\\" is required.\\n"`;
    await expect(check(complains, variables)).resolves.toBeUndefined();
  });

  test('names the variable, of however many', async () => {
    const error = await failure(check(wants, { plain: { a: 1, b: [2] } }, { port: 'http' }));
    expect([error.reason, error.message]).toEqual([
      'variable-type',
      'The variable `port` of pack `web` in `secret_variables` has a value of the wrong type: a number is required.',
    ]);
  });

  test.each([
    ['yaml', 'a: 1\n\nport: http\n', 3],
    ['json', '{\n  "a": 1,\n  "port": "http"\n}\n', 3],
    ['hcl', 'a = 1\n\nport = "http" # no number\n', 3],
  ] as const)('points at the line of a file of %s', async (kind, text, line) => {
    const error = await failure(check(wants, { files: [variableFile(`prod.${kind}`, text, kind)] }));
    expect(error.message).toBe(
      `The variable \`port\` of pack \`web\` in \`./prod.${kind}\`, line 3 has a value of the wrong type: a number is required.`,
    );
    expect(error.location).toEqual({ file: `./prod.${kind}`, line });
  });

  test('looks at the value that wins', async () => {
    await check(wants, { files: [variableFile('a.yaml', 'port: http', 'yaml')], plain: { port: 80 } });
  });

  test('leaves to nomad-pack what is no JSON, and what is null', async () => {
    const files = ['{', '[1]', 'null', '{"port": null}'].map((text, index) =>
      variableFile(`${index}.json`, text, 'json'),
    );
    await check(wants, { files });
    expect(existsSync(join(root, 'calls'))).toBe(false);
  });

  test('leaves to nomad-pack what HCL computes', async () => {
    await check(wants, { files: [variableFile('prod.hcl', 'a = 1\nport = "${1}"', 'hcl')] });
    expect(environment()).toMatchObject({ NOMAD_PACK_VAR_a: '1' });
    expect(environment()).not.toHaveProperty('NOMAD_PACK_VAR_port');
  });

  test('is done without the files, and needs one run where all is well', async () => {
    await check(wants, { plain: { a: 1, b: [2] } });
    expect(calls()).toEqual(['render web --name=shop --registry=lab --ref=release/1']);
  });

  test('is not done where there is nothing to check', async () => {
    await check(wants, { plain: { 'child.port': 'http', long: 'x'.repeat(70_000) } });
    expect(existsSync(join(root, 'calls'))).toBe(false);
  });

  test('writes values as HCL reads them', async () => {
    const text = '${a} %{b} "q" \\b \b\f\n';
    await check('exit 0', { plain: { text, map: { 'k${x}': [true, 1.5] }, exact: '1.10', code: '007' } });
    expect(environment()['NOMAD_PACK_VAR_text']).toBe('"$${a} %%{b} \\"q\\" \\\\b \\u0008\\u000c\\n"');
    expect(environment()['NOMAD_PACK_VAR_map']).toBe('{"k$${x}":[true,1.5]}');
    // With quotes it would be no number to a variable that wants one.
    expect(environment()).toMatchObject({ NOMAD_PACK_VAR_exact: '1.10', NOMAD_PACK_VAR_code: '007' });
    await check('exit 0', { files: [variableFile('a.hcl', 'exact = "1.10"\nlist = [\n  "a", # one\n]', 'hcl')] });
    expect(environment()).toMatchObject({ NOMAD_PACK_VAR_exact: '1.10', NOMAD_PACK_VAR_list: '[\n  "a", # one\n]' });
  });

  test('takes variables of megabytes, in parts that a process can be given, and names each wrong one', async () => {
    const plain: Record<string, VariableValue> = {};
    for (let index = 0; index < 100; index += 1) plain[`v${index}`] = 'ä'.repeat(10_000);
    const wrong = `for v in v3 v99; do eval "[ -n \\"\\$NOMAD_PACK_VAR_$v\\" ]" && printf "! X\\n!   Error: not compatible with the variable's type constraint: $v.\\n"; done; exit 1`;
    const error = await failure(check(wrong, { plain }));
    expect(error.reason).toBe('variable-type');
    expect(error.message.split('\n')).toEqual([
      'The variable `v3` of pack `web` in `variables` has a value of the wrong type: v3.',
      'The variable `v99` of pack `web` in `variables` has a value of the wrong type: v99.',
    ]);
  });

  test('leaves out what no environment takes', async () => {
    const text = JSON.stringify({ 'a\0b': 1, 'a=b': 1, '': 1, ä: 1, nul: 'x\0y', fits: 2 });
    const hcl = 'raw = "x\0y"\n';
    await check('exit 0', { files: [variableFile('a.json', text, 'json'), variableFile('b.hcl', hcl, 'hcl')] });
    expect(environment()).toMatchObject({ NOMAD_PACK_VAR_fits: '2', NOMAD_PACK_VAR_nul: '"x\\u0000y"' });
    expect(environment()).not.toHaveProperty('NOMAD_PACK_VAR_raw');
    expect(Object.keys(environment()).filter((name) => /^NOMAD_PACK_VAR_a/.test(name))).toEqual([]);
  });

  test('does not name one that is no longer wrong by itself', async () => {
    const both = `[ -n "$NOMAD_PACK_VAR_a$NOMAD_PACK_VAR_port" ] && [ -n "$NOMAD_PACK_VAR_a" ] && [ -n "$NOMAD_PACK_VAR_port" ] && { printf "! X\\n!   Error: not compatible with the variable's type constraint: x\\n"; }; exit 0`;
    const error = await failure(check(both, { plain: { a: 1, port: 2 } }));
    expect(error.message).toBe('A variable of pack `web` has a value of the wrong type: x');
  });
});
