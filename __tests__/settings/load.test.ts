import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ActionError } from '../../src/errors.ts';
import {
  type Environment,
  fallbackOf,
  type InputName,
  type Inputs,
  mistypedInputs,
  readInputs,
} from '../../src/settings/inputs.ts';
import { type Loaded, loadSettings } from '../../src/settings/load.ts';
import { strayTokens } from '../../src/settings/misplaced.ts';
import { secretsOf } from '../../src/settings/secrets.ts';
import type { DeploymentSettings, Settings } from '../../src/settings/settings.ts';
import { failure } from '../support/failure.ts';

const PEM = '-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----';

let workspace: string;
const kept = new Map<string, string>();

beforeAll(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'settings-'));
  await mkdir(join(workspace, 'packs/web'), { recursive: true });
  await mkdir(join(workspace, 'packs/.hidden'), { recursive: true });
  await writeFile(join(workspace, 'packs/web/metadata.hcl'), '');
  await writeFile(join(workspace, 'packs/.hidden/metadata.hcl'), '');
  await writeFile(join(workspace, 'a.hcl'), 'count = 1\n');
  await writeFile(join(workspace, 'b.yaml'), 'count: 2\n');
  await writeFile(join(workspace, 'broken.yaml'), 'ok: 1\ncount: [\n');
  await writeFile(join(workspace, 'ca.pem'), PEM);
  await writeFile(join(workspace, 'key.asc'), '-----BEGIN PGP PUBLIC KEY BLOCK-----\n');
  await writeFile(join(workspace, 'no-key.asc'), 'hello');
});

afterAll(async () => {
  await rm(workspace, { recursive: true });
});

const complete: Inputs = {
  deployment_name: 'shop',
  pack: 'web',
  registry_name: 'lab',
  registry_source: 'github.com/org/packs',
  nomad_addr: 'http://127.0.0.1:4646/',
};

async function load(inputs: Inputs, environment: Environment = {}): Promise<Settings> {
  return (await loadAll(inputs, environment)).settings;
}

async function loadAll(inputs: Inputs, environment: Environment = {}): Promise<Loaded> {
  return await loadSettings(inputs, {
    workspace,
    variableOf: (name) => fallbackOf(environment, name),
    keepPrivate: async (name, text) => {
      kept.set(name, text);
      return `/private/${name}`;
    },
  });
}

async function refusal(inputs: Inputs, environment: Environment = {}): Promise<ActionError> {
  return await failure(load(inputs, environment));
}

test('a rollout that is not waited for is never taken back, so both are refused together', async () => {
  const both = { ...complete, wait: 'false', on_failure: 'revert' };
  expect((await refusal(both)).message).toContain('`on_failure` is `revert`, and `wait` is `false`');
  for (const inputs of [
    { ...both, wait: 'true' },
    { ...both, on_failure: 'keep' },
    { ...both, operation: 'plan' },
  ]) {
    expect(await load(inputs)).toHaveProperty('rollout');
  }
});

test('what only a rollback knows is refused elsewhere: nobody takes a deploy for a trial', async () => {
  const { message } = await refusal({ ...complete, dry_run: 'true', rollback_to: '3' });
  expect(message).toContain('`dry_run` is `true`, which only `rollback` knows');
  expect(message).toContain('`rollback_to` is set, which only `rollback` knows (`operation` is `deploy`)');
  expect(await load({ ...complete, operation: 'rollback', dry_run: 'true', rollback_to: '3' })).toHaveProperty(
    'rollback',
  );
});

