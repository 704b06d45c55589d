import type { JobRef } from '../nomad/api.ts';
import type { NomadClient } from '../nomad/client.ts';
import { jobKey } from '../nomad/jobs.ts';
import { overallStatus, readJobStates } from '../nomad/state.ts';
import { snapshotVersions, type VersionSnapshot } from '../nomad/submission.ts';
import type { SurveyedJob } from '../nomad/survey.ts';
import type { Tools } from './tools.ts';

/** What is looked at. */
export interface LastLook {
  /** The jobs that the outputs tell of, as they are now. */
  readonly find: (client: NomadClient) => Promise<readonly SurveyedJob[]>;
  /** How the jobs were that the step changes, where that is known: what differs from it was changed by this step. */
  readonly changes?: { readonly refs: readonly JobRef[]; readonly before: VersionSnapshot };
}

/**
 * What the cluster is like when a step that was changing it is cancelled, for the outputs. Nomad goes on with what it was told, and
 * nobody knows what the interrupted command still did, so it is asked once more, briefly.
 */
export async function lookAfterCancel({ lastNomad, findings, log }: Tools, { find, changes }: LastLook): Promise<void> {
  try {
    const client = await lastNomad();
    try {
      const [jobs, now] = await Promise.all([
        find(client),
        changes === undefined ? undefined : snapshotVersions(client, changes.refs),
      ]);
      if (changes !== undefined && now !== undefined) findings.changed = differs(changes.refs, changes.before, now);
      findings.jobs = await readJobStates(client, jobs);
    } finally {
      await client.close();
    }
  } catch (error) {
    log.debug(`No last look at the cluster: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * How the jobs are after a step that was changing them has failed half-way, for the outputs. That this fails, too, is no news.
 *
 * @returns those that are there, as far as is known
 */
export async function lookAfterFailure(
  { findings, log }: Tools,
  client: NomadClient,
  { find }: Pick<LastLook, 'find'>,
): Promise<readonly SurveyedJob[]> {
  try {
    const found = await find(client);
    const jobs = await readJobStates(client, found);
    Object.assign(findings, { jobs, ...overallStatus(jobs) });
    return found;
  } catch (error) {
    log.debug(`Nobody knows how the jobs are: ${error instanceof Error ? error.message : String(error)}`);
    return [];
  }
}

/** Whether one of the jobs is another now than it was before. nomad-pack purges nothing: one that is gone was taken away by others. */
export function differs(refs: readonly JobRef[], before: VersionSnapshot, now: VersionSnapshot): boolean {
  return refs.map(jobKey).some((key) => {
    const job = now.get(key);
    return job !== undefined && job.jobModifyIndex !== before.get(key)?.jobModifyIndex;
  });
}
