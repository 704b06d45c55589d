import type { Diagnosis } from '../../result.ts';
import { type Allocation, allocationsSchema, jobPath, type TaskState } from '../api.ts';
import type { NomadClient, RequestOptions } from '../client.ts';
import type { SubmittedJob } from '../submission.ts';
import { readLogTail } from './log-tail.ts';
import { findTrouble, type TaskTrouble } from './task-trouble.ts';
import type { Bad } from './verdict.ts';

/** How long the search for a cause may take: what is known without it must be told in any case. Milliseconds. */
const longestSearch = 5_000;

/** A job, and the version of it that is looked at. */
type VersionedJob = Pick<SubmittedJob, 'id' | 'namespace' | 'version'>;

export interface Patient {
  readonly client: NomadClient;
  readonly job: VersionedJob;
  readonly verdict: Bad;
  /** Ends the search; what it throws then is the signal's reason. */
  readonly signal: AbortSignal;
  readonly redact: (text: string) => string;
}

/**
 * Why a job fares badly: what its tasks did, and the end of their log. Where Nomad does not tell in time, the cause is what the
 * verdict says.
 */
export async function diagnose({ client, job, verdict, signal, redact }: Patient): Promise<Diagnosis> {
  const plain = { cause: redact(verdict.cause), reason: verdict.reason, events: [], log: '' };
  if (!lookAtTasks.has(verdict.reason)) return plain;
  return await withLimit(signal, longestSearch, plain, async (options) => {
    // What Nomad says is folded and cut below, and a part of a secret is recognised by nobody.
    const allocations = (await ownAllocations(client, job, options)).map((found) => redactEvents(found, redact));
    const [worst] = findTrouble(allocations);
    const subject = worst ?? slowTask(allocations);
    const common = causeOf(verdict, causeWithoutTasks(allocations));
    if (subject === undefined) return { ...plain, cause: redact(common) };
    const { allocation, task } = subject;
    const log = subject.ran ? await readLogTail({ client, allocation, task, redact, options }) : '';
    return {
      cause: redact(worst === undefined ? common : causeOf(verdict, describe(worst, log))),
      reason: verdict.reason,
      events: lastEvents(allocation, task),
      log,
      task: `${allocation.TaskGroup}/${task}`,
    };
  });
}

/** What the tasks did is why; that Nomad went back to another version is what came of it. */
function causeOf(verdict: Bad, found: string | undefined): string {
  if (found === undefined) return verdict.cause;
  return verdict.reason === 'reverted' ? `${found}; ${verdict.cause}` : found;
}

/** A task that has not gone wrong but is not where it should be: what it does may tell why. */
function slowTask(
  allocations: readonly Allocation[],
): { readonly allocation: Allocation; readonly task: string; readonly ran: boolean } | undefined {
  const slow = allocations.find(
    ({ ClientStatus, DeploymentStatus }) =>
      ClientStatus === 'pending' || (ClientStatus === 'running' && DeploymentStatus?.Healthy !== true),
  );
  const [task] = Object.entries(slow?.TaskStates ?? {}).sort(byState);
  if (slow === undefined || task === undefined) return undefined;
  return { allocation: slow, task: task[0], ran: task[1].StartedAt !== null };
}

/** What has not started holds up what has. */
function byState([, a]: readonly [string, TaskState], [, b]: readonly [string, TaskState]): number {
  const order = { pending: 0, running: 1, dead: 2 };
  return order[a.State] - order[b.State];
}

/** Of the others, the tasks are not what went wrong. */
const lookAtTasks = new Set<Diagnosis['reason']>(['unhealthy', 'reverted', 'timeout']);

async function ownAllocations(
  client: NomadClient,
  job: VersionedJob,
  options: RequestOptions,
): Promise<readonly Allocation[]> {
  const asked = { ...options, query: { namespace: job.namespace } };
  const { body } = await client.get(jobPath(job.id, '/allocations'), allocationsSchema, asked);
  return body.filter(({ JobVersion }) => JobVersion === job.version);
}

function redactEvents(allocation: Allocation, redact: (text: string) => string): Allocation {
  const states = Object.entries(allocation.TaskStates ?? {}).map(([task, state]) => {
    const Events = (state.Events ?? []).map((event) => ({ ...event, DisplayMessage: redact(event.DisplayMessage) }));
    return [task, { ...state, Events }] as const;
  });
  return { ...allocation, TaskStates: Object.fromEntries(states) };
}

function causeWithoutTasks(allocations: readonly Allocation[]): string | undefined {
  const lost = allocations.find(({ ClientStatus }) => ClientStatus === 'lost' || ClientStatus === 'unknown');
  if (lost !== undefined) return `an allocation of group "${lost.TaskGroup}" was lost with its node "${lost.NodeName}"`;
  const failed = allocations.find(({ ClientStatus }) => ClientStatus === 'failed');
  if (failed === undefined) return undefined;
  const why = failed.ClientDescription ? `: ${failed.ClientDescription}` : '';
  return `an allocation of group "${failed.TaskGroup}" failed${why}`;
}

/** `task "server" of group "app" exited with code 3: boom` */
function describe({ task, group, words, ran }: TaskTrouble, log: string): string {
  const said = ran ? (log.split('\n').at(-1) ?? '').trim() : '';
  const cause = `task "${task}" of group "${group}" ${words}`;
  return said === '' ? cause : `${cause}: ${said.length > 300 ? `${said.slice(0, 300)}…` : said}`;
}

function lastEvents({ TaskStates }: Allocation, task: string): string[] {
  const events = TaskStates?.[task]?.Events ?? [];
  return events.map(({ Type, DisplayMessage, Time }) => {
    const time = new Date(Time / 1e6).toISOString().slice(11, 19);
    return `${time} ${Type}: ${DisplayMessage.replace(/\s*\n\s*/g, ' ')}`;
  });
}

/** Does the work unless it fails or takes too long; then `otherwise` must do. */
async function withLimit<Outcome>(
  signal: AbortSignal,
  milliseconds: number,
  otherwise: Outcome,
  work: (options: RequestOptions) => Promise<Outcome>,
): Promise<Outcome> {
  signal.throwIfAborted();
  const limit = new AbortController();
  const onAbort = () => limit.abort(signal.reason);
  const timer = setTimeout(() => limit.abort(new Error('took too long')), milliseconds);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    const outcome = await work({ signal: limit.signal, patience: milliseconds });
    signal.throwIfAborted();
    return outcome;
  } catch {
    signal.throwIfAborted();
    return otherwise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}
