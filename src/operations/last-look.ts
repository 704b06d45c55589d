import type { Deployment } from '../deployment/deployment.ts';
import type { JobRef } from '../nomad/api.ts';
import { overallStatus } from '../nomad/state.ts';
import { differs, type VersionSnapshot } from '../nomad/submission.ts';
import type { SurveyedJob } from '../nomad/survey.ts';
import type { Facts } from '../result.ts';
import type { Tools } from './tools.ts';
import { withinTime } from './within-time.ts';

/** Of each of its questions: the failure has taken its time already. Milliseconds. */
const LONGEST_LOOK = 5_000;

/** What is looked at. */
export interface LastLook {
  /** The jobs that the outputs tell of, as they are now. */
  readonly find: (deployment: Deployment) => Promise<readonly SurveyedJob[]>;
  /** How the jobs were that the step changes, where that is known: what differs from it was changed by this step. */
  readonly changes?: { readonly refs: readonly JobRef[]; readonly before: VersionSnapshot };
  /** Whether a failure leaves something to look for; by default it does. */
  readonly isWanted?: (known: Facts) => boolean;
  /** Says what a failure has left. */
  readonly tell?: (found: readonly SurveyedJob[]) => void;
}

/**
 * Changes the cluster. Where that is cancelled or fails half-way, the cluster is looked at once more, so that the outputs tell how it was
 * left; that this look fails, too, is not news.
 */
export async function withLastLook<T>(
  deployment: Deployment,
  tools: Tools,
  look: LastLook,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (tools.signal.aborted) await lookAfterCancel(deployment, tools, look);
    else if (look.isWanted?.(tools.record.known()) ?? true) await lookAfterFailure(deployment, tools, look);
    throw error;
  }
}

/** Nomad goes on with what it was told, and nobody knows what the interrupted command still did, so it is asked once more, briefly. */
async function lookAfterCancel(
  deployment: Deployment,
  { record, log }: Tools,
  { find, changes }: LastLook,
): Promise<void> {
  try {
    await deployment.lastLook(async (last) => {
      const [jobs, now] = await Promise.all([
        find(last),
        changes === undefined ? undefined : last.snapshot(changes.refs),
      ]);
      if (changes !== undefined && now !== undefined)
        record.know({ changed: differs(changes.refs, changes.before, now) });
      record.know({ jobs: await last.states(jobs) });
    });
  } catch (error) {
    log.debug(`No last look at the cluster: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function lookAfterFailure(
  deployment: Deployment,
  { record, log }: Tools,
  { find, tell }: LastLook,
): Promise<void> {
  try {
    const found = await withinTime(find(deployment), LONGEST_LOOK, 'what is left');
    const jobs = await withinTime(deployment.states(found), LONGEST_LOOK, 'how the jobs are');
    record.know({ jobs, ...overallStatus(jobs) });
    tell?.(found);
  } catch (error) {
    log.debug(`Nobody knows how the jobs are: ${error instanceof Error ? error.message : String(error)}`);
  }
}
