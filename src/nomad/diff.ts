import type { FieldChange } from '../result.ts';
import type { FieldDiff, JobDiff, ObjectDiff, TaskGroupDiff } from './api.ts';
import { readableDuration } from './durations.ts';

/** What is written in the place of a value that nobody may see. */
const HIDDEN = '***';

/** What of a difference may be shown. */
export interface Disclosure {
  readonly redact: (text: string) => string;
  /** Whether the old value of a field stays hidden, though nobody knows it for a secret. */
  readonly hidesOld: (change: Change) => boolean;
  /** Whether the new value stays hidden, though nothing in it is known for a secret. */
  readonly hidesNew: (change: Change) => boolean;
}

/** A field of a job that differs. */
export interface Change {
  /** `group "app" > task "web" > Env[MESSAGE]`, as Nomad names it. */
  readonly path: string;
  readonly field: FieldDiff;
  /** Whether the whole block is new that it stands in. */
  readonly isInNewBlock: boolean;
}

/** A difference twice: as data, and for a reader. */
export interface Difference {
  /** `+ path: "new"`, `- path: "old"`, `~ path: "old" => "new"`: values are quoted as JSON, so that each stays on its line. */
  readonly line: string;
  readonly field: FieldChange;
}

/**
 * The differences, sorted by path: Nomad gives them in no fixed order.
 *
 * @param isDefault whether a value is one that the job specification leaves to Nomad
 */
export function differences(
  job: JobDiff,
  disclosure: Disclosure,
  isDefault: (change: Change) => boolean = () => false,
): Difference[] {
  return changesOf(job)
    .map((change) => difference(change, disclosure, isDefault(change)))
    .sort((a, b) => order(a.field.path, b.field.path) || order(a.line, b.line));
}

/**
 * The difference without what Nomad itself has added to the job: it writes indexes into the scaling policies of a job that is new, takes the
 * same job without them for another one, and names no field.
 */
export function withoutServerFields(diff: JobDiff): JobDiff {
  const groups = diff.TaskGroups?.map(withoutPolicyIndexes) ?? null;
  const isEmpty = (diff.Fields ?? []).length + (diff.Objects ?? []).length === 0;
  const isSame = diff.Type === 'Edited' && isEmpty && (groups ?? []).every(({ Type }) => Type === 'None');
  // A job that Nomad calls edited without a scaling policy stays so, whatever it means.
  const Type = isSame && groups?.some((group, index) => group !== diff.TaskGroups?.[index]) ? 'None' : diff.Type;
  return { ...diff, TaskGroups: groups, Type };
}

function withoutPolicyIndexes(group: TaskGroupDiff): TaskGroupDiff {
  const objects = (group.Objects ?? []).filter((object) => !isPolicyIndex(object));
  if (objects.length === (group.Objects ?? []).length) return group;
  const isSame =
    objects.length + (group.Fields ?? []).length === 0 && (group.Tasks ?? []).every(({ Type }) => Type === 'None');
  return { ...group, Objects: objects, Type: isSame ? 'None' : group.Type };
}

function isPolicyIndex({ Name, Type, Fields, Objects }: ObjectDiff): boolean {
  return Name === 'Scaling' && Type === 'Edited' && (Fields ?? []).length + (Objects ?? []).length === 0;
}

/** The fields of a job that differ, in no fixed order. */
export function changesOf(job: JobDiff): Change[] {
  return [
    ...objectChanges(job, []),
    ...(job.TaskGroups ?? []).flatMap((group) => groupChanges(group, [`group "${group.Name}"`])),
  ];
}

function groupChanges(group: TaskGroupDiff, path: readonly string[]): Change[] {
  return [
    ...objectChanges(group, path),
    ...(group.Tasks ?? []).flatMap((task) => objectChanges(task, [...path, `task "${task.Name}"`])),
  ];
}

function objectChanges({ Type, Fields, Objects }: ObjectDiff, path: readonly string[]): Change[] {
  return [
    ...(Fields ?? [])
      .filter((field) => field.Type !== 'None')
      .map((field) => ({ path: [...path, field.Name].join(' > '), field, isInNewBlock: Type === 'Added' })),
    ...(Objects ?? []).flatMap((object) => objectChanges(object, [...path, object.Name ?? ''])),
  ];
}

function difference(change: Change, disclosure: Disclosure, isDefault: boolean): Difference {
  const { redact } = disclosure;
  const { Type, Old, New, Name } = change.field;
  const path = oneLine(redact(change.path));
  const [hidesOld, hidesNew] = [disclosure.hidesOld(change), disclosure.hidesNew(change)];
  const [before, after] = [hidesOld ? HIDDEN : redact(Old), hidesNew ? HIDDEN : redact(New)];
  const quoted = { before: JSON.stringify(before), after: JSON.stringify(after) };
  if (Type === 'Added') {
    return {
      line: `+ ${path}: ${quoted.after}`,
      field: { sign: '+', path, after: readableDuration(Name, after), isDefault },
    };
  }
  if (Type === 'Deleted') {
    return {
      line: `- ${path}: ${quoted.before}`,
      field: { sign: '-', path, before: readableDuration(Name, before), isDefault },
    };
  }
  return {
    line: `~ ${path}: ${quoted.before} => ${quoted.after}`,
    field: {
      sign: '~',
      path,
      before: readableDuration(Name, hidesOld ? knownLines(Old, after) : before),
      after: readableDuration(Name, after),
      isDefault,
    },
  };
}

/**
 * Of an old text that stays hidden, the lines that everybody sees in the new one; what stands between them is hidden as one, so that
 * nobody sees how long it is.
 */
function knownLines(old: string, shown: string): string {
  const known = new Set(shown.split('\n').filter((line) => !line.includes(HIDDEN)));
  const lines = old.split('\n').map((line) => (known.has(line) ? line : HIDDEN));
  return lines.filter((line, index) => line !== HIDDEN || lines[index - 1] !== HIDDEN).join('\n');
}

/** Names of groups, tasks and keys may hold anything; those of most jobs do not change by this. */
function oneLine(path: string): string {
  return path.replace(/\p{Cc}/gu, (character) => JSON.stringify(character).slice(1, -1));
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
