import { type NomadOptions, type SimulatedNomad, startNomad } from 'nomad-pack-sandbox/nomad/index.ts';
import { type Releases, startReleases } from 'nomad-pack-sandbox/releases/index.ts';
import { platformOf } from '../../../src/nomad-pack/install/platform.ts';
import { fromSite } from './site.ts';

/** A simulated Nomad, and a site that has the sandbox's nomad-pack. */
export interface Cluster {
  readonly nomad: SimulatedNomad;
  readonly site: Releases;
  /** The inputs by which a step finds both. */
  readonly inputs: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** @param program text of a version's nomad-pack, where it is not the sandbox's own */
export async function startCluster(
  options: NomadOptions & { readonly program?: (version: string) => string } = {},
): Promise<Cluster> {
  const { program, ...ofNomad } = options;
  const [nomad, site] = await Promise.all([
    startNomad(ofNomad),
    startReleases({
      versions: ['0.4.2'],
      builds: [platformOf()],
      ...(program !== undefined && { program }),
    }),
  ]);
  return {
    nomad,
    site,
    inputs: { nomad_addr: nomad.address, wait_timeout: '60s', ...fromSite(site) },
    stop: async () => {
      await Promise.all([nomad.stop(), site.stop()]);
    },
  };
}
