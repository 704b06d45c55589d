import { ActionError } from '../errors.ts';

/**
 * Responses of Nomad's HTTP API: the fields that are read here, as Nomad names them. Lists and maps that are empty arrive as
 * `null`. Times are nanoseconds since 1970, beyond what a number holds exactly: good for ordering and showing only.
 */

export type JobType = 'service' | 'batch' | 'system' | 'sysbatch';

/** Nomad's own word for a job's state, which says little about its health. */
export type NomadJobStatus = 'pending' | 'running' | 'dead';

/** A job by what identifies it. */
export interface JobRef {
  readonly id: string;
  readonly namespace: string;
}

export type JobMeta = Readonly<Record<string, string>>;

/** An entry of `GET /v1/jobs?meta=true`. */
export interface JobStub {
  readonly ID: string;
  readonly ParentID: string;
  readonly Name: string;
  readonly Namespace: string;
  readonly Type: JobType;
  readonly Periodic: boolean;
  readonly ParameterizedJob: boolean;
  readonly Stop: boolean;
  readonly Status: NomadJobStatus;
  readonly Meta: JobMeta | null;
  readonly JobSummary: { readonly Summary: Readonly<Record<string, GroupSummary>> | null } | null;
  readonly JobModifyIndex: number;
  readonly SubmitTime: number;
}

/** Allocations of a task group by their state. */
export interface GroupSummary {
  readonly Queued: number;
  readonly Complete: number;
  readonly Failed: number;
  readonly Running: number;
  readonly Starting: number;
  readonly Lost: number;
  readonly Unknown: number;
}

/**
 * A job specification: `GET /v1/job/:id`, `POST /v1/jobs/parse`, entries of `GET /v1/job/:id/versions`. It is handed back to Nomad
 * as it came, so it has more fields than these.
 */
export interface Job {
  readonly ID: string;
  readonly ParentID?: string;
  readonly Name: string;
  readonly Namespace: string;
  readonly Region?: string | null;
  readonly Type: JobType;
  readonly Periodic: object | null;
  readonly ParameterizedJob: object | null;
  readonly Meta: JobMeta | null;
  readonly TaskGroups: readonly TaskGroup[] | null;
  readonly Update?: UpdateStrategy | null;
  readonly Stop: boolean;
  readonly Stable: boolean;
  readonly Status: NomadJobStatus;
  readonly Version: number;
  readonly ModifyIndex: number;
  readonly JobModifyIndex: number;
  readonly SubmitTime: number;
}

export interface TaskGroup {
  readonly Name: string;
  readonly Count: number;
  readonly Tasks: readonly { readonly Name: string; readonly Driver: string }[] | null;
  readonly Update?: UpdateStrategy | null;
}

/** Durations are nanoseconds. */
export interface UpdateStrategy {
  readonly MaxParallel: number;
  readonly MinHealthyTime: number;
  readonly HealthyDeadline: number;
  readonly ProgressDeadline: number;
  readonly AutoRevert: boolean;
  readonly AutoPromote: boolean;
  readonly Canary: number;
}

export interface JobVersions {
  /** Newest first. */
  readonly Versions: readonly Job[] | null;
}

export type DeploymentStatus =
  | 'initializing'
  | 'pending'
  | 'blocked'
  | 'unblocking'
  | 'running'
  | 'paused'
  | 'failed'
  | 'successful'
  | 'cancelled';

/** A rollout: `GET /v1/job/:id/deployments`, `GET /v1/deployment/:id`. */
export interface Deployment {
  readonly ID: string;
  readonly JobID: string;
  readonly Namespace: string;
  readonly JobVersion: number;
  readonly JobModifyIndex: number;
  readonly JobSpecModifyIndex: number;
  readonly Status: DeploymentStatus;
  readonly StatusDescription: string;
  readonly TaskGroups: Readonly<Record<string, DeploymentGroup>> | null;
  readonly CreateIndex: number;
  readonly ModifyIndex: number;
}

