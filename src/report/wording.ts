import type { Health, JobChange, Status } from '../result.ts';

/**
 * A job's status with a colour for a glance, as Markdown: red where something is wrong, whatever the status.
 *
 * @param isRed whether it is part of a result that is red, in which nothing is green
 */
export function statusMark(
  { status, health }: { readonly status: Status; readonly health: Health },
  isRed = false,
): string {
  const colour = health === 'unhealthy' ? '🔴' : COLOURS[status];
  return `${isRed && colour === '🟢' ? '⚪' : colour}&nbsp;${status}`;
}

const COLOURS: Readonly<Record<Status, string>> = {
  running: '🟢',
  complete: '🟢',
  pending: '🟡',
  stopped: '⚪',
  absent: '⚪',
  unknown: '⚪',
  cancelled: '⚪',
  failed: '🔴',
  reverted: '🟠',
};

/** What a deploy would do to a job, for a glance. */
export const ACTION_SIGNS: Readonly<Record<JobChange['action'], string>> = {
  create: '🆕',
  update: '✏️',
  replace: '♻️',
  redeploy: '🔁',
  stop: '🛑',
  none: '▫️',
};

/** `1 job`, `2 jobs` */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** What a deploy would do to the allocations of a task group: `1 create, 2 unchanged`. */
export function updateCounts(group: JobChange['groups'][number]): string {
  const { create, updateInPlace, replace, stop, unchanged } = group;
  const parts = [
    [create, 'create'],
    [updateInPlace, 'in place'],
    [replace, 'replace'],
    [stop, 'stop'],
    [unchanged, 'unchanged'],
  ] as const;
  const words = parts.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`);
  return words.join(', ') || 'none';
}
