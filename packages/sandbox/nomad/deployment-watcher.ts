import { nowNanoseconds } from './clock.ts';
import { newId } from './ids.ts';
import { isActive } from './job-status.ts';
import { multierror } from './multierror.ts';
import { specChanged } from './scheduler/changes.ts';
import { isEligible } from './scheduler/reschedule.ts';
import { newEvaluation, type State } from './state.ts';
import type { Allocation, Deployment, Evaluation, Job } from './types.ts';

/** What a request that drives a deployment on answers with. */
export interface DeploymentChange {
  readonly index: number;
  readonly evaluationId: string;
  readonly revertedJobVersion?: number;
}

/**
 * Drives deployments on: an evaluation when allocations became healthy, failure on an unhealthy one or a missed
 * deadline, the way back to the last stable version, promotion.
 */
export class DeploymentWatcher {
  private readonly state: State;
  private readonly deadlines = new Map<string, { at: string; timer: NodeJS.Timeout }>();
  private readonly seenHealth = new Map<string, number>();
  private scheduled: NodeJS.Immediate | undefined;
  private stopped = false;

  constructor(state: State) {
    this.state = state;
    state.events.on('change', () => this.wake());
  }

  stop(): void {
    this.stopped = true;
    if (this.scheduled !== undefined) clearImmediate(this.scheduled);
    for (const { timer } of this.deadlines.values()) clearTimeout(timer);
  }

  /**
   * Promotes the canaries of all groups, or of the named ones.
   *
   * @throws PromotionError when they are not healthy or there are none.
   */
  promote(deployment: Deployment, groups: readonly string[] | undefined): DeploymentChange {
    const problems = promotionProblems(deployment, groups);
    if (problems.length > 0) throw new PromotionError(multierror(problems));
    const states = Object.entries(deployment.TaskGroups).map(([name, state]) => {
      const chosen = state.DesiredCanaries > 0 && (groups === undefined || groups.includes(name));
      return [name, chosen ? { ...state, Promoted: true } : state] as const;
    });
    const TaskGroups = Object.fromEntries(states);
    const waits = Object.values(TaskGroups).some((state) => state.DesiredCanaries > 0 && !state.Promoted);
    const StatusDescription = waits ? deployment.StatusDescription : 'Deployment is running';
    return this.write({ ...deployment, TaskGroups, StatusDescription });
  }

  fail(deployment: Deployment): DeploymentChange {
    return this.failWith(deployment, 'Deployment marked as failed', autoReverts(deployment));
  }

  pause(deployment: Deployment): DeploymentChange {
    const index = this.state.commit(() => {
      const StatusDescription = 'Deployment is paused';
      this.state.putDeployment({ ...deployment, Status: 'paused', StatusDescription, ModifyTime: nowNanoseconds() });
    });
    return { index, evaluationId: '' };
  }

  resume(deployment: Deployment): DeploymentChange {
    return this.write({ ...deployment, Status: 'running', StatusDescription: 'Deployment is running' });
  }

  private wake(): void {
    if (this.stopped || this.scheduled !== undefined) return;
    this.scheduled = setImmediate(() => {
      this.scheduled = undefined;
      const active = this.state.unfinishedDeployments();
      for (const deployment of active) this.check(deployment);
      const ids = new Set(active.map((deployment) => deployment.ID));
      for (const id of this.deadlines.keys()) if (!ids.has(id)) this.clearDeadline(id);
    });
  }

  private check(deployment: Deployment): void {
    const allocations = this.state
      .jobAllocations(deployment.Namespace, deployment.JobID, true)
      .filter((alloc) => alloc.DeploymentID === deployment.ID);
    this.watchDeadline(deployment, allocations);
    const unhealthy = allocations.filter((alloc) => alloc.DeploymentStatus?.Healthy === false);
    const fatal = unhealthy.filter((alloc) => !mayRecover(deployment, alloc));
    if (fatal.length > 0) {
      const reverts = fatal.some((alloc) => deployment.TaskGroups[alloc.TaskGroup]?.AutoRevert === true);
      this.failWith(deployment, 'Failed due to unhealthy allocations', reverts);
      return;
    }
    this.allowReplacements(deployment, unhealthy);
    if (this.promoteByItself(deployment, allocations)) return;
    const healthy = allocations.filter((alloc) => alloc.DeploymentStatus?.Healthy === true);
    const newest = Math.max(0, ...healthy.map((alloc) => alloc.DeploymentStatus?.ModifyIndex ?? 0));
    if (newest > (this.seenHealth.get(deployment.ID) ?? 0)) {
      this.seenHealth.set(deployment.ID, newest);
      this.state.commit(() => this.state.putEvaluation(evaluationFor(deployment, this.jobOf(deployment))));
    }
  }

  /** An unhealthy allocation may be replaced while the deployment goes on, if its group's policy has tries left. */
  private allowReplacements(deployment: Deployment, unhealthy: readonly Allocation[]): void {
    const waiting = unhealthy.filter((alloc) => alloc.DesiredTransition.Reschedule !== true);
    if (waiting.length === 0) return;
    this.state.commit(() => {
      for (const alloc of waiting) {
        this.state.putAllocation({ ...alloc, DesiredTransition: { ...alloc.DesiredTransition, Reschedule: true } });
      }
      this.state.putEvaluation(evaluationFor(deployment, this.jobOf(deployment)));
    });
  }

