import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type HttpProxy, startProxy } from 'nomad-pack-sandbox/http/proxy.ts';
import type { SimulatedNomad } from 'nomad-pack-sandbox/nomad/index.ts';
import { Authority, type Certificate, read } from 'nomad-pack-sandbox/tls/certificates.ts';
import { startStrictServer } from 'nomad-pack-sandbox/tls/strict-server.ts';
import { connectionFault } from '../../src/http/faults.ts';
import { permanentFault, unreachable } from '../../src/nomad/faults.ts';
import { afterwards } from '../support/afterwards.ts';
import { failure } from '../support/failure.ts';
import { anything, clientOf, start } from './support/clients.ts';

let ours: Authority;
let theirs: Authority;
let server: Certificate;
let client: Certificate;
let foreign: Certificate;
let expired: Certificate;
let forClients: Certificate;

beforeAll(() => {
  ours = new Authority();
  theirs = new Authority();
  server = ours.issue('server', 'subjectAltName=DNS:nomad.test,IP:127.0.0.1');
  client = ours.issue('client', 'extendedKeyUsage=clientAuth');
  foreign = theirs.issue('foreign', 'extendedKeyUsage=clientAuth');
  expired = ours.issue('expired', 'subjectAltName=IP:127.0.0.1', -1);
  forClients = ours.issue('for-clients', 'subjectAltName=IP:127.0.0.1\nextendedKeyUsage=clientAuth');
});

afterAll(() => {
  ours.remove();
  theirs.remove();
});

async function startTls(certificate: Certificate, demand = false): Promise<SimulatedNomad> {
  return await start({ tls: { ...read(certificate), ...(demand && { ca: readFileSync(ours.ca, 'utf8') }) } });
}

/** Demands a client certificate; its address. */
async function startStrict(): Promise<string> {
  const { address, stop } = await startStrictServer(server, ours.ca);
  afterwards(stop);
  return address;
}

describe('TLS', () => {
  test('a private authority, a client certificate, another name', async () => {
    const nomad = await startTls(server, true);
    const tls = { caCert: ours.ca, clientCert: client.cert, clientKey: client.key };
    expect((await clientOf(nomad.address, { tls }).get('/v1/jobs', anything)).body).toEqual([]);
    const named = { ...tls, serverName: 'nomad.test' };
    expect((await clientOf(nomad.address, { tls: named }).get('/v1/jobs', anything)).body).toEqual([]);
  });

  test('only skipVerify skips', async () => {
    const nomad = await startTls(expired);
    expect((await clientOf(nomad.address, { tls: { skipVerify: true } }).get('/v1/jobs', anything)).body).toEqual([]);
    expect((await failure(clientOf(nomad.address).get('/v1/jobs', anything))).reason).toBe('nomad-tls');
  });

  // At once: a client that is patient does not try again what no second attempt would fix.
  const refused: [what: string, server: () => Certificate, tls: () => object, message: RegExp, hint: RegExp][] = [
    ['an unknown authority', () => server, () => ({}), /authority that is not known/, /nomad_cacert/],
    ['another authority', () => server, () => ({ caCert: theirs.ca }), /authority that is not known/, /nomad_cacert/],
    [
      'another name',
      () => server,
      () => ({ caCert: ours.ca, serverName: 'other.test' }),
      /for another name/,
      /nomad_tls_server_name/,
    ],
    ['an expired certificate', () => expired, () => ({ caCert: ours.ca }), /not valid now/, /Renew it/],
    ['a client’s certificate', () => forClients, () => ({ caCert: ours.ca }), /does not hold/, /certificate/],
  ];
  test.each(refused)('%s', async (_, certificate, tls, message, hint) => {
    const nomad = await startTls(certificate());
    const error = await failure(clientOf(nomad.address, { tls: tls(), patience: 60_000 }).get('/v1/jobs', anything));
    expect(error.reason).toBe('nomad-tls');
    expect(error.message).toMatch(message);
    expect(error.hint).toMatch(hint);
  });

  test('no client certificate, and one of another authority', async () => {
    const address = await startStrict();
    const without = await failure(
      clientOf(address, { tls: { caCert: ours.ca }, patience: 60_000 }).get('/v1/jobs', anything),
    );
    expect([without.reason, without.message]).toEqual([
      'nomad-tls',
      `Nomad at ${address} demands a client certificate`,
    ]);
    expect(without.hint).toContain('`nomad_client_cert` and `nomad_client_key`');
    const tls = { caCert: ours.ca, clientCert: foreign.cert, clientKey: foreign.key };
    const wrong = await failure(clientOf(address, { tls, patience: 60_000 }).get('/v1/jobs', anything));
    expect([wrong.reason, wrong.message]).toEqual([
      'nomad-tls',
      expect.stringContaining('does not accept the client certificate'),
    ]);
  });

  test('HTTPS asked of a server that speaks HTTP', async () => {
    const nomad = await start();
    const error = await failure(clientOf(nomad.address.replace('http:', 'https:')).get('/v1/jobs', anything));
    expect([error.reason, error.message]).toEqual(['nomad-address', expect.stringContaining('does not speak HTTPS')]);
  });

  test('files that cannot be used are named before anything is sent', async () => {
    const address = 'https://127.0.0.1:1';
    writeFileSync(ours.path('nonsense.pem'), 'nonsense');
    const nonsense = ours.path('nonsense.pem');
    const cases: [object, string][] = [
      [{ caCert: ours.path('missing.pem') }, 'nomad_cacert cannot be read'],
      [{ clientCert: nonsense }, 'nomad_client_cert cannot be used'],
      [{ clientKey: nonsense }, 'nomad_client_key cannot be used'],
      [{ clientCert: client.cert, clientKey: server.key }, 'nomad_client_cert and nomad_client_key cannot be used'],
    ];
    for (const [tls, message] of cases) {
      const error = await failure(clientOf(address, { tls }).get('/v1/jobs', anything));
      expect([error.reason, error.message]).toEqual(['nomad-tls', expect.stringContaining(message)]);
    }
  });
});

