import type { GroupState, Health, JobState, Status } from '../result.ts';
import type { JobStatuses, StatusAllocation } from './api.ts';
import type { NomadClient } from './client.ts';
import { jobKey, readJob } from './jobs.ts';
import { readStatuses } from './statuses.ts';
import type { SurveyedJob } from './survey.ts';

/** How many allocations each task group shall have, by its name. */
type GroupCounts = ReadonlyMap<string, number>;

/**
 * The state of these jobs, in their order: one request for all of them, and one more for each job of several task groups, whose
 * counts Nomad tells nowhere else. Jobs that are gone meanwhile are left out.
 */
export async function readJobStates(client: NomadClient, jobs: readonly SurveyedJob[]): Promise<JobState[]> {
  const [statuses, counts] = await Promise.all([
    readStatuses(client, jobs),
    Promise.all(jobs.map(async (job) => [jobKey(job), await groupCounts(client, job)] as const)),
  ]);
  const countsOf = new Map(counts);
  const surveyed = new Map(jobs.map((job) => [jobKey(job), job]));
  return statuses.flatMap((status) => {
    const key = jobKey({ id: status.ID, namespace: status.Namespace });
    const job = surveyed.get(key);
    return job === undefined ? [] : [jobState(client.settings.address, job, status, countsOf.get(key))];
  });
}

/** Undefined where one number for the whole job says it. */
async function groupCounts(client: NomadClient, job: SurveyedJob): Promise<GroupCounts | undefined> {
  if (job.launches !== undefined || Object.keys(job.groups).length === 1) return undefined;
  const found = await readJob(client, job);
  return new Map((found?.TaskGroups ?? []).map((group) => [group.Name, group.Count]));
}

/** What of a job must be known besides what Nomad says of its state. */
export type JobSubject = Pick<SurveyedJob, 'id' | 'namespace' | 'type' | 'launches' | 'groups'>;

/** The state of one job, from what Nomad says of it. */
export function jobState(
  address: string,
  job: JobSubject,
  nomad: JobStatuses,
  counts: GroupCounts = new Map(Object.keys(job.groups).map((name) => [name, nomad.GroupCountSum])),
): JobState {
  const groups = job.launches === undefined ? groupStates(job, nomad, counts) : [];
  const { LatestDeployment: deployment } = nomad;
  return {
    id: job.id,
    namespace: job.namespace,
    type: job.launches === undefined ? job.type : `${job.type} (${job.launches})`,
    ...judge(job, nomad, groups),
    version: nomad.Version,
    ...(deployment !== null && { nomadDeploymentId: deployment.ID }),
    groups,
    url: jobUrl(address, job),
  };
}

/** The job's page in Nomad's UI; empty for an address that no browser can open. */
export function jobUrl(
  address: string,
  { id, namespace }: { readonly id: string; readonly namespace: string },
): string {
  return address.startsWith('unix://') ? '' : `${address}/ui/jobs/${encodeURIComponent(id)}@${namespace}`;
}

function groupStates(job: JobSubject, nomad: JobStatuses, counts: GroupCounts): GroupState[] {
  const current = (nomad.Allocs ?? []).filter((allocation) => allocation.JobVersion === nomad.Version);
  return [...counts].map(([name, count]) => {
    const allocations = current.filter((allocation) => allocation.Group === name);
    const placed = allocations.filter((allocation) => isPlaced(nomad, allocation)).length;
    // A system job wants one on every node that fits: those that have it, and those that lack the room; none at all is too few.
    const nodes = countNodes(nomad, allocations) + (job.groups[name]?.Queued ?? 0);
    const wanted = isOnEveryNode(nomad) && count > 0 ? Math.max(nodes, 1) : count;
    const desired = nomad.Stop ? 0 : wanted;
    const healthy = Math.min(allocations.filter((allocation) => isHealthy(nomad, allocation)).length, desired);
    // A failed allocation that was replaced stays listed; it matters as long as its replacement is not healthy.
    const unhealthy = Math.min(countFailed(allocations), desired - healthy);
    return { name, desired, placed, healthy, unhealthy };
  });
}

function isOnEveryNode({ Type }: JobStatuses): boolean {
  return Type === 'system' || Type === 'sysbatch';
}

function isBatch({ Type }: JobStatuses): boolean {
  return Type === 'batch' || Type === 'sysbatch';
}

function isPlaced(nomad: JobStatuses, { ClientStatus }: StatusAllocation): boolean {
  return ClientStatus === 'pending' || ClientStatus === 'running' || (isBatch(nomad) && ClientStatus === 'complete');
}

