import { type Operation, WAIT_TIMEOUT } from './operations.ts';
import { askerOf, type Trouble } from './trouble.ts';

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
  /** All attempts at `nomad-pack render`, `plan` and `run`. */
  command: 150_000,
  /** All attempts to fetch a registry: it may be large. */
  fetch: 300_000,
};

/** A step of which nothing goes wrong is over by then on any machine. Milliseconds. */
export const CLEAN = 60_000;

/**
 * What the action promises to be done within where something goes wrong. Milliseconds.
 *
 * @param usual how long the operation takes on this machine where nothing does
 */
export function promisedTime({ name }: Operation, trouble: Trouble, usual: number): number {
  const rollouts = name === 'deploy-reverts' ? 2 : /deploy|promote/.test(name) ? 1 : 0;
  return usual + rollouts * WAIT_TIMEOUT + delayOf(trouble);
}

function delayOf(trouble: Trouble): number {
  if (trouble.kind === 'cancel') return CANCEL;
  const neverEnds = trouble.fault === 'hang' || trouble.fault.startsWith('hung');
  return neverEnds ? limitOf(trouble) : PATIENCE;
}

function limitOf(trouble: Exclude<Trouble, { readonly kind: 'cancel' }>): number {
  if (trouble.kind === 'request') {
    const asker = askerOf(trouble.request);
    return asker === 'action' ? LIMITS.request : asker === 'git' ? LIMITS.fetch : LIMITS.command;
  }
  const { command } = trouble.call;
  if (command === 'nomad-pack version') return LIMITS.version;
  return /^git |registry add$/.test(command) ? LIMITS.fetch : LIMITS.command;
}
