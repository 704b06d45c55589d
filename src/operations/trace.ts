import { stoppedBy } from '../deployment/claim.ts';
import type { Deployment } from '../deployment/deployment.ts';
import type { Registration, Task } from '../deployment/registration.ts';
import type { JobRef } from '../nomad/api.ts';
import { jobKey } from '../nomad/jobs.ts';
import { type Trace, traceOf } from '../nomad/trace.ts';
import { removeTrace, writeTrace } from '../nomad/version-tags.ts';
import type { Tools } from './tools.ts';

/** A version of a job, and where it came from. */
export interface TracedVersion extends JobRef {
  readonly version: number;
  readonly trace: Trace;
}

/** @param commit that what this step deploys comes from, where it is known */
export function traceOfStep({ origin }: Tools, commit: string | undefined): Trace {
  const { run, actor } = origin;
  return {
    deployed: new Date().toISOString(),
    ...(commit !== undefined && { commit }),
    ...(run !== undefined && { run }),
    ...(actor !== undefined && { actor }),
  };
}

/** Writes onto the versions where they came from, where Nomad has tags for that. That it fails says nothing of the deploy. */
export async function leaveTraces(
  deployment: Deployment,
  { log, signal }: Tools,
  versions: readonly TracedVersion[],
): Promise<void> {
  try {
    const client = await deployment.client();
    const written = await Promise.all(
      versions.map(async ({ version, trace, ...ref }) => await writeTrace(client, ref, version, trace)),
    );
    if (written.includes(false)) log.debug('Nomad keeps no tags of versions (1.9 and newer do).');
  } catch (error) {
    signal.throwIfAborted();
    log.notice(`No tag says where the versions came from: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * Takes the traces of the jobs away that are going to be registered as they are: Nomad takes a tagged version for another one than the same
 * job without a tag, and would make a new one (seen on 2.0.6), for which batch jobs run again.
 *
 * @returns what to put back afterwards
 */
export async function liftTraces(deployment: Deployment, { jobs, plan, claim }: Task): Promise<TracedVersion[]> {
  const unchanged = new Set(plan.jobs.filter(({ action }) => action === 'none').map(jobKey));
  const traced = jobs.flatMap(({ id, namespace }): TracedVersion[] => {
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
  { lifted, commit }: { readonly lifted: readonly TracedVersion[]; readonly commit: string | undefined },
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
    ...lifted.filter((version) => !changed.has(jobKey(version))),
  ]);
}
