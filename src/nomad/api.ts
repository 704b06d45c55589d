import * as z from 'zod/mini';
import { ActionError } from '../errors.ts';

/**
 * Answers of Nomad's HTTP API: a schema for each endpoint, with exactly the fields that are read here, as Nomad names them. What an
 * answer holds besides is dropped, but for job specifications, which are handed back to Nomad as they came.
 *
 * Lists and maps inside an answer are `null` where they are empty; an answer that is a list never is (measured on Nomad 2.0.6). Times
 * are nanoseconds since 1970, beyond what a number holds exactly: good for ordering and showing only.
 */

/** What a schema reads; nobody changes it. */
type Read<Schema extends z.ZodMiniType> = Immutable<z.output<Schema>>;

type Immutable<T> = T extends readonly (infer Item)[]
  ? readonly Immutable<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Immutable<T[Key]> }
    : T;

const text = z.string();
const number = z.number();
const flag = z.boolean();

/** One of Nomad's words, of which a later version may have more. */
const word = <Word extends string>() => text as unknown as z.ZodMiniType<Word>;

const list = <Item extends z.ZodMiniType>(item: Item) => z.nullable(z.array(item));
const map = <Value extends z.ZodMiniType>(value: Value) => z.nullable(z.record(text, value));

/** An object whose other fields are kept, too; they are not part of its type. */
const keepingAll = z.looseObject as typeof z.object;

export type JobType = 'service' | 'batch' | 'system' | 'sysbatch';

/** Nomad's own word for a job's state, which says little about its health. */
export type NomadJobStatus = 'pending' | 'running' | 'dead';

/** A job by what identifies it. */
export interface JobRef {
  readonly id: string;
  readonly namespace: string;
}

export type JobMeta = Readonly<Record<string, string>>;

/** Allocations of a task group by their state, of all versions of the job; those that Nomad has forgotten stay counted. */
const groupSummary = z.object({
  Queued: number,
  Complete: number,
  Failed: number,
  Running: number,
  Starting: number,
  Lost: number,
  // Nomad has it since 1.3.
  Unknown: z._default(number, 0),
});

export type GroupSummary = Read<typeof groupSummary>;

/** `GET /v1/job/:id/summary`: by task group, also those that the job no longer has. */
export const jobSummarySchema = z.object({ Summary: map(groupSummary) });

const jobStub = z.object({
  ID: text,
  ParentID: text,
  Namespace: text,
  Type: word<JobType>(),
  Periodic: flag,
  ParameterizedJob: flag,
  Stop: flag,
  Status: word<NomadJobStatus>(),
  // Only a Nomad that can filter tells it.
  Meta: z.optional(map(text)),
  JobSummary: z.nullable(jobSummarySchema),
  JobModifyIndex: number,
  SubmitTime: number,
});

export type JobStub = Read<typeof jobStub>;

/** `GET /v1/jobs?meta=true` */
export const jobStubsSchema = z.array(jobStub);

/** Durations are nanoseconds. */
const updateStrategy = keepingAll({
  MaxParallel: number,
  MinHealthyTime: number,
  HealthyDeadline: number,
  ProgressDeadline: number,
  AutoRevert: flag,
  AutoPromote: flag,
  /** How many canaries; of a system job, on how many of 100 nodes. */
  Canary: number,
  /** What tells that an allocation is healthy; `manual`: nothing does, somebody has to say so. */
  HealthCheck: z.optional(word<'checks' | 'task_states' | 'manual' | ''>()),
});

export type UpdateStrategy = Read<typeof updateStrategy>;

const task = keepingAll({
  Name: text,
  Driver: text,
  /** Of a task that prepares the main ones, stands beside them or cleans up after them; `null` for a main task. */
  Lifecycle: z.optional(z.nullable(keepingAll({ Hook: z.optional(z.nullable(text)) }))),
});

export type Task = Read<typeof task>;

const taskGroup = keepingAll({
  Name: text,
  Count: number,
  Tasks: list(task),
  Update: z.optional(z.nullable(updateStrategy)),
});

export type TaskGroup = Read<typeof taskGroup>;

const anyObject = keepingAll({});

