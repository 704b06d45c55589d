import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Releases, type ReleasesOptions, signingKey, startReleases } from 'nomad-pack-sandbox/releases/index.ts';
import { platformOf } from '../../../src/nomad-pack/install/platform.ts';

const { os, arch } = platformOf();

/** Names of a release's files. */
export const RELEASE = {
  archive: (version: string) => `nomad-pack_${version}_${os}_${arch}.zip`,
  sums: (version: string) => `nomad-pack_${version}_SHA256SUMS`,
  signature: (version: string) => `nomad-pack_${version}_SHA256SUMS.sig`,
};

/** The inputs by which a step installs the site's nomad-pack. */
export function fromSite(site: Releases, version = '0.4.2'): Record<string, string> {
  return { nomad_pack_version: version, nomad_pack_mirror: site.address, nomad_pack_signing_key: site.publicKey };
}

export interface TrapOptions extends Pick<ReleasesOptions, 'extraEntries'> {
  /** Signs with a key that was valid long ago. */
  readonly expired?: boolean;
}

/** A site whose program notes that it ran, and does nothing. */
export async function startTrap({
  expired = false,
  ...options
}: TrapOptions = {}): Promise<{ readonly site: Releases; readonly ran: () => Promise<string> }> {
  const marker = join(tmpdir(), `trap-${randomUUID()}`);
  const site = await startReleases({
    builds: [{ os, arch }],
    program: (version) => `#!/bin/sh\necho ${version} >> ${marker}\n`,
    key: await signingKey({ expired }),
    ...options,
  });
  return { site, ran: async () => await readFile(marker, 'utf8').catch(() => '') };
}
