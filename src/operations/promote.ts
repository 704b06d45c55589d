import { type Deployment, nameJobs } from '../deployment/deployment.ts';
import { ActionError } from '../errors.ts';
import { promote as promoteCanaries } from '../nomad/jobs.ts';
import { overallStatus } from '../nomad/state.ts';
import { readStatuses } from '../nomad/statuses.ts';
import type { SubmittedJob } from '../nomad/submission.ts';
import type { SurveyedJob } from '../nomad/survey.ts';
import type { JobState, Outcome } from '../result.ts';
import { watch } from './follow.ts';
import { withLastLook } from './last-look.ts';
import type { Tools } from './tools.ts';

/**
 * Promotes the canaries of the deployment that wait for it, and watches the rollout to its end. Where none waits, nothing is done.
 *
 * @throws ActionError; `stopped` where there is no such deployment
 */
export async function promote(deployment: Deployment, tools: Tools): Promise<Outcome> {
  const { log, record } = tools;
  const own = await log.phase('Look for the deployment', async () => await findRunning(deployment));
  const waiting = await findWaiting(deployment, own);
  if (waiting.length === 0) {
    log.info('No canary waits for a promotion.');
    const jobs = await deployment.states(own);
    return { ...overallStatus(jobs), changed: false, jobs };
  }
  return await withLastLook(deployment, tools, { find: findRunning }, async () => {
    await log.phase('Promote', async () => {
      const client = await deployment.client();
      for (const { job, rollout } of waiting) {
        const promoted = await promoteCanaries(client, rollout, job.namespace);
        if (promoted.state !== 'undone') record.know({ changed: true });
        if ('failure' in promoted) throw promoted.failure;
      }
    });
    log.info(`Promoted the canaries of ${nameJobs(waiting.map(({ job }) => job))}.`);
    const submitted = waiting.map((one) => one.submitted);
    const { jobs, failure } = await watch(deployment, tools, submitted);
    const all = [...jobs, ...(await readOthers(deployment, own, waiting))];
    return { ...overallStatus(all), changed: true, jobs: all, ...(failure !== undefined && { failure }) };
  });
}

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
    `There is no deployment ${deploymentName} of pack ${packName} whose canaries could be promoted.`,
    {
      hint:
        elsewhere.length === 0
          ? 'Check `deployment_name`, `pack` and `nomad_namespace`.'
          : `The same pack runs under the same name elsewhere: ${nameJobs(elsewhere)}. Set \`nomad_namespace\` to promote there.`,
    },
  );
}

/** The states of the jobs that had nothing to promote: they are part of the deployment. */
async function readOthers(
  deployment: Deployment,
  own: readonly SurveyedJob[],
  waiting: readonly Waiting[],
): Promise<JobState[]> {
  const promoted = new Set(waiting.map(({ job }) => job));
  return await deployment.states(own.filter((job) => !promoted.has(job)));
}

interface Waiting {
  readonly job: SurveyedJob;
  /** Nomad's id of the rollout. */
  readonly rollout: string;
  readonly submitted: SubmittedJob;
}

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
