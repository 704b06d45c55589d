import { type Job, type JobRef, jobPath, tagAnswerSchema } from './api.ts';
import type { NomadClient } from './client.ts';
import { isMissing, NomadResponseError } from './errors.ts';
import { listVersions } from './jobs.ts';
import { describeTrace, type Trace, tagName, timeOf, traceOf } from './trace.ts';

/**
 * How many versions of a job keep a tag of this action. Nomad never forgets a version that has one, and without tags the last six
 * (`job_tracked_versions`).
 */
const MOST_TAGS = 6;

/** How long a tag is tried for: nothing waits for it. Milliseconds. */
const PATIENCE = 3_000;

/** A version of a job, and where it came from, but for when it was deployed. */
export interface Traced extends JobRef {
  readonly version: number;
  readonly trace: Omit<Trace, 'deployed'>;
}

/**
 * Writes traces onto versions that one step has deployed, as their tags: Nomad 1.9 and newer,
 * <https://developer.hashicorp.com/nomad/api-docs/jobs#create-job-version-tag>. The jobs themselves are not changed by it. A tag that somebody
 * else has set stays. A batch job gets none: Nomad takes a tagged version for another one than the same job without a tag, and registered
 * once more, just the same, a batch job would run again (seen on 2.0.6). An id with a slash gets none either, for Nomad has no path for it.
 *
 * @returns whether Nomad has tags
 * @throws ActionError where Nomad refuses
 */
export async function writeTraces(client: NomadClient, traced: readonly Traced[]): Promise<boolean> {
  const found = await Promise.all(
    traced.map(async (one) => {
      const versions = await listVersions(client, one);
      return { ...one, versions, job: versions.find(({ Version }) => Version === one.version) };
    }),
  );
  const times = found.flatMap(({ job }) => job?.SubmitTime ?? []);
  if (times.length === 0) return true;
  const deployed = timeOf(Math.max(...times));
  const written = await Promise.all(
    found.map(async ({ job, versions, trace }) => {
      if (job === undefined || !maybeTagged(job)) return true;
      return await writeTag(client, job, versions, { ...inherited(trace, versions), deployed });
    }),
  );
  return !written.includes(false);
}

/** What went back comes from where that came from. */
function inherited(trace: Traced['trace'], versions: readonly Job[]): Traced['trace'] {
  const former = versions.find(({ Version }) => Version === trace.backTo);
  const commit = former === undefined ? undefined : traceOf(former)?.commit;
  return commit === undefined ? trace : { ...trace, commit };
}

/** Writes a trace that a version had before. @throws ActionError where Nomad refuses */
export async function restoreTrace(client: NomadClient, ref: JobRef, version: number, trace: Trace): Promise<void> {
  const versions = await listVersions(client, ref);
  const job = versions.find(({ Version }) => Version === version);
  if (job !== undefined && maybeTagged(job)) await writeTag(client, job, versions, trace);
}

function maybeTagged(job: Job): boolean {
  const runsOnce =
    (job.Type === 'batch' || job.Type === 'sysbatch') &&
    !job.Stop &&
    job.Periodic === null &&
    job.ParameterizedJob === null;
  return !job.ID.includes('/') && !runsOnce && ((job.VersionTag ?? null) === null || hasOurTag(job));
}

async function writeTag(client: NomadClient, job: Job, versions: readonly Job[], trace: Trace): Promise<boolean> {
  const ref = { id: job.ID, namespace: job.Namespace };
  const payload = { Version: job.Version, Description: describeTrace(trace) };
  const options = { query: { namespace: ref.namespace }, repeatable: true, patience: PATIENCE };
  try {
    await client.post(tagPath(ref, tagName(job.Version)), tagAnswerSchema, payload, options);
  } catch (error) {
    // An older server takes the path for the name of a job, and finds no job in what it was sent.
    if (error instanceof NomadResponseError && [400, 404, 405].includes(error.status)) return false;
    throw error;
  }
  const older = versions.filter((one) => one.Version !== job.Version && hasOurTag(one)).slice(MOST_TAGS - 1);
  for (const { VersionTag } of older) await removeTag(client, ref, VersionTag?.Name ?? '');
  return true;
}

/** Whether this action has tagged the version, or the one that Nomad has made it of. */
function hasOurTag({ VersionTag }: Job): boolean {
  return /^nomad-pack-v\d+$/.test(VersionTag?.Name ?? '');
}

/** Takes the trace of a version away; that there is none is well, too. */
export async function removeTrace(client: NomadClient, ref: JobRef, version: number): Promise<void> {
  await removeTag(client, ref, tagName(version));
}

async function removeTag(client: NomadClient, ref: JobRef, name: string): Promise<void> {
  try {
    const options = { query: { namespace: ref.namespace }, repeatable: true };
    await client.delete(tagPath(ref, name), tagAnswerSchema, options);
  } catch (error) {
    if (isMissing(error) || (error instanceof NomadResponseError && /not found on job/.test(error.words))) return;
    throw error;
  }
}

function tagPath({ id }: JobRef, name: string): string {
  return jobPath(id, `/versions/${name}/tag`);
}
