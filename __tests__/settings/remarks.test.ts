import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Remark } from '../../src/settings/clear-text.ts';
import { type Inputs, readInputs } from '../../src/settings/inputs.ts';
import { loadSettings } from '../../src/settings/load.ts';
import { loadRun } from '../../src/settings/load-run.ts';
import { remarksOn } from '../../src/settings/remarks.ts';

const complete: Inputs = {
  deployment_name: 'shop',
  pack: 'web',
  registry_name: 'lab',
  registry_source: 'github.com/org/packs',
  nomad_addr: 'https://nomad.example.com:4646',
};

async function remarks(more: Readonly<Record<string, string>>): Promise<Remark[]> {
  const environment = Object.fromEntries(
    Object.entries({ ...complete, ...more }).map(([name, text]) => [`INPUT_${name.toUpperCase()}`, text]),
  );
  const inputs = readInputs(environment);
  const options = { workspace: '/', variableOf: () => undefined, keepPrivate: async () => '' };
  return await remarksOn({ kind: 'single', loaded: await loadSettings(inputs, options) }, inputs, environment);
}

test.each<[string, Readonly<Record<string, string>>, string]>([
  ['the old name of an input', { registry: 'lab' }, 'is the old name of `registry_name`'],
  ['a cluster that is not verified', { nomad_skip_verify: 'true' }, '`nomad_skip_verify` is on'],
  ['a secret without a value', { secret_variables: 'password: ""' }, '`password` in `secret_variables` has no value'],
  ['a token that others can read', { registry_source: 'http://h/x', registry_token: 'token-1' }, 'over plain http'],
])('a warning of %s', async (_, inputs, words) => {
  expect(await remarks(inputs)).toEqual([{ level: 'warning', text: expect.stringContaining(words) }]);
});

test('nothing of inputs as they should be', async () => {
  expect(await remarks({})).toEqual([]);
});

describe('of a run over a file', () => {
  const inputs: Inputs = {
    deployments_file: 'packs.yaml',
    nomad_addr: 'http://nomad.example.com:4646',
    nomad_token: 'token-of-nomad',
    nomad_skip_verify: 'true',
    secret_variables: 'web: { password: "", key: x }\napi: { password: }',
  };
  let workspace: string;

  beforeEach(() => {
    workspace = mkdtempSync(join(tmpdir(), 'remarks-'));
    mkdirSync(join(workspace, 'web'));
    writeFileSync(join(workspace, 'web', 'metadata.hcl'), '');
    const web = { pack: './web' };
    writeFileSync(join(workspace, 'packs.yaml'), JSON.stringify({ deployments: { web, api: web } }));
  });

  afterEach(() => rmSync(workspace, { recursive: true, force: true }));

  async function remarksOnRun(more: Inputs): Promise<string[]> {
    const run = await loadRun(
      { ...inputs, ...more },
      {
        workspace,
        variableOf: () => undefined,
        keepPrivate: async () => '',
        differencesSince: async () => ({ paths: [] }),
      },
    );
    return (await remarksOn(run, inputs, {})).map(({ text }) => text);
  }

  test('what is said of several deployments is said once, and secrets with the name of theirs', async () => {
    expect(await remarksOnRun({})).toEqual([
      expect.stringContaining('`nomad_skip_verify` is on'),
      expect.stringContaining('over plain http'),
      expect.stringContaining('`web.password` in `secret_variables` has no value'),
      expect.stringContaining('`api.password` in `secret_variables` has no value'),
    ]);
  });

  test('a matrix sends no token anywhere', async () => {
    expect(await remarksOnRun({ operation: 'matrix' })).toEqual([]);
  });
});
