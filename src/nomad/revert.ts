import { isDeepStrictEqual } from 'node:util';
import { ActionError, asActionError } from '../errors.ts';
import {
  type EvaluationAnswer,
  evaluationAnswerSchema,
  type Job,
  type JobRef,
  jobPath,
  type TaskGroup,
} from './api.ts';
import type { NomadClient } from './client.ts';
import { NomadResponseError } from './errors.ts';
import { jobKey, listVersions, type Owner, readJob, readOwned, stopJob } from './jobs.ts';
import { findRegistered, type SnapshotJob, type SubmittedJob, type VersionSnapshot } from './submission.ts';
import { writeOnce } from './write.ts';

export interface Reverted {
  /** What was done, and what was left, a sentence per job. */
  readonly actions: readonly string[];
  /** What runs anew, for a watch. */
  readonly watch: readonly SubmittedJob[];
  /** What was stopped, for it had not run before. */
  readonly stopped: readonly JobRef[];
}

/** What was done for one job. */
export interface Step {
  readonly action: string;
  readonly watch?: SubmittedJob;
  readonly stopped?: JobRef;
}

/**
 * Undoes a run. Jobs that it changed go back to the version from before, or, where that one was never healthy, to the last that was;
 * jobs that it stopped are started again; jobs that it created are stopped, but kept for a look. A first deployment has nothing
 * to go back to and is left as it is. No job is taken back from whoever has changed it since.
 *
 * @param stopped jobs that the run stopped: the pack no longer has them, or they were another's, or had been launched by such jobs.
 * @throws ActionError `superseded` when somebody else has changed a job meanwhile, `revert-failed` when Nomad refuses; what was
 *   done for the other jobs is in the message.
 */
export async function revertJobs(
  client: NomadClient,
  submitted: readonly SubmittedJob[],
  stopped: readonly JobRef[],
  before: VersionSnapshot,
  owner: Owner,
): Promise<Reverted> {
  const changed = submitted.filter(({ change }) => change === 'updated' || change === 'created');
  const isFirst = submitted.every(({ change }) => change === 'created' || change === 'missing');
  if (isFirst && !stopped.some((ref) => before.get(jobKey(ref))?.stop === false)) {
    return {
      actions: ['This is the first deployment: there is no version to go back to. Its jobs are left as they are.'],
      watch: [],
      stopped: [],
    };
  }
  const { failure, ...done } = await together([
    ...changed.map(async (job) => await undo(client, job, before.get(jobKey(job)), owner)),
    ...stopped.map(async (ref) => await restart(client, ref, before.get(jobKey(ref)))),
  ]);
  if (failure !== undefined) throw failure;
  return done;
}

/** What one job is to do in a rollback: go back to a version, or, without one, stop. */
export interface Move {
  /** As it was when the rollback was planned. */
  readonly current: Job;
  readonly target?: Job;
}

/**
 * Takes jobs to the versions that a rollback has planned; those without one are stopped, but kept for a look. No job is taken back from
 * whoever has changed it since. Throws nothing; the failure is as that of `revertJobs`.
 */
export async function rollBackJobs(
  client: NomadClient,
  moves: readonly Move[],
  owner: Owner,
): Promise<Reverted & { readonly failure?: unknown }> {
  return await together(
    moves.map(async ({ current, target }) => {
      const ref = { id: current.ID, namespace: current.Namespace };
      if (target !== undefined) return await revertTo(client, ref, target.Version, current.Version);
      return await stopAsPlanned(client, ref, current, owner);
    }),
  );
}

async function stopAsPlanned(client: NomadClient, ref: JobRef, planned: Job, owner: Owner): Promise<Step> {
  const now = await readOwned(client, ref, owner);
  if (now !== undefined && now.JobModifyIndex !== planned.JobModifyIndex)
    throw superseded(ref, 'stopped', now, planned.Version);
  const stopped = await stopJob(client, ref, owner, { purge: false });
  if ('failure' in stopped) throw stopped.failure;
  return { action: `${describe(ref)} was not there before, so it was stopped.`, stopped: ref };
}

async function together(work: readonly Promise<Step>[]): Promise<Reverted & { readonly failure?: unknown }> {
  const outcomes = await Promise.allSettled(work);
  const steps = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
  const actions = steps.map(({ action }) => action);
  return {
    actions,
    watch: steps.flatMap(({ watch }) => watch ?? []),
    stopped: steps.flatMap((step) => step.stopped ?? []),
    ...(failures.length > 0 && { failure: combine(failures, actions) }),
  };
}

function combine(failures: readonly unknown[], actions: readonly string[]): unknown {
  const errors = failures.map(asActionError);
  const worst = errors.find(({ reason }) => reason !== 'superseded') ?? errors[0];
  if (worst === undefined || worst.reason === 'cancelled') return failures[0];
  const text = [...errors.map(({ message }) => message), ...actions].join('\n');
  return new ActionError(worst.reason, text, { hint: worst.hint, cause: worst });
}

async function undo(
  client: NomadClient,
  job: SubmittedJob,
  before: SnapshotJob | undefined,
  owner: Owner,
): Promise<Step> {
  if (before === undefined || before.stop) {
    const was = before === undefined ? 'is new' : 'was stopped before';
    const registered = job.jobModifyIndex;
    await requireOurs(client, job, await readOwned(client, job, owner, registered));
    const stopped = await stopJob(client, job, owner, { purge: false, registered });
    if ('failure' in stopped) throw stopped.failure;
    return { action: `${describe(job)} ${was}, so it was stopped.`, stopped: job };
  }
  const target = before.stable ? before.version : (before.highestStable ?? before.version);
  return await revertTo(client, job, target, job.version);
}

