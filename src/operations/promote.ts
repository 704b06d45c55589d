import type { Deployment } from '../deployment/deployment.ts';
import { overallStatus } from '../nomad/state.ts';
import type { Outcome } from '../result.ts';
import { decideOnCanaries, promoteAll, readOthers } from './canaries.ts';
import { watch } from './follow.ts';
import type { Tools } from './tools.ts';

/**
 * Promotes the canaries of the deployment that wait for it, and watches the rollout to its end. Where none waits, nothing is done.
 *
 * @throws ActionError; `stopped` where there is no such deployment
 */
export async function promote(deployment: Deployment, tools: Tools): Promise<Outcome> {
  return await decideOnCanaries(deployment, tools, 'promotion', async (own, waiting) => {
    await tools.log.phase('Promote', async () => await promoteAll(deployment, tools, waiting));
    const submitted = waiting.map((one) => one.submitted);
    const { jobs, failure } = await watch(deployment, tools, submitted);
    const all = [...jobs, ...(await readOthers(deployment, own, waiting))];
    return { ...overallStatus(all), changed: true, jobs: all, ...(failure !== undefined && { failure }) };
  });
}
