import type { Diagnosis, JobState, Result } from '../result.ts';

/** GitHub cuts an annotation at 64 KB, and a reader long before. Characters. */
const LIMIT = 3_000;

/** A job whose trouble was looked into. */
export type IllJob = JobState & { readonly diagnosis: Diagnosis };

/** The jobs whose trouble was looked into, unhealthy ones first. */
export function illJobs({ jobs }: Pick<Result, 'jobs'>): IllJob[] {
  const ill = jobs.filter((job): job is IllJob => job.diagnosis !== undefined);
  const isUnhealthy = ({ health }: IllJob) => health === 'unhealthy';
  return [...ill.filter(isUnhealthy), ...ill.filter((job) => !isUnhealthy(job))];
}

/** What Nomad knows of the job that is in the worst state, for below the error; empty where no job's trouble was looked into. */
export function worstDiagnosis(result: Result): string {
  const ill = illJobs(result);
  const [worst] = ill;
  if (worst === undefined) return '';
  const { cause, events, log, task } = worst.diagnosis;
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
