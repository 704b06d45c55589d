/**
 * The parts of Nomad's records that somebody reads, named and shaped as in its HTTP API. Times are Unix nanoseconds,
 * durations nanoseconds, except where a field is an RFC 3339 text.
 */

export type JobType = 'service' | 'batch' | 'system' | 'sysbatch';
export type JobStatus = 'pending' | 'running' | 'dead';

export interface Constraint {
  LTarget: string;
  RTarget: string;
  Operand: string;
}

export interface UpdateStrategy {
  AutoPromote: boolean;
  AutoRevert: boolean;
  Canary: number;
  HealthCheck: string;
  HealthyDeadline: number;
  MaxParallel: number;
  MinHealthyTime: number;
  ProgressDeadline: number;
  Stagger: number;
}

export interface RestartPolicy {
  Attempts: number;
  Delay: number;
  Interval: number;
  Mode: string;
  RenderTemplates: boolean;
}

export interface ReschedulePolicy {
  Attempts: number;
  Delay: number;
  DelayFunction: string;
  Interval: number;
  MaxDelay: number;
  Unlimited: boolean;
}

export interface Resources {
  CPU: number;
  Cores: number;
  Devices: unknown;
  DiskMB: number;
  IOPS: number;
  MemoryMB: number;
  MemoryMaxMB: number;
  NUMA: unknown;
  Networks: unknown;
  SecretsMB: number;
}

export interface Lifecycle {
  Hook: string;
  Sidecar: boolean;
}

export interface Task {
  [field: string]: unknown;
  Name: string;
  Driver: string;
  Config: Record<string, unknown> | null;
  Constraints: Constraint[] | null;
  Env: Record<string, string> | null;
  Meta: Record<string, string> | null;
  KillSignal: string;
  KillTimeout: number;
  Lifecycle: Lifecycle | null;
  Resources: Resources;
  RestartPolicy: RestartPolicy;
}

export interface TaskGroup {
  [field: string]: unknown;
  Name: string;
  Count: number;
  Constraints: Constraint[] | null;
  Meta: Record<string, string> | null;
  EphemeralDisk: { Migrate: boolean; SizeMB: number; Sticky: boolean };
  /** Of a service only. Durations are nanoseconds. */
  Migrate: { HealthCheck: string; HealthyDeadline: number; MaxParallel: number; MinHealthyTime: number } | null;
  ReschedulePolicy: ReschedulePolicy | null;
  RestartPolicy: RestartPolicy;
  Tasks: Task[];
  Update: UpdateStrategy | null;
}

export interface PeriodicConfig {
  Enabled: boolean;
  ProhibitOverlap: boolean;
  Spec: string;
  SpecType: string;
  Specs: string[] | null;
  TimeZone: string;
}

export interface ParameterizedConfig {
  MetaOptional: string[] | null;
  MetaRequired: string[] | null;
  Payload: string;
}

/** What a version of a job is called by. Times are nanoseconds. */
export interface VersionTag {
  readonly Name: string;
  readonly Description: string;
  readonly TaggedTime: number;
}

export interface Job {
  [field: string]: unknown;
  ID: string;
  Name: string;
  Namespace: string;
  Type: JobType;
  Priority: number;
  Region: string;
  Datacenters: string[];
  NodePool: string;
  Constraints: Constraint[] | null;
  Meta: Record<string, string> | null;
  ParentID: string;
  Dispatched: boolean;
  ParameterizedJob: ParameterizedConfig | null;
  Payload: string | null;
  Periodic: PeriodicConfig | null;
  Stable: boolean;
  Status: JobStatus;
  StatusDescription: string;
  Stop: boolean;
  SubmitTime: number;
  TaskGroups: TaskGroup[];
  Update: UpdateStrategy;
  Version: number;
  VersionTag: VersionTag | null;
  CreateIndex: number;
  ModifyIndex: number;
  JobModifyIndex: number;
}

export interface GroupSummary {
  Complete: number;
  Failed: number;
  Lost: number;
  Queued: number;
  Running: number;
  Starting: number;
  Unknown: number;
}

export interface JobSummary {
  JobID: string;
  Namespace: string;
  Children: { Dead: number; Pending: number; Running: number };
  Summary: Record<string, GroupSummary>;
  CreateIndex: number;
  ModifyIndex: number;
}

/** Why a task group could not be placed. */
export interface AllocMetric {
  AllocationTime: number;
  ClassExhausted: Record<string, number> | null;
  ClassFiltered: Record<string, number> | null;
  CoalescedFailures: number;
  ConstraintFiltered: Record<string, number> | null;
  DimensionExhausted: Record<string, number> | null;
  NodePool: string;
  NodesAvailable: Record<string, number>;
  NodesEvaluated: number;
  NodesExhausted: number;
  NodesFiltered: number;
  NodesInPool: number;
  QuotaExhausted: null;
  ResourcesExhausted: Record<string, Resources> | null;
  ScoreMetaData: null;
  Scores: null;
}

/** How many allocations of a task group an evaluation wants to do what with. */
export interface DesiredUpdates {
  Canary: number;
  DestructiveUpdate: number;
  Disconnect: number;
  Ignore: number;
  InPlaceUpdate: number;
  Migrate: number;
  Place: number;
  Preemptions: number;
  Reconnect: number;
  RescheduleLater: number;
  RescheduleNow: number;
  Stop: number;
}

