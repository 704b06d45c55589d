/** A cron expression that cannot be read. */
export class CronError extends Error {}

const names: Readonly<Record<string, string>> = {
  '@yearly': '0 0 0 1 1 * *',
  '@annually': '0 0 0 1 1 * *',
  '@monthly': '0 0 0 1 * * *',
  '@weekly': '0 0 0 * * 0 *',
  '@daily': '0 0 0 * * * *',
  '@hourly': '0 0 * * * * *',
};

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** Second, minute, hour, day of the month, month, day of the week, year. */
const ranges = [
  [0, 59],
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 6],
  [1970, 2099],
] as const;

const dayMilliseconds = 86_400_000;

/**
 * When a cron expression is due next after `after`, both as Unix milliseconds. Five fields start with the minute, a
 * sixth is the year, and seven start with the second, as in Nomad's cronexpr.
 *
 * @param timeZone an IANA name; its distance from UTC is taken as it is at `after`.
 * @returns undefined where it is never due within five years.
 * @throws CronError
 */
export function nextLaunch(expression: string, timeZone: string, after: number): number | undefined {
  const fields = readFields(expression);
  const offset = zoneOffset(timeZone, after);
  const local = after + offset;
  const midnight = Math.floor(local / dayMilliseconds) * dayMilliseconds;
  for (let day = 0; day <= 5 * 366; day += 1) {
    const start = midnight + day * dayMilliseconds;
    if (!isDay(fields, new Date(start))) continue;
    const found = timesOfDay(fields).find((time) => start + time > local);
    if (found !== undefined) return start + found - offset;
  }
  return undefined;
}

interface Fields {
  readonly values: readonly (readonly number[])[];
  readonly anyDayOfMonth: boolean;
  readonly anyWeekday: boolean;
}

function readFields(expression: string): Fields {
  const parts = (names[expression.trim()] ?? expression).trim().split(/\s+/);
  if (parts.length < 5 || parts.length > 7) throw new CronError(`missing field(s)`);
  const withSeconds = parts.length === 7 ? parts : ['0', ...parts, ...(parts.length === 5 ? ['*'] : [])];
  const values = ranges.map(([low, high], index) => readField(withSeconds[index] ?? '*', low, high));
  return { values, anyDayOfMonth: isAny(withSeconds[3]), anyWeekday: isAny(withSeconds[5]) };
}

function isAny(field: string | undefined): boolean {
  return field === '*' || field === '?';
}

function readField(field: string, low: number, high: number): number[] {
  const values = new Set<number>();
  for (const part of field.split(',')) {
    const [range = '', stepText = '1'] = part.split('/');
    const [from, to] = readRange(range, low, high, part.includes('/'));
    const step = Number(stepText);
    if (!(step > 0) || from < low || to > high || from > to) throw new CronError(`syntax error in field: '${field}'`);
    for (let value = from; value <= to; value += step) values.add(value);
  }
  return [...values].sort((a, b) => a - b);
}

function readRange(range: string, low: number, high: number, stepped: boolean): [number, number] {
  if (range === '*' || range === '?') return [low, high];
  const [from, to] = range.split('-').map((text) => readValue(text, high));
  if (from === undefined) return [Number.NaN, Number.NaN];
  return [from, to ?? (stepped ? high : from)];
}

function readValue(text: string, high: number): number {
  const name = text.toLowerCase();
  if (high === 12 && months.includes(name)) return months.indexOf(name) + 1;
  if (high === 6 && weekdays.includes(name)) return weekdays.indexOf(name);
  if (!/^\d+$/.test(text)) throw new CronError(`syntax error in field: '${text}'`);
  return high === 6 ? Number(text) % 7 : Number(text);
}

/** Where both days are given, either will do. */
function isDay({ values, anyDayOfMonth, anyWeekday }: Fields, date: Date): boolean {
  const inMonth = values[4]?.includes(date.getUTCMonth() + 1) === true;
  const inYear = values[6]?.includes(date.getUTCFullYear()) === true;
  const dayOfMonth = values[3]?.includes(date.getUTCDate()) === true;
  const weekday = values[5]?.includes(date.getUTCDay()) === true;
  const day = anyDayOfMonth || anyWeekday ? dayOfMonth && weekday : dayOfMonth || weekday;
  return inMonth && inYear && day;
}

/** Milliseconds since midnight, in order. */
function timesOfDay({ values: [seconds = [], minutes = [], hours = []] }: Fields): number[] {
  return hours.flatMap((hour) =>
    minutes.flatMap((minute) => seconds.map((second) => ((hour * 60 + minute) * 60 + second) * 1000)),
  );
}

function zoneOffset(timeZone: string, at: number): number {
  if (timeZone === 'UTC') return 0;
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const name = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /GMT([+-])(\d+):(\d+)/.exec(name) ?? [];
  const distance = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
  return sign === '-' ? -distance : distance;
}
