import type { Allocation, Job, JobStatuses, StatusAllocation, TaskGroup, TaskState } from './api.ts';

/** The names of the tasks that a group exists for; its others prepare them, stand beside them or clean up after them. */
export function mainTasks({ Tasks }: TaskGroup): string[] {
  return (Tasks ?? []).filter(({ Lifecycle }) => !Lifecycle).map(({ Name }) => Name);
}

/**
 * Whether only an allocation's tasks tell how it is doing: Nomad calls it `running` as soon as any of its tasks runs, also one that only
 * prepares, and nobody watches its health.
 */
export function isUnwatched(nomad: JobStatuses, allocation: StatusAllocation): boolean {
  if (allocation.ClientStatus !== 'running' || allocation.JobVersion !== nomad.Version) return false;
  if (isBatch(nomad)) return true;
  return allocation.DeploymentStatus.Healthy === null && nomad.LatestDeployment?.IsActive !== true;
}

/**
 * Whether a batch job's allocation that is `complete` may have been evicted before its task was done: Nomad has one word for both, and the
 * job's states do not say what the scheduler wanted of it. Once the job is dead, nothing of it waits for a place any more.
 */
export function mayBeEvicted(nomad: JobStatuses, { ClientStatus, JobVersion }: StatusAllocation): boolean {
  return isBatch(nomad) && nomad.Status !== 'dead' && ClientStatus === 'complete' && JobVersion === nomad.Version;
}

/**
 * Whether the job's allocations have to be looked at: where there is but one task, it is the one that runs, unless the allocation was
 * evicted.
 */
export function needsTasks(nomad: JobStatuses, job: Job): boolean {
  const several = new Set(
    (job.TaskGroups ?? []).filter(({ Tasks }) => (Tasks ?? []).length > 1).map(({ Name }) => Name),
  );
  return (nomad.Allocs ?? []).some(
    (allocation) =>
      mayBeEvicted(nomad, allocation) || (several.has(allocation.Group) && isUnwatched(nomad, allocation)),
  );
}

/**
 * The ids of the allocations, among those of the job's current version, that run though a task of theirs is still to be started, or that
 * were evicted before theirs were done.
 */
export function findUnstarted(job: Job, allocations: readonly Allocation[]): ReadonlySet<string> {
  const groups = new Map((job.TaskGroups ?? []).map((group) => [group.Name, group]));
  const unstarted = allocations.filter(({ JobVersion, ClientStatus, DesiredStatus, TaskGroup, TaskStates }) => {
    if (JobVersion !== job.Version) return false;
    if (ClientStatus === 'complete') return isBatch(job) && DesiredStatus !== 'run';
    const group = groups.get(TaskGroup);
    return ClientStatus === 'running' && group !== undefined && isWaiting(job, group, TaskStates ?? {});
  });
  return new Set(unstarted.map(({ ID }) => ID));
}

/**
 * Whether a main task does not run yet, or a task beside them waits for its first start, or for the next one after it has failed. What
 * cleans up waits until the end.
 */
function isWaiting(job: Job, group: TaskGroup, states: Readonly<Record<string, TaskState>>): boolean {
  const beside = (group.Tasks ?? []).filter(({ Lifecycle }) => Lifecycle && Lifecycle.Hook !== 'poststop');
  return (
    mainTasks(group).some((task) => !hasStarted(job, states[task])) ||
    beside.some(({ Name }) => states[Name]?.State === 'pending')
  );
}

/** A batch job's task may have ended before the others; any other has to go on running. */
function hasStarted(job: Pick<Job, 'Type'>, state: TaskState | undefined): boolean {
  if (state?.State === 'running') return true;
  return isBatch(job) && state?.State === 'dead' && !state.Failed;
}

export function isBatch({ Type }: Pick<Job, 'Type'>): boolean {
  return Type === 'batch' || Type === 'sysbatch';
}

/** Whether the job wants one allocation on every node that fits, and not a number of them. */
export function isOnEveryNode({ Type }: Pick<Job, 'Type'>): boolean {
  return Type === 'system' || Type === 'sysbatch';
}
