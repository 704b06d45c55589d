import type { FieldDiff, JobDiff, ObjectDiff, TaskDiff, TaskGroupDiff } from './nomad/types.ts';
import { quote } from './values.ts';

const markers: Readonly<Record<string, string>> = { Added: '+ ', Deleted: '- ', Edited: '+/- ' };

function markerOf(type: string): string {
  return markers[type] ?? '';
}

/** Writes down what a plan says that would change, without a line end after a last task. */
export function formatJobDiff(diff: JobDiff, verbose: boolean): string {
  const widest = widestMarker([...members(diff), ...(diff.TaskGroups ?? [])]);
  const shown = diff.Type === 'Edited' || verbose ? formatMembers(diff, 0, widest) : '';
  const groups = (diff.TaskGroups ?? []).map((group) =>
    formatGroup(group, widest - markerOf(group.Type).length, verbose),
  );
  return `${markerOf(diff.Type)}Job: ${quote(diff.ID)}\n${shown === '' ? '' : `${shown}\n`}${groups.join('')}`;
}

function formatGroup(group: TaskGroupDiff, prefix: number, verbose: boolean): string {
  const updates = Object.entries(group.Updates ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([kind, count]) => `${count} ${kind}`);
  const counts = updates.length === 0 ? '' : ` (${updates.join(', ')})`;
  const tasks = group.Tasks ?? [];
  const widest = widestMarker([...members(group), ...tasks]);
  const start = prefix + 2;
  const shown = group.Type === 'Edited' || verbose ? formatMembers(group, start, widest) : '';
  const below = tasks.map((task) => formatTask(task, start, widest - markerOf(task.Type).length, verbose));
  const heading = `${markerOf(group.Type)}Task Group: ${quote(group.Name)}${counts}\n`;
  return `${heading}${shown === '' ? '' : `${shown}\n`}${below.join('')}`;
}

function formatTask(task: TaskDiff, start: number, padding: number, verbose: boolean): string {
  const marker = ' '.repeat(start) + markerOf(task.Type) + ' '.repeat(padding);
  const heading = `${marker}Task: ${quote(task.Name)}${annotate(task.Annotations)}`;
  if (task.Type === 'None' || (task.Type !== 'Edited' && !verbose)) return heading;
  return `${heading}\n${formatMembers(task, start + 2, widestMarker(members(task)))}`;
}

function members(diff: Pick<ObjectDiff, 'Fields' | 'Objects'>): (FieldDiff | ObjectDiff)[] {
  return [...(diff.Fields ?? []), ...(diff.Objects ?? [])];
}

function widestMarker(diffs: readonly { readonly Type: string }[]): number {
  return Math.max(0, ...diffs.map(({ Type }) => markerOf(Type).length));
}

function formatMembers(diff: Pick<ObjectDiff, 'Fields' | 'Objects'>, start: number, widest: number): string {
  const fields = diff.Fields ?? [];
  const longest = Math.max(0, ...fields.map(({ Name }) => Name.length));
  const lines = [
    ...fields.map((field) => formatField(field, start, widest, longest)),
    ...(diff.Objects ?? []).map((object) => formatObject(object, start, widest)),
  ];
  return lines.join('\n');
}

function formatField(field: FieldDiff, start: number, widest: number, longest: number): string {
  const marker = markerOf(field.Type);
  const key = `${' '.repeat(start)}${marker}${' '.repeat(widest - marker.length)}${field.Name}: `;
  return `${key}${' '.repeat(longest - field.Name.length)}${writeValue(field)}${annotate(field.Annotations)}`;
}

function writeValue({ Type: type, Old: old, New: next }: FieldDiff): string {
  if (type === 'Deleted') return quote(old);
  return type === 'Edited' ? `${quote(old)} => ${quote(next)}` : quote(next);
}

function formatObject(object: ObjectDiff, start: number, widest: number): string {
  const marker = markerOf(object.Type);
  const padding = widest - marker.length;
  const body = formatMembers(object, start + padding + 2, widestMarker(members(object)));
  const heading = `${' '.repeat(start)}${marker}${' '.repeat(padding)}${object.Name} {`;
  return `${heading}\n${body}\n${' '.repeat(start + marker.length + padding)}}`;
}

function annotate(annotations: readonly string[] | null | undefined): string {
  return annotations == null || annotations.length === 0 ? '' : ` (${annotations.join(', ')})`;
}
