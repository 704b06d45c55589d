import { stoppedBy } from '../deployment/claim.ts';
import type { Deployment } from '../deployment/deployment.ts';
import type { Baseline } from '../deployment/registration.ts';
import { ActionError, asActionError } from '../errors.ts';
import type { JobRef } from '../nomad/api.ts';
import { jobKey } from '../nomad/jobs.ts';
import { type Reverted, revertJobs } from '../nomad/revert.ts';
import type { RolloutOutcome } from '../nomad/rollout/outcome.ts';
import { overallStatus } from '../nomad/state.ts';
import type { SubmittedJob } from '../nomad/submission.ts';
import type { JobState } from '../result.ts';
import { watchWayBack } from './canaries.ts';
import type { Tools } from './tools.ts';
import { leaveTraces, wentBack } from './trace.ts';

/** A deploy that failed. */
export interface Failed extends Baseline {
  readonly submitted: readonly SubmittedJob[];
  readonly outcome: RolloutOutcome;
  readonly failure: ActionError;
}

/** A pack is one unit: when one of its jobs fails, every job that this step changed goes back, and that is watched, too. */
export async function goBack(
  deployment: Deployment,
  tools: Tools,
  { submitted, claim, before, outcome, failure }: Failed,
): Promise<RolloutOutcome> {
  const { log } = tools;
  log.warning(`${failure.message.split('\n')[0]}. Going back, as \`on_failure: revert\` asks for.`);
  try {
    const client = await deployment.client();
    const { actions, ...undone } = await revertJobs(client, submitted, stoppedBy(claim), before, deployment.owner);
    for (const action of actions) log.notice(action);
    await leaveTraces(deployment, tools, wentBack(tools, undone.watch));
    if (undone.watch.length + undone.stopped.length === 0) return { ...outcome, failure };
    const back = await watchBack(deployment, tools, undone.watch);
    const stopped = await deployment.statesOf(undone.stopped);
    const jobs = mergeStates(outcome.jobs, [
      ...back.jobs,
      ...stopped,
      ...unseen(outcome.jobs, undone.stopped, stopped),
    ]);
    const { status, health } = overallStatus(jobs);
    if (back.failure !== undefined) return { jobs, status, health, failure: failedToo(failure, back.failure) };
    return { jobs, status: status === 'stopped' ? status : 'reverted', health, failure: goneBack(failure, undone) };
  } catch (error) {
    const wrong = asActionError(error);
    if (wrong.reason === 'cancelled') throw error;
    const jobs = mergeStates(outcome.jobs, await readChanged(deployment, tools, outcome.jobs, stoppedBy(claim)));
    return { jobs, ...overallStatus(jobs), failure: failedToo(failure, wrong) };
  }
}

/** The states of what was stopped and carries no name of a deployment, so that it cannot be found by it. */
function unseen(before: readonly JobState[], stopped: readonly JobRef[], seen: readonly JobState[]): JobState[] {
  const keys = new Set(stopped.map(jobKey));
  for (const job of seen) keys.delete(jobKey(job));
  return before
    .filter((job) => keys.has(jobKey(job)))
    .map((job): JobState => ({ ...job, status: 'stopped', health: 'unknown' }));
}

/** The states of what has changed since: some jobs may have gone back, or have been started again, though others could not. */
async function readChanged(
  deployment: Deployment,
  { log }: Tools,
  jobs: readonly JobState[],
  stopped: readonly JobRef[],
): Promise<JobState[]> {
  const versions = new Map(jobs.map((job) => [jobKey(job), job.version]));
  try {
    const states = await deployment.statesOf([...jobs, ...stopped]);
    return states.filter((job) => job.version !== versions.get(jobKey(job)));
  } catch (error) {
    log.debug(`Nobody knows how the jobs are: ${asActionError(error).message}`);
    return [];
  }
}

async function watchBack(
  deployment: Deployment,
  tools: Tools,
  jobs: readonly SubmittedJob[],
): Promise<Pick<RolloutOutcome, 'jobs' | 'failure'>> {
  if (jobs.length === 0) return { jobs: [] };
  return await watchWayBack(deployment, tools, jobs);
}

/** The states after the way back. The reader wants to know why it failed, too, which the jobs that run again no longer tell. */
function mergeStates(failed: readonly JobState[], after: readonly JobState[]): JobState[] {
  const states = new Map(failed.map((job) => [jobKey(job), job]));
  for (const job of after) {
    const diagnosis = job.diagnosis ?? states.get(jobKey(job))?.diagnosis;
    states.set(jobKey(job), diagnosis === undefined ? job : { ...job, diagnosis });
  }
  return [...states.values()];
}

function goneBack(failure: ActionError, { watch: back }: Pick<Reverted, 'watch'>): ActionError {
  const now =
    back.length > 0 ? 'The jobs went back to the versions they had before.' : 'What this step had started was stopped.';
  return new ActionError(failure.reason, `${failure.message}\n${now}`, {
    hint: 'Fix what the task’s events and log show, and deploy again.',
    cause: failure,
  });
}

function failedToo(failure: ActionError, wrong: ActionError): ActionError {
  return new ActionError('revert-failed', `${failure.message}\nGoing back failed, too: ${wrong.message}`, {
    hint: wrong.hint,
    cause: failure,
  });
}
