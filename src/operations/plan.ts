import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Claim } from '../deployment/claim.ts';
import { type Deployment, namespacesOf } from '../deployment/deployment.ts';
import { readStanding } from '../deployment/standing.ts';
import { changingVariables, compareVariables, nameVariables, withVariables } from '../deployment/variables.ts';
import { ActionError } from '../errors.ts';
import type { JobRef } from '../nomad/api.ts';
import { type Change, changesOf, type Disclosure } from '../nomad/diff.ts';
import { describePlans, leavesAlone, type PlannedJob, redeployed } from '../nomad/dry-run.ts';
import { jobKey } from '../nomad/jobs.ts';
import { planDigest } from '../nomad/plan-digest.ts';
import { SecretPlaces, unusualKey } from '../nomad/secret-places.ts';
import type { RenderedJob } from '../nomad/specification.ts';
import { overallStatus } from '../nomad/state.ts';
import { SECRET_NAME } from '../nomad-pack/cache.ts';
import { withoutValues } from '../nomad-pack/plan-output.ts';
import { inGo } from '../report/encodings.ts';
import { visible } from '../report/foreign.ts';
import type { JobChange, Outcome, PlanData } from '../result.ts';
import { makeOutputFolder } from './output-folder.ts';
import { type PreparedPack, prepareWithNomad } from './prepare.ts';
import { findSecretPlaces } from './probe.ts';
import { renderJobs } from './render-jobs.ts';
import { sayWhatIsAdopted, sayWhatStays } from './say.ts';
import type { SecretKeeper, Tools } from './tools.ts';

/** What a deploy would change, as text and as data, and what it would stop. Changes nothing. */
export async function plan(deployment: Deployment, tools: Tools): Promise<Outcome> {
  const { log, record, secrets } = tools;
  const prepared = await prepareWithNomad(deployment, tools);
  const { nomadPack, target } = prepared;
  const jobs = await renderJobs(deployment, prepared, tools);
  const { data, words, claim } = await log.phase('Plan', async () => {
    const claim = await deployment.claim(jobs, await nomadPack.reach());
    sayWhatIsAdopted(claim, tools);
    const variables = await compareVariables(deployment, await nomadPack.nomadVariables(target), jobs);
    const found = await planData({ deployment, prepared, jobs, claim }, tools);
    // It would show the job of the others that this one has the id of.
    const isRefused = refusedJobs(deployment, claim).size > 0;
    const planned = withVariables(deployment, found.data, variables);
    const shared = sharedFaults(jobs, tools);
    sayWhatStays(deployment, claim, planned, tools);
    return {
      data: {
        ...planned,
        refusals: [...planned.refusals, ...shared.map(({ message }) => message)],
        advice: [...(planned.advice ?? []), ...shared.map(({ hint }) => hint)],
      },
      words: isRefused ? undefined : visible(secrets.redact(await sayPlan(prepared, claim, found.hidden))),
      claim,
    };
  });
  record.know({ planData: data, changed: data.changed });
  if (words !== undefined) {
    record.know({ plan: words });
    record.know({ planFile: await keepPlan(words, tools) });
  }

  const states = await deployment.states(deployment.locate(claim.present, namespacesOf(jobs)).here);
  const unknown = runningStrangers(claim, states.length > 0).map(() => UNKNOWN);
  return {
    ...overallStatus([...states, ...unknown]),
    changed: data.changed,
    jobs: states,
    ...findDrift(deployment, data),
  };
}

/** What is true of a job of which nobody can say whether it is the deployment's. */
const UNKNOWN = { status: 'unknown', health: 'unknown' } as const;

/**
 * Jobs that run under the ids of the pack's and are not the deployment's, though they may have been.
 *
 * @param isKnown whether something is there that is; then only jobs without an owner may be a part of it
 */
function runningStrangers({ conflicts, adopted, existing }: Claim, isKnown: boolean): readonly JobRef[] {
  return [...conflicts, ...adopted]
    .filter(({ deploymentName }) => !isKnown || deploymentName === undefined)
    .filter((job) => existing.get(jobKey(job))?.Stop === false);
}

/** Why a deploy would be refused jobs that another deployment of the step has, too. */
function sharedFaults(jobs: readonly JobRef[], tools: Tools): ActionError[] {
  try {
    tools.reserve(jobs);
    return [];
  } catch (error) {
    if (!(error instanceof ActionError)) throw error;
    return [error];
  }
}

