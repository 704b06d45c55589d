import { setTimeout as delay } from 'node:timers/promises';
import { ActionError } from '../errors.ts';
import type { JobRef } from '../nomad/api.ts';
import type { NomadClient } from '../nomad/client.ts';
import { jobKey, readExisting } from '../nomad/jobs.ts';
import type { RenderedJob } from '../nomad/specification.ts';
import { findSubmitted, type SubmittedJob, snapshotVersions, type VersionSnapshot } from '../nomad/submission.ts';
import type { SurveyedJob } from '../nomad/survey.ts';
import { WRITE_PATIENCE } from '../nomad/write.ts';
import type { NomadPack, RunOutcome } from '../nomad-pack/cli.ts';
import type { PlanData } from '../result.ts';
import type { DeploymentSettings } from '../settings/settings.ts';
import { findUnlike } from './follow.ts';
import { differs } from './last-look.ts';
import type { PackSettings, PreparedPack } from './prepare.ts';
import {
  type Claim,
  locateJobs,
  nameJobs,
  namespacesOf,
  ownerOf,
  readClaim,
  refuseStrangers,
  sayWhatIsAdopted,
  sayWhatStops,
  surveyAll,
} from './survey.ts';
import type { Tools } from './tools.ts';

/** How things are right before the jobs are registered. */
export interface Baseline {
  readonly claim: Claim;
  /** How the jobs are that are going to be registered, stopped or replaced. */
  readonly before: VersionSnapshot;
}

/**
 * Looks once more, as late as it can be, at who owns what, because that may have changed while the pack was rendered; and at what there is
 * to go back to.
 *
 * @throws ActionError
 */
export async function readBaseline(
  client: NomadClient,
  settings: PackSettings,
  jobs: readonly RenderedJob[],
  nomadPack: NomadPack,
  tools: Tools,
): Promise<Baseline> {
  const claim = await readClaim(client, settings, jobs, nomadPack);
  refuseStrangers(claim, settings);
  sayWhatIsAdopted(claim, tools);
  sayWhatStops(claim, settings, tools);
  const touched = [...jobs, ...claim.stops, ...claim.children, ...claim.foreign];
  return { claim, before: await snapshotVersions(client, touched) };
}

/** What `run` stops besides registering the pack's jobs. */
export function stoppedBy({ stops, children, foreign }: Claim): JobRef[] {
  return [...stops, ...children, ...foreign.filter(({ effect }) => effect === 'stop')];
}

/** Lets nomad-pack register the jobs. A failure is part of what it returns: some of the jobs may be registered all the same. */
export async function registerJobs(
  client: NomadClient,
  { nomadPack, target }: PreparedPack,
  { rollout, review }: PackSettings,
  { jobs, before, claim, plan }: Baseline & { readonly jobs: readonly RenderedJob[]; readonly plan: PlanData },
): Promise<RunOutcome> {
  const checkIndex = review.digest === undefined ? undefined : guard(await nomadPack.canDetach(), jobs, plan);
  return await nomadPack.run(target, {
    preserveCounts: rollout.preserveCounts,
    override: claim.adopted.length > 0,
    timeout: rollout.timeout,
    isUntouched: async () => await isUntouched(client, [...jobs, ...before.values()], before),
    ...(checkIndex !== undefined && { checkIndex }),
  });
}

/** Whether no job has changed; where Nomad does not say, that is not known. */
async function isUntouched(client: NomadClient, refs: readonly JobRef[], before: VersionSnapshot): Promise<boolean> {
  try {
    return !differs(refs, before, await snapshotVersions(client, refs));
  } catch {
    return false;
  }
}

