import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import { ActionError } from '../errors.ts';
import { certificatesBelow, certificatesIn } from '../http/authorities.ts';
import { Http, type TlsOptions } from '../http/http.ts';
import type { NomadSettings, TlsSettings } from '../settings/settings.ts';

/** Where requests go and how they get there. */
export interface Connection {
  /** Without a trailing slash. */
  readonly origin: string;
  readonly http: Http;
}

/** Nomad allows 100 connections per client address, and other steps may share ours. */
const CONNECTIONS = 32;

interface Certificates {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

/**
 * Opens the way to Nomad: over TCP or a Unix socket, with TLS where that is asked for. Nothing is sent yet.
 *
 * @throws ActionError `nomad-tls` for a certificate or key that cannot be used, `nomad-address` for an address that is not one.
 */
export async function connect({ address, tls }: NomadSettings): Promise<Connection> {
  if (address.startsWith('unix://')) {
    const socketPath = address.slice('unix://'.length);
    return { origin: 'http://localhost', http: new Http({ connections: CONNECTIONS, socketPath }) };
  }
  if (!URL.canParse(address)) throw notAnAddress(address);
  const { protocol } = new URL(address);
  if (protocol !== 'http:' && protocol !== 'https:') throw notAnAddress(address);
  const secure = protocol === 'https:' && { tls: await tlsOptions(tls) };
  return { origin: address.replace(/\/+$/, ''), http: new Http({ connections: CONNECTIONS, ...secure }) };
}

function notAnAddress(address: string): ActionError {
  return new ActionError('nomad-address', `"${address}" is not the address of a Nomad server`, {
    hint: 'Set `nomad_addr` to an address such as https://nomad.example.com:4646 or unix:///run/nomad.sock.',
  });
}

async function tlsOptions(tls: TlsSettings): Promise<TlsOptions> {
  const certificates: Certificates = {
    ...(tls.caCert !== undefined && { ca: await readPem(tls.caCert, 'nomad_cacert') }),
    ...(tls.clientCert !== undefined && { cert: await readPem(tls.clientCert, 'nomad_client_cert') }),
    ...(tls.clientKey !== undefined && { key: await readPem(tls.clientKey, 'nomad_client_key') }),
  };
  checkCertificates(certificates);
  const { ca, ...pair } = certificates;
  // As Nomad's own tools have it: the file counts, else the folder, else what the machine trusts.
  const trusted = ca === undefined ? await readFolder(tls.caPath) : certificatesIn(ca);
  if (trusted?.length === 0) {
    const input = ca === undefined ? 'nomad_capath' : 'nomad_cacert';
    throw new ActionError('nomad-tls', `${input} holds no certificate`, {
      hint: `Set ${input} to ${ca === undefined ? 'a folder of PEM files' : 'the path of a PEM file, or to its text'}.`,
    });
  }
  return {
    ...pair,
    ...(trusted !== undefined && { ca: trusted }),
    ...(tls.serverName !== undefined && { serverName: tls.serverName }),
    skipVerify: tls.skipVerify,
  };
}

async function readFolder(path: string | undefined): Promise<string[] | undefined> {
  if (path === undefined) return undefined;
  try {
    return await certificatesBelow(path);
  } catch (cause) {
    throw new ActionError('nomad-tls', `nomad_capath cannot be read: ${(cause as Error).message}`, {
      hint: 'Set `nomad_capath` to a folder of PEM files.',
      cause,
    });
  }
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
