import { nowNanoseconds } from '../clock.ts';
import { allocationIndex, allocationName, newId } from '../ids.ts';
import { isActive, isTerminal } from '../job-status.ts';
import type {
  Allocation,
  Deployment,
  DeploymentState,
  DeploymentStatus,
  DesiredUpdates,
  Evaluation,
  Job,
  TaskGroup,
} from '../types.ts';
import { needsReplacement } from './changes.ts';
import { rescheduleDecision } from './reschedule.ts';

export interface Placement {
  readonly name: string;
  readonly group: TaskGroup;
  readonly canary: boolean;
  /** The allocation that this one replaces, and why. */
  readonly replaces?: { readonly alloc: Allocation; readonly reason: string; readonly rescheduled: boolean };
}

export interface Stop {
  readonly alloc: Allocation;
  readonly description: string;
}

export interface DeploymentUpdate {
  readonly id: string;
  readonly status: DeploymentStatus;
  readonly description: string;
}

/** What an evaluation has to do to bring a job's allocations in line with the job. */
export interface Reconciliation {
  readonly desired: Record<string, DesiredUpdates>;
  readonly placements: Placement[];
  readonly stops: Stop[];
  readonly inPlace: Allocation[];
  readonly rescheduleLater: { readonly alloc: Allocation; readonly at: number }[];
  readonly deploymentUpdates: DeploymentUpdate[];
  /** The deployment that the placements belong to, as it is to be written; new when the state does not know its id. */
  deployment: Deployment | undefined;
  deploymentIsNew: boolean;
}

const descriptions = {
  notNeeded: 'alloc not needed due to job update',
  updating: 'alloc is being updated due to job update',
  rescheduled: 'alloc was rescheduled because it failed',
  migrated: 'alloc is being migrated',
} as const;

/**
 * Compares a job with its allocations, group by group (Nomad's cluster reconciler, without lost nodes and migrations).
 *
 * @param job undefined where the job was purged.
 * @param allocations all allocations under the job's id.
 * @param latest the job's newest deployment.
 */
export function reconcile(
  evaluation: Evaluation,
  job: Job | undefined,
  allocations: readonly Allocation[],
  latest: Deployment | undefined,
): Reconciliation {
  const result: Reconciliation = {
    desired: {},
    placements: [],
    stops: [],
    inPlace: [],
    rescheduleLater: [],
    deploymentUpdates: [],
    deployment: undefined,
    deploymentIsNew: false,
  };
  const live = allocations.filter((alloc) => alloc.DesiredStatus === 'run');
  if (job === undefined || job.Stop) {
    stopAll(result, live, latest);
    return result;
  }
  const current = currentDeployment(result, job, latest);
  result.deployment = current;
  const groupNames = new Set([...job.TaskGroups.map((group) => group.Name), ...live.map((alloc) => alloc.TaskGroup)]);
  let complete = true;
  for (const name of groupNames) {
    const group = job.TaskGroups.find((candidate) => candidate.Name === name);
    const ofGroup = live.filter((alloc) => alloc.TaskGroup === name);
    const canaries = unneededCanaries(latest, current, ofGroup);
    const reconciler = new GroupReconciler(result, evaluation, job, name, group);
    complete =
      reconciler.run(
        ofGroup.filter((alloc) => !canaries.includes(alloc)),
        canaries,
      ) && complete;
  }
  finishDeployment(result, complete);
  return result;
}

function stopAll(result: Reconciliation, live: readonly Allocation[], latest: Deployment | undefined): void {
  for (const alloc of live.filter((candidate) => !isTerminal(candidate))) {
    result.stops.push({ alloc, description: descriptions.notNeeded });
    desiredOf(result, alloc.TaskGroup).Stop += 1;
  }
  if (latest !== undefined && isActive(latest)) {
    const description = 'Cancelled because job is stopped';
    result.deploymentUpdates.push({ id: latest.ID, status: 'cancelled', description });
  }
}

