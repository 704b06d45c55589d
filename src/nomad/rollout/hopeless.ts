import type { Allocation, TaskEvent } from '../api.ts';
import { type Moment, updateOf } from './moment.ts';

/** Words of Nomad's client for what fails in the same way wherever, and however often, an allocation is placed; measured on Nomad 2.0.6. */
const HOPELESS: readonly { readonly type: string; readonly words: RegExp }[] = [
  // The driver does not take the task's configuration.
  { type: 'Failed Validation', words: /failed to parse config/ },
  // A service is at a port that its group does not have.
  { type: 'Setup Failure', words: /invalid port .*: port label not found/ },
];

/**
 * Whether an allocation of the version has failed by what the job itself says, so that it fails again wherever Nomad replaces it. Not of
 * groups that Nomad takes back by itself, which it is about to do. Asks for the allocations only where one has failed.
 */
export async function isHopeless(moment: Moment): Promise<boolean> {
  const { groups, job } = moment;
  const failing = groups.filter(({ name, unhealthy }) => unhealthy > 0 && updateOf(moment, name)?.AutoRevert !== true);
  if (failing.length === 0) return false;
  const names = new Set(failing.map(({ name }) => name));
  const own = (await moment.allocations()).filter(
    ({ JobVersion, TaskGroup }) => JobVersion === job.version && names.has(TaskGroup),
  );
  return own.some((allocation) => eventsOf(allocation).some(isHopelessEvent));
}

function eventsOf({ TaskStates }: Allocation): TaskEvent[] {
  return Object.values(TaskStates ?? {}).flatMap(({ Events }) => Events ?? []);
}

function isHopelessEvent({ Type, DisplayMessage }: TaskEvent): boolean {
  return HOPELESS.some(({ type, words }) => Type === type && words.test(DisplayMessage));
}
