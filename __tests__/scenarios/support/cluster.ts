import { type SimulatedNomad, startNomad } from '../../../sandbox/nomad/index.ts';
import { missingTools, startRealNomad } from '../../../sandbox/real-nomad.ts';
import { startReleases } from '../../../sandbox/releases/index.ts';

/** Somewhere to deploy to: the sandbox, or a real Nomad and the real nomad-pack. */
export interface Cluster {
  readonly address: string;
  /** The inputs by which a step finds the cluster and nomad-pack. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Only where it is simulated. */
  readonly sandbox: SimulatedNomad | undefined;
  stop(): Promise<void>;
}

/** Whether the scenarios run against the real tools, as `npm run test:integration` asks for. */
export const real = process.env['NOMAD_PACK_SCENARIOS'] === 'real';

/** Namespaces of the cluster besides `default`. */
const NAMESPACES = ['dev', 'prod'];

/** @throws where the real tools are asked for and are not on the PATH */
export async function startCluster(): Promise<Cluster> {
  if (real) {
    const missing = await missingTools();
    if (missing.length > 0) throw new Error(`not on the PATH: ${missing.join(', ')}`);
    const { address, stop } = await startRealNomad({ namespaces: NAMESPACES });
    return { address, inputs: { nomad_addr: address, nomad_pack_version: 'system' }, sandbox: undefined, stop };
  }
  const [nomad, releases] = await Promise.all([startNomad({ namespaces: NAMESPACES }), startReleases()]);
  return {
    address: nomad.address,
    inputs: {
      nomad_addr: nomad.address,
      nomad_pack_version: '0.4.2',
      nomad_pack_mirror: releases.address,
      nomad_pack_signing_key: releases.publicKey,
    },
    sandbox: nomad,
    stop: async () => {
      await Promise.all([nomad.stop(), releases.stop()]);
    },
  };
}
