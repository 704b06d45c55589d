import { ActionError } from '../errors.ts';
import {
  type Allocation,
  allocationsSchema,
  evaluationAnswerSchema,
  type Job,
  type JobRef,
  jobPath,
  stoppedAllocationSchema,
  type TaskGroup,
} from './api.ts';
import type { NomadClient } from './client.ts';
import { NomadResponseError } from './errors.ts';
import { listAllocations, type Owner, stopJob } from './jobs.ts';
import { revertTo } from './revert.ts';
import type { SubmittedJob } from './submission.ts';
import { isOnEveryNode } from './tasks.ts';

export interface ReplaceOptions {
  /** When to give up, on the clock of `performance.now()`. */
  readonly end: number;
  /** Ends the wait at once; the signal's reason is thrown then. */
  readonly signal: AbortSignal;
  /** Called once Nomad was made to stop something, or may have been. */
  readonly onChange: () => void;
  /** Called when allocations of a group are at their end. */
  readonly onProgress: (line: string) => void;
}

/** Milliseconds. */
const LONGEST_WAIT = 2_000;

/**
 * Gives a job new allocations without a new version of it: `POST /v1/allocation/:id/stop` has Nomad put another one in the place of each. It
 * goes from group to group by `max_parallel` of its `update` block, and to the next only when Nomad calls the new ones healthy; those of a
 * service are watched by the `migrate` block and the service's checks.
 *
 * @returns what went wrong, in words; undefined where all were replaced. What was not replaced by then stays as it is.
 * @throws ActionError where Nomad refuses: stopping takes the capability `alloc-lifecycle`
 */
export async function replaceAllocations(
  client: NomadClient,
  job: Job,
  options: ReplaceOptions,
): Promise<string | undefined> {
  const ref = { id: job.ID, namespace: job.Namespace };
  for (const group of job.TaskGroups ?? []) {
    const old = (await listAllocations(client, ref)).filter(
      ({ TaskGroup, JobVersion, DesiredStatus, ClientStatus }) =>
        TaskGroup === group.Name &&
        JobVersion === job.Version &&
        DesiredStatus === 'run' &&
        (ClientStatus === 'running' || ClientStatus === 'pending'),
    );
    const size = batchSize(group, old.length);
    for (let begin = 0; begin < old.length; begin += size) {
      const batch = old.slice(begin, begin + size);
      await Promise.all(batch.map(async ({ ID }) => await stopAllocation(client, ref, ID, options)));
      const trouble = await untilReplaced(client, job, batch, options);
      if (trouble !== undefined) return `group "${group.Name}": ${trouble}`;
      options.onProgress(`group "${group.Name}": ${begin + batch.length} of ${old.length} allocations replaced`);
    }
  }
  return undefined;
}

/** Without `max_parallel`, as where a job has no `update` block, it is one at a time; 0 means all at once, as in Nomad. */
function batchSize({ Update }: TaskGroup, all: number): number {
  if (Update === undefined || Update === null) return 1;
  return Update.MaxParallel === 0 ? Math.max(1, all) : Update.MaxParallel;
}

async function stopAllocation(
  client: NomadClient,
  { namespace }: JobRef,
  id: string,
  { onChange }: ReplaceOptions,
): Promise<void> {
  const path = `/v1/allocation/${encodeURIComponent(id)}/stop`;
  try {
    await client.post(path, stoppedAllocationSchema, {}, { query: { namespace }, repeatable: true });
  } catch (error) {
    // Without an answer nobody knows.
    if (!(error instanceof NomadResponseError)) onChange();
    throw error;
  }
  onChange();
}

async function untilReplaced(
  client: NomadClient,
  job: Job,
  batch: readonly Allocation[],
  { end, signal }: ReplaceOptions,
): Promise<string | undefined> {
  const ref = { id: job.ID, namespace: job.Namespace };
  let index = 0;
  let isEvaluated = false;
  for (;;) {
    signal.throwIfAborted();
    const query = { namespace: ref.namespace };
    const blocking = { index, wait: Math.max(1, Math.min(LONGEST_WAIT, end - performance.now())) };
    const { body, index: next } = await client.get(jobPath(ref.id, '/allocations'), allocationsSchema, {
      query,
      ...(index > 0 && { blocking }),
    });
    index = next;
    // Nomad puts nothing in the place of a system job's allocation before the job is evaluated again (seen on 2.0.6).
    if (isOnEveryNode(job) && !isEvaluated && batch.every(({ ID }) => isOver(body.find((one) => one.ID === ID)))) {
      await evaluate(client, ref);
      isEvaluated = true;
    }
    const replacements = batch.map((old) => replacementOf(old, body, job));
    const bad = replacements.find((one) => one?.ClientStatus === 'failed' || one?.DeploymentStatus?.Healthy === false);
    if (bad !== undefined) return `the new allocation ${bad.ID.slice(0, 8)} is not healthy`;
    if (replacements.every((one) => one !== undefined && isWell(one, job))) return undefined;
    if (performance.now() >= end) return 'the new allocations were not healthy in time';
  }
}

function isOver(allocation: Allocation | undefined): boolean {
  return allocation === undefined || !['running', 'pending'].includes(allocation.ClientStatus);
}

function replacementOf(old: Allocation, all: readonly Allocation[], job: Job): Allocation | undefined {
  if (!isOnEveryNode(job)) {
    const next = all.find(({ ID }) => ID === old.ID)?.NextAllocation;
    return all.find(({ ID }) => ID === next);
  }
  return all.find(
    ({ NodeID, TaskGroup, CreateIndex }) =>
      NodeID === old.NodeID && TaskGroup === old.TaskGroup && CreateIndex > old.CreateIndex,
  );
}

/** Only of a service does Nomad say that an allocation is healthy which no rollout has placed. */
function isWell({ ClientStatus, DeploymentStatus }: Allocation, { Type }: Job): boolean {
  return ClientStatus === 'running' && (Type !== 'service' || DeploymentStatus?.Healthy === true);
}

async function evaluate(client: NomadClient, { id, namespace }: JobRef): Promise<void> {
  const payload = { JobID: id };
  await client.post(jobPath(id, '/evaluate'), evaluationAnswerSchema, payload, {
    query: { namespace },
    repeatable: true,
  });
}

/**
 * Lets a batch job run again: it is stopped, and goes back to the version that it had, which is the same job under the next number.
 *
 * @throws ActionError `superseded` where somebody else has changed it meanwhile
 */
export async function runAgain(
  client: NomadClient,
  job: Job,
  owner: Owner,
  { onChange }: Pick<ReplaceOptions, 'onChange'>,
): Promise<SubmittedJob> {
  const ref = { id: job.ID, namespace: job.Namespace };
  const stopped = await stopJob(client, ref, owner, { purge: false });
  if (stopped.state === 'done' || stopped.state === 'unknown') onChange();
  if ('failure' in stopped) throw stopped.failure;
  const { watch } = await revertTo(client, ref, job.Version, job.Version + 1);
  if (watch !== undefined) return watch;
  throw new ActionError(
    'nomad-error',
    `Job "${ref.id}" (${ref.namespace}) was stopped, and Nomad did not start it again`,
    {
      hint: 'Deploy it once more.',
    },
  );
}
