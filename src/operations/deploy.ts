import { ActionError, type FailureReason } from '../errors.ts';
import type { NomadClient } from '../nomad/client.ts';
import { jobKey } from '../nomad/jobs.ts';
import { concludeRollout, type RolloutOutcome } from '../nomad/rollout/outcome.ts';
import type { RenderedJob } from '../nomad/specification.ts';
import { jobUrl, overallStatus, readJobStates } from '../nomad/state.ts';
import { findSubmitted, NOT_THERE, type SubmittedJob, snapshotVersions } from '../nomad/submission.ts';
import type { JobState, PlanData, Result } from '../result.ts';
import type { DeploymentSettings } from '../settings/settings.ts';
import { goBack } from './go-back.ts';
import { lookAfterCancel, lookAfterFailure } from './last-look.ts';
import { planData } from './plan.ts';
import { type PackSettings, type PreparedPack, prepareWithNomad, withRegistry } from './prepare.ts';
import { type Baseline, findTrespass, readBaseline, registerJobs } from './register.ts';
import { renderJobs } from './render-jobs.ts';
import { type Claim, findOwn, namespacesOf, readClaim, readStates, refuseStrangers } from './survey.ts';
import type { Tools } from './tools.ts';
import { watch } from './watch.ts';

/**
 * Registers the pack's jobs and watches them to the end of their rollout. Green only when the versions that this step submitted are
 * the ones that run, and are healthy.
 *
 * @throws ActionError; what is known by then is in the findings
 */
export async function deploy(settings: DeploymentSettings, tools: Tools): Promise<Result> {
  const pack = withRegistry(settings);
  const { log, findings } = tools;
  const [prepared, client] = await prepareWithNomad(pack, tools);
  const jobs = await renderJobs(client, prepared, tools);
  const claim = await log.phase('Compare with the cluster', async () => await compare(client, pack, jobs, tools));

  const standing = await whenNothingToDo(client, claim, jobs, tools);
  if (standing !== undefined) {
    log.info('Nothing to change: the same jobs are deployed already, and are healthy.');
    findings.changed = false;
    if (!isToEnd(standing, pack)) return conclude(tools, { jobs: standing, ...overallStatus(standing) });
    const unchanged = await findSubmitted(client, jobs, await snapshotVersions(client, jobs), []);
    return conclude(tools, await watch(client, unchanged, pack, tools));
  }

  const baseline = await readBaseline(client, pack, jobs, tools);
  try {
    return await rollOut(client, prepared, pack, tools, { jobs, ...baseline });
  } catch (error) {
    const { before } = baseline;
    const find = async (asked: NomadClient) => await findOwn(asked, pack, namespacesOf(jobs));
    const changes = { refs: [...jobs, ...before.values()], before };
    if (tools.signal.aborted) await lookAfterCancel(tools, { find, changes });
    else if (findings.changed && findings.jobs === undefined) await lookAfterFailure(tools, client, { find });
    throw error;
  }
}

/** What the deploy is about: the jobs, and how things were before. */
interface Task extends Baseline {
  readonly jobs: readonly RenderedJob[];
}

