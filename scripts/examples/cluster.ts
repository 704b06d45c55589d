import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type SimulatedNomad, startNomad } from 'nomad-pack-sandbox/nomad/index.ts';
import type { Oidc } from 'nomad-pack-sandbox/oidc/index.ts';
import { Authority, read } from 'nomad-pack-sandbox/tls/certificates.ts';

/** A cluster with ACLs, and what the user's repository knows of it. */
export interface Cluster {
  readonly nomad: SimulatedNomad;
  readonly vars: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** Called before Nomad answers a request of that method and path, once. */
  whenAsked(request: string, then: () => void): void;
  /** Registers a job again with another count of its task groups, as somebody may by hand, and waits until they are healthy. */
  scale(namespace: string, id: string, count: number): Promise<void>;
}

const NOMAD_TOKEN = '5b1f8a52-0f4e-4c53-9d5b-9b7d2e1f6a10';

/**
 * Starts one with the namespaces that the examples name. Who has its token, or logs in with a token of the issuer, may deploy.
 *
 * @param tls whether it wants a certificate of its clients, and shows one that no authority of the system has issued
 */
export async function startCluster(oidc: Oidc, tls: boolean): Promise<Cluster> {
  const certificates = tls ? issueCertificates() : undefined;
  const hooks = new Map<string, () => void>();
  const nomad = await startNomad({
    ...(certificates !== undefined && { tls: { ...certificates.server, ca: certificates.ca } }),
    namespaces: ['web', 'staging', 'production', 'previews'],
    acl: {
      policies: { deployer: { namespaces: { '*': ['write'] } } },
      tokens: [{ secretId: NOMAD_TOKEN, policies: ['deployer'] }],
      authMethods: [
        {
          name: 'github',
          publicKeys: [oidc.publicKey],
          audiences: ['nomad'],
          issuers: [oidc.issuer],
          maxTokenTtl: '10m',
          bindingRules: [{ policy: 'deployer' }],
        },
      ],
    },
    faults: ({ method, path }) => {
      const request = `${method} ${path}`;
      const hook = hooks.get(request);
      hooks.delete(request);
      hook?.();
      return undefined;
    },
  });
  return {
    nomad,
    vars: {
      NOMAD_ADDR: nomad.address,
      ...(certificates !== undefined && {
        NOMAD_CACERT: certificates.ca,
        NOMAD_CLIENT_CERT: certificates.client.cert,
      }),
    },
    secrets: {
      NOMAD_TOKEN,
      ...(certificates !== undefined && { NOMAD_CLIENT_KEY: certificates.client.key }),
    },
    whenAsked: (request, then) => void hooks.set(request, then),
    scale: async (namespace, id, count) => {
      const job = nomad.state.job(namespace, id);
      const TaskGroups = job?.TaskGroups.map((group) => ({ ...group, Count: count }));
      const answer = await fetch(`${nomad.address}/v1/jobs?namespace=${namespace}`, {
        method: 'POST',
        headers: { 'X-Nomad-Token': NOMAD_TOKEN },
        body: JSON.stringify({ Job: { ...job, TaskGroups } }),
      });
      assert.ok(answer.ok, await answer.text());
      const version = (job?.Version ?? 0) + 1;
      await nomad.until((state) => {
        const rollout = state.latestDeployment(namespace, id);
        return rollout?.JobVersion === version && rollout.Status === 'successful';
      });
    },
  };
}

/** In PEM. The server's certificate is for a name, as those of real clusters are, and not for the address. */
function issueCertificates() {
  const authority = new Authority();
  const server = read(authority.issue('server', 'subjectAltName=DNS:server.global.nomad'));
  const client = read(authority.issue('client', 'extendedKeyUsage=clientAuth'));
  const ca = readFileSync(authority.ca, 'utf8');
  authority.remove();
  return { ca, server, client };
}