export interface PlanAnnotations {
  DesiredTGUpdates: Record<string, DesiredUpdates>;
  PreemptedAllocs: null;
}

/** An evaluation; what Nomad leaves out when it is empty is optional here. */
export interface Evaluation {
  ID: string;
  Namespace: string;
  JobID: string;
  Type: JobType;
  Priority: number;
  Status: 'pending' | 'complete' | 'blocked' | 'canceled' | 'failed';
  StatusDescription?: string;
  TriggeredBy: string;
  JobModifyIndex?: number;
  DeploymentID?: string;
  PreviousEval?: string;
  NextEval?: string;
  BlockedEval?: string;
  ClassEligibility?: Record<string, boolean>;
  FailedTGAllocs?: Record<string, AllocMetric>;
  PlanAnnotations?: PlanAnnotations;
  QueuedAllocations?: Record<string, number>;
  SnapshotIndex?: number;
  WaitUntil?: string;
  CreateTime: number;
  ModifyTime: number;
  CreateIndex: number;
  ModifyIndex: number;
}

export interface DeploymentState {
  AutoPromote: boolean;
  AutoRevert: boolean;
  DesiredCanaries: number;
  DesiredTotal: number;
  HealthyAllocs: number;
  PlacedAllocs: number;
  PlacedCanaries: string[] | null;
  ProgressDeadline: number;
  Promoted: boolean;
  RequireProgressBy: string | null;
  UnhealthyAllocs: number;
}

export type DeploymentStatus = 'running' | 'paused' | 'successful' | 'failed' | 'cancelled';

export interface Deployment {
  ID: string;
  Namespace: string;
  JobID: string;
  JobVersion: number;
  JobModifyIndex: number;
  JobSpecModifyIndex: number;
  JobCreateIndex: number;
  IsMultiregion: boolean;
  EvalPriority: number;
  Status: DeploymentStatus;
  StatusDescription: string;
  TaskGroups: Record<string, DeploymentState>;
  CreateTime: number;
  ModifyTime: number;
  CreateIndex: number;
  ModifyIndex: number;
}

export interface TaskEvent {
  Type: string;
  Time: number;
  DisplayMessage: string;
  Details: Record<string, string>;
  Message: string;
  DiskLimit: number;
  DownloadError: string;
  DriverError: string;
  DriverMessage: string;
  ExitCode: number;
  FailedSibling: string;
  FailsTask: boolean;
  GenericSource: string;
  KillError: string;
  KillReason: string;
  KillTimeout: number;
  RestartReason: string;
  SetupError: string;
  Signal: number;
  StartDelay: number;
  TaskSignal: string;
  TaskSignalReason: string;
  ValidationError: string;
  VaultError: string;
}

export interface TaskState {
  State: 'pending' | 'running' | 'dead';
  Failed: boolean;
  Restarts: number;
  LastRestart: string | null;
  StartedAt: string | null;
  FinishedAt: string | null;
  Paused: string;
  Events: TaskEvent[];
}

export interface AllocDeploymentStatus {
  Canary: boolean;
  Healthy: boolean | null;
  ModifyIndex: number;
  Timestamp: string;
}

export interface DesiredTransition {
  ForceReschedule: boolean | null;
  Migrate: boolean | null;
  MigrateDisablePlacement: boolean | null;
  NoShutdownDelay: boolean | null;
  Reschedule: boolean | null;
}

export interface RescheduleEvent {
  PrevAllocID: string;
  PrevNodeID: string;
  RescheduleTime: number;
  Delay: number;
}

export type ClientStatus = 'pending' | 'running' | 'complete' | 'failed' | 'lost';

/** An allocation. `Job` is the version of the job that it runs, as Nomad keeps it. */
export interface Allocation {
  ID: string;
  Namespace: string;
  EvalID: string;
  Name: string;
  NodeID: string;
  NodeName: string;
  JobID: string;
  Job: Job;
  TaskGroup: string;
  DesiredStatus: 'run' | 'stop';
  DesiredDescription: string;
  DesiredTransition: DesiredTransition;
  ClientStatus: ClientStatus;
  ClientDescription: string;
  TaskStates: Record<string, TaskState> | null;
  DeploymentID: string;
  DeploymentStatus: AllocDeploymentStatus | null;
  FollowupEvalID: string;
  PreviousAllocation: string;
  NextAllocation: string;
  RescheduleTracker: { Events: RescheduleEvent[] } | null;
  CreateTime: number;
  ModifyTime: number;
  CreateIndex: number;
  ModifyIndex: number;
}

export interface Namespace {
  Name: string;
  Description: string;
  Meta: Record<string, string> | null;
  CreateIndex: number;
  ModifyIndex: number;
}

export interface Variable {
  Path: string;
  Namespace: string;
  Items: Record<string, string>;
  CreateIndex: number;
  ModifyIndex: number;
  CreateTime: number;
  ModifyTime: number;
}

export interface Node {
  ID: string;
  Name: string;
  Datacenter: string;
  NodePool: string;
  /** MHz that tasks may be given. */
  CPU: number;
  MemoryMB: number;
  DiskMB: number;
  Drivers: readonly string[];
  Attributes: Readonly<Record<string, string>>;
  Meta: Readonly<Record<string, string>>;
}
