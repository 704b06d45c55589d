import type { Evaluation, Job } from '../api.ts';
import { describePlacementFailure, driversOf } from '../placement.ts';

/** What Nomad's scheduler still means to do for a job. */
export type Outlook =
  /** It is about to look at the job. */
  | { readonly kind: 'scheduling' }
  /** It found no place for allocations. By task group, why. */
  | { readonly kind: 'blocked'; readonly groups: ReadonlyMap<string, string> }
  /** It will replace a failed allocation, later. */
  | { readonly kind: 'rescheduling' }
  /** Nothing: how it is now is how it stays. `trouble` are the words of an evaluation that failed. */
  | { readonly kind: 'idle'; readonly trouble: string };

/**
 * Reads the evaluations of a job, in any order.
 *
 * @param job names the drivers that a group needs
 */
export function readOutlook(evaluations: readonly Evaluation[], job?: Job): Outlook {
  const pending = evaluations.filter((evaluation) => evaluation.Status === 'pending');
  if (pending.some(({ WaitUntil }) => !isLater(WaitUntil))) return { kind: 'scheduling' };
  const latest = newest(evaluations.filter(({ Status }) => Status === 'complete' || Status === 'failed'));
  const blocked = newest(evaluations.filter(({ Status }) => Status === 'blocked'));
  // A system job that no node fits leaves no blocked evaluation behind.
  const groups = placementFailures(blocked, job) ?? placementFailures(latest, job);
  if (groups !== undefined) return { kind: 'blocked', groups };
  if (blocked !== undefined) return { kind: 'scheduling' };
  if (pending.length > 0) return { kind: 'rescheduling' };
  return { kind: 'idle', trouble: latest?.Status === 'failed' ? (latest.StatusDescription ?? '') : '' };
}

/** Go writes a time that was not set as one of the year 1. */
function isLater(time: string | undefined): boolean {
  return time !== undefined && new Date(time).getFullYear() > 1;
}

function newest(evaluations: readonly Evaluation[]): Evaluation | undefined {
  return [...evaluations].sort((a, b) => b.CreateIndex - a.CreateIndex)[0];
}

function placementFailures(evaluation: Evaluation | undefined, job: Job | undefined): Map<string, string> | undefined {
  // Nomad tells of the groups in another order each time.
  const failed = Object.entries(evaluation?.FailedTGAllocs ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  if (failed.length === 0) return undefined;
  return new Map(failed.map(([group, metric]) => [group, describePlacementFailure(metric, driversOf(job, group))]));
}

/** `group "app" cannot be placed: no node has 999,999 MB of memory free: 1 of 1 nodes exhausted`; several joined with `; `. */
export function describeBlocked(groups: ReadonlyMap<string, string>): string {
  return [...groups].map(([group, why]) => `group "${group}" cannot be placed: ${why}`).join('; ');
}
