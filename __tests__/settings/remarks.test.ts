import { expect, test } from '@jest/globals';
import type { Remark } from '../../src/settings/clear-text.ts';
import { type Inputs, readInputs } from '../../src/settings/inputs.ts';
import { loadSettings } from '../../src/settings/load.ts';
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
  return await remarksOn(await loadSettings(inputs, options), inputs, environment);
}

test.each<[string, Readonly<Record<string, string>>, string]>([
  ['the old name of an input', { registry: 'lab' }, 'is the old name of `registry_name`'],
  ['an input that there is not', { deploymentname: 'x' }, 'did you mean `deployment_name`?'],
  ['a cluster that is not verified', { nomad_skip_verify: 'true' }, '`nomad_skip_verify` is on'],
  ['a secret without a value', { secret_variables: 'password: ""' }, '`password` in `secret_variables` has no value'],
  ['a token that others can read', { registry_source: 'http://h/x', registry_token: 'token-1' }, 'over plain http'],
])('a warning of %s', async (_, inputs, words) => {
  expect(await remarks(inputs)).toEqual([{ level: 'warning', text: expect.stringContaining(words) }]);
});

test('nothing of inputs as they should be', async () => {
  expect(await remarks({})).toEqual([]);
});
