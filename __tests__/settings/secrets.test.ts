import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ActionError } from '../../src/errors.ts';
import type { InputName, Inputs } from '../../src/settings/inputs.ts';
import { loadSettings } from '../../src/settings/load.ts';
import { misplacedSecrets, strayTokens } from '../../src/settings/misplaced.ts';
import { secretsOf, secretsWithoutValue } from '../../src/settings/secrets.ts';
import type { DeploymentSettings } from '../../src/settings/settings.ts';
import { failure } from '../support/failure.ts';

let workspace: string;
const kept = new Map<string, string>();

beforeAll(() => {
  workspace = mkdtempSync(join(tmpdir(), 'secrets-'));
  mkdirSync(join(workspace, 'folder.hcl'));
  symlinkSync('loop.hcl', join(workspace, 'loop.hcl'));
  writeFileSync(join(workspace, 'ca.pem'), 'x');
});

afterAll(() => rmSync(workspace, { recursive: true }));

const complete: Inputs = {
  deployment_name: 'shop',
  pack: 'web',
  registry_name: 'lab',
  registry_source: 'github.com/org/packs',
  nomad_addr: 'https://nomad:4646',
};

async function load(inputs: Inputs): Promise<DeploymentSettings> {
  const keepPrivate = async (name: string, text: string) => {
    kept.set(name, text);
    return `/private/${name}`;
  };
  const { settings } = await loadSettings(inputs, { workspace, variableOf: () => undefined, keepPrivate });
  return settings as DeploymentSettings;
}

async function refusal(inputs: Inputs): Promise<ActionError> {
  return await failure(load({ ...complete, ...inputs }));
}

describe('a misplaced secret', () => {
  const pat = `github_pat_${'A1b2_'.repeat(6)}`;

  test.each<[string, Inputs, InputName | undefined]>([
    ['a fine-grained token in a pack’s variables', { variables: `token: ${pat}` }, 'variables'],
    ['a token of a server', { registry_ref: `ghs_${'x1'.repeat(12)}` }, 'registry_ref'],
    [
      'the value of github_token elsewhere',
      { github_token: 'gh-secret', nomad_pack_mirror: 'https://h/gh-secret' },
      'nomad_pack_mirror',
    ],
    ['a key beside a certificate', { nomad_client_cert: '-----BEGIN EC PRIVATE KEY-----\nx' }, 'nomad_client_cert'],
    ['a value too short to be told from words', { nomad_token: 'abc', variables: 'name: abcdef' }, undefined],
    ['a token that only looks like one', { variables: 'name: ghp_short' }, undefined],
    [
      'one where it belongs',
      { registry_token: pat, secret_variables: `a: ${pat}`, nomad_client_key: '-----BEGIN PRIVATE KEY-----' },
      undefined,
    ],
    ['a certificate', { nomad_cacert: '-----BEGIN CERTIFICATE-----' }, undefined],
  ])('%s', (_, inputs, where) => {
    const problems = misplacedSecrets(inputs);
    expect(problems.map(({ input }) => input)).toEqual(where === undefined ? [] : [where]);
    for (const { message } of problems) expect(message).not.toMatch(/A1b2|x1x1|gh-secret/);
  });

  test('is found to be masked wherever and however often it is', () => {
    const classic = `ghp_${'A1b2'.repeat(9)}`;
    expect(strayTokens({ variables: `a: ${pat}\nb: ${classic}`, pack: classic })).toEqual([pat, classic, classic]);
    expect(strayTokens({ pack: 'web' })).toEqual([]);
  });
});

test('secrets are found where `secret_variables` is not a mapping, and where a name is not one', async () => {
  const values = async (text: string) => (await secretsOf({ secret_variables: text })).map(({ value }) => value);
  expect(await values('- hunter2\n- x')).toEqual(['- hunter2', '- x']);
  expect(await values('a b: hunter2')).toEqual(['a b: hunter2']);
  expect(await values('a: [1, {b: x}]\nc: |\n  one\n  two\n')).toEqual(['1', 'x', 'one\ntwo\n']);
  expect(await secretsOf({})).toEqual([]);
});

test('a key within a secret variable is a secret, too, where it is not just a name', async () => {
  const keys = 'keys4you2: { k3y-9f21ab: ci, user_name: [{ "ops@example.com": x }] }';
  const found = (named: string) => [`${named}=k3y-9f21ab`, `${named}=ci`];
  const told = async (inputs: Inputs) => (await secretsOf(inputs)).map(({ name, value }) => `${name}=${value}`);
  expect(await told({ secret_variables: keys })).toEqual([
    ...found('keys4you2'),
    'keys4you2.user_name.0=ops@example.com',
    'keys4you2.user_name.0=x',
  ]);
  const beside = await told({ deployments_file: 'packs.yaml', secret_variables: `web4all2: { ${keys} }` });
  expect(beside.slice(0, 2)).toEqual(found('web4all2.keys4you2'));
});

