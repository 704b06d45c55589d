import type { GroupState, Status } from '../../result.ts';
import type { WaitFor } from '../../settings/settings.ts';
import type { Allocation, Deployment, Job, JobStatuses } from '../api.ts';
import type { SubmittedJob } from '../submission.ts';
import type { Outlook } from './outlook.ts';

/** What is known of a job when it is judged. What costs a request is asked for when it is needed, and once. */
export interface Moment {
  readonly job: SubmittedJob;
  readonly nomad: JobStatuses;
  /** The job as it was submitted; undefined where Nomad has forgotten that version. */
  readonly specification: Job | undefined;
  /** The job as Nomad has it now; undefined where its versions do not show it yet. */
  readonly current: Job | undefined;
  /** By the rules for all operations: of the version that Nomad has now. */
  readonly status: Status;
  readonly groups: readonly GroupState[];
  readonly waitFor: WaitFor;
  readonly memory: Memory;
  /** Milliseconds of a clock that only runs forward. */
  readonly now: number;
  /** How soon to look again at what Nomad does not tell of by itself. Milliseconds; grows while nothing changes. */
  readonly backoff: number;
  readonly outlook: () => Promise<Outlook>;
  readonly deployments: () => Promise<readonly Deployment[]>;
  readonly allocations: () => Promise<readonly Allocation[]>;
}

/** What must be remembered of a job from one look to the next. */
export interface Memory {
  /** What was seen when nothing was to be expected any more. */
  idle?: readonly unknown[];
  /** By task group that has no allocation, since when there is no place for one. */
  readonly unplacedSince: Map<string, number>;
  /** By a start of a task, since when it is known. */
  readonly startedSince: Map<string, number>;
  /** Since when Nomad has been taking the job back. */
  revertedSince?: number;
}

export function newMemory(): Memory {
  return { unplacedSince: new Map(), startedSince: new Map() };
}

/** The task group's settings for updates; a job without any has none. */
export function updateOf({ specification }: Moment, group: string) {
  return specification?.TaskGroups?.find(({ Name }) => Name === group)?.Update ?? specification?.Update ?? undefined;
}

/** `group "app": 1 of 3 healthy`, of the groups that lack something. */
export function describeShortage(groups: readonly GroupState[], word = 'healthy'): string {
  const short = groups.filter(({ desired, healthy }) => healthy < desired);
  return short.map(({ name, desired, healthy }) => `group "${name}": ${healthy} of ${desired} ${word}`).join('; ');
}
