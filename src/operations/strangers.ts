import type { JobRef } from '../nomad/api.ts';
import type { NomadClient } from '../nomad/client.ts';
import { jobKey, readExisting } from '../nomad/jobs.ts';
import { type ConflictingJob, compareOwnership } from '../nomad/ownership.ts';
import { refuseOtherRegions } from '../nomad/specification.ts';
import { listOwnerless } from '../nomad/survey.ts';
import type { DeploymentSettings } from '../settings/settings.ts';
import type { Rendering } from './render-jobs.ts';
import { ownerOf } from './survey.ts';
import type { Tools } from './tools.ts';

/**
 * The running jobs that have the id of one of the pack's jobs and are not the deployment's: what nobody finds under its name may be
 * there all the same, where nomad-pack lost the metadata. Where the pack cannot be rendered, the usual ids are looked at, which are the names
 * of the pack and of the deployment.
 *
 * @throws ActionError `job-specification` for a template that names a region which is not looked at
 */
export async function findStrangers(
  client: NomadClient,
  settings: DeploymentSettings,
  tools: Tools,
  render: () => Promise<Rendering>,
): Promise<readonly ConflictingJob[]> {
  const rendering = await render();
  if (rendering !== undefined && 'jobs' in rendering) await refuseOtherRegions(client, rendering.jobs);
  const refs = jobsOf(rendering, settings, tools);
  const found = await readExisting(client, refs);
  const running = new Map([...found].filter(([, job]) => !job.Stop && job.Status !== 'dead'));
  return compareOwnership(ownerOf(settings), refs, { jobs: [], children: [], existing: running }).conflicts;
}

/**
 * The running jobs that have the id of one of the pack's jobs and no owner, beside those of the deployment that are found by its name.
 * The pack is only rendered where jobs without an owner run in these namespaces, and the inputs say where the pack is; without that,
 * nobody knows what belongs to it.
 */
export async function findOwnerlessSiblings(
  client: NomadClient,
  settings: DeploymentSettings,
  tools: Tools,
  { namespaces, render }: { readonly namespaces: ReadonlySet<string>; readonly render: () => Promise<Rendering> },
): Promise<readonly ConflictingJob[]> {
  if (settings.registry === undefined) return [];
  const ownerless = await listOwnerless(client, namespaces);
  if (ownerless.length === 0) return [];
  const own = new Set(jobsOf(await render(), settings, tools).map(jobKey));
  return ownerless
    .filter((job) => own.has(jobKey(job)))
    .map((job) => ({ ...job, deploymentName: undefined, packName: '' }));
}

/** What the pack renders to, or else the usual ids. */
function jobsOf(rendering: Rendering, settings: DeploymentSettings, { log }: Tools): readonly JobRef[] {
  if (rendering === undefined) return usualJobs(settings);
  if ('jobs' in rendering) return rendering.jobs;
  log.info(
    `The pack cannot be rendered, so only the usual ids of its jobs are looked at: ${rendering.failure.message}`,
  );
  return usualJobs(settings);
}

function usualJobs({ pack, deploymentName, nomad: { namespace } }: DeploymentSettings): JobRef[] {
  return [...new Set([pack.name, deploymentName])].map((id) => ({ id, namespace }));
}
