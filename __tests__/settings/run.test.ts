import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ActionError } from '../../src/errors.ts';
import type { Differences } from '../../src/settings/deployments/changes.ts';
import type { Inputs } from '../../src/settings/inputs.ts';
import { loadRun } from '../../src/settings/load-run.ts';
import type { FileRun, RunEntry } from '../../src/settings/run.ts';

const FILE = `
registries:
  acme: { source: github.com/acme/packs, ref: v1.4.0 }
defaults: { namespace: apps, on_failure: revert, wait_timeout: 10m, variables: { replicas: 1, level: info } }
environments:
  staging: { nomad_addr: https://nomad.staging.example.com }
  production: { nomad_addr: https://nomad.example.com, nomad_skip_verify: false }
deployments:
  db: { pack: acme/postgres, variable_files: ['config/\${environment}.yaml'] }
  api:
    pack: acme/api
    needs: [db]
    environments: { production: { variables: { replicas: 4 }, ref: v1.3.0 } }
  web: { pack: ./packs/web, needs: [api], name: 'web-\${environment}', adopt_jobs: [front] }
  old: { pack: acme/legacy, state: absent, needs: [db] }
`;

let workspace: string;
let kept: string[];

beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'run-'));
  kept = [];
  put('nomad-packs.yaml', FILE);
  put('config/staging.yaml', 'level: debug\n');
  put('config/production.yaml', 'level: warn\n');
  put('packs/web/metadata.hcl', '');
});

afterEach(() => rmSync(workspace, { recursive: true, force: true }));

function put(name: string, text: string): void {
  mkdirSync(dirname(join(workspace, name)), { recursive: true });
  writeFileSync(join(workspace, name), text);
}

interface Given {
  /** Inputs that come from a variable of the environment. */
  readonly fallbacks?: Inputs;
  readonly differences?: Differences;
}

async function load(inputs: Inputs, { fallbacks = {}, differences = { paths: [] } }: Given = {}) {
  const all = Object.entries({ ...fallbacks, deployments_file: 'nomad-packs.yaml', ...inputs });
  return await loadRun(
    // As an action reads its inputs: an empty one is absent.
    Object.fromEntries(all.filter(([, text]) => text !== '')),
    {
      workspace,
      variableOf: (input) => (input in fallbacks && !(input in inputs) ? input.toUpperCase() : undefined),
      keepPrivate: async (name, text) => {
        kept.push(`${name}: ${text.trim()}`);
        return `/private/${name}`;
      },
      differencesSince: async () => differences,
    },
  );
}

async function loadFile(inputs: Inputs, given?: Given): Promise<FileRun> {
  const run = await load({ environment: 'production', ...inputs }, given);
  if (run.kind !== 'file') throw new Error(run.kind);
  return run;
}

async function failure(inputs: Inputs, given?: Given): Promise<ActionError> {
  try {
    await load({ environment: 'production', ...inputs }, given);
  } catch (error) {
    if (error instanceof ActionError) return error;
    throw error;
  }
  throw new Error('nothing is wrong');
}

function entry(run: FileRun, key: string): RunEntry {
  const found = run.entries.find((one) => one.key === key);
  if (found === undefined) throw new Error(`there is no ${key}`);
  return found;
}

const keys = ({ entries }: FileRun) => entries.map(({ key }) => key);

describe('a run over a file', () => {
  test('has an entry for each deployment, as a step over it alone has settings', async () => {
    const run = await loadFile({});
    expect(run).toMatchObject({
      operation: 'deploy',
      file: 'nomad-packs.yaml',
      environment: 'production',
      parallelism: 4,
      failFast: false,
      nomadPack: { version: 'latest' },
    });
    expect(keys(run)).toEqual(['db', 'api', 'web', 'old']);
    const { settings } = entry(run, 'api').loaded;
    expect(settings).toMatchObject({
      operation: 'deploy',
      deploymentName: 'api',
      pack: { kind: 'registry', name: 'api' },
      registry: { name: 'acme', source: 'https://github.com/acme/packs.git', ref: 'v1.3.0' },
      variables: { plain: { replicas: 4, level: 'info' }, files: [] },
      nomad: { address: 'https://nomad.example.com', namespace: 'apps', tls: { skipVerify: false } },
      rollout: { onFailure: 'revert', timeout: 600_000 },
    });
    expect(entry(run, 'db').loaded.settings.variables.files).toMatchObject([{ written: 'config/production.yaml' }]);
    expect(entry(run, 'web')).toMatchObject({
      needs: ['api'],
      loaded: { settings: { deploymentName: 'web-production', rollout: { adoptJobs: ['front'] } } },
    });
  });

  test('destroys what should not be there, where it deploys', async () => {
    expect(entry(await loadFile({}), 'old')).toMatchObject({
      isAbsent: true,
      loaded: { settings: { operation: 'destroy' } },
    });
    expect(entry(await loadFile({ operation: 'plan' }), 'old')).toMatchObject({
      isAbsent: true,
      loaded: { settings: { operation: 'plan' } },
    });
    expect(keys(await loadFile({ operation: 'render' }))).toEqual(['db', 'api', 'web']);
  });
});

