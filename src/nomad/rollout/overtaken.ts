import type { JobStatuses } from '../api.ts';
import type { Moment } from './moment.ts';
import { bad, type Verdict } from './verdict.ts';

/** How long a version that Nomad went back to is watched. Milliseconds. */
const patienceWithReverted = 30_000;

const rollback = /rolling back to job version (\d+)/;

/** The version that Nomad takes the job back to, as the description of a failed rollout says; undefined where it says none. */
export function rollbackTarget(description: string): number | undefined {
  // "not rolling back to stable job version 0 as ..." is something else.
  const found = rollback.exec(description)?.[1];
  return found === undefined ? undefined : Number(found);
}

/** What to say of a job that runs another version than was submitted: Nomad went back, or somebody else did something. */
export async function judgeOvertaken(moment: Moment): Promise<Verdict> {
  const { job, nomad, memory, now } = moment;
  if (nomad.Stop) return bad('stopped', 'somebody stopped the job');
  const own = (await moment.deployments()).find(
    ({ JobVersion, JobSpecModifyIndex }) => JobVersion === job.version && JobSpecModifyIndex === job.jobModifyIndex,
  );
  const target = rollbackTarget(own?.Status === 'failed' ? own.StatusDescription : '');
  // Versions only grow, unless the job begins anew.
  if (nomad.Version <= job.version) return bad('superseded', 'somebody has purged the job and registered it again');
  if (target === undefined) {
    return bad('superseded', `version ${nomad.Version} by somebody else has taken the place of version ${job.version}`);
  }
  const cause = `Nomad rolled the job back to version ${target}, which runs as version ${nomad.Version} now`;
  memory.revertedSince ??= now;
  const late = now - memory.revertedSince >= patienceWithReverted;
  if (late || isRestored(moment, nomad)) return bad('reverted', cause);
  return bad('reverted', cause, `version ${nomad.Version}, which Nomad went back to, is not healthy yet`);
}

function isRestored({ groups }: Moment, { LatestDeployment, Version }: JobStatuses): boolean {
  const own = LatestDeployment?.JobVersion === Version ? LatestDeployment : undefined;
  if (own !== undefined) return !own.IsActive;
  return groups.every(({ healthy, desired }) => healthy >= desired);
}