/** What is wrong with a plan that finds differences where `fail_on_changes` is set. */
export function findDrift({ settings }: Deployment, data: PlanData): Pick<Outcome, 'failure'> {
  return settings.review.failOnChanges && hasDifferences(data) ? { failure: drift(data) } : {};
}

/** Whether the cluster differs from what the pack says. To redeploy is a change, too, but no such difference. */
export function hasDifferences(data: PlanData): boolean {
  return !data.jobs.every(leavesAlone) || changingVariables(data).length > 0;
}

/** nomad-pack's own words on what would change, without the values that are not to be seen. */
async function sayPlan(
  { nomadPack, target }: PreparedPack,
  { adopted }: Claim,
  hidden: ReadonlySet<string>,
): Promise<string> {
  return await nomadPack.plan(target, withoutValues(hidden, goLiteral), { override: adopted.length > 0 });
}

export interface PlanSubject {
  readonly deployment: Deployment;
  readonly prepared: PreparedPack;
  readonly jobs: readonly RenderedJob[];
  readonly claim: Claim;
}

/** What a deploy of the jobs would do, as data that two plans can be compared by, and the values that are not to be seen. */
export async function planData(
  subject: PlanSubject,
  tools: Tools,
): Promise<{ readonly data: PlanData; readonly hidden: ReadonlySet<string> }> {
  const { deployment, jobs, claim } = subject;
  const plans = await deployment.plan(jobs, claim.existing);
  const { disclosures, hidden } = await disclose(plans, subject, tools);
  const planned: JobChange[] = [
    ...describePlans(plans, (job) => disclosures.get(jobKey(job))),
    ...[...claim.stops, ...claim.foreign.filter(({ effect }) => effect === 'stop')].map(stopOf),
  ];
  // What was launched is stopped only where there is a reason to run nomad-pack at all.
  const runs =
    claim.children.length > 0 &&
    (planned.some(({ action }) => action !== 'none') || (await readStanding(deployment, claim, jobs)) === undefined);
  const registered = runs ? [...planned, ...claim.children.map(stopOf)] : planned;
  const changes = deployment.settings.rollout.redeploy
    ? registered.map((one) => redeployed(one, claim.existing.get(jobKey(one))))
    : registered;
  const faults = [...deployment.faultsOf(claim), ...deployment.kindFaults(jobs, claim)];
  const data = {
    jobs: changes,
    changed: changes.some(({ action }) => action !== 'none'),
    digest: planDigest(changes),
    versionChanges: versionChanges(deployment, claim),
    refusals: faults.flatMap(({ message }) => message.split('\n')),
    advice: faults.map(({ hint }) => hint),
  };
  return { data, hidden };
}

/** The jobs, by `jobKey`, that a deploy would be refused over because others have them: what is in those is not for everybody. */
function refusedJobs({ settings }: Deployment, { conflicts, foreign }: Claim): ReadonlySet<string> {
  const replaced = settings.rollout.allowReplace ? [] : foreign.filter(({ effect }) => effect === 'replace');
  return new Set([...conflicts, ...replaced].map(jobKey));
}

/**
 * What may be shown of each job's differences, by `jobKey`; nothing of the jobs of others. The secrets that stood where the new ones
 * stand are secrets from now on.
 */
