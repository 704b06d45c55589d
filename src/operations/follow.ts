import { type Deployment, nameJobs } from '../deployment/deployment.ts';
import { jobKey } from '../nomad/jobs.ts';
import { type RolloutOutcome, watchRollout } from '../nomad/rollout/watch.ts';
import type { RenderedJob } from '../nomad/specification.ts';
import { findSubmitted, NOTHING_CLAIMED, type SubmittedJob } from '../nomad/submission.ts';
import type { WaitFor } from '../settings/settings.ts';
import type { Tools } from './tools.ts';

export interface WatchOptions {
  /** Milliseconds; default what the settings say. */
  readonly timeout?: number;
  /** Default: what the settings say. */
  readonly waitFor?: WaitFor;
  /** What the log calls it. */
  readonly phase?: string;
}

/** Watches the jobs to the end of their rollout, with its progress in the log, and each state of the jobs in the record. */
export async function watch(
  deployment: Deployment,
  { log, record, secrets, signal }: Tools,
  jobs: readonly SubmittedJob[],
  { phase = 'Watch the rollout', ...wanted }: WatchOptions = {},
): Promise<RolloutOutcome> {
  const client = await deployment.client();
  const { waitFor, timeout } = { ...deployment.settings.rollout, ...wanted };
  const options = {
    waitFor,
    timeout,
    signal,
    redact: (text: string) => secrets.redact(text),
    onProgress: (line: string, job?: string) => log.progress(line, job),
    onState: (jobs: RolloutOutcome['jobs']) => record.know({ jobs }),
  };
  return await log.phase(
    phase,
    async () => await watchRollout(client, jobs, options),
    ({ failure }) => failure === undefined,
  );
}

/**
 * Watches what was submitted. Where somebody else's version has taken the place of this step's and says the same, as of two identical
 * deploys at once, what was asked for is what runs: that version is watched on.
 *
 * @param jobs what the pack renders to
 * @param time milliseconds that there are for all of it
 */
export async function follow(
  deployment: Deployment,
  tools: Tools,
  jobs: readonly RenderedJob[],
  submitted: readonly SubmittedJob[],
  time = deployment.settings.rollout.timeout,
): Promise<RolloutOutcome> {
  if (submitted.length === 0) return { jobs: [], status: 'unknown', health: 'unknown' };
  const end = performance.now() + time;
  let followed = submitted;
  for (;;) {
    const timeout = Math.max(1, end - performance.now());
    const outcome = await watch(deployment, tools, followed, { timeout });
    const others = await findTwins(deployment, jobs, followed, outcome);
    if (others.length === 0) return outcome;
    tools.log.notice(`Deployed once more meanwhile by somebody else, and just the same: ${nameJobs(others)}.`);
    const taken = new Map(others.map((job) => [jobKey(job), job]));
    followed = followed.map((job) => taken.get(jobKey(job)) ?? job);
  }
}

/** The newer versions by somebody else that say what the pack renders to. */
async function findTwins(
  deployment: Deployment,
  jobs: readonly RenderedJob[],
  followed: readonly SubmittedJob[],
  { jobs: states }: RolloutOutcome,
): Promise<SubmittedJob[]> {
  const lost = new Set(states.filter(({ diagnosis }) => diagnosis?.reason === 'superseded').map(jobKey));
  if (lost.size === 0) return [];
  const overtaken = jobs.filter((job) => lost.has(jobKey(job)));
  const unlike = new Set((await deployment.unlike(overtaken)).map(jobKey));
  const twins = overtaken.filter((job) => !unlike.has(jobKey(job)));
  const before = await deployment.snapshot(twins);
  const now = await findSubmitted(await deployment.client(), twins, before, NOTHING_CLAIMED);
  const known = new Map(followed.map((job) => [jobKey(job), job.jobModifyIndex]));
  return now.filter((job) => job.jobModifyIndex > (known.get(jobKey(job)) ?? 0));
}
