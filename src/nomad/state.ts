import type { GroupState, Health, JobState, Status } from '../result.ts';
import type { Allocation, Evaluation, Job, JobStatuses, StatusAllocation } from './api.ts';
import type { NomadClient } from './client.ts';
import { jobKey, listAllocations, listEvaluations, readJob } from './jobs.ts';
import { readStatuses } from './statuses.ts';
import type { SurveyedJob } from './survey.ts';
import { findUnstarted, isBatch, isOnEveryNode, isUnwatched, mayBeEvicted, needsTasks } from './tasks.ts';

/**
 * The state of these jobs, in their order: one request for all of them, and further ones only for what that request does not tell: the
 * counts of several task groups, whether main tasks have started where nobody watches the health, and what became of a batch job whose
 * allocations are gone. Jobs that are gone meanwhile are left out.
 */
export async function readJobStates(client: NomadClient, jobs: readonly SurveyedJob[]): Promise<JobState[]> {
  const [statuses, specifications] = await Promise.all([
    readStatuses(client, jobs),
    Promise.all(jobs.map(async (job) => (hasSeveralGroups(job) ? await readJob(client, job) : undefined))),
  ]);
  const found = new Map(statuses.map((status) => [jobKey({ id: status.ID, namespace: status.Namespace }), status]));
  const states = await Promise.all(
    jobs.map(async (job, index) => {
      const nomad = found.get(jobKey(job));
      if (nomad === undefined) return [];
      const details =
        job.launches === undefined ? await readDetails(nomad, factsOf(client, job), specifications[index]) : {};
      return [jobState(client.settings.address, job, nomad, details)];
    }),
  );
  return states.flat();
}

function factsOf(client: NomadClient, job: SurveyedJob): JobFacts {
  return {
    specification: async () => await readJob(client, job),
    allocations: async () => await listAllocations(client, job),
    evaluations: async () => await listEvaluations(client, job),
  };
}

/** Then one number for the whole job does not say how many each of them wants. */
function hasSeveralGroups({ launches, groups }: SurveyedJob): boolean {
  return launches === undefined && Object.keys(groups).length !== 1;
}

/** Where further facts about a job come from; each is asked for only when it is needed. */
export interface JobFacts {
  /** The job's current version; undefined where it is gone. */
  readonly specification: () => Promise<Job | undefined>;
  readonly allocations: () => Promise<readonly Allocation[]>;
  readonly evaluations: () => Promise<readonly Evaluation[]>;
}

/** @param known the job's current version, where it is known already */
export async function readDetails(nomad: JobStatuses, facts: JobFacts, known?: Job): Promise<JobDetails> {
  const neverRan = isForgotten(nomad) && (await facts.evaluations()).length > 0;
  const isToBeSeen = (nomad.Allocs ?? []).some(
    (allocation) => isUnwatched(nomad, allocation) || mayBeEvicted(nomad, allocation),
  );
  const specification = known ?? (isToBeSeen ? await facts.specification() : undefined);
  if (specification === undefined) return { neverRan };
  const allocations = needsTasks(nomad, specification) ? await facts.allocations() : [];
  return { counts: groupCounts(specification), unstarted: findUnstarted(specification, allocations), neverRan };
}

/** What of a job must be known besides what Nomad says of its state. */
export type JobSubject = Pick<SurveyedJob, 'id' | 'namespace' | 'type' | 'launches' | 'groups'>;

/** What `POST /v1/jobs/statuses` does not tell of a job. */
export interface JobDetails {
  /** How many allocations each task group is to have, by its name; without it, the one group has them all. */
  readonly counts?: ReadonlyMap<string, number>;
  /** The ids of the allocations that run though a main task of theirs does not, or that were evicted. */
  readonly unstarted?: ReadonlySet<string>;
  /** Nomad remembers that it has evaluated the job, and no allocation came of it. */
  readonly neverRan?: boolean;
}

/** How many allocations each task group of the job is to have, by its name. */
function groupCounts({ TaskGroups }: Job): ReadonlyMap<string, number> {
  return new Map((TaskGroups ?? []).map(({ Name, Count }) => [Name, Count]));
}

