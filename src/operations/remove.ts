import { ActionError, asActionError } from '../errors.ts';
import type { NomadClient } from '../nomad/client.ts';
import { jobKey, stopJob } from '../nomad/jobs.ts';
import type { RenderedJob } from '../nomad/specification.ts';
import { readJobStates } from '../nomad/state.ts';
import type { SurveyedJob } from '../nomad/survey.ts';
import type { Result, Status } from '../result.ts';
import type { DeploymentSettings } from '../settings/settings.ts';
import { lookAfterCancel } from './last-look.ts';
import { type PreparedPack, preparePack, withRegistry } from './prepare.ts';
import { renderJobs } from './render-jobs.ts';
import { locateJobs, nameJobs, ownerOf, surveyAll } from './survey.ts';
import type { Tools } from './tools.ts';

interface Rendered {
  readonly prepared: PreparedPack;
  readonly jobs: readonly RenderedJob[];
}

/**
 * Stops the deployment's jobs, and with `destroy` makes Nomad forget them. nomad-pack goes first, where the pack can still be rendered;
 * what carries the deployment's name, pack and namespace after that goes by Nomad's API: jobs that another value of a variable
 * named, that an older version of the pack had, or that a periodic or parameterized one launched.
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
  const own = survey.jobs.filter((job) => job.pack.name === settings.pack.name);
  // Look first: where nothing is, nothing has to be installed, and a pack that is gone is no trouble.
  if (!own.some((job) => isLeft(job, settings))) return await nothingLeft(client, settings, tools, own);

  const rendered = await renderIfPossible(client, settings, tools);
  const namespaces = new Set(rendered?.jobs.map(({ namespace }) => namespace) ?? [settings.nomad.namespace]);
  const { here, elsewhere, others } = locateJobs(survey.jobs, ownerOf(settings), namespaces);
  if (elsewhere.length > 0)
    log.notice(`Of the same pack and name, but in other namespaces, and left alone: ${nameJobs(elsewhere)}.`);
  const targets = here.filter((job) => isLeft(job, settings));
  if (targets.length === 0)
    return await nothingLeft(client, settings, tools, here, rendered === undefined && elsewhere.length > 0);

  findings.changed = true;
  try {
    await runNomadPack(rendered, others, settings, tools);
    const rest = async () => await removeRest(client, settings, tools, namespaces);
    await log.phase('Make sure that nothing is left', rest);
  } catch (error) {
    if (tools.signal.aborted) await lookAfterCancel(tools, settings);
    throw error;
  }
  const { jobs: present } = await surveyAll(client, settings.deploymentName);
  const { here: after } = locateJobs(present, ownerOf(settings), namespaces);
  findings.jobs = await readJobStates(client, after);
  refuseLeftovers(after, settings);
  log.info(`${settings.operation === 'stop' ? 'Stopped' : 'Destroyed'}: ${nameJobs(targets)}.`);
  const status = settings.operation === 'stop' ? 'stopped' : 'absent';
  return { ...findings, operation: settings.operation, status, health: 'unknown', changed: true, jobs: findings.jobs };
}

/** Who looks away once has somebody else deploy again meanwhile: green is only what is really gone. */
function refuseLeftovers(after: readonly SurveyedJob[], { operation }: DeploymentSettings): void {
  const left = operation === 'destroy' ? after : after.filter((job) => !job.stop);
  if (left.length === 0) return;
  throw new ActionError('nomad-error', `There again after the ${operation}: ${nameJobs(left)}.`, {
    hint: 'Somebody deploys under the same name at the same time. Let one workflow at a time work on a deployment (`concurrency:`).',
  });
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
  maybeElsewhere = false,
): Promise<Result> {
  const { operation, deploymentName, pack, nomad } = settings;
  log.info(
    `There is nothing to ${operation}: no job of pack ${pack.name} as ${deploymentName} ${operation === 'stop' ? 'runs' : 'exists'} in the namespace ${nomad.namespace}.`,
  );
  const jobs = await readJobStates(client, stopped);
  // Without a render nobody knows which namespace the pack's own templates name, so what is elsewhere may be the deployment.
  const status: Status = maybeElsewhere ? 'unknown' : jobs.length > 0 ? 'stopped' : 'absent';
  return { ...findings, operation, status, health: 'unknown', changed: false, jobs };
}

/** What the pack renders to now; nothing, with a notice, when it cannot be rendered any more: then ownership alone decides. */
async function renderIfPossible(
  client: NomadClient,
  settings: DeploymentSettings,
  tools: Tools,
): Promise<Rendered | undefined> {
  const how = `The jobs that carry the name ${settings.deploymentName}, the pack ${settings.pack.name} and the namespace ${settings.nomad.namespace} go by Nomad’s API`;
  if (settings.registry === undefined) {
    tools.log.notice(`No registry is given. ${how}.`);
    return undefined;
  }
  try {
    const pack = withRegistry(settings);
    const prepared = await preparePack(pack, tools);
    return { prepared, jobs: await renderJobs(client, prepared, pack, tools) };
  } catch (error) {
    const { reason, message } = asActionError(error);
    if (reason === 'cancelled' || reason === 'internal') throw error;
    tools.log.notice(`The pack cannot be rendered any more: ${message} ${how}.`);
    return undefined;
  }
}

async function runNomadPack(
  rendered: Rendered | undefined,
  others: readonly SurveyedJob[],
  settings: DeploymentSettings,
  { log }: Tools,
) {
  if (rendered === undefined) return;
  const taken = new Set(others.map(jobKey));
  const stranger = rendered.jobs.find((job) => taken.has(jobKey(job)));
  if (stranger !== undefined) {
    log.notice(
      `Job ${stranger.id} is another pack’s now, which nomad-pack pays no heed to; the jobs go by Nomad’s API.`,
    );
    return;
  }
  const operation = settings.operation === 'stop' ? 'stop' : 'destroy';
  await log.phase(`Run nomad-pack ${operation}`, async () => {
    try {
      await rendered.prepared.nomadPack.remove(operation, rendered.prepared.target);
    } catch (error) {
      const { reason, message } = asActionError(error);
      if (reason === 'cancelled' || reason === 'internal') throw error;
      // One job that is missing makes nomad-pack fail while the others run on. What counts is what is left after the next phase.
      log.info(`nomad-pack did not remove everything: ${message}`);
    }
  });
}

async function removeRest(
  client: NomadClient,
  settings: DeploymentSettings,
  { log }: Tools,
  namespaces: ReadonlySet<string>,
): Promise<void> {
  const owner = ownerOf(settings);
  const survey = await surveyAll(client, settings.deploymentName);
  const rest = [...survey.jobs, ...survey.children].filter(
    (job) => job.pack.name === owner.packName && namespaces.has(job.namespace) && isLeft(job, settings),
  );
  for (const job of rest) await stopJob(client, job, owner, { purge: settings.operation === 'destroy' });
  if (rest.length > 0) log.notice(`Left by nomad-pack and removed by Nomad’s API: ${nameJobs(rest)}.`);
}
