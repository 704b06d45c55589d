import { ActionError } from '../errors.ts';
import { type Job, type JobRef, namespaceSchema } from '../nomad/api.ts';
import type { NomadClient } from '../nomad/client.ts';
import { isMissing } from '../nomad/errors.ts';
import { jobKey, type Owner, readExisting } from '../nomad/jobs.ts';
import { assertOwnership, compareOwnership, describeForeign, type Ownership } from '../nomad/ownership.ts';
import { readJobStates } from '../nomad/state.ts';
import { type Survey, type SurveyedJob, surveyDeployment } from '../nomad/survey.ts';
import type { NomadPack } from '../nomad-pack/cli.ts';
import type { JobState } from '../result.ts';
import type { DeploymentSettings } from '../settings/settings.ts';
import type { Tools } from './tools.ts';

/** Who a deployment's jobs belong to: the name of the deployment and the pack. */
export function ownerOf({ deploymentName, pack }: DeploymentSettings): Owner {
  return { deploymentName, packName: pack.name };
}

/**
 * Everything that carries the deployment's name, for operations that change the cluster: they never guess.
 *
 * @throws ActionError on a Nomad that is too old to tell
 */
export async function surveyAll(client: NomadClient, deploymentName: string): Promise<Survey & { filtered: true }> {
  const survey = await surveyDeployment(client, deploymentName);
  if (survey.filtered) return survey;
  throw new ActionError(
    'nomad-error',
    'This Nomad cannot list the jobs of one deployment, so nobody can say whose jobs would be touched.',
    {
      hint: 'Nomad 1.6 and newer can. Upgrade the servers, or run nomad-pack by hand (`operation: setup`).',
    },
  );
}

/**
 * Makes sure that nothing in a namespace means nothing, and not a name that is misspelt or a token that may not look: Nomad answers
 * a list of jobs as if such a namespace were empty.
 *
 * @throws ActionError with the reason `nomad-namespace`
 */
export async function requireNamespace(client: NomadClient, { nomad }: DeploymentSettings): Promise<void> {
  try {
    await client.get(`/v1/namespace/${encodeURIComponent(nomad.namespace)}`, namespaceSchema);
  } catch (error) {
    if (!isMissing(error)) throw error;
    const orUnseen = client.isAnonymous ? '' : ', or the token may not see it';
    throw new ActionError(
      'nomad-namespace',
      `There is no namespace \`${nomad.namespace}\` in Nomad at ${nomad.address}${orUnseen}.`,
      {
        hint: 'Set `nomad_namespace` to the one that the deployment is in, and give the token rights there.',
        cause: error,
      },
    );
  }
}

/** What a deploy would do to the jobs that are there. */
export interface Claim extends Ownership {
  /** Everything that carries the deployment's name now. */
  readonly present: readonly SurveyedJob[];
  /** The jobs that have the id and namespace of a rendered one, by `jobKey`. */
  readonly existing: ReadonlyMap<string, Job>;
  /** Nomad's index of this look: what happens after it has a higher one. */
  readonly index: number;
}

/** What a deploy of these jobs would do to the other jobs of the cluster, as far as nomad-pack reaches. */
export async function readClaim(
  client: NomadClient,
  settings: DeploymentSettings,
  rendered: readonly JobRef[],
  nomadPack: NomadPack,
): Promise<Claim> {
  const [survey, existing, reach] = await Promise.all([
    surveyAll(client, settings.deploymentName),
    readExisting(client, rendered),
    nomadPack.reach(),
  ]);
  const adopt = new Set(settings.rollout.adoptJobs);
  refuseUnknown(adopt, rendered);
  const ownership = compareOwnership(ownerOf(settings), rendered, { ...survey, existing }, reach, adopt);
  return { ...ownership, present: survey.jobs, existing, index: survey.index };
}

