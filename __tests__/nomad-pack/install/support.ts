import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { startWebServer } from 'nomad-pack-sandbox/http/server.ts';
import * as openpgp from 'openpgp';
import type { Patience } from '../../../src/nomad-pack/install/download.ts';
import { platformOf } from '../../../src/nomad-pack/install/platform.ts';

export const platform = platformOf();

/** Tries again without a pause, and never waits long. */
export const impatient: Patience = { total: 20_000, stall: 1000, attempts: 3, backoff: 1 };

/** A key to sign releases with. */
export async function makeKey(options: { date?: Date; keyExpirationTime?: number } = {}): Promise<openpgp.PrivateKey> {
  const { privateKey } = await openpgp.generateKey({
    userIDs: [{ name: 'Test', email: 'test@example.com' }],
    format: 'object',
    ...options,
  });
  return privateKey;
}

export async function sign(data: Uint8Array, key: openpgp.PrivateKey, date = new Date()): Promise<Buffer> {
  const signature = await openpgp.sign({
    message: await openpgp.createMessage({ binary: new Uint8Array(data) }),
    signingKeys: key,
    detached: true,
    format: 'binary',
    date,
  });
  return Buffer.from(signature as Uint8Array);
}

export function sha256(data: Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** A program that says what version it is. */
export function programOf(version: string): Buffer {
  return Buffer.from(`#!/bin/sh\necho "Nomad Pack v${version}"\n`);
}

export function zipOf(entries: Parameters<typeof zipSync>[0]): Buffer {
  return Buffer.from(zipSync(entries));
}

/** What a site has of a version; a file that is undefined is not there. */
export interface Release {
  archiveName: string;
  archive: Buffer | undefined;
  sums: Buffer;
  signature: Buffer | undefined;
}

/** A release as it should be, for this platform and another one. */
export async function makeRelease(
  version: string,
  key: openpgp.PrivateKey,
  archive = zipOf({ 'LICENSE.txt': Buffer.from('MIT'), [platform.program]: programOf(version) }),
): Promise<Release> {
  const archiveName = `nomad-pack_${version}_${platform.os}_${platform.arch}.zip`;
  const sums = sumsOf([
    [archiveName, archive],
    [`nomad-pack_${version}_plan9_386.zip`, Buffer.from('other')],
  ]);
  return { archiveName, archive, sums, signature: await sign(sums, key) };
}

export function sumsOf(files: readonly (readonly [name: string, content: Uint8Array])[]): Buffer {
  return Buffer.from(files.map(([name, content]) => `${sha256(content)}  ${name}\n`).join(''));
}

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A releases site. */
export interface Site {
  readonly url: string;
  /** The paths of all requests so far. */
  readonly requests: string[];
  readonly releases: Map<string, Release>;
  /** Answers a path in another way than the site would. */
  readonly overrides: Map<string, Handler>;
  /** The path of a release's file. */
  pathOf(version: string, file: 'archive' | 'sums' | 'signature'): string;
  close(): Promise<void>;
}

export const INDEX = '/nomad-pack/index.json';

export async function startSite(releases: Record<string, Release> = {}): Promise<Site> {
  const site = { requests: [] as string[], releases: new Map(Object.entries(releases)), overrides: new Map() };
  const pathOf: Site['pathOf'] = (version, file) => {
    const sums = `nomad-pack_${version}_SHA256SUMS`;
    const name = {
      archive: `nomad-pack_${version}_${platform.os}_${platform.arch}.zip`,
      sums,
      signature: `${sums}.sig`,
    };
    return `/nomad-pack/${version}/${name[file]}`;
  };
  const contentOf = (path: string): Buffer | undefined => {
    if (path === INDEX) {
      const versions = Object.fromEntries([...site.releases.keys()].map((version) => [version, { version }]));
      return Buffer.from(JSON.stringify({ name: 'nomad-pack', versions }));
    }
    for (const [version, release] of site.releases) {
      for (const file of ['archive', 'sums', 'signature'] as const) {
        if (path === pathOf(version, file)) return release[file];
      }
    }
    return undefined;
  };
  const { address, stop } = await startWebServer((request, response) => {
    const path = request.url ?? '';
    site.requests.push(path);
    const override = site.overrides.get(path);
    if (override !== undefined) return void override(request, response);
    const content = contentOf(path);
    response.writeHead(content === undefined ? 404 : 200).end(content ?? '');
  });
  return { ...site, url: address, pathOf, close: stop };
}

/** An address where nothing listens. */
export async function unreachable(): Promise<string> {
  const { address, stop } = await startWebServer(() => undefined);
  await stop();
  return address;
}

export async function makeFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'install-'));
  return { path, remove: async () => await rm(path, { recursive: true, force: true }) };
}
