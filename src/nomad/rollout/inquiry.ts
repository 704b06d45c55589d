import { setTimeout as delay } from 'node:timers/promises';
import { ActionError } from '../../errors.ts';
import {
  type Allocation,
  type Deployment,
  deploymentsSchema,
  type Evaluation,
  type GroupSummary,
  type Job,
  type JobRef,
  jobPath,
} from '../api.ts';
import type { NomadClient, RequestOptions } from '../client.ts';
import { NomadResponseError } from '../errors.ts';
import { listAllocations, listEvaluations, listVersions, readSummary } from '../jobs.ts';
import { awaitStatuses, type StatusRound } from '../statuses.ts';

/** How many requests for details are under way at once: other steps want to talk to Nomad, too. */
const detailRequests = 8;
/** How often a server is asked that cannot wait for changes. Milliseconds. */
const pollInterval = 1_000;
const pauseAfterFault = 1_000;

/**
 * What a watch asks of Nomad. A fault is not news of the rollout: it is told to `onTrouble`, and the question asked again until the
 * signal ends it. Everything throws the signal's reason.
 */
export class Inquiry {
  private readonly client: NomadClient;
  private readonly signal: AbortSignal;
  private readonly onTrouble: (words: string | undefined) => void;
  private readonly waiting: (() => void)[] = [];
  private free = detailRequests;
  /** How many questions Nomad does not answer as it should. */
  private unanswered = 0;

  /** @param onTrouble told what is wrong, and, with nothing, that Nomad answers every question again. */
  constructor(client: NomadClient, signal: AbortSignal, onTrouble: (words: string | undefined) => void) {
    this.client = client;
    this.signal = signal;
    this.onTrouble = onTrouble;
  }

  /**
   * The state of these jobs, once it is newer than `index`, or after `wait` milliseconds; at once for index 0. A server that cannot
   * wait gives the index 0: then ask again with it, and it is this that waits.
   */
  async statuses(refs: readonly JobRef[], { index, wait }: { index: number; wait: number }): Promise<StatusRound> {
    const blocking = index === 0 ? {} : { blocking: { index, wait } };
    return await this.patiently((options) => awaitStatuses(this.client, refs, { ...options, ...blocking }));
  }

  /** Lets time pass before a server that cannot wait is asked again. */
  async pause(milliseconds: number): Promise<void> {
    await this.sleep(Math.min(milliseconds, pollInterval));
  }

  async versions(ref: JobRef): Promise<readonly Job[]> {
    return await this.detail((options) => listVersions(this.client, ref, options));
  }

  async evaluations(ref: JobRef): Promise<readonly Evaluation[]> {
    return await this.detail((options) => listEvaluations(this.client, ref, options));
  }

  async deployments({ id, namespace }: JobRef): Promise<readonly Deployment[]> {
    return await this.detail(async (options) => {
      const asked = { ...options, query: { namespace } };
      return (await this.client.get(jobPath(id, '/deployments'), deploymentsSchema, asked)).body;
    });
  }

  async allocations(ref: JobRef): Promise<readonly Allocation[]> {
    return await this.detail((options) => listAllocations(this.client, ref, options));
  }

  async summary(ref: JobRef): Promise<Readonly<Record<string, GroupSummary>>> {
    return await this.detail((options) => readSummary(this.client, ref, options));
  }

  private async detail<Answer>(ask: (options: RequestOptions) => Promise<Answer>): Promise<Answer> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await this.patiently(ask);
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) this.free += 1;
      else next();
    }
  }

  private async patiently<Answer>(ask: (options: RequestOptions) => Promise<Answer>): Promise<Answer> {
    const { signal } = this;
    let isUnanswered = false;
    const onFault = (words: string) => {
      if (!isUnanswered) this.unanswered += 1;
      isUnanswered = true;
      this.onTrouble(words);
    };
    const options = { signal, patience: Number.POSITIVE_INFINITY, onFault };
    try {
      const answer = await this.persistently(async () => await ask(options), onFault);
      // Another question may still be without an answer.
      if (this.unanswered === Number(isUnanswered)) this.onTrouble(undefined);
      return answer;
    } finally {
      if (isUnanswered) this.unanswered -= 1;
    }
  }

  private async persistently<Answer>(ask: () => Promise<Answer>, onFault: (words: string) => void): Promise<Answer> {
    for (;;) {
      try {
        return await ask();
      } catch (error) {
        this.signal.throwIfAborted();
        if (!mayPass(error)) throw error;
        onFault(error instanceof NomadResponseError ? error.words : error.message);
        await this.sleep(pauseAfterFault);
      }
    }
  }

  private async sleep(milliseconds: number): Promise<void> {
    await delay(milliseconds, undefined, { signal: this.signal }).catch(() => undefined);
    this.signal.throwIfAborted();
  }
}

/** Answers that say nothing about the rollout: a server in trouble, or a proxy that answers in its place. */
function mayPass(error: unknown): error is ActionError {
  if (error instanceof NomadResponseError) return error.status >= 500;
  return error instanceof ActionError && error.reason === 'nomad-error';
}
