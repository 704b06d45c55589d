import type { StatusDeployment } from '../api.ts';
import { judgeAllocations } from './allocations.ts';
import { describeShortage, type Moment, updateOf } from './moment.ts';
import { describeBlocked } from './outlook.ts';
import { rollbackTarget } from './overtaken.ts';
import { judgeUnplaced } from './unplaced.ts';
import { bad, type Verdict, waiting } from './verdict.ts';

/** How a job fares whose version has a rollout of its own, on which Nomad decides. */
export async function judgeDeployment(moment: Moment, deployment: StatusDeployment): Promise<Verdict> {
  const { Status: status, StatusDescription: description } = deployment;
  switch (status) {
    case 'successful':
      // Once, that is. What runs must be well now.
      return await judgeAllocations(moment, { watchedByNomad: true });
    case 'failed':
      return await judgeFailed(moment, description);
    case 'running':
      return await judgeRunning(moment, deployment);
    default:
      // Paused, cancelled (by what is going to be seen), or waiting for other regions.
      return waiting(`its rollout is ${status}: ${description}`);
  }
}

async function judgeFailed(moment: Moment, description: string): Promise<Verdict> {
  if (rollbackTarget(description) !== undefined) return waiting('Nomad is rolling it back');
  const { job, nomad } = moment;
  const placed = (nomad.Allocs ?? []).some(({ JobVersion }) => JobVersion === job.version);
  const outlook = placed ? undefined : await moment.outlook();
  if (outlook?.kind === 'blocked') return bad('placement', describeBlocked(outlook.groups));
  return bad('unhealthy', `its rollout failed: ${description}`);
}

async function judgeRunning(moment: Moment, deployment: StatusDeployment): Promise<Verdict> {
  const { groups, nomad } = moment;
  if (deployment.RequiresPromotion && !deployment.AllAutoPromote && areCanariesHealthy(moment)) {
    return bad('awaiting-promotion', 'its canaries are healthy and wait to be promoted');
  }
  const missing = describeShortage(groups) || 'all are healthy, and Nomad has not ended the rollout yet';
  const short = groups.filter(({ placed, desired }) => placed < desired);
  if (short.length === 0 && nomad.Allocs !== null) return waiting(missing);
  const outlook = await moment.outlook();
  if (outlook.kind !== 'blocked') return waiting(missing, { lookAgain: moment.backoff });
  return judgeUnplaced(moment, outlook.groups);
}

function areCanariesHealthy(moment: Moment): boolean {
  const { nomad, job } = moment;
  const healthy = (nomad.Allocs ?? []).filter(
    ({ JobVersion, DeploymentStatus }) =>
      JobVersion === job.version && DeploymentStatus.Canary && DeploymentStatus.Healthy === true,
  );
  const wanted = moment.groups.filter(({ name }) => (updateOf(moment, name)?.Canary ?? 0) > 0);
  return (
    healthy.length > 0 &&
    wanted.every(({ name }) => {
      const canaries = updateOf(moment, name)?.Canary ?? 0;
      return healthy.filter(({ Group }) => Group === name).length >= canaries;
    })
  );
}