/** Refuses what may not be done; what would be done is in the findings after that. */
async function compare(
  client: NomadClient,
  settings: PackSettings,
  jobs: readonly RenderedJob[],
  tools: Tools,
): Promise<Claim> {
  const claim = await readClaim(client, settings, jobs);
  refuseStrangers(claim, settings);
  const plan = await planData(client, settings, jobs, claim, tools);
  tools.findings.planData = plan;
  const { digest } = settings.review;
  if (digest !== undefined && plan.digest !== digest) throw planChanged(plan, digest);
  return claim;
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

/**
 * The jobs' states, where running the pack again would change nothing that is not well already. It is not run then: an unchanged `run`
 * would stop the children of periodic and parameterized jobs.
 */
async function whenNothingToDo(
  client: NomadClient,
  claim: Claim,
  jobs: readonly RenderedJob[],
  { findings }: Tools,
): Promise<JobState[] | undefined> {
  const changes = findings.planData?.jobs.filter(({ action }) => action !== 'none') ?? [];
  const children = new Set(claim.children.map(jobKey));
  if (changes.some((change) => !children.has(jobKey(change)))) return undefined;
  const rendered = new Set(jobs.map(jobKey));
  const states = await readJobStates(
    client,
    claim.present.filter((job) => rendered.has(jobKey(job))),
  );
  const well = states.length === jobs.length && states.every(({ health }) => health === 'healthy');
  return well ? states : undefined;
}

/** Whether a batch job still runs whose end is to be waited for. */
function isToEnd(states: readonly JobState[], { rollout }: PackSettings): boolean {
  const waits = rollout.wait && rollout.waitFor === 'complete';
  return waits && states.some(({ type, status }) => /^(sys)?batch$/.test(type) && status !== 'complete');
}

async function rollOut(
  client: NomadClient,
  prepared: PreparedPack,
  settings: PackSettings,
  tools: Tools,
  task: Task,
): Promise<Result> {
  const { log, findings } = tools;
  const { jobs, before } = task;
  const run = await log.phase(
    'Run nomad-pack',
    async () => await registerJobs(client, prepared, settings, task, tools),
  );
  // What is known until Nomad tells more: it may not answer any more.
  const hasWorked = run.failure === undefined || run.evaluations.length > 0 || run.stopped.length > 0;
  findings.changed = hasWorked && findings.planData?.changed === true;
  const submitted = await findSubmitted(client, jobs, before, run.evaluations);
  const registered = submitted.filter(({ change }) => change !== 'missing');
  findings.changed = run.stopped.length > 0 || registered.some(({ change }) => change !== 'unchanged');
  log.info(`Registered: ${registered.map(describeSubmitted).join(', ') || 'nothing'}.`);
  const trespass = await findTrespass(client, settings, jobs, task, run.stopped);
  const failure = run.failure && judgeRun(run.failure, submitted, tools);
  if (failure !== undefined && !findings.changed) throw failure;

  // A job that is not there, though nomad-pack says that all went well, is a failure of its own.
  const followed = failure === undefined ? submitted : registered;
  const outcome = settings.rollout.wait
    ? await watch(client, followed, settings, tools)
    : await lookOnce(client, settings, followed);
  const verdict = outcome.failure ?? failure ?? trespass;
  if (trespass !== undefined && verdict !== trespass) log.warning(`${trespass.message} ${trespass.hint}`);
  if (verdict === undefined) return conclude(tools, outcome);
  const { wait, onFailure } = settings.rollout;
  const isRevertible = wait && onFailure === 'revert' && !FINAL.has(verdict.reason);
  return conclude(
    tools,
    isRevertible
      ? await goBack(client, settings, tools, { ...task, submitted: registered, outcome, failure: verdict })
      : { ...outcome, failure: verdict },
  );
}

/** Failures that going back would not mend: what runs is somebody else's, waits for a decision, or is well itself. */
const FINAL: ReadonlySet<FailureReason> = new Set(['superseded', 'awaiting-promotion', 'would-stop-others']);

/** Jobs whose plan foresaw a change that did not come about. */
function judgeRun(
  failure: ActionError,
  submitted: readonly SubmittedJob[],
  { log, findings }: Tools,
): ActionError | undefined {
  const planned = new Map((findings.planData?.jobs ?? []).map((change) => [jobKey(change), change.action]));
  const left = submitted.filter(
    (job) => job.change === 'missing' || (job.change === 'unchanged' && planned.get(jobKey(job)) !== 'none'),
  );
  if (left.length > 0) return failure;
  // Every job is registered, so what failed came after: the pack's outputs.tpl, or, before 0.4.2, the wait for the rollout, which is
  // watched here anyway.
  log.warning(`nomad-pack registered every job and failed after that: ${failure.message}`);
  return undefined;
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
  const missing = submitted.filter((job) => !found.has(jobKey(job))).map((job) => missingState(client, job));
  const { failure } = concludeRollout([...there, ...missing], ({ id }) => id);
  return {
    jobs: [...there, ...missing],
    status: there.length === 0 ? 'absent' : 'pending',
    health: 'unknown',
    ...(failure !== undefined && { failure }),
  };
}

function missingState(client: NomadClient, { id, namespace, type, version }: SubmittedJob): JobState {
  return {
    id,
    namespace,
    type,
    status: 'absent',
    health: 'unknown',
    version,
    groups: [],
    url: jobUrl(client.settings.address, { id, namespace }),
    diagnosis: { cause: NOT_THERE, reason: 'stopped', events: [], log: '' },
  };
}

function conclude({ findings }: Tools, { jobs, status, health, failure }: RolloutOutcome): Result {
  findings.jobs = jobs;
  return {
    ...findings,
    operation: 'deploy',
    status,
    health,
    changed: findings.changed ?? false,
    jobs,
    ...(failure !== undefined && { failure }),
  };
}
