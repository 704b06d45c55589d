import { newAllocation } from '../allocation.ts';
import { nowNanoseconds, timestamp } from '../clock.ts';
import { newId } from '../ids.ts';
import { newEvaluation, type State } from '../state.ts';
import type { Allocation, AllocMetric, Deployment, Evaluation, Job, Node, PlanAnnotations } from '../types.ts';
import { addGroup, nodeClass, placementFailure, usedResources } from './placement.ts';
import { type Placement, type Reconciliation, reconcile } from './reconcile.ts';
import { rescheduleDelay } from './reschedule.ts';

/** What an evaluation came to: what it would do, and what of it cannot be placed. */
export interface Outcome {
  readonly reconciliation: Reconciliation;
  readonly placeable: Placement[];
  readonly failed: Record<string, AllocMetric>;
  /** Allocations that were wanted and not placed, per group. */
  readonly queued: Record<string, number>;
  readonly annotations: PlanAnnotations;
}

/**
 * Takes pending evaluations one after the other and carries them out: each in the steps in which Nomad does it (a
 * blocked evaluation for what does not fit, the plan, the evaluation's end), so that a reader of the API sees the same
 * states in between.
 */
export class Scheduler {
  private readonly state: State;
  private readonly node: Node;
  private readonly timers = new Set<NodeJS.Timeout>();
  private scheduled: NodeJS.Immediate | undefined;
  private stopped = false;

  constructor(state: State, node: Node) {
    this.state = state;
    this.node = node;
    state.events.on('change', () => this.wake());
  }

  stop(): void {
    this.stopped = true;
    if (this.scheduled !== undefined) clearImmediate(this.scheduled);
    for (const timer of this.timers) clearTimeout(timer);
  }

  /** What an evaluation of the job would do to these allocations; changes nothing. */
  decide(
    evaluation: Evaluation,
    job: Job | undefined,
    allocations: readonly Allocation[],
    latest: Deployment | undefined,
  ): Outcome {
    const reconciliation = reconcile(evaluation, job, allocations, latest);
    const { placeable, failed, queued } = this.fit(reconciliation, job);
    if (job?.Type === 'system') countNodesThatFit(reconciliation, placeable);
    const annotations = { DesiredTGUpdates: reconciliation.desired, PreemptedAllocs: null };
    return { reconciliation, placeable, failed, queued, annotations };
  }

  /** Lets blocked evaluations try again; called when resources came free. */
  unblock(): void {
    const blocked = this.state.undoneEvaluations().filter((evaluation) => evaluation.Status === 'blocked');
    for (const evaluation of blocked) {
      const outcome = this.decideNow(evaluation);
      if (outcome.placeable.length > 0) {
        this.state.commit(() => this.state.putEvaluation({ ...evaluation, Status: 'pending' }));
      }
    }
  }

  private wake(): void {
    if (this.stopped || this.scheduled !== undefined) return;
    this.scheduled = setImmediate(() => {
      this.scheduled = undefined;
      const evaluation = this.nextPending();
      if (evaluation === undefined) return;
      this.process(evaluation);
      this.wake();
    });
  }

  private nextPending(): Evaluation | undefined {
    const now = nowNanoseconds();
    return this.state.undoneEvaluations().find((evaluation) => {
      if (evaluation.Status !== 'pending') return false;
      return evaluation.WaitUntil === undefined || Date.parse(evaluation.WaitUntil) * 1_000_000 <= now;
    });
  }

  private decideNow(evaluation: Evaluation): Outcome {
    const { Namespace: namespace, JobID: id } = evaluation;
    const allocations = this.state.jobAllocations(namespace, id, true);
    return this.decide(
      evaluation,
      this.state.job(namespace, id),
      allocations,
      this.state.latestDeployment(namespace, id),
    );
  }

