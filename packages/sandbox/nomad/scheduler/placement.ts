import { isTerminal } from '../job-status.ts';
import type { Allocation, AllocMetric, Job, Node, TaskGroup } from '../types.ts';
import { isMet } from './constraints.ts';

/** The computed class of the one node; Nomad hashes the node's attributes into such a name. */
export const nodeClass = 'v1:4213090113471107465';

export interface Used {
  cpu: number;
  memory: number;
  disk: number;
}

/** What the allocations that still count hold of the node. */
export function usedResources(allocations: readonly Allocation[]): Used {
  const used: Used = { cpu: 0, memory: 0, disk: 0 };
  for (const alloc of allocations) {
    if (isTerminal(alloc)) continue;
    const group = alloc.Job.TaskGroups.find((candidate) => candidate.Name === alloc.TaskGroup);
    if (group !== undefined) addGroup(used, group);
  }
  return used;
}

/** Adds what one allocation of the group holds. */
export function addGroup(used: Used, group: TaskGroup): void {
  for (const task of group.Tasks) {
    used.cpu += task.Resources.CPU;
    used.memory += task.Resources.MemoryMB;
  }
  used.disk += group.EphemeralDisk.SizeMB;
}

/** Why one more allocation of the group does not fit on the node; undefined when it does. */
export function placementFailure(
  node: Node,
  job: Job,
  group: TaskGroup,
  used: Used,
  running: number,
): AllocMetric | undefined {
  const metric = emptyMetric(job, node);
  if (!inDatacenter(node, job) || job.NodePool !== node.NodePool) return metric;
  metric.NodesEvaluated = 1;
  const filter = constraintFilter(node, job, group, running);
  if (filter !== undefined) {
    return { ...metric, NodesFiltered: 1, ConstraintFiltered: { [filter]: 1 } };
  }
  const wanted: Used = { ...used };
  addGroup(wanted, group);
  const dimension = exhausted(node, wanted);
  if (dimension === undefined) return undefined;
  return {
    ...metric,
    NodesExhausted: 1,
    DimensionExhausted: { [dimension]: 1 },
    ResourcesExhausted: Object.fromEntries(
      group.Tasks.map((task) => [task.Name, exhaustedBy(task.Resources, dimension)]),
    ),
  };
}

function exhausted(node: Node, wanted: Used): 'cpu' | 'memory' | 'disk' | undefined {
  if (wanted.cpu > node.CPU) return 'cpu';
  if (wanted.memory > node.MemoryMB) return 'memory';
  return wanted.disk > node.DiskMB ? 'disk' : undefined;
}

/** Only the dimension that ran out is told of a task's resources. */
function exhaustedBy(resources: TaskGroup['Tasks'][number]['Resources'], dimension: string): typeof resources {
  return {
    CPU: dimension === 'cpu' ? resources.CPU : 0,
    Cores: 0,
    Devices: null,
    DiskMB: 0,
    IOPS: 0,
    MemoryMB: dimension === 'memory' ? resources.MemoryMB : 0,
    MemoryMaxMB: 0,
    NUMA: null,
    Networks: null,
    SecretsMB: 0,
  };
}

function emptyMetric(job: Job, node: Node): AllocMetric {
  return {
    AllocationTime: 0,
    ClassExhausted: null,
    ClassFiltered: null,
    CoalescedFailures: 0,
    ConstraintFiltered: null,
    DimensionExhausted: null,
    NodePool: job.NodePool,
    NodesAvailable: inDatacenter(node, job) ? { [node.Datacenter]: 1 } : {},
    NodesEvaluated: 0,
    NodesExhausted: 0,
    NodesFiltered: 0,
    NodesInPool: job.NodePool === node.NodePool ? 1 : 0,
    QuotaExhausted: null,
    ResourcesExhausted: null,
    ScoreMetaData: null,
    Scores: null,
  };
}

function inDatacenter(node: Node, job: Job): boolean {
  return job.Datacenters.some((pattern) => {
    const expression = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
    return new RegExp(`^${expression}$`).test(node.Datacenter);
  });
}

/** The constraint that rules the node out, as Nomad names it. */
function constraintFilter(node: Node, job: Job, group: TaskGroup, running: number): string | undefined {
  const all = [job, group, ...group.Tasks].flatMap(({ Constraints }) => Constraints ?? []);
  const distinct = all.some((constraint) => constraint.Operand === 'distinct_hosts');
  if (group.Tasks.some((task) => !node.Drivers.includes(task.Driver))) return 'missing drivers';
  const failed = all.find((constraint) => !isMet(constraint, node));
  if (failed !== undefined) return `${failed.LTarget} ${failed.Operand} ${failed.RTarget}`;
  return distinct && running > 0 ? 'distinct_hosts' : undefined;
}
