import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { afterwards } from '../../../__tests__/support/afterwards.ts';
import { type NomadOptions, type SimulatedNomad, startNomad } from '../nomad/index.ts';
import { type Oidc, type OidcOptions, startOidc } from '../oidc/index.ts';
import { ask } from './support/api.ts';

async function start(options: OidcOptions = {}): Promise<Oidc> {
  const oidc = await startOidc(options);
  afterwards(oidc.stop);
  return oidc;
}

afterEach(() => {
  for (const name of ['ACTIONS_ID_TOKEN_REQUEST_URL', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN']) delete process.env[name];
});

/** The toolkit prints the mask of the token: not into the output of the tests. */
async function getToken(oidc: Oidc, audience: string): Promise<string> {
  Object.assign(process.env, oidc.env);
  const silent = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    const { getIDToken } = await import('@actions/core');
    return await getIDToken(audience);
  } finally {
    silent.mockRestore();
  }
}

async function nomadThatTrusts({ publicKey, issuer }: Oidc): Promise<SimulatedNomad> {
  const acl: NomadOptions['acl'] = {
    policies: { deployer: { namespaces: { default: ['write'] } } },
    authMethods: [
      {
        name: 'github',
        publicKeys: [publicKey],
        audiences: ['nomad.example.com'],
        issuers: [issuer],
        claimMappings: { repository: 'repository' },
        maxTokenTtl: '10m',
        bindingRules: [{ selector: 'value.repository == "octo/shop"', policy: 'deployer' }],
      },
    ],
  };
  const nomad = await startNomad({ acl });
  afterwards(nomad.stop);
  return nomad;
}

const logIn = async (nomad: SimulatedNomad, token: string) =>
  await ask(nomad, 'POST /v1/acl/login', { AuthMethodName: 'github', LoginToken: token });

describe('a token that the toolkit asks for', () => {
  test('logs in to the simulated Nomad', async () => {
    const oidc = await start();
    const nomad = await nomadThatTrusts(oidc);
    const { status, body } = await logIn(nomad, await getToken(oidc, 'nomad.example.com'));
    expect([status, body.Policies]).toEqual([200, ['deployer']]);
    expect(oidc.requests[0]?.path).toBe('/token?api-version=2.0&audience=nomad.example.com');
  });

  test.each<[string, string, OidcOptions, number, string]>([
    ['for another audience', 'other', {}, 401, 'audience'],
    ['that has expired', 'nomad.example.com', { lifetime: -600 }, 401, 'token is expired'],
    ['of another repository', 'nomad.example.com', { claims: { repository: 'octo/x' } }, 400, 'no role or policy'],
    ['of another issuer', 'nomad.example.com', { claims: { iss: 'https://evil' } }, 401, 'invalid JWT issuer'],
  ])('%s is refused', async (_what, audience, options, status, words) => {
    const oidc = await start();
    const nomad = await nomadThatTrusts(oidc);
    oidc.change(options);
    const answer = await logIn(nomad, await getToken(oidc, audience));
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(words);
  });

  test('by another issuer of the same name is refused', async () => {
    const nomad = await nomadThatTrusts(await start());
    const { status, text } = await logIn(nomad, await (await start()).issue('nomad.example.com'));
    expect(status).toBe(401);
    expect(text).toContain('no known key');
  });
});

describe('no token', () => {
  test('without the job’s own credential', async () => {
    const { address } = await start();
    expect((await fetch(`${address}/token`, { headers: { Authorization: 'Bearer guess' } })).status).toBe(401);
  });

  test('where the service says so', async () => {
    const oidc = await start({ status: 500 });
    await expect(getToken(oidc, 'x')).rejects.toThrow('Error Code : 500');
  });
});