/** A job that the pack does not have cannot be taken over by deploying it. */
function refuseUnknown(adopt: ReadonlySet<string>, rendered: readonly JobRef[]): void {
  const ids = rendered.map(({ id }) => id);
  const unknown = [...adopt].filter((id) => !ids.includes(id));
  if (unknown.length === 0) return;
  throw new ActionError(
    'input',
    `Input \`adopt_jobs\` names \`${unknown.join('`, `')}\`, which the pack does not render. It renders \`${ids.join('`, `')}\`.`,
    { hint: 'Correct `adopt_jobs`. Once the jobs are taken over, drop it.' },
  );
}

/**
 * Refuses a deploy that would take what belongs to others.
 *
 * @throws ActionError
 */
export function refuseStrangers(claim: Claim, settings: DeploymentSettings): void {
  assertOwnership(ownerOf(settings), claim, settings.rollout);
}

/** Says which jobs a deploy takes over. */
export function sayWhatIsAdopted({ adopted }: Claim, { log }: Tools): void {
  if (adopted.length === 0) return;
  log.notice(`Takes over, as \`adopt_jobs\` asks for, what no deployment owns: ${nameJobs(adopted)}.`);
}

/** Says what a deploy is about to stop or replace besides registering its jobs. */
export function sayWhatStops(claim: Claim, settings: DeploymentSettings, { log }: Tools): void {
  const owner = ownerOf(settings);
  for (const job of claim.foreign) log.warning(`${describeForeign(owner, job)}; allowed by \`allow_replace\`.`);
  if (claim.stops.length > 0) log.notice(`No longer in the pack, so they stop: ${nameJobs(claim.stops)}.`);
  if (claim.children.length > 0) {
    log.notice(
      `Launched by jobs of the deployment, and stopped by nomad-pack along with it: ${nameJobs(claim.children)}.`,
    );
  }
}

/** The jobs of the deployment in these namespaces. */
export async function findOwn(
  client: NomadClient,
  settings: DeploymentSettings,
  namespaces: ReadonlySet<string>,
): Promise<readonly SurveyedJob[]> {
  const { jobs } = await surveyAll(client, settings.deploymentName);
  return locateJobs(jobs, ownerOf(settings), namespaces).here;
}

/** The states of those of the jobs that carry the deployment's name. */
export async function readStates(
  client: NomadClient,
  { deploymentName }: DeploymentSettings,
  refs: readonly JobRef[],
): Promise<JobState[]> {
  if (refs.length === 0) return [];
  const keys = new Set(refs.map(jobKey));
  const { jobs } = await surveyAll(client, deploymentName);
  return await readJobStates(
    client,
    jobs.filter((job) => keys.has(jobKey(job))),
  );
}

/** The namespaces that the jobs go to. */
export function namespacesOf(jobs: readonly JobRef[]): Set<string> {
  return new Set(jobs.map(({ namespace }) => namespace));
}

/** The jobs of a deployment, parted by where they are. */
export interface Whereabouts {
  /** In the namespaces that the deployment goes to. */
  readonly here: readonly SurveyedJob[];
  /** Of the same pack and name, in other namespaces. */
  readonly elsewhere: readonly SurveyedJob[];
  /** Of the same name, but of other packs. */
  readonly others: readonly SurveyedJob[];
}

export function locateJobs(
  jobs: readonly SurveyedJob[],
  { packName }: Owner,
  namespaces: ReadonlySet<string>,
): Whereabouts {
  const own = jobs.filter((job) => job.pack.name === packName);
  return {
    here: own.filter((job) => namespaces.has(job.namespace)),
    elsewhere: own.filter((job) => !namespaces.has(job.namespace)),
    others: jobs.filter((job) => job.pack.name !== packName),
  };
}

/** `web (default), api (default)` */
export function nameJobs(jobs: readonly JobRef[]): string {
  return jobs.map(({ id, namespace }) => `${id} (${namespace})`).join(', ');
}
