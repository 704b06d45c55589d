import { setTimeout as delay } from 'node:timers/promises';
import type { Allocation, Deployment, Evaluation, GroupSummary, Job, JobStatuses } from '../../../../src/nomad/api.ts';
import type { NomadClient, RequestOptions } from '../../../../src/nomad/client.ts';
import { type WatchOptions, watchRollout } from '../../../../src/nomad/rollout/watch.ts';
import type { SubmittedJob } from '../../../../src/nomad/submission.ts';
import type { JobState } from '../../../../src/result.ts';
import { submitted } from './moments.ts';

/** What a Nomad has at one moment; what is left out is empty. */
export interface World {
  readonly statuses: readonly JobStatuses[];
  readonly versions?: readonly Job[];
  readonly allocations?: readonly Allocation[];
  readonly evaluations?: readonly Evaluation[];
  readonly deployments?: readonly Deployment[];
  readonly summary?: Readonly<Record<string, GroupSummary>>;
  readonly checks?: object;
}

/**
 * A Nomad that is in the first of these worlds, and in the next one each time it is asked for the state of jobs; it stays in the
 * last. What else it is asked for is what there is then.
 */
export function clientOfWorlds(worlds: readonly World[]): { readonly client: NomadClient; readonly asked: string[] } {
  const asked: string[] = [];
  let look = -1;
  let looks = 0;
  const now = () => worlds[Math.max(look, 0)] as World;
  const answer = (path: string): unknown => {
    const { versions = [], allocations = [], evaluations = [], deployments = [], summary = {}, checks = {} } = now();
    if (path.endsWith('/versions')) return { Versions: versions };
    if (path.endsWith('/allocations')) return allocations;
    if (path.endsWith('/evaluations')) return evaluations;
    if (path.endsWith('/deployments')) return deployments;
    if (path.endsWith('/summary')) return { Summary: summary };
    if (path.endsWith('/checks')) return checks;
    return now().statuses.some(({ ID }) => path.endsWith(`/${ID}`)) ? versions[0] : undefined;
  };
  const get = async (path: string, _: unknown, { signal }: RequestOptions = {}) => {
    signal?.throwIfAborted();
    asked.push(path.replace(/^\/v1\/(job\/)?/, ''));
    return { body: answer(path), index: 1 };
  };
  const post = async (_: string, __: unknown, ___: unknown, { signal, blocking }: RequestOptions = {}) => {
    signal?.throwIfAborted();
    // Where nothing changes any more, it waits as it is asked to.
    if (blocking !== undefined && look === worlds.length - 1) {
      await delay(blocking.wait, undefined, signal && { signal }).catch(() => signal?.throwIfAborted());
    }
    look = Math.min(look + 1, worlds.length - 1);
    looks += 1;
    asked.push('statuses');
    return { body: now().statuses, index: looks };
  };
  const client = {
    settings: { address: 'http://nomad' },
    log: () => undefined,
    getText: async () => '',
    get,
    post,
  };
  return { client: client as unknown as NomadClient, asked };
}

/** Watches a job, unless others are named, through the worlds to its end. */
export async function watchWorlds(
  worlds: readonly World[],
  { jobs = [submitted], ...options }: Partial<WatchOptions> & { readonly jobs?: readonly SubmittedJob[] } = {},
) {
  const { client, asked } = clientOfWorlds(worlds);
  const lines: string[] = [];
  const told: (readonly JobState[])[] = [];
  const outcome = await watchRollout(client, jobs, {
    waitFor: 'started',
    timeout: 60_000,
    signal: new AbortController().signal,
    redact: (text) => text,
    onProgress: (line) => lines.push(line),
    onState: (states) => told.push(states),
    ...options,
  });
  return { outcome, asked, lines, told, first: outcome.failure?.message.split('\n')[0] ?? 'good' };
}
