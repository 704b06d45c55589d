import type { Diagnosis, Result } from '../result.ts';

/** GitHub cuts an annotation at 64 KB, and a reader long before. Characters. */
const LIMIT = 3_000;

/** What Nomad knows of the job that fares worst, for below the error; empty where no job's trouble was looked into. */
export function worstDiagnosis({ jobs }: Result): string {
  const ill = jobs.filter((job) => job.diagnosis !== undefined);
  const worst = ill.find(({ health }) => health === 'unhealthy') ?? ill[0];
  if (worst?.diagnosis === undefined) return '';
  const { cause, events, log, task }: Diagnosis = worst.diagnosis;
  const others = ill.length > 1 ? ` (and ${ill.length - 1} more, see the summary)` : '';
  const head = [
    `Job ${worst.id}${others}: ${cause}`,
    ...(events.length > 0 ? [`Last events${task === undefined ? '' : ` of ${task}`}:`] : []),
    ...events.slice(-5).map((event) => `  ${event}`),
  ]
    .join('\n')
    .slice(0, LIMIT / 2)
    .toWellFormed();
  const rest = log.slice(-LIMIT / 2).toWellFormed();
  return rest === '' ? head : `${head}\nEnd of its log:\n${rest}`;
}