  private process(evaluation: Evaluation): void {
    const snapshotIndex = this.state.index;
    const job = this.state.job(evaluation.Namespace, evaluation.JobID);
    const outcome = this.decideNow(evaluation);
    const blocked = this.blockedEvaluation(evaluation, outcome, snapshotIndex);
    const latest = job === undefined ? undefined : this.state.latestDeployment(job.Namespace, job.ID);
    const deployment = this.apply(evaluation, job, outcome) ?? latest;
    this.finish(evaluation, job, outcome, { snapshotIndex, blocked, deployment });
  }

  /** Fits the wanted placements on the node, in order. */
  private fit(reconciliation: Reconciliation, job: Job | undefined): Pick<Outcome, 'placeable' | 'failed' | 'queued'> {
    const placeable: Placement[] = [];
    const failed: Record<string, AllocMetric> = {};
    const queued: Record<string, number> = {};
    for (const group of job?.TaskGroups ?? []) queued[group.Name] = 0;
    if (job === undefined) return { placeable, failed, queued };
    const gone = new Set(
      [
        ...reconciliation.stops.map(({ alloc }) => alloc),
        ...reconciliation.placements.flatMap(({ replaces }) => replaces?.alloc ?? []),
      ].map((alloc) => alloc.ID),
    );
    const remaining = this.state.allAllocations().filter((alloc) => !gone.has(alloc.ID));
    const used = usedResources(remaining);
    const running = remaining.filter((alloc) => alloc.JobID === job.ID && alloc.DesiredStatus === 'run').length;
    for (const placement of reconciliation.placements) {
      const { group } = placement;
      const earlier = failed[group.Name];
      const metric = earlier ?? placementFailure(this.node, job, group, used, running + placeable.length);
      if (metric === undefined) {
        addGroup(used, group);
        placeable.push(placement);
        continue;
      }
      const everywhere = job.Type === 'system' || job.Type === 'sysbatch';
      // Without a node there is nothing to place, and so nothing that fails.
      if (everywhere && metric.NodesEvaluated === 0) continue;
      failed[group.Name] =
        earlier === undefined ? metric : { ...earlier, CoalescedFailures: earlier.CoalescedFailures + 1 };
      // Nobody waits for a node that does not fit.
      if (everywhere && metric.NodesFiltered > 0) continue;
      queued[group.Name] = (queued[group.Name] ?? 0) + 1;
    }
    return { placeable, failed, queued };
  }

  private blockedEvaluation(evaluation: Evaluation, outcome: Outcome, snapshotIndex: number): Evaluation | undefined {
    if (Object.values(outcome.queued).every((count) => count === 0)) return undefined;
    const blocked = blockedBy(evaluation, outcome.failed);
    this.state.commit(() => {
      for (const other of this.state.undoneEvaluations()) {
        const superseded = other.Status === 'blocked' && other.JobID === evaluation.JobID;
        if (superseded && other.Namespace === evaluation.Namespace) {
          const StatusDescription = `existing blocked evaluation exists for job "${evaluation.JobID}"`;
          this.state.putEvaluation({ ...other, Status: 'canceled', StatusDescription });
        }
      }
      this.state.putEvaluation({ ...blocked, SnapshotIndex: snapshotIndex });
    });
    return blocked;
  }

  /** @returns the deployment that the evaluation works for. */
  private apply(evaluation: Evaluation, job: Job | undefined, outcome: Outcome): Deployment | undefined {
    const { reconciliation, placeable } = outcome;
    const { deployment } = reconciliation;
    const idle =
      reconciliation.stops.length + placeable.length + reconciliation.inPlace.length === 0 &&
      reconciliation.deploymentUpdates.length + reconciliation.rescheduleLater.length === 0 &&
      !reconciliation.deploymentIsNew;
    if (idle) return deployment;
    const now = nowNanoseconds();
    this.state.commit(() => {
      this.stopAllocations(reconciliation, now);
      const placed =
        job === undefined ? [] : placeable.map((item) => this.place(evaluation, job, item, deployment, now));
      if (job !== undefined) this.updateInPlace(job, reconciliation, deployment, now);
      if (deployment !== undefined) this.state.putDeployment(withPlaced(deployment, placed, now));
      for (const { alloc, at } of reconciliation.rescheduleLater) this.delayReschedule(evaluation, alloc, at);
      this.updateDeployments(reconciliation, now);
    });
    return deployment;
  }