describe('what wins', () => {
  test('are the inputs of the step over the file, and that over the environment', async () => {
    const run = await loadFile(
      { wait_timeout: '1m', nomad_namespace: 'mine', variable_files: 'config/staging.yaml' },
      { fallbacks: { nomad_addr: 'http://elsewhere:4646', nomad_region: 'eu' } },
    );
    expect(entry(run, 'db').loaded.settings).toMatchObject({
      nomad: { address: 'https://nomad.example.com', namespace: 'mine', region: 'eu' },
      rollout: { timeout: 60_000 },
      variables: { files: [{ written: 'config/production.yaml' }, { written: 'config/staging.yaml' }] },
    });
  });

  test('variable by variable', async () => {
    const run = await loadFile({
      variables: 'api: { level: debug, tag: "1.10", none: }',
      secret_variables: 'api: { replicas: hunter2, password: }\ndb: { password: hunter3 }',
    });
    const { settings, credentials } = entry(run, 'api').loaded;
    expect(settings.variables).toMatchObject({ plain: { level: 'debug', tag: '1.10' }, withoutValue: ['password'] });
    expect(credentials.secretVariables).toEqual({ replicas: 'hunter2' });
    expect(entry(run, 'db').loaded.credentials.secretVariables).toEqual({ password: 'hunter3' });
    expect(entry(run, 'web').loaded.credentials.secretVariables).toEqual({});
  });
});

describe('a selection', () => {
  test('by name or pattern, where the order holds through those in between', async () => {
    const run = await loadFile({ only: 'web\nd*' });
    expect(run.entries.map(({ key, needs }) => [key, needs])).toEqual([
      ['db', []],
      ['web', ['db']],
    ]);
    expect(keys(await loadFile({ only: 'api', only_with_needs: 'true' }))).toEqual(['db', 'api']);
  });

  test('by what differs, and what needs that', async () => {
    const since = async (differences: Differences, inputs: Inputs = {}) =>
      keys(await loadFile({ changed_since: 'origin/main', ...inputs }, { differences }));
    expect(await since({ before: FILE, paths: [] })).toEqual([]);
    expect(await since({ before: FILE, paths: ['packs/web/templates/web.nomad.tpl', 'packs/webs/x'] })).toEqual([
      'web',
    ]);
    expect(await since({ before: FILE, paths: ['config/production.yaml'] })).toEqual(['db', 'api', 'web', 'old']);
    expect(await since({ before: FILE, paths: ['config/staging.yaml'] })).toEqual([]);
    expect(await since({ before: FILE.replace('replicas: 4', 'replicas: 5'), paths: [] })).toEqual(['api', 'web']);
    expect(await since({ before: FILE.replace('v1.4.0', 'v1.3.9'), paths: [] })).toEqual(['db', 'api', 'web', 'old']);
    expect(await since({ before: FILE.replace(', state: absent', ''), paths: [] })).toEqual(['old']);
    expect(await since({ before: 'deployments: [', paths: [] })).toEqual(['db', 'api', 'web', 'old']);
    expect(await since({ paths: [] })).toEqual(['db', 'api', 'web', 'old']);
    expect(await since({ before: FILE.replace('replicas: 4', 'replicas: 5'), paths: [] }, { only: 'web' })).toEqual([
      'web',
    ]);
  });
});

describe('a matrix', () => {
  test('has each deployment in each environment, or in one', async () => {
    const all = await load({ operation: 'matrix', only: 'db\napi' });
    expect(all).toEqual({
      kind: 'matrix',
      rows: [
        { name: 'db', environment: 'staging', pack: 'acme/postgres', needs: [] },
        { name: 'api', environment: 'staging', pack: 'acme/api', needs: ['db'] },
        { name: 'db', environment: 'production', pack: 'acme/postgres', needs: [] },
        { name: 'api', environment: 'production', pack: 'acme/api', needs: ['db'] },
      ],
    });
    expect(await load({ operation: 'matrix', environment: 'staging', only: 'web' })).toEqual({
      kind: 'matrix',
      rows: [{ name: 'web', environment: 'staging', pack: './packs/web', needs: [] }],
    });
    put('nomad-packs.yaml', 'deployments: { web: { pack: ./packs/web } }\n');
    expect(await load({ operation: 'matrix' })).toEqual({
      kind: 'matrix',
      rows: [{ name: 'web', environment: '', pack: './packs/web', needs: [] }],
    });
  });
});

