import type { Job, Task, TaskGroup } from '../types.ts';

/**
 * Whether an allocation of the old job has to be replaced to run the new one, by the fields that Nomad's scheduler
 * compares (`tasksUpdated`). Anything else is changed in place.
 */
export function needsReplacement(before: Job, after: Job, groupName: string): boolean {
  const old = before.TaskGroups.find((group) => group.Name === groupName);
  const next = after.TaskGroups.find((group) => group.Name === groupName);
  if (old === undefined || next === undefined || old.Tasks.length !== next.Tasks.length) return true;
  if (!same(groupFields(old), groupFields(next))) return true;
  return next.Tasks.some((task) => {
    const earlier = old.Tasks.find((candidate) => candidate.Name === task.Name);
    return earlier === undefined || !same(taskFields(before, old, earlier), taskFields(after, next, task));
  });
}

/**
 * Whether two jobs say the same, apart from what the server keeps about them (`SpecChanged`). Its tag is part of a version: the same job
 * without it is another one (seen on Nomad 2.0.6).
 */
export function specChanged(before: Job, after: Job): boolean {
  return !same(specification(before), specification(after));
}

function specification(job: Job): Record<string, unknown> {
  const {
    Status,
    StatusDescription,
    Stable,
    Version,
    CreateIndex,
    ModifyIndex,
    JobModifyIndex,
    SubmitTime,
    NomadTokenID,
    ...specified
  } = job;
  return specified;
}

function groupFields(group: TaskGroup): unknown[] {
  return [
    group.EphemeralDisk,
    group['Networks'],
    group['Affinities'],
    group['Spreads'],
    group['Volumes'],
    group['Consul'],
  ];
}

function taskFields(job: Job, group: TaskGroup, task: Task): unknown[] {
  const { Artifacts, CSIPluginConfig, Config, DispatchPayload, Driver, Env, Kind, Resources, Schedule, User } = task;
  return [
    { Artifacts, CSIPluginConfig, Config, DispatchPayload, Driver, Env, Kind, Resources, Schedule, User },
    [task['Templates'], task['Vault'], task['VolumeMounts'], task['Affinities'], task['Identities'], task['Consul']],
    { ...job.Meta, ...group.Meta, ...task.Meta },
  ];
}

/** Equal as JSON, whatever the order of keys. */
export function same(a: unknown, b: unknown): boolean {
  return canonicalJson(a) === canonicalJson(b);
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) return item;
    return Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
