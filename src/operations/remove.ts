import { ActionError } from '../errors.ts';
import type { NomadClient } from '../nomad/client.ts';
import { stopJob } from '../nomad/jobs.ts';
import { type ConflictingJob, describeConflict } from '../nomad/ownership.ts';
import { overallStatus, readJobStates } from '../nomad/state.ts';
import type { SurveyedJob } from '../nomad/survey.ts';
import type { Outcome, Status } from '../result.ts';
import type { DeploymentSettings } from '../settings/settings.ts';
import { withLastLook } from './last-look.ts';
import { removeVariables } from './nomad-variables.ts';
import { type Rendering, renderingOf } from './render-jobs.ts';
import { findOwnerlessSiblings, findStrangers } from './strangers.ts';
import { locateJobs, nameJobs, namespacesOf, ownerOf, requireNamespace, surveyAll } from './survey.ts';
import type { Tools } from './tools.ts';

/**
 * Stops the deployment's jobs, and with `destroy` makes Nomad forget them. What carries the deployment's name, pack and namespace goes, by
 * Nomad's API: it is what `nomad-pack destroy` asks for too, but that finds jobs only by the ids that the pack renders to now, and so
 * leaves those that another value of a variable named, that an older version of the pack had, or that a periodic job launched. Neither the
 * pack nor its variables have to be there any more.
 *
 * @throws ActionError; what is left by then is in the record
 */
export async function remove(settings: DeploymentSettings, tools: Tools): Promise<Outcome> {
  const outcome = await removeJobs(settings, tools);
  return settings.operation === 'destroy' ? await removeVariables(settings, tools, outcome) : outcome;
}

async function removeJobs(settings: DeploymentSettings, tools: Tools): Promise<Outcome> {
  const { log, record } = tools;
  const client = await tools.nomad();
  const found = await log.phase('Look for the deployment', async () => await findAll(client, settings));
  const render = renderingOf(client, settings, tools);
  const namespaces = await findNamespaces(settings, tools, found, render);
  const { here, elsewhere, others } = locateJobs(found, ownerOf(settings), namespaces.names);
  if (others.length > 0) {
    log.notice(`Of the same deployment name, but of other packs, and left alone: ${nameJobs(others)}.`);
  }
  if (elsewhere.length > 0) {
    log.notice(`Of the same pack and name, but in other namespaces, and left alone: ${nameJobs(elsewhere)}.`);
  }
  // Where nobody knows which namespace the pack's own templates name, what is elsewhere may be the deployment.
  const maybeElsewhere = !namespaces.certain && elsewhere.length > 0;
  const targets = here.filter((job) => isLeft(job, settings));
  if (targets.length === 0) {
    const isKnown = here.length + elsewhere.length > 0;
    if (!isKnown) await requireNamespace(client, settings);
    const strangers = isKnown
      ? await findOwnerlessSiblings(client, settings, tools, { namespaces: namespaces.names, render })
      : await findStrangers(client, settings, tools, render);
    const nothing = await nothingLeft(client, settings, tools, here, maybeElsewhere || strangers.length > 0);
    return { ...nothing, ...tellStrangers(strangers, settings, tools) };
  }

  const removal = { client, settings, tools, namespaces: namespaces.names };
  const [phase, done] =
    settings.operation === 'stop' ? ['Stop the jobs', 'Stopped'] : ['Destroy the jobs', 'Destroyed'];
  const look = {
    find: async (asked: NomadClient) => await findRemains({ ...removal, client: asked }),
    tell: (remains: readonly SurveyedJob[]) => tellRemains(removal, remains),
  };
  const removed = await withLastLook(
    client,
    tools,
    look,
    async () => await log.phase(phase, async () => await stopWithChildren(removal, targets)),
  );
  const states = await readJobStates(client, removed.remains);
  const end = { jobs: states, ...overallStatus(states) };
  record.know(end);
  refuseLeftovers(removed.remains, settings);
  log.info(`${done}: ${nameJobs(removed.gone)}.`);
  const siblings = await findOwnerlessSiblings(client, settings, tools, { namespaces: namespaces.names, render });
  return {
    ...end,
    ...((maybeElsewhere || siblings.length > 0) && { status: 'unknown' }),
    changed: removed.changed,
    ...tellStrangers(siblings, settings, tools),
  };
}

/** What a removal works on. */
interface Removal {
  readonly client: NomadClient;
  readonly settings: DeploymentSettings;
  readonly tools: Tools;
  /** Where the deployment is. */
  readonly namespaces: ReadonlySet<string>;
}

/** Everything that carries the deployment's name: its jobs, and what they launched, which stays when they go. */
async function findAll(client: NomadClient, { deploymentName }: DeploymentSettings): Promise<SurveyedJob[]> {
  const { jobs, children } = await surveyAll(client, deploymentName);
  return [...jobs, ...children];
}

async function findRemains({ client, settings, namespaces }: Removal): Promise<SurveyedJob[]> {
  const { here } = locateJobs(await findAll(client, settings), ownerOf(settings), namespaces);
  return here.filter((job) => !isChild(job) || isLeft(job, settings));
}

