import { setTimeout as delay } from 'node:timers/promises';

/** The longest that a timer can run; one that is set to more fires at once. Milliseconds. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** When to give up, and the reason that the signal then has. */
export interface TimeLimit {
  /** Milliseconds. */
  readonly after: number;
  readonly reason: unknown;
}

/** Several signals, and a time limit, as one. */
export interface JoinedSignal {
  readonly signal: AbortSignal;
  /** Call it when the work is over: the signals forget this one, and the timer stops. */
  readonly release: () => void;
}

/**
 * A signal that is aborted as soon as one of the others is, with the same reason, or when the time is over.
 *
 * Not `AbortSignal.any`: the step's own signal outlives thousands of requests, and would remember each of them.
 */
export function joinSignals(signals: readonly AbortSignal[], limit?: TimeLimit): JoinedSignal {
  const joined = new AbortController();
  const timer =
    limit && setTimeout(() => joined.abort(limit.reason), Math.min(Math.max(limit.after, 0), LONGEST_TIMER));
  const onAbort = () => joined.abort(signals.find((signal) => signal.aborted)?.reason);
  for (const signal of signals) signal.addEventListener('abort', onAbort, { once: true });
  // A signal that is aborted already tells nobody again.
  if (signals.some((signal) => signal.aborted)) onAbort();
  return {
    signal: joined.signal,
    release: () => {
      clearTimeout(timer);
      for (const signal of signals) signal.removeEventListener('abort', onAbort);
    },
  };
}

/** Does the work under one signal that stands for all of these, and for the time limit; releases it afterwards. */
export async function withSignals<Outcome>(
  signals: readonly AbortSignal[],
  limit: TimeLimit | undefined,
  work: (signal: AbortSignal) => Promise<Outcome>,
): Promise<Outcome> {
  const { signal, release } = joinSignals(signals, limit);
  try {
    return await work(signal);
  } finally {
    release();
  }
}

/** What the work comes to, or the signal's reason as soon as it is aborted: work that does not heed it is left to itself. */
export async function unlessAborted<Outcome>(signal: AbortSignal, work: Promise<Outcome>): Promise<Outcome> {
  return await new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

/** Throws the reason of the first signal that is aborted. */
export function throwIfAborted(signals: readonly AbortSignal[]): void {
  for (const signal of signals) signal.throwIfAborted();
}

/** Lets time pass. Milliseconds. Throws the reason of a signal that is aborted before or meanwhile. */
export async function pause(milliseconds: number, signals: readonly AbortSignal[]): Promise<void> {
  await withSignals(signals, undefined, async (signal) => {
    signal.throwIfAborted();
    await delay(Math.min(milliseconds, LONGEST_TIMER), undefined, { signal }).catch(() => undefined);
    signal.throwIfAborted();
  });
}