/** `GET /v1/job/:id` */
export const jobSchema = keepingAll({
  ID: text,
  ParentID: z.optional(text),
  Name: text,
  Namespace: text,
  Region: z.optional(z.nullable(text)),
  Type: word<JobType>(),
  Periodic: z.nullable(anyObject),
  ParameterizedJob: z.nullable(anyObject),
  Meta: map(text),
  TaskGroups: list(taskGroup),
  Update: z.optional(z.nullable(updateStrategy)),
  Stop: flag,
  Stable: flag,
  Status: word<NomadJobStatus>(),
  Version: number,
  ModifyIndex: number,
  JobModifyIndex: number,
  SubmitTime: number,
  /** Nomad 1.9 and newer have tags; a version that Nomad made of a tagged one, as a stop does, has the same. */
  VersionTag: z.optional(z.nullable(keepingAll({ Name: text, Description: text }))),
});

/** A job specification. It is handed back to Nomad as it came, so it has more fields than these. */
export type Job = Read<typeof jobSchema>;

/** `GET /v1/job/:id/versions`, newest first. */
export const jobVersionsSchema = z.object({ Versions: z.array(jobSchema) });

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

const deploymentGroup = z.object({
  AutoPromote: flag,
  AutoRevert: flag,
  Promoted: flag,
  DesiredCanaries: number,
  DesiredTotal: number,
  PlacedAllocs: number,
  HealthyAllocs: number,
  UnhealthyAllocs: number,
  PlacedCanaries: list(text),
  /** Nanoseconds. */
  ProgressDeadline: number,
});

export type DeploymentGroup = Read<typeof deploymentGroup>;

/** `GET /v1/deployment/:id`: a rollout. */
export const deploymentSchema = z.object({
  ID: text,
  JobID: text,
  Namespace: text,
  JobVersion: number,
  JobModifyIndex: number,
  JobSpecModifyIndex: number,
  Status: word<DeploymentStatus>(),
  StatusDescription: text,
  /** Of a system job, `null` for a group that no node is fit for. */
  TaskGroups: map(z.nullable(deploymentGroup)),
  CreateIndex: number,
  ModifyIndex: number,
});

export type Deployment = Read<typeof deploymentSchema>;

/** `GET /v1/job/:id/deployments` */
export const deploymentsSchema = z.array(deploymentSchema);

/** Why the scheduler placed nothing. Counts are of nodes. */
const allocationMetric = z.object({
  NodesEvaluated: number,
  NodesFiltered: number,
  NodesExhausted: number,
  NodesInPool: z.optional(number),
  NodePool: z.optional(text),
  /** By datacenter. */
  NodesAvailable: map(number),
  ClassFiltered: map(number),
  ConstraintFiltered: map(number),
  ClassExhausted: map(number),
  DimensionExhausted: map(number),
  QuotaExhausted: list(text),
  /** What each task asks for, by task. */
  ResourcesExhausted: z.optional(
    map(
      z.object({
        CPU: z.optional(number),
        Cores: z.optional(number),
        MemoryMB: z.optional(number),
        DiskMB: z.optional(number),
      }),
    ),
  ),
  /** How many allocations beyond the first failed for the same cause. */
  CoalescedFailures: number,
});

export type AllocationMetric = Read<typeof allocationMetric>;

/** `GET /v1/evaluation/:id` */
export const evaluationSchema = z.object({
  ID: text,
  JobID: text,
  Namespace: text,
  JobModifyIndex: z._default(number, 0),
  Status: word<'blocked' | 'pending' | 'complete' | 'failed' | 'canceled'>(),
  StatusDescription: z.optional(text),
  TriggeredBy: text,
  NextEval: z.optional(text),
  PreviousEval: z.optional(text),
  BlockedEval: z.optional(text),
  DeploymentID: z.optional(text),
  FailedTGAllocs: z.optional(map(allocationMetric)),
  QueuedAllocations: z.optional(map(number)),
  /** RFC 3339: not to be looked at earlier, for a failed allocation that is replaced after a while. */
  WaitUntil: z.optional(text),
  CreateIndex: number,
  ModifyIndex: number,
});

export type Evaluation = Read<typeof evaluationSchema>;

/** `GET /v1/job/:id/evaluations` */
export const evaluationsSchema = z.array(evaluationSchema);

export type ClientStatus = 'pending' | 'running' | 'complete' | 'failed' | 'lost' | 'unknown';

