import { type Evaluation, evaluationSchema, type Job, type JobMeta, type JobRef, type JobType } from './api.ts';
import type { NomadClient } from './client.ts';
import { isMissing } from './errors.ts';
import { jobKey, listVersions } from './jobs.ts';

/** A job as it was before a run. */
export interface SnapshotJob extends JobRef {
  readonly version: number;
  /** It was told to stop. */
  readonly stop: boolean;
  readonly jobModifyIndex: number;
  /** Nomad has seen this version healthy. It never says so of kinds that have no rollout: batch, periodic, parameterized. */
  readonly stable: boolean;
  /** The highest version of the same pack and deployment that Nomad has seen healthy, and not stopped; undefined where there is none. */
  readonly highestStable: number | undefined;
}

/** What the jobs were before a run, by `jobKey`. Jobs that did not exist are absent. */
export type VersionSnapshot = ReadonlyMap<string, SnapshotJob>;

/** Looks at the jobs before a run. */
export async function snapshotVersions(client: NomadClient, refs: readonly JobRef[]): Promise<VersionSnapshot> {
  const found = await Promise.all(refs.map(async (ref) => [ref, await listVersions(client, ref)] as const));
  const jobs = found.flatMap(([ref, versions]) => snapshotJob(ref, versions));
  return new Map(jobs.map((job) => [jobKey(job), job]));
}

/** Whether one of the jobs is another now than it was before. nomad-pack purges nothing: one that is gone was taken away by others. */
export function differs(refs: readonly JobRef[], before: VersionSnapshot, now: VersionSnapshot): boolean {
  return refs.map(jobKey).some((key) => {
    const job = now.get(key);
    return job !== undefined && job.jobModifyIndex !== before.get(key)?.jobModifyIndex;
  });
}

function snapshotJob({ id, namespace }: JobRef, versions: readonly Job[]): SnapshotJob[] {
  const [current] = versions;
  if (current === undefined) return [];
  const own = versions.filter((job) => isSameOwner(job, current));
  return [
    {
      id,
      namespace,
      version: current.Version,
      stop: current.Stop,
      jobModifyIndex: current.JobModifyIndex,
      stable: current.Stable,
      // Nomad marks a stopped version as stable when it was made from one.
      highestStable: own.find((job) => job.Stable && !job.Stop)?.Version,
    },
  ];
}

/** Whether the versions are of one pack and deployment: a job that was replaced by another pack’s has those of both. */
function isSameOwner({ Meta: a }: Job, { Meta: b }: Job): boolean {
  return ['pack.name', 'pack.deployment_name'].every((key) => a?.[key] === b?.[key]);
}

/** A job of a run, at the version that is the run's. */
export interface SubmittedJob extends JobRef {
  readonly version: number;
  readonly jobModifyIndex: number;
  readonly launches: 'periodic' | 'parameterized' | undefined;
  readonly type: JobType;
  /** As it was registered, where the versions were read. */
  readonly meta?: JobMeta | null;
  /** `missing`: it was to be registered but is not there. */
  readonly change: 'created' | 'updated' | 'unchanged' | 'missing';
  /** Of a version that went back: the older one that it says the same as. */
  readonly madeOf?: number;
  /** An evaluation of the run names this version: nobody else has registered it. Of one that is missing: it was there. */
  readonly isProven?: true;
}

/** The evaluations that a run claims to have made. */
export interface Claimed {
  readonly ids: readonly string[];
  /** Nomad's index before the run: what it made has a higher one. */
  readonly since: number;
}

/** What a run claims that printed no evaluation. */
export const NOTHING_CLAIMED: Claimed = { ids: [], since: 0 };

/**
 * Which version of each job is this run's. An evaluation that the run made names the `JobModifyIndex` that it registered, and that the
 * version; the evaluation of an unchanged registration names none. Where the run made no evaluation, as for periodic and parameterized
 * jobs, what is there now is compared with what was there before. An evaluation is the run's if it is of one of these jobs, of a
 * registration, and younger than the run; of several, the youngest.
 */
