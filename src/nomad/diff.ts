import type { FieldDiff, JobDiff, ObjectDiff, TaskGroupDiff } from './api.ts';

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
}

/**
 * The differences as lines `+ path: "new"`, `- path: "old"`, `~ path: "old" => "new"`, sorted by path: Nomad gives them in no
 * fixed order. Values are quoted as JSON, so that each stays on its line.
 */
export function diffLines(job: JobDiff, disclosure: Disclosure): string[] {
  const lines = changesOf(job).map((change) => {
    const path = oneLine(disclosure.redact(change.path));
    return { path, line: describe(path, change, disclosure) };
  });
  return lines.sort((a, b) => order(a.path, b.path) || order(a.line, b.line)).map(({ line }) => line);
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

function objectChanges({ Fields, Objects }: ObjectDiff, path: readonly string[]): Change[] {
  return [
    ...(Fields ?? [])
      .filter((field) => field.Type !== 'None')
      .map((field) => ({ path: [...path, field.Name].join(' > '), field })),
    ...(Objects ?? []).flatMap((object) => objectChanges(object, [...path, object.Name ?? ''])),
  ];
}

function describe(path: string, change: Change, { redact, hidesOld, hidesNew }: Disclosure): string {
  const { Type, Old, New } = change.field;
  const [before, after] = [
    JSON.stringify(hidesOld(change) ? HIDDEN : redact(Old)),
    JSON.stringify(hidesNew(change) ? HIDDEN : redact(New)),
  ];
  if (Type === 'Added') return `+ ${path}: ${after}`;
  if (Type === 'Deleted') return `- ${path}: ${before}`;
  return `~ ${path}: ${before} => ${after}`;
}

/** Names of groups, tasks and keys may hold anything; those of most jobs do not change by this. */
function oneLine(path: string): string {
  return path.replace(/\p{Cc}/gu, (character) => JSON.stringify(character).slice(1, -1));
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
