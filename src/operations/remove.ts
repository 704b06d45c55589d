import { type Deployment, nameJobs, type Whereabouts } from '../deployment/deployment.ts';
import { findOwnerlessSiblings, findStrangers, type Search } from '../deployment/strangers.ts';
import { ActionError } from '../errors.ts';
import { stopJob } from '../nomad/jobs.ts';
import { type ConflictingJob, describeConflict } from '../nomad/ownership.ts';
import { overallStatus } from '../nomad/state.ts';
import type { SurveyedJob } from '../nomad/survey.ts';
import type { Outcome, Status } from '../result.ts';
import { withLastLook } from './last-look.ts';
import { findNamespaces, type Namespaces } from './namespaces.ts';
import { removeVariables } from './nomad-variables.ts';
import { searchFor } from './render-jobs.ts';
import type { Tools } from './tools.ts';

/**
 * Stops the deployment's jobs, and with `destroy` makes Nomad forget them. What carries the deployment's name, pack and namespace goes, by
 * Nomad's API: it is what `nomad-pack destroy` asks for too, but that finds jobs only by the ids that the pack renders to now, and so
 * leaves those that another value of a variable named, that an older version of the pack had, or that a periodic job launched. Neither the
 * pack nor its variables have to be there any more.
 *
 * @throws ActionError; what is left by then is in the record
 */
export async function remove(deployment: Deployment, tools: Tools): Promise<Outcome> {
  const outcome = await removeJobs(deployment, tools);
  return isDestroy(deployment) ? await removeVariables(deployment, tools, outcome) : outcome;
}

async function removeJobs(deployment: Deployment, tools: Tools): Promise<Outcome> {
  const { search, namespaces, here, elsewhere, targets } = await findRemovable(deployment, tools);
  // Where nobody knows which namespace the pack's own templates name, what is elsewhere may be the deployment.
  const maybeElsewhere = !namespaces.certain && elsewhere.length > 0;
  if (targets.length > 0) {
    const removal = { deployment, tools, namespaces: namespaces.names };
    const end = await removeTargets(removal, targets);
    const siblings = await findOwnerlessSiblings(deployment, namespaces.names, search);
    const isUnsure = maybeElsewhere || siblings.length > 0;
    return { ...end, ...(isUnsure && { status: 'unknown' }), ...tellStrangers(deployment, tools, siblings) };
  }
  const isKnown = here.length + elsewhere.length > 0;
  if (!isKnown) await deployment.requireNamespace();
  const strangers = isKnown
    ? await findOwnerlessSiblings(deployment, namespaces.names, search)
    : await findStrangers(deployment, search);
  const nothing = await nothingLeft(deployment, tools, here, maybeElsewhere || strangers.length > 0);
  return { ...nothing, ...tellStrangers(deployment, tools, strangers) };
}

/** What there is of a deployment that is to be removed. */
export interface Removable extends Omit<Whereabouts, 'others'> {
  readonly namespaces: Namespaces;
  readonly search: Search;
  /** The jobs that go. */
  readonly targets: readonly SurveyedJob[];
}

/** Looks for what a removal takes away, and says what it leaves alone. */
export async function findRemovable(deployment: Deployment, tools: Tools): Promise<Removable> {
  const { log } = tools;
  const found = await log.phase('Look for the deployment', async () => await findAll(deployment));
  const search = searchFor(deployment, tools);
  const namespaces = await findNamespaces(deployment, tools, found, search);
  const { here, elsewhere, others } = deployment.locate(found, namespaces.names);
  if (others.length > 0) {
    log.notice(`Of the same deployment name, but of other packs, and left alone: ${nameJobs(others)}.`);
  }
  if (elsewhere.length > 0) {
    log.notice(`Of the same pack and name, but in other namespaces, and left alone: ${nameJobs(elsewhere)}.`);
  }
  const targets = here.filter((job) => isLeft(job, deployment));
  return { search, namespaces, here, elsewhere, targets };
}

/** What a removal works on. */
interface Removal {
  readonly deployment: Deployment;
  readonly tools: Tools;
  /** Where the deployment is. */
  readonly namespaces: ReadonlySet<string>;
}

/** Removes the jobs that were found, and makes sure that they are gone. */
async function removeTargets(removal: Removal, targets: readonly SurveyedJob[]): Promise<Outcome> {
  const { deployment, tools } = removal;
  const [phase, done] = isDestroy(deployment) ? ['Destroy the jobs', 'Destroyed'] : ['Stop the jobs', 'Stopped'];
  const look = {
    find: async (asked: Deployment) => await findRemains({ ...removal, deployment: asked }),
    tell: (remains: readonly SurveyedJob[]) => tellRemains(removal, remains),
  };
  const { gone, remains, changed } = await withLastLook(
    deployment,
    tools,
    look,
    async () => await tools.log.phase(phase, async () => await stopWithChildren(removal, targets)),
  );
  const jobs = await deployment.states(remains);
  const end = { jobs, ...overallStatus(jobs) };
  tools.record.know(end);
  refuseLeftovers(remains, deployment);
  tools.log.info(`${done}: ${nameJobs(gone)}.`);
  return { ...end, changed };
}

