/** A mutant that has been looked at, and that no test need notice. */
export interface Survivor {
  readonly file: string;
  /** The code before and after, in one line. */
  readonly was: string;
  readonly becomes: string;
  /** Part of the line that it is on, where the same code stands elsewhere in the file, too, and there is tested. */
  readonly within?: string;
  readonly why: string;
}

const inFile = (file: string, was: string, becomes: string, why: string, within?: string): Survivor => ({
  file: `src/${file}`,
  was,
  becomes,
  why,
  ...(within !== undefined && { within }),
});

const nomad = (file: string, ...rest: [was: string, becomes: string, why: string, within?: string]): Survivor =>
  inFile(`nomad/${file}`, ...rest);

const rollout = (file: string, ...rest: [was: string, becomes: string, why: string]): Survivor =>
  nomad(`rollout/${file}`, ...rest);

const LIST = '["Stryker was here"]';

const UNIQUE = 'The names are the keys of one object: no two are equal.';
const NO_TIME = 'A date of `undefined` has no year, which compares as false.';
const EMPTY = 'Without a start, the list that follows is empty either way.';
const DIFFERENT = 'The line before has told apart what is equal.';
const ONE_JOB = 'A namespace has one job of an id.';
const MOMENT = 'It differs only in the very fraction of a millisecond at which the limit is reached.';

const SAME_RUN = 'Of a run of hidden lines it keeps the last one instead of the first: they are alike.';
const NOTHING_TO_TRY = 'What is not there is tried for nothing: it cannot be wrong.';
const ENDED = 'Where one text has ended, the two differ; that both end there is ruled out, for they are not equal.';
const NO_FIELDS = 'A text has none of the fields that are looked for.';
const BOTH = 'The texts of the job and those of the probe both get it.';
const NO_LOCATION = 'An error without a location has `undefined` for one.';

export const SURVIVORS: readonly Survivor[] = [
  nomad('dry-run.ts', 'a.namespace < b.namespace', 'a.namespace <= b.namespace', DIFFERENT),
  nomad('dry-run.ts', 'a.id < b.id', 'a.id <= b.id', ONE_JOB),
  nomad('dry-run.ts', 'a < b', 'a <= b', UNIQUE),
  nomad('survey.ts', 'a.Namespace < b.Namespace', 'a.Namespace <= b.Namespace', DIFFERENT),
  nomad('survey.ts', 'a.ID < b.ID', 'a.ID <= b.ID', ONE_JOB),
  nomad('write.ts', 'performance.now() >= end', 'performance.now() > end', MOMENT),
  nomad('connection.ts', 'cert !== undefined', 'true', NOTHING_TO_TRY),
  nomad('connection.ts', 'key !== undefined', 'true', NOTHING_TO_TRY),
  nomad('connection.ts', 'cert !== undefined && key !== undefined', 'true', NOTHING_TO_TRY),
  nomad(
    'connection.ts',
    'cert !== undefined && key !== undefined',
    'cert !== undefined || key !== undefined',
    NOTHING_TO_TRY,
  ),
  nomad('diff.ts', 'index - 1', 'index + 1', SAME_RUN),
  nomad(
    'diff.ts',
    'diff.TaskGroups?.[index]',
    'diff.TaskGroups[index]',
    'It is asked of each of the groups that are there.',
  ),
  nomad('diff.ts', '[]', LIST, NO_FIELDS, 'job.TaskGroups ?? []'),
  nomad('diff.ts', '[]', LIST, NO_FIELDS, 'group.Tasks ?? []'),
  nomad('diff.ts', '[]', LIST, 'Without groups, nothing was taken out of them.', '(groups ?? []).every'),
  nomad('counts.ts', '[]', LIST, NO_FIELDS),
  nomad('trace.ts', 'value !== undefined', 'true', 'It gives back `undefined` then, too.'),
  nomad('stated.ts', '[]', LIST, NO_FIELDS),
  nomad('secret-places.ts', 'head < longest', 'true', ENDED),
  nomad('secret-places.ts', 'head < longest', 'head <= longest', ENDED),
  nomad('secret-places.ts', '[]', LIST, BOTH, 'values.get(place) ?? []'),
  nomad('stated.ts', 'value === undefined', 'false', 'It adds the text `undefined`, which no value of a plan is.'),
  rollout(
    'judge.ts',
    'ModifyIndex < jobModifyIndex',
    'ModifyIndex <= jobModifyIndex',
    'What has the index of a version is that version.',
  ),
  rollout('tasks.ts', 'age(StartedAt) > wanted + clockSkew', 'age(StartedAt) >= wanted + clockSkew', MOMENT),
  rollout('watch.ts', 'default: return {};', 'default:', 'Nothing is spread, as of an empty object.'),
  inFile('operations/validate.ts', 'location !== undefined', 'true', NO_LOCATION),
  inFile('operations/render-jobs.ts', 'location !== undefined', 'true', NO_LOCATION),
  rollout('outlook.ts', 'a < b', 'a <= b', UNIQUE),
  rollout('outlook.ts', 'time !== undefined', 'true', NO_TIME),
  rollout('diagnosis.ts', 'a.task < b.task', 'a.task <= b.task', UNIQUE),
  rollout('tasks.ts', 'starts.length > 0', 'true', EMPTY),
  rollout('tasks.ts', 'starts.length > 0', 'starts.length >= 0', EMPTY),
  rollout('progress.ts', 'now - this.trouble.since >= shortFault', 'now - this.trouble.since > shortFault', MOMENT),
  rollout('progress.ts', 'now - this.faultTold < steadyInterval', 'now - this.faultTold <= steadyInterval', MOMENT),
];
