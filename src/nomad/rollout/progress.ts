import type { JobState } from '../../result.ts';
import type { JobRef } from '../api.ts';
import { jobKey } from '../jobs.ts';
import { describeShortage } from './moment.ts';
import type { Verdict } from './verdict.ts';

/** A line is due at least so often. Milliseconds. */
const steadyInterval = 30_000;
/** Of a fault that passes sooner, nobody needs to know that it has passed. Milliseconds. */
const shortFault = 5_000;

interface Told {
  readonly text: string;
  /** Milliseconds. */
  readonly since: number;
}

/** Tells what happens: a line for each change, and one now and then while nothing does. */
export class Progress {
  private readonly tell: (line: string, job?: string) => void;
  private readonly told = new Map<string, Told>();
  private readonly namespaces: ReadonlySet<string>;
  private faultTold = Number.NEGATIVE_INFINITY;
  private trouble: { readonly words: string; readonly since: number } | undefined;
  private waitingFor: readonly JobRef[] = [];
  private timer: NodeJS.Timeout;

  constructor(jobs: readonly JobRef[], tell: (line: string, job?: string) => void) {
    this.tell = tell;
    this.namespaces = new Set(jobs.map(({ namespace }) => namespace));
    this.waitingFor = jobs;
    this.timer = this.startTimer();
  }

  close(): void {
    clearTimeout(this.timer);
  }

  /** What a reader calls the job: its id, and its namespace where there are several. */
  name({ id, namespace }: JobRef): string {
    return this.namespaces.size > 1 ? `${id} (${namespace})` : id;
  }

  job(state: JobState, rollout: string, verdict: Verdict): void {
    const text = [describeVerdict(verdict, state), describeGroups(state), rollout]
      .filter((part) => part !== '')
      .join('; ');
    this.note(state, text);
  }

  /** What is settled is not told again in the steady lines. */
  waits(jobs: readonly JobRef[]): void {
    this.waitingFor = jobs;
  }

  /** @param words what is wrong; undefined when all is well again. */
  fault(words: string | undefined): void {
    const now = performance.now();
    if (words === undefined) {
      if (this.trouble !== undefined && now - this.trouble.since >= shortFault) {
        this.line(`Nomad answers again, after ${seconds(this.trouble.since)} s`);
      }
      this.trouble = undefined;
      return;
    }
    if (this.trouble !== undefined) return;
    this.trouble = { words, since: now };
    if (now - this.faultTold < steadyInterval) return;
    this.faultTold = now;
    this.line(`Nomad does not answer as it should (${words}), which is waited out`);
  }

  /** Since when Nomad has not answered; undefined while it does. */
  get silence(): string | undefined {
    if (this.trouble === undefined) return undefined;
    return `Nomad has not answered for ${seconds(this.trouble.since)} s: ${this.trouble.words}`;
  }

  private note(job: JobRef, text: string): void {
    const key = jobKey(job);
    if (this.told.get(key)?.text === text) return;
    this.told.set(key, { text, since: performance.now() });
    this.line(`${this.name(job)}: ${text}`, job.id);
  }

  private line(text: string, job?: string): void {
    this.tell(text, job);
    clearTimeout(this.timer);
    this.timer = this.startTimer();
  }

  private startTimer(): NodeJS.Timeout {
    return setTimeout(() => this.steady(), steadyInterval);
  }

  private steady(): void {
    const { silence } = this;
    const all = this.waitingFor.map((job) => {
      const told = this.told.get(jobKey(job));
      return told === undefined ? this.name(job) : `${this.name(job)}: ${told.text}, for ${seconds(told.since)} s`;
    });
    const shown = all.length > 5 ? [...all.slice(0, 5), `${all.length - 5} more`] : all;
    this.line(silence ?? `No change. ${shown.join(' | ')}`);
  }
}

function seconds(since: number): number {
  return Math.round((performance.now() - since) / 1000);
}

function describeVerdict(verdict: Verdict, { status, health, groups }: JobState): string {
  if (verdict.kind === 'good') return health === 'unknown' ? status : `${status}, ${health}`;
  if (verdict.kind === 'bad') return verdict.unsettled ?? verdict.cause;
  // That some are not healthy yet is told by the counts.
  return verdict.missing === describeShortage(groups) ? 'waiting' : `waiting: ${verdict.missing}`;
}

/** `app 2/3 healthy, 3 placed, 1 unhealthy` */
function describeGroups({ groups }: JobState): string {
  return groups
    .map(({ name, desired, placed, healthy, unhealthy }) => {
      const trouble = unhealthy === 0 ? '' : `, ${unhealthy} unhealthy`;
      return `${name} ${healthy}/${desired} healthy, ${placed} placed${trouble}`;
    })
    .join('; ');
}
