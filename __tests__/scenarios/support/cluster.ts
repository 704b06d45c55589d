import { type AclOptions, type SimulatedNomad, startNomad } from 'nomad-pack-sandbox/nomad/index.ts';
import type { Oidc } from 'nomad-pack-sandbox/oidc/index.ts';
import { missingTools, type RealNomad, startRealNomad } from 'nomad-pack-sandbox/real-nomad.ts';
import { startReleases } from 'nomad-pack-sandbox/releases/index.ts';

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

/** Whom a cluster lets log in: the holders of tokens of this issuer that say they are `octo/shop`, to deploy and no more. */
export interface Trust {
  readonly oidc: Oidc;
  readonly audience: string;
}

/** What docs/authentication.md says that a deploy needs. */
const RIGHTS = ['list-jobs', 'read-job', 'submit-job', 'read-logs'] as const;

const SELECTOR = 'value.repository == "octo/shop"';

/** @throws where the real tools are asked for and are not on the PATH */
export async function startCluster(trust?: Trust): Promise<Cluster> {
  return real ? await startReal(trust) : await startSimulated(trust);
}

async function startReal(trust: Trust | undefined): Promise<Cluster> {
  const missing = await missingTools();
  if (missing.length > 0) throw new Error(`not on the PATH: ${missing.join(', ')}`);
  const nomad = await startRealNomad({ namespaces: NAMESPACES, acl: trust !== undefined });
  if (trust !== undefined) await setUpLogin(nomad, trust);
  const { address, stop } = nomad;
  return { address, inputs: { nomad_addr: address, nomad_pack_version: 'system' }, sandbox: undefined, stop };
}

/** As docs/authentication.md does with Nomad's own command line. */
async function setUpLogin({ address, managementToken }: RealNomad, { oidc, audience }: Trust): Promise<void> {
  const put = async (path: string, body: unknown) => {
    const headers = { 'X-Nomad-Token': managementToken ?? '' };
    const response = await fetch(`${address}${path}`, { method: 'PUT', headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
  };
  const capabilities = RIGHTS.map((right) => `"${right}"`).join(', ');
  await put('/v1/acl/policy/deploy', {
    Name: 'deploy',
    Rules: `namespace "default" {\n  capabilities = [${capabilities}]\n}`,
  });
  await put('/v1/acl/auth-method', {
    Name: 'github',
    Type: 'JWT',
    TokenLocality: 'local',
    MaxTokenTTL: '10m',
    Config: {
      JWTValidationPubKeys: [oidc.publicKey],
      BoundIssuer: [oidc.issuer],
      BoundAudiences: [audience],
      ClaimMappings: { repository: 'repository' },
    },
  });
  await put('/v1/acl/binding-rule', {
    AuthMethod: 'github',
    BindType: 'policy',
    BindName: 'deploy',
    Selector: SELECTOR,
  });
}

async function startSimulated(trust: Trust | undefined): Promise<Cluster> {
  const acl = trust === undefined ? undefined : simulatedAcl(trust);
  const [nomad, releases] = await Promise.all([
    startNomad({ namespaces: NAMESPACES, ...(acl !== undefined && { acl }) }),
    startReleases({ versions: ['0.4.2', '0.4.3'] }),
  ]);
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

function simulatedAcl({ oidc, audience }: Trust): AclOptions {
  return {
    policies: { deploy: { namespaces: { default: [...RIGHTS] } } },
    authMethods: [
      {
        name: 'github',
        publicKeys: [oidc.publicKey],
        audiences: [audience],
        issuers: [oidc.issuer],
        claimMappings: { repository: 'repository' },
        maxTokenTtl: '10m',
        bindingRules: [{ selector: SELECTOR, policy: 'deploy' }],
      },
    ],
  };
}
