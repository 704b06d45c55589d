import { same } from '../scheduler/changes.ts';
import type { Job, Task, TaskGroup } from '../types.ts';
import { deepFields, fieldDiffs, type Item, objectDiff, objectSetDiffs, plainFields, stringSetDiff } from './fields.ts';
import type { DiffType, JobDiff, ObjectDiff, TaskDiff, TaskGroupDiff } from './types.ts';

/** What the server keeps about a job: two jobs do not differ by it. */
const serverFields = [
  'ID',
  'Status',
  'StatusDescription',
  'Version',
  'Stable',
  'CreateIndex',
  'ModifyIndex',
  'JobModifyIndex',
  'Update',
  'SubmitTime',
  'NomadTokenID',
  'VersionTag',
  'Payload',
];

/** How a job would change; one that is not there yet is added as a whole. */
export function diffJobs(before: Job | undefined, after: Job): JobDiff {
  const fields = fieldDiffs(plainFields(before, serverFields), plainFields(after, serverFields), false);
  const objects = present([
    stringSetDiff('Datacenters', before?.Datacenters, after.Datacenters),
    ...objectSetDiffs('Constraint', before?.Constraints, after.Constraints),
    ...objectSetDiffs('Affinity', before?.['Affinities'], after['Affinities']),
    withSets(whole('Periodic', record(before?.Periodic), record(after.Periodic)), before?.Periodic, after.Periodic, [
      'Specs',
    ]),
    withSets(
      whole('ParameterizedJob', record(before?.ParameterizedJob), record(after.ParameterizedJob)),
      before?.ParameterizedJob,
      after.ParameterizedJob,
      ['MetaOptional', 'MetaRequired'],
    ),
  ]);
  const groups = byName(before?.TaskGroups, after.TaskGroups).map(([old, next]) => diffGroups(old, next));
  const edited = fields.length + objects.length > 0 || groups.some((group) => group.Type !== 'None');
  return {
    Fields: listed(fields),
    ID: after.ID,
    Objects: listed(objects),
    TaskGroups: listed(groups),
    Type: before === undefined ? 'Added' : edited ? 'Edited' : 'None',
  };
}

function diffGroups(before: TaskGroup | undefined, after: TaskGroup | undefined): TaskGroupDiff {
  const fields = fieldDiffs(plainFields(before, ['Name']), plainFields(after, ['Name']), false);
  const objects = present([
    ...objectSetDiffs('Constraint', before?.Constraints, after?.Constraints),
    ...objectSetDiffs('Affinity', before?.['Affinities'], after?.['Affinities']),
    objectDiff('RestartPolicy', record(before?.RestartPolicy), record(after?.RestartPolicy)),
    objectDiff('Migrate', record(before?.['Migrate']), record(after?.['Migrate'])),
    objectDiff('ReschedulePolicy', record(before?.ReschedulePolicy), record(after?.ReschedulePolicy)),
    objectDiff('EphemeralDisk', record(before?.EphemeralDisk), record(after?.EphemeralDisk)),
    objectDiff('Update', record(before?.Update), record(after?.Update), ['Stagger']),
    ...objectSetDiffs('Network', before?.['Networks'], after?.['Networks']),
    ...objectSetDiffs('Service', before?.['Services'], after?.['Services']),
    scalingDiff(record(before?.['Scaling']), record(after?.['Scaling'])),
  ]);
  const tasks = byName(before?.Tasks, after?.Tasks).map(([old, next]) => diffTasks(old, next));
  return {
    Fields: listed(fields),
    Name: after?.Name ?? before?.Name ?? '',
    Objects: listed(objects),
    Tasks: listed(tasks),
    Type: diffType(before, after),
    Updates: null,
  };
}

