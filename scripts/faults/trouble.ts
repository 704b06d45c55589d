import type { HttpFault, PassingRequest } from 'nomad-pack-sandbox/http/fault-proxy.ts';
import type { Call, ProcessFault } from './commands.ts';

/** A server that the proxy stands before. */
export type Server = 'nomad' | 'git';

export const CANCELS = ['SIGINT', 'SIGTERM'] as const;

/** What goes wrong in a step. */
export type Trouble =
  | {
      readonly kind: 'request';
      readonly server: Server;
      readonly request: PassingRequest;
      readonly fault: HttpFault;
      readonly always: boolean;
    }
  | { readonly kind: 'call'; readonly call: Call; readonly fault: ProcessFault; readonly always: boolean }
  | {
      readonly kind: 'cancel';
      readonly server: Server;
      readonly request: PassingRequest;
      readonly fault: (typeof CANCELS)[number];
    };

/** Who sends the request. */
export function askerOf({ agent }: PassingRequest): 'action' | 'nomad-pack' | 'git' {
  if (agent === 'git') return 'git';
  return agent === 'Go-http-client' ? 'nomad-pack' : 'action';
}

/** Whether the request changes nothing, whatever becomes of it. */
export function isRead(server: Server, { method, route }: PassingRequest): boolean {
  return server === 'git' || method === 'GET' || /^\/v1\/(?:jobs\/(?:parse|statuses)|job\/[^/]+\/plan)$/.test(route);
}
