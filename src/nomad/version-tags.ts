import { type Job, type JobRef, jobPath, tagAnswerSchema } from './api.ts';
import type { NomadClient } from './client.ts';
import { isMissing, NomadResponseError } from './errors.ts';
import { listVersions } from './jobs.ts';
import { describeTrace, type Trace, tagName } from './trace.ts';

/**
 * How many versions of a job keep a tag of this action. Nomad never forgets a version that has one, and without tags the last six
 * (`job_tracked_versions`).
 */
export const MOST_TAGS = 6;

/** How long a tag is tried for: nothing waits for it. Milliseconds. */
const PATIENCE = 3_000;

/**
 * Writes a trace onto a version of a job, as its tag: <https://developer.hashicorp.com/nomad/api-docs/jobs#create-job-version-tag>, Nomad
 * 1.9 and newer. The job itself is not changed by it. A tag that somebody else has set stays.
 *
 * @returns whether there are such tags: false on a Nomad that is older, and for an id with a slash, which Nomad has no path for
 * @throws ActionError where Nomad refuses
 */
export async function writeTrace(client: NomadClient, ref: JobRef, version: number, trace: Trace): Promise<boolean> {
  if (ref.id.includes('/')) return false;
  const versions = await listVersions(client, ref);
  const job = versions.find(({ Version }) => Version === version);
  if (job === undefined || ((job.VersionTag ?? null) !== null && !hasOurTag(job))) return true;
  const payload = { Version: version, Description: describeTrace(trace) };
  try {
    const query = { namespace: ref.namespace };
    await client.post(tagPath(ref, tagName(version)), tagAnswerSchema, payload, {
      query,
      repeatable: true,
      patience: PATIENCE,
    });
  } catch (error) {
    // An older server takes the path for the name of a job, and finds no job in what it was sent.
    if (error instanceof NomadResponseError && [400, 404, 405].includes(error.status)) return false;
    throw error;
  }
  const older = versions.filter((one) => one.Version !== version && hasOurTag(one)).slice(MOST_TAGS - 1);
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
    await client.delete(tagPath(ref, name), tagAnswerSchema, { query: { namespace: ref.namespace } });
  } catch (error) {
    if (isMissing(error) || (error instanceof NomadResponseError && /not found on job/.test(error.words))) return;
    throw error;
  }
}

function tagPath({ id }: JobRef, name: string): string {
  return jobPath(id, `/versions/${name}/tag`);
}