function diffTasks(before: Task | undefined, after: Task | undefined): TaskDiff {
  const fields = fieldDiffs(plainFields(before, ['Name']), plainFields(after, ['Name']), false);
  const objects = present([
    ...objectSetDiffs('Constraint', before?.Constraints, after?.Constraints),
    ...objectSetDiffs('Affinity', before?.['Affinities'], after?.['Affinities']),
    configDiff(before?.Config, after?.Config),
    whole('Resources', record(before?.Resources), record(after?.Resources)),
    objectDiff('LogConfig', record(before?.['LogConfig']), record(after?.['LogConfig'])),
    objectDiff('DispatchPayload', record(before?.['DispatchPayload']), record(after?.['DispatchPayload'])),
    ...objectSetDiffs('Artifact', before?.['Artifacts'], after?.['Artifacts']),
    ...objectSetDiffs('Service', before?.['Services'], after?.['Services']),
    objectDiff('Vault', record(before?.['Vault']), record(after?.['Vault'])),
    ...templateDiffs(before?.['Templates'], after?.['Templates']),
    objectDiff('Identity', record(before?.['Identity']), record(after?.['Identity'])),
  ]);
  return {
    Annotations: null,
    Fields: listed(fields),
    Name: after?.Name ?? before?.Name ?? '',
    Objects: listed(objects),
    Type: diffType(before, after),
  };
}

/** Templates are the same ones where each side has one, or where they go to the same file. */
function templateDiffs(before: unknown, after: unknown): ObjectDiff[] {
  const [old, next] = [(before ?? []) as Item[], (after ?? []) as Item[]];
  if (old.length === 1 && next.length === 1) return present([objectDiff('Template', old[0], next[0])]);
  const at = (templates: readonly Item[], path: unknown) => templates.find(({ DestPath }) => DestPath === path);
  const paths = [...new Set([...old, ...next].map(({ DestPath }) => DestPath))];
  return present(paths.map((path) => objectDiff('Template', at(old, path), at(next, path))));
}

/** An object's difference, with the whole object added or deleted where one side has none. */
function whole(name: string, before: Item | undefined, after: Item | undefined): ObjectDiff | undefined {
  if (same(before ?? null, after ?? null)) return undefined;
  const fields = fieldDiffs(plainFields(before), plainFields(after), true);
  return { Fields: listed(fields), Name: name, Objects: null, Type: diffType(before, after) };
}

function withSets(
  diff: ObjectDiff | undefined,
  before: unknown,
  after: unknown,
  names: readonly string[],
): ObjectDiff | undefined {
  if (diff === undefined) return undefined;
  const [old, next] = [record(before), record(after)];
  return { ...diff, Objects: listed(present(names.map((name) => stringSetDiff(name, old?.[name], next?.[name])))) };
}

function configDiff(before: Task['Config'] | undefined, after: Task['Config'] | undefined): ObjectDiff | undefined {
  const [old, next] = [before ?? {}, after ?? {}];
  if (same(old, next)) return undefined;
  const isEmpty = (config: object) => Object.keys(config).length === 0;
  const Type = isEmpty(old) ? 'Added' : isEmpty(next) ? 'Deleted' : 'Edited';
  return { Fields: fieldDiffs(deepFields(old), deepFields(next), true), Name: 'Config', Objects: null, Type };
}

/** As Nomad: what the server keeps in a policy makes it another one, and is no field that differs. */
function scalingDiff(before: Item | undefined, after: Item | undefined): ObjectDiff | undefined {
  if (same(before ?? null, after ?? null)) return undefined;
  const fields = fieldDiffs(plainFields(before, POLICY_INDEXES), plainFields(after, POLICY_INDEXES), false);
  return { Fields: listed(fields), Name: 'Scaling', Objects: null, Type: diffType(before, after) };
}

const POLICY_INDEXES = ['CreateIndex', 'ModifyIndex'];

function diffType(before: unknown, after: unknown): DiffType {
  if (before === undefined) return 'Added';
  if (after === undefined) return 'Deleted';
  return same(before, after) ? 'None' : 'Edited';
}

type Pair<Named> = readonly [Named | undefined, Named | undefined];

function byName<Named extends { readonly Name: string }>(
  before: readonly Named[] | undefined,
  after: readonly Named[] | undefined,
): Pair<Named>[] {
  const names = [...new Set([...(before ?? []), ...(after ?? [])].map((one) => one.Name))].sort();
  return names.map((name) => [before?.find((one) => one.Name === name), after?.find((one) => one.Name === name)]);
}

function record(value: unknown): Item | undefined {
  return (value as Item | null | undefined) ?? undefined;
}

function present<Value>(values: readonly (Value | undefined)[]): Value[] {
  return values.filter((value) => value !== undefined);
}

/** Go writes an empty list as null. */
function listed<Value>(values: Value[]): Value[] | null {
  return values.length === 0 ? null : values;
}
