import { afterAll } from '@jest/globals';
import { hostAttacks } from './attacks/hosts.ts';
import { INPUT_ATTACKS } from './attacks/inputs.ts';
import { INSTALL_ATTACKS } from './attacks/install.ts';
import { packAttacks } from './attacks/packs.ts';
import { textAttacks } from './attacks/texts.ts';
import { attacks } from './support/attack.ts';
import { type Cluster, startCluster } from './support/cluster.ts';

let shared: Cluster;
const cluster = () => shared;

afterAll(async () => {
  await shared?.stop();
});

const all = [
  ...INSTALL_ATTACKS,
  ...INPUT_ATTACKS,
  ...packAttacks(cluster),
  ...textAttacks(cluster),
  ...hostAttacks(cluster),
];

attacks(all, async () => {
  shared = await startCluster();
});
