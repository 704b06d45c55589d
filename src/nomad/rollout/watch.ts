import { isDeepStrictEqual } from 'node:util';
import { type JoinedSignal, joinSignals } from '../../http/signals.ts';
import type { Diagnosis, JobState } from '../../result.ts';
import type { WaitFor } from '../../settings/settings.ts';
import type { Job, JobStatuses } from '../api.ts';
import type { NomadClient } from '../client.ts';
import { jobKey } from '../jobs.ts';
import { isForgotten, type JobFacts, jobState, jobUrl, readDetails } from '../state.ts';
import { NOT_THERE, type SubmittedJob } from '../submission.ts';
import { diagnose } from './diagnosis.ts';
import { Inquiry } from './inquiry.ts';
import { judge } from './judge.ts';
import { type Memory, newMemory } from './moment.ts';
import { concludeRollout, type RolloutOutcome } from './outcome.ts';
import { readOutlook } from './outlook.ts';
import { Progress } from './progress.ts';
import { type Bad, bad, isSettled, type Verdict } from './verdict.ts';

export type { RolloutOutcome };

export interface WatchOptions {
  readonly waitFor: WaitFor;
  /** Milliseconds. */
  readonly timeout: number;
  /** Ends the watch at once; it then throws the signal's reason. */
  readonly signal: AbortSignal;
  readonly redact: (text: string) => string;
  /** A line for each change, and at least every 30 s one while nothing changes. `job` is the id of the job that it is about. */
  readonly onProgress: (line: string, job?: string) => void;
  /** Told of all states whenever one has changed, so that nothing that is known is lost when the watch is ended. */
  readonly onState?: (jobs: readonly JobState[]) => void;
}

/**
 * How long the server is asked to wait for a change. Milliseconds. A job that is purged between two questions does not end the
 * second one.
 */
const longestWait = 10_000;
const firstBackoff = 200;
const longestBackoff = 5_000;

/**
 * Follows the rollout of these jobs until each is at its end, good or bad, or the timeout is over. What is judged is always the
 * version that was submitted, from what Nomad says at one moment; good ends are looked at once more before they are believed.
 *
 * @throws the signal's reason; ActionError when Nomad refuses to answer, as with a token that expired.
 */
export async function watchRollout(
  client: NomadClient,
  jobs: readonly SubmittedJob[],
  options: WatchOptions,
): Promise<RolloutOutcome> {
  const watch = new Watch(client, jobs, options);
  try {
    return await watch.run();
  } finally {
    watch.close();
  }
}

/** A job under watch, and what is known of it. */
interface Watched {
  readonly job: SubmittedJob;
  readonly memory: Memory;
  /** The versions of the job that were needed so far. */
  versions: readonly Job[];
  /** The version that was submitted, once it was seen: Nomad forgets it with a purge. */
  specification: Job | undefined;
  /** What Nomad said last, `null` for a job that is not there; undefined before it was asked. */
  nomad: JobStatuses | null | undefined;
  /** How often it was looked at without a change. */
  looks: number;
  /** When to look again though nothing changed, on the clock of `performance.now()`. */
  due: number;
  state: JobState;
  verdict: Verdict | undefined;
  diagnosis: Diagnosis | undefined;
}

/** Aborts the requests of a watch whose time is over. */
const timeIsOver = Symbol('the timeout is over');

class Watch {
  private readonly client: NomadClient;
  private readonly options: WatchOptions;
  private readonly jobs: readonly Watched[];
  private readonly progress: Progress;
  private readonly inquiry: Inquiry;
  /** Of the step, and of the timeout. */
  private readonly end: JoinedSignal;
  private readonly began = performance.now();
  private told = '';

  constructor(client: NomadClient, jobs: readonly SubmittedJob[], options: WatchOptions) {
    this.client = client;
    this.options = options;
    this.jobs = jobs.map((job) => begin(client, job));
    this.progress = new Progress(jobs, options.onProgress);
    this.end = joinSignals([options.signal], { after: options.timeout, reason: timeIsOver });
    this.inquiry = new Inquiry(client, this.end.signal, (words) =>
      this.progress.fault(words === undefined ? undefined : options.redact(words)),
    );
  }

  close(): void {
    this.end.release();
    this.progress.close();
  }

  async run(): Promise<RolloutOutcome> {
    this.options.signal.throwIfAborted();
    try {
      await this.follow();
    } catch (error) {
      this.options.signal.throwIfAborted();
      if (error !== timeIsOver) throw error;
      await this.giveUp();
    }
    return concludeRollout(
      this.jobs.map((watched) => withDiagnosis(watched, this.options.waitFor)),
      (job) => this.progress.name(job),
    );
  }

