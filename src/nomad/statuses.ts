import type { Allocation, Deployment, Job, JobRef, JobStatuses, StatusAllocation, StatusDeployment } from './api.ts';
import { allocationsSchema, deploymentsSchema, jobPath, jobStatusesSchema } from './api.ts';
import type { NomadClient, NomadResponse, RequestOptions } from './client.ts';
import { NomadResponseError } from './errors.ts';
import { jobKey, readJob } from './jobs.ts';

/**
 * What `POST /v1/jobs/statuses` says of these jobs, in their order; jobs that do not exist are left out. Servers that lack the
 * endpoint, and jobs that it passes over (before Nomad 2.0.4 it showed one of several jobs that were changed at once), are
 * asked one by one.
 */
export async function readStatuses(client: NomadClient, refs: readonly JobRef[]): Promise<JobStatuses[]> {
  if (refs.length === 0) return [];
  return (await awaitStatuses(client, refs, {})).statuses;
}

export interface StatusRound {
  readonly statuses: JobStatuses[];
  /** For the next one to wait for a change; 0 where the server cannot wait for a change of every one of these jobs. */
  readonly index: number;
}

/** As `readStatuses`; with `blocking` it waits on the server until something of these jobs has changed. */
export async function awaitStatuses(
  client: NomadClient,
  refs: readonly JobRef[],
  options: RequestOptions,
): Promise<StatusRound> {
  const { body, index } = await askStatuses(client, refs, options);
  const answered = new Map(body.map((status) => [keyOf(status), status]));
  const { blocking: _, ...others } = options;
  const all = await Promise.all(refs.map((ref) => answered.get(jobKey(ref)) ?? collectStatus(client, ref, others)));
  const statuses = all.filter((status) => status !== undefined);
  return { statuses, index: statuses.length > answered.size ? 0 : index };
}

function keyOf({ ID, Namespace }: JobStatuses): string {
  return jobKey({ id: ID, namespace: Namespace });
}

async function askStatuses(
  client: NomadClient,
  refs: readonly JobRef[],
  options: RequestOptions,
): Promise<NomadResponse<readonly JobStatuses[]>> {
  const payload = { jobs: refs.map(({ id, namespace }) => ({ id, namespace })), include_children: true };
  try {
    const { body, index } = await client.post('/v1/jobs/statuses', jobStatusesSchema, payload, {
      ...options,
      query: { namespace: '*' },
      repeatable: true,
    });
    return { body, index };
  } catch (error) {
    if (error instanceof NomadResponseError && (error.status === 404 || error.status === 405)) {
      return { body: [], index: 0 };
    }
    throw error;
  }
}

/** The same answer, put together from what each Nomad can tell. */
async function collectStatus(
  client: NomadClient,
  ref: JobRef,
  options: RequestOptions,
): Promise<JobStatuses | undefined> {
  const asked = { ...options, query: { namespace: ref.namespace } };
  const [job, allocations, deployments] = await Promise.all([
    readJob(client, ref, options),
    client.get(jobPath(ref.id, '/allocations'), allocationsSchema, asked),
    client.get(jobPath(ref.id, '/deployments'), deploymentsSchema, asked),
  ]);
  if (job === undefined) return undefined;
  const latest = [...deployments.body].sort((a, b) => b.CreateIndex - a.CreateIndex)[0];
  return {
    ID: job.ID,
    Namespace: job.Namespace,
    Name: job.Name,
    Type: job.Type,
    Version: job.Version,
    SubmitTime: job.SubmitTime,
    ModifyIndex: job.ModifyIndex,
    ParentID: job.ParentID ?? '',
    Stop: job.Stop,
    Status: job.Status,
    GroupCountSum: (job.TaskGroups ?? []).reduce((sum, group) => sum + group.Count, 0),
    ChildStatuses: isLauncher(job) ? [] : null,
    Allocs: allocations.body.map(statusAllocation),
    LatestDeployment: latest === undefined ? null : statusDeployment(latest),
  };
}

function isLauncher(job: Job): boolean {
  return job.Periodic !== null || (job.ParameterizedJob !== null && (job.ParentID ?? '') === '');
}

function statusAllocation(allocation: Allocation): StatusAllocation {
  return {
    ID: allocation.ID,
    Group: allocation.TaskGroup,
    NodeID: allocation.NodeID,
    ClientStatus: allocation.ClientStatus,
    JobVersion: allocation.JobVersion,
    DeploymentStatus: allocation.DeploymentStatus ?? { Canary: false, Healthy: null },
    FollowupEvalID: allocation.FollowupEvalID ?? '',
  };
}

function statusDeployment(deployment: Deployment): StatusDeployment {
  const groups = Object.values(deployment.TaskGroups ?? {}).filter((group) => group !== null);
  const canaries = groups.filter((group) => group.DesiredCanaries > 0);
  const running = deployment.Status === 'running';
  return {
    ID: deployment.ID,
    IsActive: running || deployment.Status === 'paused',
    JobVersion: deployment.JobVersion,
    Status: deployment.Status,
    StatusDescription: deployment.StatusDescription,
    AllAutoPromote: running && canaries.length > 0 && canaries.every((group) => group.AutoPromote),
    RequiresPromotion: running && canaries.some((group) => !group.Promoted),
  };
}