describe('addresses', () => {
  test('a Unix socket', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'nomad-socket-'));
    afterwards(() => rmSync(directory, { recursive: true }));
    const socket = join(directory, 'nomad.sock');
    await start({ socket });
    expect((await clientOf(`unix://${socket}`).get('/v1/jobs', anything)).body).toEqual([]);
    const error = await failure(clientOf(`unix://${socket}-missing`).get('/v1/jobs', anything));
    expect([error.reason, error.message]).toEqual(['nomad-unreachable', expect.stringContaining('ENOENT')]);
  });

  test.each(['nomad:4646', 'ftp://nomad:4646', 'nonsense'])('%s is not one', async (address) => {
    const error = await failure(clientOf(address).get('/v1/jobs', anything));
    expect([error.reason, error.message]).toEqual([
      'nomad-address',
      `"${address}" is not the address of a Nomad server`,
    ]);
  });

  test('a folder in it is kept', async () => {
    const nomad = await start();
    expect((await clientOf(`${nomad.address}/v1//`).get('/jobs', anything)).body).toEqual([]);
  });
});

describe('a proxy', () => {
  const variables = ['http_proxy', 'https_proxy', 'no_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'] as const;
  const before = variables.map((name) => [name, process.env[name]] as const);

  function setProxy(values: Partial<Record<(typeof variables)[number], string>>): void {
    for (const name of variables) delete process.env[name];
    Object.assign(process.env, values);
  }

  afterEach(() => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });

  /** For this test. */
  async function proxyTo(target: string): Promise<HttpProxy> {
    const proxy = await startProxy(target);
    afterwards(proxy.stop);
    return proxy;
  }

  test('is asked for a tunnel to HTTPS; the certificate is still checked', async () => {
    const nomad = await startTls(server, true);
    const proxy = await proxyTo(nomad.address);
    setProxy({ https_proxy: `http://user:p%40ss@${proxy.host}` });
    const tls = { caCert: ours.ca, clientCert: client.cert, clientKey: client.key };
    expect((await clientOf('https://nomad.test:4646', { tls }).get('/v1/jobs', anything)).body).toEqual([]);
    expect(proxy.requests).toEqual([`CONNECT nomad.test:4646 Basic ${Buffer.from('user:p@ss').toString('base64')}`]);
    const other = await failure(clientOf('https://other.test:4646', { tls }).get('/v1/jobs', anything));
    expect(other.message).toContain('for another name');
  });

  test('does not hide that a client certificate is demanded', async () => {
    const proxy = await proxyTo(await startStrict());
    setProxy({ https_proxy: proxy.host });
    const error = await failure(clientOf('https://nomad.test', { tls: { caCert: ours.ca } }).get('/v1/jobs', anything));
    expect(error.message).toBe('Nomad at https://nomad.test demands a client certificate');
  });

  test('is asked for HTTP itself, without a tunnel', async () => {
    const nomad = await start();
    const proxy = await proxyTo(nomad.address);
    setProxy({ http_proxy: proxy.host });
    const asked = clientOf('http://nomad.test:4646', { token: 'secret' });
    expect((await asked.get('/v1/jobs', anything)).body).toEqual([]);
    expect(proxy.requests).toEqual(['GET http://nomad.test:4646/v1/jobs?namespace=default']);
    expect(nomad.requests[0]?.token).toBe('secret');
  });

  test('is passed by for this machine and for what no_proxy names', async () => {
    const nomad = await start();
    setProxy({ http_proxy: 'http://127.0.0.1:1', no_proxy: 'nomad.invalid' });
    expect((await clientOf(nomad.address).get('/v1/jobs', anything)).body).toEqual([]);
    const error = await failure(clientOf('http://nomad.invalid:4646').get('/v1/jobs', anything));
    expect(error.message).not.toContain('127.0.0.1');
  });

  test('that is no HTTP proxy is told', async () => {
    setProxy({ https_proxy: 'socks5://127.0.0.1:1080' });
    const error = await failure(clientOf('https://nomad.test').get('/v1/jobs', anything));
    expect([error.reason, error.message]).toEqual(['nomad-unreachable', expect.stringContaining('socks5://')]);
    expect(error.hint).toContain('no_proxy');
  });

  test('that cannot be reached is told', async () => {
    setProxy({ https_proxy: 'http://127.0.0.1:1' });
    const error = await failure(clientOf('https://nomad.test').get('/v1/jobs', anything));
    expect([error.reason, error.message]).toEqual(['nomad-unreachable', expect.stringContaining('127.0.0.1:1')]);
  });
});