export interface DeploymentGroup {
  readonly AutoPromote: boolean;
  readonly AutoRevert: boolean;
  readonly Promoted: boolean;
  readonly DesiredCanaries: number;
  readonly DesiredTotal: number;
  readonly PlacedAllocs: number;
  readonly HealthyAllocs: number;
  readonly UnhealthyAllocs: number;
  readonly PlacedCanaries: readonly string[] | null;
  /** Nanoseconds. */
  readonly ProgressDeadline: number;
}

export interface Evaluation {
  readonly ID: string;
  readonly JobID: string;
  readonly Namespace: string;
  readonly JobModifyIndex: number;
  readonly Status: 'blocked' | 'pending' | 'complete' | 'failed' | 'canceled';
  readonly StatusDescription?: string;
  readonly TriggeredBy: string;
  readonly NextEval?: string;
  readonly PreviousEval?: string;
  readonly BlockedEval?: string;
  readonly DeploymentID?: string;
  readonly FailedTGAllocs?: Readonly<Record<string, AllocationMetric>> | null;
  readonly QueuedAllocations?: Readonly<Record<string, number>> | null;
  /** RFC 3339: not to be looked at earlier, for a failed allocation that is replaced after a while. */
  readonly WaitUntil?: string;
  readonly CreateIndex: number;
  readonly ModifyIndex: number;
}

/** Why the scheduler placed nothing. Counts are of nodes. */
export interface AllocationMetric {
  readonly NodesEvaluated: number;
  readonly NodesFiltered: number;
  readonly NodesExhausted: number;
  readonly NodesInPool?: number;
  readonly NodePool?: string;
  /** By datacenter. */
  readonly NodesAvailable: Readonly<Record<string, number>> | null;
  readonly ClassFiltered: Readonly<Record<string, number>> | null;
  readonly ConstraintFiltered: Readonly<Record<string, number>> | null;
  readonly ClassExhausted: Readonly<Record<string, number>> | null;
  readonly DimensionExhausted: Readonly<Record<string, number>> | null;
  readonly QuotaExhausted: readonly string[] | null;
  /** What each task asks for, by task. */
  readonly ResourcesExhausted?: Readonly<
    Record<
      string,
      { readonly CPU?: number; readonly Cores?: number; readonly MemoryMB?: number; readonly DiskMB?: number }
    >
  > | null;
  /** How many allocations beyond the first failed for the same cause. */
  readonly CoalescedFailures: number;
}

export type ClientStatus = 'pending' | 'running' | 'complete' | 'failed' | 'lost' | 'unknown';

/** An entry of `GET /v1/job/:id/allocations`. */
export interface Allocation {
  readonly ID: string;
  readonly JobID: string;
  readonly Namespace: string;
  readonly JobVersion: number;
  readonly TaskGroup: string;
  readonly NodeID: string;
  readonly NodeName: string;
  readonly DesiredStatus: 'run' | 'stop' | 'evict';
  readonly ClientStatus: ClientStatus;
  readonly ClientDescription?: string;
  readonly DeploymentStatus: { readonly Healthy: boolean | null; readonly Canary: boolean } | null;
  readonly TaskStates: Readonly<Record<string, TaskState>> | null;
  readonly FollowupEvalID?: string;
  readonly CreateIndex: number;
  readonly ModifyIndex: number;
  readonly CreateTime: number;
  readonly ModifyTime: number;
}

export interface TaskState {
  readonly State: 'pending' | 'running' | 'dead';
  readonly Failed: boolean;
  readonly Restarts: number;
  readonly StartedAt: string | null;
  readonly FinishedAt: string | null;
  /** Oldest first. */
  readonly Events: readonly TaskEvent[] | null;
}

export interface TaskEvent {
  readonly Type: string;
  readonly Time: number;
  readonly DisplayMessage: string;
  readonly Details: Readonly<Record<string, string>> | null;
  readonly ExitCode: number;
  readonly Signal: number;
  readonly FailsTask: boolean;
}