test('the defaults of a deploy', async () => {
  expect(await load(complete)).toEqual({
    operation: 'deploy',
    deploymentName: 'shop',
    pack: { kind: 'registry', name: 'web' },
    registry: { name: 'lab', source: 'https://github.com/org/packs.git', origin: 'https://github.com', ref: 'latest' },
    variables: { plain: {}, files: [] },
    nomad: { address: 'http://127.0.0.1:4646', namespace: 'default', tls: { skipVerify: false } },
    nomadPack: { version: 'latest', mirror: 'https://releases.hashicorp.com' },
    rollout: {
      wait: true,
      timeout: 900_000,
      waitFor: 'started',
      onFailure: 'keep',
      allowReplace: false,
      adoptJobs: [],
      preserveCounts: false,
      redeploy: false,
    },
    rollback: { dryRun: false },
    review: { failOnChanges: false, failOnUnhealthy: false, comment: 'auto' },
    passEnv: [],
    workspace,
  });
});

test('every input has its place', async () => {
  const { settings, credentials } = await loadAll({
    ...complete,
    operation: 'rollback',
    registry_ref: 'release/1.2',
    registry_target: 'web',
    registry_token: 'registry-token',
    registry_user: 'deployer',
    variables: 'count: 3\nmessage: "1.10"',
    secret_variables: 'password: hunter2',
    variable_files: 'a.hcl\nb.yaml',
    nomad_addr: 'https://nomad:4646',
    nomad_token: 'nomad-token',
    nomad_http_auth: 'proxy:hunter2',
    nomad_namespace: 'prod',
    nomad_region: 'eu',
    nomad_cacert: 'ca.pem',
    nomad_client_cert: PEM,
    nomad_client_key: PEM.replaceAll('CERTIFICATE', 'PRIVATE KEY'),
    nomad_tls_server_name: 'server.eu.nomad',
    nomad_skip_verify: 'TRUE',
    nomad_pack_version: 'v0.4.2',
    nomad_pack_mirror: 'https://mirror.example.com/releases/',
    nomad_pack_signing_key: 'key.asc',
    wait: 'false',
    wait_timeout: '1h30m5s',
    wait_for: 'complete',
    on_failure: 'revert',
    allow_replace: 'true',
    adopt_jobs: 'web\napi',
    preserve_counts: 'True',
    redeploy: 'true',
    rollback_to: '12',
    dry_run: 'true',
    pass_env: 'AWS_REGION\nDEPLOY_COLOR',
    plan_digest: `sha256:${'a'.repeat(64)}`,
    fail_on_changes: 'true',
    fail_on_unhealthy: 'true',
    comment: 'never',
    github_token: 'github-token',
  });
  expect(settings).toEqual({
    operation: 'rollback',
    deploymentName: 'shop',
    pack: { kind: 'registry', name: 'web' },
    registry: {
      name: 'lab',
      source: 'https://github.com/org/packs.git',
      origin: 'https://github.com',
      ref: 'release/1.2',
      target: 'web',
    },
    variables: {
      plain: { count: 3, message: '1.10' },
      files: [
        { path: join(workspace, 'a.hcl'), written: 'a.hcl', kind: 'hcl' },
        { path: join(workspace, 'b.yaml'), written: 'b.yaml', kind: 'yaml' },
      ],
    },
    nomad: {
      address: 'https://nomad:4646',
      namespace: 'prod',
      region: 'eu',
      tls: {
        caCert: join(workspace, 'ca.pem'),
        clientCert: '/private/client.pem',
        clientKey: '/private/client-key.pem',
        serverName: 'server.eu.nomad',
        skipVerify: true,
      },
    },
    nomadPack: {
      version: '0.4.2',
      mirror: 'https://mirror.example.com/releases',
      signingKey: expect.stringContaining('PGP'),
    },
    rollout: {
      wait: false,
      timeout: 5_405_000,
      waitFor: 'complete',
      onFailure: 'revert',
      allowReplace: true,
      adoptJobs: ['web', 'api'],
      preserveCounts: true,
      redeploy: true,
    },
    rollback: { to: '12', dryRun: true },
    review: {
      failOnChanges: true,
      failOnUnhealthy: true,
      comment: 'never',
      digest: `sha256:${'a'.repeat(64)}`,
    },
    passEnv: ['AWS_REGION', 'DEPLOY_COLOR'],
    workspace,
  });
  expect(credentials).toEqual({
    registry: { token: 'registry-token', user: 'deployer' },
    nomad: { token: 'nomad-token', httpAuth: 'proxy:hunter2' },
    githubToken: 'github-token',
    secretVariables: { password: 'hunter2' },
  });
  expect(JSON.stringify(settings)).not.toMatch(/registry-token|nomad-token|github-token|hunter2|PRIVATE KEY/);
  expect(kept.get('client.pem')).toBe(`${PEM}\n`);
});