  private promoteByItself(deployment: Deployment, allocations: readonly Allocation[]): boolean {
    const canaryGroups = Object.values(deployment.TaskGroups).filter((state) => state.DesiredCanaries > 0);
    const unpromoted = canaryGroups.some((state) => !state.Promoted);
    const ready = canaryGroups.every((state) => {
      const canaries = allocations.filter((alloc) => state.PlacedCanaries?.includes(alloc.ID));
      const healthy = canaries.filter((alloc) => alloc.DeploymentStatus?.Healthy === true);
      return state.AutoPromote && healthy.length === state.DesiredCanaries;
    });
    if (!unpromoted || !ready) return false;
    this.promote(deployment, undefined);
    return true;
  }

  private watchDeadline(deployment: Deployment, allocations: readonly Allocation[]): void {
    const open = Object.entries(deployment.TaskGroups).filter(([name, state]) => {
      const healthy = allocations.filter(
        (alloc) =>
          alloc.TaskGroup === name && alloc.DesiredStatus === 'run' && alloc.DeploymentStatus?.Healthy === true,
      );
      const unpromoted = state.DesiredCanaries > 0 && !state.Promoted;
      return unpromoted || healthy.length < state.DesiredTotal;
    });
    const at = open.flatMap(([, state]) => state.RequireProgressBy ?? []).sort()[0];
    if (at === this.deadlines.get(deployment.ID)?.at) return;
    this.clearDeadline(deployment.ID);
    if (at === undefined) return;
    const timer = setTimeout(() => this.missDeadline(deployment.ID), Math.max(0, Date.parse(at) - Date.now()));
    this.deadlines.set(deployment.ID, { at, timer });
  }

  private clearDeadline(id: string): void {
    clearTimeout(this.deadlines.get(id)?.timer);
    this.deadlines.delete(id);
  }

  /** Fails what lacks healthy allocations; canaries that are healthy may wait for their promotion for ever. */
  private missDeadline(id: string): void {
    const deployment = this.state.deployment(id);
    if (deployment === undefined || deployment.Status !== 'running') return;
    const late = Object.values(deployment.TaskGroups).filter((state) => {
      const canarying = state.DesiredCanaries > 0 && !state.Promoted;
      return state.HealthyAllocs < (canarying ? state.DesiredCanaries : state.DesiredTotal);
    });
    if (late.length === 0) return;
    this.failWith(
      deployment,
      'Failed due to progress deadline',
      late.some((state) => state.AutoRevert),
    );
  }

  private failWith(deployment: Deployment, reason: string, reverts: boolean): DeploymentChange {
    const current = this.jobOf(deployment);
    const stable = reverts ? this.latestStable(deployment) : undefined;
    const changes = stable !== undefined && current !== undefined && specChanged(current, stable);
    let StatusDescription = reason;
    if (reverts) {
      if (stable === undefined) StatusDescription += ' - no stable job version to auto revert to';
      else if (changes) StatusDescription += ` - rolling back to job version ${stable.Version}`;
      else
        StatusDescription += ` - not rolling back to stable job version ${stable.Version} as current job has same specification`;
    }
    const change = this.write({ ...deployment, Status: 'failed', StatusDescription }, changes ? stable : undefined);
    return changes && stable !== undefined ? { ...change, revertedJobVersion: stable.Version } : change;
  }

  private latestStable(deployment: Deployment): Job | undefined {
    return this.state.jobVersions(deployment.Namespace, deployment.JobID).find((job) => job.Stable);
  }

  /** Writes the deployment, the job that it goes back to, and an evaluation, in one step. */
  private write(deployment: Deployment, revertTo?: Job): DeploymentChange {
    const evaluation = evaluationFor(deployment, this.jobOf(deployment));
    const index = this.state.commit(() => {
      this.state.putDeployment({ ...deployment, ModifyTime: nowNanoseconds() });
      this.state.putEvaluation(evaluation);
      if (revertTo !== undefined) this.state.putJobVersion(revertTo);
    });
    return { index, evaluationId: evaluation.ID };
  }

  private jobOf(deployment: Deployment): Job | undefined {
    return this.state.job(deployment.Namespace, deployment.JobID);
  }
}

/** Why canaries cannot be promoted, in Nomad's words. */
export class PromotionError extends Error {}

function promotionProblems(deployment: Deployment, groups: readonly string[] | undefined): string[] {
  const chosen = Object.entries(deployment.TaskGroups).filter(
    ([name]) => groups === undefined || groups.includes(name),
  );
  const canaries = chosen.filter(([, state]) => state.DesiredCanaries > 0 && !state.Promoted);
  if (canaries.length === 0) return ['no canaries to promote'];
  return canaries.flatMap(([name, state]) => {
    if (state.HealthyAllocs >= state.DesiredCanaries) return [];
    return [`Task group "${name}" has ${state.HealthyAllocs}/${state.DesiredCanaries} healthy allocations`];
  });
}

function autoReverts(deployment: Deployment): boolean {
  return Object.values(deployment.TaskGroups).some((state) => state.AutoRevert);
}

function mayRecover(deployment: Deployment, alloc: Allocation): boolean {
  if (deployment.TaskGroups[alloc.TaskGroup]?.ProgressDeadline === 0) return false;
  const policy = alloc.Job.TaskGroups.find((group) => group.Name === alloc.TaskGroup)?.ReschedulePolicy;
  if (alloc.NextAllocation !== '') return true;
  // Unhealthy without having failed: it may still come round before the deadline.
  if (policy === null || policy === undefined) return false;
  return isActive(deployment) && isEligible(alloc, policy, nowNanoseconds());
}

function evaluationFor(deployment: Deployment, job: Job | undefined): Evaluation {
  const of = {
    ID: deployment.JobID,
    Namespace: deployment.Namespace,
    Type: job?.Type ?? 'service',
    Priority: deployment.EvalPriority,
  };
  return { ...newEvaluation(of, newId(), 'deployment-watcher'), DeploymentID: deployment.ID };
}
