import type { Deployment } from '../deployment/deployment.ts';
import { overallStatus } from '../nomad/state.ts';
import type { Outcome } from '../result.ts';
import { findRunning, findWaiting, promoteAll, readOthers } from './canaries.ts';
import { watch } from './follow.ts';
import { withLastLook } from './last-look.ts';
import type { Tools } from './tools.ts';

/**
 * Promotes the canaries of the deployment that wait for it, and watches the rollout to its end. Where none waits, nothing is done.
 *
 * @throws ActionError; `stopped` where there is no such deployment
 */
export async function promote(deployment: Deployment, tools: Tools): Promise<Outcome> {
  const { log } = tools;
  const own = await log.phase('Look for the deployment', async () => await findRunning(deployment));
  const waiting = await findWaiting(deployment, own);
  if (waiting.length === 0) {
    log.info('No canary waits for a promotion.');
    const jobs = await deployment.states(own);
    return { ...overallStatus(jobs), changed: false, jobs };
  }
  return await withLastLook(deployment, tools, { find: findRunning }, async () => {
    await log.phase('Promote', async () => await promoteAll(deployment, tools, waiting));
    const submitted = waiting.map((one) => one.submitted);
    const { jobs, failure } = await watch(deployment, tools, submitted);
    const all = [...jobs, ...(await readOthers(deployment, own, waiting))];
    return { ...overallStatus(all), changed: true, jobs: all, ...(failure !== undefined && { failure }) };
  });
}
