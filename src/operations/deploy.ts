import type { Claim } from '../deployment/claim.ts';
import { type Deployment, namespacesOf } from '../deployment/deployment.ts';
import { findTrespass, type Registration, readRegistration, type Task } from '../deployment/registration.ts';
import { readStanding, type Standing } from '../deployment/standing.ts';
import { lookOnce } from '../deployment/unwatched.ts';
import {
  changingVariables,
  compareVariables,
  findUnwritten,
  nameVariables,
  refuseForeignVariables,
  withVariables,
} from '../deployment/variables.ts';
import { verifyRegistered } from '../deployment/verification.ts';
import { ActionError, type FailureReason } from '../errors.ts';
import { leavesAlone } from '../nomad/dry-run.ts';
import { jobKey } from '../nomad/jobs.ts';
import type { RolloutOutcome } from '../nomad/rollout/outcome.ts';
import type { RenderedJob } from '../nomad/specification.ts';
import { overallStatus } from '../nomad/state.ts';
import { findSubmitted, NOTHING_CLAIMED, type SubmittedJob } from '../nomad/submission.ts';
import { WRITE_PATIENCE } from '../nomad/write.ts';
import type { RunOutcome } from '../nomad-pack/cli.ts';
import type { Facts, Outcome, PlanData } from '../result.ts';
import { follow } from './follow.ts';
import { type Failed, goBack } from './go-back.ts';
import { withLastLook } from './last-look.ts';
import { hasDifferences, planChanged, planData } from './plan.ts';
import { bothOf, type PreparedPack, prepareWithNomad } from './prepare.ts';
import { redeploy } from './redeploy.ts';
import { readBaseline, registerJobs } from './register.ts';
import { renderJobs } from './render-jobs.ts';
import { sayWhatStays, sayWhatStopped } from './say.ts';
import type { Tools } from './tools.ts';
import { traceDeploy, withoutTraces } from './trace.ts';
import { withinTime } from './within-time.ts';

/**
 * Registers the pack's jobs and watches them to the end of their rollout. Green only when the versions that this step submitted are
 * the ones that run, and are healthy.
 *
 * @throws ActionError; what is known by then is in the record
 */
export async function deploy(deployment: Deployment, tools: Tools): Promise<Outcome> {
  const prepared = await prepareWithNomad(deployment, tools);
  const jobs = await renderJobs(deployment, prepared, tools);
  const { claim, plan } = await tools.log.phase(
    'Compare with the cluster',
    async () => await compare(deployment, tools, prepared, jobs),
  );

  const unchanged = plan.jobs.filter(leavesAlone);
  const isRedeploy = unchanged.some(({ action }) => action === 'redeploy');
  if (isRedeploy && !hasDifferences(plan)) return await redeployAll(deployment, tools, jobs);
  const standing = plan.changed ? undefined : await readStanding(deployment, claim, jobs);
  if (standing !== undefined) return { ...(await confirm(deployment, tools, jobs, standing)), changed: false };

  const baseline = await readBaseline(deployment, prepared, jobs, tools);
  const { before } = baseline;
  const look = {
    find: async (asked: Deployment) => await asked.findOwn(namespacesOf(jobs)),
    changes: { refs: [...jobs, ...before.values()], before },
    isWanted: ({ changed = false, jobs: states }: Facts) => changed && states === undefined,
  };
  return await withLastLook(deployment, tools, look, async () => {
    const outcome = await rollOut(deployment, tools, prepared, { jobs, plan, ...baseline });
    if (!isRedeploy || outcome.failure !== undefined) return outcome;
    const redeployed = await redeploy(deployment, tools, unchanged);
    const states = new Map([...outcome.jobs, ...redeployed.jobs].map((job) => [jobKey(job), job]));
    const all = [...states.values()];
    return { ...redeployed, ...overallStatus(all), jobs: all, changed: outcome.changed || redeployed.changed };
  });
}

/** A deploy that has nothing to change but is to give every job new allocations. nomad-pack is not run: it would not do so. */
async function redeployAll(deployment: Deployment, tools: Tools, jobs: readonly RenderedJob[]): Promise<Outcome> {
  const look = {
    find: async (asked: Deployment) => await asked.findOwn(namespacesOf(jobs)),
    isWanted: ({ changed = false, jobs: states }: Facts) => changed && states === undefined,
  };
  return await withLastLook(deployment, tools, look, async () => await redeploy(deployment, tools, jobs));
}

/** Refuses what may not be done; what would be done is known after that. */
async function compare(
  deployment: Deployment,
  tools: Tools,
  prepared: PreparedPack,
  jobs: readonly RenderedJob[],
): Promise<{ readonly claim: Claim; readonly plan: PlanData }> {
  const { nomadPack, target } = prepared;
  const claim = await deployment.claim(jobs, await nomadPack.reach());
  deployment.refuseStrangers(claim);
  const [kindFault] = deployment.kindFaults(jobs, claim);
  if (kindFault !== undefined) throw kindFault;
  const variables = await compareVariables(deployment, await nomadPack.nomadVariables(target), jobs);
  refuseForeignVariables(deployment, variables);
  const { data } = await planData({ deployment, prepared, jobs, claim }, tools);
  const plan = withVariables(deployment, data, variables);
  sayWhatStays(deployment, claim, plan, tools);
  tools.record.know({ planData: plan });
  const { digest } = deployment.settings.review;
  if (digest !== undefined && plan.digest !== digest) throw planChanged(plan, digest);
  return { claim, plan };
}

