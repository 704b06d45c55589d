import { nowNanoseconds } from './clock.ts';
import { newId } from './ids.ts';
import type { Allocation, Job, Node } from './types.ts';

/** An allocation that its client has not heard of yet. */
export function newAllocation(job: Job, group: string, name: string, node: Node, evaluationId: string): Allocation {
  const now = nowNanoseconds();
  return {
    ID: newId(),
    Namespace: job.Namespace,
    EvalID: evaluationId,
    Name: name,
    NodeID: node.ID,
    NodeName: node.Name,
    JobID: job.ID,
    Job: job,
    TaskGroup: group,
    DesiredStatus: 'run',
    DesiredDescription: '',
    DesiredTransition: {
      ForceReschedule: null,
      Migrate: null,
      MigrateDisablePlacement: null,
      NoShutdownDelay: null,
      Reschedule: null,
    },
    ClientStatus: 'pending',
    ClientDescription: '',
    TaskStates: null,
    DeploymentID: '',
    DeploymentStatus: null,
    FollowupEvalID: '',
    PreviousAllocation: '',
    NextAllocation: '',
    RescheduleTracker: null,
    CreateTime: now,
    ModifyTime: now,
    CreateIndex: 0,
    ModifyIndex: 0,
  };
}
