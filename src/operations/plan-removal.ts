import { type Deployment, nameJobs } from '../deployment/deployment.ts';
import { planDigest } from '../nomad/plan-digest.ts';
import { overallStatus } from '../nomad/state.ts';
import type { SurveyedJob } from '../nomad/survey.ts';
import type { JobChange, Outcome } from '../result.ts';
import { findDrift } from './plan.ts';
import { findRemovable } from './remove.ts';
import type { Tools } from './tools.ts';

/**
 * What a `destroy` would do, as data: every job of the deployment stops. What they have launched goes with them, and is not part of the data,
 * for it changes without anybody's doing. Changes nothing.
 */
export async function planRemoval(deployment: Deployment, tools: Tools): Promise<Outcome> {
  const { log, record } = tools;
  const { targets } = await findRemovable(deployment, tools);
  const own = targets.filter((job) => !('parentId' in job));
  const changes = own.map(destroyed);
  const changed = targets.length > 0;
  const planData = { jobs: changes, changed, digest: planDigest(changes), versionChanges: [], refusals: [] };
  record.know({ planData, changed });
  log.info(changed ? `To be destroyed: ${nameJobs(targets)}.` : 'There is nothing to destroy.');
  const jobs = await deployment.states(own);
  return { ...overallStatus(jobs), changed, jobs, ...findDrift(deployment, planData) };
}

function destroyed({ id, namespace, jobModifyIndex }: SurveyedJob): JobChange {
  return {
    id,
    namespace,
    action: 'stop',
    groups: [],
    placementFailures: [],
    basedOn: jobModifyIndex,
    diff: [],
    fields: [],
  };
}
