import { ActionError, type FailureReason } from '../errors.ts';
import type { NomadClient } from '../nomad/client.ts';
import { jobKey } from '../nomad/jobs.ts';
import { concludeRollout, type RolloutOutcome } from '../nomad/rollout/outcome.ts';
import type { RenderedJob } from '../nomad/specification.ts';
import { jobUrl, overallStatus } from '../nomad/state.ts';
import { findSubmitted, NOT_THERE, NOTHING_CLAIMED, type SubmittedJob, snapshotVersions } from '../nomad/submission.ts';
import type { RunOutcome } from '../nomad-pack/cli.ts';
import type { Facts, JobState, Outcome, PlanData } from '../result.ts';
import type { DeploymentSettings } from '../settings/settings.ts';
import { follow } from './follow.ts';
import { goBack } from './go-back.ts';
import { withLastLook } from './last-look.ts';
import {
  changingVariables,
  compareVariables,
  findUnwritten,
  nameVariables,
  refuseForeignVariables,
  withVariables,
} from './nomad-variables.ts';
import { planData } from './plan.ts';
import { bothOf, type PackSettings, type PreparedPack, prepareWithNomad, withRegistry } from './prepare.ts';
import {
  type Baseline,
  findTrespass,
  type Registration,
  readBaseline,
  readRegistration,
  registerJobs,
} from './register.ts';
import { renderJobs } from './render-jobs.ts';
import { readStanding, type Standing } from './standing.ts';
import { type Claim, findOwn, namespacesOf, readClaim, readStates, refuseStrangers } from './survey.ts';
import type { Tools } from './tools.ts';
import { findOwnerless, verifyRegistered } from './verify.ts';

/**
 * Registers the pack's jobs and watches them to the end of their rollout. Green only when the versions that this step submitted are
 * the ones that run, and are healthy.
 *
 * @throws ActionError; what is known by then is in the record
 */
export async function deploy(settings: DeploymentSettings, tools: Tools): Promise<Outcome> {
  const pack = withRegistry(settings);
  const { log } = tools;
  const [prepared, client] = await prepareWithNomad(pack, tools);
  const jobs = await renderJobs(client, prepared, tools);
  const { claim, plan } = await log.phase(
    'Compare with the cluster',
    async () => await compare(client, prepared, pack, jobs, tools),
  );

  const standing = plan.changed ? undefined : await readStanding(client, claim, jobs);
  if (standing !== undefined) return { ...(await confirm(client, pack, tools, jobs, standing)), changed: false };

  const baseline = await readBaseline(client, pack, jobs, prepared.nomadPack, tools);
  const { before } = baseline;
  const look = {
    find: async (asked: NomadClient) => await findOwn(asked, pack, namespacesOf(jobs)),
    changes: { refs: [...jobs, ...before.values()], before },
    isWanted: ({ changed = false, jobs: states }: Facts) => changed && states === undefined,
  };
  return await withLastLook(
    client,
    tools,
    look,
    async () => await rollOut(client, prepared, pack, tools, { jobs, plan, ...baseline }),
  );
}

/** What the deploy is about: the jobs, and how things were before. */
interface Task extends Baseline {
  readonly jobs: readonly RenderedJob[];
  readonly plan: PlanData;
}

/** Refuses what may not be done; what would be done is known after that. */
async function compare(
  client: NomadClient,
  prepared: PreparedPack,
  settings: PackSettings,
  jobs: readonly RenderedJob[],
  tools: Tools,
): Promise<{ readonly claim: Claim; readonly plan: PlanData }> {
  const claim = await readClaim(client, settings, jobs, prepared.nomadPack);
  refuseStrangers(claim, settings);
  const variables = await compareVariables(client, settings, prepared, jobs);
  refuseForeignVariables(variables, settings);
  const { data } = await planData({ client, prepared, settings, jobs, claim }, tools);
  const plan = withVariables(data, variables, settings);
  tools.record.know({ planData: plan });
  const { digest } = settings.review;
  if (digest !== undefined && plan.digest !== digest) throw planChanged(plan, digest);
  return { claim, plan };
}

