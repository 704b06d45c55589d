import type { JobRef } from '../nomad/api.ts';
import type { NomadClient } from '../nomad/client.ts';
import { jobKey } from '../nomad/jobs.ts';
import { overallStatus, readJobStates } from '../nomad/state.ts';
import { snapshotVersions, type VersionSnapshot } from '../nomad/submission.ts';
import type { SurveyedJob } from '../nomad/survey.ts';
import type { Facts } from '../result.ts';
import type { Tools } from './tools.ts';

/** What is looked at. */
export interface LastLook {
  /** The jobs that the outputs tell of, as they are now. */
  readonly find: (client: NomadClient) => Promise<readonly SurveyedJob[]>;
  /** How the jobs were that the step changes, where that is known: what differs from it was changed by this step. */
  readonly changes?: { readonly refs: readonly JobRef[]; readonly before: VersionSnapshot };
  /** Whether a failure leaves something to look for; by default it does. */
  readonly isWanted?: (known: Facts) => boolean;
  /** Says what a failure has left. */
  readonly tell?: (found: readonly SurveyedJob[]) => void;
}

/**
 * Changes the cluster. Where that is cancelled or fails half-way, the cluster is looked at once more, so that the outputs tell how it was
 * left; that this look fails, too, is no news.
 */
export async function withLastLook<T>(
  client: NomadClient,
  tools: Tools,
  look: LastLook,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (tools.signal.aborted) await lookAfterCancel(tools, look);
    else if (look.isWanted?.(tools.record.known()) ?? true) await lookAfterFailure(tools, client, look);
    throw error;
  }
}

/** Nomad goes on with what it was told, and nobody knows what the interrupted command still did, so it is asked once more, briefly. */
async function lookAfterCancel({ lastNomad, record, log }: Tools, { find, changes }: LastLook): Promise<void> {
  try {
    const client = await lastNomad();
    try {
      const [jobs, now] = await Promise.all([
        find(client),
        changes === undefined ? undefined : snapshotVersions(client, changes.refs),
      ]);
      if (changes !== undefined && now !== undefined)
        record.know({ changed: differs(changes.refs, changes.before, now) });
      record.know({ jobs: await readJobStates(client, jobs) });
    } finally {
      await client.close();
    }
  } catch (error) {
    log.debug(`No last look at the cluster: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function lookAfterFailure({ record, log }: Tools, client: NomadClient, { find, tell }: LastLook): Promise<void> {
  try {
    const found = await find(client);
    const jobs = await readJobStates(client, found);
    record.know({ jobs, ...overallStatus(jobs) });
    tell?.(found);
  } catch (error) {
    log.debug(`Nobody knows how the jobs are: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Whether one of the jobs is another now than it was before. nomad-pack purges nothing: one that is gone was taken away by others. */
export function differs(refs: readonly JobRef[], before: VersionSnapshot, now: VersionSnapshot): boolean {
  return refs.map(jobKey).some((key) => {
    const job = now.get(key);
    return job !== undefined && job.jobModifyIndex !== before.get(key)?.jobModifyIndex;
  });
}
