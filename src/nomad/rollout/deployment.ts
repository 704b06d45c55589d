import type { StatusDeployment } from '../api.ts';
import { judgeAllocations } from './allocations.ts';
import { isHopeless } from './hopeless.ts';
import { describeShortage, type Moment, updateOf } from './moment.ts';
import { describeBlocked } from './outlook.ts';
import { rollbackTarget } from './overtaken.ts';
import { judgeUnplaced } from './unplaced.ts';
import { bad, type Verdict, waiting } from './verdict.ts';

/** The state of a job whose version has a rollout of its own, which Nomad decides on. */
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
  return bad('unhealthy', `its rollout failed: ${description}${manualHealth(moment)}`);
}

async function judgeRunning(moment: Moment, deployment: StatusDeployment): Promise<Verdict> {
  const { groups, nomad } = moment;
  if (await awaitsPromotion(moment, deployment)) {
    return bad('awaiting-promotion', 'its canaries are healthy and wait to be promoted');
  }
  if (await isHopeless(moment)) return bad('unhealthy', describeShortage(groups));
  const missing = describeShortage(groups) || 'all are healthy, and Nomad has not ended the rollout yet';
  const short = groups.filter(({ placed, desired }) => placed < desired);
  if (short.length === 0 && nomad.Allocs !== null) return waiting(`${missing}${manualHealth(moment)}`);
  const outlook = await moment.outlook();
  if (outlook.kind !== 'blocked') return waiting(`${missing}${manualHealth(moment)}`, { lookAgain: moment.backoff });
  return judgeUnplaced(moment, outlook.groups);
}

/** Of groups that wait for somebody, for nothing else will make them healthy; empty where there is none. */
function manualHealth(moment: Moment): string {
  const manual = moment.groups.filter(
    ({ name, healthy, desired }) => healthy < desired && updateOf(moment, name)?.HealthCheck === 'manual',
  );
  const names = manual.map(({ name }) => `"${name}"`).join(', ');
  if (names === '') return '';
  return `; health_check is "manual" in group ${names}, so Nomad waits to be told the health of each allocation through its API`;
}

/**
 * How many canaries a group has is told by its rollout alone: in a job on every node, `canary` is a percentage of the nodes that the
 * job's update reaches.
 */
async function awaitsPromotion(moment: Moment, deployment: StatusDeployment): Promise<boolean> {
  if (!deployment.RequiresPromotion || deployment.AllAutoPromote) return false;
  const { nomad, job } = moment;
  const healthy = (nomad.Allocs ?? []).filter(
    ({ JobVersion, DeploymentStatus }) =>
      JobVersion === job.version && DeploymentStatus.Canary && DeploymentStatus.Healthy === true,
  );
  if (healthy.length === 0) return false;
  const own = (await moment.deployments()).find(({ ID }) => ID === deployment.ID);
  const wanted = Object.entries(own?.TaskGroups ?? {}).flatMap(([name, group]) =>
    group === null || group.Promoted || group.DesiredCanaries === 0 ? [] : [{ name, count: group.DesiredCanaries }],
  );
  return (
    wanted.length > 0 &&
    wanted.every(({ name, count }) => healthy.filter(({ Group }) => Group === name).length >= count)
  );
}
