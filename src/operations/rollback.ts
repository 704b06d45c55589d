import { type Deployment, nameJobs } from '../deployment/deployment.ts';
import { type JobHistory, planRollback, type RollbackPlan, readHistories } from '../deployment/rollback.ts';
import { lookOnce } from '../deployment/unwatched.ts';
import { ActionError } from '../errors.ts';
import type { Job, JobRef } from '../nomad/api.ts';
import { changesOf, type Disclosure } from '../nomad/diff.ts';
import { describePlans, planJobs } from '../nomad/dry-run.ts';
import { jobKey } from '../nomad/jobs.ts';
import { planDigest } from '../nomad/plan-digest.ts';
import { type Reverted, rollBackJobs } from '../nomad/revert.ts';
import type { RolloutOutcome } from '../nomad/rollout/outcome.ts';
import { unusualKey } from '../nomad/secret-places.ts';
import { overallStatus } from '../nomad/state.ts';
import { findSubmitted, NOTHING_CLAIMED } from '../nomad/submission.ts';
import type { JobChange, Outcome, PlanData } from '../result.ts';
import { watchWayBack } from './canaries.ts';
import { withLastLook } from './last-look.ts';
import { findNamespaces } from './namespaces.ts';
import { planChanged, stopOf } from './plan.ts';
import { searchFor } from './render-jobs.ts';
import type { Tools } from './tools.ts';
import { leaveTraces, traceOfStep, wentBack } from './trace.ts';

/**
 * Takes the deployment back to how it was before the last deploy, or where `rollback_to` says, as one unit, and watches it to its end. With
 * `dry_run` it only says what it would do.
 *
 * @throws ActionError; what is known by then is in the record
 */
export async function rollback(deployment: Deployment, tools: Tools): Promise<Outcome> {
  const { log, record } = tools;
  const { to, dryRun } = deployment.settings.rollback;
  const histories = await log.phase('Look for the deployment', async () => await findHistories(deployment, tools));
  const { plan, planData } = await log.phase('Compare with the cluster', async () => {
    const found = planRollback(histories, to);
    return { plan: found, planData: await describeRollback(deployment, tools, found) };
  });
  record.know({ planData });
  const { digest } = deployment.settings.review;
  if (digest !== undefined && planData.digest !== digest) throw planChanged(planData, digest, 'a rollback');
  if (dryRun) {
    record.know({ isDryRun: true });
    const states = await deployment.statesOf(histories);
    return { ...overallStatus(states), changed: planData.changed, jobs: states };
  }
  const refs = histories.map(({ id, namespace }) => ({ id, namespace }));
  const look = {
    find: async (asked: Deployment) => await findAmong(asked, refs),
    changes: { refs, before: await deployment.snapshot(refs) },
  };
  return await withLastLook(deployment, tools, look, async () => await carryOut(deployment, tools, plan));
}

/**
 * The deployment's jobs, those too that were stopped, and their versions.
 *
 * @throws ActionError `no-earlier-version` where there are none
 */
async function findHistories(deployment: Deployment, tools: Tools): Promise<JobHistory[]> {
  const { jobs } = await deployment.survey();
  const { names } = await findNamespaces(deployment, tools, jobs, searchFor(deployment, tools));
  const { here, elsewhere } = deployment.locate(jobs, names);
  const histories = await readHistories(deployment, here);
  if (histories.length > 0) return histories;
  await deployment.requireNamespace();
  const { deploymentName, packName } = deployment.owner;
  throw new ActionError(
    'no-earlier-version',
    `There is nothing to go back to: nothing is there of the deployment ${deploymentName} of pack ${packName}.`,
    {
      hint:
        elsewhere.length === 0
          ? 'Check `deployment_name`, `pack` and `nomad_namespace`. What was destroyed cannot go back: deploy it again.'
          : `The same pack runs under the same name elsewhere: ${nameJobs(elsewhere)}. Set \`nomad_namespace\` to roll back there.`,
    },
  );
}

async function findAmong(deployment: Deployment, refs: readonly JobRef[]) {
  const keys = new Set(refs.map(jobKey));
  return (await deployment.survey()).jobs.filter((job) => keys.has(jobKey(job)));
}

