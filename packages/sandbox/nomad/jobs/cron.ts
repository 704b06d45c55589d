import { Cron } from 'croner';

/** A cron expression that cannot be read. */
class CronError extends Error {}

/**
 * When a cron expression is due next after `after`, both in Unix milliseconds. As in Nomad's cronexpr, five fields start with the
 * minute, a sixth is the year, and seven start with the second; where both days are given, either will do.
 *
 * @param timeZone an IANA name
 * @returns undefined where it is never due
 * @throws CronError
 */
export function nextLaunch(expression: string, timeZone: string, after: number): number | undefined {
  return read(expression, timeZone).nextRun(new Date(after))?.getTime();
}

/** What is wrong with a cron expression, in Nomad's words as far as they are known; undefined where nothing is. */
export function cronProblem(expression: string): string | undefined {
  try {
    read(expression, 'UTC');
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

function read(expression: string, timezone: string): Cron {
  // cronexpr leaves aside what follows the seventh field.
  const fields = expression.trim().split(/\s+/).slice(0, 7);
  if (fields.length < 5 && !expression.startsWith('@')) throw new CronError('missing field(s)');
  // croner takes the first of six fields as the second.
  const pattern = [...(fields.length === 6 ? ['0'] : []), ...fields].join(' ');
  try {
    return new Cron(pattern, { timezone, paused: true, sloppyRanges: true });
  } catch (error) {
    const [, field, value] = /Invalid value for (\w+): (.*)/.exec((error as Error).message) ?? [];
    throw new CronError(field === undefined ? (error as Error).message : `syntax error in ${field} field: '${value}'`);
  }
}