describe('a pack that is a directory', () => {
  test('needs no registry', async () => {
    const { registry, pack } = (await load({
      deployment_name: 'shop',
      pack: './packs/web',
      nomad_addr: 'http://n:1',
    })) as DeploymentSettings;
    expect(pack).toEqual({
      kind: 'directory',
      name: 'web',
      path: join(workspace, 'packs/web'),
      written: './packs/web',
    });
    expect(registry).toEqual({ name: 'workspace', source: join(workspace, 'packs/web'), ref: 'latest' });
  });

  test('takes the name of a registry when there is one', async () => {
    const { registry } = (await load({ ...complete, pack: './packs/web' })) as DeploymentSettings;
    expect(registry?.name).toBe('lab');
  });

  test.each([
    ['./packs/nosuch', 'which is not a pack'],
    ['../outside', 'climbs'],
    ['packs/../../x', 'climbs'],
    ['./packs/.hidden', 'must be a directory whose name is letters'],
  ])('%s', async (pack, why) => {
    expect((await refusal({ ...complete, pack })).message).toContain(why);
  });
});

describe('what an operation needs', () => {
  test.each([
    ['deploy', ['deployment_name', 'pack', 'registry_name', 'registry_source', 'nomad_addr']],
    ['plan', ['deployment_name', 'pack', 'registry_name', 'registry_source', 'nomad_addr']],
    ['render', ['pack', 'registry_name', 'registry_source']],
    ['validate', ['pack', 'registry_name', 'registry_source']],
    ['status', ['deployment_name', 'pack', 'nomad_addr']],
    ['stop', ['deployment_name', 'pack', 'nomad_addr']],
    ['destroy', ['deployment_name', 'pack', 'nomad_addr']],
    ['promote', ['deployment_name', 'pack', 'nomad_addr']],
  ])('%s: every input that is missing is named at once', async (operation, names) => {
    const error = await refusal({ operation });
    expect(error.reason).toBe('input');
    const told = [...error.message.matchAll(/Input `(\w+)` is missing/g)].map(([, name]) => name);
    expect(told).toEqual(names);
  });

  test('whoever left the slash out of a directory is told', async () => {
    const error = await refusal({ deployment_name: 'shop', pack: 'web', nomad_addr: 'http://n:1' });
    expect(error.message).toContain('needs it, unless `pack` is a directory, as in `./web`.');
    expect(error.hint).toBe(
      'Set `registry_name`, `registry_source` under `with:`. The README says what each input takes.',
    );
  });

  test('setup needs nothing', async () => {
    expect(await load({ operation: 'setup', nomad_pack_version: '~0.4' })).toEqual({
      operation: 'setup',
      nomadPack: { version: '~0.4', mirror: 'https://releases.hashicorp.com' },
      passEnv: [],
    });
  });

  test('render takes the name of the pack for that of the deployment', async () => {
    const { deploymentName, nomad } = (await load({ operation: 'render', pack: './packs/web' })) as DeploymentSettings;
    expect(deploymentName).toBe('web');
    expect(nomad.address).toBe('http://127.0.0.1:4646');
  });

  test('`registry` is the old name of `registry_name`', async () => {
    const { registry_name, ...rest } = complete;
    const { registry } = (await load({ ...rest, registry: registry_name ?? '' })) as DeploymentSettings;
    expect(registry?.name).toBe('lab');
  });
});

