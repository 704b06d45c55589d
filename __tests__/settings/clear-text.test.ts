import { describe, expect, test } from '@jest/globals';
import { tokensInTheClear } from '../../src/settings/clear-text.ts';
import { type Inputs, readInputs } from '../../src/settings/inputs.ts';
import { loadSettings } from '../../src/settings/load.ts';

const complete: Inputs = {
  deployment_name: 'shop',
  pack: 'web',
  registry_name: 'lab',
  registry_source: 'github.com/org/packs',
  nomad_addr: 'https://nomad.example.com:4646',
};

async function remarks(inputs: Inputs, environment: Record<string, string> = {}) {
  const { settings, credentials } = await loadSettings(readInputs(asEnvironment({ ...complete, ...inputs })), {
    workspace: '/',
    variableOf: () => undefined,
    keepPrivate: async () => '',
  });
  return tokensInTheClear(settings, credentials, environment);
}

function asEnvironment(inputs: Inputs): Record<string, string> {
  return Object.fromEntries(Object.entries(inputs).map(([name, text]) => [`INPUT_${name.toUpperCase()}`, text]));
}

describe('the token of a registry', () => {
  test.each(['http://git.example.com/org/packs', 'http://10.0.0.5:3000/org/packs'])('%s: a warning', async (source) => {
    const [remark, ...others] = await remarks({ registry_source: source, registry_token: 'token-1234' });
    expect(remark?.level).toBe('warning');
    expect(remark?.text).toContain(`\`registry_token\` goes to ${new URL(source).origin} over plain http`);
    expect(others).toEqual([]);
  });

  test.each([
    'https://git.example.com/org/packs',
    'github.com/org/packs',
    'http://127.0.0.1:8418/x',
    'http://[::1]:8418/x',
    'http://localhost/x',
  ])('%s: nothing', async (source) => {
    expect(await remarks({ registry_source: source, registry_token: 'token-1234' })).toEqual([]);
  });

  test('there is none to read, or nothing is fetched', async () => {
    const registry_source = 'http://git.example.com/org/packs';
    expect(await remarks({ registry_source })).toEqual([]);
    expect(await remarks({ operation: 'status', registry_source, registry_token: 'token-1234' })).toEqual([]);
    expect(await remarks({ operation: 'destroy', registry_source, registry_token: 'token-1234' })).toHaveLength(1);
  });
});

describe('the token for Nomad', () => {
  const hosted = { RUNNER_ENVIRONMENT: 'github-hosted' };
  const own = { RUNNER_ENVIRONMENT: 'self-hosted' };

  test.each<[string, Record<string, string>, string | undefined]>([
    ['http://nomad.example.com:4646', hosted, 'warning'],
    ['http://203.0.113.7:4646', hosted, 'warning'],
    ['http://172.32.0.1:4646', hosted, 'warning'],
    ['http://[2001:db8::1]:4646', hosted, 'warning'],
    // From there only a VPN leads to these.
    ['http://10.1.2.3:4646', hosted, 'info'],
    ['http://172.31.0.1:4646', hosted, 'info'],
    ['http://100.64.0.9:4646', hosted, 'info'],
    ['http://[fd00::1]:4646', hosted, 'info'],
    ['http://nomad.service.consul:4646', own, 'info'],
    ['http://nomad.example.com:4646', {}, 'info'],
    ['https://nomad.example.com:4646', hosted, undefined],
    ['http://127.0.0.1:4646', hosted, undefined],
    ['http://[::1]:4646', hosted, undefined],
    ['http://nomad.localhost:4646', hosted, undefined],
    ['unix:///run/nomad.sock', hosted, undefined],
  ])('%s on %j: %s', async (address, environment, level) => {
    const found = await remarks({ nomad_addr: address, nomad_token: 'token-1234' }, environment);
    expect(found.map((remark) => remark.level)).toEqual(level === undefined ? [] : [level]);
    for (const { text } of found) expect(text).toContain(`${address} over plain http`);
  });

  test('one that a login is going to get counts', async () => {
    expect(await remarks({ nomad_addr: 'http://nomad.example.com', nomad_auth_method: 'github' }, hosted)).toHaveLength(
      1,
    );
  });

  test('there is none to read', async () => {
    expect(await remarks({ nomad_addr: 'http://nomad.example.com' }, hosted)).toEqual([]);
    expect(await remarks({ operation: 'setup', nomad_addr: 'http://n', nomad_token: 'x' }, hosted)).toEqual([]);
  });
});
