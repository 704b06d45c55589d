import { pause, throwIfAborted } from './signals.ts';

/** How long, and how often, something is tried that fails. Times are milliseconds. */
export interface Patience {
  /** No attempt begins later. */
  readonly total: number;
  /** Default: as many as there is time for. */
  readonly attempts?: number;
  /** Before the second attempt; twice as long before each further one. */
  readonly firstPause: number;
  /** Default: no limit. */
  readonly longestPause?: number;
}

/** What an attempt throws that may succeed at the next one. */
export class Again {
  /** Why, for whoever waits. */
  readonly words: string;
  /** What to throw when patience is over. */
  readonly failure: (tries: Tries) => unknown;
  /** How long the server wants to be left alone; the pause is no shorter. Milliseconds. */
  readonly wish: number;

  constructor(words: string, failure: (tries: Tries) => unknown, wish = 0) {
    this.words = words;
    this.failure = failure;
    this.wish = wish;
  }
}

/** The attempts so far, and the time that they took. */
export class Tries {
  /** How many failed. */
  failed = 0;
  readonly #patience: Patience;
  readonly #began = performance.now();

  constructor(patience: Patience) {
    this.#patience = patience;
  }

  /** Milliseconds. */
  get elapsed(): number {
    return performance.now() - this.#began;
  }

  /** Counts a failed attempt. Milliseconds until the next one; undefined where patience is over, or would be by then. */
  next(wish: number): number | undefined {
    const {
      total,
      attempts = Number.POSITIVE_INFINITY,
      firstPause,
      longestPause = Number.POSITIVE_INFINITY,
    } = this.#patience;
    const left = total - this.elapsed;
    const own = Math.min(firstPause * 2 ** this.failed, longestPause);
    this.failed += 1;
    if (this.failed >= attempts || left <= 0 || wish > left) return undefined;
    return Math.max(wish, Math.min(own, left));
  }
}

export interface Persistence {
  readonly patience: Patience;
  readonly signals: readonly AbortSignal[];
  /** Told before each pause. `tries` counts the failed attempt. */
  readonly onAgain: (words: string, pause: number, tries: Tries) => void;
}

/**
 * Makes attempts until one succeeds or throws something else than `Again`.
 *
 * @returns what the attempt returns
 * @throws what the attempt throws; the failure of the last `Again` when patience is over; the reason of a signal that is aborted
 */
export async function persist<Outcome>(
  { patience, signals, onAgain }: Persistence,
  attempt: (tries: Tries) => Promise<Outcome>,
): Promise<Outcome> {
  const tries = new Tries(patience);
  for (;;) {
    throwIfAborted(signals);
    try {
      return await attempt(tries);
    } catch (error) {
      throwIfAborted(signals);
      if (!(error instanceof Again)) throw error;
      const wait = tries.next(error.wish);
      if (wait === undefined) throw error.failure(tries);
      onAgain(error.words, wait, tries);
      await pause(wait, signals);
    }
  }
}
