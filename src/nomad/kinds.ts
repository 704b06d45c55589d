import { ActionError } from '../errors.ts';
import type { Job } from './api.ts';
import type { RenderedJob } from './specification.ts';

/**
 * Why Nomad would not let a job become the rendered one: it changes neither the type of a job nor whether it launches others, not even of
 * one that is stopped. Its plan does not say so.
 *
 * @returns undefined where it would
 */
export function kindFault(
  { id, namespace, file, specification }: RenderedJob,
  existing: Job | undefined,
): ActionError | undefined {
  if (existing === undefined) return undefined;
  const [before, after] = [kindOf(existing), kindOf(specification)];
  if (before === after) return undefined;
  return new ActionError(
    'job-specification',
    `Job "${id}" in namespace "${namespace}" is ${before} and cannot become ${after}, as ${file} says: Nomad does not change the kind of a job.`,
    {
      hint: 'Remove the job first (`operation: destroy`), which ends what it runs, or give the new one another name.',
    },
  );
}

function kindOf({
  Type,
  Periodic,
  ParameterizedJob,
}: Pick<Partial<Job>, 'Type' | 'Periodic' | 'ParameterizedJob'>): string {
  const launches = [...(Periodic ? ['periodic'] : []), ...(ParameterizedJob ? ['parameterized'] : [])];
  return `a ${[...launches, Type ?? 'service'].join(' ')} job`;
}