/** Where Nomad watches no health (a batch job, or a replacement after the rollout's end), a task that runs is a healthy one. */
function isHealthy(nomad: JobStatuses, { ClientStatus, DeploymentStatus }: StatusAllocation): boolean {
  if (isBatch(nomad)) return ClientStatus === 'running' || ClientStatus === 'complete';
  if (ClientStatus !== 'running') return false;
  return DeploymentStatus.Healthy ?? nomad.LatestDeployment?.IsActive !== true;
}

/** The nodes that have an allocation, or had one that failed. What was lost was lost with its node. */
function countNodes(nomad: JobStatuses, allocations: readonly StatusAllocation[]): number {
  const counted = allocations.filter(
    (allocation) => isPlaced(nomad, allocation) || (hasFailed(allocation) && allocation.ClientStatus !== 'lost'),
  );
  return new Set(counted.map(({ NodeID }) => NodeID)).size;
}

function countFailed(allocations: readonly StatusAllocation[]): number {
  return allocations.filter(hasFailed).length;
}

function hasFailed({ ClientStatus, DeploymentStatus }: StatusAllocation): boolean {
  if (ClientStatus === 'failed' || ClientStatus === 'lost') return true;
  return ClientStatus === 'running' && DeploymentStatus.Healthy === false;
}

interface Judgement {
  readonly status: Status;
  readonly health: Health;
}

/** Nomad's status of a job says whether its scheduler has something to do for it; this is what a user means by status. */
function judge(job: JobSubject, nomad: JobStatuses, groups: readonly GroupState[]): Judgement {
  if (nomad.Stop) return { status: 'stopped', health: 'unknown' };
  // What launches jobs has no allocations: that Nomad has accepted it is all that can be known.
  if (job.launches !== undefined) return { status: 'running', health: 'healthy' };
  const health = healthOf(nomad, groups);
  if (nomad.Status === 'dead') return judgeDead(nomad, job, groups, health);
  if (nomad.Status === 'pending') return { status: 'pending', health };
  const placed = groups.some((group) => group.placed > 0);
  return { status: placed || wantsNothing(groups) ? 'running' : 'pending', health };
}

function healthOf({ LatestDeployment, Version }: JobStatuses, groups: readonly GroupState[]): Health {
  const own = LatestDeployment?.JobVersion === Version ? LatestDeployment : undefined;
  if (own?.Status === 'failed' || groups.some((group) => group.unhealthy > 0)) return 'unhealthy';
  // Where there are as many canaries as allocations are wanted, the counts alone would hide that the version from before runs, too.
  if (own?.RequiresPromotion === true) return 'unknown';
  return groups.every((group) => group.healthy >= group.desired) && groups.length > 0 ? 'healthy' : 'unknown';
}

function wantsNothing(groups: readonly GroupState[]): boolean {
  return groups.length > 0 && groups.every((group) => group.desired === 0);
}

/** Ended without having been stopped: well, badly, or so long ago that Nomad has forgotten all but the numbers. */
function judgeDead(nomad: JobStatuses, job: JobSubject, groups: readonly GroupState[], health: Health): Judgement {
  if ((nomad.Allocs ?? []).length === 0) {
    const failed = Object.values(job.groups).some((group) => group.Failed > 0 || group.Lost > 0);
    if (failed) return { status: 'failed', health: 'unhealthy' };
  }
  const complete = isBatch(nomad) && health !== 'unhealthy';
  if (complete || wantsNothing(groups)) return { status: 'complete', health: 'healthy' };
  return { status: 'failed', health: 'unhealthy' };
}

/** From the worst to the best: what is true of a deployment when it is true of one of its jobs. */
const precedence: readonly Status[] = ['failed', 'reverted', 'cancelled', 'unknown', 'pending', 'running', 'complete'];

/**
 * The state of a whole deployment. Stopped jobs count only where all are: a pack that dropped a job leaves it stopped until
 * Nomad forgets it.
 */
export function overallStatus(jobs: readonly Pick<JobState, 'status' | 'health'>[]): Judgement {
  if (jobs.every(({ status }) => status === 'absent')) return { status: 'absent', health: 'unknown' };
  const alive = jobs.filter((job) => job.status !== 'stopped');
  if (alive.length === 0) return { status: 'stopped', health: 'unknown' };
  const status = precedence.find((one) => alive.some((job) => job.status === one)) ?? 'unknown';
  if (alive.some((job) => job.health === 'unhealthy')) return { status, health: 'unhealthy' };
  return { status, health: alive.every((job) => job.health === 'healthy') ? 'healthy' : 'unknown' };
}