/** Everything that carries the deployment's name: its jobs, and what they launched, which stays when they go. */
async function findAll(deployment: Deployment): Promise<SurveyedJob[]> {
  const { jobs, children } = await deployment.survey();
  return [...jobs, ...children];
}

async function findRemains({ deployment, namespaces }: Removal): Promise<SurveyedJob[]> {
  const { here } = deployment.locate(await findAll(deployment), namespaces);
  return here.filter((job) => !isChild(job) || isLeft(job, deployment));
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
function tellRemains({ deployment, tools }: Removal, remains: readonly SurveyedJob[]): void {
  const left = remains.filter((job) => isLeft(job, deployment));
  if (left.length > 0) tools.log.warning(`Still there: ${nameJobs(left)}.`);
}

/**
 * Whether the operation has something to do about a job: to stop one that was told to already, or what was launched and is over, would do
 * nothing; to destroy it does.
 */
function isLeft(job: SurveyedJob, deployment: Deployment): boolean {
  if (isDestroy(deployment)) return true;
  return !job.stop && !(isChild(job) && job.status === 'dead');
}

function isDestroy({ settings }: Deployment): boolean {
  return settings.operation === 'destroy';
}

function isChild(job: SurveyedJob): boolean {
  return 'parentId' in job;
}

/** Jobs with the pack's ids that are not the deployment's: what somebody else owns is left to them, what nobody owns should not be there. */
function tellStrangers(
  { owner }: Deployment,
  { log }: Tools,
  strangers: readonly ConflictingJob[],
): Pick<Outcome, 'failure'> {
  const ownerless = strangers.filter(({ deploymentName }) => deploymentName === undefined);
  for (const job of strangers)
    if (!ownerless.includes(job)) log.notice(`${describeConflict(owner, job)}. It was left alone.`);
  const [first] = ownerless;
  if (first === undefined) return {};
  const jobs = ownerless.map((job) => describeConflict(owner, job)).join('\n');
  return {
    failure: new ActionError('job-conflict', jobs, {
      hint: `It was left alone. If it is the deployment’s, deploy with \`adopt_jobs: ${ownerless[0]?.id}\` first, or stop it by hand: \`nomad job stop -purge\`.`,
    }),
  };
}

async function nothingLeft(
  deployment: Deployment,
  { log }: Tools,
  here: readonly SurveyedJob[],
  maybeElsewhere: boolean,
): Promise<Outcome> {
  const { owner, namespace, settings } = deployment;
  log.info(
    `There is nothing to ${settings.operation}: no job of pack ${owner.packName} as ${owner.deploymentName} ${isDestroy(deployment) ? 'exists' : 'runs'} in the namespace ${namespace}.`,
  );
  const jobs = await deployment.states(here.filter((job) => !isChild(job)));
  const status: Status = maybeElsewhere ? 'unknown' : jobs.length > 0 ? 'stopped' : 'absent';
  return { status, health: 'unknown', changed: false, jobs };
}

/** One that cannot be stopped keeps none of the others. @returns whether any was stopped, or may have been */
async function stopAll({ deployment, tools }: Removal, jobs: readonly SurveyedJob[]): Promise<boolean> {
  const client = await deployment.client();
  const { owner } = deployment;
  const purge = isDestroy(deployment);
  const outcomes = await Promise.all(jobs.map(async (job) => await stopJob(client, job, owner, { purge })));
  // Of a request that went unanswered, nobody knows whether it was carried out.
  const changed = outcomes.some(({ state }) => state === 'done' || state === 'unknown');
  if (changed) tools.record.know({ changed });
  const failed = outcomes.find((outcome) => 'failure' in outcome);
  if (failed !== undefined) throw failed.failure;
  return changed;
}

/** Who looks away once has somebody else deploy again meanwhile: green is only what is really gone. */
function refuseLeftovers(after: readonly SurveyedJob[], deployment: Deployment): void {
  const left = after.filter((job) => isLeft(job, deployment));
  if (left.length === 0) return;
  throw new ActionError('nomad-error', `There again after the ${deployment.settings.operation}: ${nameJobs(left)}.`, {
    hint: 'Somebody deploys under the same name at the same time. Let one workflow at a time work on a deployment (`concurrency:`).',
  });
}
