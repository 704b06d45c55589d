import { withSignals } from '../../http/signals.ts';
import type { Diagnosis } from '../../result.ts';
import type { Allocation, Job, TaskState } from '../api.ts';
import type { NomadClient, RequestOptions } from '../client.ts';
import { listAllocations, readJob } from '../jobs.ts';
import type { SubmittedJob } from '../submission.ts';
import { describeFailingChecks } from './checks.ts';
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
  /** That version of the job, where it is known. */
  readonly specification?: Job | undefined;
  readonly verdict: Bad;
  /** Ends the search; what it throws then is the signal's reason. */
  readonly signal: AbortSignal;
  readonly redact: (text: string) => string;
}

/**
 * What is wrong with a job: what its tasks did, and the end of their log. Where Nomad does not tell in time, the cause is what the
 * verdict says.
 */
export async function diagnose(patient: Patient): Promise<Diagnosis> {
  const { verdict, signal, redact } = patient;
  const plain = { cause: redact(verdict.cause), reason: verdict.reason, events: [], log: '' };
  if (!lookAtTasks.has(verdict.reason)) return plain;
  return await withLimit(signal, longestSearch, plain, async (options) => await search(patient, options));
}

async function search(
  { client, job, specification, verdict, redact }: Patient,
  options: RequestOptions,
): Promise<Diagnosis> {
  const [all, spec] = await Promise.all([
    listAllocations(client, job, options),
    specification ?? readJob(client, job, options),
  ]);
  // What Nomad says is folded and cut below, and a part of a secret is recognised by nobody.
  const own = all.filter(({ JobVersion }) => JobVersion === job.version);
  const allocations = own.map((found) => redactEvents(found, redact));
  const [worst] = findTrouble(allocations);
  const slow = findSlow(allocations);
  const subject = worst ?? slowTask(slow, spec);
  const nothing = { cause: redact(verdict.cause), reason: verdict.reason, events: [], log: '' };
  // That Nomad found an allocation unhealthy says no more than that; a check that fails says why.
  const suspect = worst === undefined ? slow : worst.judged ? worst.allocation : undefined;
  const checks = suspect === undefined ? '' : await describeFailingChecks({ client, suspect, redact, options });
  if (subject === undefined) {
    return { ...nothing, cause: redact(causeOf(verdict, checks || causeWithoutTasks(allocations))) };
  }
  const { allocation, task } = subject;
  const log = subject.ran ? await readLogTail({ client, allocation, task, redact, options }) : '';
  const found = worst === undefined ? causeWithoutTasks(allocations) : describe(worst, log);
  return {
    cause: redact(causeOf(verdict, checks || found)),
    reason: verdict.reason,
    events: lastEvents(allocation, task),
    log,
    task: `${allocation.TaskGroup}/${task}`,
  };
}

/** What the tasks did is why; that Nomad went back to another version is what came of it. */
function causeOf(verdict: Bad, found: string | undefined): string {
  if (found === undefined) return verdict.cause;
  return verdict.reason === 'reverted' ? `${found}; ${verdict.cause}` : found;
}

/** An allocation that has not gone wrong but is not where it should be. */
function findSlow(allocations: readonly Allocation[]): Allocation | undefined {
  return allocations.find(
    ({ ClientStatus, DeploymentStatus }) =>
      ClientStatus === 'pending' || (ClientStatus === 'running' && DeploymentStatus?.Healthy !== true),
  );
}

/** The task that holds the allocation up: what it does may tell why. */
function slowTask(
  allocation: Allocation | undefined,
  specification: Job | undefined,
): { readonly allocation: Allocation; readonly task: string; readonly ran: boolean } | undefined {
  if (allocation === undefined) return undefined;
  const group = specification?.TaskGroups?.find(({ Name }) => Name === allocation.TaskGroup);
  const hooks = new Map((group?.Tasks ?? []).map(({ Name, Lifecycle }) => [Name, Lifecycle?.Hook]));
  const [first] = Object.entries(allocation.TaskStates ?? {})
    .map(([task, state]) => ({ task, state, rank: rankOf(state, hooks.get(task)) }))
    // By name where they are alike, for Nomad tells of them in another order each time.
    .sort((a, b) => a.rank - b.rank || (a.task < b.task ? -1 : 1));
  return first && { allocation, task: first.task, ran: first.state.StartedAt !== null };
}

/** What prepares holds up all others, what has not started those that have, and what cleans up nobody. */
function rankOf({ State }: TaskState, hook: string | null | undefined): number {
  if (hook === 'prestart' && State === 'running') return 0;
  if (hook === 'poststop' || State === 'dead') return 3;
  return State === 'pending' ? 1 : 2;
}

/** Of the others, the tasks are not what went wrong. */
const lookAtTasks = new Set<Diagnosis['reason']>(['unhealthy', 'reverted', 'timeout']);

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
  const limit = { after: milliseconds, reason: new Error('took too long') };
  return await withSignals([signal], limit, async (until) => {
    until.throwIfAborted();
    try {
      return await work({ signal: until, patience: milliseconds });
    } catch {
      return otherwise;
    } finally {
      signal.throwIfAborted();
    }
  });
}
