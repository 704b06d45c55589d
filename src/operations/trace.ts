import { stoppedBy } from '../deployment/claim.ts';
import type { Deployment } from '../deployment/deployment.ts';
import type { Registration, Task } from '../deployment/registration.ts';
import type { JobRef } from '../nomad/api.ts';
import type { NomadClient } from '../nomad/client.ts';
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
 * Does work without the traces of the jobs that are going to be registered as they are: Nomad would make a new version of each
 * (`writeTraces`). Where the work is not done, the traces are put back at once; that they cannot be is not news.
 *
 * @param work is given the traces to put back afterwards
 */
export async function withoutTraces<T>(
  deployment: Deployment,
  { log, signal }: Tools,
  task: Task,
  work: (lifted: readonly Lifted[]) => Promise<T>,
): Promise<T> {
  const traced = tracesOf(task);
  if (traced.length === 0) return await work(traced);
  try {
    await liftTraces(deployment, traced);
    return await work(traced);
  } catch (error) {
    const putBack = async (able: Deployment) => await restoreTraces(await able.client(), traced);
    await (signal.aborted ? deployment.lastLook(putBack) : putBack(deployment)).catch((fault: unknown) =>
      log.debug(`No trace is put back: ${fault instanceof Error ? fault.message : String(fault)}`),
    );
    throw error;
  }
}

/** The traces of the jobs that a deploy leaves as they are. */
function tracesOf({ jobs, plan, claim }: Task): Lifted[] {
  const unchanged = new Set(plan.jobs.filter(leavesAlone).map(jobKey));
  return jobs.flatMap(({ id, namespace }): Lifted[] => {
    const existing = claim.existing.get(jobKey({ id, namespace }));
    const trace = existing === undefined ? undefined : traceOf(existing);
    if (existing === undefined || trace === undefined || !unchanged.has(jobKey({ id, namespace }))) return [];
    return [{ id, namespace, version: existing.Version, trace }];
  });
}

async function liftTraces(deployment: Deployment, traced: readonly Lifted[]): Promise<void> {
  const client = await deployment.client();
  await Promise.all(traced.map(async ({ version, ...ref }) => await removeTrace(client, ref, version)));
}

async function restoreTraces(client: NomadClient, traced: readonly Lifted[]): Promise<void> {
  for (const { version, trace, ...ref } of traced) await restoreTrace(client, ref, version, trace);
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
    const left = lifted.filter((one) => !changed.has(jobKey(one)));
    await restoreTraces(await deployment.client(), left);
  });
}