describe('the token of a registry', () => {
  const token = `ghp_${'a'.repeat(36)}`;
  const two = FILE.replace(
    'registries:',
    'registries:\n  other: { source: https://git.example.com/x/packs.git }',
  ).replace('./packs/web, needs', 'other/web, needs');
  const tokenOf = (run: FileRun, key: string) => entry(run, key).loaded.credentials.registry;

  test('goes to the registries of the one host', async () => {
    const run = await loadFile({ registry_token: token, registry_user: 'bot' });
    expect(tokenOf(run, 'api')).toEqual({ token, user: 'bot' });
    expect(tokenOf(run, 'web')).toBeUndefined();
  });

  test('goes, where there are several, to the one that it is for', async () => {
    put('nomad-packs.yaml', two);
    const run = await loadFile({ registry_token: `acme: ${token}\nother:`, registry_user: 'acme: bot' });
    expect(tokenOf(run, 'api')).toEqual({ token, user: 'bot' });
    expect(tokenOf(run, 'web')).toBeUndefined();
    expect((await failure({ registry_token: token })).message).toBe(
      'Input `registry_token` is one text, and the registries of the file are on 2 hosts (`https://git.example.com`, `https://github.com`): write it as a mapping from the registry’s name, such as `other: ...`.',
    );
  });

  test.each<[string, string, Inputs, string]>([
    [
      'no registry with a host',
      'github.com/acme/packs',
      { registry_token: token },
      'is set, but the file has no registry with an http(s) address',
    ],
    [
      'one without a host',
      'github.com/acme/packs',
      { registry_token: `acme: ${token}` },
      'is set for `acme`, whose source is not an http(s) address',
    ],
  ])('is refused for %s', async (_, source, inputs, words) => {
    put('nomad-packs.yaml', FILE.replace(source, 'git@github.com:acme/packs'));
    expect((await failure(inputs)).message).toContain(words);
  });
});

describe('inputs that are refused', () => {
  test.each<[string, Inputs, string]>([
    [
      'what the file says',
      { pack: 'web', deployment_name: 'x', registry_source: 'github.com/a/b' },
      [
        '3 inputs are wrong.',
        ...['pack', 'deployment_name', 'registry_source'].map(
          (name) => `Input \`${name}\` cannot be set beside \`deployments_file\`, which says that for each deployment.`,
        ),
      ].join('\n'),
    ],
    [
      'setup',
      { operation: 'setup' },
      'Input `operation` is `setup`, which is not about deployments; leave out `deployments_file`.',
    ],
    ['an unknown operation', { operation: 'deplay' }, 'Input `operation` must be one of'],
    [
      'no environment',
      { environment: '' },
      'Input `environment` is missing or empty; `nomad-packs.yaml` has the environments `staging`, `production`.',
    ],
    [
      'an unknown environment',
      { environment: 'prod' },
      'Input `environment` must be an environment of `nomad-packs.yaml` (got `prod`). There are: `staging`, `production`.',
    ],
    [
      'an unknown deployment',
      { only: 'wbe' },
      'Input `only` names `wbe`, which no deployment of the file is called (did you mean `web`?)',
    ],
    [
      'needs of all',
      { only_with_needs: 'true' },
      'Input `only_with_needs` is set without `only` or `changed_since`, which it belongs to.',
    ],
    ['a number out of range', { parallelism: '0' }, 'Input `parallelism` must be a whole number from 1 to 100'],
    [
      'variables of nobody',
      { variables: 'apy: { a: 1 }' },
      'Input `variables` names `apy` (did you mean `api`?), and the file has no such deployment; write the variables below the name of their deployment.',
    ],
    [
      'variables as for one',
      { secret_variables: 'api: hunter2' },
      'Input `secret_variables` must have a mapping of variables for `api`, such as `replicas: 2`.',
    ],
    [
      'no YAML',
      { secret_variables: '- a' },
      'Input `secret_variables` must be a YAML mapping beside `deployments_file`: it is not a mapping of names.',
    ],
    [
      'an unknown registry',
      { registry_token: 'acmee: abcdefgh' },
      'Input `registry_token` names `acmee` (did you mean `acme`?), and the file has no such registry',
    ],
    ['a list as a token', { registry_token: 'acme: [a]' }, 'Input `registry_token` must have one text for `acme`.'],
    [
      'a user without a token',
      { registry_user: 'acme: bot' },
      'Input `registry_user` is set for `acme`, but `registry_token`, which is its password, is not.',
    ],
    [
      'no file',
      { deployments_file: 'packs.yaml' },
      'Input `deployments_file` names `packs.yaml`, which does not exist',
    ],
    ['a folder', { deployments_file: 'packs' }, 'Input `deployments_file` names `packs`, which is a folder'],
    [
      'a file elsewhere',
      { deployments_file: '../x.yaml' },
      'Input `deployments_file` names `../x.yaml`, which climbs out of the workspace with `..`.',
    ],
    [
      'a wrong value for all, once',
      { wait_timeout: 'soon' },
      'Input `wait_timeout` must be a duration such as `90s`, `15m` or `1h30m` (got `soon`).',
    ],
    [
      'a name twice',
      { variables: 'api: { a: 1 }', secret_variables: 'api: { a: hunter2 }' },
      'Input `variables` and `secret_variables` both set `a`; leave one of them out.',
    ],
  ])('%s', async (_, inputs, message) => {
    const error = await failure(inputs);
    expect(error.reason).toBe('input');
    expect(error.message).toContain(message);
    expect(error.message).not.toContain('hunter2');
  });

  test('an environment where the file has none', async () => {
    put('nomad-packs.yaml', 'deployments: { web: { pack: ./packs/web } }\n');
    expect((await failure({})).message).toBe(
      'Input `environment` is `production`, but `nomad-packs.yaml` has no environments; leave it out.',
    );
  });

  test('those of a file without one', async () => {
    const options = {
      workspace,
      variableOf: () => undefined,
      keepPrivate: async () => '',
      differencesSince: async () => ({ paths: [] }),
    };
    await expect(loadRun({ only: 'x', parallelism: '2' }, options)).rejects.toThrow(
      '2 inputs are wrong.\nInput `only` is set without `deployments_file`, which it belongs to.\nInput `parallelism` is set without `deployments_file`, which it belongs to.',
    );
    await expect(loadRun({ operation: 'matrix' }, options)).rejects.toThrow(
      'Input `deployments_file` is missing or empty; `matrix` needs it.',
    );
  });

  test('an address that nobody says, once', async () => {
    put('nomad-packs.yaml', FILE.replace('nomad_addr: https://nomad.example.com, ', ''));
    expect((await failure({})).message).toBe(
      'Input `nomad_addr` is missing or empty; `deploy` needs it (or the environment variable NOMAD_ADDR).',
    );
  });
});

