import { jobKey } from '../nomad/jobs.ts';
import { concludeRollout, type RolloutOutcome } from '../nomad/rollout/outcome.ts';
import { jobUrl } from '../nomad/state.ts';
import { NOT_THERE, type SubmittedJob } from '../nomad/submission.ts';
import type { JobState } from '../result.ts';
import type { Deployment } from './deployment.ts';

/** What there is of the jobs when they are not watched: of those that are there, only time would tell more. */
export async function lookOnce(deployment: Deployment, submitted: readonly SubmittedJob[]): Promise<RolloutOutcome> {
  const there = await deployment.statesOf(submitted);
  const found = new Set(there.map(jobKey));
  // No survey finds those that lost their metadata.
  const isUnseen = ({ change, meta }: SubmittedJob) => change !== 'missing' && !deployment.owns(meta);
  const missing = submitted
    .filter((job) => !found.has(jobKey(job)))
    .map((job) => (isUnseen(job) ? unseenState(deployment, job) : missingState(deployment, job)));
  const { failure } = concludeRollout([...there, ...missing], ({ id }) => id);
  return {
    jobs: [...there, ...missing],
    status: there.length === 0 ? 'absent' : 'pending',
    health: 'unknown',
    ...(failure !== undefined && { failure }),
  };
}

function unseenState({ settings }: Deployment, { id, namespace, type, version }: SubmittedJob): JobState {
  const url = jobUrl(settings.nomad.address, { id, namespace });
  return { id, namespace, type, status: 'unknown', health: 'unknown', version, groups: [], url };
}

function missingState(deployment: Deployment, job: SubmittedJob): JobState {
  return {
    ...unseenState(deployment, job),
    status: 'absent',
    diagnosis: { cause: NOT_THERE, reason: 'stopped', events: [], log: '' },
  };
}
