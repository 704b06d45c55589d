import type { DesiredUpdates, PlanAnnotations } from '../types.ts';
import type { FieldDiff, JobDiff, TaskDiff, TaskGroupDiff } from './types.ts';

/** The words of a plan for what happens to allocations. */
const updates: readonly (readonly [keyof DesiredUpdates, string])[] = [
  ['Ignore', 'ignore'],
  ['Place', 'create'],
  ['Migrate', 'migrate'],
  ['Stop', 'destroy'],
  ['Canary', 'canary'],
  ['InPlaceUpdate', 'in-place update'],
  ['DestructiveUpdate', 'create/destroy update'],
];

/** Says in the difference what it means for the allocations. */
export function annotate(diff: JobDiff, annotations: PlanAnnotations): void {
  for (const group of diff.TaskGroups ?? []) {
    const desired = annotations.DesiredTGUpdates[group.Name];
    if (desired !== undefined) {
      const counted = updates.map(([field, word]) => [word, desired[field]] as const);
      group.Updates = Object.fromEntries(counted.filter(([, count]) => count !== 0));
    }
    for (const field of group.Fields ?? []) if (field.Name === 'Count') annotateCount(field);
    for (const task of group.Tasks ?? []) annotateTask(task, group);
  }
}

function annotateCount(field: FieldDiff): void {
  const change = Number(field.New) - Number(field.Old);
  if (change > 0) field.Annotations = ['forces create'];
  else if (change < 0) field.Annotations = ['forces destroy'];
}

function annotateTask(task: TaskDiff, group: TaskGroupDiff): void {
  if (task.Type === 'None') return;
  const wholeGroup = group.Type === 'Added' || group.Type === 'Deleted';
  if (wholeGroup && task.Type === 'Added') task.Annotations = ['forces create'];
  else if (wholeGroup && task.Type === 'Deleted') task.Annotations = ['forces destroy'];
  else task.Annotations = [isDestructive(task) ? 'forces create/destroy update' : 'forces in-place update'];
}

function isDestructive(task: TaskDiff): boolean {
  if ((task.Fields ?? []).some((field) => field.Name !== 'KillTimeout')) return true;
  return (task.Objects ?? []).some((object) => {
    if (object.Name === 'LogConfig') return (object.Fields ?? []).some((field) => field.Name === 'Disabled');
    return !['Service', 'Constraint', 'Affinity', 'Spread'].includes(object.Name);
  });
}
