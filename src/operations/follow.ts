import type { NomadClient } from '../nomad/client.ts';
import { keepCounts } from '../nomad/counts.ts';
import { describePlans, planJobs } from '../nomad/dry-run.ts';
import { jobKey, readExisting } from '../nomad/jobs.ts';
import type { RolloutOutcome } from '../nomad/rollout/outcome.ts';
import type { RenderedJob } from '../nomad/specification.ts';
import { findSubmitted, NOTHING_CLAIMED, type SubmittedJob, snapshotVersions } from '../nomad/submission.ts';
import type { DeploymentSettings } from '../settings/settings.ts';
import { nameJobs } from './survey.ts';
import type { Tools } from './tools.ts';
import { watch } from './watch.ts';

/**
 * Watches what was submitted. Where somebody else's version has taken the place of this step's and says the same, as of two identical
 * deploys at once, what was asked for is what runs: that version is watched on.
 *
 * @param jobs what the pack renders to
 */
export async function follow(
  client: NomadClient,
  settings: DeploymentSettings,
  tools: Tools,
  jobs: readonly RenderedJob[],
  submitted: readonly SubmittedJob[],
): Promise<RolloutOutcome> {
  const end = performance.now() + settings.rollout.timeout;
  let followed = submitted;
  for (;;) {
    const timeout = Math.max(1, end - performance.now());
    const outcome = await watch(client, followed, { ...settings, rollout: { ...settings.rollout, timeout } }, tools);
    const others = await findTwins(client, settings, jobs, followed, outcome);
    if (others.length === 0) return outcome;
    tools.log.notice(`Deployed once more meanwhile by somebody else, and just the same: ${nameJobs(others)}.`);
    const taken = new Map(others.map((job) => [jobKey(job), job]));
    followed = followed.map((job) => taken.get(jobKey(job)) ?? job);
  }
}

/** The newer versions by somebody else that say what the pack renders to. */
async function findTwins(
  client: NomadClient,
  settings: DeploymentSettings,
  jobs: readonly RenderedJob[],
  followed: readonly SubmittedJob[],
  { jobs: states }: RolloutOutcome,
): Promise<SubmittedJob[]> {
  const lost = new Set(states.filter(({ diagnosis }) => diagnosis?.reason === 'superseded').map(jobKey));
  if (lost.size === 0) return [];
  const overtaken = jobs.filter((job) => lost.has(jobKey(job)));
  const unlike = new Set((await findUnlike(client, settings, overtaken)).map(jobKey));
  const twins = overtaken.filter((job) => !unlike.has(jobKey(job)));
  const now = await findSubmitted(client, twins, await snapshotVersions(client, twins), NOTHING_CLAIMED);
  const known = new Map(followed.map((job) => [jobKey(job), job.jobModifyIndex]));
  return now.filter((job) => job.jobModifyIndex > (known.get(jobKey(job)) ?? 0));
}

/** Those of the jobs that Nomad has otherwise than the pack renders to: registering them would change something. */
export async function findUnlike(
  client: NomadClient,
  { rollout }: DeploymentSettings,
  jobs: readonly RenderedJob[],
): Promise<RenderedJob[]> {
  const wanted = rollout.preserveCounts ? keepCounts(jobs, await readExisting(client, jobs)) : jobs;
  const changes = describePlans(await planJobs(client, wanted), () => undefined);
  const unlike = new Set(changes.filter(({ action }) => action !== 'none').map(jobKey));
  return jobs.filter((job) => unlike.has(jobKey(job)));
}
