import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { AuthMethod } from 'nomad-pack-sandbox/nomad/index.ts';
import { type Oidc, startOidc } from 'nomad-pack-sandbox/oidc/index.ts';
import { type Machine, newMachine } from '../support/run-action.ts';
import { type Cluster, startCluster } from './support/cluster.ts';
import { job, writePack } from './support/packs.ts';
import { type Outcome, step, visible } from './support/step.ts';

const LIMIT = 60_000;

const AUDIENCE = 'nomad.example.com';

let oidc: Oidc;
let cluster: Cluster;
let machine: Machine;

beforeAll(async () => {
  oidc = await startOidc();
  machine = await newMachine();
  const method: AuthMethod = {
    name: 'github',
    publicKeys: [oidc.publicKey],
    audiences: [AUDIENCE],
    issuers: [oidc.issuer],
    claimMappings: { repository: 'repository', ref: 'ref' },
    maxTokenTtl: '10m',
    bindingRules: [
      { selector: 'value.repository == "octo/shop" and value.ref == "refs/heads/main"', policy: 'deploy' },
    ],
  };
  cluster = await startCluster({
    acl: {
      // What docs/authentication.md says that a deploy needs, and no more.
      policies: { deploy: { namespaces: { default: ['list-jobs', 'read-job', 'submit-job', 'read-logs'] } } },
      authMethods: [method, { ...method, name: 'of-others', issuers: ['https://issuer.example.com'] }],
    },
  });
  await writePack(machine.workspace, 'web', job({ id: 'web' }));
}, LIMIT);

afterAll(async () => {
  await Promise.all([cluster?.stop(), oidc?.stop()]);
});

afterEach(() => {
  oidc.change({});
  jest.restoreAllMocks();
});

interface Login {
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly onLog?: (log: string) => void;
}

async function deploy({ inputs = {}, env = oidc.env, onLog }: Login = {}): Promise<Outcome> {
  return await step({
    machine,
    env,
    ...(onLog !== undefined && { onLog }),
    inputs: {
      ...cluster.inputs,
      deployment_name: 'web',
      pack: './web',
      nomad_auth_method: 'github',
      nomad_auth_audience: AUDIENCE,
      ...inputs,
    },
  });
}

const tokens = () => [...new Set(cluster.nomad.requests.map(({ token }) => token).filter((token) => token !== ''))];

const logins = () => cluster.nomad.requests.filter(({ path }) => path.startsWith('/v1/acl/login'));

/** The tokens of the workflow that Nomad was shown. */
const identities = () => logins().map(({ body }) => String((JSON.parse(body) as { LoginToken: unknown }).LoginToken));

describe('a workflow that Nomad trusts', () => {
  test(
    'deploys without any stored token, and shows none',
    async () => {
      const outcome = await deploy();
      expect(outcome).toMatchObject({
        exitCode: 0,
        status: 'running',
        outputs: { health: 'healthy', changed: 'true' },
      });
      expect(outcome.log).toMatch(/Logged in to Nomad with the auth method github, until 20\d\d-/);
      expect(logins()).toHaveLength(1);
      const secrets = [...tokens(), ...identities()];
      expect(secrets).toHaveLength(2);
      expect(outcome.masks).toEqual(expect.arrayContaining(secrets));
      for (const secret of secrets) expect(visible(outcome)).not.toContain(secret);
      expect(outcome.leftovers).toEqual([]);
    },
    LIMIT,
  );

  test(
    'is not served with a token that the job’s environment holds',
    async () => {
      const outcome = await deploy({ env: { ...oidc.env, NOMAD_TOKEN: 'token-of-the-job' } });
      expect(outcome).toMatchObject({ exitCode: 0, outputs: { changed: 'false' } });
      expect(tokens()).not.toContain('token-of-the-job');
    },
    LIMIT,
  );

  test(
    'logs in again when its token expires while the rollout is watched',
    async () => {
      const gate = join(machine.own, 'gate');
      await writePack(
        machine.workspace,
        'slow',
        job({ id: 'slow', type: 'batch', script: `"until [ -e ${gate} ]; do sleep 0.1; done"` }),
      );
      const before = { logins: logins().length, tokens: tokens() };
      const { now } = Date;
      let registered = false;
      const renewed = cluster.nomad.until(() => registered && logins().length === before.logins + 2, LIMIT);
      const outcome = await deploy({
        inputs: { deployment_name: 'slow', pack: './slow', wait_for: 'complete' },
        onLog: (log) => {
          if (registered || !log.includes('Registered: slow')) return;
          registered = true;
          // For Nomad and the issuer, which run in this process, it is eleven minutes later from here on.
          jest.spyOn(Date, 'now').mockImplementation(() => now() + 11 * 60_000);
          void renewed.then(async () => await writeFile(gate, ''));
        },
      });
      expect(outcome).toMatchObject({ exitCode: 0, status: 'complete', outputs: { changed: 'true' } });
      expect(outcome.log.match(/Logged in to Nomad/g)).toHaveLength(2);
      const fresh = tokens().filter((token) => !before.tokens.includes(token));
      expect(fresh).toHaveLength(2);
      expect(outcome.masks).toEqual(expect.arrayContaining(fresh));
      for (const token of fresh) expect(visible(outcome)).not.toContain(token);
    },
    LIMIT,
  );
});

