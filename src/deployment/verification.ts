import { ActionError } from '../errors.ts';
import { changesOf } from '../nomad/diff.ts';
import type { PlannedJob } from '../nomad/dry-run.ts';
import { jobKey } from '../nomad/jobs.ts';
import type { RenderedJob } from '../nomad/specification.ts';
import type { SubmittedJob } from '../nomad/submission.ts';
import type { Claim } from './claim.ts';
import { type Deployment, nameJobs } from './deployment.ts';

/** What was planned, and what it was planned upon. */
export interface Planned {
  readonly jobs: readonly RenderedJob[];
  readonly claim: Claim;
}

/**
 * Whether nomad-pack registered what was planned: it renders the pack anew, and a template may say something else each time. Nomad is asked
 * what the planned jobs would change now; what it compares them with is what runs, its own defaults included. Jobs that somebody else
 * has changed since are left out, and so are those that are as they were, which is told by other means. One request for each job.
 *
 * @returns why not; undefined where it did
 */
export async function verifyRegistered(
  deployment: Deployment,
  submitted: readonly SubmittedJob[],
  { jobs, claim }: Planned,
  redact: (text: string) => string,
): Promise<ActionError | undefined> {
  const there = submitted.filter(({ change }) => change !== 'missing');
  const ownerless = there.filter(({ meta }) => !deployment.owns(meta));
  if (ownerless.length > 0) return lostMetadata(ownerless);
  const index = new Map(
    there.filter(({ change }) => change !== 'unchanged').map((job) => [jobKey(job), job.jobModifyIndex]),
  );
  const changed = jobs.filter((job) => index.has(jobKey(job)));
  const others = (await deployment.plan(changed, claim.existing)).filter(({ job, planned }) => {
    return planned.JobModifyIndex === index.get(jobKey(job)) && planned.Diff !== null && planned.Diff.Type !== 'None';
  });
  const rendered = new Set(jobs.map(jobKey));
  const unplanned = there.filter((job) => !rendered.has(jobKey(job)));
  return others.length + unplanned.length === 0 ? undefined : notAsPlanned(others, unplanned, redact);
}

function lostMetadata(jobs: readonly SubmittedJob[]): ActionError {
  return new ActionError(
    'job-specification',
    `Registered without the metadata of this deployment, so that no later step finds it: ${nameJobs(jobs)}.`,
    {
      hint: 'Write plain values in the `meta` of the job, and nothing beside the `job` block. Then deploy with `adopt_jobs`, or stop the job by hand: `nomad job stop -purge`.',
    },
  );
}

/** Says where the jobs differ, and not in what: nobody has looked whether that may be shown. */
function notAsPlanned(
  plans: readonly PlannedJob[],
  unplanned: readonly SubmittedJob[],
  redact: (text: string) => string,
): ActionError {
  const added = unplanned.map(
    ({ id, namespace }) => `nomad-pack registered job "${id}" in namespace "${namespace}", which was not planned`,
  );
  const lines = plans.map(({ job: { id, namespace }, planned: { Diff } }) => {
    const places = Diff === null ? [] : changesOf(Diff).map(({ path }) => redact(path));
    return `Job "${id}" in namespace "${namespace}" is not what was planned. It differs in ${places.sort().join('; ') || 'itself'}`;
  });
  return new ActionError('not-as-planned', [...added, ...lines].join('\n'), {
    hint: 'nomad-pack renders the pack anew when it runs it, and a template of this pack comes out differently each time (a time, a random value, or the command line is in it). Take that out, or give it to the pack as a variable, such as `github.run_id`.',
  });
}
