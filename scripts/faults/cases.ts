import { HTTP_FAULTS, type HttpFault, type PassingRequest } from 'nomad-pack-sandbox/http/fault-proxy.ts';
import { type Call, PROCESS_FAULTS } from './commands.ts';
import type { Operation } from './operations.ts';
import { promisedTime } from './time.ts';
import { askerOf, CANCELS, type Server, type Trouble } from './trouble.ts';

/** What a clean run asks of the servers, and the programs that it calls. */
export interface Recording {
  readonly requests: readonly (PassingRequest & { readonly server: Server })[];
  readonly calls: readonly Call[];
  /** Milliseconds. */
  readonly duration: number;
}

export interface FaultCase {
  /** What `--only` takes. */
  readonly id: string;
  readonly operation: Operation;
  readonly trouble: Trouble;
  /** What the action promises to be done within. Milliseconds. */
  readonly promised: number;
}

/** Every fault of every request and every call that a clean run makes. */
export function casesOf(operation: Operation, { requests, calls, duration }: Recording): FaultCase[] {
  const ofRequests = requests.flatMap(({ server, ...request }): Trouble[] => [
    ...HTTP_FAULTS.filter((fault) => canHappen(fault, server)).flatMap((fault) =>
      [false, true].map((always) => ({ kind: 'request', server, request, fault, always }) as const),
    ),
    ...CANCELS.map((fault) => ({ kind: 'cancel', server, request, fault }) as const),
  ]);
  const ofCalls = calls.flatMap((call): Trouble[] =>
    PROCESS_FAULTS.flatMap((fault) => [false, true].map((always) => ({ kind: 'call', call, fault, always }) as const)),
  );
  return [...ofRequests, ...ofCalls].map((trouble) => ({
    id: nameOf(operation, trouble),
    operation,
    trouble,
    promised: promisedTime(operation, trouble, duration),
  }));
}

/** A git server that answers 404 has no such repository, or none that the token may see. */
function canHappen(fault: HttpFault, server: Server): boolean {
  return server === 'nomad' || (fault !== 'no-leader' && fault !== 'no-route');
}

function nameOf(operation: Operation, trouble: Trouble): string {
  const where =
    trouble.kind === 'call'
      ? `${trouble.call.command} #${trouble.call.occurrence}`
      : `${askerOf(trouble.request)} ${trouble.request.method} ${trouble.request.route} #${trouble.request.occurrence}`;
  const how = trouble.kind === 'cancel' ? '' : trouble.always ? ' always' : ' once';
  return `${operation.name} / ${where} / ${trouble.fault}${how}`;
}

/**
 * So many of the cases, of every operation and fault as many as can be.
 *
 * @param seed the same one gives the same sample
 */
export function sample(cases: readonly FaultCase[], size: number, seed: number): FaultCase[] {
  const next = random(seed);
  const shuffled = cases.map((one) => ({ one, order: next() })).sort((a, b) => a.order - b.order);
  const seen = new Map<string, number>();
  const ranked = shuffled.map(({ one }) => {
    const { operation, trouble } = one;
    const kind = `${operation.name} ${trouble.fault} ${trouble.kind !== 'cancel' && trouble.always}`;
    const rank = seen.get(kind) ?? 0;
    seen.set(kind, rank + 1);
    return { one, rank };
  });
  // Sorting keeps the order of what has the same rank.
  return ranked
    .sort((a, b) => a.rank - b.rank)
    .slice(0, size)
    .map(({ one }) => one);
}

/** Mulberry32: numbers from 0 to 1 that look random enough to choose by. */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