/** The deployment that rolls this version of the job out; one of another version is cancelled. */
function currentDeployment(result: Reconciliation, job: Job, latest: Deployment | undefined): Deployment | undefined {
  if (latest === undefined) return undefined;
  if (latest.JobCreateIndex !== job.CreateIndex || latest.JobVersion !== job.Version) {
    if (isActive(latest)) {
      const description = 'Cancelled due to newer version of job';
      result.deploymentUpdates.push({ id: latest.ID, status: 'cancelled', description });
    }
    return undefined;
  }
  return latest.Status === 'successful' ? undefined : latest;
}

/** Canaries of an older or a failed deployment that were never promoted. */
function unneededCanaries(
  latest: Deployment | undefined,
  current: Deployment | undefined,
  allocations: readonly Allocation[],
): Allocation[] {
  const abandoned = latest !== undefined && (current === undefined || current.Status === 'failed') ? latest : undefined;
  const ids = Object.values(abandoned?.TaskGroups ?? {}).flatMap((state) =>
    state.Promoted ? [] : (state.PlacedCanaries ?? []),
  );
  return allocations.filter((alloc) => ids.includes(alloc.ID));
}

function finishDeployment(result: Reconciliation, complete: boolean): void {
  const { deployment } = result;
  if (deployment === undefined) return;
  if (result.deploymentIsNew) {
    const states = Object.values(deployment.TaskGroups);
    const unpromoted = states.filter((state) => state.DesiredCanaries > 0 && !state.Promoted);
    if (unpromoted.length > 0) {
      const automatic = unpromoted.every((state) => state.AutoPromote);
      deployment.StatusDescription = automatic
        ? 'Deployment is running pending automatic promotion'
        : 'Deployment is running but requires manual promotion';
    }
  } else if (complete) {
    const description = 'Deployment completed successfully';
    result.deploymentUpdates.push({ id: deployment.ID, status: 'successful', description });
  }
}

function desiredOf(result: Reconciliation, group: string): DesiredUpdates {
  result.desired[group] ??= {
    Canary: 0,
    DestructiveUpdate: 0,
    Disconnect: 0,
    Ignore: 0,
    InPlaceUpdate: 0,
    Migrate: 0,
    Place: 0,
    Preemptions: 0,
    Reconnect: 0,
    RescheduleLater: 0,
    RescheduleNow: 0,
    Stop: 0,
  };
  return result.desired[group];
}

/** Works out what one task group needs. */
class GroupReconciler {
  private readonly result: Reconciliation;
  private readonly evaluation: Evaluation;
  private readonly job: Job;
  private readonly name: string;
  private readonly group: TaskGroup | undefined;
  private readonly desired: DesiredUpdates;

  constructor(result: Reconciliation, evaluation: Evaluation, job: Job, name: string, group: TaskGroup | undefined) {
    this.result = result;
    this.evaluation = evaluation;
    this.job = job;
    this.name = name;
    this.group = group;
    this.desired = desiredOf(result, name);
  }

  /** @returns whether the deployment has nothing left to do for this group. */
  run(allocations: readonly Allocation[], unneeded: readonly Allocation[]): boolean {
    for (const alloc of unneeded) this.stop(alloc);
    const count = this.desiredCount();
    if (this.group === undefined || count === 0) {
      for (const alloc of allocations) if (!isTerminal(alloc)) this.stop(alloc);
      return true;
    }
    const { group } = this;
    const known = this.result.deployment?.TaskGroups[this.name];
    const state: DeploymentState = known === undefined ? newState(group) : { ...known };
    const relevant = this.withoutOldTerminal(allocations);
    const { untainted, now } = this.splitFailed(relevant);
    const canaryIds = state.PlacedCanaries ?? [];
    const canaries = untainted.filter((alloc) => canaryIds.includes(alloc.ID));
    const wasCanarying = state.DesiredCanaries !== 0 && !state.Promoted;

    let kept = this.stopSurplus(untainted, canaries, count, wasCanarying);
    const { inPlace, destructive } = this.splitUpdates(kept);
    if (known === undefined) state.DesiredTotal += destructive.length + inPlace.length;

    if (wasCanarying) kept = kept.filter((alloc) => !canaries.includes(alloc));
    const wanted = desiredCanaries(this.job, group, destructive.length + canaries.length);
    const wantsCanaries = destructive.length > 0 && canaries.length < wanted && !state.Promoted;
    if (wantsCanaries) this.placeCanaries(group, state, wanted, canaries, destructive);

    const canarying = state.DesiredCanaries !== 0 && !state.Promoted;
    const limit = this.placementLimit(group, kept, destructive, count, canarying);
    const missing = this.missing(group, kept, now, count);
    if (known === undefined) state.DesiredTotal += missing.length;
    const ready = this.placeReady() && !canarying;
    const placed = this.place(missing, ready);
    const replaced = ready ? this.replace(group, destructive, limit - Math.min(missing.length, limit)) : 0;
    this.desired.Ignore += destructive.length - replaced;

    this.recordDeployment(group, state, known !== undefined, relevant, destructive.length + inPlace.length > 0);
    const idle = destructive.length + inPlace.length + placed + now.length === 0 && !wantsCanaries;
    const later = this.result.rescheduleLater.some(({ alloc }) => alloc.TaskGroup === this.name);
    return idle && !later && this.isHealthy();
  }

