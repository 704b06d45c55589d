import { ActionError } from '../errors.ts';
import type { Job, JobRef } from '../nomad/api.ts';
import { listVersions } from '../nomad/jobs.ts';
import { isSame, type Move } from '../nomad/revert.ts';
import { traceOf } from '../nomad/trace.ts';
import type { Deployment } from './deployment.ts';

/** A job of the deployment, and the versions of it that are the deployment's. */
export interface JobHistory extends JobRef {
  readonly current: Job;
  /** Newest first, without the current one. */
  readonly earlier: readonly Job[];
  /** Nomad has forgotten older ones. */
  readonly isCut: boolean;
}

/** What a rollback comes to. */
export interface RollbackPlan {
  readonly moves: readonly Move[];
  /** The jobs that stay as they are, and run. */
  readonly stays: readonly Job[];
  /** The `deployed` of what is rolled back, where its tags tell. */
  readonly undoes: string | undefined;
}

/** How far apart the jobs of one deploy may be registered, one after the other, where no tags tell. Nanoseconds. */
const ONE_DEPLOY = 10_000_000_000;

/** @returns those of the jobs that the deployment owns now */
export async function readHistories(deployment: Deployment, jobs: readonly JobRef[]): Promise<JobHistory[]> {
  const client = await deployment.client();
  const histories = await Promise.all(
    jobs.map(async ({ id, namespace }): Promise<JobHistory[]> => {
      const versions = await listVersions(client, { id, namespace });
      const [current] = versions;
      if (current === undefined || !deployment.owns(current.Meta)) return [];
      const earlier = versions.slice(1).filter(({ Meta }) => deployment.owns(Meta));
      return [{ id, namespace, current, earlier, isCut: (versions.at(-1)?.Version ?? 0) > 0 }];
    }),
  );
  return histories.flat();
}

/**
 * What takes the whole deployment back, as one unit: without `to` to how it was before the last deploy, each job at its last version that
 * was healthy; else to how it was when that version, commit or ref was deployed. What the last deploy did not touch stays as it is.
 *
 * @param to the number of a version, or a commit or ref of the registry
 * @throws ActionError `no-earlier-version`, which lists the versions that there are
 */
export function planRollback(histories: readonly JobHistory[], to: string | undefined): RollbackPlan {
  const plan = to === undefined ? beforeTheLastDeploy(histories) : whenDeployed(histories, to);
  const goes = new Map(plan.moves.map((move) => [move.current, move]));
  const runs = histories.some(({ current }) => {
    const move = goes.get(current);
    return move === undefined ? !current.Stop : move.target !== undefined;
  });
  if (!runs) throw nothingThere('There is nothing to go back to: no job of the deployment would run', histories);
  return plan;
}

function beforeTheLastDeploy(histories: readonly JobHistory[]): RollbackPlan {
  const last = lastDeploy(histories);
  const before = last.map((history) => ({ history, previous: previousOf(history, last) }));
  const others = histories.filter((history) => !last.includes(history));
  // Where nothing ran before, the deployment was stopped as a whole: what ran before that is meant.
  const ranBefore = [...others.map(({ current }) => current), ...before.map(({ previous }) => previous)].some(
    (job) => job !== undefined && !job.Stop,
  );
  const moves = before.flatMap(({ history, previous }) => {
    const { current } = history;
    const wasThere = previous !== undefined && (!previous.Stop || !ranBefore);
    if (!wasThere) {
      if (previous === undefined && history.isCut) throw forgotten(history, histories);
      return current.Stop ? [] : [{ current }];
    }
    const target = lastGood(history);
    if (target === undefined)
      throw nothingThere(
        `There is nothing to go back to: no version of job "${history.id}" (${history.namespace}) before the present one was healthy`,
        histories,
      );
    return [{ current, target }];
  });
  return { moves, stays: staysOf(histories, moves), undoes: last.map(deployOf).find((one) => one !== undefined) };
}

/** The jobs that the last deploy has changed, added or stopped; of a rollback that got stuck half-way, those that are still to go back. */
function lastDeploy(histories: readonly JobHistory[]): readonly JobHistory[] {
  const [newest, ...others] = [...histories].sort((a, b) => b.current.SubmitTime - a.current.SubmitTime);
  if (newest === undefined) return [];
  const undone = traceOf(newest.current)?.undoes;
  const left = undone === undefined ? [] : histories.filter((history) => deployOf(history) === undone);
  if (left.length > 0) return left;
  const found = [newest];
  for (const other of others) {
    if (found.some((history) => isOneDeploy(history.current, other.current))) found.push(other);
  }
  return found;
}

function deployOf({ current }: JobHistory): string | undefined {
  return traceOf(current)?.deployed;
}

/** Whether the same step has deployed both versions. */
function isOneDeploy(a: Job, b: Job): boolean {
  const [one, other] = [traceOf(a), traceOf(b)];
  if (one !== undefined && other !== undefined) return one.deployed === other.deployed;
  return Math.abs(a.SubmitTime - b.SubmitTime) <= ONE_DEPLOY;
}

/** The version before those that the last deploy has made. */
function previousOf({ current, earlier }: JobHistory, last: readonly JobHistory[]): Job | undefined {
  const step = traceOf(current)?.deployed;
  const isOfLast = (job: Job) => step !== undefined && traceOf(job)?.deployed === step;
  const before = backToOf(current);
  const until = before === undefined ? earlier : earlier.filter(({ Version }) => Version <= before);
  return last.length === 0 ? undefined : until.find((job) => !isOfLast(job));
}

/** The version that a version went back to. */
function backToOf(job: Job): number | undefined {
  return traceOf(job)?.backTo;
}