describe('a wrong input is named, with what would be right', () => {
  const wrong: [InputName, string, string][] = [
    ['operation', 'deplyo', 'must be one of `deploy`, `status`'],
    ['deployment_name', '-name', 'must be a name'],
    ['deployment_name', 'a/b', 'must be a name'],
    ['deployment_name', 'web@', 'must be a name'],
    ['deployment_name', 'web@v1" or "1"=="1', 'must be a name'],
    ['deployment_name', 'web@$(id)', 'must be a name'],
    ['deployment_name', 'a" or Status == "running', 'must be a name'],
    ['deployment_name', 'x'.repeat(129), 'must not be longer than 128'],
    ['pack', '--help', 'must be a name'],
    ['registry_name', '../x', 'must be a name'],
    ['registry_source', 'https://user:pw@host/x', 'registry_token'],
    ['registry_ref', '--upload-pack', 'must be a tag, branch or commit'],
    ['registry_ref', 'a..b', 'must be a tag, branch or commit'],
    ['registry_ref', 'v1?depth=1', 'must be a tag, branch or commit'],
    ['registry_target', 'api', 'but `pack` is `web`'],
    ['variables', '- a', 'must be a YAML mapping'],
    ['variables', 'a b: 1', 'must set names that a variable can have'],
    ['secret_variables', '[', 'must be a YAML mapping'],
    ['variable_files', 'vars.toml', 'not an `.hcl`, `.json` or `.yaml` file'],
    ['variable_files', '[a.hcl, 3]', 'must be a list of texts'],
    ['variable_files', '[a.hcl', 'must be a list'],
    ['nomad_addr', 'nomad:4646', 'must begin with `http://` or `https://`'],
    ['nomad_addr', 'https://user:pw@nomad:4646', 'user or a password'],
    ['nomad_addr', 'https://nomad:4646?x=1', '`?`'],
    [
      'nomad_addr',
      'https://nomad:4646/ui/jobs',
      'must not hold a path, which nomad-pack leaves out; use `https://nomad:4646`',
    ],
    ['nomad_token', 'two words', 'characters'],
    ['nomad_namespace', 'a b', 'must be a name'],
    ['nomad_skip_verify', '1', 'must be `true` or `false` (got `1`; did you mean `true`?)'],
    ['nomad_cacert', 'nosuch.pem', 'does not exist'],
    ['nomad_cacert', Buffer.from(PEM).toString('base64'), 'is PEM in base64; give the text itself'],
    ['nomad_pack_version', 'newest', 'must be `latest`, `system`, a version'],
    ['nomad_pack_mirror', 'mirror', 'must be an http(s) address'],
    ['nomad_pack_mirror', 'https://u:p@mirror', 'user or a password'],
    ['nomad_pack_mirror', 'https://mirror#x', '`?`'],
    ['nomad_pack_signing_key', 'nosuch.asc', 'does not exist'],
    ['nomad_pack_signing_key', 'no-key.asc', 'not hold an armored OpenPGP key'],
    ['nomad_auth_audience', 'nomad.example.com', 'without `nomad_auth_method`'],
    ['wait', 'yes', 'must be `true` or `false` (got `yes`; did you mean `true`?)'],
    ['wait_timeout', '10', 'must be a duration such as `90s`, `15m` or `1h30m`; as in `10s` or `10m` (got `10`)'],
    ['wait_timeout', '0s', 'must be at least `1s` (got `0s`)'],
    ['wait_timeout', '25h', 'must be at most `24h` (got `25h`)'],
    ['wait_for', 'done', 'must be one of `started`, `complete`, `promotion` (got `done`)'],
    ['on_failure', 'rollback', 'must be one of `keep`, `revert` (got `rollback`; did you mean `revert`?)'],
    ['pass_env', 'A-B', 'must be names of environment variables'],
    ['pass_env', 'A, B', 'one name a line'],
    ['pass_env', 'INPUT_NOMAD_TOKEN', 'may not read'],
    ['pass_env', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN', 'may not read'],
    ['plan_digest', 'abc', 'must be a digest'],
    ['comment', 'sometimes', 'must be one of `auto`'],
  ];

  test.each(wrong)('%s: %s', async (name, value, why) => {
    const error = await refusal({ ...complete, [name]: value });
    expect(error.message).toContain(`\`${name}\``);
    expect(error.message).toContain(why);
    expect(error.hint).toContain(`\`${name}\``);
  });

  test.each<[InputName, string, string | undefined]>([
    ['operation', 'Deploy', 'deploy'],
    ['operation', 'deplyo', 'deploy'],
    ['operation', 'undo', undefined],
    ['comment', 'alway', 'always'],
    ['wait_for', 'completed', 'complete'],
    ['on_failure', 'x', undefined],
  ])('%s: %s, and what is probably meant', async (name, value, meant) => {
    const { message } = await refusal({ ...complete, [name]: value });
    expect(message).toContain(`(got \`${value}\`${meant === undefined ? ')' : `; did you mean \`${meant}\`?)`}`);
  });

  test.each<[InputName, string]>([
    ['nomad_token', 'hunter2 hunter2'],
    ['secret_variables', '[hunter2'],
    ['variables', '[hunter2'],
    ['nomad_addr', 'https://user:hunter2@nomad:4646'],
    ['nomad_addr', 'nomad?password=hunter2'],
    ['wait', 'hvs.hunter2'],
    ['comment', 'password: hunter2'],
    ['plan_digest', 'hunter2AbCdEfGh0123456789'],
    ['wait_timeout', `hunter2${' '.repeat(80)}x`],
  ])('%s: %s may be secret and is not repeated', async (name, value) => {
    const { message } = await refusal({ ...complete, [name]: value });
    expect(message).toContain(`Input \`${name}\` must `);
    expect(message).not.toContain('hunter2');
  });

  test('what is repeated stays in its line', async () => {
    const { message } = await refusal({ ...complete, wait: 'a`b\n::error::"\u001b[1m' });
    expect(message).toContain('(got `a\'b\\n::error::"\\u001b[1m`)');
    expect(message.split('\n')).toHaveLength(1);
  });

  test('all of them at once', async () => {
    const { message, hint } = await refusal({ ...complete, wait: 'yes', wait_timeout: 'ten', on_failure: 'x' });
    expect(message).toMatch(/^3 inputs are wrong\.\n/);
    expect(hint).toContain('Correct `wait`, `wait_timeout`, `on_failure`');
  });

  test('a file of variables alone has a reason and a place of its own', async () => {
    const error = await refusal({ ...complete, variable_files: 'nosuch.hcl' });
    expect(error.reason).toBe('variable-file');
    expect(error.message).toContain('does not exist');
    expect(error.location).toEqual({ file: 'nosuch.hcl' });
    expect(error.hint).toContain('the path in `variable_files`');
    const broken = await refusal({ ...complete, variable_files: 'broken.yaml' });
    expect(broken.message).toContain('not a YAML mapping of variables: line');
    expect(broken.location).toEqual({ file: 'broken.yaml', line: expect.any(Number) });
    expect((await refusal({ ...complete, variable_files: 'a.hcl, b.yaml' })).hint).toContain('one file a line');
    expect((await refusal({ ...complete, variable_files: 'packs.hcl\nnosuch.json' })).reason).toBe('input');
  });

  test.each<[string, Uint8Array | string, string | undefined]>([
    ['mark.json', '\ufeff{"a": 1}', undefined],
    ['mark.hcl', '\ufeffa = 1\n', undefined],
    ['mark.yaml', '\ufeffa: 1\n', undefined],
    ['wide.json', Buffer.from('\ufeff{"a": 1}', 'utf16le'), 'is encoded as UTF-16'],
    ['wide.hcl', Buffer.from('a = 1\n', 'utf16le'), 'is encoded as UTF-16'],
    ['wide.yaml', Buffer.from('\ufeffa: 1\n', 'utf16le').swap16(), 'is encoded as UTF-16'],
    ['latin.json', Buffer.from('{"a": "caf\u00e9"}', 'latin1'), 'is not encoded as UTF-8'],
    ['deep.json', `{"a": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'is nested more than 200 levels deep'],
    ['deep.yaml', `a: ${'['.repeat(300)}${']'.repeat(300)}`, 'it is nested more than 200 levels deep'],
    ['nul.hcl', 'a = "x\0y"\n', undefined],
    ['nul.yaml', 'a: x\0y\n', undefined],
    ['brackets.json', '{"a": "[[[[\\"[["}', undefined],
  ])('a file of variables may be any bytes: %s', async (name, bytes, why) => {
    await writeFile(join(workspace, name), bytes);
    const loaded = load({ ...complete, variable_files: name });
    if (why === undefined) return expect(await loaded).toMatchObject({ variables: { files: [{ written: name }] } });
    const error = await failure(loaded);
    expect([error.reason, error.message]).toEqual(['variable-file', expect.stringContaining(why)]);
    expect(error.location).toMatchObject({ file: name });
  });

  test('a variable of the environment is named when the value came from it', async () => {
    const environment = { NOMAD_ADDR: 'nonsense' };
    const { message } = await refusal({ ...complete, nomad_addr: 'nonsense' }, environment);
    expect(message).toBe(
      'Input `nomad_addr` (from the environment variable NOMAD_ADDR) must begin with `http://` or `https://`, as in `https://nomad.example.com:4646` (got `nonsense`).',
    );
  });

  test.each<[Inputs, string]>([
    [{ nomad_token: 'token-1234', nomad_auth_method: 'github' }, '`nomad_auth_method` and `nomad_token` are both set'],
    [{ nomad_client_cert: PEM }, '`nomad_client_key` is missing'],
    [{ nomad_client_key: PEM }, '`nomad_client_cert` is missing'],
    [{ registry: 'other' }, '`registry` is the old name'],
    [
      { registry_source: 'git@host:x/y', registry_token: 'token-1234' },
      '`registry_token` is set, but `registry_source` is not an http(s) address',
    ],
    [{ variables: 'a: 1', secret_variables: 'a: 2' }, 'both set `a`'],
  ])('inputs that cannot be meant together: %j', async (inputs, why) => {
    expect((await refusal({ ...complete, ...inputs })).message).toContain(why);
  });
});

