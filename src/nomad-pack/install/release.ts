import { readProgram } from './archive.ts';
import type { Platform } from './platform.ts';
import { verifySignature } from './signature.ts';
import { parseSums, verifyDigest } from './sums.ts';

/** The names of a release's files, on the site and in the tool cache. */
export interface ReleaseNames {
  readonly archive: string;
  readonly sums: string;
  readonly signature: string;
}

/** What a release has for one platform. */
export interface ReleaseFiles {
  readonly archive: Buffer;
  readonly sums: Buffer;
  readonly signature: Buffer;
}

export function releaseNames(version: string, { product, os, arch }: Platform): ReleaseNames {
  return {
    archive: `${product}_${version}_${os}_${arch}.zip`,
    sums: `${product}_${version}_SHA256SUMS`,
    signature: `${product}_${version}_SHA256SUMS.sig`,
  };
}

/**
 * The program of a release, after the whole chain held: the signature of the sums, the digest of the archive, then the archive
 * itself. The archive's name holds version and platform, and the sums are signed, so nobody can pass off another version as this one.
 *
 * @throws ActionError `verification`
 */
export async function verifiedProgram(
  files: ReleaseFiles,
  names: ReleaseNames,
  platform: Platform,
  signingKey: string | undefined,
): Promise<Buffer> {
  await verifySignature(files.sums, files.signature, signingKey);
  verifyDigest(files.archive, names.archive, parseSums(files.sums.toString('utf8')));
  return await readProgram(files.archive, platform.program);
}
