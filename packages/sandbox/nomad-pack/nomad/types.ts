/** What nomad-pack reads of Nomad's records; the rest of a job is passed on as it came. */
export interface Job {
  readonly ID: string;
  readonly Name: string;
  readonly Type: string;
  readonly Namespace?: string | null;
  readonly Region?: string | null;
  readonly Status?: string;
  readonly Meta?: Readonly<Record<string, string>> | null;
  readonly Periodic?: unknown;
  readonly ParameterizedJob?: unknown;
}

export interface JobStub {
  readonly ID: string;
  readonly Namespace: string;
  readonly Status: string;
  /** Of the job that launched it; empty where none did. */
  readonly ParentID?: string;
}

export interface RegisterOptions {
  readonly EnforceIndex: boolean;
  readonly JobModifyIndex: number;
  readonly PolicyOverride: boolean;
  readonly PreserveCounts: boolean;
  readonly PreserveResources: boolean;
}

export interface RegisterResponse {
  readonly EvalID: string;
  readonly Warnings?: string;
}

export interface AllocationMetric {
  readonly NodesEvaluated: number;
  readonly NodesAvailable?: Readonly<Record<string, number>> | null;
  readonly ClassFiltered?: Readonly<Record<string, number>> | null;
  readonly ConstraintFiltered?: Readonly<Record<string, number>> | null;
  readonly NodesExhausted: number;
  readonly ClassExhausted?: Readonly<Record<string, number>> | null;
  readonly DimensionExhausted?: Readonly<Record<string, number>> | null;
  readonly QuotaExhausted?: readonly string[] | null;
  readonly CoalescedFailures: number;
}

export interface Evaluation {
  readonly ID: string;
  readonly JobID: string;
  readonly NodeID?: string;
  readonly DeploymentID?: string;
  readonly Status: string;
  readonly CreateIndex: number;
  readonly NextEval?: string;
  /** Nanoseconds. */
  readonly Wait?: number;
  readonly BlockedEval?: string;
  readonly FailedTGAllocs?: Readonly<Record<string, AllocationMetric>> | null;
}

export interface AllocationStub {
  readonly ID: string;
  readonly EvalID: string;
  readonly NodeID: string;
  readonly NodeName: string;
  readonly TaskGroup: string;
  readonly JobVersion: number;
  readonly DesiredStatus: string;
  readonly ClientStatus: string;
  readonly ClientDescription: string;
  readonly CreateIndex: number;
  /** Nanoseconds since 1970. */
  readonly CreateTime: number;
  readonly ModifyTime: number;
}

export interface DeploymentGroup {
  readonly AutoRevert: boolean;
  readonly Promoted: boolean;
  readonly DesiredCanaries: number;
  readonly DesiredTotal: number;
  readonly PlacedAllocs: number;
  readonly HealthyAllocs: number;
  readonly UnhealthyAllocs: number;
  readonly ProgressDeadline: number;
  readonly RequireProgressBy?: string;
}

export interface Deployment {
  readonly ID: string;
  readonly JobID: string;
  readonly JobVersion: number;
  readonly Status: string;
  readonly StatusDescription: string;
  readonly TaskGroups?: Readonly<Record<string, DeploymentGroup>> | null;
}

export interface FieldDiff {
  readonly Type: string;
  readonly Name: string;
  readonly Old: string;
  readonly New: string;
  readonly Annotations?: readonly string[] | null;
}

export interface ObjectDiff {
  readonly Type: string;
  readonly Name: string;
  readonly Fields?: readonly FieldDiff[] | null;
  readonly Objects?: readonly ObjectDiff[] | null;
}

export interface TaskDiff extends ObjectDiff {
  readonly Annotations?: readonly string[] | null;
}

export interface TaskGroupDiff extends ObjectDiff {
  readonly Tasks?: readonly TaskDiff[] | null;
  readonly Updates?: Readonly<Record<string, number>> | null;
}

export interface JobDiff extends Omit<ObjectDiff, 'Name'> {
  readonly ID: string;
  readonly TaskGroups?: readonly TaskGroupDiff[] | null;
}

export interface JobPlan {
  readonly Diff?: JobDiff | null;
  readonly JobModifyIndex: number;
  readonly FailedTGAllocs?: Readonly<Record<string, AllocationMetric>> | null;
  readonly Warnings?: string;
  readonly Annotations?: {
    readonly DesiredTGUpdates?: Readonly<Record<string, Readonly<Record<string, number>>>> | null;
  } | null;
}