  /** System jobs run once on each node, and there is one. */
  private desiredCount(): number {
    const count = this.group?.Count ?? 0;
    return isOnEveryNode(this.job) ? Math.min(1, count) : count;
  }

  private get isBatch(): boolean {
    return this.job.Type === 'batch' || this.job.Type === 'sysbatch';
  }

  /** A batch job's finished allocations of an earlier version have no say in what runs now. */
  private withoutOldTerminal(allocations: readonly Allocation[]): Allocation[] {
    return allocations.filter((alloc) => {
      const old = alloc.Job.Version < this.job.Version || alloc.Job.CreateIndex < this.job.CreateIndex;
      // What has run on a node does not run there again for a change that could be made in place.
      const stays = this.job.Type === 'sysbatch' && !needsReplacement(alloc.Job, this.job, this.name);
      const ignored = this.isBatch && old && isTerminal(alloc) && !stays;
      if (ignored) this.desired.Ignore += 1;
      return !ignored;
    });
  }

  /** Failed allocations that may be replaced now are taken out; those that must wait stay and are noted. */
  private splitFailed(allocations: readonly Allocation[]): { untainted: Allocation[]; now: Allocation[] } {
    const untainted: Allocation[] = [];
    const now: Allocation[] = [];
    for (const alloc of allocations) {
      const ended = alloc.ClientStatus === 'complete' || alloc.ClientStatus === 'lost';
      if (!this.isBatch && ended) continue;
      if (alloc.DesiredTransition.Migrate === true && alloc.DesiredStatus === 'run' && !isTerminal(alloc)) {
        // A job on every node gets nothing in its place before it is evaluated again (seen on Nomad 2.0.6).
        if (isOnEveryNode(this.job)) {
          this.stop(alloc);
          untainted.push(alloc);
        } else now.push(alloc);
        continue;
      }
      if (alloc.ClientStatus !== 'failed') {
        untainted.push(alloc);
        continue;
      }
      const decision = rescheduleDecision(alloc, this.result.deployment, nowNanoseconds());
      if (decision.kind === 'now') now.push(alloc);
      else untainted.push(alloc);
      if (decision.kind === 'later') {
        this.desired.RescheduleLater += 1;
        if (alloc.FollowupEvalID === '') this.result.rescheduleLater.push({ alloc, at: decision.at });
      }
    }
    return { untainted, now };
  }

  /** Stops what is too many: first what promoted canaries replaced, then the highest indexes. */
  private stopSurplus(
    untainted: readonly Allocation[],
    canaries: readonly Allocation[],
    count: number,
    canarying: boolean,
  ): Allocation[] {
    const surplus = untainted.length - count;
    if (surplus <= 0) return [...untainted];
    const canaryNames = new Set(canaries.map((alloc) => alloc.Name));
    const replaced = (alloc: Allocation) => !canarying && canaryNames.has(alloc.Name) && !canaries.includes(alloc);
    const candidates = untainted
      .filter((alloc) => !canaries.includes(alloc))
      .sort((a, b) => Number(replaced(b)) - Number(replaced(a)) || allocationIndex(b.Name) - allocationIndex(a.Name));
    const stopped = candidates.slice(0, canarying ? Math.max(0, surplus - canaries.length) : surplus);
    for (const alloc of stopped) this.stop(alloc);
    return untainted.filter((alloc) => !stopped.includes(alloc));
  }