describe('a token in the wrong input', () => {
  const token = `ghp_${'A1b2'.repeat(9)}`;

  test.each<InputName>([
    'deployment_name',
    'pack',
    'registry_name',
    'registry_source',
    'registry_ref',
    'variables',
    'nomad_addr',
    'pass_env',
    'nomad_pack_mirror',
  ])('%s: is refused, and not repeated', async (name) => {
    const text = name === 'variables' ? `a: ${token}` : name === 'registry_source' ? `https://host/${token}` : token;
    const error = await refusal({ ...complete, [name]: text });
    expect(error.message).toContain(`Input \`${name}\` holds a token of GitHub`);
    expect(error.message).not.toContain(token);
    expect(strayTokens({ [name]: text })).toEqual([token]);
  });

  test('a token that would go to the other host', async () => {
    const github = await refusal({ ...complete, nomad_token: token });
    expect(github.message).toContain('`nomad_token` holds a token of GitHub, which Nomad must not see');
    const same = await refusal({ ...complete, nomad_token: 's3cr3t-token', registry_token: 's3cr3t-token' });
    expect(same.message).toContain('`nomad_token` and `registry_token` hold the same token');
    await expect(load({ ...complete, registry_token: token, github_token: token })).resolves.toBeDefined();
  });

  test('the value of a token input elsewhere', async () => {
    const { message } = await refusal({ ...complete, nomad_token: 's3cr3t-token', variables: 'a: s3cr3t-token' });
    expect(message).toContain('`variables` holds the value of `nomad_token`');
  });

  test('a private key', async () => {
    const { message } = await refusal({ ...complete, variables: 'a: |\n  -----BEGIN PRIVATE KEY-----\n  x' });
    expect(message).toContain('holds a private key');
  });
});

