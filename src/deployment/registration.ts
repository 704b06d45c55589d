import { setTimeout as delay } from 'node:timers/promises';
import { ActionError } from '../errors.ts';
import { leavesAlone } from '../nomad/dry-run.ts';
import { jobKey } from '../nomad/jobs.ts';
import type { RenderedJob } from '../nomad/specification.ts';
import { findSubmitted, NOTHING_CLAIMED, type SubmittedJob, type VersionSnapshot } from '../nomad/submission.ts';
import type { SurveyedJob } from '../nomad/survey.ts';
import { WRITE_PATIENCE } from '../nomad/write.ts';
import type { RunOutcome } from '../nomad-pack/cli.ts';
import type { PlanData } from '../result.ts';
import { type Claim, stoppedBy } from './claim.ts';
import { type Deployment, nameJobs, namespacesOf } from './deployment.ts';

/** How things are right before the jobs are registered. */
export interface Baseline {
  readonly claim: Claim;
  /** How the jobs are that are going to be registered, stopped or replaced. */
  readonly before: VersionSnapshot;
}

/** What a deploy is about: the jobs, what is to be done to them, and how things were before. */
export interface Task extends Baseline {
  readonly jobs: readonly RenderedJob[];
  readonly plan: PlanData;
}

/** What Nomad says of a run. */
export interface Registration {
  /** The jobs that the pack renders to, and those that nobody had planned. */
  readonly submitted: readonly SubmittedJob[];
  /** Whether any job is another one than before. */
  readonly changed: boolean;
  /** Of the jobs that the plan wanted to change, those that Nomad has otherwise than the pack renders to, and not by this run. */
  readonly unmet: readonly SubmittedJob[];
  /** What nomad-pack has stopped that carried the deployment's name only after this step had looked. */
  readonly surprises: readonly SurveyedJob[];
}

/**
 * Asks Nomad what a run has done. Where the answer to a registration may have got lost on its way to nomad-pack, it may still come about:
 * it is waited for, as long as for any write.
 */
export async function readRegistration(deployment: Deployment, task: Task, run: RunOutcome): Promise<Registration> {
  const { claim, before, jobs } = task;
  const client = await deployment.client();
  const look = async () => {
    const submitted = await findSubmitted(client, jobs, before, { ids: run.evaluations, since: claim.index });
    return { submitted, unmet: await findUnmet(deployment, task, submitted) };
  };
  const end = performance.now() + (run.failure !== undefined && isAnswerLost(run.failure) ? WRITE_PATIENCE : 0);
  let found = await look();
  while (found.unmet.length > 0 && performance.now() < end) {
    await delay(LOOK_AGAIN);
    found = await look();
  }
  const unplanned = await findUnplanned(deployment, task, run);
  const surprises = await findSurprises(deployment, claim, run.stopped);
  const submitted = [...found.submitted, ...unplanned];
  const changed =
    surprises.length > 0 ||
    submitted.some((job) => isChange(job) && !found.unmet.includes(job)) ||
    (await hasStopped(deployment, task));
  return { ...found, submitted, changed, surprises };
}

/** Milliseconds. */
const LOOK_AGAIN = 500;

/** Whether nomad-pack got no answer of Nomad's to what it sent: that may be carried out all the same. */
function isAnswerLost({ passing, message }: ActionError): boolean {
  return passing && !/connection refused|no such host|\b429\b/.test(message);
}

/**
 * What nomad-pack says that it registered, and that is no job that was rendered before: a template came out differently. Only what is the
 * deployment's and newer than the run counts.
 */
async function findUnplanned(
  deployment: Deployment,
  { claim, before, jobs }: Task,
  { registered }: RunOutcome,
): Promise<SubmittedJob[]> {
  const planned = new Set(jobs.map(({ id }) => id));
  const ids = new Set(registered.filter((id) => !planned.has(id)));
  if (ids.size === 0) return [];
  const own = (await deployment.survey()).jobs.filter(
    ({ id, pack, jobModifyIndex }) =>
      ids.has(id) && pack.name === deployment.owner.packName && jobModifyIndex > claim.index,
  );
  return await findSubmitted(await deployment.client(), own, before, NOTHING_CLAIMED);
}

function isChange({ change }: SubmittedJob): boolean {
  return change === 'created' || change === 'updated';
}

async function findUnmet(
  deployment: Deployment,
  { jobs, plan }: Task,
  submitted: readonly SubmittedJob[],
): Promise<SubmittedJob[]> {
  const unchanged = new Set(plan.jobs.filter(leavesAlone).map(jobKey));
  const open = submitted.filter((job) => job.isProven !== true && !unchanged.has(jobKey(job)));
  const keys = new Set(open.map(jobKey));
  const unlike = new Set((await deployment.unlike(jobs.filter((job) => keys.has(jobKey(job))))).map(jobKey));
  return open.filter((job) => unlike.has(jobKey(job)));
}

/** Whether one of the jobs that ran, and that nomad-pack was to stop, is stopped. */
async function hasStopped(deployment: Deployment, { claim, before }: Baseline): Promise<boolean> {
  const ran = stoppedBy(claim).filter((job) => before.get(jobKey(job))?.stop === false);
  const now = await deployment.existing(ran);
  return ran.some((job) => now.get(jobKey(job))?.Stop === true);
}

/** Of the jobs that nomad-pack says it stopped, and that nobody foresaw, those that carry the deployment's name and were stopped since. */
async function findSurprises(deployment: Deployment, claim: Claim, stopped: readonly string[]): Promise<SurveyedJob[]> {
  const foreseen = new Set(stoppedBy(claim).map(({ id }) => id));
  const ids = new Set(stopped.filter((id) => !foreseen.has(id)));
  if (ids.size === 0) return [];
  const { jobs, children } = await deployment.survey();
  return [...jobs, ...children].filter(
    ({ id, stop, jobModifyIndex }) => ids.has(id) && stop && jobModifyIndex > claim.index,
  );
}

/** What nomad-pack did to others, who were not there yet when this step looked; undefined where all that it stopped was its own. */
export function findTrespass(
  deployment: Deployment,
  { jobs }: Task,
  { surprises }: Registration,
): ActionError | undefined {
  // A job of the deployment may have launched another one meanwhile.
  const { here } = deployment.locate(surprises, namespacesOf(jobs));
  const others = surprises.filter((job) => !here.includes(job));
  if (others.length === 0) return undefined;
  return new ActionError(
    'would-stop-others',
    `nomad-pack stopped ${nameJobs(others)}, which carried the name ${deployment.name} only after this step had looked.`,
    { hint: 'Find out who deploys under the same `deployment_name` at the same time, and start those jobs again.' },
  );
}