/** What of a difference shows without knowing the secrets of both versions: that it is another version of the pack, and counts. */
const NEVER_SECRET = /^Meta\[pack\.|(?:^| > )Count$|^Stop$/;

/** What the rollback would do, as Nomad foresees it. Nobody knows which values of an older version are secret: they are not shown. */
async function describeRollback(
  deployment: Deployment,
  { secrets }: Tools,
  { moves, stays }: RollbackPlan,
): Promise<PlanData> {
  const targets = moves.flatMap(({ target }) => (target === undefined ? [] : [specified(target)]));
  const plans = await planJobs(await deployment.client(), targets);
  for (const { planned } of plans) {
    for (const { path } of planned.Diff === null ? [] : changesOf(planned.Diff)) {
      const key = unusualKey(path);
      if (key !== undefined) secrets.add('key of another version', key.name);
    }
  }
  const isSecret = ({ path }: ReturnType<typeof changesOf>[number]) => !NEVER_SECRET.test(path);
  const disclosure: Disclosure = {
    redact: (text) => secrets.redact(text),
    hidesOld: isSecret,
    hidesNew: isSecret,
  };
  const jobs: JobChange[] = [
    ...describePlans(plans, () => disclosure),
    ...moves.flatMap(({ current, target }) => (target === undefined ? [stopOf(refOf(current))] : [])),
    ...stays.map((job) => ({ ...stopOf(refOf(job)), action: 'none' as const, basedOn: job.JobModifyIndex })),
  ];
  return {
    jobs,
    changed: moves.length > 0,
    digest: planDigest(jobs),
    versionChanges: moves.flatMap(({ current, target }) =>
      target === undefined ? [] : [`${current.ID} version ${current.Version} → ${target.Version}`],
    ),
    refusals: [],
  };
}

/** An older version, as a job that is to be registered. */
function specified(job: Job) {
  const { id, namespace } = refOf(job);
  return { id, namespace, file: `version ${job.Version}`, specification: { ...job, Stop: false } };
}

function refOf({ ID, Namespace }: Job): JobRef {
  return { id: ID, namespace: Namespace };
}

/** Takes the jobs back, and watches them and those that stay. */
export async function carryOut(deployment: Deployment, tools: Tools, plan: RollbackPlan): Promise<Outcome> {
  const { log, record } = tools;
  const client = await deployment.client();
  const changed = plan.moves.length > 0;
  if (!changed) log.info('Nothing to change: every job is at that version already.');
  // Until Nomad says what came of it: it may not answer any more.
  record.know({ changed });
  const done = await log.phase('Go back', async () => await rollBackJobs(client, plan.moves, deployment.owner));
  for (const action of done.actions) log.notice(action);
  await traceRollback(deployment, tools, plan, done);
  if (done.failure !== undefined) throw done.failure;
  const stays = plan.stays.map(refOf);
  const staying = await findSubmitted(client, stays, await deployment.snapshot(stays), NOTHING_CLAIMED);
  const submitted = [...done.watch, ...staying];
  const outcome = deployment.settings.rollout.wait
    ? await watchWayBack(deployment, tools, submitted, { phase: 'Watch the rollout' })
    : await lookOnce(deployment, submitted);
  return await withStopped(deployment, outcome, done, changed);
}

async function withStopped(
  deployment: Deployment,
  { jobs, status, health, failure }: RolloutOutcome,
  { stopped }: Reverted,
  changed: boolean,
): Promise<Outcome> {
  const all = [...jobs, ...(await deployment.statesOf(stopped))];
  return { jobs: all, status, health, changed, ...(failure !== undefined && { failure }) };
}

/** The versions come from where those came from that they went back to. */
async function traceRollback(
  deployment: Deployment,
  tools: Tools,
  { undoes }: RollbackPlan,
  done: Reverted,
): Promise<void> {
  const step = traceOfStep(tools, undefined);
  const stopped = await deployment.existing(done.stopped);
  await leaveTraces(deployment, tools, [
    ...[...stopped.values()].map((job) => ({
      ...refOf(job),
      version: job.Version,
      trace: { ...step, ...(undoes !== undefined && { undoes }) },
    })),
    ...wentBack(tools, done.watch).map((one) => ({
      ...one,
      trace: { ...one.trace, ...(undoes !== undefined && { undoes }) },
    })),
  ]);
}