interface Refusal {
  readonly what: string;
  readonly login: () => Login;
  readonly message: RegExp;
  /** What there is to paste or to do. */
  readonly hint: string;
}

const REFUSALS: readonly Refusal[] = [
  {
    what: 'no permission to ask for a token',
    login: () => ({ env: {} }),
    message: /^The workflow may not ask for an OIDC token/,
    hint: 'permissions:\n    id-token: write',
  },
  {
    what: 'a service that gives no token',
    login: () => {
      oidc.change({ status: 403 });
      return {};
    },
    message: /^GitHub gave no OIDC token: /,
    hint: 'Run the job again',
  },
  {
    what: 'an audience that the method does not accept',
    login: () => ({ inputs: { nomad_auth_audience: 'other.example.com' } }),
    message: /the audience "other\.example\.com", which the method does not accept/,
    hint: '"BoundAudiences":["other.example.com"]',
  },
  {
    what: 'the default audience, which the method does not accept',
    login: () => ({ inputs: { nomad_auth_audience: '' } }),
    message: /for the default audience, which the method does not accept/,
    hint: 'Set `nomad_auth_audience` to one of the method’s BoundAudiences',
  },
  {
    what: 'a token that has expired',
    login: () => {
      oidc.change({ lifetime: -600 });
      return {};
    },
    message: /the workflow’s token has expired/,
    hint: 'Compare the clocks of the runner and the Nomad servers',
  },
  {
    what: 'no binding rule',
    login: () => {
      oidc.change({ claims: { repository: 'octo/other' } });
      return {};
    },
    message: /no binding rule matches this workflow/,
    hint: 'nomad acl binding-rule create -auth-method github -bind-type policy -bind-name deploy -selector',
  },
  {
    what: 'an unknown method',
    login: () => ({ inputs: { nomad_auth_method: 'nosuch' } }),
    message: /auth method "nosuch": there is no such method/,
    hint: 'nomad acl auth-method create -name nosuch -type JWT',
  },
  {
    what: 'a method that trusts another issuer',
    login: () => ({ inputs: { nomad_auth_method: 'of-others' } }),
    message: /the method does not trust the workflow’s token/,
    hint: 'OIDCDiscoveryURL',
  },
];

describe('a login that is refused says why, and what to do', () => {
  const said: string[] = [];

  test.each(REFUSALS.map((refusal) => [refusal.what, refusal] as const))(
    '%s',
    async (_, { login, message, hint }) => {
      const before = cluster.nomad.requests.length;
      const outcome = await deploy(login());
      expect(outcome).toMatchObject({ exitCode: 1, status: 'unknown', reason: 'login', leftovers: [] });
      expect(outcome.error).toMatch(message);
      said.push(outcome.error.split('\n')[0] ?? '');
      expect(outcome.error).toContain(hint);
      // A summary shows it as well, a snippet on lines of its own.
      expect(outcome.summary).toContain('What to do');
      const asked = cluster.nomad.requests.slice(before).map(({ path }) => path.split('?')[0]);
      expect(asked.filter((path) => path !== '/v1/acl/login')).toEqual([]);
      for (const token of identities()) expect(visible(outcome)).not.toContain(token);
    },
    LIMIT,
  );

  test('each by a message of its own', () => {
    expect(new Set(said).size).toBe(REFUSALS.length);
  });

  test(
    'a policy that does not reach so far',
    async () => {
      const outcome = await deploy({ inputs: { nomad_namespace: 'prod' } });
      expect(outcome).toMatchObject({ exitCode: 1, reason: 'nomad-auth' });
      expect(outcome.error).toMatch(/namespace "prod"/);
    },
    LIMIT,
  );
});
