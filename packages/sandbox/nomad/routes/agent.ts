import type { Call, Route } from '../http/router.ts';
import { query } from '../http/router.ts';
import type { State } from '../state.ts';
import type { Node } from '../types.ts';

/** The only region there is. */
export const REGION = 'global';

/** What the agent says of itself, and the one node it runs tasks on. */
export function agentRoutes(state: State, node: Node, version: string): Route[] {
  return [
    { methods: ['GET'], path: /^\/v1\/agent\/self$/, write: (call) => self(call, version) },
    { methods: ['GET'], path: /^\/v1\/agent\/health$/, write: () => ({ body: { client: healthy, server: healthy } }) },
    { methods: ['GET'], path: /^\/v1\/status\/leader$/, write: () => ({ body: '127.0.0.1:4647' }) },
    { methods: ['GET'], path: /^\/v1\/status\/peers$/, write: () => ({ body: ['127.0.0.1:4647'] }) },
    { methods: ['GET'], path: /^\/v1\/regions$/, write: () => ({ body: [REGION] }) },
    query(/^\/v1\/nodes$/, () => ({ index: state.indexOf(), body: [nodeStub(node, version)] })),
  ];
}

const healthy = { message: 'ok', ok: true };

function self({ access }: Call, version: string): { body: unknown } {
  access.requireManagement();
  const [number = version, prerelease = ''] = version.split(/-(.*)/s);
  return {
    body: {
      config: {
        Region: REGION,
        Datacenter: 'dc1',
        Version: {
          BuildDate: null,
          Revision: '',
          Version: number,
          VersionMetadata: '',
          VersionPrerelease: prerelease,
        },
      },
      member: {
        Name: `sandbox.${REGION}`,
        Status: 'alive',
        Tags: { build: version, dc: 'dc1', region: REGION, simulated: 'true' },
      },
      stats: {},
    },
  };
}

function nodeStub(node: Node, version: string): Record<string, unknown> {
  const drivers = node.Drivers.map((name) => [name, { Detected: true, Healthy: true, HealthDescription: 'Healthy' }]);
  return {
    Address: '127.0.0.1',
    ID: node.ID,
    Datacenter: node.Datacenter,
    Name: node.Name,
    NodePool: node.NodePool,
    NodeClass: '',
    Version: version,
    Drain: false,
    SchedulingEligibility: 'eligible',
    Status: 'ready',
    StatusDescription: '',
    Drivers: Object.fromEntries(drivers),
    HostVolumes: null,
    LastDrain: null,
    CreateIndex: 1,
    ModifyIndex: 1,
  };
}