function planChanged({ jobs, digest }: PlanData, reviewed: string): ActionError {
  const changes = jobs
    .filter(({ action }) => action !== 'none')
    .map(({ id, namespace, action }) => `${action} ${id} (${namespace})`);
  return new ActionError(
    'plan-changed',
    `What a deploy would do now is not what was reviewed: it would ${changes.join(', ') || 'change nothing'}.\nThe plan’s digest is ${digest} now, \`plan_digest\` is ${reviewed}.`,
    {
      hint: 'The pack, a variable or the cluster has changed since the plan. Review the plan in this step’s summary, and deploy with its digest in `plan_digest`.',
    },
  );
}

/** The end of a deploy that has nothing to change: a rollout that goes on, of a deploy that was cancelled for example, is watched to its end. */
async function confirm(
  client: NomadClient,
  settings: PackSettings,
  tools: Tools,
  jobs: readonly RenderedJob[],
  { states, isRollingOut, isOpen }: Standing,
): Promise<RolloutOutcome> {
  const { log } = tools;
  const { wait } = settings.rollout;
  log.info(
    `Nothing to change: the same jobs are deployed already, and ${isRollingOut ? 'their rollout goes on' : 'are healthy'}.`,
  );
  if (!wait && isRollingOut) return { jobs: states, status: 'pending', health: 'unknown' };
  if (!wait || !isOpen) return { jobs: states, ...overallStatus(states) };
  const unchanged = await findSubmitted(client, jobs, await snapshotVersions(client, jobs), NOTHING_CLAIMED);
  return await follow(client, settings, tools, jobs, unchanged);
}

async function rollOut(
  client: NomadClient,
  prepared: PreparedPack,
  settings: PackSettings,
  tools: Tools,
  task: Task,
): Promise<Outcome> {
  const { log, record } = tools;
  const { jobs, plan } = task;
  const began = performance.now();
  // Until Nomad says what came of it: it may not answer any more.
  record.know({ changed: plan.changed });
  const run = await log.phase('Run nomad-pack', async () => await registerJobs(client, prepared, settings, task));
  const registration = await readRegistration(client, settings, jobs, task, run, plan);
  const { submitted } = registration;
  record.know({ changed: registration.changed });
  const registered = submitted.filter(({ change }) => change !== 'missing');
  log.info(`Registered: ${registered.map(describeSubmitted).join(', ') || 'nothing'}.`);
  const trespass = findTrespass(settings, jobs, registration);
  const variables = await checkVariables(client, prepared, plan);
  const failure = variables.failure ?? judgeRun(run, registration, tools);
  const changed = registration.changed || variables.changed;
  record.know({ changed });
  if (failure !== undefined && !changed) throw failure;

  // A job that is not there, though nomad-pack says that all went well, is a failure of its own.
  const followed = failure === undefined ? submitted : registered;
  const [outcome, deviation] = await bothOf(
    settings.rollout.wait
      ? follow(client, withTimeLeft(settings, performance.now() - began), tools, jobs, followed)
      : lookOnce(client, settings, followed),
    verifyRegistered(client, settings, registered, task, tools),
  );
  const verdict = deviation ?? outcome.failure ?? failure ?? trespass;
  if (deviation !== undefined && outcome.failure !== undefined) log.warning(outcome.failure.message);
  if (trespass !== undefined && verdict !== trespass) log.warning(`${trespass.message} ${trespass.hint}`);
  if (verdict === undefined) return { ...outcome, changed };
  const { wait, onFailure } = settings.rollout;
  const isRevertible = wait && onFailure === 'revert' && !FINAL.has(verdict.reason);
  const written = changingVariables(plan);
  if (isRevertible && written.length > 0)
    log.notice(`What the pack declares as Nomad variables is not taken back: ${nameVariables(written)}.`);
  if (!isRevertible) return { ...outcome, changed, failure: verdict };
  const back = await goBack(client, settings, tools, { ...task, submitted: registered, outcome, failure: verdict });
  return { ...back, changed };
}