  private splitUpdates(allocations: readonly Allocation[]): { inPlace: Allocation[]; destructive: Allocation[] } {
    const inPlace: Allocation[] = [];
    const destructive: Allocation[] = [];
    for (const alloc of allocations) {
      if (alloc.Job.JobModifyIndex === this.job.JobModifyIndex) this.desired.Ignore += 1;
      else if (needsReplacement(alloc.Job, this.job, this.name)) destructive.push(alloc);
      else if (isTerminal(alloc)) this.desired.Ignore += 1;
      else inPlace.push(alloc);
    }
    this.desired.InPlaceUpdate += inPlace.length;
    this.result.inPlace.push(...inPlace);
    return { inPlace, destructive: destructive.sort((a, b) => allocationIndex(a.Name) - allocationIndex(b.Name)) };
  }

  private placeCanaries(
    group: TaskGroup,
    state: DeploymentState,
    desired: number,
    canaries: readonly Allocation[],
    destructive: readonly Allocation[],
  ): void {
    state.DesiredCanaries = desired;
    if (!this.placeReady()) return;
    const wanted = desired - canaries.length;
    this.desired.Canary += wanted;
    if (isOnEveryNode(this.job)) {
      // There is one place on a node: the canary takes that of its predecessor.
      for (const alloc of destructive.slice(0, wanted)) {
        const replaces = { alloc, reason: descriptions.updating, rescheduled: false };
        this.result.placements.push({ name: alloc.Name, group, canary: true, replaces });
      }
      return;
    }
    const taken = new Set(canaries.map((alloc) => alloc.Name));
    const names = destructive.map((alloc) => alloc.Name).filter((name) => !taken.has(name));
    for (let index = 0; names.length < wanted; index += 1) {
      const name = allocationName(this.job.ID, this.name, index);
      if (!names.includes(name) && !taken.has(name)) names.push(name);
    }
    for (const name of names.slice(0, wanted)) this.result.placements.push({ name, group, canary: true });
  }

  /** How many allocations may be started at once, `max_parallel` less those that are not healthy yet. */
  private placementLimit(
    group: TaskGroup,
    kept: readonly Allocation[],
    destructive: readonly Allocation[],
    count: number,
    canarying: boolean,
  ): number {
    if (group.Update === null || group.Update.MaxParallel === 0 || destructive.length === 0) return count;
    const { deployment } = this.result;
    if (deployment === undefined) return group.Update.MaxParallel;
    if (!this.placeReady() || canarying) return 0;
    const ours = kept.filter((alloc) => alloc.DeploymentID === deployment.ID);
    if (ours.some((alloc) => alloc.DeploymentStatus?.Healthy === false)) return 0;
    const undecided = ours.filter((alloc) => alloc.DeploymentStatus?.Healthy !== true).length;
    return Math.max(0, group.Update.MaxParallel - undecided);
  }

  /** Replacements of failed allocations, and what the count still lacks. */
  private missing(
    group: TaskGroup,
    kept: readonly Allocation[],
    failed: readonly Allocation[],
    count: number,
  ): Placement[] {
    const placements = failed.map(
      (alloc): Placement => ({
        name: alloc.Name,
        group,
        canary: alloc.DeploymentStatus?.Canary ?? false,
        replaces:
          alloc.ClientStatus === 'failed'
            ? { alloc, reason: descriptions.rescheduled, rescheduled: true }
            : { alloc, reason: descriptions.migrated, rescheduled: false },
      }),
    );
    const taken = new Set([...kept, ...failed].map((alloc) => alloc.Name));
    for (let index = 0; kept.length + placements.length < count; index += 1) {
      const name = allocationName(this.job.ID, this.name, index);
      if (!taken.has(name)) placements.push({ name, group, canary: false });
    }
    return placements;
  }

