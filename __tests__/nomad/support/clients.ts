import type { IncomingMessage, ServerResponse } from 'node:http';
import { startWebServer } from 'nomad-pack-sandbox/http/server.ts';
import { type NomadOptions, type SimulatedNomad, startNomad } from 'nomad-pack-sandbox/nomad/index.ts';
import * as z from 'zod/mini';
import { type ClientOptions, NomadClient } from '../../../src/nomad/client.ts';
import type { NomadSettings } from '../../../src/settings/settings.ts';
import { afterwards } from '../../support/afterwards.ts';

/** For an answer whose shape a test does not care for. */
export const anything = z.unknown();

/** A simulated Nomad for this test. */
export async function start(options?: NomadOptions): Promise<SimulatedNomad> {
  const nomad = await startNomad(options);
  afterwards(() => nomad.stop());
  return nomad;
}

type Options = Partial<Omit<NomadSettings, 'tls'>> & { tls?: Partial<NomadSettings['tls']> } & Partial<ClientOptions>;

/** A client of this test. It is not patient unless it is told to be; `lines` are what it logs. */
export function clientOf(address: string, options: Options = {}): NomadClient & { readonly lines: string[] } {
  const { tls, namespace = 'default', region, token, httpAuth, signal, log, renew, patience = 0 } = options;
  const settings: NomadSettings = {
    address,
    namespace,
    tls: { skipVerify: false, ...tls },
    ...(region !== undefined && { region }),
  };
  const lines: string[] = [];
  const client = new NomadClient(settings, {
    signal: signal ?? new AbortController().signal,
    log: log ?? ((line) => lines.push(line)),
    patience,
    ...(token !== undefined && { token }),
    ...(httpAuth !== undefined && { httpAuth }),
    ...(renew !== undefined && { renew }),
  });
  afterwards(() => client.close());
  return Object.assign(client, { lines });
}

/** An HTTP server that answers as it is told; resolves to its address. */
export async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const { address, stop } = await startWebServer((request, response) => void answer(request, response));
  afterwards(stop);
  return address;
}

/** A server that answers each `METHOD /path` (without the query) with the recorded body; 404 for all else. */
export async function replay(responses: Readonly<Record<string, unknown>>): Promise<string> {
  return await serve((request, response) => {
    const key = `${request.method} ${(request.url ?? '').split('?')[0]}`;
    if (!(key in responses)) response.writeHead(404).end('job not found');
    else response.setHeader('X-Nomad-Index', '7').end(JSON.stringify(responses[key]));
  });
}
