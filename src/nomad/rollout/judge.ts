import type { JobStatuses } from '../api.ts';
import type { SubmittedJob } from '../submission.ts';
import { judgeAllocations } from './allocations.ts';
import { judgeDeployment } from './deployment.ts';
import type { Moment } from './moment.ts';
import { judgeOvertaken } from './overtaken.ts';
import { bad, good, type Verdict, waiting } from './verdict.ts';

/** How far the rollout of one job is: every kind of job has its own end. */
export async function judge(moment: Moment): Promise<Verdict> {
  const { job, nomad } = moment;
  if (isOlder(job, nomad)) return waiting(`Nomad does not show version ${job.version} yet`);
  if (isOther(moment)) return await judgeOvertaken(moment);
  if (nomad.Stop) return bad('stopped', 'somebody stopped the job');
  // What launches jobs runs nothing itself: it is there, and that is its end.
  if (job.launches !== undefined) return good;
  const { LatestDeployment: deployment } = nomad;
  if (deployment?.JobVersion === job.version) return await judgeDeployment(moment, deployment);
  return await judgeAllocations(moment, { watchedByNomad: false });
}

function isOlder({ version, jobModifyIndex }: SubmittedJob, { Version, ModifyIndex }: JobStatuses): boolean {
  return Version < version && ModifyIndex < jobModifyIndex;
}

/** A purged job that somebody registers again begins with version 0, so a version's number does not tell it from ours. */
function isOther({ job, nomad, specification, current }: Moment): boolean {
  if (nomad.Version !== job.version) return true;
  if (specification !== undefined) return specification.SubmitTime !== nomad.SubmitTime;
  return current !== undefined && current.JobModifyIndex !== job.jobModifyIndex;
}
