import { ActionError } from '../errors.ts';
import { nearMiss } from '../nearest.ts';
import type { Job, JobRef } from '../nomad/api.ts';
import type { Ownership } from '../nomad/ownership.ts';
import type { SurveyedJob } from '../nomad/survey.ts';

/** What a deploy would do to the jobs that are there. */
export interface Claim extends Ownership {
  /** Everything that carries the deployment's name now. */
  readonly present: readonly SurveyedJob[];
  /** The jobs that have the id and namespace of a rendered one, by `jobKey`. */
  readonly existing: ReadonlyMap<string, Job>;
  /** Nomad's index of this look: what happens after it has a higher one. */
  readonly index: number;
}

/** What `run` stops besides registering the pack's jobs. */
export function stoppedBy({ stops, children, foreign }: Claim): JobRef[] {
  return [...stops, ...children, ...foreign.filter(({ effect }) => effect === 'stop')];
}

/** The id, and the one that is probably meant. */
function withNearMiss(id: string, ids: readonly string[]): string {
  const meant = nearMiss(id, ids);
  return `\`${id}\`${meant === undefined ? '' : ` (did you mean \`${meant}\`?)`}`;
}

/**
 * A job that the pack does not have cannot be taken over by deploying it.
 *
 * @throws ActionError `input`
 */
export function refuseUnknown(adopt: ReadonlySet<string>, rendered: readonly JobRef[]): void {
  const ids = rendered.map(({ id }) => id);
  const unknown = [...adopt].filter((id) => !ids.includes(id));
  if (unknown.length === 0) return;
  throw new ActionError(
    'input',
    `Input \`adopt_jobs\` names ${unknown.map((id) => withNearMiss(id, ids)).join(', ')}, which the pack does not render. It renders \`${ids.join('`, `')}\`.`,
    { hint: 'Correct `adopt_jobs`. Once the jobs are taken over, drop it.' },
  );
}
