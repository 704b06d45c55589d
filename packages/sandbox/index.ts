import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type GitServer, makeRegistry, type Registry, startGitServer } from './git/index.ts';
import { type NomadOptions, type SimulatedNomad, startNomad } from './nomad/index.ts';
import { type Releases, type ReleasesOptions, startReleases } from './releases/index.ts';
import { repository } from './runner/action.ts';

export interface SandboxOptions {
  /** A folder with one folder per pack, to make the registry of; default `examples/packs`. */
  readonly packs?: string;
  /** Whether Nomad wants a token; default false. */
  readonly acl?: boolean;
  /** Of the simulated Nomad, besides its namespaces. */
  readonly nomad?: Omit<NomadOptions, 'namespaces' | 'acl'>;
  readonly releases?: ReleasesOptions;
}

/** A simulated Nomad and a simulated releases site, and a real registry behind a git server, on free ports of 127.0.0.1. */
export interface Sandbox {
  /** With the namespaces `staging` and `production` besides `default`. */
  readonly nomad: SimulatedNomad;
  /** May do everything that a deployment needs, in these namespaces; empty where Nomad wants none. */
  readonly nomadToken: string;
  /** May do everything; empty where Nomad wants none. */
  readonly managementToken: string;
  /** Has the registry twice: as `private/packs`, which wants the token, and as `packs`. */
  readonly git: GitServer;
  /** Tagged `v1.0.0`. */
  readonly registry: Registry;
  readonly registryToken: string;
  readonly releases: Releases;
  /** What a step's `with:` needs to use the sandbox: the private registry, the cluster, the releases. */
  readonly inputs: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

const namespaces = ['staging', 'production'];

/** Brings the sandbox up. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const registryToken = `sandbox-registry-${randomUUID()}`;
  const [managementToken, nomadToken] = options.acl === true ? [randomUUID(), randomUUID()] : ['', ''];
  const registry = await makeRegistry(options.packs ?? join(repository, 'examples', 'packs'), { tags: ['v1.0.0'] });
  const path = registry.repository;
  const git = await startGitServer({
    repositories: { packs: { path }, 'private/packs': { path, token: registryToken } },
  });
  const releases = await startReleases(options.releases);
  const nomad = await startNomad({
    ...options.nomad,
    namespaces,
    ...(options.acl === true && { acl: accessControl(managementToken, nomadToken) }),
  });
  return {
    nomad,
    nomadToken,
    managementToken,
    git,
    registry,
    registryToken,
    releases,
    inputs: {
      registry_name: 'sandbox',
      registry_source: git.url('private/packs'),
      registry_token: registryToken,
      nomad_addr: nomad.address,
      nomad_token: nomadToken,
      nomad_pack_mirror: releases.address,
      nomad_pack_signing_key: releases.publicKey,
    },
    stop: async () => {
      await Promise.all([nomad.stop(), git.stop(), releases.stop()]);
      await registry.remove();
    },
  };
}

function accessControl(management: string, deployer: string): NonNullable<NomadOptions['acl']> {
  const writable = ['default', ...namespaces].map((namespace) => [namespace, ['write']] as const);
  return {
    policies: { deployer: { namespaces: Object.fromEntries(writable) } },
    tokens: [
      { secretId: management, name: 'management' },
      { secretId: deployer, name: 'deployer', policies: ['deployer'] },
    ],
  };
}
