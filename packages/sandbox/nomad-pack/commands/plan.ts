import { parseJobs, refuseConflicts } from '../jobs.ts';
import { describeMetric } from '../monitor/metric.ts';
import { NomadApi } from '../nomad/client.ts';
import type { Job, JobPlan } from '../nomad/types.ts';
import { deploymentName, locatePack, requirePack } from '../pack-source.ts';
import { formatJobDiff } from '../plan-diff.ts';
import { type ContextLine, Problem, Problems } from '../problem.ts';
import type { CommandFunction } from '../session.ts';
import type { Ui } from '../ui.ts';
import { renderOrReport } from './run.ts';

/** `plan`: what a run would change, by job, and whether all could be placed. */
export const plan: CommandFunction = async (session) => {
  const { args, env, ui } = session;
  const code = (flag: string, variable: string, fallback: number) => {
    const given = args.text(flag) ?? env[variable];
    return given === undefined || given === '' ? fallback : Number(given);
  };
  const exitCodes = {
    none: code('exit-code-no-changes', 'NOMAD_PACK_PLAN_EXIT_CODE_NO_CHANGES', 0),
    changes: code('exit-code-makes-changes', 'NOMAD_PACK_PLAN_EXIT_CODE_MAKES_CHANGES', 1),
    error: code('exit-code-error', 'NOMAD_PACK_PLAN_EXIT_CODE_ERROR', 255),
  };
  try {
    return (await planAll()) ? exitCodes.changes : exitCodes.none;
  } catch (error) {
    if (!(error instanceof Problem || error instanceof Problems)) throw error;
    for (const problem of error instanceof Problem ? [error] : error.problems) ui.problem(problem);
    return exitCodes.error;
  }

  async function planAll(): Promise<boolean> {
    const source = locatePack(args, env);
    requirePack(source);
    const deployment = deploymentName(args, source);
    const context: ContextLine[] = [...source.context, ['Deployment Name', deployment]];
    const api = NomadApi.from(args, env);
    const rendered = renderOrReport(source, session, context);
    if (rendered === undefined) throw new Problems([]);
    const jobs = await parseJobs(api, rendered.templates, { ...source, deployment }, context, session.release);
    if (!args.switch('deploy-override')) await refuseConflicts(api, jobs, deployment);
    const diff = args.text('diff') !== 'false';
    const problems: Problem[] = [];
    let changes = false;
    for (const { template, job, place } of jobs) {
      try {
        const found = await api.plan(job, { Diff: diff, PolicyOverride: args.switch('policy-override') }, place);
        if (diff && found.Diff) ui.raw(formatJobDiff(found.Diff, args.switch('verbose')));
        printDryRun(found, job, ui);
        ui.raw(indexHelp(source.name, found.JobModifyIndex));
        changes ||= makesChanges(found);
      } catch (error) {
        const where: ContextLine[] = [...context, ['Template Name', template], ['Job Name', job.Name]];
        problems.push(new Problem('failed to perform plan', (error as Error).message, where));
      }
    }
    if (problems.length > 0) throw new Problems(problems);
    ui.success('Plan succeeded');
    return changes;
  }
};

function makesChanges({ Annotations: annotations }: JobPlan): boolean {
  const counted = ['Stop', 'Place', 'Migrate', 'DestructiveUpdate', 'Canary'];
  const groups = Object.values(annotations?.DesiredTGUpdates ?? {});
  return groups.some((updates) => counted.some((kind) => (updates[kind] ?? 0) > 0));
}

function printDryRun({ FailedTGAllocs: failed, Warnings: warnings }: JobPlan, job: Job, ui: Ui): void {
  ui.header('Scheduler dry-run:');
  const groups = Object.entries(failed ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  if (groups.length === 0) ui.success('- All tasks successfully allocated.');
  else {
    const which = job.Type === 'system' ? 'allocations on all nodes' : 'all allocations';
    ui.warning(`- WARNING: Failed to place ${which}.`);
    for (const [group, metric] of groups) {
      const noun = metric.CoalescedFailures > 1 ? 'allocations' : 'allocation';
      ui.warning(`  TaskGroup "${group}" (failed to place ${metric.CoalescedFailures} ${noun}):\n`);
      for (const line of describeMetric(metric)) ui.warning(`    * ${line}`);
    }
  }
  if (warnings) ui.warning(`\nJob Warnings:\n${warnings}`);
}

/** The words that are printed below each plan, without a line end. */
function indexHelp(pack: string, index: number): string {
  return `To submit the job with version verification run:

nomad-pack run ${pack} --check-index=${index} [options]

When running the job with the check-index flag, the job will only be run if the
job modify index given matches the server-side version. If the index has
changed, another user has modified the job and the plan's results are
potentially invalid.`;
}
