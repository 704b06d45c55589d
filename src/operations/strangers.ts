import { asActionError } from '../errors.ts';
import type { JobRef } from '../nomad/api.ts';
import type { NomadClient } from '../nomad/client.ts';
import { readExisting } from '../nomad/jobs.ts';
import { type ConflictingJob, compareOwnership } from '../nomad/ownership.ts';
import { type RenderedJob, refuseOtherRegions } from '../nomad/specification.ts';
import type { DeploymentSettings } from '../settings/settings.ts';
import { preparePack, withRegistry } from './prepare.ts';
import { findRendered } from './render-jobs.ts';
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
): Promise<readonly ConflictingJob[]> {
  const rendered = await renderIfPossible(client, settings, tools);
  if (rendered !== undefined) await refuseOtherRegions(client, rendered);
  const refs = rendered ?? usualJobs(settings);
  const found = await readExisting(client, refs);
  const running = new Map([...found].filter(([, job]) => !job.Stop && job.Status !== 'dead'));
  return compareOwnership(ownerOf(settings), refs, { jobs: [], children: [], existing: running }).conflicts;
}

async function renderIfPossible(
  client: NomadClient,
  settings: DeploymentSettings,
  tools: Tools,
): Promise<RenderedJob[] | undefined> {
  if (settings.registry === undefined) return undefined;
  try {
    return await findRendered(client, await preparePack(withRegistry(settings), tools), tools);
  } catch (error) {
    const { reason, message } = asActionError(error);
    if (reason === 'cancelled' || reason === 'internal') throw error;
    tools.log.info(`The pack cannot be rendered, so only the usual ids of its jobs are looked at: ${message}`);
    return undefined;
  }
}

function usualJobs({ pack, deploymentName, nomad: { namespace } }: DeploymentSettings): JobRef[] {
  return [...new Set([pack.name, deploymentName])].map((id) => ({ id, namespace }));
}
