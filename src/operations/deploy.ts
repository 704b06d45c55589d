import { ActionError } from '../errors.ts';
import type { JobRef } from '../nomad/api.ts';
import type { NomadClient } from '../nomad/client.ts';
import { planJobs } from '../nomad/dry-run.ts';
import { revertJobs } from '../nomad/revert.ts';
import { watchRollout } from '../nomad/rollout/watch.ts';
import type { RenderedJob } from '../nomad/specification.ts';
import { overallStatus, readJobStates } from '../nomad/state.ts';
import { findSubmitted, type SubmittedJob, snapshotVersions, type VersionSnapshot } from '../nomad/submission.ts';
import type { RunOutcome } from '../nomad-pack/cli.ts';
import type { JobState, Result } from '../result.ts';
import type { DeploymentSettings } from '../settings/settings.ts';
import { type Claim, claimJobs, refuseStrangers, sayWhatStops } from './claim.ts';
import { refusePlanChanges } from './digest.ts';
import { type PackSettings, type PreparedPack, preparePack, withRegistry } from './prepare.ts';
import { renderJobs } from './render-jobs.ts';
import type { Tools } from './tools.ts';

/**
 * Registers the pack's jobs and watches them to the end of their rollout. Green only when the versions that this step submitted are the
 * ones that run, and are healthy.
 *
 * @throws ActionError; what is known by then is in the findings
 */
export async function deploy(settings: DeploymentSettings, tools: Tools): Promise<Result> {
  const pack = withRegistry(settings);
  const prepared = await preparePack(pack, tools);
  const client = await tools.nomad();
  const jobs = await renderJobs(prepared, pack, tools);

  const claim = await tools.log.phase('Compare with the cluster', async () => {
    const found = await claimJobs(client, pack, jobs);
    refuseStrangers(found, pack);
    if (pack.review.digest !== undefined) await refusePlanChanges(prepared, pack, tools, jobs, pack.review.digest);
    return found;
  });
  if (await nothingToDo(client, jobs, claim, tools)) return await unchanged(client, jobs, tools);

  const before = await snapshotVersions(client, [...jobs, ...claim.stops]);
  const run = await register(prepared, pack, tools, jobs);
  const submitted = await whatHappened(client, before, run, tools);
  ...
}
