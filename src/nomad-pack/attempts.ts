import { setTimeout as sleep } from 'node:timers/promises';
import { ActionError, cancelled } from '../errors.ts';

/** Before the second attempt and the further ones: longer in all than Nomad takes to elect a leader. Milliseconds. */
const PAUSES: readonly number[] = [500, 2_000, 5_000];

/** No further attempt begins later than that after the first: one that hung for long will hang again. Milliseconds. */
const PATIENCE = 60_000;

interface Attempts {
  /** As in `nomad-pack plan`. */
  readonly what: string;
  readonly signal: AbortSignal;
  /** Told that it is tried again, and why. */
  readonly log: (line: string) => void;
}

/**
 * Does something that may be done twice, again where it fails in a way that may pass.
 *
 * @throws ActionError the last attempt's, or `cancelled`
 */
export async function tryAgain<T>({ what, signal, log }: Attempts, work: () => Promise<T>): Promise<T> {
  const end = performance.now() + PATIENCE;
  for (const pause of PAUSES) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ActionError && error.passing) || performance.now() + pause >= end) throw error;
      log(`\`${what}\` failed: ${error.message}\nThat may pass; trying again in ${pause / 1000} s.`);
      await sleep(pause, undefined, { signal }).catch(() => {
        throw cancelled(signal);
      });
    }
  }
  return await work();
}
