import type { Deployment } from '../deployment/deployment.ts';
import { lastGood, nothingThere, readHistories } from '../deployment/rollback.ts';
import { failDeployment, jobKey, readDeployment } from '../nomad/jobs.ts';
import { rollbackTarget } from '../nomad/rollout/overtaken.ts';
import { traceOf } from '../nomad/trace.ts';
import type { Outcome } from '../result.ts';
import { decideOnCanaries, type Waiting } from './canaries.ts';
import { carryOut } from './rollback.ts';
import type { Tools } from './tools.ts';

/**
 * Takes the canaries of the deployment back: their rollout fails, and the job goes back to the version that runs beside them, which Nomad does
 * by itself where the job has `auto_revert`. That is watched to its end. Where none waits, nothing is done.
 *
 * @throws ActionError; `stopped` where there is no such deployment
 */
export async function reject(deployment: Deployment, tools: Tools): Promise<Outcome> {
  return await decideOnCanaries(deployment, tools, 'decision', async (own, waiting) => {
    const fail = async () => await failAll(deployment, tools, waiting);
    const byItself = await tools.log.phase('Reject the canaries', fail);
    const histories = await readHistories(deployment, own);
    const decided = new Set(waiting.map(({ job }) => jobKey(job)));
    const back = histories.filter((history) => decided.has(jobKey(history)) && !byItself.has(jobKey(history)));
    const moves = back.map((history) => {
      const target = lastGood(history);
      if (target !== undefined) return { current: history.current, target };
      throw nothingThere(
        `The canaries of job "${history.id}" (${history.namespace}) are taken back, but no earlier version of it was healthy`,
        [history],
      );
    });
    const moved = new Set(back.map(jobKey));
    const stays = histories.filter((history) => !moved.has(jobKey(history))).map(({ current }) => current);
    const undoes = back.map(({ current }) => traceOf(current)?.deployed).find((one) => one !== undefined);
    return { ...(await carryOut(deployment, tools, { moves, stays, undoes })), changed: true };
  });
}

/** Lets the rollouts fail. @returns the jobs, by `jobKey`, that Nomad takes back by itself */
async function failAll(
  deployment: Deployment,
  { record }: Tools,
  waiting: readonly Waiting[],
): Promise<ReadonlySet<string>> {
  const client = await deployment.client();
  const byItself = new Set<string>();
  for (const { job, rollout } of waiting) {
    const failed = await failDeployment(client, rollout, job.namespace);
    if (failed.state !== 'undone') record.know({ changed: true });
    if ('failure' in failed) throw failed.failure;
    const description = (await readDeployment(client, rollout, job.namespace))?.StatusDescription ?? '';
    if (rollbackTarget(description) !== undefined) byItself.add(jobKey(job));
  }
  return byItself;
}
