import { ActionError } from '../errors.ts';
import {
  type Allocation,
  allocationsSchema,
  type Deployment,
  deploymentSchema,
  type Evaluation,
  evaluationAnswerSchema,
  evaluationsSchema,
  type GroupSummary,
  type Job,
  type JobMeta,
  type JobRef,
  jobPath,
  jobSchema,
  jobSummarySchema,
  jobVersionsSchema,
  promotionAnswerSchema,
} from './api.ts';
import type { NomadClient, RequestOptions } from './client.ts';
import { isMissing } from './errors.ts';
import { type Written, writeOnce } from './write.ts';

/** The job as Nomad has it now; undefined where there is none. */
export async function readJob(
  client: NomadClient,
  { id, namespace }: JobRef,
  options: RequestOptions = {},
): Promise<Job | undefined> {
  try {
    return (await client.get(jobPath(id), jobSchema, { ...options, query: { namespace } })).body;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** The jobs that exist among these, by `jobKey`. */
export async function readExisting(client: NomadClient, refs: readonly JobRef[]): Promise<ReadonlyMap<string, Job>> {
  const jobs = await Promise.all(refs.map(async (ref) => [jobKey(ref), await readJob(client, ref)] as const));
  return new Map(jobs.flatMap(([key, job]) => (job === undefined ? [] : [[key, job] as const])));
}

/** What identifies a job in a map: ids alone are unique only within a namespace. */
export function jobKey({ id, namespace }: JobRef): string {
  return `${namespace}/${id}`;
}

/**
 * The versions that Nomad still has, newest first; none for a job that does not exist. Nomad keeps those of jobs whose ids differ in upper
 * and lower case only in one place, where one job's take the place of the other's: of a job that has lost all of its own, the current one
 * is known by the job itself.
 */
export async function listVersions(
  client: NomadClient,
  ref: JobRef,
  options: RequestOptions = {},
): Promise<readonly Job[]> {
  const { id, namespace } = ref;
  try {
    const { body } = await client.get(jobPath(id, '/versions'), jobVersionsSchema, {
      ...options,
      query: { namespace },
    });
    return body.Versions;
  } catch (error) {
    if (!isMissing(error)) throw error;
    const job = await readJob(client, ref, options);
    return job === undefined ? [] : [job];
  }
}

/** The job's allocations, of all of its versions that Nomad still knows any of. */
export async function listAllocations(
  client: NomadClient,
  { id, namespace }: JobRef,
  options: RequestOptions = {},
): Promise<readonly Allocation[]> {
  const asked = { ...options, query: { namespace } };
  return (await client.get(jobPath(id, '/allocations'), allocationsSchema, asked)).body;
}

/** How many allocations of each task group ended how, over all versions of the job; empty for a job that is gone. */
export async function readSummary(
  client: NomadClient,
  { id, namespace }: JobRef,
  options: RequestOptions = {},
): Promise<Readonly<Record<string, GroupSummary>>> {
  try {
    const asked = { ...options, query: { namespace } };
    return (await client.get(jobPath(id, '/summary'), jobSummarySchema, asked)).body.Summary ?? {};
  } catch (error) {
    if (isMissing(error)) return {};
    throw error;
  }
}

/** The evaluations under the job's id that Nomad still knows, in any order. */
export async function listEvaluations(
  client: NomadClient,
  { id, namespace }: JobRef,
  options: RequestOptions = {},
): Promise<readonly Evaluation[]> {
  const asked = { ...options, query: { namespace } };
  return (await client.get(jobPath(id, '/evaluations'), evaluationsSchema, asked)).body;
}

/** Whom a job must belong to for it to be touched. */
export interface Owner {
  readonly deploymentName: string;
  readonly packName: string;
}

/** Whether a job's metadata says that it is the owner's. */
export function isOwnedBy(meta: JobMeta | null, { deploymentName, packName }: Owner): boolean {
  return meta?.['pack.deployment_name'] === deploymentName && meta['pack.name'] === packName;
}

/**
 * The job as it is now; undefined where there is none.
 *
 * @param registered the `JobModifyIndex` of the caller's own registration: what is there at it is the caller's, whatever its metadata
 * @throws ActionError `would-stop-others` when it is not the owner's any more.
 */
export async function readOwned(
  client: NomadClient,
  ref: JobRef,
  owner: Owner,
  registered?: number,
): Promise<Job | undefined> {
  const job = await readJob(client, ref);
  if (job === undefined || job.JobModifyIndex === registered) return job;
  if (isOwnedBy(job.Meta, owner) && job.Namespace === ref.namespace) return job;
  const deployment = job.Meta?.['pack.deployment_name'];
  const pack = job.Meta?.['pack.name'];
  const now = deployment === undefined ? 'no deployment' : `deployment "${deployment}" of pack "${pack}"`;
  throw new ActionError('would-stop-others', `Job "${ref.id}" in namespace "${ref.namespace}" now belongs to ${now}`, {
    hint: 'It was left alone. Look at who else deploys under this job id.',
  });
}

/** What became of a job that was to be stopped; `gone` where it was not there any more. */
export type Stopped = Written | { readonly state: 'gone' };

/**
 * Stops a job; with `purge` Nomad forgets it as well. The job is looked at once more before: it may have changed hands since it
 * was found. Throws nothing; the failure of one that is not the owner's any more has the reason `would-stop-others`.
 *
 * @param options with `registered`, as for `readOwned`
 */
export async function stopJob(
  client: NomadClient,
  ref: JobRef,
  owner: Owner,
  { purge, registered }: { readonly purge: boolean; readonly registered?: number },
): Promise<Stopped> {
  let found: Job | undefined;
  try {
    found = await readOwned(client, ref, owner, registered);
  } catch (failure) {
    return { state: 'undone', failure };
  }
  if (found === undefined) return { state: 'gone' };
  const { JobModifyIndex } = found;
  const query = { namespace: ref.namespace, purge };
  return await writeOnce(
    async () => await client.delete(jobPath(ref.id), evaluationAnswerSchema, { query }),
    async () => {
      const now = await readJob(client, ref);
      if (now === undefined) return true;
      // Whoever has registered it since has another job, which was not meant.
      return now.Stop ? !purge : now.JobModifyIndex !== JobModifyIndex;
    },
  );
}

/**
 * Promotes all canaries of a rollout. Throws nothing; Nomad refuses where there is nothing to promote, or where the canaries are not
 * healthy.
 */
export async function promote(client: NomadClient, nomadDeploymentId: string, namespace: string): Promise<Written> {
  const id = encodeURIComponent(nomadDeploymentId);
  const query = { namespace };
  return await writeOnce(
    async () => {
      const payload = { DeploymentID: nomadDeploymentId, All: true };
      await client.post(`/v1/deployment/promote/${id}`, promotionAnswerSchema, payload, { query });
    },
    async () => await isPromoted(client, nomadDeploymentId, namespace),
  );
}

/**
 * Lets a rollout fail, so that Nomad takes its canaries back. Throws nothing; Nomad refuses where the rollout is at its end.
 */
export async function failDeployment(
  client: NomadClient,
  nomadDeploymentId: string,
  namespace: string,
): Promise<Written> {
  const path = `/v1/deployment/fail/${encodeURIComponent(nomadDeploymentId)}`;
  const payload = { DeploymentID: nomadDeploymentId };
  return await writeOnce(
    async () => await client.post(path, promotionAnswerSchema, payload, { query: { namespace } }),
    async () => (await readDeployment(client, nomadDeploymentId, namespace))?.Status === 'failed',
  );
}

/** The rollout; undefined where Nomad has forgotten it. */
export async function readDeployment(
  client: NomadClient,
  nomadDeploymentId: string,
  namespace: string,
): Promise<Deployment | undefined> {
  try {
    const path = `/v1/deployment/${encodeURIComponent(nomadDeploymentId)}`;
    return (await client.get(path, deploymentSchema, { query: { namespace } })).body;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function isPromoted(client: NomadClient, nomadDeploymentId: string, namespace: string): Promise<boolean> {
  const deployment = await readDeployment(client, nomadDeploymentId, namespace);
  const canaries = Object.values(deployment?.TaskGroups ?? {}).filter((group) => (group?.DesiredCanaries ?? 0) > 0);
  return canaries.length > 0 && canaries.every((group) => group?.Promoted);
}
