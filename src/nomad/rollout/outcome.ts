import { ActionError } from '../../errors.ts';
import type { Diagnosis, Health, JobState, Status } from '../../result.ts';
import { overallStatus } from '../state.ts';

export interface RolloutOutcome {
  /** In the order in which the jobs were given; those that fare badly with their diagnosis. */
  readonly jobs: readonly JobState[];
  readonly status: Status;
  readonly health: Health;
  /** Present when not every job is at a good end. The first line of its message names the cause. */
  readonly failure?: ActionError;
}

type Diagnosed = JobState & { readonly diagnosis: Diagnosis };

/** From what tells most of why a deployment failed to what tells least. */
const order: readonly Diagnosis['reason'][] = [
  'unhealthy',
  'reverted',
  'placement',
  'stopped',
  'superseded',
  'timeout',
  'nomad-unreachable',
  'awaiting-promotion',
];

/** What the states of the jobs come to. */
export function concludeRollout(jobs: readonly JobState[], nameOf: (job: JobState) => string): RolloutOutcome {
  const bad = jobs.filter(isDiagnosed).sort((a, b) => rank(a) - rank(b));
  const [worst] = bad;
  const overall = overallStatus(jobs);
  if (worst === undefined) return { jobs, ...overall };
  const lines = bad.map((job) => describeJob(job, nameOf(job)));
  const failure = new ActionError(worst.diagnosis.reason, lines.join('\n'), { hint: hintFor(worst) });
  return { jobs, ...overall, failure };
}

function isDiagnosed(job: JobState): job is Diagnosed {
  return job.diagnosis !== undefined;
}

function rank({ diagnosis }: Diagnosed): number {
  return order.indexOf(diagnosis.reason);
}

function describeJob(job: Diagnosed, name: string): string {
  const { reason, cause } = job.diagnosis;
  if (reason === 'timeout') return `Job "${name}" did not get there in time: ${cause}`;
  return `Job "${name}": ${cause}`;
}

function hintFor({ id, namespace, type, version, nomadDeploymentId, diagnosis }: Diagnosed): string {
  const where = `-namespace ${namespace} ${id}`;
  switch (diagnosis.reason) {
    case 'unhealthy':
      return `Fix what the task’s events and log show, and deploy again. \`on_failure: revert\` takes a failed deployment back by itself. More: \`nomad job status ${where}\``;
    case 'reverted':
      return 'The version from before runs again. Fix what the task’s events and log show, and deploy again.';
    case 'placement':
      if (type === 'sysbatch' && version > 0)
        return 'Nomad does not run the same sysbatch job again where it has run, not even after a stop: let the job differ at each deploy, by a variable such as `github.run_id`, or remove it first (`operation: destroy`). Where no node is fit, let the pack ask for less, or give the cluster one that is.';
      return 'Let the pack ask for less (count, cpu, memory, constraints; see its variables), or give the cluster a node that fits. Jobs that wait for room may need a longer `wait_timeout`.';
    case 'stopped':
      return `Find out who stopped it (\`nomad job history ${where}\`), and deploy again.`;
    case 'superseded':
      return 'Look at what else deploys this job. Deployments of one name should wait for each other: give their workflow jobs the same concurrency group.';
    case 'timeout':
      // So Nomad says what a task's template waits for, as long as it takes.
      if (/\bMissing: /.test(diagnosis.cause))
        return `Create what the template of the task waits for (\`nomad.var\`: a Nomad variable, \`kv\`: a key in Consul, \`vault\`: a secret in Vault), and give the job the right to read it. More: \`nomad job status ${where}\``;
      return `Set \`wait_timeout\` to a longer time if it only needs more of it. More: \`nomad job status ${where}\``;
    case 'nomad-unreachable':
      return `Check that the cluster has a leader, and that \`nomad_addr\`, or the proxy before it, answers from this runner. The rollout goes on without this step: \`nomad job status ${where}\``;
    case 'awaiting-promotion':
      return `Promote the canaries with \`operation: promote\` (or \`nomad deployment promote ${nomadDeploymentId ?? 'ID'}\`), or take them back with \`operation: reject\`. \`wait_for: promotion\` makes this a green end.`;
  }
}
