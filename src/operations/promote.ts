import { ActionError } from '../errors.ts';
import type { NomadClient } from '../nomad/client.ts';
import { promote as promoteCanaries } from '../nomad/jobs.ts';
import { overallStatus, readJobStates } from '../nomad/state.ts';
import { readStatuses } from '../nomad/statuses.ts';
import type { SubmittedJob } from '../nomad/submission.ts';
import type { SurveyedJob } from '../nomad/survey.ts';
import type { JobState, Outcome } from '../result.ts';
import type { DeploymentSettings } from '../settings/settings.ts';
import { withLastLook } from './last-look.ts';
import { locateJobs, nameJobs, ownerOf, surveyAll } from './survey.ts';
import type { Tools } from './tools.ts';
import { watch } from './watch.ts';

/**
 * Promotes the canaries of the deployment that wait for it, and watches the rollout to its end. Where none waits, nothing is done.
 *
 * @throws ActionError; `stopped` where there is no such deployment
 */
export async function promote(settings: DeploymentSettings, tools: Tools): Promise<Outcome> {
  const { log, record } = tools;
  const client = await tools.nomad();
  const find = async (asked: NomadClient) => await findRunning(asked, settings);
  const own = await log.phase('Look for the deployment', async () => await find(client));
  const waiting = await findWaiting(client, own);
  if (waiting.length === 0) {
    log.info('No canary waits for a promotion.');
    const jobs = await readJobStates(client, own);
    return { ...overallStatus(jobs), changed: false, jobs };
  }
  return await withLastLook(client, tools, { find }, async () => {
    await log.phase('Promote', async () => {
      for (const { job, deployment } of waiting) {
        const promoted = await promoteCanaries(client, deployment, job.namespace);
        if (promoted.state !== 'undone') record.know({ changed: true });
        if ('failure' in promoted) throw promoted.failure;
      }
    });
    log.info(`Promoted the canaries of ${nameJobs(waiting.map(({ job }) => job))}.`);
    const submitted = waiting.map((one) => one.submitted);
    const { jobs, failure } = await watch(client, submitted, settings, tools);
    const all = [...jobs, ...(await readOthers(client, own, waiting))];
    return { ...overallStatus(all), changed: true, jobs: all, ...(failure !== undefined && { failure }) };
  });
}

/**
 * The deployment's jobs that were not stopped.
 *
 * @throws ActionError `stopped` where there are none
 */
async function findRunning(client: NomadClient, settings: DeploymentSettings): Promise<SurveyedJob[]> {
  const { deploymentName, pack, nomad } = settings;
  const { jobs } = await surveyAll(client, deploymentName);
  const running = jobs.filter((job) => !job.stop);
  const { here, elsewhere } = locateJobs(running, ownerOf(settings), new Set([nomad.namespace]));
  if (here.length > 0) return [...here];
  throw new ActionError(
    'stopped',
    `There is no deployment ${deploymentName} of pack ${pack.name} whose canaries could be promoted.`,
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
  client: NomadClient,
  own: readonly SurveyedJob[],
  waiting: readonly Waiting[],
): Promise<JobState[]> {
  const promoted = new Set(waiting.map(({ job }) => job));
  return await readJobStates(
    client,
    own.filter((job) => !promoted.has(job)),
  );
}

interface Waiting {
  readonly job: SurveyedJob;
  /** Nomad's id of the rollout. */
  readonly deployment: string;
  readonly submitted: SubmittedJob;
}

async function findWaiting(client: NomadClient, jobs: readonly SurveyedJob[]): Promise<Waiting[]> {
  const statuses = await readStatuses(client, jobs);
  return statuses.flatMap(({ ID, Namespace, Version, LatestDeployment }) => {
    const job = jobs.find(({ id, namespace }) => id === ID && namespace === Namespace);
    if (job === undefined || LatestDeployment?.RequiresPromotion !== true || LatestDeployment.JobVersion !== Version)
      return [];
    const { id, namespace, jobModifyIndex, launches, type } = job;
    const submitted = { id, namespace, version: Version, jobModifyIndex, launches, type, change: 'updated' } as const;
    return [{ job, deployment: LatestDeployment.ID, submitted }];
  });
}
