import { setTimeout as delay } from 'node:timers/promises';
import { UnreadableAnswer } from './answers.ts';
import { isTransient, NomadResponseError, NomadUnreachableError } from './errors.ts';

/** What became of a write; `unknown` where nobody can tell whether Nomad has carried it out, or still will. */
export type Written = { readonly state: 'done' } | { readonly state: 'undone' | 'unknown'; readonly failure: unknown };

/** How long a write is looked for whose answer was lost: a gateway that gave up may have passed it on. Milliseconds. */
export const WRITE_PATIENCE = 10_000;

const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 1_000;

/**
 * Sends a write that must not come twice unseen. Where its answer is lost, Nomad is looked at, and it is sent again only while it has not
 * been carried out. Throws nothing.
 *
 * @param isDone whether what was to be written is there
 */
export async function writeOnce(
  send: () => Promise<unknown>,
  isDone: () => Promise<boolean>,
  patience = WRITE_PATIENCE,
): Promise<Written> {
  const end = performance.now() + patience;
  let isLost = false;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
    const failure = await failureOf(send());
    if (failure === undefined) return { state: 'done' };
    isLost ||= mayBeDone(failure.error);
    if (!isLost) return { state: 'undone', failure: failure.error };
    let done = false;
    const unseen = await failureOf(
      isDone().then((found) => {
        done = found;
      }),
    );
    if (done) return { state: 'done' };
    if (unseen !== undefined) return { state: 'unknown', failure: failure.error };
    if (!mayPass(failure.error)) return { state: 'undone', failure: failure.error };
    if (performance.now() >= end) return { state: 'unknown', failure: failure.error };
    await delay(pause);
  }
}

async function failureOf(work: Promise<unknown>): Promise<{ readonly error: unknown } | undefined> {
  return await work.then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
}

/** Whether Nomad may have carried out what failed like this: all but a refusal, and what has never reached it. */
function mayBeDone(error: unknown): boolean {
  if (error instanceof NomadResponseError) return error.status >= 500;
  return !(error instanceof NomadUnreachableError && error.unsent);
}

/** Whether the same may go well a moment later. With a 500 Nomad refuses writes, too: a read that fails so is another matter. */
function mayPass(error: unknown): boolean {
  if (error instanceof NomadResponseError) {
    const isRefusal = error.status === 500 && !/No cluster leader|Not ready to serve|rpc error/i.test(error.words);
    return !isRefusal && isTransient(error.status, error.words);
  }
  return error instanceof NomadUnreachableError || error instanceof UnreadableAnswer;
}
