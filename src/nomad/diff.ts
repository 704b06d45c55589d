import type { FieldDiff, JobDiff, ObjectDiff, TaskGroupDiff } from './api.ts';

/**
 * The differences as lines `+ path: "new"`, `- path: "old"`, `~ path: "old" => "new"`, sorted by path: Nomad gives them in no
 * fixed order. Values are quoted as JSON, so that each stays on its line.
 */
export function diffLines(job: JobDiff, redact: (text: string) => string): string[] {
  const changes = [
    ...objectChanges(job, []),
    ...(job.TaskGroups ?? []).flatMap((group) => groupChanges(group, [`group "${group.Name}"`])),
  ];
  const lines = changes.map(({ field, ...change }) => {
    const path = oneLine(redact(change.path));
    return { path, line: describe(path, field, redact) };
  });
  return lines.sort((a, b) => order(a.path, b.path) || order(a.line, b.line)).map(({ line }) => line);
}

interface Change {
  readonly path: string;
  readonly field: FieldDiff;
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

function describe(path: string, { Type, Old, New }: FieldDiff, redact: (text: string) => string): string {
  const quote = (value: string) => JSON.stringify(redact(value));
  if (Type === 'Added') return `+ ${path}: ${quote(New)}`;
  if (Type === 'Deleted') return `- ${path}: ${quote(Old)}`;
  return `~ ${path}: ${quote(Old)} => ${quote(New)}`;
}

/** Names of groups, tasks and keys may hold anything; those of most jobs do not change by this. */
function oneLine(path: string): string {
  return path.replace(/\p{Cc}/gu, (character) => JSON.stringify(character).slice(1, -1));
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