/** The state of one job, from what Nomad says of it: the one set of rules by which every operation judges a job. */
export function jobState(address: string, job: JobSubject, nomad: JobStatuses, details: JobDetails = {}): JobState {
  const groups = job.launches === undefined ? groupStates(job, nomad, details) : [];
  const { LatestDeployment: deployment } = nomad;
  return {
    id: job.id,
    namespace: job.namespace,
    type: job.launches === undefined ? job.type : `${job.type} (${job.launches})`,
    ...judgeJob(job, nomad, groups, details),
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

function groupStates(job: JobSubject, nomad: JobStatuses, { counts, unstarted = new Set() }: JobDetails): GroupState[] {
  const current = (nomad.Allocs ?? []).filter((allocation) => allocation.JobVersion === nomad.Version);
  const wantedOf = counts ?? new Map(Object.keys(job.groups).map((name) => [name, nomad.GroupCountSum]));
  return [...wantedOf].map(([name, count]) => {
    const allocations = current.filter((allocation) => allocation.Group === name);
    const placed = allocations.filter((allocation) => isPlaced(nomad, allocation)).length;
    // A system job wants one on every node that fits: those that have it, and those that lack the room; none at all is too few.
    const nodes = countNodes(nomad, allocations) + (job.groups[name]?.Queued ?? 0);
    const wanted = isOnEveryNode(nomad) && count > 0 ? Math.max(nodes, 1) : count;
    const desired = nomad.Stop ? 0 : wanted;
    const well = allocations.filter((allocation) => isHealthy(nomad, allocation) && !unstarted.has(allocation.ID));
    const healthy = Math.min(well.length, desired);
    // A failed allocation that was replaced stays listed; it matters as long as its replacement is not healthy.
    const unhealthy = Math.min(countFailed(allocations), desired - healthy);
    return { name, desired, placed, healthy, unhealthy };
  });
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
function judgeJob(job: JobSubject, nomad: JobStatuses, groups: readonly GroupState[], details: JobDetails): Judgement {
  if (nomad.Stop) return { status: 'stopped', health: 'unknown' };
  // What launches jobs has no allocations: that Nomad has accepted it is all that can be known.
  if (job.launches !== undefined) return { status: 'running', health: 'healthy' };
  const health = healthOf(nomad, groups);
  if (isForgotten(nomad)) return judgeForgotten(job, groups, details);
  if (nomad.Status === 'dead') return judgeDead(nomad, groups, health);
  // Something of it is still to be placed, so what runs, or has run, is not all.
  if (nomad.Status === 'pending') return { status: 'pending', health: health === 'healthy' ? 'unknown' : health };
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

/** Ended without having been stopped: well, badly, or before any allocation of this version ran. */
function judgeDead(nomad: JobStatuses, groups: readonly GroupState[], health: Health): Judgement {
  if (wantsNothing(groups)) return { status: 'complete', health: 'healthy' };
  if (!isBatch(nomad) || health === 'unhealthy') return { status: 'failed', health: 'unhealthy' };
  return health === 'healthy' ? { status: 'complete', health } : { status: 'pending', health: 'unknown' };
}

/** Whether a batch job is at rest, and no allocation tells whether it has run: Nomad forgets them sooner than their job. */
export function isForgotten(nomad: JobStatuses): boolean {
  return isBatch(nomad) && nomad.Status === 'dead' && !nomad.Stop && (nomad.Allocs ?? []).length === 0;
}

/**
 * What became of a batch job of which only the numbers are left. They are those of all of its versions; an evaluation is forgotten
 * together with the allocations that came of it, so while one is known, nothing came of it.
 */
function judgeForgotten(
  { groups: numbers }: JobSubject,
  groups: readonly GroupState[],
  { neverRan = false }: JobDetails,
): Judgement {
  if (wantsNothing(groups)) return { status: 'complete', health: 'healthy' };
  if (neverRan) return { status: 'pending', health: 'unknown' };
  const summaries = groups.map(({ name }) => numbers[name]);
  if (summaries.some((summary) => (summary?.Failed ?? 0) + (summary?.Lost ?? 0) > 0)) {
    return { status: 'failed', health: 'unhealthy' };
  }
  if (groups.length === 0 || summaries.includes(undefined)) return { status: 'unknown', health: 'unknown' };
  const isComplete = groups.every(({ name, desired }) => (numbers[name]?.Complete ?? 0) >= desired);
  return isComplete ? { status: 'complete', health: 'healthy' } : { status: 'pending', health: 'unknown' };
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
