import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { strToU8, type Zippable, zipSync } from 'fflate';
import type { SigningKey } from './keys.ts';

/** What releases are built for, in the words of their file names. */
export interface Build {
  readonly os: string;
  readonly arch: string;
}

export type Product = 'nomad-pack' | 'nomad';

export interface ReleaseContents {
  readonly product: Product;
  readonly version: string;
  readonly builds: readonly Build[];
  /** The program, as text or bytes. */
  readonly program: string | Uint8Array;
  /** Further entries of each archive, by name. */
  readonly extraEntries: Readonly<Record<string, string>>;
  readonly key: SigningKey;
}

const regularFile = 0o100000;

/** Everything that a release has, by file name. */
export async function releaseFiles(contents: ReleaseContents): Promise<Map<string, Uint8Array>> {
  const { product, version, builds, key } = contents;
  const archives = builds.map((build) => [archiveName(product, version, build), archive(contents, build)] as const);
  const lines = archives.map(([name, bytes]) => `${createHash('sha256').update(bytes).digest('hex')}  ${name}\n`);
  const sums = strToU8(lines.join(''));
  const signature = await key.sign(sums);
  const { sumsName, signatureNames } = sumsNames(product, version, key);
  return new Map([...archives, [sumsName, sums], ...signatureNames.map((name) => [name, signature] as const)]);
}

/** The name of a build's archive. */
export function archiveName(product: Product, version: string, { os, arch }: Build): string {
  return `${product}_${version}_${os}_${arch}.zip`;
}

/** The names of the sums and of their signature, which is there under two names. */
export function sumsNames(
  product: Product,
  version: string,
  key: SigningKey,
): { sumsName: string; signatureNames: string[] } {
  const sumsName = `${product}_${version}_SHA256SUMS`;
  return { sumsName, signatureNames: [`${sumsName}.${key.id}.sig`, `${sumsName}.sig`] };
}

function archive({ product, program, extraEntries }: ReleaseContents, { os }: Build): Uint8Array {
  const entry = (contents: string | Uint8Array, mode: number): Zippable[string] => [
    typeof contents === 'string' ? strToU8(contents) : contents,
    // The upper half of the attributes is the mode, where 3, a Unix, made the archive.
    { os: 3, attrs: ((regularFile | mode) << 16) >>> 0, mtime: '2026-01-01T00:00:00Z' },
  ];
  const extra = Object.entries(extraEntries).map(([name, text]) => [name, entry(text, 0o644)] as const);
  const name = os === 'windows' ? `${product}.exe` : product;
  return zipSync({ ...Object.fromEntries(extra), [name]: entry(program, 0o755) });
}

/** A program that runs the stand-in nomad-pack of this sandbox, with the Node that runs the sandbox. */
export function launcher(version: string): string {
  const main = join(dirname(fileURLToPath(import.meta.url)), '..', 'nomad-pack', 'main.js');
  const command = [process.execPath, '--disable-warning=ExperimentalWarning', main, '--sandbox-version', version];
  return `#!/bin/sh\n# Simulated: this is not nomad-pack.\nexec ${command.map(quote).join(' ')} "$@"\n`;
}

function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