  private async follow(): Promise<void> {
    const refs = this.jobs.map(({ job }) => job);
    let index = 0;
    let wait = longestWait;
    let confirmed = false;
    while (!confirmed) {
      const wasSettled = this.isSettled();
      const round = await this.inquiry.statuses(refs, { index, wait });
      await this.look(round.statuses);
      confirmed = wasSettled && this.isSettled();
      wait = this.untilDue();
      // Settled, it is looked at once more without waiting for a change.
      index = this.isSettled() ? 0 : round.index;
      if (index === 0 && !this.isSettled()) await this.inquiry.pause(wait);
    }
  }

  private isSettled(): boolean {
    return this.jobs.every(({ verdict }) => isSettled(verdict));
  }

  /** Milliseconds until a job has to be looked at again. */
  private untilDue(): number {
    const due = Math.min(...this.jobs.filter(({ verdict }) => !isSettled(verdict)).map((watched) => watched.due));
    // A question that hangs is asked again after the wait and five seconds: a short watch leaves room for that.
    const longest = Math.min(longestWait, this.options.timeout / 4);
    return Math.min(Math.max(due - performance.now(), 1), longest);
  }

  private async look(statuses: readonly JobStatuses[]): Promise<void> {
    const found = new Map(statuses.map((status) => [jobKey({ id: status.ID, namespace: status.Namespace }), status]));
    const looks = this.jobs.map(async (watched) => await this.lookAt(watched, found.get(jobKey(watched.job))));
    // All of them end before the timeout is seen to: what one has found out must not be overwritten afterwards.
    for (const look of await Promise.allSettled(looks)) if (look.status === 'rejected') throw look.reason;
    this.progress.waits(this.jobs.filter(({ verdict }) => !isSettled(verdict)).map(({ job }) => job));
    this.tellStates();
  }

  private async lookAt(watched: Watched, nomad: JobStatuses | undefined): Promise<void> {
    // A bad end is one: what comes after it is another story.
    if (
      watched.verdict?.kind === 'bad' &&
      isSettled(watched.verdict) &&
      watched.verdict.reason !== 'awaiting-promotion'
    )
      return;
    const isSame = isDeepStrictEqual(nomad ?? null, watched.nomad);
    if (isSame && performance.now() < watched.due) return;
    watched.looks = isSame ? watched.looks + 1 : 0;
    watched.nomad = nomad ?? null;
    const verdict = nomad === undefined ? this.judgeMissing(watched) : await this.verdictOn(watched, nomad);
    watched.verdict = verdict;
    watched.due = performance.now() + (verdict.kind === 'waiting' ? (verdict.lookAgain ?? longestWait) : longestWait);
    if (verdict.kind === 'bad' && verdict.reason !== watched.diagnosis?.reason) await this.diagnose(watched, verdict);
    watched.state = { ...watched.state, ...statusOf(watched) };
    const rollout = nomad?.LatestDeployment?.JobVersion === nomad?.Version ? nomad?.LatestDeployment : undefined;
    const shown = verdict.kind === 'bad' ? { ...verdict, cause: watched.diagnosis?.cause ?? verdict.cause } : verdict;
    this.progress.job(
      watched.state,
      rollout === null || rollout === undefined ? '' : `rollout ${rollout.Status}`,
      shown,
    );
  }

  private judgeMissing(watched: Watched): Verdict {
    watched.state = { ...watched.state, status: 'absent', health: 'unknown', groups: [] };
    if (watched.job.change === 'missing') return bad('stopped', NOT_THERE);
    return bad('stopped', 'somebody purged the job');
  }

  private async verdictOn(watched: Watched, nomad: JobStatuses): Promise<Verdict> {
    const { job, memory } = watched;
    const current = await this.learnVersions(watched, nomad);
    const facts = this.factsOf(job, current);
    const details = job.launches === undefined ? await readDetails(nomad, facts, current) : {};
    const groups = isForgotten(nomad) ? await this.inquiry.summary(job) : {};
    watched.state = jobState(this.client.settings.address, { ...job, groups }, nomad, details);
    return await judge({
      job,
      nomad,
      memory,
      current,
      specification: watched.specification,
      status: watched.state.status,
      groups: watched.state.groups,
      waitFor: this.options.waitFor,
      now: performance.now(),
      backoff: Math.min(firstBackoff * 2 ** watched.looks, longestBackoff),
      outlook: async () => readOutlook(await facts.evaluations(), current),
      deployments: async () => await this.inquiry.deployments(job),
      allocations: facts.allocations,
    });
  }

  /** What one look may have to know of a job: each is asked for once. */
  private factsOf(job: SubmittedJob, current: Job | undefined): JobFacts {
    return {
      specification: async () => current,
      allocations: once(async () => await this.inquiry.allocations(job)),
      evaluations: once(async () => await this.inquiry.evaluations(job)),
    };
  }