describe('inputs as the runner gives them', () => {
  test('empty ones are absent, others trimmed; the environment of Nomad fills in', () => {
    const environment = {
      INPUT_PACK: ' web ',
      INPUT_VARIABLES: '',
      NOMAD_ADDR: 'http://n',
      NOMAD_TOKEN: '  ',
      INPUT_NOMAD_NAMESPACE: 'prod',
      NOMAD_NAMESPACE: 'dev',
    };
    expect(readInputs(environment)).toEqual({ pack: 'web', nomad_addr: 'http://n', nomad_namespace: 'prod' });
    expect(fallbackOf(environment, 'nomad_addr')).toBe('NOMAD_ADDR');
    expect(fallbackOf(environment, 'nomad_namespace')).toBeUndefined();
    expect(fallbackOf(environment, 'pack')).toBeUndefined();
  });

  test('one that does not exist is named with the one that is meant; what resembles none is somebody else’s', () => {
    const environment = {
      INPUT_VARIABLE: 'a',
      INPUT_NOMAD_ADDRESS: 'b',
      INPUT_PACK: 'c',
      INPUT_GREETING: 'd',
      INPUT_: 'e',
    };
    expect(mistypedInputs(environment)).toEqual([
      { given: 'variable', meant: 'variables' },
      { given: 'nomad_address', meant: 'nomad_addr' },
    ]);
  });

  test('a login leaves the token of the environment alone', () => {
    expect(readInputs({ INPUT_NOMAD_AUTH_METHOD: 'github', NOMAD_TOKEN: 'x' })).toEqual({
      nomad_auth_method: 'github',
    });
  });

  test('every secret is found, in `secret_variables` at any depth', async () => {
    const inputs: Inputs = {
      registry_token: 'r',
      nomad_token: 'n',
      github_token: 'g',
      nomad_client_key: '-----BEGIN PRIVATE KEY-----',
      secret_variables: 'db: {password: hunter2, ports: [5432]}\nflag: true\nnone:',
    };
    expect(await secretsOf(inputs)).toEqual([
      { name: 'registry_token', value: 'r' },
      { name: 'nomad_token', value: 'n' },
      { name: 'github_token', value: 'g' },
      { name: 'nomad_client_key', value: '-----BEGIN PRIVATE KEY-----' },
      { name: 'db.password', value: 'hunter2' },
      { name: 'db.ports.0', value: '5432' },
      { name: 'flag', value: 'true' },
    ]);
    expect(await secretsOf({ nomad_client_key: 'key.pem' })).toEqual([]);
  });

  test('a key in base64 is one, though it is refused', async () => {
    const key = Buffer.from('-----BEGIN EC PRIVATE KEY-----\nabc').toString('base64');
    expect(await secretsOf({ nomad_client_key: key })).toEqual([{ name: 'nomad_client_key', value: key }]);
    const { message } = await refusal({ ...complete, nomad_client_cert: PEM, nomad_client_key: key });
    expect(message).toBe('Input `nomad_client_key` is PEM in base64; give the text itself, with its line breaks.');
  });

  test('where `secret_variables` is no YAML, each line is a secret', async () => {
    expect((await secretsOf({ secret_variables: 'a: [\n  hunter2' })).map(({ value }) => value)).toEqual([
      'a: [',
      'hunter2',
    ]);
  });
});
