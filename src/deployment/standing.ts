import type { JobStatuses } from '../nomad/api.ts';
import { jobKey } from '../nomad/jobs.ts';
import type { RenderedJob } from '../nomad/specification.ts';
import { readStatuses } from '../nomad/statuses.ts';
import type { JobState } from '../result.ts';
import type { Claim } from './claim.ts';
import type { Deployment } from './deployment.ts';

/** Jobs that are what the pack renders to, and need no second `run`. */
export interface Standing {
  readonly states: readonly JobState[];
  /** The rollout of one of them goes on. */
  readonly isRollingOut: boolean;
  /** Only a watch can tell how one of them is doing: its rollout goes on, or it has none that Nomad judges. */
  readonly isOpen: boolean;
}

/**
 * The jobs as they are, where each is well or is getting there; undefined where one is not, or is not there. Asked where Nomad's plan says
 * that registering them would change nothing: nomad-pack is not run then, for an unchanged `run` may stop what periodic and parameterized
 * jobs have launched.
 */
export async function readStanding(
  deployment: Deployment,
  { present }: Claim,
  jobs: readonly RenderedJob[],
): Promise<Standing | undefined> {
  const rendered = new Set(jobs.map(jobKey));
  const own = present.filter((job) => rendered.has(jobKey(job)));
  const [states, statuses] = await Promise.all([deployment.states(own), readStatuses(await deployment.client(), own)]);
  const rollingOut = new Set(statuses.filter(isRollingOut).map(keyOf));
  const isWell = (state: JobState) => state.health === 'healthy' || rollingOut.has(jobKey(state));
  if (states.length !== jobs.length || !states.every(isWell)) return undefined;
  const launches = new Set(own.filter((job) => job.launches !== undefined).map(jobKey));
  const isClosed = (nomad: JobStatuses) =>
    launches.has(keyOf(nomad)) || (hasRollout(nomad) ? !isRollingOut(nomad) : nomad.Status === 'dead');
  return { states, isRollingOut: rollingOut.size > 0, isOpen: !statuses.every(isClosed) };
}

function keyOf({ ID, Namespace }: JobStatuses): string {
  return jobKey({ id: ID, namespace: Namespace });
}

/** Whether the version that is there has a rollout of its own. */
function hasRollout({ LatestDeployment, Version }: JobStatuses): boolean {
  return LatestDeployment?.JobVersion === Version;
}

function isRollingOut(nomad: JobStatuses): boolean {
  return hasRollout(nomad) && nomad.LatestDeployment?.IsActive === true;
}
