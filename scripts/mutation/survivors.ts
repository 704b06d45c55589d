/** A mutant that has been looked at, and that no test need notice. */
export interface Survivor {
  readonly file: string;
  /** The code before and after, in one line. */
  readonly was: string;
  readonly becomes: string;
  readonly why: string;
}

const nomad = (file: string, was: string, becomes: string, why: string): Survivor => ({
  file: `src/nomad/${file}`,
  was,
  becomes,
  why,
});

const rollout = (file: string, was: string, becomes: string, why: string): Survivor =>
  nomad(`rollout/${file}`, was, becomes, why);

const UNIQUE = 'The names are the keys of one object: no two are equal.';
const NO_TIME = 'A date of `undefined` has no year, which compares as false.';
const EMPTY = 'Without a start, the list that follows is empty either way.';
const DIFFERENT = 'The line before has told apart what is equal.';
const ONE_JOB = 'A namespace has one job of an id.';
const MOMENT = 'It differs only in the very fraction of a millisecond at which the limit is reached.';

export const SURVIVORS: readonly Survivor[] = [
  nomad('dry-run.ts', 'a.namespace < b.namespace', 'a.namespace <= b.namespace', DIFFERENT),
  nomad('dry-run.ts', 'a.id < b.id', 'a.id <= b.id', ONE_JOB),
  nomad('dry-run.ts', 'a < b', 'a <= b', UNIQUE),
  nomad('survey.ts', 'a.Namespace < b.Namespace', 'a.Namespace <= b.Namespace', DIFFERENT),
  nomad('survey.ts', 'a.ID < b.ID', 'a.ID <= b.ID', ONE_JOB),
  nomad('write.ts', 'performance.now() >= end', 'performance.now() > end', MOMENT),
  rollout('outlook.ts', 'a < b', 'a <= b', UNIQUE),
  rollout('outlook.ts', 'time !== undefined', 'true', NO_TIME),
  rollout('diagnosis.ts', 'a.task < b.task', 'a.task <= b.task', UNIQUE),
  rollout('tasks.ts', 'starts.length > 0', 'true', EMPTY),
  rollout('tasks.ts', 'starts.length > 0', 'starts.length >= 0', EMPTY),
  rollout('progress.ts', 'now - this.trouble.since >= shortFault', 'now - this.trouble.since > shortFault', MOMENT),
  rollout('progress.ts', 'now - this.faultTold < steadyInterval', 'now - this.faultTold <= steadyInterval', MOMENT),
];