describe('certificates', () => {
  const pem = (kind: string) => `  -----BEGIN ${kind}-----\nabc\n-----END ${kind}-----\n\n`;

  test('are kept in private files where they are text, with one end of line', async () => {
    const { nomad } = await load({
      ...complete,
      nomad_cacert: 'ca.pem',
      nomad_client_cert: pem('CERTIFICATE'),
      nomad_client_key: pem('PRIVATE KEY'),
    });
    expect(nomad.tls).toEqual({
      caCert: join(workspace, 'ca.pem'),
      clientCert: '/private/client.pem',
      clientKey: '/private/client-key.pem',
      skipVerify: false,
    });
    expect(kept.get('client-key.pem')).toBe('-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----\n');
  });

  test('that are a folder are told now, not when Nomad is asked', async () => {
    const { message } = await refusal({ nomad_cacert: 'folder.hcl' });
    expect(message).toBe(
      `Input \`nomad_cacert\` must be PEM text or a file that can be read: \`${join(workspace, 'folder.hcl')}\` is a folder.`,
    );
  });
});

test.each([
  ['folder.hcl', 'is a folder'],
  ['loop.hcl', 'cannot be read (ELOOP)'],
])('a file of variables that is %s', async (file, why) => {
  expect((await refusal({ variable_files: file })).message).toContain(why);
});

test('a login has its method, and the audience where one is given', async () => {
  const method = { nomad_auth_method: 'github' };
  expect((await load({ ...complete, ...method })).nomad.login).toEqual({ method: 'github' });
  const both = await load({ ...complete, ...method, nomad_auth_audience: 'https://nomad.example.com' });
  expect(both.nomad.login).toEqual({ method: 'github', audience: 'https://nomad.example.com' });
});

test('variables called as what every object has are not set twice', async () => {
  const { variables } = await load({ ...complete, variables: 'constructor: 1\ntoString: 2', secret_variables: 'a: x' });
  expect(variables.plain).toEqual({ constructor: 1, toString: 2 });
});

test.each(['HOME', 'XDG_CACHE_HOME', 'NOMAD_SKIP_VERIFY', 'NOMAD_TOKEN'])(
  'pass_env: %s is the action’s to set',
  async (name) => {
    expect((await refusal({ pass_env: `OTHER\n${name}` })).message).toContain('the action sets by itself');
  },
);

test('pass_env: variables of packs are the user’s', async () => {
  expect((await load({ ...complete, pass_env: 'NOMAD_PACK_VAR_a\nHOMEPAGE' })).passEnv).toEqual([
    'NOMAD_PACK_VAR_a',
    'HOMEPAGE',
  ]);
});

test('secrets that an expression left without a value are found, at the first level', async () => {
  const text =
    'base: &base {x: 1}\n<<: *base\npassword:\nkey: ""\ntoken: \'\'\nnone: null\nset: hunter2\nzero: 0\noff: false\nlist: []';
  expect(await secretsWithoutValue({ secret_variables: text })).toEqual(['password', 'key', 'token', 'none']);
  expect(await secretsWithoutValue({})).toEqual([]);
});

describe('beside a deployments file', () => {
  const values = async (inputs: Inputs) =>
    (await secretsOf({ deployments_file: 'packs.yaml', ...inputs })).map(({ name, value }) => `${name}=${value}`);

  test('every value of a deployment’s secret variables is one', async () => {
    expect(await values({ secret_variables: '1web: { a: hunter2, b: [hunter3] }\napi: { a: hunter4, c: }' })).toEqual([
      '1web.a=hunter2',
      '1web.b.0=hunter3',
      'api.a=hunter4',
    ]);
    expect(await values({ secret_variables: 'web: [\n  hunter2' })).toEqual([
      'secret_variables=web: [',
      'secret_variables=hunter2',
    ]);
  });

  test('so is the token of each registry, or the one of all', async () => {
    expect(await values({ registry_token: 'acme: token-1\nother: token-2' })).toEqual([
      'acme=token-1',
      'other=token-2',
    ]);
    expect(await values({ registry_token: 'token-1' })).toEqual(['registry_token=token-1']);
  });

  test('without one, a token is what it is', async () => {
    const key = '{ "private_key": "abc" }';
    expect(await secretsOf({ registry_token: key })).toEqual([{ name: 'registry_token', value: key }]);
  });
});