  private stopAllocations(reconciliation: Reconciliation, now: number): void {
    for (const { alloc, description } of reconciliation.stops) {
      this.state.putAllocation({ ...alloc, DesiredStatus: 'stop', DesiredDescription: description, ModifyTime: now });
    }
  }

  private place(
    evaluation: Evaluation,
    job: Job,
    placement: Placement,
    deployment: Deployment | undefined,
    now: number,
  ): Allocation {
    const { replaces } = placement;
    const canary = { Canary: true, Healthy: null, ModifyIndex: 0, Timestamp: zeroTime };
    const alloc: Allocation = {
      ...newAllocation(job, placement.group.Name, placement.name, this.node, evaluation.ID),
      DeploymentID: deployment?.ID ?? '',
      DeploymentStatus: placement.canary ? canary : null,
      PreviousAllocation: replaces?.alloc.ID ?? '',
      RescheduleTracker: replaces?.rescheduled === true ? trackReschedule(replaces.alloc, now) : null,
    };
    if (replaces !== undefined) {
      const { alloc: previous, reason } = replaces;
      this.state.putAllocation({
        ...previous,
        DesiredStatus: 'stop',
        DesiredDescription: reason,
        NextAllocation: alloc.ID,
        ModifyTime: now,
      });
    }
    return this.state.putAllocation(alloc);
  }

  private updateInPlace(job: Job, { inPlace }: Reconciliation, deployment: Deployment | undefined, now: number): void {
    for (const alloc of inPlace) {
      const DeploymentID = deployment?.ID ?? '';
      this.state.putAllocation({ ...alloc, Job: job, DeploymentID, DeploymentStatus: null, ModifyTime: now });
    }
  }

  private updateDeployments({ deploymentUpdates }: Reconciliation, now: number): void {
    for (const { id, status, description } of deploymentUpdates) {
      const deployment = this.state.deployment(id);
      if (deployment === undefined) continue;
      this.state.putDeployment({ ...deployment, Status: status, StatusDescription: description, ModifyTime: now });
      if (status === 'successful') this.state.putStable(deployment.Namespace, deployment.JobID, deployment.JobVersion);
    }
  }

  private delayReschedule(evaluation: Evaluation, alloc: Allocation, at: number): void {
    const followup: Evaluation = {
      ...newEvaluation(alloc.Job, newId(), 'alloc-failure'),
      StatusDescription: 'created for delayed rescheduling',
      WaitUntil: timestamp(at),
      PreviousEval: evaluation.ID,
    };
    this.state.putEvaluation(followup);
    this.state.putAllocation({ ...alloc, FollowupEvalID: followup.ID });
    const timer = setTimeout(
      () => {
        this.timers.delete(timer);
        this.wake();
      },
      Math.max(0, at / 1_000_000 - Date.now()) + 1,
    );
    this.timers.add(timer);
  }

  private finish(
    evaluation: Evaluation,
    job: Job | undefined,
    outcome: Outcome,
    {
      snapshotIndex,
      blocked,
      deployment,
    }: {
      snapshotIndex: number;
      blocked: Evaluation | undefined;
      deployment: Deployment | undefined;
    },
  ): void {
    const failed = Object.keys(outcome.failed).length > 0;
    const { StatusDescription, ...rest } = evaluation;
    this.state.commit(() => {
      this.state.putEvaluation({
        ...rest,
        Status: 'complete',
        SnapshotIndex: snapshotIndex,
        PlanAnnotations: outcome.annotations,
        ...(job === undefined ? {} : { QueuedAllocations: outcome.queued }),
        ...(deployment === undefined ? {} : { DeploymentID: deployment.ID }),
        ...(failed ? { FailedTGAllocs: outcome.failed } : {}),
        ...(blocked === undefined ? {} : { BlockedEval: blocked.ID }),
        ModifyTime: nowNanoseconds(),
      });
      if (!failed) this.cancelBlocked(evaluation);
    });
  }