describe('what is wrong with the file is told where it is', () => {
  async function annotations(text: string, inputs: Inputs = {}): Promise<string[]> {
    put('nomad-packs.yaml', text);
    const { reason, message, location, annotations: all } = await failure(inputs);
    expect(reason).toBe('deployments-file');
    const found = all.length > 0 ? all : [{ message: message.replace(/^`[^`]*`[^:]*: /, ''), location }];
    return found.map((one) => `${one.location?.line}:${one.location?.column} ${one.message}`);
  }

  test('by the check that a step over one deployment makes', async () => {
    const text = FILE.replace('https://nomad.example.com', 'nomad.example.com')
      .replace('github.com/acme/packs', 'acme/packs')
      .replace('v1.3.0', '"v1..3"')
      .replace("'config/${environment}.yaml'", "common.yaml, 'config/${environment}.json'");
    expect(await annotations(text)).toEqual(
      [
        '3:19 `registries.acme.source` names no host: write it like `github.com/org/repo` (got `acme/packs`).',
        '7:29 `environments.production.nomad_addr` must begin with `http://` or `https://`, as in `https://nomad.example.com:4646` (got `nomad.example.com`).',
        '9:47 `deployments.db.variable_files[0]` names `common.yaml`, which does not exist (looked at WORKSPACE/common.yaml).',
        '9:60 `deployments.db.variable_files[1]` names `config/production.json`, which does not exist (looked at WORKSPACE/config/production.json).',
        '13:68 `deployments.api.environments.production.ref` must be a tag, branch or commit that git accepts (got `v1..3`).',
      ].map((line) => line.replace('WORKSPACE', workspace)),
    );
  });

  test('by itself, with one annotation', async () => {
    expect(await annotations(FILE.replace('needs: [api]', 'needs: [apy]'))).toEqual([
      '14:37 There is no deployment `apy` in the file (did you mean `api`?).',
    ]);
  });

  test('also where an input of the step makes two deployments one', async () => {
    const text =
      'deployments:\n  a: { pack: ./packs/web, name: web, nomad_addr: "http://a" }\n  b: { pack: ./packs/web, name: web, nomad_addr: "http://b" }\n';
    put('nomad-packs.yaml', text);
    const inputs = { environment: '', nomad_addr: 'http://c' };
    expect((await failure(inputs)).message).toContain(
      '`a` and `b` are both called `web` in one namespace of one cluster.',
    );
  });
});

test('a certificate that is the same for all is written once', async () => {
  const pem = '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----';
  const run = await loadFile({ nomad_cacert: pem });
  expect(kept).toHaveLength(1);
  expect(entry(run, 'db').loaded.settings.nomad.tls.caCert).toBe('/private/ca.pem');
});
