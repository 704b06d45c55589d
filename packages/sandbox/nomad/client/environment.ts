import { join } from 'node:path';
import { allocationIndex } from '../ids.ts';
import type { Allocation, Node, Task } from '../types.ts';

export interface TaskDirectories {
  readonly task: string;
  readonly alloc: string;
  readonly logs: string;
}

/** Where a task's files are; the same layout as on a Nomad client. */
export function taskDirectories(root: string, allocationId: string, task: string): TaskDirectories {
  const alloc = join(root, allocationId, 'alloc');
  return { task: join(root, allocationId, task), alloc, logs: join(alloc, 'logs') };
}

export function logFile(root: string, allocationId: string, task: string, type: string): string {
  return join(taskDirectories(root, allocationId, task).logs, `${task}.${type}.0`);
}

/** The variables that a task sees: Nomad's own, its metadata, and its `env` block; nothing of the sandbox's own. */
export function taskEnvironment(
  alloc: Allocation,
  task: Task,
  node: Node,
  directories: TaskDirectories,
): Record<string, string> {
  const group = alloc.Job.TaskGroups.find((candidate) => candidate.Name === alloc.TaskGroup);
  const meta = { ...alloc.Job.Meta, ...group?.Meta, ...task.Meta };
  const metaVariables = Object.entries(meta).flatMap(([key, value]) => {
    const name = key.replace(/[^A-Za-z0-9_]/g, '_');
    return [[`NOMAD_META_${name}`, value] as const, [`NOMAD_META_${name.toUpperCase()}`, value] as const];
  });
  const base: Record<string, string> = {
    PATH: process.env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin',
    NOMAD_ALLOC_DIR: directories.alloc,
    NOMAD_TASK_DIR: join(directories.task, 'local'),
    NOMAD_SECRETS_DIR: join(directories.task, 'secrets'),
    NOMAD_ALLOC_ID: alloc.ID,
    NOMAD_SHORT_ALLOC_ID: alloc.ID.slice(0, 8),
    NOMAD_ALLOC_NAME: alloc.Name,
    NOMAD_ALLOC_INDEX: String(allocationIndex(alloc.Name)),
    NOMAD_GROUP_NAME: alloc.TaskGroup,
    NOMAD_TASK_NAME: task.Name,
    NOMAD_JOB_ID: alloc.JobID,
    NOMAD_JOB_NAME: alloc.Job.Name,
    NOMAD_JOB_PARENT_ID: alloc.Job.ParentID,
    NOMAD_NAMESPACE: alloc.Namespace,
    NOMAD_REGION: alloc.Job.Region,
    NOMAD_DC: node.Datacenter,
    NOMAD_CPU_LIMIT: String(task.Resources.CPU),
    NOMAD_MEMORY_LIMIT: String(task.Resources.MemoryMB),
    ...Object.fromEntries(metaVariables),
  };
  const own = Object.entries(task.Env ?? {}).map(([name, value]) => [name, interpolate(value, base, meta, node)]);
  return { ...base, ...Object.fromEntries(own) };
}

/** Fills in `${...}` as Nomad does where the task runs; what it does not know stays as it is. */
export function interpolate(
  text: string,
  environment: Readonly<Record<string, string>>,
  meta: Readonly<Record<string, string>>,
  node: Node,
): string {
  return text.replace(/\$\{([^}]+)\}/g, (whole, name: string) => {
    const quoted = /^(env|meta)\["(.+)"\]$/.exec(name);
    if (quoted?.[1] === 'env') return environment[quoted[2] ?? ''] ?? '';
    if (quoted?.[1] === 'meta') return meta[quoted[2] ?? ''] ?? whole;
    if (name.startsWith('meta.')) return meta[name.slice('meta.'.length)] ?? whole;
    if (name.startsWith('attr.')) return node.Attributes[name.slice('attr.'.length)] ?? whole;
    const fixed: Record<string, string> = {
      'node.datacenter': node.Datacenter,
      'node.unique.name': node.Name,
      'node.unique.id': node.ID,
      'node.region': 'global',
    };
    return environment[name] ?? fixed[name] ?? whole;
  });
}
