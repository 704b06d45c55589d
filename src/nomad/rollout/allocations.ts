import type { Allocation } from '../api.ts';
import { describeShortage, type Moment, updateOf } from './moment.ts';
import { judgeUnplaced } from './unplaced.ts';
import { bad, good, type Verdict, waiting } from './verdict.ts';

/**
 * How long tasks must have been running where Nomad does not watch their health. Milliseconds. A batch job's tasks may be short; it
 * is enough to see that they do not fail at once.
 */
const settlingTime = { service: 5_000, system: 5_000, batch: 1_000, sysbatch: 1_000 };

/** Beyond this, a difference between the clocks of the runner and the node does not matter. Milliseconds. */
const clockSkew = 60_000;

/** How soon to look whether what has come to rest stays so. Milliseconds. */
const secondLook = 150;

/**
 * How a job fares by its allocations alone: one without a rollout, or, `watchedByNomad`, one whose rollout has succeeded.
 */
export async function judgeAllocations(
  moment: Moment,
  { watchedByNomad }: { readonly watchedByNomad: boolean },
): Promise<Verdict> {
  const { nomad, job } = moment;
  const isBatch = nomad.Type === 'batch' || nomad.Type === 'sysbatch';
  const own = (nomad.Allocs ?? []).filter(({ JobVersion }) => JobVersion === job.version);
  // It ended so long ago that Nomad has forgotten all but that.
  if (isBatch && job.change === 'unchanged' && nomad.Status === 'dead' && own.length === 0) return good;
  if (moment.groups.some(({ healthy, desired }) => healthy < desired)) return await judgeShort(moment);
  // Here only placing tells how many are wanted, and where there was no room.
  if (isOnEveryNode(moment)) {
    const outlook = await moment.outlook();
    if (outlook.kind === 'scheduling') return waiting('Nomad is placing it', { lookAgain: moment.backoff });
    if (outlook.kind === 'blocked') return judgeUnplaced(moment, outlook.groups);
  }
  if (isBatch && moment.waitFor === 'complete') {
    const running = own.filter(({ ClientStatus }) => ClientStatus === 'running').length;
    return running === 0 ? good : waiting(`${running} of its allocations still running`);
  }
  return watchedByNomad ? good : await judgeTasks(moment);
}

function isOnEveryNode({ nomad }: Moment): boolean {
  return nomad.Type === 'system' || nomad.Type === 'sysbatch';
}

/** Allocations are missing, or ail. */
async function judgeShort(moment: Moment): Promise<Verdict> {
  const { groups, nomad, memory } = moment;
  const word = nomad.Type === 'batch' || nomad.Type === 'sysbatch' ? 'started' : 'healthy';
  const missing = describeShortage(groups, word);
  const outlook = await moment.outlook();
  if (outlook.kind === 'blocked') return judgeUnplaced(moment, outlook.groups);
  if (outlook.kind === 'rescheduling') return waiting(`${missing}; Nomad will replace what failed`);
  if (outlook.kind === 'scheduling') return waiting(missing, { lookAgain: moment.backoff });
  if (groups.every(({ placed, desired }) => placed >= desired)) return waiting(missing);
  // The evaluations are newer than the allocations that were seen: what they led to must be seen, too.
  const seen = JSON.stringify([nomad.Status, nomad.Allocs]);
  if (memory.idle !== seen) {
    memory.idle = seen;
    return waiting(missing, { lookAgain: secondLook });
  }
  if (isOnEveryNode(moment) && groups.every(({ placed, unhealthy }) => placed + unhealthy === 0)) {
    return waiting('no node is fit for it', { blocked: true, lookAgain: moment.backoff });
  }
  return bad('unhealthy', outlook.trouble === '' ? missing : `${missing}; Nomad gave up: ${outlook.trouble}`);
}

/** Whether tasks whose health nobody watches have been running, without a restart, for a while. */
async function judgeTasks(moment: Moment): Promise<Verdict> {
  const { job, memory, now, nomad } = moment;
  const allocations = (await moment.allocations()).filter(
    ({ JobVersion, ClientStatus }) => JobVersion === job.version && ClientStatus === 'running',
  );
  const tasks = allocations.map((allocation) => [allocation.ID, ...taskStarts(allocation)]);
  const seen = JSON.stringify(tasks.sort());
  if (memory.tasks?.seen !== seen) memory.tasks = { seen, since: now };
  const wanted = Math.max(0, ...moment.groups.map(({ name }) => lastingTime(moment, name)));
  const left = memory.tasks.since + wanted - now;
  if (left <= 0 || allocations.every((allocation) => isOld(allocation, wanted))) return good;
  const word = nomad.Type === 'batch' || nomad.Type === 'sysbatch' ? 'started' : 'running';
  return waiting(`${word}, and watched for ${Math.ceil(wanted / 1000)} s`, { lookAgain: left });
}

function taskStarts({ TaskStates }: Allocation): string[] {
  return Object.entries(TaskStates ?? {}).map(([name, state]) => `${name} ${state.Restarts} ${state.StartedAt}`);
}

function lastingTime(moment: Moment, group: string): number {
  const { Type: type } = moment.nomad;
  const own = type === 'service' || type === 'system' ? updateOf(moment, group)?.MinHealthyTime : undefined;
  return own === undefined || own === 0 ? settlingTime[type] : own / 1e6;
}

function isOld({ TaskStates }: Allocation, wanted: number): boolean {
  return Object.values(TaskStates ?? {}).every(
    ({ StartedAt }) => StartedAt !== null && Date.now() - Date.parse(StartedAt) > wanted + clockSkew,
  );
}
