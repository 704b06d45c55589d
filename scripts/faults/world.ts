import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { makeRegistry, startGitServer } from 'nomad-pack-sandbox/git/index.ts';
import { startNomad } from 'nomad-pack-sandbox/nomad/index.ts';
import { startRealNomad } from 'nomad-pack-sandbox/real-nomad.ts';
import { launcher } from 'nomad-pack-sandbox/releases/index.ts';
import { Cluster } from './cluster.ts';

/** What the steps must never show. */
export const CANARIES = {
  nomadToken: 'canary-nomad-token-5f2d8a71',
  registryToken: 'canary-registry-token-93be04c6',
  password: 'canary-password-d07c1e58',
} as const;

/** A cluster, a private registry, and the programs that steps need. */
export interface World {
  readonly name: string;
  readonly cluster: Cluster;
  /** `http://127.0.0.1:PORT`; below it lies `/private.git`. */
  readonly git: string;
  /** Absolute paths of the programs, by name. */
  readonly programs: Readonly<Record<'nomad-pack' | 'git', string>>;
  stop(): Promise<void>;
}

/** @param real whether Nomad and nomad-pack are those on the PATH, not the sandbox's */
export async function startWorld(real: boolean): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'faults-'));
  const standIn = join(folder, 'nomad-pack');
  const registry = await makeRegistry(join(import.meta.dirname, 'packs'));
  const [nomad, git] = await Promise.all([
    real ? startRealNomad() : startNomad(),
    startGitServer({
      repositories: { private: { path: registry.repository, token: CANARIES.registryToken } },
    }),
    writeFile(standIn, launcher('0.4.2'), { mode: 0o755 }),
  ]);
  return {
    name: real ? 'Nomad and nomad-pack as they are on the PATH' : 'the sandbox (simulated Nomad and nomad-pack)',
    cluster: new Cluster(nomad.address),
    git: git.address,
    programs: { 'nomad-pack': real ? await find('nomad-pack') : standIn, git: await find('git') },
    stop: async () => {
      await Promise.all([nomad.stop(), git.stop(), registry.remove(), rm(folder, { recursive: true })]);
    },
  };
}

async function find(program: string): Promise<string> {
  const { stdout } = await promisify(execFile)('sh', ['-c', `command -v ${program}`]);
  return stdout.trim();
}
