import { setTimeout as delay } from 'node:timers/promises';
import { ActionError } from '../errors.ts';

/**
 * What Nomad answers, if it does in the time that there is. A question that has not been answered by then is left to itself until the step
 * ends.
 *
 * @param milliseconds that the answer may take
 * @param what it is about, in words that follow "Nomad did not say"
 * @throws ActionError what the question throws; `nomad-unreachable` when the time is over
 */
export async function withinTime<Answer>(
  question: Promise<Answer>,
  milliseconds: number,
  what: string,
): Promise<Answer> {
  const answered = new AbortController();
  const { signal } = answered;
  const late = delay(milliseconds, undefined, { signal }).then((): never => {
    throw new ActionError(
      'nomad-unreachable',
      `Nomad did not say within ${Math.round(milliseconds / 1000)} s ${what}.`,
      {
        hint: 'Check that the cluster has a leader, and that `nomad_addr` answers from this runner. `operation: status` says how the deployment is doing, once it does.',
      },
    );
  });
  try {
    return await Promise.race([question, late]);
  } finally {
    answered.abort();
  }
}
