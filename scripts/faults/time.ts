import { type Operation, WAIT_TIMEOUT } from './operations.ts';
import { askerOf, isRead, type Trouble } from './trouble.ts';

/** What a step may take beyond what is promised. Milliseconds. */
export const SLACK = 10_000;

/** How soon a cancelled step is over. Milliseconds. */
export const CANCEL = 5_000;

/** How long what fails is tried again. Milliseconds. */
const PATIENCE = 10_000;

/** The limits of what may never end. Milliseconds. */
const LIMITS = {
  /** One request of the action, all attempts together. */
  request: 30_000,
  version: 20_000,
  /** One `nomad-pack render`, `plan` or `status`. */
  command: 45_000,
  /** `nomad-pack run`, which is not run again: `wait_timeout`, and a look for what it may have done. */
  run: WAIT_TIMEOUT + PATIENCE,
  /** A transfer that stands still: git gives it up, and nomad-pack asks for another branch. */
  transfer: 2 * 20_000,
  /**
   * `nomad-pack registry add`, which may be large, and so is not run again after it; and each git, for the first of them to look for the
   * default branch may be the action's or nomad-pack's.
   */
  fetch: 300_000,
};

/** No further attempt at a command begins later than that after the first. Milliseconds. */
const AGAIN = 60_000;

/** A step of which nothing goes wrong is over by then on any machine. Milliseconds. */
export const CLEAN = 60_000;

/**
 * What the action promises to be done within where something goes wrong. Milliseconds.
 *
 * @param usual how long the operation takes on this machine where nothing does; where that is long, the machine is slow, and what comes on top
 *   of it takes longer, too
 */
export function promisedTime({ rollouts }: Operation, trouble: Trouble, usual: number): number {
  const slowness = Math.max(0, usual - SLACK);
  return usual + slowness + rollouts * WAIT_TIMEOUT + delayOf(trouble);
}

function delayOf(trouble: Trouble): number {
  if (trouble.kind === 'cancel') return CANCEL;
  const neverEnds = trouble.fault === 'hang' || trouble.fault.startsWith('hung');
  return neverEnds ? limitOf(trouble) : PATIENCE;
}

function limitOf(trouble: Exclude<Trouble, { readonly kind: 'cancel' }>): number {
  const again = trouble.always ? AGAIN : 0;
  if (trouble.kind === 'request') {
    const asker = askerOf(trouble.request);
    if (asker === 'action') return LIMITS.request;
    if (asker === 'git') return again + LIMITS.transfer;
    return isRead(trouble.server, trouble.request) ? again + LIMITS.command : LIMITS.run;
  }
  const { command } = trouble.call;
  if (command === 'nomad-pack version') return LIMITS.version;
  if (command === 'nomad-pack run') return LIMITS.run;
  return /^git |registry add$/.test(command) ? LIMITS.fetch : again + LIMITS.command;
}