const taskEvent = z.object({
  Type: text,
  Time: number,
  DisplayMessage: text,
  Details: map(text),
  ExitCode: number,
  Signal: number,
  FailsTask: flag,
});

export type TaskEvent = Read<typeof taskEvent>;

const taskState = z.object({
  State: word<'pending' | 'running' | 'dead'>(),
  Failed: flag,
  Restarts: number,
  StartedAt: z.nullable(text),
  FinishedAt: z.nullable(text),
  /** Oldest first. */
  Events: list(taskEvent),
});

export type TaskState = Read<typeof taskState>;

const allocation = z.object({
  ID: text,
  JobID: text,
  Namespace: text,
  JobVersion: number,
  TaskGroup: text,
  NodeID: text,
  NodeName: text,
  DesiredStatus: word<'run' | 'stop' | 'evict'>(),
  ClientStatus: word<ClientStatus>(),
  ClientDescription: z.optional(text),
  DeploymentStatus: z.nullable(z.object({ Healthy: z.nullable(flag), Canary: flag })),
  TaskStates: map(taskState),
  FollowupEvalID: z.optional(text),
  /** The one that has taken its place; empty where there is none. */
  NextAllocation: z.optional(text),
  CreateIndex: number,
  ModifyIndex: number,
  CreateTime: number,
  ModifyTime: number,
});

export type Allocation = Read<typeof allocation>;

/** `GET /v1/job/:id/allocations` */
export const allocationsSchema = z.array(allocation);

/** The result of a service's health check that Nomad itself runs. */
const checkResult = z.object({
  /** The check's name; `service: "web" check` for one that was not given any. */
  Check: text,
  Service: text,
  /** Only `healthiness` counts for a rollout. */
  Mode: word<'healthiness' | 'readiness'>(),
  Status: word<'success' | 'failure' | 'pending'>(),
  Output: text,
});

export type CheckResult = Read<typeof checkResult>;

/** `GET /v1/client/allocation/:id/checks`, by an id of the check */
export const checkResultsSchema = map(checkResult);

const statusAllocation = z.object({
  ID: text,
  Group: text,
  NodeID: text,
  ClientStatus: word<ClientStatus>(),
  JobVersion: number,
  DeploymentStatus: z.object({ Canary: flag, Healthy: z.nullable(flag) }),
  /** The evaluation that will replace a failed allocation; empty where there is none. */
  FollowupEvalID: text,
});

export type StatusAllocation = Read<typeof statusAllocation>;

const statusDeployment = z.object({
  ID: text,
  IsActive: flag,
  JobVersion: number,
  Status: word<DeploymentStatus>(),
  StatusDescription: text,
  AllAutoPromote: flag,
  RequiresPromotion: flag,
});

export type StatusDeployment = Read<typeof statusDeployment>;

const jobStatuses = z.object({
  ID: text,
  Namespace: text,
  Name: text,
  Type: word<JobType>(),
  Version: number,
  SubmitTime: number,
  ModifyIndex: number,
  ParentID: text,
  Stop: flag,
  Status: word<NomadJobStatus>(),
  /** What the counts of all task groups add up to. */
  GroupCountSum: number,
  /** Of a periodic or parameterized job; `null` for any other. */
  ChildStatuses: list(word<NomadJobStatus>()),
  Allocs: list(statusAllocation),
  LatestDeployment: z.nullable(statusDeployment),
});

export type JobStatuses = Read<typeof jobStatuses>;

/** `POST /v1/jobs/statuses`; from Nomad 1.8 on. */
export const jobStatusesSchema = z.array(jobStatuses);

/** How many allocations of a task group the scheduler would treat how. */
const desiredUpdates = z.object({
  Ignore: number,
  Place: number,
  Migrate: number,
  Stop: number,
  InPlaceUpdate: number,
  DestructiveUpdate: number,
  Canary: number,
});

export type DesiredUpdates = Read<typeof desiredUpdates>;

export type DiffType = 'None' | 'Added' | 'Deleted' | 'Edited';

const fieldDiff = z.object({ Type: word<DiffType>(), Name: text, Old: text, New: text });

export type FieldDiff = Read<typeof fieldDiff>;

/** A difference: of a job, a task group, a task, or any block inside. */
export interface ObjectDiff {
  readonly Type: DiffType;
  readonly Name?: string | undefined;
  readonly Fields: readonly FieldDiff[] | null;
  readonly Objects: readonly ObjectDiff[] | null;
}

