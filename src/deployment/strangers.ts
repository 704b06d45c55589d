import type { ActionError } from '../errors.ts';
import type { JobRef } from '../nomad/api.ts';
import { jobKey } from '../nomad/jobs.ts';
import { type ConflictingJob, compareOwnership } from '../nomad/ownership.ts';
import { type RenderedJob, refuseOtherRegions } from '../nomad/specification.ts';
import type { Deployment } from './deployment.ts';

/** What the pack renders to, or why nobody can tell; undefined where the inputs do not say where it is. */
export type Rendering = { readonly jobs: readonly RenderedJob[] } | { readonly failure: ActionError } | undefined;

/** How to learn which jobs the pack has. */
export interface Search {
  readonly render: () => Promise<Rendering>;
  /** Told where only the usual ids can be looked at. */
  readonly say: (line: string) => void;
}

/**
 * The running jobs that have the id of one of the pack's jobs and are not the deployment's: what nobody finds under its name may be
 * there all the same, where nomad-pack lost the metadata. Where the pack cannot be rendered, the usual ids are looked at, which are the names
 * of the pack and of the deployment.
 *
 * @throws ActionError `job-specification` for a template that names a region which is not looked at
 */
export async function findStrangers(deployment: Deployment, search: Search): Promise<readonly ConflictingJob[]> {
  const rendering = await search.render();
  if (rendering !== undefined && 'jobs' in rendering)
    await refuseOtherRegions(await deployment.client(), rendering.jobs);
  const refs = jobsOf(rendering, deployment, search);
  const found = await deployment.existing(refs);
  const running = new Map([...found].filter(([, job]) => !job.Stop && job.Status !== 'dead'));
  return compareOwnership(deployment.owner, refs, { jobs: [], children: [], existing: running }).conflicts;
}

/**
 * The running jobs that have the id of one of the pack's jobs and no owner, beside those of the deployment that are found by its name.
 * The pack is only rendered where jobs without an owner run in these namespaces, and the inputs say where the pack is; without that,
 * nobody knows what belongs to it.
 */
export async function findOwnerlessSiblings(
  deployment: Deployment,
  namespaces: ReadonlySet<string>,
  search: Search,
): Promise<readonly ConflictingJob[]> {
  if (deployment.settings.registry === undefined) return [];
  const ownerless = await deployment.ownerless(namespaces);
  if (ownerless.length === 0) return [];
  const own = new Set(jobsOf(await search.render(), deployment, search).map(jobKey));
  return ownerless
    .filter((job) => own.has(jobKey(job)))
    .map((job) => ({ ...job, deploymentName: undefined, packName: '' }));
}

/** What the pack renders to, or else the usual ids. */
function jobsOf(rendering: Rendering, deployment: Deployment, { say }: Search): readonly JobRef[] {
  if (rendering === undefined) return usualJobs(deployment);
  if ('jobs' in rendering) return rendering.jobs;
  say(`The pack cannot be rendered, so only the usual ids of its jobs are looked at: ${rendering.failure.message}`);
  return usualJobs(deployment);
}

function usualJobs({ owner, namespace }: Deployment): JobRef[] {
  return [...new Set([owner.packName, owner.deploymentName])].map((id) => ({ id, namespace }));
}