export async function findSubmitted(
  client: NomadClient,
  rendered: readonly JobRef[],
  before: VersionSnapshot,
  { ids, since }: Claimed,
): Promise<SubmittedJob[]> {
  const found = await Promise.all(ids.map(async (id) => await readEvaluation(client, id)));
  const evaluations = found
    .filter((evaluation) => evaluation !== undefined)
    .filter(({ TriggeredBy, CreateIndex }) => TriggeredBy === 'job-register' && CreateIndex > since)
    .sort((a, b) => a.CreateIndex - b.CreateIndex);
  const evaluationOf = new Map(
    evaluations.map((evaluation) => [jobKey({ id: evaluation.JobID, namespace: evaluation.Namespace }), evaluation]),
  );
  return await Promise.all(
    rendered.map(async (ref) => {
      const key = jobKey(ref);
      return submittedJob(ref, await listVersions(client, ref), before.get(key), evaluationOf.get(key));
    }),
  );
}

/** Undefined for one that Nomad has forgotten. */
async function readEvaluation(client: NomadClient, id: string): Promise<Evaluation | undefined> {
  try {
    const path = `/v1/evaluation/${encodeURIComponent(id)}`;
    return (await client.get(path, evaluationSchema, { query: { namespace: '*' } })).body;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function submittedJob(
  ref: JobRef,
  versions: readonly Job[],
  before: SnapshotJob | undefined,
  evaluation: Evaluation | undefined,
): SubmittedJob {
  const registered = versions.find((job) => job.JobModifyIndex === evaluation?.JobModifyIndex);
  const job = registered ?? standing(versions, evaluation);
  if (job === undefined) return { ...missingJob(ref), ...(evaluation !== undefined && { isProven: true }) };
  return {
    id: ref.id,
    namespace: ref.namespace,
    version: job.Version,
    jobModifyIndex: job.JobModifyIndex,
    launches: launchesOf(job),
    type: job.Type,
    meta: job.Meta,
    change: evaluation !== undefined && registered === undefined ? 'unchanged' : changeSince(before, job),
    ...(registered !== undefined && { isProven: true }),
  };
}

/**
 * The version that was there already and said the same, somebody else's maybe, registered a moment earlier: the one that was current when
 * Nomad made the evaluation.
 */
function standing(versions: readonly Job[], evaluation: Evaluation | undefined): Job | undefined {
  const { CreateIndex = Number.POSITIVE_INFINITY } = evaluation ?? {};
  return versions.find(({ JobModifyIndex }) => JobModifyIndex < CreateIndex) ?? versions[0];
}

function changeSince(before: SnapshotJob | undefined, { JobModifyIndex }: Job): SubmittedJob['change'] {
  if (before === undefined) return 'created';
  return before.jobModifyIndex === JobModifyIndex ? 'unchanged' : 'updated';
}

/** What is wrong with a job that is `missing`, in words that follow its name. */
export const NOT_THERE = 'it is not there, though it was to be registered';

function missingJob({ id, namespace }: JobRef): SubmittedJob {
  return { id, namespace, version: 0, jobModifyIndex: 0, launches: undefined, type: 'service', change: 'missing' };
}

function launchesOf(job: Job): SubmittedJob['launches'] {
  if (job.Periodic !== null) return 'periodic';
  return job.ParameterizedJob === null ? undefined : 'parameterized';
}

/** What Nomad says that it registered, for jobs that are registered through its API. */
export async function findRegistered(client: NomadClient, ref: JobRef, jobModifyIndex: number): Promise<SubmittedJob> {
  const job = (await listVersions(client, ref)).find((version) => version.JobModifyIndex === jobModifyIndex);
  return job === undefined ? missingJob(ref) : { ...submittedJob(ref, [job], undefined, undefined), change: 'updated' };
}