/** The newest earlier version that was healthy; of a kind that Nomad never says so of, the newest one. A version that went back is what it went back to. */
function lastGood({ current, earlier }: JobHistory): Job | undefined {
  const before = backToOf(current) ?? current.Version;
  const isJudged = [current, ...earlier].some((job) => job.Stable || hasRollouts(job));
  return earlier.find(
    (job) =>
      job.Version < before &&
      !job.Stop &&
      (job.Stable || !isJudged) &&
      // A job that runs goes back to something else; one that was stopped runs again.
      (current.Stop || !isSame(current, job)),
  );
}

function hasRollouts({ Type, Periodic, ParameterizedJob, TaskGroups }: Job): boolean {
  if (Type !== 'service' || Periodic !== null || ParameterizedJob !== null) return false;
  return (TaskGroups ?? []).some(({ Update }) => (Update?.MaxParallel ?? 0) > 0);
}

/** @param to as `planRollback` */
function whenDeployed(histories: readonly JobHistory[], to: string): RollbackPlan {
  const found = isVersionNumber(to) ? versionsOfNumber(histories, Number(to)) : versionsOfCommit(histories, to);
  const [newest] = [...found].sort((a, b) => b.SubmitTime - a.SubmitTime);
  if (newest === undefined) {
    const what = isVersionNumber(to) ? `version ${to}` : `a version that \`${to}\` was deployed as`;
    throw nothingThere(`\`rollback_to\` is \`${to}\`, but no job of the deployment has ${what}`, histories);
  }
  if (isVersionNumber(to) && found.some((job) => !isOneDeploy(job, newest))) throw ambiguous(to, histories);
  const time = Math.max(
    ...histories
      .flatMap(({ current, earlier }) => [current, ...earlier])
      .filter((job) => isOneDeploy(job, newest))
      .map(({ SubmitTime }) => SubmitTime),
  );
  const moves = histories.flatMap((history) => {
    const { current, earlier } = history;
    const target = [current, ...earlier].find(({ SubmitTime }) => SubmitTime <= time);
    if (target === undefined && history.isCut) throw forgotten(history, histories);
    if (target === undefined || target.Stop) return current.Stop ? [] : [{ current }];
    return target === current || (!current.Stop && isSame(current, target)) ? [] : [{ current, target }];
  });
  const undoes = histories.map(deployOf).find((one) => one !== undefined);
  return { moves, stays: staysOf(histories, moves), undoes };
}

/** More digits than a version has are those of a commit. */
function isVersionNumber(to: string): boolean {
  return /^\d{1,6}$/.test(to);
}

/** The earlier versions of that number; the present ones only where there are no others. */
function versionsOfNumber(histories: readonly JobHistory[], number: number): Job[] {
  const earlier = histories.flatMap((history) => history.earlier.filter(({ Version }) => Version === number));
  if (earlier.length > 0) return earlier;
  return histories.map(({ current }) => current).filter(({ Version }) => Version === number);
}

/** The versions whose tag has the commit, or that nomad-pack has recorded it for, or the ref. A commit may be shortened to seven digits. */
function versionsOfCommit(histories: readonly JobHistory[], to: string): Job[] {
  const isCommit = (text: string | undefined) =>
    text !== undefined && /^[0-9a-f]{7,40}$/i.test(to) && text.toLowerCase().startsWith(to.toLowerCase());
  return histories
    .flatMap(({ current, earlier }) => [current, ...earlier])
    .filter((job) => {
      const ref = job.Meta?.['pack.version'];
      return !job.Stop && (isCommit(traceOf(job)?.commit) || isCommit(ref) || ref === to);
    });
}

function staysOf(histories: readonly JobHistory[], moves: readonly Move[]): Job[] {
  const moved = new Set(moves.map(({ current }) => current));
  return histories.map(({ current }) => current).filter((job) => !moved.has(job) && !job.Stop);
}

function forgotten({ id, namespace }: JobHistory, histories: readonly JobHistory[]): ActionError {
  return nothingThere(
    `Job "${id}" (${namespace}) cannot go back: Nomad no longer has the version that it was at then`,
    histories,
  );
}

function ambiguous(to: string, histories: readonly JobHistory[]): ActionError {
  return nothingThere(
    `\`rollback_to\` is \`${to}\`, but the jobs of the deployment were at version ${to} at different times`,
    histories,
  );
}

function nothingThere(message: string, histories: readonly JobHistory[]): ActionError {
  const lines = histories.flatMap((history) =>
    [history.current, ...history.earlier].map((job) => describeVersion(history, job)),
  );
  return new ActionError('no-earlier-version', [`${message}.`, ...lines].join('\n'), {
    hint: 'Those are the versions that Nomad has of the deployment. Set `rollback_to` to the number of one of them, or to a commit or ref that one was deployed from; or deploy what is to run.',
  });
}

/** `web (default): version 3, running now, healthy once, deployed 2026-11-26T00:00:00Z, commit c0ffee.` */
function describeVersion({ id, namespace, current }: JobHistory, job: Job): string {
  const ref = job.Meta?.['pack.version'];
  const parts = [
    `version ${job.Version}`,
    ...(job === current ? ['the present one'] : []),
    ...(job.Stop ? ['stopped'] : [job.Stable ? 'was healthy' : 'was never called healthy']),
    `deployed ${new Date(job.SubmitTime / 1_000_000).toISOString()}`,
    ...(ref === undefined || ref === '' ? [] : [`ref ${ref}`]),
    ...(traceOf(job)?.commit === undefined ? [] : [`commit ${traceOf(job)?.commit}`]),
  ];
  return `${id} (${namespace}): ${parts.join(', ')}.`;
}
