/**
 * The fields of a job that are durations: Nomad tells them in nanoseconds, among other numbers. They are the fields of type
 * `time.Duration` in its `structs` package, under the names that its differences have.
 */
const DURATIONS: ReadonlySet<string> = new Set([
  'ConnectTimeout',
  'Deadline',
  'Delay',
  'GracePeriod',
  'Grace',
  'HealthyDeadline',
  'Interval',
  'KillTimeout',
  'LostAfter',
  'Max',
  'MaxClientDisconnect',
  'MaxDelay',
  'MaxRunDuration',
  'Min',
  'MinHealthyTime',
  'ProgressDeadline',
  'ShutdownDelay',
  'Splay',
  'Stagger',
  'StopAfterClientDisconnect',
  'StopOnClientAfter',
  'TTL',
  'Timeout',
  'VaultGrace',
]);

const MILLISECOND = 1_000_000;
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** The value of a field for a reader: `10s`, `1h30m` or `1.5s` where it is a duration; else as it is. What is less than a millisecond is a count. */
export function readableDuration(name: string, value: string): string {
  if (!DURATIONS.has(name) || !/^\d{7,18}$/.test(value)) return value;
  const time = Number(value) / MILLISECOND;
  if (!Number.isInteger(time)) return value;
  if (time < SECOND) return `${time}ms`;
  const [hours, minutes, seconds] = [
    Math.floor(time / HOUR),
    Math.floor((time % HOUR) / MINUTE),
    (time % MINUTE) / SECOND,
  ];
  const parts = [
    [hours, 'h'],
    [minutes, 'm'],
    [seconds, 's'],
  ] as const;
  return parts.map(([number, unit]) => (number === 0 ? '' : `${number}${unit}`)).join('');
}
