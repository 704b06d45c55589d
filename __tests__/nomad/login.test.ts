import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { signJwt } from 'nomad-pack-sandbox/oidc/jwt.ts';
import { exchangeToken } from '../../src/nomad/login.ts';
import { failure } from '../support/failure.ts';
import { anything, clientOf, serve, start } from './support/clients.ts';

const now = Math.floor(Date.now() / 1000);
const good = { iss: 'https://ci', aud: 'nomad', repository: 'acme/app', iat: now, exp: now + 300 };
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

async function startWithLogin() {
  return await start({
    acl: {
      policies: { deploy: { namespaces: { default: ['write'] } } },
      authMethods: [
        {
          name: 'github',
          publicKeys: [publicKey.export({ type: 'spki', format: 'pem' }).toString()],
          audiences: ['nomad'],
          issuers: ['https://ci'],
          claimMappings: { repository: 'repository' },
          maxTokenTtl: '10m',
          bindingRules: [{ selector: 'value.repository == "acme/app"', policy: 'deploy' }],
        },
      ],
    },
  });
}

describe('a login', () => {
  test('trades the workflow’s token for one of Nomad’s, which works until it ends', async () => {
    const nomad = await startWithLogin();
    const asked: (string | undefined)[] = [];
    const identity = async (audience?: string) => {
      asked.push(audience);
      return await signJwt(good, privateKey);
    };
    const login = await exchangeToken(clientOf(nomad.address), { method: 'github', audience: 'nomad' }, identity);
    expect(asked).toEqual(['nomad']);
    expect(login.expires.getTime() - Date.now()).toBeGreaterThan(590_000);
    expect(login.accessorId).not.toBe(login.secret);
    expect((await clientOf(nomad.address, { token: login.secret }).get('/v1/jobs', anything)).body).toEqual([]);
    expect(nomad.requests.every(({ path }) => !path.includes(login.secret))).toBe(true);
  });

  test.each<[string, string, object, KeyObject, string, string]>([
    [
      'an audience',
      'github',
      { aud: 'vault' },
      privateKey,
      'is for the audience "x", which the method',
      'nomad_auth_audience',
    ],
    ['an expired token', 'github', { iat: now - 7200, exp: now - 3600 }, privateKey, 'has expired', 'clocks'],
    [
      'no binding rule',
      'github',
      { repository: 'other/app' },
      privateKey,
      'no binding rule',
      'binding-rule create -auth-method github',
    ],
    ['no such method', 'audience', {}, privateKey, 'no such method', 'auth-method create -name audience'],
    ['another issuer', 'github', { iss: 'https://other' }, privateKey, 'does not trust', 'BoundIssuer'],
    ['another key', 'github', {}, stranger, 'does not trust', 'OIDCDiscoveryURL'],
  ])('%s is refused, with what to do', async (_, method, claims, key, message, hint) => {
    const nomad = await startWithLogin();
    const token = await signJwt({ ...good, ...claims }, key);
    const error = await failure(exchangeToken(clientOf(nomad.address), { method, audience: 'x' }, async () => token));
    expect(error.reason).toBe('login');
    expect(error.message).toContain(message);
    expect(error.hint).toContain(hint);
    expect(`${error.message}${error.hint}`).not.toContain(token);
  });

  test('without an audience of its own says so', async () => {
    const nomad = await startWithLogin();
    const token = async () => await signJwt({ ...good, aud: 'x' }, privateKey);
    const error = await failure(exchangeToken(clientOf(nomad.address), { method: 'github' }, token));
    expect(error.message).toContain('the default audience');
    expect(error.hint).toContain('"BoundAudiences":["nomad"]');
  });

  test('where ACLs are off', async () => {
    const nomad = await start();
    const error = await failure(exchangeToken(clientOf(nomad.address), { method: 'github' }, async () => 'jwt'));
    expect([error.reason, error.message]).toEqual(['login', expect.stringContaining('ACL support disabled')]);
    expect(error.hint).toContain('ACLs are on');
  });

  test('that cannot reach Nomad, or gets no identity, fails as that', async () => {
    const unreachable = await failure(
      exchangeToken(clientOf('http://127.0.0.1:1'), { method: 'github' }, async () => 'jwt'),
    );
    expect(unreachable.reason).toBe('nomad-unreachable');
    const none = exchangeToken(clientOf('http://127.0.0.1:1'), { method: 'github' }, () =>
      Promise.reject(new Error('no identity')),
    );
    await expect(none).rejects.toThrow('no identity');
  });

  test('that a firewall before Nomad keeps away is not told as one that Nomad refused', async () => {
    const address = await serve((_, response) => response.writeHead(403).end('<html><title>Denied</title></html>'));
    const error = await failure(exchangeToken(clientOf(address), { method: 'github' }, async () => 'x'));
    expect([error.reason, error.message]).toEqual(['nomad-auth', expect.stringContaining('is not Nomad')]);
  });

  test('is tried again after a fault: it has no effect but the token', async () => {
    let times = 0;
    const address = await serve((request, response) => {
      times += 1;
      if (times === 1) request.socket.destroy();
      else response.end(JSON.stringify({ SecretID: 's', AccessorID: 'a', ExpirationTime: '2030-01-01T00:00:00Z' }));
    });
    const login = await exchangeToken(clientOf(address, { patience: 10_000 }), { method: 'github' }, async () => 'jwt');
    expect(login).toEqual({ secret: 's', accessorId: 'a', expires: new Date('2030-01-01T00:00:00Z') });
  });
});