  /** What a job waited for has come, or is wanted no more. */
  private cancelBlocked(evaluation: Evaluation): void {
    for (const other of this.state.undoneEvaluations()) {
      const sameJob = other.JobID === evaluation.JobID && other.Namespace === evaluation.Namespace;
      if (other.Status !== 'blocked' || !sameJob || other.ID === evaluation.ID) continue;
      const StatusDescription = `evaluation "${evaluation.ID}" successful`;
      this.state.putEvaluation({ ...other, Status: 'canceled', StatusDescription, ModifyTime: nowNanoseconds() });
    }
  }
}

/** A system job's rollout is one over the nodes that fit: where none does, it has succeeded. */
function countNodesThatFit(reconciliation: Reconciliation, placeable: readonly Placement[]): void {
  const { deployment, placements } = reconciliation;
  if (deployment === undefined || !reconciliation.deploymentIsNew) return;
  const states = Object.entries(deployment.TaskGroups).map(([name, state]) => {
    const unfit = placements.filter((placement) => placement.group.Name === name && !placeable.includes(placement));
    return [name, { ...state, DesiredTotal: state.DesiredTotal - unfit.length }] as const;
  });
  reconciliation.deployment = { ...deployment, TaskGroups: Object.fromEntries(states) };
  if (states.some(([, state]) => state.DesiredTotal > 0)) return;
  const description = 'Deployment completed successfully';
  reconciliation.deploymentUpdates.push({ id: deployment.ID, status: 'successful', description });
}

/** The evaluation that waits for room for what could not be placed. */
export function blockedBy(evaluation: Evaluation, failed: Record<string, AllocMetric>): Evaluation {
  const base = newEvaluation(
    { ID: evaluation.JobID, Namespace: evaluation.Namespace, Type: evaluation.Type, Priority: evaluation.Priority },
    newId(),
    'queued-allocs',
  );
  const exhausted = Object.values(failed).some((metric) => metric.NodesExhausted > 0);
  return {
    ...base,
    Status: 'blocked',
    StatusDescription: 'created to place remaining allocations',
    ...(evaluation.JobModifyIndex === undefined ? {} : { JobModifyIndex: evaluation.JobModifyIndex }),
    PreviousEval: evaluation.ID,
    ClassEligibility: { [nodeClass]: exhausted },
    FailedTGAllocs: failed,
  };
}

/** A Go time that was never set. */
const zeroTime = '0001-01-01T00:00:00Z';

function trackReschedule(alloc: Allocation, now: number): Allocation['RescheduleTracker'] {
  const policy = alloc.Job.TaskGroups.find((group) => group.Name === alloc.TaskGroup)?.ReschedulePolicy;
  const event = {
    PrevAllocID: alloc.ID,
    PrevNodeID: alloc.NodeID,
    RescheduleTime: now,
    Delay: policy === null || policy === undefined ? 0 : rescheduleDelay(alloc, policy),
  };
  return { Events: [...(alloc.RescheduleTracker?.Events ?? []), event] };
}

/** Counts new allocations in their deployment; the first of a group starts its progress deadline. */
function withPlaced(deployment: Deployment, placed: readonly Allocation[], now: number): Deployment {
  const groups = { ...deployment.TaskGroups };
  for (const alloc of placed) {
    const state = groups[alloc.TaskGroup];
    if (state === undefined) continue;
    const canaries = state.PlacedCanaries ?? [];
    const deadline = state.ProgressDeadline === 0 ? null : timestamp(now + state.ProgressDeadline);
    groups[alloc.TaskGroup] = {
      ...state,
      PlacedAllocs: state.PlacedAllocs + 1,
      PlacedCanaries: alloc.DeploymentStatus?.Canary === true ? [...canaries, alloc.ID] : state.PlacedCanaries,
      RequireProgressBy: state.RequireProgressBy ?? deadline,
    };
  }
  return placed.length === 0 ? deployment : { ...deployment, TaskGroups: groups, ModifyTime: now };
}
