/** A mutant that has been looked at, and that no test need notice. */
export interface Survivor {
  readonly file: string;
  /** The code before and after, in one line. */
  readonly was: string;
  readonly becomes: string;
  readonly why: string;
}

const rollout = (file: string, was: string, becomes: string, why: string): Survivor => ({
  file: `src/nomad/rollout/${file}`,
  was,
  becomes,
  why,
});

const UNIQUE = 'The names are the keys of one object: no two are equal.';
const NO_TIME = 'A date of `undefined` has no year, which compares as false.';
const EMPTY = 'Without a start, the list that follows is empty either way.';
const MOMENT = 'It differs only in the very fraction of a millisecond at which the limit is reached.';

export const SURVIVORS: readonly Survivor[] = [
  rollout('outlook.ts', 'a < b', 'a <= b', UNIQUE),
  rollout('outlook.ts', 'time !== undefined', 'true', NO_TIME),
  rollout('diagnosis.ts', 'a.task < b.task', 'a.task <= b.task', UNIQUE),
  rollout('tasks.ts', 'starts.length > 0', 'true', EMPTY),
  rollout('tasks.ts', 'starts.length > 0', 'starts.length >= 0', EMPTY),
  rollout('progress.ts', 'now - this.trouble.since >= shortFault', 'now - this.trouble.since > shortFault', MOMENT),
  rollout('progress.ts', 'now - this.faultTold < steadyInterval', 'now - this.faultTold <= steadyInterval', MOMENT),
];
