import { ActionError } from '../errors.ts';
import type { NomadClient } from '../nomad/client.ts';
import { promote as promoteCanaries } from '../nomad/jobs.ts';
import { overallStatus, readJobStates } from '../nomad/state.ts';
import { readStatuses } from '../nomad/statuses.ts';
import type { SubmittedJob } from '../nomad/submission.ts';
import type { SurveyedJob } from '../nomad/survey.ts';
import type { Result } from '../result.ts';
import type { DeploymentSettings } from '../settings/settings.ts';
import { lookAfterCancel } from './last-look.ts';
import { nameJobs, ownerOf, surveyAll } from './survey.ts';
import type { Tools } from './tools.ts';
import { watch } from './watch.ts';

/**
 * Promotes the canaries of the deployment that wait for it, and watches the rollout to its end. Where none waits, nothing is done.
 *
 * @throws ActionError; `stopped` where there is no such deployment
 */
export async function promote(settings: DeploymentSettings, tools: Tools): Promise<Result> {
  const { log, findings } = tools;
  const client = await tools.nomad();
  const own = await log.phase('Look for the deployment', async () => await ownJobs(client, settings));
  if (own.length === 0) {
    throw new ActionError(
      'stopped',
      `There is no deployment ${settings.deploymentName} of pack ${settings.pack.name} whose canaries could be promoted.`,
      { hint: 'Check `deployment_name`, `pack` and `nomad_namespace`.' },
    );
  }
  const waiting = await findWaiting(client, own);
  if (waiting.length === 0) {
    log.info('No canary waits for a promotion.');
    findings.jobs = await readJobStates(client, own);
    return { ...findings, operation: 'promote', ...overallStatus(findings.jobs), jobs: findings.jobs, changed: false };
  }
  try {
    await log.phase('Promote', async () => {
      for (const { job, deployment } of waiting) {
        await promoteCanaries(client, deployment, job.namespace);
        findings.changed = true;
      }
    });
    log.info(`Promoted the canaries of ${nameJobs(waiting.map(({ job }) => job))}.`);
    const outcome = await watch(
      client,
      waiting.map(({ submitted }) => submitted),
      settings,
      tools,
    );
    return { ...findings, operation: 'promote', ...outcome, changed: true };
  } catch (error) {
    if (tools.signal.aborted) await lookAfterCancel(tools, settings);
    throw error;
  }
}

async function ownJobs(client: NomadClient, settings: DeploymentSettings): Promise<SurveyedJob[]> {
  const { packName } = ownerOf(settings);
  const { jobs } = await surveyAll(client, settings.deploymentName);
  return jobs.filter((job) => job.pack.name === packName && job.namespace === settings.nomad.namespace && !job.stop);
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
