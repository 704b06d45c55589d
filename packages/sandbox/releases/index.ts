import type { ServerResponse } from 'node:http';
import { type SeenRequest, startWebServer } from '../http/server.ts';
import { archiveName, type Build, launcher, type Product, releaseFiles, sumsNames } from './files.ts';
import { type SigningKey, signingKey } from './keys.ts';

export { type Build, launcher } from './files.ts';
export { type SigningKey, type SigningKeyOptions, signingKey } from './keys.ts';

/** What the site answers instead of a file. */
export type Tampering =
  | { readonly kind: 'bytes'; readonly bytes: (file: Uint8Array) => Uint8Array }
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  | { readonly kind: 'redirect'; readonly to: string }
  /** No answer at all. */
  | { readonly kind: 'hang' }
  /** An answer without an end. */
  | { readonly kind: 'endless' };

export interface ReleasesOptions {
  /** Default: 0.4.0, 0.4.1 and 0.4.2. */
  readonly versions?: readonly string[];
  /** What each release is built for. */
  readonly builds?: readonly Build[];
  /** A version's program, as text or bytes; default: the stand-in nomad-pack of this sandbox. */
  readonly program?: (version: string) => string | Uint8Array;
  /** Further entries of each archive, by name, as `../evil`. */
  readonly extraEntries?: Readonly<Record<string, string>>;
  /** What signs; default: a key of the sandbox. */
  readonly key?: SigningKey;
  /** Releases of Nomad besides, by version: the program, as text or bytes. Default: none. */
  readonly nomad?: Readonly<Record<string, string | Uint8Array>>;
}

/** A simulated https://releases.hashicorp.com, with releases of nomad-pack, and of Nomad where it is given any. */
export interface Releases {
  /** What `nomad_pack_mirror` takes. */
  readonly address: string;
  /** What `nomad_pack_signing_key` takes. */
  readonly publicKey: string;
  readonly key: SigningKey;
  /** Every request so far. */
  readonly requests: readonly SeenRequest[];
  /** From now on a file, `index.json` among them, is answered so, for every version that has one of that name; undefined: as it is. */
  tamper(fileName: string, how: Tampering | undefined): void;
  stop(): Promise<void>;
}

const everyBuild: readonly Build[] = ['linux', 'darwin', 'windows'].flatMap((os) =>
  ['amd64', 'arm64'].map((arch) => ({ os, arch })),
);

/** Starts a simulated releases site on a free port of 127.0.0.1. */
export async function startReleases(options: ReleasesOptions = {}): Promise<Releases> {
  const {
    versions = ['0.4.0', '0.4.1', '0.4.2'],
    builds = everyBuild,
    program = launcher,
    extraEntries = {},
    nomad = {},
  } = options;
  const key = options.key ?? (await signingKey());
  const files = new Map<string, Uint8Array>();
  const publish = async (product: Product, version: string, itsProgram: string | Uint8Array) => {
    const release = await releaseFiles({ product, version, builds, program: itsProgram, extraEntries, key });
    for (const [name, bytes] of release) files.set(`/${product}/${version}/${name}`, bytes);
  };
  for (const version of versions) await publish('nomad-pack', version, program(version));
  for (const [version, itsProgram] of Object.entries(nomad)) await publish('nomad', version, itsProgram);
  const tamperings = new Map<string, Tampering>();
  const server = await startWebServer((_request, response, { pathname }) => {
    const name = pathname.split('/').at(-1) ?? '';
    const file = files.get(pathname);
    const tampering = tamperings.get(name);
    if (tampering !== undefined && tampering.kind !== 'bytes') answerInstead(response, tampering);
    else if (file === undefined) response.writeHead(404, { 'Content-Type': 'text/plain' }).end('sandbox: not found');
    else sendFile(response, name, tampering === undefined ? file : tampering.bytes(file));
  });
  const published = { address: server.address, builds, key };
  for (const [product, its] of [
    ['nomad-pack', versions],
    ['nomad', Object.keys(nomad)],
  ] as const) {
    const index = releaseIndex({ ...published, product, versions: its });
    files.set(`/${product}/index.json`, Buffer.from(JSON.stringify(index)));
  }
  return {
    address: server.address,
    publicKey: key.publicKey,
    key,
    requests: server.requests,
    tamper: (fileName, how) => {
      if (how === undefined) tamperings.delete(fileName);
      else tamperings.set(fileName, how);
    },
    stop: server.stop,
  };
}

function sendFile(response: ServerResponse, name: string, bytes: Uint8Array): void {
  const type = name.endsWith('.json') ? 'application/json' : 'application/octet-stream';
  response.writeHead(200, { 'Content-Type': type, 'Content-Length': bytes.length }).end(bytes);
}

function answerInstead(response: ServerResponse, tampering: Exclude<Tampering, { kind: 'bytes' }>): void {
  if (tampering.kind === 'status') response.writeHead(tampering.status, tampering.headers).end('sandbox');
  if (tampering.kind === 'redirect') response.writeHead(302, { Location: tampering.to }).end();
  if (tampering.kind === 'endless') sendForever(response);
}

function sendForever(response: ServerResponse): void {
  const piece = Buffer.alloc(1024 * 1024);
  const send = () => {
    while (!response.destroyed) if (!response.write(piece)) return;
  };
  response.writeHead(200, { 'Content-Type': 'application/octet-stream' }).on('drain', send);
  send();
}

interface Published {
  readonly product: Product;
  readonly address: string;
  readonly versions: readonly string[];
  readonly builds: readonly Build[];
  readonly key: SigningKey;
}

/** The list of releases, in the form that the real site gives it. */
function releaseIndex({ product: name, address, versions, builds, key }: Published): unknown {
  const releases = versions.map((version) => {
    const { sumsName, signatureNames } = sumsNames(name, version, key);
    const published = builds.map((build) => {
      const filename = archiveName(name, version, build);
      return { name, version, ...build, filename, url: `${address}/${name}/${version}/${filename}` };
    });
    const signature = `${sumsName}.sig`;
    return {
      name,
      version,
      shasums: sumsName,
      shasums_signature: signature,
      shasums_signatures: signatureNames,
      builds: published,
    };
  });
  return { name, versions: Object.fromEntries(releases.map((release) => [release.version, release])) };
}
