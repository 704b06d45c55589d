import { formatDuration } from '../clock.ts';
import { multierror } from '../multierror.ts';
import { constraintProblem } from '../scheduler/constraints.ts';
import type { State } from '../state.ts';
import type { Constraint, Job, TaskGroup, UpdateStrategy } from '../types.ts';
import { cronProblem } from './cron.ts';

/** What Nomad's validators find wrong with a job, in their words; empty when nothing is. */
export function jobProblems(job: Job, state: State): string[] {
  const problems: string[] = [];
  if (state.namespace(job.Namespace) === undefined) {
    problems.push(`job "${job.ID}" is in nonexistent namespace "${job.Namespace}"`);
  }
  if (job.NodePool !== 'default' && job.NodePool !== 'all') {
    problems.push(`job "${job.ID}" is in nonexistent node pool "${job.NodePool}"`);
  }
  if (job.ID === '') problems.push('Missing job ID');
  if (job.ID.includes(' ')) problems.push('Job ID contains a space');
  if (!['service', 'batch', 'system', 'sysbatch'].includes(job.Type)) problems.push(`Invalid job type: "${job.Type}"`);
  if (job.Datacenters.length === 0) problems.push('Missing job datacenters');
  if (job.TaskGroups.length === 0) problems.push('Missing job task groups');
  problems.push(...constraintProblems(job.Constraints));
  for (const [index, group] of job.TaskGroups.entries()) {
    if (group.Name === '') problems.push(`Job task group ${index + 1} missing name`);
    const first = job.TaskGroups.findIndex((other) => other.Name === group.Name);
    if (first < index) {
      problems.push(`Job task group ${index + 1} redefines '${group.Name}' from group ${first + 1}`);
    }
    if ((job.Type === 'system' || job.Type === 'sysbatch') && group.Count > 1) {
      const reason = 'Count cannot exceed 1 with system scheduler';
      problems.push(`Job task group ${group.Name} has count ${group.Count}. ${reason}`);
    }
    const ofGroup = groupProblems(group);
    if (ofGroup.length > 0) problems.push(`Task group ${group.Name} validation failed: ${multierror(ofGroup)}`);
  }
  if (job.Periodic?.Enabled === true) problems.push(...periodicProblems(job.Type, job.Periodic));
  return problems;
}

function periodicProblems(type: string, { Spec, Specs }: NonNullable<Job['Periodic']>): string[] {
  const problems: string[] = [];
  if (type !== 'batch' && type !== 'sysbatch') {
    problems.push(`Periodic can only be used with "batch" or "sysbatch" scheduler`);
  }
  const specs = [...(Spec === '' ? [] : [Spec]), ...(Specs ?? [])];
  const ofSpecs = specs.flatMap((spec) => {
    const problem = cronProblem(spec);
    return problem === undefined ? [] : `Invalid cron spec "${spec}": ${problem}`;
  });
  if (specs.length === 0) ofSpecs.push('Must specify a spec');
  return ofSpecs.length === 0 ? problems : [...problems, multierror(ofSpecs)];
}

function groupProblems(group: TaskGroup): string[] {
  const problems: string[] = [];
  if (group.Count < 0) problems.push("Task group count can't be negative");
  if (group.Tasks.length === 0) problems.push('Missing tasks for task group');
  problems.push(...constraintProblems(group.Constraints));
  if (group.Update !== null) problems.push(...updateProblems(group.Update));
  for (const [index, task] of group.Tasks.entries()) {
    const first = group.Tasks.findIndex((other) => other.Name === task.Name);
    if (first < index) problems.push(`Task ${index + 1} redefines '${task.Name}' from task ${first + 1}`);
    const ofTask = [...(task.Driver === '' ? ['Missing task driver'] : []), ...constraintProblems(task.Constraints)];
    if (ofTask.length > 0) problems.push(`Task ${task.Name} validation failed: ${multierror(ofTask)}`);
  }
  if (group.Tasks.length > 0 && group.Tasks.every((task) => task.Lifecycle !== null)) {
    problems.push(`Task group ${group.Name} must have at least one main task`);
  }
  return problems;
}

function constraintProblems(constraints: readonly Constraint[] | null): string[] {
  return (constraints ?? []).flatMap((constraint, index) => {
    const problem = constraintProblem(constraint);
    return problem === undefined ? [] : [`Constraint ${index + 1} validation failed: ${multierror([problem])}`];
  });
}

function updateProblems(update: UpdateStrategy): string[] {
  const problems: string[] = [];
  if (update.MaxParallel === 0) return problems;
  const [minimum, healthy, progress] = [update.MinHealthyTime, update.HealthyDeadline, update.ProgressDeadline];
  const compare = (a: number, b: number) => `${formatDuration(a)} > ${formatDuration(b)}`;
  if (!['checks', 'task_states', 'manual'].includes(update.HealthCheck)) {
    problems.push(`Invalid health check given: "${update.HealthCheck}"`);
  }
  if (update.AutoPromote && update.Canary === 0) {
    problems.push('Auto Promote requires a Canary count greater than zero');
  }
  if (minimum >= healthy) {
    problems.push(`Minimum healthy time must be less than healthy deadline: ${compare(minimum, healthy)}`);
  }
  if (progress !== 0 && healthy >= progress) {
    problems.push(`Healthy deadline must be less than progress deadline: ${compare(healthy, progress)}`);
  }
  return problems;
}

/** Why a job cannot become the other one; undefined when it can. */
export function updateProblem(before: Job | undefined, after: Job): string | undefined {
  if (before === undefined) {
    return after.Dispatched ? "job can't be submitted with 'Dispatched' set" : undefined;
  }
  if (before.Type !== after.Type) return `cannot update job from type "${before.Type}" to "${after.Type}"`;
  const kinds = [
    [before.Periodic !== null, after.Periodic !== null, 'periodic'],
    [before.ParameterizedJob !== null, after.ParameterizedJob !== null, 'parameterized'],
  ] as const;
  for (const [was, is, kind] of kinds) {
    if (was && !is) return `cannot update ${kind} job to being non-${kind}`;
    if (is && !was) return `cannot update non-${kind} job to being ${kind}`;
  }
  return before.Dispatched === after.Dispatched ? undefined : "field 'Dispatched' is read-only";
}
