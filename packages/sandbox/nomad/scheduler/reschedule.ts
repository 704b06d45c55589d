import { isClientTerminal } from '../job-status.ts';
import type { Allocation, Deployment, ReschedulePolicy } from '../types.ts';

/** When a failed allocation may be replaced: at once, at a time (Unix nanoseconds), or never. */
export type RescheduleDecision = { kind: 'now' } | { kind: 'later'; at: number } | { kind: 'never' };

/** Delays shorter than this are not worth waiting for (`rescheduleWindowSize`). */
const window = 1_000_000_000;

/**
 * Decides by the group's reschedule policy. While a deployment is active, its own failed allocations wait for the
 * deployment to allow their replacement.
 */
export function rescheduleDecision(
  alloc: Allocation,
  deployment: Deployment | undefined,
  now: number,
): RescheduleDecision {
  const policy = alloc.Job.TaskGroups.find((group) => group.Name === alloc.TaskGroup)?.ReschedulePolicy;
  if (policy === null || policy === undefined || alloc.NextAllocation !== '') return { kind: 'never' };
  const heldByDeployment =
    deployment !== undefined &&
    alloc.DeploymentID === deployment.ID &&
    (deployment.Status === 'running' || deployment.Status === 'paused') &&
    alloc.DesiredTransition.Reschedule !== true;
  if (heldByDeployment || !isEligible(alloc, policy, now)) return { kind: 'never' };
  const at = failTime(alloc) + rescheduleDelay(alloc, policy);
  return at - now <= window ? { kind: 'now' } : { kind: 'later', at };
}

/** Whether the policy leaves the failed allocation another try. */
export function isEligible(alloc: Allocation, policy: ReschedulePolicy, now: number): boolean {
  if (alloc.ClientStatus !== 'failed') return false;
  if (policy.Unlimited) return true;
  const since = now - policy.Interval;
  const tries = (alloc.RescheduleTracker?.Events ?? []).filter((event) => event.RescheduleTime > since);
  return policy.Attempts > 0 && tries.length < policy.Attempts;
}

/** How long to wait before the next try, growing as the policy says. */
export function rescheduleDelay(alloc: Allocation, policy: ReschedulePolicy): number {
  const delays = (alloc.RescheduleTracker?.Events ?? []).map((event) => event.Delay);
  const last = delays.at(-1);
  if (last === undefined || policy.DelayFunction === 'constant') return policy.Delay;
  const grown = policy.DelayFunction === 'exponential' ? last * 2 : last + (delays.at(-2) ?? last);
  return policy.MaxDelay > 0 ? Math.min(grown, policy.MaxDelay) : grown;
}

function failTime(alloc: Allocation): number {
  const finished = Object.values(alloc.TaskStates ?? {}).map((task) => Date.parse(task.FinishedAt ?? '') * 1_000_000);
  const known = finished.filter((time) => !Number.isNaN(time));
  return known.length > 0 && isClientTerminal(alloc) ? Math.max(...known) : alloc.ModifyTime;
}