const diffFields = {
  Type: word<DiffType>(),
  Fields: list(fieldDiff),
  Objects: list(z.lazy((): z.ZodMiniType<ObjectDiff> => objectDiff)),
};

const objectDiff = z.object({ ...diffFields, Name: z.optional(text) });

const taskDiff = z.object({ ...diffFields, Name: text });

export type TaskDiff = Read<typeof taskDiff>;

const taskGroupDiff = z.object({ ...diffFields, Name: text, Tasks: list(taskDiff) });

export type TaskGroupDiff = Read<typeof taskGroupDiff>;

const jobDiff = z.object({ ...diffFields, ID: text, TaskGroups: list(taskGroupDiff) });

export type JobDiff = Read<typeof jobDiff>;

/** `POST /v1/job/:id/plan` */
export const jobPlanSchema = z.object({
  Annotations: z.nullable(z.object({ DesiredTGUpdates: map(desiredUpdates) })),
  FailedTGAllocs: map(allocationMetric),
  /** 0 for a job that does not exist. */
  JobModifyIndex: number,
  Diff: z.nullable(jobDiff),
  Warnings: text,
});

export type JobPlan = Read<typeof jobPlanSchema>;

/** `POST /v1/validate/job` */
export const validationSchema = z.object({
  /** Each with the problems of its parts below it; `null` where there are none. */
  ValidationErrors: z.nullable(z.array(z.string())),
  Warnings: text,
});

/** The specification before Nomad fills in its defaults: what the template does not say is `null`. */
export type ParsedJob = Job & {
  readonly Namespace: string | null;
  readonly Region: string | null;
  readonly Name: string | null;
};

/** `POST /v1/jobs/parse` */
export const parsedJobSchema = keepingAll({
  ID: text,
  Namespace: z.optional(z.nullable(text)),
  Region: z.optional(z.nullable(text)),
  Name: z.optional(z.nullable(text)),
  Meta: z.optional(map(text)),
  TaskGroups: z.optional(list(keepingAll({ Name: text, Tasks: z.optional(list(task)) }))),
}) as unknown as z.ZodMiniType<ParsedJob>;

/** What a write answers that led to an evaluation: `DELETE /v1/job/:id`, `POST /v1/job/:id/revert`. */
export const evaluationAnswerSchema = z.object({
  /** Empty where nothing is to be evaluated: for a periodic or parameterized job. */
  EvalID: text,
  JobModifyIndex: number,
});

export type EvaluationAnswer = Read<typeof evaluationAnswerSchema>;

/** `POST /v1/deployment/promote/:id` */
export const promotionAnswerSchema = z.object({ EvalID: text });

/** `POST /v1/allocation/:id/stop` */
export const stoppedAllocationSchema = z.object({ EvalID: text });

/** `POST /v1/job/:id/versions/:tag/tag` */
export const tagAnswerSchema = z.object({ Name: text });

/** `POST /v1/acl/login` */
export const loginAnswerSchema = z.object({
  SecretID: text.check(z.minLength(1)),
  AccessorID: text,
  ExpirationTime: text.check(z.refine((time) => !Number.isNaN(Date.parse(time)))),
});

/** `GET /v1/namespace/:name` */
/** `GET /v1/var/:path` */
export const variableSchema = z.object({ Items: map(text) });

/** `GET /v1/vars` */
export const variableListSchema = z.array(z.object({ Path: text, Namespace: text }));

/** Of an answer whose words nobody needs. */
export const nothingSchema = z.unknown();

export const namespaceSchema = z.object({ Name: text });

/** `GET /v1/status/peers`: the addresses of a region's servers. */
export const peersSchema = z.array(text);

/**
 * The path of a job and what is below it, its id encoded: ids may hold slashes.
 *
 * @throws ActionError `job-specification` for an id that no path can hold: dots alone lead to another folder, encoded or not.
 */
export function jobPath(id: string, below = ''): string {
  if (id === '.' || id === '..') {
    throw new ActionError('job-specification', `"${id}" is not a name that a job can be asked for by`, {
      hint: 'Let the pack give the job another name.',
    });
  }
  return `/v1/job/${encodeURIComponent(id)}${below}`;
}
