import type { AllocationStub, Evaluation } from '../nomad/types.ts';
import { describeMetric } from './metric.ts';
import { type Evaluated, now, pause, type Watch } from './watch.ts';

/** What was seen of an evaluation so far. */
interface Seen {
  status: string;
  job: string;
  deployment: string;
  allocations: ReadonlyMap<string, AllocationStub>;
}

/** Watches an evaluation, and those that follow it, to its end. */
export async function monitorEvaluation(watch: Watch, id: string): Promise<Evaluated> {
  const { api, ui, signal } = watch;
  const interrupted: Evaluated = { exitCode: 1, unplaced: false, deployment: undefined };
  const seen: Seen = { status: 'pending', job: '', deployment: '', allocations: new Map() };
  ui.info(`${now()}: Monitoring evaluation "${watch.id(id)}"`);
  for (;;) {
    if (signal.aborted) return interrupted;
    let evaluation: Evaluation;
    try {
      evaluation = await api.evaluation(id, signal);
      report(watch, seen, evaluation, await api.evaluationAllocations(id, signal));
    } catch {
      if (signal.aborted) ui.warning(`${now()}: Monitoring cancelled`);
      else ui.error(`No evaluation with id "${id}" found`);
      return interrupted;
    }
    if (/^(?:complete|failed|canceled)$/.test(evaluation.Status)) return await finish(watch, evaluation);
    if (!(await pause(signal))) return interrupted;
  }
}

function report(watch: Watch, seen: Seen, evaluation: Evaluation, allocations: readonly AllocationStub[]): void {
  const { ui, id } = watch;
  const { JobID: job, DeploymentID: deployment = '', Status: status } = evaluation;
  if (seen.job === '' && job !== '') ui.info(`${now()}: Evaluation triggered by job "${job}"`);
  if (seen.deployment === '' && deployment !== '')
    ui.info(`${now()}: Evaluation within deployment: "${id(deployment)}"`);
  for (const allocation of allocations) {
    const before = seen.allocations.get(allocation.ID);
    const { ClientStatus: client, ClientDescription: description, TaskGroup: group } = allocation;
    const place = `node "${id(allocation.NodeID)}", group "${group}"`;
    const name = `${now()}: Allocation "${id(allocation.ID)}"`;
    if (before === undefined) {
      if (allocation.CreateIndex < evaluation.CreateIndex) ui.info(`${name} modified: ${place}`);
      else if (allocation.DesiredStatus === 'run') ui.info(`${name} created: ${place}`);
    } else if (before.ClientStatus !== client) {
      const why = description === '' ? '' : ` (${description})`;
      ui.info(`${name} status changed: "${before.ClientStatus}" -> "${client}"${why}`);
    }
  }
  if (status !== 'pending' && status !== seen.status) {
    ui.info(`${now()}: Evaluation status changed: "${seen.status}" -> "${status}"`);
  }
  Object.assign(seen, { status, job, deployment, allocations: new Map(allocations.map((item) => [item.ID, item])) });
}

async function finish(watch: Watch, evaluation: Evaluation): Promise<Evaluated> {
  const { ui, id, signal } = watch;
  const { ID, Status: status, FailedTGAllocs: failed, NextEval: next, Wait: wait = 0 } = evaluation;
  const groups = Object.entries(failed ?? {});
  const finished = `${now()}: Evaluation "${id(ID)}" finished with status "${status}"`;
  if (groups.length === 0) ui.info(finished);
  else {
    ui.info(`${finished} but failed to place all allocations:`);
    for (const [group, metric] of groups) {
      const noun = metric.CoalescedFailures > 0 ? 'allocations' : 'allocation';
      ui.info(`${now()}: Task Group "${group}" (failed to place ${metric.CoalescedFailures + 1} ${noun}):`);
      for (const line of describeMetric(metric)) ui.info(`  * ${line}`);
    }
    if (evaluation.BlockedEval) {
      ui.info(
        `${now()}: Evaluation "${id(evaluation.BlockedEval)}" waiting for additional capacity to place remainder`,
      );
    }
  }
  if (!next) return { exitCode: 0, unplaced: groups.length > 0, deployment: evaluation.DeploymentID || undefined };
  if (wait > 0) ui.info(`${now()}: Monitoring next evaluation "${id(next)}" in ${wait / 1e9}s`);
  for (let waited = 0; waited < wait / 1e9; waited += 1) {
    if (!(await pause(signal))) return { exitCode: 1, unplaced: false, deployment: undefined };
  }
  return await monitorEvaluation(watch, next);
}
