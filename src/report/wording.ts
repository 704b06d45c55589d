import type { Health, JobChange, Status } from '../result.ts';

/** How a status is shown: a picture for a glance, and the word. */
export function statusMark(status: Status): string {
  return `${STATUS_ICONS[status]} ${status}`;
}

export function healthMark(health: Health): string {
  return `${HEALTH_ICONS[health]} ${health}`;
}

const STATUS_ICONS: Readonly<Record<Status, string>> = {
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

const HEALTH_ICONS: Readonly<Record<Health, string>> = { healthy: '💚', unhealthy: '❤️‍🩹', unknown: '❔' };

/** What a deploy would do to a job, as a sign of a diff would say it. */
export const ACTION_SIGNS: Readonly<Record<JobChange['action'], string>> = {
  create: '➕',
  update: '✏️',
  replace: '♻️',
  stop: '🛑',
  none: '▫️',
};

/** `1 job`, `2 jobs` */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
