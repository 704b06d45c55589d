import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import { getProxyUrl } from '@actions/http-client/lib/proxy';
import type { buildConnector, Dispatcher } from 'undici';
import { ActionError } from '../errors.ts';
import type { NomadSettings, TlsSettings } from '../settings/settings.ts';
import type { request } from '../undici.ts';

/** Where requests go and how they get there. */
export interface Connection {
  /** Without a trailing slash. */
  readonly origin: string;
  readonly dispatcher: Dispatcher;
  readonly request: typeof request;
}

/** Nomad allows 100 connections per client address, and other steps may share ours. */
const connectionLimit = 32;

interface Certificates {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

/**
 * Opens the way to Nomad: over TCP or a Unix socket, with TLS and through a proxy where that is asked for. Nothing is sent yet.
 * The HTTP library is loaded here, so that whoever never talks to Nomad does not wait for it.
 *
 * @throws ActionError `nomad-tls` for a certificate or key that cannot be used, `nomad-address` for an address that is none.
 */
export async function connect({ address, tls }: NomadSettings): Promise<Connection> {
  const { Agent, buildConnector, Pool, ProxyAgent, request } = await import('../undici.ts');
  const common = { connections: connectionLimit, connectTimeout: 10_000 };
  if (address.startsWith('unix://')) {
    const socketPath = address.slice('unix://'.length);
    return { origin: 'http://localhost', dispatcher: new Agent({ ...common, connect: { socketPath } }), request };
  }
  if (!URL.canParse(address)) throw notAnAddress(address);
  const url = new URL(address);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw notAnAddress(address);
  const secure = url.protocol === 'https:' ? await tlsOptions(tls) : {};
  const proxy = getProxyUrl(url);
  const dispatcher =
    proxy === undefined
      ? new Agent({
          ...common,
          connect: firstErrorCounts(buildConnector({ ...secure, timeout: common.connectTimeout })),
        })
      : new ProxyAgent({
          ...common,
          uri: proxyOrigin(proxy),
          requestTls: secure,
          // As all other clients do: many proxies let nothing but TLS through a tunnel.
          proxyTunnel: url.protocol === 'https:',
          ...proxyLogin(proxy),
          factory: (to, options: PoolOptions) =>
            new Pool(to, { ...options, ...(options.connect && { connect: firstErrorCounts(options.connect) }) }),
        });
  return { origin: address.replace(/\/+$/, ''), dispatcher, request };
}

interface PoolOptions {
  readonly connect?: buildConnector.connector;
}

/**
 * From TLS 1.3 on, a server says only after the connection stands that it wants another client certificate, and closes it. Of the two
 * errors, undici would report the second one, `other side closed`.
 */
function firstErrorCounts(connector: buildConnector.connector): buildConnector.connector {
  return (options, callback) =>
    connector(options, (...result) => {
      const [, socket] = result;
      socket?.once('error', () => socket.removeAllListeners('end'));
      callback(...result);
    });
}

function proxyOrigin({ protocol, origin }: URL): string {
  if (protocol === 'http:' || protocol === 'https:') return origin;
  throw new ActionError(
    'nomad-unreachable',
    `The proxy of this runner is a ${protocol}// one, which is not supported`,
    {
      hint: 'Set https_proxy (http_proxy for an http:// address) to an HTTP proxy, or name Nomad’s host in no_proxy.',
    },
  );
}

function notAnAddress(address: string): ActionError {
  return new ActionError('nomad-address', `"${address}" is no address of a Nomad server`, {
    hint: 'Set `nomad_addr` to an address such as https://nomad.example.com:4646 or unix:///run/nomad.sock.',
  });
}

function proxyLogin({ username, password }: URL): { token?: string } {
  if (username === '') return {};
  return { token: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
}

async function tlsOptions(tls: TlsSettings) {
  const certificates: Certificates = {
    ...(tls.caCert !== undefined && { ca: await readPem(tls.caCert, 'nomad_cacert') }),
    ...(tls.clientCert !== undefined && { cert: await readPem(tls.clientCert, 'nomad_client_cert') }),
    ...(tls.clientKey !== undefined && { key: await readPem(tls.clientKey, 'nomad_client_key') }),
  };
  checkCertificates(certificates);
  return {
    ...certificates,
    ...(tls.serverName !== undefined && { servername: tls.serverName }),
    rejectUnauthorized: !tls.skipVerify,
  };
}

async function readPem(path: string, input: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new ActionError('nomad-tls', `${input} cannot be read: ${(cause as Error).message}`, {
      hint: `Set ${input} to the path of a PEM file, or to its text.`,
      cause,
    });
  }
}

/** OpenSSL would say so with the first connection, without naming the file. */
function checkCertificates({ ca, cert, key }: Certificates): void {
  const attempts: [inputs: string, certificates: Certificates][] = [];
  if (ca !== undefined) attempts.push(['nomad_cacert', { ca }]);
  if (cert !== undefined) attempts.push(['nomad_client_cert', { cert }]);
  if (key !== undefined) attempts.push(['nomad_client_key', { key }]);
  if (cert !== undefined && key !== undefined) attempts.push(['nomad_client_cert and nomad_client_key', { cert, key }]);
  for (const [inputs, certificates] of attempts) {
    try {
      createSecureContext(certificates);
    } catch (cause) {
      throw new ActionError('nomad-tls', `${inputs} cannot be used: ${(cause as Error).message}`, {
        hint: `Set ${inputs} to a PEM file (or its text) that is complete, not encrypted, and of one pair where there are two.`,
        cause,
      });
    }
  }
}
