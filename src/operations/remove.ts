import { ActionError, asActionError } from '../errors.ts';
import type { NomadClient } from '../nomad/client.ts';
import { NomadResponseError } from '../nomad/errors.ts';
import { stopJob } from '../nomad/jobs.ts';
import { readJobStates } from '../nomad/state.ts';
import type { SurveyedJob } from '../nomad/survey.ts';
import type { Result, Status } from '../result.ts';
import type { DeploymentSettings } from '../settings/settings.ts';
import { lookAfterCancel } from './last-look.ts';
import { preparePack, withRegistry } from './prepare.ts';
import { renderJobs } from './render-jobs.ts';
import { locateJobs, nameJobs, ownerOf, requireNamespace, surveyAll } from './survey.ts';
import type { Tools } from './tools.ts';

/**
 * Stops the deployment's jobs, and with `destroy` makes Nomad forget them. What carries the deployment's name, pack and namespace goes, by
 * Nomad's API: it is what `nomad-pack destroy` asks for too, but that finds jobs only by the ids that the pack renders to now, and so
 * leaves those that another value of a variable named, that an older version of the pack had, or that a periodic job launched. Neither the
 * pack nor its variables have to be there any more.
 *
 * @throws ActionError
 */
export async function remove(settings: DeploymentSettings, tools: Tools): Promise<Result> {
  const { log, findings } = tools;
  const client = await tools.nomad();
  const survey = await log.phase(
    'Look for the deployment',
    async () => await surveyAll(client, settings.deploymentName),
  );
  const namespaces = await namespacesOf(client, settings, tools, survey.jobs);
  const { here, elsewhere } = locateJobs(survey.jobs, ownerOf(settings), namespaces.names);
  if (elsewhere.length > 0) {
    log.notice(`Of the same pack and name, but in other namespaces, and left alone: ${nameJobs(elsewhere)}.`);
  }
  const targets = here.filter((job) => isLeft(job, settings));
  if (targets.length === 0) {
    if (here.length + elsewhere.length === 0) await requireNamespace(client, settings);
    return await nothingLeft(client, settings, tools, here, !namespaces.certain && elsewhere.length > 0);
  }

  findings.changed = true;
  const [phase, done] =
    settings.operation === 'stop' ? ['Stop the jobs', 'Stopped'] : ['Destroy the jobs', 'Destroyed'];
  try {
    await log.phase(phase, async () => {
      // By the same rule as the jobs: one of the same id launches jobs of the same name in another namespace, too.
      const { here: children } = locateJobs(survey.children, ownerOf(settings), namespaces.names);
      await stopAll(client, settings, tools, [...targets, ...children.filter((job) => isLeft(job, settings))]);
    });
  } catch (error) {
    if (tools.signal.aborted) await lookAfterCancel(tools, settings);
    throw error;
  }
  const { jobs: present } = await surveyAll(client, settings.deploymentName);
  const { here: after } = locateJobs(present, ownerOf(settings), namespaces.names);
  findings.jobs = await readJobStates(client, after);
  refuseLeftovers(after, settings);
  log.info(`${done}: ${nameJobs(targets)}.`);
  const status = settings.operation === 'stop' ? 'stopped' : 'absent';
  return { ...findings, operation: settings.operation, status, health: 'unknown', changed: true, jobs: findings.jobs };
}

interface Namespaces {
  readonly names: ReadonlySet<string>;
  /** False where the pack's own templates may name others. */
  readonly certain: boolean;
}

/**
 * Where the deployment's jobs are. A template may name a namespace of its own, so where the same pack runs under the same name elsewhere,
 * the pack is rendered to tell whether that is this deployment or another environment's.
 */
async function namespacesOf(
  client: NomadClient,
  settings: DeploymentSettings,
  tools: Tools,
  jobs: readonly SurveyedJob[],
): Promise<Namespaces> {
  const asked = new Set([settings.nomad.namespace]);
  const { elsewhere } = locateJobs(jobs, ownerOf(settings), asked);
  if (elsewhere.length === 0) return { names: asked, certain: true };
  if (settings.registry === undefined) return { names: asked, certain: false };
  try {
    const pack = withRegistry(settings);
    const rendered = await renderJobs(client, await preparePack(pack, tools), tools);
    return { names: new Set(rendered.map(({ namespace }) => namespace)), certain: true };
  } catch (error) {
    const { reason, message } = asActionError(error);
    if (reason === 'cancelled' || reason === 'internal') throw error;
    tools.log.notice(
      `The pack cannot be rendered any more, so only the jobs in the namespace ${settings.nomad.namespace} go: ${message}`,
    );
    return { names: asked, certain: false };
  }
}

/** Whether the operation has something to do about a job: to stop one that is over would do nothing, to destroy it does. */
function isLeft(job: SurveyedJob, { operation }: DeploymentSettings): boolean {
  return operation === 'destroy' || !(job.stop && job.status === 'dead');
}

async function nothingLeft(
  client: NomadClient,
  settings: DeploymentSettings,
  { log, findings }: Tools,
  stopped: readonly SurveyedJob[],
  maybeElsewhere: boolean,
): Promise<Result> {
  const { operation, deploymentName, pack, nomad } = settings;
  log.info(
    `There is nothing to ${operation}: no job of pack ${pack.name} as ${deploymentName} ${operation === 'stop' ? 'runs' : 'exists'} in the namespace ${nomad.namespace}.`,
  );
  const jobs = await readJobStates(client, stopped);
  // Where nobody knows which namespace the pack's own templates name, what is elsewhere may be the deployment.
  const status: Status = maybeElsewhere ? 'unknown' : jobs.length > 0 ? 'stopped' : 'absent';
  return { ...findings, operation, status, health: 'unknown', changed: false, jobs };
}

/** One that cannot be stopped keeps none of the others. */
async function stopAll(
  client: NomadClient,
  settings: DeploymentSettings,
  { findings }: Tools,
  jobs: readonly SurveyedJob[],
): Promise<void> {
  const purge = settings.operation === 'destroy';
  const owner = ownerOf(settings);
  const outcomes = await Promise.allSettled(jobs.map(async (job) => await stopJob(client, job, owner, { purge })));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed === undefined) return;
  // Of a request that went unanswered, nobody knows whether it was carried out.
  findings.changed = outcomes.some((outcome) =>
    outcome.status === 'fulfilled' ? outcome.value !== undefined : !isRefusal(outcome.reason),
  );
  throw failed.reason;
}

/** Whether the job is as it was: Nomad would not stop it, or it is another's now. */
function isRefusal(error: unknown): boolean {
  if (error instanceof NomadResponseError) return error.status < 500;
  return error instanceof ActionError && error.reason === 'would-stop-others';
}

/** Who looks away once has somebody else deploy again meanwhile: green is only what is really gone. */
function refuseLeftovers(after: readonly SurveyedJob[], { operation }: DeploymentSettings): void {
  const left = operation === 'destroy' ? after : after.filter((job) => !job.stop);
  if (left.length === 0) return;
  throw new ActionError('nomad-error', `There again after the ${operation}: ${nameJobs(left)}.`, {
    hint: 'Somebody deploys under the same name at the same time. Let one workflow at a time work on a deployment (`concurrency:`).',
  });
}
