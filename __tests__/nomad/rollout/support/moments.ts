import type {
  Allocation,
  Deployment,
  DeploymentGroup,
  Job,
  JobStatuses,
  StatusAllocation,
  StatusDeployment,
  TaskGroup,
  TaskState,
  UpdateStrategy,
} from '../../../../src/nomad/api.ts';
import { type Moment, newMemory } from '../../../../src/nomad/rollout/moment.ts';
import type { Outlook } from '../../../../src/nomad/rollout/outlook.ts';
import type { SubmittedJob } from '../../../../src/nomad/submission.ts';
import type { GroupState } from '../../../../src/result.ts';

/** The job `web` at version 3, as a run submitted it, and all else about it as if it were well. */
export const submitted: SubmittedJob = {
  id: 'web',
  namespace: 'default',
  version: 3,
  jobModifyIndex: 30,
  launches: undefined,
  type: 'service',
  change: 'updated',
};

export function statuses(more: Partial<JobStatuses> = {}): JobStatuses {
  return {
    ID: 'web',
    Namespace: 'default',
    Name: 'web',
    Type: 'service',
    Version: 3,
    SubmitTime: 300,
    ModifyIndex: 30,
    ParentID: '',
    Stop: false,
    Status: 'running',
    GroupCountSum: 1,
    ChildStatuses: null,
    Allocs: [statusAllocation()],
    LatestDeployment: null,
    ...more,
  };
}

export function statusAllocation(more: Partial<StatusAllocation> = {}): StatusAllocation {
  return {
    ID: 'a1',
    Group: 'app',
    NodeID: 'node-1',
    ClientStatus: 'running',
    JobVersion: 3,
    DeploymentStatus: { Canary: false, Healthy: null },
    FollowupEvalID: '',
    ...more,
  };
}

export function rollout(more: Partial<StatusDeployment> = {}): StatusDeployment {
  return {
    ID: 'd3',
    IsActive: true,
    JobVersion: 3,
    Status: 'running',
    StatusDescription: 'Deployment is running',
    AllAutoPromote: false,
    RequiresPromotion: false,
    ...more,
  };
}

export function deployment(
  groups: Readonly<Record<string, Partial<DeploymentGroup>>>,
  more: Partial<Deployment> = {},
): Deployment {
  const whole = Object.entries(groups).map(([name, group]) => [name, { ...deploymentGroup, ...group }] as const);
  return {
    ID: 'd3',
    JobID: 'web',
    Namespace: 'default',
    JobVersion: 3,
    JobModifyIndex: 30,
    JobSpecModifyIndex: 30,
    Status: 'running',
    StatusDescription: 'Deployment is running',
    TaskGroups: Object.fromEntries(whole),
    CreateIndex: 31,
    ModifyIndex: 31,
    ...more,
  };
}

const deploymentGroup: DeploymentGroup = {
  AutoPromote: false,
  AutoRevert: false,
  Promoted: false,
  DesiredCanaries: 0,
  DesiredTotal: 1,
  PlacedAllocs: 1,
  HealthyAllocs: 0,
  UnhealthyAllocs: 0,
  PlacedCanaries: null,
  ProgressDeadline: 0,
};

export const noUpdate: UpdateStrategy = {
  MaxParallel: 0,
  MinHealthyTime: 0,
  HealthyDeadline: 0,
  ProgressDeadline: 0,
  AutoRevert: false,
  AutoPromote: false,
  Canary: 0,
};

export function group(Name: string, more: Partial<TaskGroup> = {}): TaskGroup {
  return { Name, Count: 1, Tasks: [{ Name: 'server', Driver: 'raw_exec', Lifecycle: null }], Update: null, ...more };
}

export function specification(more: Partial<Job> = {}): Job {
  return {
    ID: 'web',
    Name: 'web',
    Namespace: 'default',
    Type: 'service',
    Periodic: null,
    ParameterizedJob: null,
    Meta: null,
    TaskGroups: [group('app')],
    Update: noUpdate,
    Stop: false,
    Stable: false,
    Status: 'running',
    Version: 3,
    ModifyIndex: 30,
    JobModifyIndex: 30,
    SubmitTime: 300,
    ...more,
  };
}

export function taskState(more: Partial<TaskState> = {}): TaskState {
  return {
    State: 'running',
    Failed: false,
    Restarts: 0,
    StartedAt: new Date().toISOString(),
    FinishedAt: null,
    Events: [],
    ...more,
  };
}

export function allocation(more: Partial<Allocation> = {}): Allocation {
  return {
    ID: 'a1',
    JobID: 'web',
    Namespace: 'default',
    JobVersion: 3,
    TaskGroup: 'app',
    NodeID: 'node-1',
    NodeName: 'node-1',
    DesiredStatus: 'run',
    ClientStatus: 'running',
    DeploymentStatus: null,
    TaskStates: { server: taskState() },
    CreateIndex: 1,
    ModifyIndex: 1,
    CreateTime: 1,
    ModifyTime: 1,
    ...more,
  };
}

export function counts(
  name: string,
  [desired, placed, healthy, unhealthy]: readonly [number, number, number, number],
): GroupState {
  return { name, desired, placed, healthy, unhealthy };
}

export const idle: Outlook = { kind: 'idle', trouble: '' };

export interface Answers {
  readonly outlook?: Outlook;
  readonly deployments?: readonly Deployment[];
  readonly allocations?: readonly Allocation[];
}

/** What a judge is given; what would be asked of Nomad is answered with `answers`. */
export function moment(
  more: Partial<Moment> = {},
  { outlook = idle, deployments = [], allocations = [allocation()] }: Answers = {},
): Moment {
  return {
    job: submitted,
    nomad: statuses(),
    specification: specification(),
    current: specification(),
    status: 'running',
    groups: [counts('app', [1, 1, 1, 0])],
    waitFor: 'started',
    memory: newMemory(),
    now: 1_000_000,
    backoff: 200,
    outlook: async () => outlook,
    deployments: async () => deployments,
    allocations: async () => allocations,
    ...more,
  };
}
