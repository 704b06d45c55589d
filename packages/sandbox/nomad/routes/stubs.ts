import type { State } from '../state.ts';
import type { Allocation, Job } from '../types.ts';

/** A job as lists show it. */
export function jobStub(job: Job, state: State, withMeta: boolean): Record<string, unknown> {
  return {
    ID: job.ID,
    ParentID: job.ParentID,
    Name: job.Name,
    Namespace: job.Namespace,
    Datacenters: job.Datacenters,
    NodePool: job.NodePool,
    Multiregion: job['Multiregion'],
    Type: job.Type,
    Priority: job.Priority,
    Periodic: job.Periodic !== null,
    ParameterizedJob: job.ParameterizedJob !== null && !job.Dispatched,
    Stop: job.Stop,
    Status: job.Status,
    StatusDescription: job.StatusDescription,
    JobSummary: state.summary(job.Namespace, job.ID) ?? null,
    CreateIndex: job.CreateIndex,
    ModifyIndex: job.ModifyIndex,
    JobModifyIndex: job.JobModifyIndex,
    SubmitTime: job.SubmitTime,
    ...(withMeta && job.Meta !== null ? { Meta: job.Meta } : {}),
  };
}

/** An allocation as lists show it: of its job only type and version. */
export function allocationStub(alloc: Allocation): Record<string, unknown> {
  const { Job: job, DeploymentID, PreviousAllocation, ...rest } = alloc;
  return {
    ...rest,
    JobType: job.Type,
    JobVersion: job.Version,
    PreemptedAllocations: null,
    PreemptedByAllocation: '',
  };
}

/** The index of the newest of the records, or of their table where there is none. */
export function newestIndex(records: readonly { readonly ModifyIndex: number }[], otherwise: number): number {
  return records.length === 0 ? otherwise : Math.max(...records.map((record) => record.ModifyIndex));
}
