import { ask, parseJob } from 'nomad-pack-sandbox/__tests__/support/api.ts';
import type { SimulatedNomad } from 'nomad-pack-sandbox/nomad/index.ts';
import type { JobRef } from '../../../../src/nomad/api.ts';
import type { NomadClient } from '../../../../src/nomad/client.ts';
import { type RolloutOutcome, type WatchOptions, watchRollout } from '../../../../src/nomad/rollout/watch.ts';
import {
  findSubmitted,
  type SubmittedJob,
  snapshotVersions,
  type VersionSnapshot,
} from '../../../../src/nomad/submission.ts';
import type { JobState } from '../../../../src/result.ts';
import { clientOf } from '../../support/clients.ts';

export const owner = { deploymentName: 'demo', packName: 'web' };

const meta = { 'pack.deployment_name': owner.deploymentName, 'pack.name': owner.packName };

export interface Submission {
  readonly client: NomadClient;
  readonly submitted: readonly SubmittedJob[];
  readonly before: VersionSnapshot;
}

/** Registers the jobs as a detached run does, and finds out which versions are its own. */
export async function submit(
  nomad: Pick<SimulatedNomad, 'address'>,
  specifications: readonly string[],
  client: NomadClient = clientOf(nomad.address),
): Promise<Submission> {
  const jobs = await Promise.all(specifications.map(async (text) => await parseJob(nomad, text, meta)));
  const refs: JobRef[] = jobs.map((job) => ({ id: String(job['ID']), namespace: String(job['Namespace']) }));
  const before = await snapshotVersions(client, refs);
  const evaluations: string[] = [];
  for (const Job of jobs) {
    const { status, text, body } = await ask(nomad, 'POST /v1/jobs', { Job });
    if (status !== 200) throw new Error(text);
    if (body.EvalID !== '') evaluations.push(body.EvalID);
  }
  return { client, before, submitted: await findSubmitted(client, refs, before, { ids: evaluations, since: 0 }) };
}

export interface Watched {
  readonly outcome: RolloutOutcome;
  readonly lines: readonly string[];
  /** Every set of states that the watch told of. */
  readonly states: readonly (readonly JobState[])[];
}

/** Watches to the end, noting what is told on the way. */
export async function follow(
  { client, submitted }: Pick<Submission, 'client' | 'submitted'>,
  options: Partial<WatchOptions> = {},
): Promise<Watched> {
  const lines: string[] = [];
  const states: (readonly JobState[])[] = [];
  const outcome = await watchRollout(client, submitted, {
    waitFor: 'started',
    timeout: 20_000,
    signal: new AbortController().signal,
    redact: (text) => text,
    ...options,
    onProgress: (line, job) => {
      lines.push(line);
      options.onProgress?.(line, job);
    },
    onState: (jobs) => {
      states.push(jobs);
      options.onState?.(jobs);
    },
  });
  return { outcome, lines, states };
}

export async function deploy(
  nomad: Pick<SimulatedNomad, 'address'>,
  specifications: readonly string[],
  options: Partial<WatchOptions> = {},
): Promise<Watched & Submission> {
  const submission = await submit(nomad, specifications);
  return { ...submission, ...(await follow(submission, options)) };
}

/** What a reader sees of an outcome first. */
export function gist({ status, health, failure }: RolloutOutcome): Record<string, string | undefined> {
  return { status, health, reason: failure?.reason, first: failure?.message.split('\n')[0] };
}

/** A rollout that went well. */
export const well = { status: 'running', health: 'healthy', reason: undefined, first: undefined };
