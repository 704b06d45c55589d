import type { AllocationStub, Deployment, DeploymentGroup } from '../nomad/types.ts';
import { alignColumns } from '../table.ts';
import { formatTime, now, pause, type Watch } from './watch.ts';

/**
 * Watches a deployment to its end, and the one that takes it back where it failed.
 *
 * @returns its status; nothing when that was not to be had
 */
export async function monitorDeployment(watch: Watch, id: string): Promise<string | undefined> {
  const { api, ui, signal } = watch;
  const name = `Deployment "${watch.id(id)}"`;
  const cancelled = () => ui.warning(`${now()}: ${name} monitoring cancelled`);
  ui.info(`\n${now()}: Monitoring deployment "${watch.id(id)}"`);
  for (let index = 0; ; ) {
    if (signal.aborted) return void cancelled();
    let deployment: Deployment;
    try {
      ({ deployment, index } = await api.deployment(id, index, signal));
    } catch (error) {
      if (signal.aborted) return void cancelled();
      return void ui.error(`${now()}: Error fetching deployment "${watch.id(id)}": ${(error as Error).message}`);
    }
    const { Status: status } = deployment;
    if (status === 'failed' && groupsOf(deployment).some(([, group]) => group.AutoRevert)) {
      const rollback = await findRollback(watch, deployment);
      if (rollback !== undefined) return await monitorDeployment(watch, rollback);
      if (signal.aborted) return void cancelled();
      return void ui.error(`${now()}: ${name} failed`);
    }
    if (!/^(?:failed|successful|cancelled|blocked)$/.test(status)) {
      if (!(await pause(signal))) return undefined;
      continue;
    }
    const said = `${now()}: ${name} ${status}`;
    if (status === 'failed') ui.error(said);
    else if (status === 'successful') ui.success(said);
    else ui.warning(said);
    await printDeployment(watch, deployment);
    return status;
  }
}

async function findRollback({ api, ui, signal, id }: Watch, failed: Deployment): Promise<string | undefined> {
  ui.warning(`${now()}: Deployment "${id(failed.ID)}" failed, waiting for rollback...`);
  if (!(await pause(signal))) return undefined;
  const latest = await api.latestDeployment(failed.JobID);
  return latest === undefined || latest.ID === failed.ID ? undefined : latest.ID;
}

function groupsOf({ TaskGroups: groups }: Deployment): [string, DeploymentGroup][] {
  return Object.entries(groups ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
}

async function printDeployment({ api, ui, verbose, id }: Watch, deployment: Deployment): Promise<void> {
  ui.info('');
  ui.info(now());
  const facts = alignColumns(
    [
      ['ID', id(deployment.ID)],
      ['Job ID', deployment.JobID],
      ['Job Version', String(deployment.JobVersion)],
      ['Status', deployment.Status],
      ['Description', deployment.StatusDescription],
    ],
    ' = ',
  );
  const groups = groupsOf(deployment);
  ui.info(groups.length === 0 ? facts : `${facts}\n\nDeployed\n${groupTable(groups)}`);
  if (!verbose) return;
  const allocations = await api.deploymentAllocations(deployment.ID);
  if (allocations.length === 0) return;
  ui.info('');
  ui.info('Allocations');
  ui.info(allocationTable(allocations, id));
}

function groupTable(groups: readonly (readonly [string, DeploymentGroup])[]): string {
  const some = (condition: (group: DeploymentGroup) => boolean) => groups.some(([, group]) => condition(group));
  const columns: readonly (readonly [string, boolean, (group: DeploymentGroup) => string])[] = [
    ['Auto Revert', some(({ AutoRevert }) => AutoRevert), ({ AutoRevert }) => String(AutoRevert)],
    [
      'Promoted',
      some(({ DesiredCanaries }) => DesiredCanaries > 0),
      ({ DesiredCanaries, Promoted }) => (DesiredCanaries > 0 ? String(Promoted) : 'N/A'),
    ],
    ['Desired', true, ({ DesiredTotal }) => String(DesiredTotal)],
    ['Canaries', some(({ DesiredCanaries }) => DesiredCanaries > 0), ({ DesiredCanaries }) => String(DesiredCanaries)],
    ['Placed', true, ({ PlacedAllocs }) => String(PlacedAllocs)],
    ['Healthy', true, ({ HealthyAllocs }) => String(HealthyAllocs)],
    ['Unhealthy', true, ({ UnhealthyAllocs }) => String(UnhealthyAllocs)],
    ['Progress Deadline', some(({ ProgressDeadline }) => ProgressDeadline !== 0), progressDeadline],
  ];
  const shown = columns.filter(([, wanted]) => wanted);
  return alignColumns([
    ['Task Group', ...shown.map(([title]) => title)],
    ...groups.map(([name, group]) => [name, ...shown.map(([, , value]) => value(group))]),
  ]);
}

function progressDeadline({ RequireProgressBy: time }: DeploymentGroup): string {
  return time === undefined || time.startsWith('0001-') ? 'N/A' : formatTime(new Date(time));
}

function allocationTable(allocations: readonly AllocationStub[], id: Watch['id']): string {
  const titles = [
    'ID',
    'Eval ID',
    'Node ID',
    'Node Name',
    'Task Group',
    'Version',
    'Desired',
    'Status',
    'Created',
    'Modified',
  ];
  const time = (nanoseconds: number) => formatTime(new Date(nanoseconds / 1e6));
  return alignColumns([
    titles,
    ...allocations.map((allocation) => [
      id(allocation.ID),
      id(allocation.EvalID),
      id(allocation.NodeID),
      allocation.NodeName,
      allocation.TaskGroup,
      String(allocation.JobVersion),
      allocation.DesiredStatus,
      allocation.ClientStatus,
      time(allocation.CreateTime),
      time(allocation.ModifyTime),
    ]),
  ]);
}
