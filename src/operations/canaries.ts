import { type Deployment, nameJobs } from '../deployment/deployment.ts';
import { ActionError } from '../errors.ts';
import { jobKey, promote as promoteCanaries } from '../nomad/jobs.ts';
import type { RolloutOutcome } from '../nomad/rollout/outcome.ts';
import { overallStatus } from '../nomad/state.ts';
import { readStatuses } from '../nomad/statuses.ts';
import type { SubmittedJob } from '../nomad/submission.ts';
import type { SurveyedJob } from '../nomad/survey.ts';
import type { JobState, Outcome } from '../result.ts';
import { type WatchOptions, watch } from './follow.ts';
import { withLastLook } from './last-look.ts';
import type { Tools } from './tools.ts';

/**
 * The deployment's jobs that were not stopped.
 *
 * @throws ActionError `stopped` where there are none
 */
async function findRunning(deployment: Deployment): Promise<SurveyedJob[]> {
  const { deploymentName, packName } = deployment.owner;
  const { jobs } = await deployment.survey();
  const { here, elsewhere } = deployment.locate(jobs.filter((job) => !job.stop));
  if (here.length > 0) return [...here];
  throw new ActionError(
    'stopped',
    `There is no deployment ${deploymentName} of pack ${packName} whose canaries could be promoted or rejected.`,
    {
      hint:
        elsewhere.length === 0
          ? 'Check `deployment_name`, `pack` and `nomad_namespace`.'
          : `The same pack runs under the same name elsewhere: ${nameJobs(elsewhere)}. Set \`nomad_namespace\` to look there.`,
    },
  );
}

/**
 * Decides on the canaries of the deployment that wait for it. Where none waits, nothing is done.
 *
 * @param awaited what none of them waits for, in words
 * @param decide is given the deployment's jobs, and those that wait
 * @throws ActionError; `stopped` where there is no such deployment
 */
export async function decideOnCanaries(
  deployment: Deployment,
  tools: Tools,
  awaited: string,
  decide: (own: readonly SurveyedJob[], waiting: readonly Waiting[]) => Promise<Outcome>,
): Promise<Outcome> {
  const { log } = tools;
  const own = await log.phase('Look for the deployment', async () => await findRunning(deployment));
  const waiting = await findWaiting(deployment, own);
  if (waiting.length === 0) {
    log.info(`No canary waits for a ${awaited}.`);
    const jobs = await deployment.states(own);
    return { ...overallStatus(jobs), changed: false, jobs };
  }
  return await withLastLook(deployment, tools, { find: findRunning }, async () => await decide(own, waiting));
}

/** The states of the jobs that had no canaries to decide on: they are part of the deployment. */
export async function readOthers(
  deployment: Deployment,
  own: readonly SurveyedJob[],
  waiting: readonly Waiting[],
): Promise<JobState[]> {
  const decided = new Set(waiting.map(({ job }) => job));
  return await deployment.states(own.filter((job) => !decided.has(job)));
}

/** A job whose canaries somebody has to decide on. */
export interface Waiting {
  readonly job: SurveyedJob;
  /** Nomad's id of the rollout. */
  readonly rollout: string;
  readonly submitted: SubmittedJob;
}

/** Those of the jobs that have canaries which were not promoted, healthy or not. */
async function findWaiting(deployment: Deployment, jobs: readonly SurveyedJob[]): Promise<Waiting[]> {
  const statuses = await readStatuses(await deployment.client(), jobs);
  return statuses.flatMap(({ ID, Namespace, Version, LatestDeployment }) => {
    const job = jobs.find(({ id, namespace }) => id === ID && namespace === Namespace);
    if (job === undefined || LatestDeployment?.RequiresPromotion !== true || LatestDeployment.JobVersion !== Version)
      return [];
    const { id, namespace, jobModifyIndex, launches, type } = job;
    const submitted = { id, namespace, version: Version, jobModifyIndex, launches, type, change: 'updated' } as const;
    return [{ job, rollout: LatestDeployment.ID, submitted }];
  });
}

/** Promotes the canaries of all of them. @throws ActionError where Nomad refuses */
export async function promoteAll(
  deployment: Deployment,
  { log, record }: Tools,
  waiting: readonly Waiting[],
): Promise<void> {
  const client = await deployment.client();
  for (const { job, rollout } of waiting) {
    const promoted = await promoteCanaries(client, rollout, job.namespace);
    if (promoted.state !== 'undone') record.know({ changed: true });
    if ('failure' in promoted) throw promoted.failure;
  }
  log.info(`Promoted the canaries of ${nameJobs(waiting.map(({ job }) => job))}.`);
}

/**
 * Watches jobs that went back to a version which ran before. Canaries that come of it are promoted once they are healthy: somebody has decided
 * on that version already.
 */
export async function watchWayBack(
  deployment: Deployment,
  tools: Tools,
  jobs: readonly SubmittedJob[],
  { phase = 'Watch the way back' }: WatchOptions = {},
): Promise<RolloutOutcome> {
  const outcome = await watch(deployment, tools, jobs, { phase, waitFor: 'promotion' });
  const awaiting = new Set(outcome.jobs.filter(({ awaitsPromotion }) => awaitsPromotion).map(jobKey));
  if (awaiting.size === 0 || outcome.failure !== undefined) return outcome;
  const back = (await findRunning(deployment)).filter((job) => awaiting.has(jobKey(job)));
  const waiting = await findWaiting(deployment, back);
  await promoteAll(deployment, tools, waiting);
  const promoted = await watch(
    deployment,
    tools,
    waiting.map(({ submitted }) => submitted),
    { phase },
  );
  const states = new Map(promoted.jobs.map((job) => [jobKey(job), job]));
  const all = outcome.jobs.map((job) => states.get(jobKey(job)) ?? job);
  const { failure } = promoted;
  return { jobs: all, ...overallStatus(all), ...(failure !== undefined && { failure }) };
}
