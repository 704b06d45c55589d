import { type Deployment, nameJobs } from '../deployment/deployment.ts';
import { ActionError } from '../errors.ts';
import type { Job, JobRef } from '../nomad/api.ts';
import { canRedeploy } from '../nomad/dry-run.ts';
import { jobKey, readOwned } from '../nomad/jobs.ts';
import { replaceAllocations, runAgain } from '../nomad/replace.ts';
import { overallStatus } from '../nomad/state.ts';
import { findSubmitted, NOTHING_CLAIMED, type SubmittedJob } from '../nomad/submission.ts';
import { isBatch } from '../nomad/tasks.ts';
import type { Outcome } from '../result.ts';
import { watch } from './follow.ts';
import type { Tools } from './tools.ts';

/**
 * Gives jobs that a deploy did not change new allocations, one job after the other, and watches them: batch jobs run again, of the others each
 * allocation is replaced. What launches other jobs does so with the present version anyway.
 *
 * @param jobs of the deployment, as Nomad has them
 * @throws ActionError
 */
export async function redeploy(deployment: Deployment, tools: Tools, jobs: readonly JobRef[]): Promise<Outcome> {
  const { log, record, signal } = tools;
  const client = await deployment.client();
  const end = performance.now() + deployment.settings.rollout.timeout;
  const again = new Map<string, SubmittedJob>();
  let changed = false;
  const onChange = () => {
    changed = true;
    record.know({ changed });
  };
  const trouble = await log.phase('Replace the allocations', async () => {
    for (const { id, namespace } of jobs) {
      const job = await readOwned(client, { id, namespace }, deployment.owner);
      if (job === undefined || !canRedeploy(job)) continue;
      if (isBatch(job)) {
        again.set(jobKey({ id, namespace }), await runAgain(client, job, deployment.owner, { onChange }));
        log.info(`Runs again: ${nameJobs([{ id, namespace }])}.`);
        continue;
      }
      const onProgress = (line: string) => log.progress(line, id);
      const found = await replaceAllocations(client, job, { end, signal, onChange, onProgress });
      if (found !== undefined) return { job, found };
    }
    return undefined;
  });
  const outcome = await watchAll(deployment, tools, jobs, again, end);
  const failure = outcome.failure ?? (trouble === undefined ? undefined : notReplaced(trouble));
  return { ...outcome, changed, ...(failure !== undefined && { failure }) };
}

async function watchAll(
  deployment: Deployment,
  tools: Tools,
  jobs: readonly JobRef[],
  again: ReadonlyMap<string, SubmittedJob>,
  end: number,
): Promise<Omit<Outcome, 'changed'>> {
  const others = jobs.filter((job) => !again.has(jobKey(job)));
  const before = await deployment.snapshot(others);
  const submitted = await findSubmitted(await deployment.client(), others, before, NOTHING_CLAIMED);
  const timeout = Math.max(LEAST_WATCH, end - performance.now());
  const { jobs: states, failure } = await watch(deployment, tools, [...submitted, ...again.values()], { timeout });
  return { jobs: states, ...overallStatus(states), ...(failure !== undefined && { failure }) };
}

/** Enough to see how the jobs are. Milliseconds. */
const LEAST_WATCH = 1_000;

function notReplaced({ job, found }: { readonly job: Job; readonly found: string }): ActionError {
  return new ActionError('unhealthy', `Job "${job.ID}" was not redeployed to its end: ${found}`, {
    hint: `What was not replaced runs as it did. Fix what the task’s events and log show, and deploy again. More: \`nomad job status -namespace ${job.Namespace} ${job.ID}\``,
  });
}