async function disclose(
  plans: readonly PlannedJob[],
  subject: PlanSubject,
  tools: Tools,
): Promise<{ readonly disclosures: ReadonlyMap<string, Disclosure>; readonly hidden: ReadonlySet<string> }> {
  const { deployment, prepared, claim } = subject;
  const { secrets } = tools;
  const refused = refusedJobs(deployment, claim);
  const replaced = new Set(claim.foreign.map(jobKey));
  const shown = plans.filter(({ job }) => !refused.has(jobKey(job)));
  const places = await findSecretPlaces(shown, { deployment, prepared, existing: claim.existing }, tools);
  const hasSecrets = Object.values(tools.secretVariables).some((value) => value !== '');
  const disclosures = new Map<string, Disclosure>();
  const hidden = new Set<string>();
  for (const { job, planned } of shown) {
    // What another pack put there is known to nobody here.
    const known = replaced.has(jobKey(job)) ? undefined : places;
    const secretPlaces = known?.get(jobKey(job)) ?? SecretPlaces.none;
    const disclosure: Disclosure = {
      redact: (text) => secrets.redact(text),
      hidesOld: (change) => known === undefined || secretPlaces.has(change) || mayHoldSecret(change),
      hidesNew: (change) => hasSecrets && secretPlaces.has(change) && isUntouched(change.field.New, secrets),
    };
    disclosures.set(jobKey(job), disclosure);
    for (const change of planned.Diff === null ? [] : changesOf(planned.Diff)) {
      // Where nobody knows the places, a key may have been a secret as well as a value.
      const key = known === undefined && change.field.Type === 'Deleted' ? unusualKey(change.path)?.name : undefined;
      const olds = key === undefined ? secretPlaces.oldSecrets(change) : [key];
      for (const old of olds) secrets.add('old value of a secret', old);
    }
  }
  // Once they all are known: to look for others takes new preparation.
  for (const { job, planned } of shown) {
    for (const change of planned.Diff === null ? [] : changesOf(planned.Diff)) {
      const disclosure = disclosures.get(jobKey(job));
      if (disclosure?.hidesOld(change)) hidden.add(change.field.Old);
      if (disclosure?.hidesNew(change)) hidden.add(change.field.New);
    }
  }
  hidden.delete('');
  return { disclosures, hidden };
}

/** Whether nothing in a value that comes of a secret is recognised as one: it is computed, or too short. */
function isUntouched(value: string, secrets: SecretKeeper): boolean {
  return value !== '' && secrets.redact(value) === value;
}

/** A value that was removed, or that looks like a credential, may be a secret that no input names any longer. */
function mayHoldSecret({ path, field }: Change): boolean {
  if (/^(?:true|false|\d{0,5})$/.test(field.Old)) return false;
  const name = path.split(' > ').at(-1) ?? '';
  return field.Type === 'Deleted' || SECRET_NAME.test(name) || /:\/\/[^/\s]*:[^/\s]*@/.test(field.Old);
}

function goLiteral(text: string): string {
  return `"${inGo(text)}"`;
}

export function stopOf({ id, namespace }: JobRef): JobChange {
  return { id, namespace, action: 'stop', groups: [], placementFailures: [], basedOn: 0, diff: [], fields: [] };
}

/** From which ref to which the deployment goes; nothing for one that is new or stays. */
function versionChanges({ settings }: Deployment, { present }: Claim): string[] {
  const { registry, pack } = settings;
  const refs = new Set(present.filter((job) => job.pack.name === pack.name && !job.stop).map((job) => job.pack.ref));
  refs.delete(registry?.ref ?? '');
  return [...refs].sort().map((ref) => `ref ${ref} → ${registry?.ref ?? ''}`);
}

async function keepPlan(text: string, tools: Tools): Promise<string> {
  const path = join(await makeOutputFolder(tools, 'plan-'), 'plan.txt');
  await writeFile(path, text);
  return path;
}

function drift(plan: PlanData): ActionError {
  const changes = plan.jobs.filter((job) => !leavesAlone(job)).map(({ id, action }) => `${id} (${action})`);
  const variables = changingVariables(plan);
  if (variables.length > 0) changes.push(`Nomad variable ${nameVariables(variables)}`);
  return new ActionError('changes', `A deploy would change ${changes.join(', ')}.`, {
    hint: 'Deploy, or undo what was changed by hand in the cluster. `fail_on_changes` makes the step fail over it.',
  });
}

/** What to throw where a plan is not the one that was reviewed */
export function planChanged({ jobs, digest }: PlanData, reviewed: string, what = 'a deploy'): ActionError {
  const changes = jobs
    .filter(({ action }) => action !== 'none')
    .map(({ id, namespace, action }) => `${action} ${id} (${namespace})`);
  return new ActionError(
    'plan-changed',
    `What ${what} would do now is not what was reviewed: it would ${changes.join(', ') || 'change nothing'}.\nThe plan’s digest is ${digest} now, \`plan_digest\` is ${reviewed}.`,
    {
      hint: 'The pack, a variable, `redeploy` or the cluster has changed since the plan. Review the plan in this step’s summary, and deploy with its digest in `plan_digest`.',
    },
  );
}