  /** @returns how many are placed. A deployment that is paused or failed still lets others' failures be replaced. */
  private place(missing: readonly Placement[], ready: boolean): number {
    const allowed = missing.filter(({ replaces }) => {
      if (ready) return true;
      const ours = replaces?.alloc.DeploymentID === this.result.deployment?.ID;
      return replaces !== undefined && !(ours && this.result.deployment?.Status === 'failed');
    });
    this.desired.Place += allowed.length;
    this.desired.Stop += allowed.filter(({ replaces }) => replaces !== undefined).length;
    this.result.placements.push(...allowed);
    return allowed.length;
  }

  private replace(group: TaskGroup, destructive: readonly Allocation[], limit: number): number {
    const replaced = destructive.slice(0, limit);
    this.desired.DestructiveUpdate += replaced.length;
    for (const alloc of replaced) {
      const replaces = { alloc, reason: descriptions.updating, rescheduled: false };
      this.result.placements.push({ name: alloc.Name, group, canary: false, replaces });
    }
    return replaced.length;
  }

  private recordDeployment(
    group: TaskGroup,
    state: DeploymentState,
    known: boolean,
    relevant: readonly Allocation[],
    updating: boolean,
  ): void {
    const { result, job } = this;
    const deploys = (job.Type === 'service' || job.Type === 'system') && (group.Update?.MaxParallel ?? 0) > 0;
    if (!known) {
      const hadRunning = relevant.some(
        (alloc) => alloc.Job.Version === job.Version && alloc.Job.CreateIndex === job.CreateIndex,
      );
      if (!deploys || state.DesiredTotal === 0 || (hadRunning && !updating)) return;
    }
    if (result.deployment === undefined) {
      result.deployment = newDeployment(job, this.evaluation.Priority);
      result.deploymentIsNew = true;
    }
    result.deployment = {
      ...result.deployment,
      TaskGroups: { ...result.deployment.TaskGroups, [this.name]: state },
    };
  }

  private isHealthy(): boolean {
    const state = this.result.deployment?.TaskGroups[this.name];
    if (state === undefined) return true;
    const wanted = Math.max(state.DesiredTotal, state.DesiredCanaries);
    return state.HealthyAllocs >= wanted && (state.DesiredCanaries === 0 || state.Promoted);
  }

  private placeReady(): boolean {
    const status = this.result.deployment?.Status;
    return status !== 'paused' && status !== 'failed';
  }

  private stop(alloc: Allocation): void {
    this.desired.Stop += 1;
    this.result.stops.push({ alloc, description: descriptions.notNeeded });
  }
}

function isOnEveryNode({ Type }: Job): boolean {
  return Type === 'system' || Type === 'sysbatch';
}

/** Of a job on every node, `canary` is a percentage of the allocations that are replaced. */
function desiredCanaries(job: Job, { Update }: TaskGroup, replaced: number): number {
  if (Update === null || !isOnEveryNode(job)) return Update?.Canary ?? 0;
  return Math.min(Math.ceil((Update.Canary * replaced) / 100), Update.MaxParallel);
}

function newState(group: TaskGroup): DeploymentState {
  return {
    AutoPromote: group.Update?.AutoPromote ?? false,
    AutoRevert: group.Update?.AutoRevert ?? false,
    DesiredCanaries: 0,
    DesiredTotal: 0,
    HealthyAllocs: 0,
    PlacedAllocs: 0,
    PlacedCanaries: null,
    ProgressDeadline: group.Update?.ProgressDeadline ?? 0,
    Promoted: false,
    RequireProgressBy: null,
    UnhealthyAllocs: 0,
  };
}

function newDeployment(job: Job, priority: number): Deployment {
  return {
    ID: newId(),
    Namespace: job.Namespace,
    JobID: job.ID,
    JobVersion: job.Version,
    JobModifyIndex: job.ModifyIndex,
    JobSpecModifyIndex: job.JobModifyIndex,
    JobCreateIndex: job.CreateIndex,
    IsMultiregion: false,
    EvalPriority: priority,
    Status: 'running',
    StatusDescription: 'Deployment is running',
    TaskGroups: {},
    CreateTime: nowNanoseconds(),
    ModifyTime: 0,
    CreateIndex: 0,
    ModifyIndex: 0,
  };
}