/**
 * Makes sure that a job is as the run left it, or as Nomad took it back by itself.
 *
 * @throws ActionError `superseded`
 */
async function requireOurs(client: NomadClient, job: SubmittedJob, current: Job | undefined): Promise<void> {
  if (current === undefined || current.Stop || current.JobModifyIndex === job.jobModifyIndex) return;
  const versions = await listVersions(client, job);
  if (versions.some((older) => older.Version < job.version && isSame(current, older))) return;
  throw superseded(job, 'stopped', current, job.version);
}

async function restart(client: NomadClient, ref: JobRef, before: SnapshotJob | undefined): Promise<Step> {
  const job = await readJob(client, ref);
  if (job === undefined) return { action: `${describe(ref)} was purged meanwhile and cannot be started again.` };
  if (!job.Stop) return { action: `${describe(ref)} runs; it was not touched.` };
  // Nomad takes back no job that was dispatched.
  if (job.ParentID) return { action: `${describe(ref)} was launched by job "${job.ParentID}", and stays stopped.` };
  if (before === undefined || before.stop)
    return { action: `${describe(ref)} was not running before, so it stays stopped.` };
  return await revertTo(client, ref, before.version, job.Version);
}

/** @param from the version that must be the current one. */
export async function revertTo(client: NomadClient, ref: JobRef, target: number, from: number): Promise<Step> {
  let answer: EvaluationAnswer | undefined;
  const written = await writeOnce(
    async () => {
      answer = await sendRevert(client, ref, target, from);
    },
    async () => (await findBack(client, ref, target, from)).isBack,
  );
  if (answer !== undefined) {
    const watch = await findRegistered(client, ref, answer.JobModifyIndex);
    const action = `${describe(ref)} went back to version ${target}, as version ${watch.version}.`;
    return { action, watch: { ...watch, madeOf: target } };
  }
  const { current, isBack } = await findBack(client, ref, target, from);
  if (current !== undefined && isBack) {
    const watch = await findRegistered(client, ref, current.JobModifyIndex);
    const action = `${describe(ref)} is back at version ${target} already, as version ${current.Version}.`;
    return { action, watch: { ...watch, madeOf: target } };
  }
  const failure = 'failure' in written ? written.failure : undefined;
  if (failure !== undefined && !(failure instanceof NomadResponseError)) throw failure;
  if (failure === undefined || /enforcing version/i.test(failure.words)) {
    throw superseded(ref, `taken back to version ${target}`, current, from);
  }
  throw new ActionError('revert-failed', `${describe(ref)} could not go back to version ${target}: ${failure.words}`, {
    hint:
      failure.hint ||
      'Deploy the ref from before by hand. Nomad keeps only a job’s last versions (see nomad job history).',
    cause: failure,
  });
}

async function sendRevert(client: NomadClient, ref: JobRef, target: number, from: number): Promise<EvaluationAnswer> {
  const payload = { JobID: ref.id, JobVersion: target, EnforcePriorVersion: from };
  const query = { namespace: ref.namespace };
  return (await client.post(jobPath(ref.id, '/revert'), evaluationAnswerSchema, payload, { query })).body;
}

/** Whether the job is what it was to become, by Nomad itself or by a request whose answer got lost. */
async function findBack(
  client: NomadClient,
  ref: JobRef,
  target: number,
  from: number,
): Promise<{ readonly current: Job | undefined; readonly isBack: boolean }> {
  const versions = await listVersions(client, ref);
  const [current] = versions;
  const wanted = versions.find(({ Version }) => Version === target);
  const isBack = current !== undefined && wanted !== undefined && current.Version > from && isSame(current, wanted);
  return { current, isBack };
}

/** @param what was not done to the job, which is not at version `from` any more. */
function superseded(ref: JobRef, what: string, current: Job | undefined, from: number): ActionError {
  const now = current === undefined ? 'it is gone' : `it is at version ${current.Version}`;
  return new ActionError(
    'superseded',
    `${describe(ref)} was not ${what}: somebody else has changed it, ${now} and not at ${from}`,
    { hint: 'It was left alone. Look at what else deploys this job.' },
  );
}

/** Whether two versions of a job say the same. */
export function isSame(a: Job, b: Job): boolean {
  // Nomad tells of the same maps in another order each time.
  return !a.Stop && isDeepStrictEqual(contents(a), contents(b));
}

/** What Nomad keeps about a version of a job, and what is not said by who registers it. */
const KEPT_BY_NOMAD: ReadonlySet<string> = new Set([
  'Stop',
  'Stable',
  'Status',
  'StatusDescription',
  'Version',
  'VersionTag',
  'CreateIndex',
  'ModifyIndex',
  'JobModifyIndex',
  'SubmitTime',
  'NomadTokenID',
  'ConsulToken',
  'VaultToken',
]);

function contents(job: Job): unknown {
  const said = Object.entries(job).filter(([name]) => !KEPT_BY_NOMAD.has(name));
  return { ...Object.fromEntries(said), TaskGroups: (job.TaskGroups ?? []).map(withoutPolicyIndexes) };
}

/** Nomad writes them into the scaling policy of a job that is new, and into no later version. */
function withoutPolicyIndexes(group: TaskGroup & { readonly Scaling?: object | null }): unknown {
  if (!group.Scaling) return group;
  return { ...group, Scaling: { ...group.Scaling, CreateIndex: 0, ModifyIndex: 0 } };
}

function describe({ id, namespace }: JobRef): string {
  return `Job "${id}" (${namespace})`;
}
