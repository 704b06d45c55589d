import { newAllocation } from './allocation.ts';
import { nowNanoseconds, timestamp } from './clock.ts';
import { allocationName, newId } from './ids.ts';
import { canonicalizeJob } from './jobspec/canonicalize.ts';
import { newEvaluation, type State } from './state.ts';
import type { Allocation, Job, Node, TaskState } from './types.ts';

/** Puts running jobs into the state, each with one allocation that has no process; ids are `seed-0`, `seed-1` ... */
export function seedJobs(
  state: State,
  node: Node,
  count: number,
  meta: (index: number) => Record<string, string> = () => ({}),
): void {
  state.commit(() => {
    for (let index = 0; index < count; index += 1) {
      const draft = { ID: `seed-${index}`, Meta: meta(index), TaskGroups: [weightlessGroup] };
      const job = state.putJobVersion({ ...canonicalizeJob(draft), SubmitTime: nowNanoseconds(), Stable: true });
      const evaluation = newEvaluation(job, newId(), 'job-register');
      state.putEvaluation({ ...evaluation, Status: 'complete', QueuedAllocations: { app: 0 } });
      state.putAllocation(runningAllocation(job, node, evaluation.ID));
    }
  });
}

/** It holds nothing of the node, so that any number of seeded jobs leaves room for others. */
const weightlessGroup = {
  Name: 'app',
  EphemeralDisk: { SizeMB: 0 },
  Tasks: [
    {
      Name: 'server',
      Driver: 'raw_exec',
      Config: { command: '/bin/true' },
      Resources: { CPU: 0, MemoryMB: 0 },
    },
  ],
};

function runningAllocation(job: Job, node: Node, evaluationId: string): Allocation {
  const alloc = newAllocation(job, 'app', allocationName(job.ID, 'app', 0), node, evaluationId);
  const server: TaskState = {
    State: 'running',
    Failed: false,
    Restarts: 0,
    LastRestart: null,
    StartedAt: timestamp(alloc.CreateTime),
    FinishedAt: null,
    Paused: '',
    Events: [],
  };
  return { ...alloc, ClientStatus: 'running', ClientDescription: 'Tasks are running', TaskStates: { server } };
}