/** The end of a deploy that has nothing to change: a rollout that goes on, of a deploy that was cancelled for example, is watched to its end. */
async function confirm(
  deployment: Deployment,
  tools: Tools,
  jobs: readonly RenderedJob[],
  { states, isRollingOut, isOpen }: Standing,
): Promise<RolloutOutcome> {
  const { wait } = deployment.settings.rollout;
  tools.log.info(
    `Nothing to change: the same jobs are deployed already, and ${isRollingOut ? 'their rollout goes on' : 'are healthy'}.`,
  );
  if (!wait && isRollingOut) return { jobs: states, status: 'pending', health: 'unknown' };
  if (!wait || !isOpen) return { jobs: states, ...overallStatus(states) };
  const before = await deployment.snapshot(jobs);
  const unchanged = await findSubmitted(await deployment.client(), jobs, before, NOTHING_CLAIMED);
  return await follow(deployment, tools, jobs, unchanged);
}

async function rollOut(deployment: Deployment, tools: Tools, prepared: PreparedPack, task: Task): Promise<Outcome> {
  const { log, record } = tools;
  const { wait, timeout } = deployment.settings.rollout;
  const began = performance.now();
  // `wait_timeout` is for all that follows the beginning of the registration.
  const timeLeft = () => timeout - (performance.now() - began);
  const inTime = async <Answer>(question: Promise<Answer>) =>
    await withinTime(question, Math.max(timeLeft(), WRITE_PATIENCE), 'what came of the registration');
  const { run, registration } = await withoutTraces(deployment, tools, task, async (lifted) => {
    // Until Nomad says what came of it: it may not answer any more.
    record.know({ changed: task.plan.changed });
    const run = await log.phase(
      'Run nomad-pack',
      async () => await registerJobs(deployment, prepared, task),
      ({ failure }) => failure === undefined,
    );
    sayWhatStopped(run, task.claim, tools);
    const registration = await inTime(readRegistration(deployment, task, run));
    record.know({ changed: registration.changed });
    await traceDeploy(deployment, tools, task, registration, { lifted, commit: prepared.commit });
    return { run, registration };
  });
  const registered = registration.submitted.filter(({ change }) => change !== 'missing');
  log.info(`Registered: ${registered.map(describeSubmitted).join(', ') || 'nothing'}.`);
  const variables = await inTime(checkVariables(deployment, prepared, task.plan));
  const failure = variables.failure ?? judgeRun(run, registration, tools);
  const changed = registration.changed || variables.changed;
  record.know({ changed });
  if (failure !== undefined && !changed) throw failure;

  // A job that is not there, though nomad-pack says that all went well, is a failure of its own.
  const followed = failure === undefined ? registration.submitted : registered;
  const [outcome, deviation] = await bothOf(
    wait
      ? follow(deployment, tools, task.jobs, followed, Math.max(timeLeft(), LEAST_WATCH))
      : inTime(lookOnce(deployment, followed)),
    inTime(verifyRegistered(deployment, registered, task, (text) => tools.secrets.redact(text))),
  );
  const trespass = findTrespass(deployment, task, registration);
  const verdict = deviation ?? outcome.failure ?? failure ?? trespass;
  if (deviation !== undefined && outcome.failure !== undefined) log.warning(outcome.failure.message);
  if (trespass !== undefined && verdict !== trespass) log.warning(`${trespass.message} ${trespass.hint}`);
  if (verdict === undefined) return { ...outcome, changed };
  const failed = { ...task, submitted: registered, outcome, failure: verdict };
  return { ...(await endBadly(deployment, tools, failed)), changed };
}

/** The end of a deploy that failed: its jobs stay, or go back where the settings ask for that. */
async function endBadly(deployment: Deployment, tools: Tools, failed: Failed & Task): Promise<RolloutOutcome> {
  const { outcome, failure, plan } = failed;
  const { wait, onFailure } = deployment.settings.rollout;
  if (!wait || onFailure !== 'revert' || FINAL.has(failure.reason)) return { ...outcome, failure };
  const written = changingVariables(plan);
  if (written.length > 0)
    tools.log.notice(`What the pack declares as Nomad variables is not taken back: ${nameVariables(written)}.`);
  return await goBack(deployment, tools, failed);
}

/** Enough to see how the jobs are. Milliseconds. */
const LEAST_WATCH = 1_000;

/** Whether what the pack declares as Nomad variables is written; counts as a change where it was otherwise. */
async function checkVariables(
  deployment: Deployment,
  { nomadPack, target }: PreparedPack,
  plan: PlanData,
): Promise<{ readonly changed: boolean; readonly failure?: ActionError }> {
  if (changingVariables(plan).length === 0) return { changed: false };
  const failure = await findUnwritten(deployment, await nomadPack.nomadVariables(target));
  return failure === undefined ? { changed: true } : { changed: false, failure };
}

/** Failures that going back would not fix: what runs is somebody else's, waits for a decision, or is well itself. */
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