  /** @returns the version that Nomad has now; undefined where its list does not show it. */
  private async learnVersions(watched: Watched, nomad: JobStatuses): Promise<Job | undefined> {
    if (findVersion(watched, nomad) === undefined) watched.versions = await this.inquiry.versions(watched.job);
    const { jobModifyIndex } = watched.job;
    watched.specification ??= watched.versions.find(({ JobModifyIndex }) => JobModifyIndex === jobModifyIndex);
    return findVersion(watched, nomad);
  }

  private async diagnose(watched: Watched, verdict: Bad): Promise<void> {
    const { client, options } = this;
    const { signal, redact } = options;
    const { job, specification } = watched;
    watched.diagnosis = await diagnose({ client, job, specification, verdict, signal, redact });
  }

  /** The timeout is over: what is not at its end yet is not going to be. */
  private async giveUp(): Promise<void> {
    const late = this.jobs.filter(({ verdict }) => !isSettled(verdict));
    await Promise.all(
      late.map(async (watched) => {
        if (watched.verdict?.kind === 'bad') return;
        const verdict = this.tooLate(watched.verdict);
        watched.verdict = verdict;
        watched.state = { ...watched.state, ...statusOf(watched) };
        // Who does not answer will not tell what went wrong either.
        if (this.progress.silence === undefined) await this.diagnose(watched, verdict);
        else watched.diagnosis = { ...verdict, events: [], log: '' };
      }),
    );
    this.tellStates();
  }

  private tooLate(verdict: Verdict | undefined): Bad {
    if (verdict?.kind === 'waiting' && verdict.blocked) return bad('placement', verdict.missing);
    const seconds = Math.round((performance.now() - this.began) / 1000);
    const silence = this.progress.silence ?? (verdict === undefined ? 'Nomad has said nothing of it' : undefined);
    if (silence !== undefined) return bad('nomad-unreachable', `${silence} (after ${seconds} s)`);
    const missing = verdict?.kind === 'waiting' ? verdict.missing : 'nothing is known of it';
    return bad('timeout', `${missing} (after ${seconds} s)`);
  }

  private tellStates(): void {
    const states = this.jobs.map((watched) => withDiagnosis(watched, this.options.waitFor));
    const text = JSON.stringify(states);
    if (text === this.told) return;
    this.told = text;
    this.options.onState?.(states);
  }
}

function begin(client: NomadClient, job: SubmittedJob): Watched {
  return {
    job,
    memory: newMemory(),
    versions: [],
    specification: undefined,
    nomad: undefined,
    looks: 0,
    due: 0,
    state: {
      id: job.id,
      namespace: job.namespace,
      type: typeOf(job),
      status: 'unknown',
      health: 'unknown',
      version: job.version,
      groups: [],
      url: jobUrl(client.settings.address, job),
    },
    verdict: undefined,
    diagnosis: undefined,
  };
}

function typeOf({ type, launches }: SubmittedJob): string {
  return launches === undefined ? type : `${type} (${launches})`;
}

/** A job that was purged and registered again has a version of the same number; the time of its submission tells it apart. */
function findVersion({ versions }: Watched, nomad: JobStatuses): Job | undefined {
  return versions.find(({ Version, SubmitTime }) => Version === nomad.Version && SubmitTime === nomad.SubmitTime);
}

function once<Answer>(ask: () => Promise<Answer>): () => Promise<Answer> {
  let answer: Promise<Answer> | undefined;
  return async () => {
    answer ??= ask();
    return await answer;
  };
}

/** What the verdict makes of the status that the job has by itself. */
function statusOf({ verdict, state }: Watched): Partial<Pick<JobState, 'status' | 'health'>> {
  if (verdict?.kind !== 'bad') return {};
  switch (verdict.reason) {
    case 'unhealthy':
      return { status: 'failed', health: 'unhealthy' };
    case 'reverted':
      return { status: 'reverted' };
    case 'awaiting-promotion':
      return { status: 'pending' };
    case 'placement':
    case 'timeout':
    case 'nomad-unreachable':
      // What there is of it may be well, but it is not all, or not yet.
      return {
        ...(state.status === 'complete' && { status: 'pending' }),
        ...(state.health === 'healthy' && { health: 'unknown' }),
      };
    default:
      return {};
  }
}

function withDiagnosis({ state, diagnosis, verdict }: Watched, waitFor: WaitFor): JobState {
  if (diagnosis === undefined || verdict?.kind !== 'bad') return state;
  if (verdict.reason !== 'awaiting-promotion') return { ...state, diagnosis };
  const awaiting = { ...state, awaitsPromotion: true } as const;
  return waitFor === 'promotion' ? awaiting : { ...awaiting, diagnosis };
}
