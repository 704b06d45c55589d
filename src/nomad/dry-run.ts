import type { JobChange } from '../result.ts';
import { type DesiredUpdates, type Job, type JobPlan, type JobRef, jobPath, jobPlanSchema } from './api.ts';
import type { NomadClient } from './client.ts';
import { type Disclosure, differences, withoutServerFields } from './diff.ts';
import { flattenErrors, isErrorList } from './error-list.ts';
import { NomadResponseError } from './errors.ts';
import { describePlacementFailure, driversOf } from './placement.ts';
import type { RenderedJob } from './specification.ts';
import { refused } from './specification-faults.ts';
import { defaultsOf } from './stated.ts';

/** A job, and what registering it would do, as Nomad itself foresees it. */
export interface PlannedJob {
  readonly job: RenderedJob;
  readonly planned: JobPlan;
}

/**
 * What registering the jobs would do, as Nomad itself foresees it; nothing is changed.
 *
 * @throws ActionError `job-specification` for a job that Nomad would not take.
 */
export async function planJobs(client: NomadClient, jobs: readonly RenderedJob[]): Promise<PlannedJob[]> {
  return await Promise.all(jobs.map(async (job) => ({ job, planned: await plan(client, job) })));
}

/**
 * The same in the action's words, sorted by namespace and id.
 *
 * @param disclose what may be shown of a job's differences; nothing where none of them may
 */
export function describePlans(
  plans: readonly PlannedJob[],
  disclose: (job: RenderedJob) => Disclosure | undefined,
): JobChange[] {
  return plans.map(({ job, planned }) => change(job, planned, disclose(job))).sort(byNamespaceAndId);
}

/** Whether registering the pack leaves the job as it is. One that is redeployed gets its new allocations after that. */
export function leavesAlone({ action }: JobChange): boolean {
  return action === 'none' || action === 'redeploy';
}

/** The same job, where a deploy gives it new allocations; what launches other jobs does so with the present version anyway. */
export function redeployed(change: JobChange, job: Job | undefined): JobChange {
  if (change.action !== 'none' || job === undefined || !canRedeploy(job)) return change;
  const groups = change.groups.map((group) => ({ ...group, replace: group.replace + group.unchanged, unchanged: 0 }));
  return { ...change, action: 'redeploy', groups };
}

/**
 * Whether there are allocations of the job itself that new ones can take the place of. On a node where a sysbatch job has run, whether well, badly
 * or not to its end, Nomad does not run the same job again, not even after a stop.
 */
export function canRedeploy({ Type, Stop, Periodic, ParameterizedJob }: Job): boolean {
  return !Stop && Periodic === null && ParameterizedJob === null && Type !== 'sysbatch';
}

/** By namespace, then by id. */
export function byNamespaceAndId(a: JobRef, b: JobRef): number {
  if (a.namespace !== b.namespace) return a.namespace < b.namespace ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

async function plan(client: NomadClient, { id, namespace, file, specification }: RenderedJob): Promise<JobPlan> {
  const payload = { Job: specification, Diff: true };
  try {
    const asked = { query: { namespace }, repeatable: true };
    const { body } = await client.post(jobPath(id, '/plan'), jobPlanSchema, payload, asked);
    return { ...body, Diff: body.Diff && withoutServerFields(body.Diff) };
  } catch (error) {
    if (!(error instanceof NomadResponseError && isErrorList(error.words)) || error.reason !== 'nomad-error')
      throw error;
    throw refused([{ id, file, words: flattenErrors(error.words) }], error);
  }
}

function change(
  { id, namespace, specification }: RenderedJob,
  planned: JobPlan,
  disclosure: Disclosure | undefined,
): JobChange {
  const updates = Object.entries(planned.Annotations?.DesiredTGUpdates ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  const counted = updates.map(([name, update]) => ({ name, ...countUpdates(update) }));
  const action = actionOf(planned, counted);
  const groups = action === 'none' ? counted.map(untouched) : counted;
  const found =
    planned.Diff === null || disclosure === undefined
      ? []
      : differences(planned.Diff, disclosure, defaultsOf(specification));
  return {
    id,
    namespace,
    action,
    groups,
    placementFailures: Object.entries(planned.FailedTGAllocs ?? {})
      .map(
        ([group, metric]) => `group "${group}": ${describePlacementFailure(metric, driversOf(specification, group))}`,
      )
      .sort(),
    basedOn: planned.JobModifyIndex,
    diff: found.map(({ line }) => line),
    fields: found.map(({ field }) => field),
  };
}

function countUpdates(update: DesiredUpdates): Omit<JobChange['groups'][number], 'name'> {
  return {
    create: update.Place + update.Canary,
    updateInPlace: update.InPlaceUpdate,
    replace: update.DestructiveUpdate + update.Migrate,
    stop: update.Stop,
    unchanged: update.Ignore,
  };
}

/** Nomad takes a version with a tag for another one than the same job without; a deploy leaves it alone. */
function untouched<Group extends JobChange['groups'][number]>(group: Group): Group {
  return { ...group, unchanged: group.unchanged + group.updateInPlace, updateInPlace: 0 };
}

function actionOf({ JobModifyIndex, Diff }: JobPlan, groups: JobChange['groups']): JobChange['action'] {
  if (JobModifyIndex === 0) return 'create';
  if (Diff === null || Diff.Type === 'None') return 'none';
  return groups.some((group) => group.replace > 0) ? 'replace' : 'update';
}
