import type { Allocation } from '../api.ts';
import { isBatch } from '../tasks.ts';
import { type Moment, updateOf } from './moment.ts';
import { good, type Verdict, waiting } from './verdict.ts';

/**
 * How long tasks must have been running where Nomad does not watch their health. Milliseconds. A batch job's tasks may be short; it
 * is enough to see that they do not fail at once.
 */
const settlingTime = { service: 5_000, system: 5_000, batch: 1_000, sysbatch: 1_000 };

/** Beyond this, a difference between the clocks of the runner and the node does not matter. Milliseconds. */
const clockSkew = 60_000;

/** How soon to look again where the allocations are newer than the job's state. Milliseconds. */
const soon = 150;

/** Whether tasks whose health nobody watches have been running, without a restart, for a while. */
export async function judgeTasks(moment: Moment): Promise<Verdict> {
  const { job, nomad, groups } = moment;
  const running = (await moment.allocations()).filter(
    ({ JobVersion, ClientStatus }) => JobVersion === job.version && ClientStatus === 'running',
  );
  if (running.length === 0 && !isBatch(nomad) && groups.some(({ desired }) => desired > 0)) {
    return waiting('no allocation runs any more', { lookAgain: soon });
  }
  const left = timeLeft(moment, running);
  if (left <= 0) return good;
  const longest = Math.max(...groups.map(({ name }) => lastingTime(moment, name)));
  const word = isBatch(nomad) ? 'started' : 'running';
  return waiting(`${word}, and watched for ${Math.ceil(longest / 1000)} s`, { lookAgain: left });
}

/**
 * Milliseconds until every task has been running for long enough. Each start of a task is timed by itself: what another does, or the
 * order in which Nomad tells of them, is not news of it.
 */
function timeLeft(moment: Moment, running: readonly Allocation[]): number {
  const { memory, now } = moment;
  const starts = new Map(running.flatMap((allocation) => startsOf(moment, allocation)));
  for (const start of memory.startedSince.keys()) if (!starts.has(start)) memory.startedSince.delete(start);
  const left = [...starts].map(([start, wanted]) => {
    const since = memory.startedSince.get(start) ?? now;
    memory.startedSince.set(start, since);
    return since + wanted - now;
  });
  return Math.max(0, ...left);
}

/** The starts of the allocation's tasks, each with how long it must last. None where it runs for so long that there is no doubt. */
function startsOf(moment: Moment, { ID, TaskGroup, TaskStates }: Allocation): [string, number][] {
  const wanted = lastingTime(moment, TaskGroup);
  const starts = Object.entries(TaskStates ?? {}).filter(([, { StartedAt }]) => StartedAt !== null);
  const isOld = starts.length > 0 && starts.every(([, { StartedAt }]) => age(StartedAt) > wanted + clockSkew);
  if (isOld) return [];
  return starts.map(([task, { Restarts, StartedAt }]) => [`${ID} ${task} ${Restarts} ${StartedAt}`, wanted]);
}

function age(time: string | null): number {
  return Date.now() - Date.parse(time ?? '');
}

function lastingTime(moment: Moment, group: string): number {
  const { Type: type } = moment.nomad;
  const own = isBatch(moment.nomad) ? undefined : updateOf(moment, group)?.MinHealthyTime;
  return own === undefined || own === 0 ? settlingTime[type] : own / 1e6;
}
