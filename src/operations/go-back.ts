import { ActionError, asActionError } from '../errors.ts';
import type { NomadClient } from '../nomad/client.ts';
import { jobKey } from '../nomad/jobs.ts';
import { revertJobs } from '../nomad/revert.ts';
import type { RolloutOutcome } from '../nomad/rollout/watch.ts';
import type { SubmittedJob, VersionSnapshot } from '../nomad/submission.ts';
import type { DeploymentSettings } from '../settings/settings.ts';
import { type Claim, ownerOf } from './survey.ts';
import type { Tools } from './tools.ts';
import { watch } from './watch.ts';

/** A deploy that failed. */
export interface Failed {
  readonly submitted: readonly SubmittedJob[];
  readonly claim: Claim;
  readonly before: VersionSnapshot;
  readonly outcome: RolloutOutcome;
  readonly failure: ActionError;
}

/** A pack is one unit: when one of its jobs fails, every job that this step changed goes back, and that is watched, too. */
export async function goBack(
  client: NomadClient,
  settings: DeploymentSettings,
  tools: Tools,
  { submitted, claim, before, outcome, failure }: Failed,
): Promise<RolloutOutcome> {
  const { log } = tools;
  log.warning(`${failure.message.split('\n')[0]}. Going back, as \`on_failure: revert\` asks for.`);
  try {
    const { actions, watch: back } = await revertJobs(client, submitted, claim.stops, before, ownerOf(settings));
    for (const action of actions) log.notice(action);
    if (back.length === 0) return { ...outcome, failure };
    const after = await watch(client, back, settings, tools, 'Watch the way back');
    const jobs = withDiagnoses(after, outcome);
    if (after.failure !== undefined) return { ...after, jobs, failure: failedToo(failure, after.failure) };
    const message = `${failure.message}\nThe jobs went back to the versions they had before.`;
    const hint = 'Mend what the task’s events and log show, and deploy again.';
    return {
      jobs,
      status: 'reverted',
      health: after.health,
      failure: new ActionError(failure.reason, message, { hint, cause: failure }),
    };
  } catch (error) {
    const wrong = asActionError(error);
    if (wrong.reason === 'cancelled') throw error;
    return { ...outcome, failure: failedToo(failure, wrong) };
  }
}

/** The reader wants to know why it failed, which the jobs that run again no longer tell. */
function withDiagnoses(after: RolloutOutcome, failed: RolloutOutcome): RolloutOutcome['jobs'] {
  const diagnosed = new Map(failed.jobs.map((job) => [jobKey(job), job.diagnosis]));
  return after.jobs.map((job) => {
    const diagnosis = job.diagnosis ?? diagnosed.get(jobKey(job));
    return diagnosis === undefined ? job : { ...job, diagnosis };
  });
}

function failedToo(failure: ActionError, wrong: ActionError): ActionError {
  return new ActionError('revert-failed', `${failure.message}\nGoing back failed, too: ${wrong.message}`, {
    hint: wrong.hint,
    cause: failure,
  });
}
