import { ActionError } from '../errors.ts';
import type { Job, JobRef } from '../nomad/api.ts';
import { listVersions } from '../nomad/jobs.ts';
import { isSame, type Move } from '../nomad/revert.ts';
import { timeOf, traceOf } from '../nomad/trace.ts';
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

/** How far apart the jobs of one deploy may be registered, one after the other, where their tags do not tell. Nanoseconds. */
const ONE_DEPLOY = 5_000_000_000;

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
  const deploys = new Deploys(histories);
  const last = lastDeploy(histories, deploys);
  const before = last.map((history) => ({ history, previous: previousOf(history, deploys) }));
  const others = histories.filter((history) => !last.includes(history));
  // Where nothing ran before, the deployment was stopped as a whole: what ran before that is meant.
  const ranBefore = [...others.map(({ current }) => current), ...before.map(({ previous }) => previous)].some(
    (job) => job !== undefined && !job.Stop,
  );
  const moves = before.flatMap(({ history, previous }) => {
    const { current, id, namespace } = history;
    if (previous === undefined && history.isCut) throw forgotten(history, histories);
    const wasThere = previous !== undefined && (!previous.Stop || !ranBefore);
    if (!wasThere) return current.Stop ? [] : [{ current }];
    const target = lastGood(history);
    if (target !== undefined) return [{ current, target }];
    throw nothingThere(
      `There is nothing to go back to: no earlier version of job "${id}" (${namespace}) was healthy and says something else than the present one`,
      histories,
    );
  });
  const undoes = last.map(({ current }) => traceOf(current)?.deployed).find((one) => one !== undefined);
  return { moves, stays: staysOf(histories, moves), undoes };
}

/** The jobs that the last deploy has changed, added or stopped; of a rollback that got stuck half-way, those that are still to go back. */
function lastDeploy(histories: readonly JobHistory[], deploys: Deploys): readonly JobHistory[] {
  const undone = new Set(histories.flatMap(({ current }) => traceOf(current)?.undoes ?? []));
  const left = histories.filter(({ current }) => undone.has(deploys.of(current) ?? ''));
  if (left.length > 0) return left;
  const deployed = histories.flatMap((history) => {
    const at = inEffect(history);
    return at === undefined ? [] : [{ history, at }];
  });
  const [newest, ...others] = deployed.sort((a, b) => b.at.SubmitTime - a.at.SubmitTime);
  if (newest === undefined) return [];
  const found = [newest];
  for (const other of others) {
    if (found.some(({ at }) => deploys.areOne(at, other.at))) found.push(other);
  }
  return found.map(({ history }) => history);
}

/** The version that a job is at: one that went back is at what it went back to, and one that a rollback has stopped is at none. */
function inEffect({ current, earlier }: JobHistory): Job | undefined {
  let at = current;
  for (;;) {
    const trace = traceOf(at);
    if (at.Stop && trace?.undoes !== undefined) return undefined;
    const former = earlier.find(({ Version }) => Version === trace?.backTo && Version < at.Version);
    if (former === undefined) return at;
    at = former;
  }
}

/** The version before those that the last deploy has made. */
function previousOf(history: JobHistory, deploys: Deploys): Job | undefined {
  const at = inEffect(history) ?? history.current;
  const deploy = deploys.of(at);
  return history.earlier.find(
    (job) => job.Version < at.Version && (deploy === undefined || deploys.of(job) !== deploy),
  );
}

