import { stoppedBy } from '../deployment/claim.ts';
import type { Deployment } from '../deployment/deployment.ts';
import type { Registration, Task } from '../deployment/registration.ts';
import type { JobRef } from '../nomad/api.ts';
import { leavesAlone } from '../nomad/dry-run.ts';
import { jobKey } from '../nomad/jobs.ts';
import type { SubmittedJob } from '../nomad/submission.ts';
import { type Trace, traceOf } from '../nomad/trace.ts';
import { removeTrace, restoreTrace, type Traced, writeTraces } from '../nomad/version-tags.ts';
import type { Tools } from './tools.ts';

/** A trace that was taken away, to be put back. */
export interface Lifted extends JobRef {
  readonly version: number;
  readonly trace: Trace;
}

/** @param commit that what this step deploys comes from, where it is known */
export function traceOfStep({ origin }: Tools, commit: string | undefined): Traced['trace'] {
  const { run, actor } = origin;
  return {
    ...(commit !== undefined && { commit }),
    ...(run !== undefined && { run }),
    ...(actor !== undefined && { actor }),
  };
}

/** What is to be told of versions that went back. */
export function wentBack(tools: Tools, jobs: readonly SubmittedJob[]): Traced[] {
  const step = traceOfStep(tools, undefined);
  return jobs.flatMap(({ id, namespace, version, madeOf }) =>
    madeOf === undefined ? [] : [{ id, namespace, version, trace: { ...step, backTo: madeOf } }],
  );
}

/** Writes onto the versions where they came from, where Nomad has tags for that. That it fails says nothing of the deploy. */
export async function leaveTraces(deployment: Deployment, tools: Tools, versions: readonly Traced[]): Promise<void> {
  await attempt(tools, async () => {
    const hasTags = await writeTraces(await deployment.client(), versions);
    if (!hasTags) tools.log.debug('This Nomad has no tags for the versions of jobs; 1.9 and newer have.');
  });
}

async function attempt({ log, signal }: Tools, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    signal.throwIfAborted();
    log.notice(`No tag says where the versions came from: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * Takes the traces of the jobs away that are going to be registered as they are: Nomad would make a new version of each (`writeTraces`).
 *
 * @returns what to put back afterwards
 */
export async function liftTraces(deployment: Deployment, { jobs, plan, claim }: Task): Promise<Lifted[]> {
  const unchanged = new Set(plan.jobs.filter(leavesAlone).map(jobKey));
  const traced = jobs.flatMap(({ id, namespace }): Lifted[] => {
    const existing = claim.existing.get(jobKey({ id, namespace }));
    const trace = existing === undefined ? undefined : traceOf(existing);
    if (existing === undefined || trace === undefined || !unchanged.has(jobKey({ id, namespace }))) return [];
    return [{ id, namespace, version: existing.Version, trace }];
  });
  if (traced.length === 0) return [];
  const client = await deployment.client();
  await Promise.all(traced.map(async ({ version, ...ref }) => await removeTrace(client, ref, version)));
  return traced;
}

/** Leaves the traces of a deploy: on what it has registered and stopped, and again on what it has left as it was. */
export async function traceDeploy(
  deployment: Deployment,
  tools: Tools,
  { claim }: Task,
  { submitted }: Registration,
  { lifted, commit }: { readonly lifted: readonly Lifted[]; readonly commit: string | undefined },
): Promise<void> {
  const isDirectory = deployment.settings.pack.kind === 'directory';
  const trace = traceOfStep(tools, isDirectory ? tools.origin.commit : commit);
  const made = submitted.filter(({ change }) => change === 'created' || change === 'updated');
  const changed = new Set(made.map(jobKey));
  const stopped = stoppedBy(claim);
  const now = await deployment.existing(stopped);
  await leaveTraces(deployment, tools, [
    ...made.map(({ id, namespace, version }) => ({ id, namespace, version, trace })),
    ...stopped.flatMap(({ id, namespace }) => {
      const job = now.get(jobKey({ id, namespace }));
      return job?.Stop === true && deployment.owns(job.Meta) ? [{ id, namespace, version: job.Version, trace }] : [];
    }),
  ]);
  await attempt(tools, async () => {
    const client = await deployment.client();
    for (const { version, trace: former, ...ref } of lifted)
      if (!changed.has(jobKey(ref))) await restoreTrace(client, ref, version, former);
  });
}