/** An entry of `POST /v1/jobs/statuses`; from Nomad 1.8 on. */
export interface JobStatuses {
  readonly ID: string;
  readonly Namespace: string;
  readonly Name: string;
  readonly Type: JobType;
  readonly Version: number;
  readonly SubmitTime: number;
  readonly ModifyIndex: number;
  readonly ParentID: string;
  readonly Stop: boolean;
  readonly Status: NomadJobStatus;
  /** What the counts of all task groups add up to. */
  readonly GroupCountSum: number;
  /** Of a periodic or parameterized job; `null` for any other. */
  readonly ChildStatuses: readonly NomadJobStatus[] | null;
  readonly Allocs: readonly StatusAllocation[] | null;
  readonly LatestDeployment: StatusDeployment | null;
}

export interface StatusAllocation {
  readonly ID: string;
  readonly Group: string;
  readonly NodeID: string;
  readonly ClientStatus: ClientStatus;
  readonly JobVersion: number;
  readonly DeploymentStatus: { readonly Canary: boolean; readonly Healthy: boolean | null };
  /** The evaluation that will replace a failed allocation; empty where there is none. */
  readonly FollowupEvalID: string;
}

export interface StatusDeployment {
  readonly ID: string;
  readonly IsActive: boolean;
  readonly JobVersion: number;
  readonly Status: DeploymentStatus;
  readonly StatusDescription: string;
  readonly AllAutoPromote: boolean;
  readonly RequiresPromotion: boolean;
}

/** `POST /v1/job/:id/plan`. */
export interface JobPlan {
  readonly Annotations: { readonly DesiredTGUpdates: Readonly<Record<string, DesiredUpdates>> | null } | null;
  readonly FailedTGAllocs: Readonly<Record<string, AllocationMetric>> | null;
  /** 0 for a job that does not exist. */
  readonly JobModifyIndex: number;
  readonly Diff: JobDiff | null;
  readonly Warnings: string;
}

/** How many allocations of a task group the scheduler would treat how. */
export interface DesiredUpdates {
  readonly Ignore: number;
  readonly Place: number;
  readonly Migrate: number;
  readonly Stop: number;
  readonly InPlaceUpdate: number;
  readonly DestructiveUpdate: number;
  readonly Canary: number;
}

export type DiffType = 'None' | 'Added' | 'Deleted' | 'Edited';

/** A difference: of a job, a task group, a task, or any block inside. */
export interface ObjectDiff {
  readonly Type: DiffType;
  readonly Name?: string;
  readonly Fields: readonly FieldDiff[] | null;
  readonly Objects: readonly ObjectDiff[] | null;
}

export interface FieldDiff {
  readonly Type: DiffType;
  readonly Name: string;
  readonly Old: string;
  readonly New: string;
}

export interface JobDiff extends ObjectDiff {
  readonly ID: string;
  readonly TaskGroups: readonly TaskGroupDiff[] | null;
}

export interface TaskGroupDiff extends ObjectDiff {
  readonly Name: string;
  readonly Tasks: readonly TaskDiff[] | null;
}

export interface TaskDiff extends ObjectDiff {
  readonly Name: string;
}

/** What a write answers that led to an evaluation. */
export interface EvaluationAnswer {
  /** Empty where nothing is to be evaluated: for a periodic or parameterized job. */
  readonly EvalID: string;
  readonly JobModifyIndex: number;
}

/**
 * The path of a job and what is below it, its id encoded: ids may hold slashes.
 *
 * @throws ActionError `job-specification` for an id that no path can hold: dots alone lead to another folder, encoded or not.
 */
export function jobPath(id: string, below = ''): string {
  if (id === '.' || id === '..') {
    throw new ActionError('job-specification', `"${id}" is no name that a job can be asked for by`, {
      hint: 'Let the pack give the job another name.',
    });
  }
  return `/v1/job/${encodeURIComponent(id)}${below}`;
}
