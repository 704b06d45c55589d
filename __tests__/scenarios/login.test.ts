import { afterAll, afterEach, expect, test } from '@jest/globals';
import { type Oidc, startOidc } from 'nomad-pack-sandbox/oidc/index.ts';
import { type Outcome, type Step, scenarios } from './support/scenario.ts';

const AUDIENCE = 'nomad.example.com';

const LIMIT = 90_000;

let oidc: Oidc;

const { run, runFile, cluster } = scenarios('Logins', async () => {
  oidc = await startOidc();
  return { oidc, audience: AUDIENCE };
});

afterEach(() => oidc.change({}));

afterAll(async () => await oidc?.stop());

/** A step that holds no token of Nomad, and may ask for the workflow's. */
async function logIn(step: Partial<Step>): Promise<Outcome> {
  const login = { nomad_auth_method: 'github', nomad_auth_audience: AUDIENCE };
  return await run({ name: 'shop', env: oidc.env, ...step, with: { ...login, ...step.with } });
}

test(
  'with the workflow’s OIDC token, what docs/authentication.md grants is enough for a life from deploy to destroy',
  async () => {
    const deployed = await logIn({ scenario: 'deploy after a login' });
    expect(deployed).toMatchObject({ exitCode: 0, status: 'running', health: 'healthy', changed: 'true' });
    expect(await logIn({ scenario: 'the same again' })).toMatchObject({ exitCode: 0, changed: 'false' });
    const crash = await logIn({ scenario: 'a crash', variables: { script: 'echo no such table >&2; exit 3' } });
    expect(crash).toMatchObject({ exitCode: 1, reason: 'unhealthy' });
    expect(crash.firstLine).toContain('no such table');
    expect(await logIn({ operation: 'status' })).toMatchObject({ exitCode: 0, health: 'unhealthy' });
    expect(await logIn({ operation: 'destroy' })).toMatchObject({ exitCode: 0, status: 'absent', changed: 'true' });
  },
  LIMIT,
);

test.each<[string, Partial<Step>, () => void, RegExp]>([
  [
    'refused audience',
    { with: { nomad_auth_audience: 'other.example.com' } },
    () => {},
    /audience "other.example.com"/,
  ],
  ['expired token', {}, () => oidc.change({ lifetime: -600 }), /has expired/],
  ['no binding rule', {}, () => oidc.change({ claims: { repository: 'octo/other' } }), /no binding rule/],
  ['unknown method', { with: { nomad_auth_method: 'gitlab' } }, () => {}, /no such method/],
])(
  'a login is refused, and the message says why: %s',
  async (scenario, step, prepare, words) => {
    prepare();
    const outcome = await logIn({ scenario, ...step });
    expect(outcome).toMatchObject({ exitCode: 1, reason: 'login', changed: 'false' });
    expect(outcome.firstLine).toMatch(words);
  },
  LIMIT,
);

test(
  'without a token and without a login there is a word on both',
  async () => {
    const outcome = await run({ scenario: 'no token', name: 'shop' });
    expect(outcome).toMatchObject({ exitCode: 1, reason: 'nomad-auth', changed: 'false' });
    expect(outcome.log).toMatch(/nomad_token.*nomad_auth_method/);
  },
  LIMIT,
);

test(
  'deployments of a file share one login',
  async () => {
    const service = (name: string) => ({ pack: './svc', variables: { job_name: name } });
    const logins = () => cluster().sandbox?.requests.filter(({ path }) => path.startsWith('/v1/acl/login')).length ?? 0;
    const before = logins();
    const outcome = await runFile({
      scenario: 'deployments of a file',
      file: {
        defaults: { nomad_auth_method: 'github', nomad_auth_audience: AUDIENCE },
        deployments: {
          db: service('login-db'),
          web: { ...service('login-web'), needs: ['db'] },
          api: service('login-api'),
        },
      },
      env: oidc.env,
    });
    expect(outcome).toMatchObject({ exitCode: 0, status: 'running', health: 'healthy' });
    expect(outcome.log.match(/Logged in to Nomad/g)).toHaveLength(1);
    if (cluster().sandbox !== undefined) expect(logins() - before).toBe(1);
  },
  LIMIT,
);
