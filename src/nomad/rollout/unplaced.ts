import { type Moment, updateOf } from './moment.ts';
import { describeBlocked } from './outlook.ts';
import { bad, type Verdict, waiting } from './verdict.ts';

/**
 * Room may still come, so it is waited for; but a group of which nothing was ever placed is given up after its progress deadline,
 * which Nomad counts only from the first allocation on.
 */
export function judgeUnplaced(moment: Moment, blocked: ReadonlyMap<string, string>): Verdict {
  const { groups, memory, now } = moment;
  const unplaced = groups.filter(({ name, placed, unhealthy }) => blocked.has(name) && placed + unhealthy === 0);
  for (const name of memory.unplacedSince.keys()) {
    if (!unplaced.some((group) => group.name === name)) memory.unplacedSince.delete(name);
  }
  const deadlines = unplaced.flatMap(({ name }) => {
    const since = memory.unplacedSince.get(name) ?? now;
    memory.unplacedSince.set(name, since);
    const deadline = (updateOf(moment, name)?.ProgressDeadline ?? 0) / 1e6;
    return deadline === 0 ? [] : [since + deadline];
  });
  const words = describeBlocked(blocked);
  const left = Math.min(...deadlines) - now;
  if (left <= 0) return bad('placement', words);
  return waiting(words, { blocked: true, lookAgain: Math.min(left, moment.backoff) });
}