describe('faults of the connection', () => {
  const fault = (code: string, message = '', more = {}) =>
    connectionFault(Object.assign(new Error(message), { code, ...more }));

  test.each([
    ['a refused connection', fault('ECONNREFUSED', 'no', { syscall: 'connect' }), true],
    ['an unreachable network', fault('ENETUNREACH', 'no', { syscall: 'connect' }), true],
    ['a name server that is not there', fault('EAI_AGAIN', 'no', { syscall: 'getaddrinfo' }), true],
    ['a connection that takes too long', fault('UND_ERR_CONNECT_TIMEOUT'), true],
    ['a host that became unreachable meanwhile', fault('EHOSTUNREACH', 'no', { syscall: 'read' }), false],
    ['a broken connection', fault('ECONNRESET', 'no', { syscall: 'read' }), false],
  ])('%s', (_, { unsent }, expected) => {
    expect(unsent).toBe(expected);
  });

  test('of several addresses, and causes, are told by the first', () => {
    const first = Object.assign(new Error('connect ECONNREFUSED ::1:4646'), {
      code: 'ECONNREFUSED',
      syscall: 'connect',
    });
    const all = new Error('fetch failed', { cause: new AggregateError([first, new Error('second')]) });
    expect(connectionFault(all)).toEqual({ code: 'ECONNREFUSED', text: 'connect ECONNREFUSED ::1:4646', unsent: true });
    expect(connectionFault('what').text).toBe('what');
    expect(fault('ECONNRESET').text).toBe('ECONNRESET');
  });

  test.each([
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'nomad-tls', 'does not accept the client certificate'],
    ['ERR_SSL_NO_PROTOCOLS_AVAILABLE', 'nomad-tls', 'No TLS connection'],
    ['ERR_INVALID_URL', 'nomad-address', 'is not the address'],
    ['CERT_REVOKED', 'nomad-tls', 'does not hold'],
  ])('another attempt does not fix %s', (code, reason, message) => {
    const error = permanentFault(fault(code, 'words'), 'https://nomad');
    expect([error?.reason, error?.message]).toEqual([reason, expect.stringContaining(message)]);
  });

  test('what may pass is told only when patience is over', () => {
    expect(permanentFault(fault('ECONNRESET'), 'https://nomad')).toBeUndefined();
    expect(unreachable(fault('ENOTFOUND', 'getaddrinfo ENOTFOUND x'), 'http://x', 1, 0).hint).toContain('no such host');
    const ofProxy = unreachable(fault('ENOTFOUND', 'getaddrinfo ENOTFOUND proxy'), 'http://x', 1, 0);
    expect(ofProxy.hint).toContain('The runner’s proxy is at a host that there is not');
    expect(unreachable(fault('ECONNRESET', 'reset'), 'http://x', 3, 7).message).toBe(
      'Nomad at http://x could not be reached: reset (3 attempts in 7 s)',
    );
  });
});
