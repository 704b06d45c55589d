import type { Allocation, Deployment, Evaluation, GroupSummary, Job, JobStatus, JobSummary } from './types.ts';

/** Whether nothing will come of the allocation any more, on the server's or the client's side. */
export function isTerminal(alloc: Allocation): boolean {
  return alloc.DesiredStatus === 'stop' || isClientTerminal(alloc);
}

/** Whether the allocation's tasks have ended. */
export function isClientTerminal(alloc: Allocation): boolean {
  return alloc.ClientStatus === 'complete' || alloc.ClientStatus === 'failed' || alloc.ClientStatus === 'lost';
}

export function isActive(deployment: Deployment): boolean {
  return deployment.Status === 'running' || deployment.Status === 'paused';
}

export function isDone(evaluation: Evaluation): boolean {
  return evaluation.Status === 'complete' || evaluation.Status === 'failed' || evaluation.Status === 'canceled';
}

/** What of the cluster's state a job's status and summary depend on. */
interface JobRecords {
  jobAllocations(namespace: string, id: string, anyJob?: boolean): readonly Allocation[];
  jobDeployments(namespace: string, id: string, anyJob?: boolean): readonly Deployment[];
  jobEvaluations(namespace: string, id: string): readonly Evaluation[];
  children(namespace: string, id: string): readonly Job[];
}

/** A job's status by the rules of Nomad's state store (`getJobStatus`). */
export function jobStatus(job: Job, state: JobRecords): JobStatus {
  if (job.Type === 'system' || job.Periodic !== null || (job.ParameterizedJob !== null && !job.Dispatched)) {
    return job.Stop ? 'dead' : 'running';
  }
  if (state.jobDeployments(job.Namespace, job.ID, true).some(isActive)) return 'running';
  if (state.jobAllocations(job.Namespace, job.ID, true).some((alloc) => !isTerminal(alloc))) return 'running';
  const evaluations = state.jobEvaluations(job.Namespace, job.ID);
  if (evaluations.some((evaluation) => !isDone(evaluation))) return 'pending';
  return evaluations.length > 0 || job.Stop ? 'dead' : 'pending';
}

const emptyGroup: GroupSummary = { Complete: 0, Failed: 0, Lost: 0, Queued: 0, Running: 0, Starting: 0, Unknown: 0 };

const counters = {
  pending: 'Starting',
  running: 'Running',
  complete: 'Complete',
  failed: 'Failed',
  lost: 'Lost',
} as const;

/** Counts a job's allocations per group, and its children. Groups that were dropped stay listed. */
export function summarize(
  job: Job,
  state: JobRecords,
  existing: JobSummary | undefined,
): Pick<JobSummary, 'Children' | 'Summary'> {
  const names = new Set([...Object.keys(existing?.Summary ?? {}), ...job.TaskGroups.map((group) => group.Name)]);
  const groups = new Map([...names].map((name) => [name, { ...emptyGroup }]));
  for (const alloc of state.jobAllocations(job.Namespace, job.ID)) {
    const group = groups.get(alloc.TaskGroup);
    if (group !== undefined) group[counters[alloc.ClientStatus]] += 1;
  }
  const last = state
    .jobEvaluations(job.Namespace, job.ID)
    .filter((evaluation) => evaluation.QueuedAllocations !== undefined && evaluation.CreateIndex >= job.CreateIndex)
    .sort((a, b) => b.ModifyIndex - a.ModifyIndex)[0];
  for (const [name, queued] of Object.entries(last?.QueuedAllocations ?? {})) {
    const group = groups.get(name);
    if (group !== undefined) group.Queued = queued;
  }
  const children = { Dead: 0, Pending: 0, Running: 0 };
  if (job.Periodic !== null || job.ParameterizedJob !== null) {
    for (const child of state.children(job.Namespace, job.ID)) {
      children[child.Status === 'dead' ? 'Dead' : child.Status === 'pending' ? 'Pending' : 'Running'] += 1;
    }
  }
  return { Children: children, Summary: Object.fromEntries(groups) };
}
