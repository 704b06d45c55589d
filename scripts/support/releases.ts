import { readFile } from 'node:fs/promises';
import { installRelease } from '../../src/nomad-pack/install/install-release.ts';
import type { Installation } from '../../src/nomad-pack/install/installation.ts';
import type { Product } from '../../src/nomad-pack/install/platform.ts';

/** Where releases are, as the inputs `nomad_pack_mirror` and `nomad_pack_signing_key` have it. */
export interface ReleaseSource {
  readonly mirror: string;
  /** Path of an armored public key; HashiCorp's without it. */
  readonly signingKey?: string | undefined;
}

/** HashiCorp's own site. */
export const OFFICIAL: ReleaseSource = { mirror: 'https://releases.hashicorp.com' };

/**
 * A release of a product, by the action's own installer: signature and checksum are verified before anything is run, and what was
 * downloaded is kept, outside of a runner in `~/.cache/nomad-pack-action`.
 *
 * @param version `latest`, an exact version or a range
 * @throws ActionError as `installRelease` does
 */
export async function fetchRelease(
  product: Product,
  version: string,
  { mirror, signingKey }: ReleaseSource,
): Promise<Installation> {
  const key = signingKey === undefined ? undefined : await readFile(signingKey, 'utf8');
  return await installRelease(
    { version, mirror, ...(key !== undefined && { signingKey: key }) },
    {
      product,
      environment: process.env,
      signal: new AbortController().signal,
      log: (line) => console.log(`  ${line}`),
      warn: (line) => console.log(`  Warning: ${line}`),
    },
  );
}
