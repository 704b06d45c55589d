import type { Trouble } from './cases.ts';
import { type Operation, WAIT_TIMEOUT } from './operations.ts';

/** What a step may take beyond what is promised. Milliseconds. */
export const SLACK = 10_000;

/** How long a request is tried again. Milliseconds. */
const PATIENCE = 10_000;

/** A cancelled step is killed by its runner 7.5 seconds after the signal. Milliseconds. */
export const CANCEL = 5_000;

/** What the action promises to be done within where something goes wrong. Milliseconds. */
export function promisedTime(operation: Operation, trouble: Trouble | undefined): number {
  const watches = /deploy|promote/.test(operation.name) ? WAIT_TIMEOUT : 0;
  return PATIENCE + watches + (trouble?.kind === 'call' ? 60_000 : 0);
}