/** What came of a removal. */
interface Removed {
  /** All that were stopped. */
  readonly gone: readonly SurveyedJob[];
  /** What there is of the deployment after that. */
  readonly remains: readonly SurveyedJob[];
  /** Whether Nomad was made to stop any. */
  readonly changed: boolean;
}

/** Stops the jobs, and after them what they launched meanwhile: once they are gone, nothing is launched any more. */
async function stopWithChildren(removal: Removal, targets: readonly SurveyedJob[]): Promise<Removed> {
  const changed = await stopAll(removal, targets);
  const remains = await findRemains(removal);
  const late = remains.filter(isChild);
  if (late.length === 0) return { gone: targets, remains, changed };
  const more = await stopAll(removal, late);
  return { gone: [...targets, ...late], remains: await findRemains(removal), changed: changed || more };
}

/** Says what is there of a deployment that could not be removed. */
function tellRemains({ settings, tools }: Removal, remains: readonly SurveyedJob[]): void {
  const left = remains.filter((job) => isLeft(job, settings));
  if (left.length > 0) tools.log.warning(`Still there: ${nameJobs(left)}.`);
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
async function findNamespaces(
  settings: DeploymentSettings,
  tools: Tools,
  jobs: readonly SurveyedJob[],
  render: () => Promise<Rendering>,
): Promise<Namespaces> {
  const asked = new Set([settings.nomad.namespace]);
  const { elsewhere } = locateJobs(jobs, ownerOf(settings), asked);
  if (elsewhere.length === 0) return { names: asked, certain: true };
  const rendering = await render();
  if (rendering === undefined) return { names: asked, certain: false };
  if ('jobs' in rendering) return { names: namespacesOf(rendering.jobs), certain: true };
  tools.log.notice(
    `The pack cannot be rendered any more, so only the jobs in the namespace ${settings.nomad.namespace} go: ${rendering.failure.message}`,
  );
  return { names: asked, certain: false };
}

/**
 * Whether the operation has something to do about a job: to stop one that was told to already, or what was launched and is over, would do
 * nothing; to destroy it does.
 */
function isLeft(job: SurveyedJob, { operation }: DeploymentSettings): boolean {
  if (operation === 'destroy') return true;
  return !job.stop && !(isChild(job) && job.status === 'dead');
}

function isChild(job: SurveyedJob): boolean {
  return 'parentId' in job;
}

/** Jobs with the pack's ids that are not the deployment's: what somebody else owns is left to them, what nobody owns should not be there. */
function tellStrangers(
  strangers: readonly ConflictingJob[],
  settings: DeploymentSettings,
  { log }: Tools,
): Pick<Outcome, 'failure'> {
  const owner = ownerOf(settings);
  const ownerless = strangers.filter(({ deploymentName }) => deploymentName === undefined);
  for (const job of strangers)
    if (!ownerless.includes(job)) log.notice(`${describeConflict(owner, job)}. It was left alone.`);
  if (ownerless.length === 0) return {};
  const jobs = ownerless.map((job) => describeConflict(owner, job)).join('\n');
  return {
    failure: new ActionError('job-conflict', jobs, {
      hint: `It was left alone. If it is the deployment’s, deploy with \`adopt_jobs: ${ownerless[0]?.id}\` first, or stop it by hand: nomad job stop -purge.`,
    }),
  };
}

async function nothingLeft(
  client: NomadClient,
  settings: DeploymentSettings,
  { log }: Tools,
  here: readonly SurveyedJob[],
  maybeElsewhere: boolean,
): Promise<Outcome> {
  const { operation, deploymentName, pack, nomad } = settings;
  log.info(
    `There is nothing to ${operation}: no job of pack ${pack.name} as ${deploymentName} ${operation === 'stop' ? 'runs' : 'exists'} in the namespace ${nomad.namespace}.`,
  );
  const jobs = await readJobStates(
    client,
    here.filter((job) => !isChild(job)),
  );
  const status: Status = maybeElsewhere ? 'unknown' : jobs.length > 0 ? 'stopped' : 'absent';
  return { status, health: 'unknown', changed: false, jobs };
}

/** One that cannot be stopped keeps none of the others. @returns whether any was stopped, or may have been */
async function stopAll({ client, settings, tools }: Removal, jobs: readonly SurveyedJob[]): Promise<boolean> {
  const purge = settings.operation === 'destroy';
  const owner = ownerOf(settings);
  const outcomes = await Promise.all(jobs.map(async (job) => await stopJob(client, job, owner, { purge })));
  // Of a request that went unanswered, nobody knows whether it was carried out.
  const changed = outcomes.some(({ state }) => state === 'done' || state === 'unknown');
  if (changed) tools.record.know({ changed });
  const failed = outcomes.find((outcome) => 'failure' in outcome);
  if (failed !== undefined) throw failed.failure;
  return changed;
}

/** Who looks away once has somebody else deploy again meanwhile: green is only what is really gone. */
function refuseLeftovers(after: readonly SurveyedJob[], settings: DeploymentSettings): void {
  const left = after.filter((job) => isLeft(job, settings));
  if (left.length === 0) return;
  throw new ActionError('nomad-error', `There again after the ${settings.operation}: ${nameJobs(left)}.`, {
    hint: 'Somebody deploys under the same name at the same time. Let one workflow at a time work on a deployment (`concurrency:`).',
  });
}