/** `wait_timeout` is for all that follows the beginning of the registration, and what is left of it for the watch. */
function withTimeLeft(settings: PackSettings, elapsed: number): PackSettings {
  const timeout = Math.max(settings.rollout.timeout - elapsed, LEAST_WATCH);
  return { ...settings, rollout: { ...settings.rollout, timeout } };
}

/** Enough to see how the jobs are. Milliseconds. */
const LEAST_WATCH = 1_000;

/** Whether what the pack declares as Nomad variables is written; counts as a change where it was otherwise. */
async function checkVariables(
  client: NomadClient,
  prepared: PreparedPack,
  plan: PlanData,
): Promise<{ readonly changed: boolean; readonly failure?: ActionError }> {
  if (changingVariables(plan).length === 0) return { changed: false };
  const failure = await findUnwritten(client, prepared);
  return failure === undefined ? { changed: true } : { changed: false, failure };
}

/** Failures that going back would not mend: what runs is somebody else's, waits for a decision, or is well itself. */
const FINAL: ReadonlySet<FailureReason> = new Set(['superseded', 'awaiting-promotion', 'would-stop-others']);

/** Why the run has not done what it was to do; undefined where Nomad has what was asked for, whatever nomad-pack says. */
function judgeRun({ failure }: RunOutcome, { unmet }: Registration, { log }: Tools): ActionError | undefined {
  if (failure === undefined) {
    return unmet.length === 0 ? undefined : notRegistered(unmet);
  }
  if (unmet.length > 0 || failure.reason === 'nomad-variable') return failure;
  // Every job is registered, so what failed came after: the pack's outputs.tpl, or, before 0.4.2, the wait for the rollout, which is
  // watched here anyway.
  log.warning(`Every job is registered, though nomad-pack failed: ${failure.message}`);
  return undefined;
}

function notRegistered(left: readonly SubmittedJob[]): ActionError {
  const jobs = left
    .map(({ id, namespace, version, change }) => {
      return `${id} (${namespace}), which is ${change === 'missing' ? 'not there' : `at version ${version}`}`;
    })
    .join('; ');
  return new ActionError(
    'nomad-pack-failed',
    `nomad-pack ended without an error but did not register what the pack renders to: ${jobs}.`,
    { hint: 'Look at what nomad-pack printed, and at what else changes these jobs; then deploy again.' },
  );
}

function describeSubmitted({ id, namespace, version, change }: SubmittedJob): string {
  return `${id} (${namespace}) ${change === 'unchanged' ? 'unchanged, ' : ''}version ${version}`;
}

/** What there is of the jobs when they are not watched: of those that are there, only time would tell more. */
async function lookOnce(
  client: NomadClient,
  settings: PackSettings,
  submitted: readonly SubmittedJob[],
): Promise<RolloutOutcome> {
  const there = await readStates(client, settings, submitted);
  const found = new Set(there.map(jobKey));
  // No survey finds those that lost their metadata.
  const ownerless = new Set(findOwnerless(submitted, settings).filter(({ change }) => change !== 'missing'));
  const missing = submitted
    .filter((job) => !found.has(jobKey(job)))
    .map((job) => (ownerless.has(job) ? unseenState(client, job) : missingState(client, job)));
  const { failure } = concludeRollout([...there, ...missing], ({ id }) => id);
  return {
    jobs: [...there, ...missing],
    status: there.length === 0 ? 'absent' : 'pending',
    health: 'unknown',
    ...(failure !== undefined && { failure }),
  };
}

function unseenState(client: NomadClient, { id, namespace, type, version }: SubmittedJob): JobState {
  const url = jobUrl(client.settings.address, { id, namespace });
  return { id, namespace, type, status: 'unknown', health: 'unknown', version, groups: [], url };
}

function missingState(client: NomadClient, job: SubmittedJob): JobState {
  return {
    ...unseenState(client, job),
    status: 'absent',
    diagnosis: { cause: NOT_THERE, reason: 'stopped', events: [], log: '' },
  };
}
