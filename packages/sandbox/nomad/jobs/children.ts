import { nowNanoseconds } from '../clock.ts';
import { HttpError } from '../http/errors.ts';
import { newId } from '../ids.ts';
import { jobKey, type State } from '../state.ts';
import type { Job } from '../types.ts';
import { nextLaunch } from './cron.ts';
import type { JobChange, Jobs } from './jobs.ts';

/** Longer timers than this do not work. */
const longestTimer = 2 ** 31 - 1;

/** Launches the children of periodic jobs when they are due, and those of parameterized jobs when they are asked for. */
export class Children {
  private readonly state: State;
  private readonly jobs: Jobs;
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private stopped = false;

  constructor(state: State, jobs: Jobs) {
    this.state = state;
    this.jobs = jobs;
    state.events.on('change', (change) => {
      for (const key of change.jobs) this.follow(key);
    });
  }

  stop(): void {
    this.stopped = true;
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }

  /**
   * Launches a periodic job now.
   *
   * @throws HttpError 500 where there is no such job or it is not periodic.
   */
  force(namespace: string, id: string): JobChange {
    const job = this.state.job(namespace, id);
    if (job === undefined) throw new HttpError(500, 'job not found');
    if (job.Periodic === null) throw new HttpError(500, "can't force launch non-periodic job");
    return this.launch(job, Date.now());
  }

  /**
   * Launches a parameterized job with its own metadata and payload.
   *
   * @param payload base64.
   * @throws HttpError 500 where there is no such job or it does not take these parameters.
   */
  dispatch(namespace: string, id: string, meta: Readonly<Record<string, string>>, payload: string): DispatchedJob {
    const parent = this.state.job(namespace, id);
    if (parent === undefined) throw new HttpError(500, 'parameterized job not found');
    const problem = dispatchProblem(parent, meta, payload);
    if (problem !== undefined) throw new HttpError(500, problem);
    const ID = `${id}/dispatch-${Math.floor(Date.now() / 1000)}-${newId().slice(0, 8)}`;
    const derived = {
      ID,
      Name: ID,
      ParentID: id,
      Dispatched: true,
      Meta: { ...parent.Meta, ...meta },
      Payload: payload === '' ? null : payload,
    };
    const change = this.jobs.commit({ ...parent, ...derived, SubmitTime: nowNanoseconds() }, 'job-register');
    return { ...change, id: ID };
  }

  private follow(key: string): void {
    const [namespace = '', id = ''] = key.split('\0');
    const job = this.state.job(namespace, id);
    const launches = !this.stopped && job?.Periodic?.Enabled === true && !job.Stop;
    if (!launches) this.forget(key);
    else if (!this.timers.has(key)) this.waitForLaunch(job);
  }

  private forget(key: string): void {
    clearTimeout(this.timers.get(key));
    this.timers.delete(key);
  }

  private waitForLaunch(job: Job): void {
    const due = nextPeriodicLaunch(job, Date.now());
    if (due === undefined) return;
    const key = jobKey(job.Namespace, job.ID);
    const timer = setTimeout(() => this.arrive(key, job, due), Math.min(due - Date.now(), longestTimer));
    this.timers.set(key, timer);
  }

  private arrive(key: string, scheduled: Job, due: number): void {
    this.timers.delete(key);
    const job = this.state.job(scheduled.Namespace, scheduled.ID);
    if (job === undefined) return;
    // What was registered in the meantime may be due at another time.
    const stillDue = job.JobModifyIndex === scheduled.JobModifyIndex && Date.now() >= due;
    const running = this.state.children(job.Namespace, job.ID).some((child) => child.Status !== 'dead');
    if (stillDue && !(job.Periodic?.ProhibitOverlap === true && running)) this.launch(job, due);
    this.follow(key);
  }

  private launch(job: Job, at: number): JobChange {
    const ID = `${job.ID}/periodic-${Math.floor(at / 1000)}`;
    const derived = { ID, Name: ID, ParentID: job.ID, Periodic: null };
    return this.jobs.commit({ ...job, ...derived, SubmitTime: nowNanoseconds() }, 'periodic-job');
  }
}

export interface DispatchedJob extends JobChange {
  readonly id: string;
}

/** When a periodic job is due next after `after`, both Unix milliseconds; undefined where it never is. */
export function nextPeriodicLaunch(job: Job, after: number): number | undefined {
  if (job.Periodic === null || !job.Periodic.Enabled) return undefined;
  const { Spec, Specs, TimeZone } = job.Periodic;
  const due = [...(Spec === '' ? [] : [Spec]), ...(Specs ?? [])].flatMap(
    (spec) => nextLaunch(spec, TimeZone, after) ?? [],
  );
  return due.length === 0 ? undefined : Math.min(...due);
}

function dispatchProblem(job: Job, meta: Readonly<Record<string, string>>, payload: string): string | undefined {
  const parameters = job.ParameterizedJob;
  if (parameters === null) return `Specified job "${job.ID}" is not a parameterized job`;
  if (job.Stop) return `Specified job "${job.ID}" is stopped`;
  if (parameters.Payload === 'required' && payload === '') {
    return 'Payload is not provided but required by parameterized job';
  }
  if (parameters.Payload === 'forbidden' && payload !== '') {
    return 'Payload provided but forbidden by parameterized job';
  }
  const allowed = [...(parameters.MetaRequired ?? []), ...(parameters.MetaOptional ?? [])];
  const unpermitted = Object.keys(meta).filter((key) => !allowed.includes(key));
  if (unpermitted.length > 0) return `Dispatch request included unpermitted metadata keys: [${unpermitted.join(' ')}]`;
  const missing = (parameters.MetaRequired ?? []).filter((key) => meta[key] === undefined);
  if (missing.length > 0) return `Dispatch did not provide required meta keys: [${missing.join(' ')}]`;
  return undefined;
}