/** The newest earlier version that was healthy; of a kind that Nomad never says so of, the newest one. */
export function lastGood(history: JobHistory): Job | undefined {
  const { current, earlier } = history;
  const at = inEffect(history) ?? current;
  const isJudged = [current, ...earlier].some((job) => job.Stable || hasRollouts(job));
  return earlier.find(
    (job) =>
      job.Version < at.Version &&
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

/** A deploy that the tags of its versions tell of. */
interface Deploy {
  /** As in the tags. */
  readonly deployed: string;
  /** When its first version with a tag was registered. Nanoseconds. */
  readonly began: number;
}

/** Which versions were deployed together. */
class Deploys {
  /** The oldest first. */
  readonly #deploys: readonly Deploy[];
  /** The version of the same job that came after a version. */
  readonly #next: ReadonlyMap<Job, Job>;

  constructor(histories: readonly JobHistory[]) {
    const versions = histories.map(({ current, earlier }) => [current, ...earlier]);
    const began = new Map<string, number>();
    for (const job of versions.flat()) {
      const deployed = traceOf(job)?.deployed;
      if (deployed !== undefined) began.set(deployed, Math.min(job.SubmitTime, began.get(deployed) ?? Infinity));
    }
    this.#deploys = [...began]
      .map(([deployed, time]) => ({ deployed, began: time }))
      .sort((a, b) => (a.deployed < b.deployed ? -1 : 1));
    this.#next = new Map(
      versions.flatMap((all) => all.slice(1).map((job, index) => [job, all[index] as Job] as const)),
    );
  }

  /** The `deployed` of the deploy; undefined of one that has left no tag, as a run of nomad-pack by hand. */
  of(job: Job): string | undefined {
    const deployed = traceOf(job)?.deployed;
    if (deployed !== undefined) return deployed;
    const found = this.#around(job);
    // A deploy registers no job twice.
    const next = this.#next.get(job);
    return next !== undefined && this.#around(next) === found ? undefined : found;
  }

  /** The deploy in whose course a version was registered. Batch jobs, for example, have no tags of their own. */
  #around({ SubmitTime }: Job): string | undefined {
    const submitted = timeOf(SubmitTime);
    const found = this.#deploys.find(({ deployed }) => submitted <= deployed);
    return found !== undefined && found.began - SubmitTime <= ONE_DEPLOY ? found.deployed : undefined;
  }

  areOne(a: Job, b: Job): boolean {
    const [one, other] = [this.of(a), this.of(b)];
    if (one !== undefined && other !== undefined) return one === other;
    return Math.abs(a.SubmitTime - b.SubmitTime) <= ONE_DEPLOY;
  }
}

/** @param to as `planRollback` */
function whenDeployed(histories: readonly JobHistory[], to: string): RollbackPlan {
  const found = isVersionNumber(to) ? versionsOfNumber(histories, Number(to)) : versionsOfCommit(histories, to);
  const [newest] = [...found].sort((a, b) => b.SubmitTime - a.SubmitTime);
  if (newest === undefined) {
    const what = isVersionNumber(to) ? `version ${to}` : `a version that \`${to}\` was deployed as`;
    throw nothingThere(`\`rollback_to\` is \`${to}\`, but no job of the deployment has ${what}`, histories);
  }
  const deploys = new Deploys(histories);
  if (isVersionNumber(to) && found.some((job) => !deploys.areOne(job, newest))) throw ambiguous(to, histories);
  const time = endOf(newest, histories, deploys);
  const moves = histories.flatMap((history) => {
    const { current, earlier } = history;
    const target = [current, ...earlier].find(({ SubmitTime }) => SubmitTime <= time);
    if (target === undefined && history.isCut) throw forgotten(history, histories);
    if (target === undefined || target.Stop) return current.Stop ? [] : [{ current }];
    return !current.Stop && isSame(current, target) ? [] : [{ current, target }];
  });
  return { moves, stays: staysOf(histories, moves), undoes: undefined };
}

/** When the deploy of that version was at its end. It has registered no job twice. */
function endOf(newest: Job, histories: readonly JobHistory[], deploys: Deploys): number {
  const versions = histories.flatMap(({ current, earlier }) => [current, ...earlier]);
  const [next] = versions
    .filter(
      ({ ID, Namespace, Version }) => ID === newest.ID && Namespace === newest.Namespace && Version > newest.Version,
    )
    .sort((a, b) => a.Version - b.Version);
  const isBefore = (job: Job) => next === undefined || job.SubmitTime < next.SubmitTime;
  const ofDeploy = versions.filter((job) => deploys.areOne(job, newest) && isBefore(job));
  return Math.max(...ofDeploy.map(({ SubmitTime }) => SubmitTime));
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
    text !== undefined && /^[0-9a-f]{7,64}$/i.test(to) && text.toLowerCase().startsWith(to.toLowerCase());
  return histories
    .flatMap(({ current, earlier }) => [current, ...earlier])
    .filter((job) => {
      const ref = job.Meta?.['pack.version'];
      // What went back to it has not deployed it.
      return (
        !job.Stop &&
        traceOf(job)?.backTo === undefined &&
        (isCommit(traceOf(job)?.commit) || isCommit(ref) || ref === to)
      );
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

/** What to throw where there is nothing to go back to: it lists the versions that there are. */
export function nothingThere(message: string, histories: readonly JobHistory[]): ActionError {
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
  const commit = traceOf(job)?.commit;
  const parts = [
    `version ${job.Version}`,
    ...(job === current ? ['the present one'] : []),
    ...(job.Stop ? ['stopped'] : [job.Stable ? 'was healthy' : 'was never called healthy']),
    `deployed ${new Date(job.SubmitTime / 1_000_000).toISOString()}`,
    ...(ref === undefined || ref === '' ? [] : [`ref ${ref}`]),
    ...(commit === undefined ? [] : [`commit ${commit}`]),
  ];
  return `${id} (${namespace}): ${parts.join(', ')}.`;
}
