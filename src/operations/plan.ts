import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ActionError } from '../errors.ts';
import type { JobRef } from '../nomad/api.ts';
import type { NomadClient } from '../nomad/client.ts';
import { keepCounts } from '../nomad/counts.ts';
import { planJobs } from '../nomad/dry-run.ts';
import { describeConflict, describeForeign } from '../nomad/ownership.ts';
import { planDigest } from '../nomad/plan-digest.ts';
import type { RenderedJob } from '../nomad/specification.ts';
import { overallStatus, readJobStates } from '../nomad/state.ts';
import type { JobChange, PlanData, Result } from '../result.ts';
import type { DeploymentSettings } from '../settings/settings.ts';
import { makeOutputFolder } from './output-folder.ts';
import { prepareWithNomad, withRegistry } from './prepare.ts';
import { renderJobs } from './render-jobs.ts';
import { readStanding } from './standing.ts';
import { type Claim, locateJobs, namespacesOf, ownerOf, readClaim } from './survey.ts';
import type { Tools } from './tools.ts';

/** What a deploy would change, as text and as data, and what it would stop. Changes nothing. */
export async function plan(settings: DeploymentSettings, tools: Tools): Promise<Result> {
  const pack = withRegistry(settings);
  const { log, findings, secrets } = tools;
  const [prepared, client] = await prepareWithNomad(pack, tools);
  const jobs = await renderJobs(client, prepared, tools);
  const { data, present } = await log.phase('Plan', async () => {
    const claim = await readClaim(client, settings, jobs, prepared.nomadPack);
    const found = await planData(client, settings, jobs, claim, tools);
    // nomad-pack refuses to plan a job that belongs to others, and says no more than the refusal that we have already.
    if (claim.conflicts.length === 0) findings.plan = secrets.redact(await prepared.nomadPack.plan(prepared.target));
    return { data: found, present: claim.present };
  });
  findings.planData = data;
  findings.changed = data.changed;
  if (findings.plan !== undefined) findings.planFile = await keepPlan(findings.plan, tools);

  const { here } = locateJobs(present, ownerOf(settings), namespacesOf(jobs));
  findings.jobs = await readJobStates(client, here);
  const { status, health } = overallStatus(findings.jobs);
  const failure = settings.review.failOnChanges && data.changed ? drift(data) : undefined;
  return {
    ...findings,
    operation: 'plan',
    status,
    health,
    changed: data.changed,
    jobs: findings.jobs,
    ...(failure !== undefined && { failure }),
  };
}

/** What a deploy of the jobs would do, as data that two plans can be compared by. */
export async function planData(
  client: NomadClient,
  settings: DeploymentSettings,
  jobs: readonly RenderedJob[],
  claim: Claim,
  { secrets }: Tools,
): Promise<PlanData> {
  const owner = ownerOf(settings);
  const registered = settings.rollout.preserveCounts ? keepCounts(jobs, claim.existing) : jobs;
  const planned: JobChange[] = [
    ...(await planJobs(client, registered, (text) => secrets.redact(text))),
    ...[...claim.stops, ...claim.foreign.filter(({ effect }) => effect === 'stop')].map(stopOf),
  ];
  // What was launched is stopped only where there is a reason to run nomad-pack at all.
  const runs =
    claim.children.length > 0 &&
    (planned.some(({ action }) => action !== 'none') || (await readStanding(client, claim, jobs)) === undefined);
  const changes = runs ? [...planned, ...claim.children.map(stopOf)] : planned;
  return {
    jobs: changes,
    changed: changes.some(({ action }) => action !== 'none'),
    digest: planDigest(changes),
    versionChanges: versionChanges(claim, settings),
    refusals: [
      ...claim.conflicts.map((job) => describeConflict(owner, job)),
      ...(settings.rollout.allowReplace ? [] : claim.foreign.map((job) => describeForeign(owner, job))),
    ],
  };
}

function stopOf({ id, namespace }: JobRef): JobChange {
  return { id, namespace, action: 'stop', groups: [], placementFailures: [], basedOn: 0, diff: [] };
}

/** From which ref to which the deployment goes; nothing for one that is new or stays. */
function versionChanges({ present }: Claim, { registry, pack }: DeploymentSettings): string[] {
  const refs = new Set(present.filter((job) => job.pack.name === pack.name && !job.stop).map((job) => job.pack.ref));
  refs.delete(registry?.ref ?? '');
  return [...refs].sort().map((ref) => `ref ${ref} → ${registry?.ref ?? ''}`);
}

async function keepPlan(text: string, tools: Tools): Promise<string> {
  const path = join(await makeOutputFolder(tools, 'plan-'), 'plan.txt');
  await writeFile(path, text);
  return path;
}

function drift({ jobs }: PlanData): ActionError {
  const changes = jobs.filter(({ action }) => action !== 'none').map(({ id, action }) => `${id} (${action})`);
  return new ActionError('changes', `A deploy would change ${changes.join(', ')}.`, {
    hint: 'Deploy, or undo what was changed by hand in the cluster. `fail_on_changes` makes the step fail over it.',
  });
}
