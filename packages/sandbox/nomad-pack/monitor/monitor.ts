import type { NomadApi } from '../nomad/client.ts';
import type { Ui } from '../ui.ts';
import { monitorDeployment } from './deployment.ts';
import { monitorEvaluation } from './evaluation.ts';
import { type Evaluated, now, type Watch } from './watch.ts';

/** How much of an id is shown. Characters. */
const shortId = 8;
const fullId = 36;

/**
 * Watches evaluations, and then the deployments that they made, to their end.
 *
 * @returns 0, 1 where something failed or was interrupted, 2 where something could not be placed
 */
export async function monitorEvaluations(
  api: NomadApi,
  evaluations: readonly string[],
  { ui, signal, verbose }: { readonly ui: Ui; readonly signal: AbortSignal; readonly verbose: boolean },
): Promise<number> {
  const watch: Watch = { api, ui, signal, verbose, id: (id) => id.slice(0, verbose ? fullId : shortId) };
  const results = await Promise.all(evaluations.map((id) => evaluate(watch, id, evaluations.length > 1)));
  const failed = Math.max(0, ...results.map(({ exitCode }) => exitCode));
  const exitCode = failed === 0 && results.some(({ unplaced }) => unplaced) ? 2 : failed;
  const deployments = results.flatMap(({ deployment }) => deployment ?? []);
  if (deployments.length === 0) return exitCode;
  if (deployments.length > 1) ui.info(`\n${now()}: Monitoring ${deployments.length} deployment(s)...`);
  const states = await Promise.all(deployments.map((id) => monitorDeployment(watch, id)));
  return states.every((state) => state === 'successful') ? exitCode : 1;
}

async function evaluate(watch: Watch, id: string, oneOfMany: boolean): Promise<Evaluated> {
  if (!oneOfMany) return await monitorEvaluation(watch, id);
  try {
    const { JobID: job } = await watch.api.evaluation(id, watch.signal);
    return await monitorEvaluation({ ...watch, ui: watch.ui.withPrefix(`[${job}] `) }, id);
  } catch {
    if (!watch.signal.aborted) watch.ui.error(`No evaluation with id "${id}" found`);
    return { exitCode: 1, unplaced: false, deployment: undefined };
  }
}