/** What Nomad says of a run. */
export interface Registration {
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
export async function readRegistration(
  client: NomadClient,
  settings: DeploymentSettings,
  jobs: readonly RenderedJob[],
  baseline: Baseline,
  run: RunOutcome,
  plan: PlanData | undefined,
): Promise<Registration> {
  const { claim, before } = baseline;
  const look = async () => {
    const submitted = await findSubmitted(client, jobs, before, { ids: run.evaluations, since: claim.index });
    return { submitted, unmet: await findUnmet(client, settings, jobs, submitted, plan) };
  };
  const end = performance.now() + (run.failure !== undefined && isAnswerLost(run.failure) ? WRITE_PATIENCE : 0);
  let found = await look();
  while (found.unmet.length > 0 && performance.now() < end) {
    await delay(LOOK_AGAIN);
    found = await look();
  }
  const surprises = await findSurprises(client, settings, claim, run.stopped);
  const changed =
    surprises.length > 0 ||
    found.submitted.some((job) => isChange(job) && !found.unmet.includes(job)) ||
    (await hasStopped(client, baseline));
  return { ...found, changed, surprises };
}

/** Milliseconds. */
const LOOK_AGAIN = 500;

/** Whether nomad-pack got no answer of Nomad's to what it sent: that may be carried out all the same. */
function isAnswerLost({ passing, message }: ActionError): boolean {
  return passing && !/connection refused|no such host|\b429\b/.test(message);
}

function isChange({ change }: SubmittedJob): boolean {
  return change === 'created' || change === 'updated';
}

async function findUnmet(
  client: NomadClient,
  settings: DeploymentSettings,
  jobs: readonly RenderedJob[],
  submitted: readonly SubmittedJob[],
  plan: PlanData | undefined,
): Promise<SubmittedJob[]> {
  const unchanged = new Set(plan?.jobs.filter(({ action }) => action === 'none').map(jobKey));
  const open = submitted.filter((job) => job.isProven !== true && !unchanged.has(jobKey(job)));
  const keys = new Set(open.map(jobKey));
  const unlike = new Set(
    (
      await findUnlike(
        client,
        settings,
        jobs.filter((job) => keys.has(jobKey(job))),
      )
    ).map(jobKey),
  );
  return open.filter((job) => unlike.has(jobKey(job)));
}

/** Whether one of the jobs that ran, and that nomad-pack was to stop, is stopped. */
async function hasStopped(client: NomadClient, { claim, before }: Baseline): Promise<boolean> {
  const ran = stoppedBy(claim).filter((job) => before.get(jobKey(job))?.stop === false);
  const now = await readExisting(client, ran);
  return ran.some((job) => now.get(jobKey(job))?.Stop === true);
}

/** Of the jobs that nomad-pack says it stopped, and that nobody foresaw, those that carry the deployment's name and were stopped since. */
async function findSurprises(
  client: NomadClient,
  settings: DeploymentSettings,
  claim: Claim,
  stopped: readonly string[],
): Promise<SurveyedJob[]> {
  const foreseen = new Set(stoppedBy(claim).map(({ id }) => id));
  const ids = new Set(stopped.filter((id) => !foreseen.has(id)));
  if (ids.size === 0) return [];
  const { jobs, children } = await surveyAll(client, settings.deploymentName);
  return [...jobs, ...children].filter(
    ({ id, stop, jobModifyIndex }) => ids.has(id) && stop && jobModifyIndex > claim.index,
  );
}

/** What nomad-pack did to others, who were not there yet when this step looked; undefined where all that it stopped was its own. */
export function findTrespass(
  settings: DeploymentSettings,
  jobs: readonly RenderedJob[],
  { surprises }: Registration,
): ActionError | undefined {
  // A job of the deployment may have launched another one meanwhile.
  const { here } = locateJobs(surprises, ownerOf(settings), namespacesOf(jobs));
  const others = surprises.filter((job) => !here.includes(job));
  if (others.length === 0) return undefined;
  return new ActionError(
    'would-stop-others',
    `nomad-pack stopped ${nameJobs(others)}, which carried the name ${settings.deploymentName} only after this step had looked.`,
    { hint: 'Find out who deploys under the same `deployment_name` at the same time, and start those jobs again.' },
  );
}

/**
 * The index that Nomad holds a reviewed registration against, so that nothing slips in between. nomad-pack takes one for all jobs of a
 * pack, and none for a job that is new.
 */
function guard(canCheck: boolean, jobs: readonly RenderedJob[], plan: PlanData): number | undefined {
  const [job] = jobs;
  if (!canCheck || jobs.length !== 1 || job === undefined) return undefined;
  const planned = plan.jobs.find(({ id, namespace }) => id === job.id && namespace === job.namespace);
  return planned === undefined || planned.basedOn === 0 ? undefined : planned.basedOn;
}
