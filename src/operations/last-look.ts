import type { JobRef } from '../nomad/api.ts';
import { jobKey } from '../nomad/jobs.ts';
import { readJobStates } from '../nomad/state.ts';
import { snapshotVersions, type VersionSnapshot } from '../nomad/submission.ts';
import { surveyDeployment } from '../nomad/survey.ts';
import type { DeploymentSettings } from '../settings/settings.ts';
import type { Tools } from './tools.ts';

/** The runner kills a cancelled step 7.5 seconds after it asked it to end; nomad-pack may have taken five of them. Milliseconds. */
const LAST_LOOK = 1_000;

/**
 * What the cluster is like when a step that was changing it is cancelled, for the outputs. Nomad goes on with what it was told, and
 * nobody knows what the interrupted command still did, so it is asked once more, briefly.
 *
 * @param before how the jobs were, where that is known: what differs from it was changed by this step
 */
export async function lookAfterCancel(
  tools: Tools,
  settings: DeploymentSettings,
  jobs?: { readonly refs: readonly JobRef[]; readonly before: VersionSnapshot },
): Promise<void> {
  const { findings, log } = tools;
  try {
    const client = await tools.nomadUntil(AbortSignal.timeout(LAST_LOOK));
    try {
      const [survey, now] = await Promise.all([
        surveyDeployment(client, settings.deploymentName),
        jobs === undefined ? undefined : snapshotVersions(client, jobs.refs),
      ]);
      if (jobs !== undefined && now !== undefined) findings.changed = differs(jobs.refs, jobs.before, now);
      if (!survey.filtered) return;
      const own = survey.jobs.filter((job) => job.pack.name === settings.pack.name);
      findings.jobs = await readJobStates(client, own);
    } finally {
      await client.close();
    }
  } catch (error) {
    log.debug(`No last look at the cluster: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function differs(refs: readonly JobRef[], before: VersionSnapshot, now: VersionSnapshot): boolean {
  return refs.map(jobKey).some((key) => before.get(key)?.jobModifyIndex !== now.get(key)?.jobModifyIndex);
}
