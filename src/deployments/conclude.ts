import { createHash } from 'node:crypto';
import type { CombinedEnd, DeploymentEnd } from '../combined.ts';
import type { Health, Status } from '../result.ts';

/** The worst first. */
const STATUSES: readonly Status[] = [
  'failed',
  'reverted',
  'cancelled',
  'unknown',
  'pending',
  'stopped',
  'absent',
  'running',
  'complete',
];

/** The worst first. */
const HEALTHS: readonly Health[] = ['unhealthy', 'unknown', 'healthy'];

/**
 * What there is to say of all deployments as one.
 *
 * @param deployments in the order of the file
 * @param order their names, each after those that it waited for
 */
export function combine(
  deployments: readonly DeploymentEnd[],
  order: readonly string[],
): Pick<CombinedEnd, 'status' | 'health' | 'changed' | 'failure' | 'nomadPackVersion' | 'planDigest'> {
  // That one is gone which should be is not worse than that another one runs.
  const kept = deployments.filter((one) => !isGoneAsWanted(one));
  const counted = (kept.length > 0 ? kept : deployments).map(({ result }) => result);
  const results = deployments.map(({ result }) => result);
  const failure = firstFailure(deployments, order);
  const nomadPackVersion = results.find((result) => result.nomadPackVersion !== undefined)?.nomadPackVersion;
  const planDigest = digestOfAll(deployments);
  return {
    status: worst(
      STATUSES,
      counted.map(({ status }) => status),
    ),
    health: worst(
      HEALTHS,
      counted.map(({ health }) => health),
    ),
    changed: results.some(({ changed }) => changed),
    ...(failure !== undefined && { failure }),
    ...(nomadPackVersion !== undefined && { nomadPackVersion }),
    ...(planDigest !== undefined && { planDigest }),
  };
}

function isGoneAsWanted({ isAbsent, result }: DeploymentEnd): boolean {
  return isAbsent && result.failure === undefined && ['absent', 'stopped'].includes(result.status);
}

function worst<Word>(words: readonly Word[], found: readonly Word[]): Word | 'unknown' {
  return words.find((word) => found.includes(word)) ?? 'unknown';
}

/** One that was skipped is not what went wrong. */
function firstFailure(deployments: readonly DeploymentEnd[], order: readonly string[]): CombinedEnd['failure'] {
  const failures = new Map(deployments.map(({ key, result }) => [key, result.failure]));
  const ordered = order.flatMap((key) => failures.get(key) ?? []);
  return ordered.find(({ reason }) => reason !== 'skipped') ?? ordered[0];
}

/**
 * The digest over the plans of all deployments, whose names are part of it: a plan of some is not one of all. It does not depend on
 * their order.
 */
function digestOfAll(deployments: readonly DeploymentEnd[]): string | undefined {
  const digests = deployments.flatMap(({ key, result: { planData } }) =>
    planData === undefined ? [] : [[key, planData.digest]],
  );
  if (digests.length < deployments.length || digests.length === 0) return undefined;
  const sorted = digests.sort(([one = ''], [other = '']) => (one < other ? -1 : 1));
  return `sha256:${createHash('sha256').update(JSON.stringify(sorted)).digest('hex')}`;
}
