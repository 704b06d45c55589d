/** Nanoseconds in a millisecond, and the other units that Nomad's durations are written in. */
export const millisecond = 1_000_000;
export const second = 1000 * millisecond;
export const minute = 60 * second;
export const hour = 60 * minute;

/** The time as Unix nanoseconds, as far as a double can tell them apart. */
export function nowNanoseconds(): number {
  return Date.now() * millisecond;
}

/** Unix nanoseconds as RFC 3339 text. */
export function timestamp(nanoseconds: number): string {
  return new Date(nanoseconds / millisecond).toISOString();
}

const unitNanoseconds: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1000,
  µs: 1000,
  ms: millisecond,
  s: second,
  m: minute,
  h: hour,
};

/** Nanoseconds of a duration as Go writes it (`1m30s`); undefined for anything else. */
export function parseDuration(text: string): number | undefined {
  const sign = text.startsWith('-') ? -1 : 1;
  const unsigned = text.replace(/^[-+]/, '');
  if (unsigned === '0') return 0;
  if (!/^(?:\d+(?:\.\d*)?(?:ns|us|µs|ms|s|m|h))+$/.test(unsigned)) return undefined;
  let total = 0;
  for (const [, amount, unit] of unsigned.matchAll(/(\d+(?:\.\d*)?)(ns|us|µs|ms|s|m|h)/g)) {
    total += Number(amount) * (unitNanoseconds[unit ?? ''] ?? 0);
  }
  return sign * total;
}

/** A duration as Go prints it: `5s`, `1m0s`, `250ms`. */
export function formatDuration(nanoseconds: number): string {
  if (nanoseconds === 0) return '0s';
  if (nanoseconds < 1000) return `${nanoseconds}ns`;
  if (nanoseconds < millisecond) return `${nanoseconds / 1000}µs`;
  if (nanoseconds < second) return `${nanoseconds / millisecond}ms`;
  const hours = Math.floor(nanoseconds / hour);
  const minutes = Math.floor((nanoseconds % hour) / minute);
  const seconds = `${(nanoseconds % minute) / second}s`;
  if (hours > 0) return `${hours}h${minutes}m${seconds}`;
  return minutes > 0 ? `${minutes}m${seconds}` : seconds;
}
