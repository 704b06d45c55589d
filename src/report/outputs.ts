import type { JobState, Operation, PlanData, Result } from '../result.ts';
import type { DeploymentSettings, Settings } from '../settings/settings.ts';

/** What the output `plan` holds at most; `plan-file` has the whole. GitHub takes 1 MB for all outputs of a job. Characters. */
export const PLAN_LIMIT = 64 * 1024;

/** Where `plan-json` is longer, the differences are left out of it. Characters. */
const PLAN_JSON_LIMIT = 256 * 1024;

/** After these another version runs than before. */
const DEPLOYING: ReadonlySet<Operation> = new Set(['deploy', 'rollback', 'reject']);

export interface OutputContext {
  /** As `deploymentId` makes it. */
  readonly id?: string | undefined;
  readonly now: Date;
  /** Link to the run, where there is one. */
  readonly runUrl?: string | undefined;
}

/**
 * The outputs of `action.yml` that have something to say.
 *
 * @param result redacted
 * @param settings redacted
 */
export function outputsOf(
  result: Result,
  settings: Settings | undefined,
  { id, now, runUrl }: OutputContext,
): Record<string, string> {
  const deployment = deploymentSettings(settings);
  const outputs: Record<string, string | undefined> = {
    'deployment-id': id,
    deployment: deployment && JSON.stringify({ id, ...deploymentRecord(result, deployment, now), run_url: runUrl }),
    status: result.status,
    health: result.health,
    changed: String(result.changed),
    jobs: JSON.stringify(result.jobs.map(jobRecord)),
    url: deployment && deploymentUrl(result, deployment),
    'awaiting-promotion': String(result.jobs.some(({ awaitsPromotion }) => awaitsPromotion)),
    'failure-reason': result.failure?.reason ?? '',
    'registry-sha': result.registrySha,
    'nomad-pack-version': result.nomadPackVersion,
    'nomad-pack-path': result.nomadPackPath,
    plan: result.plan === undefined ? undefined : cutPlan(result.plan, result.planFile),
    'plan-json': result.planData && planJson(result.planData),
    'plan-file': result.planFile,
    'plan-digest': result.planData?.digest,
    'rendered-path': result.renderedPath,
    matrix: result.matrix && JSON.stringify(result.matrix),
  };
  return Object.fromEntries(
    Object.entries(outputs).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** The settings of an operation on a deployment, where it is one. */
export function deploymentSettings(settings: Settings | undefined): DeploymentSettings | undefined {
  return settings === undefined || settings.operation === 'setup' ? undefined : settings;
}

/**
 * `web/production`: the pack and the deployment's name, so the same at every run and for every version. Both are names that the workflow
 * holds in plain text, and conditions compare with them: it is never redacted.
 */
export function deploymentId({ pack, deploymentName }: DeploymentSettings): string {
  return `${pack.name}/${deploymentName}`;
}

/** Nomad's UI for the deployment: its one job, or the list of its jobs; nothing where it has none, or no browser gets there. */
function deploymentUrl({ jobs }: Result, { nomad, deploymentName }: DeploymentSettings): string | undefined {
  const [first, second] = jobs;
  if (first === undefined || first.url === '') return undefined;
  if (second === undefined) return first.url;
  const filter = `Meta["pack.deployment_name"] == ${JSON.stringify(deploymentName)}`;
  return `${nomad.address}/ui/jobs?filter=${encodeURIComponent(filter)}`;
}

function deploymentRecord(result: Result, settings: DeploymentSettings, now: Date) {
  const { pack, registry, nomad, deploymentName } = settings;
  return {
    name: deploymentName,
    platform: 'nomad',
    operation: result.operation,
    status: result.status,
    health: result.health,
    changed: result.changed,
    pack: pack.name,
    ...(pack.kind === 'directory'
      ? { directory: pack.written }
      : { registry: registry?.name, registry_source: registry?.source, ref: registry?.ref }),
    commit: result.registrySha,
    nomad_address: nomad.address,
    namespace: nomad.namespace,
    region: nomad.region,
    nomad_pack_version: result.nomadPackVersion,
    deployed_at:
      DEPLOYING.has(result.operation) && result.changed && result.isDryRun !== true ? now.toISOString() : undefined,
  };
}

function jobRecord(job: JobState) {
  const {
    id,
    namespace,
    type,
    status,
    health,
    version,
    nomadDeploymentId,
    groups,
    url,
    origin,
    awaitsPromotion,
    diagnosis,
  } = job;
  return {
    id,
    namespace,
    type,
    status,
    health,
    version,
    nomad_deployment_id: nomadDeploymentId,
    groups,
    url,
    commit: origin?.commit,
    deployed_at: origin?.deployed,
    run_url: origin?.run,
    actor: origin?.actor,
    awaits_promotion: awaitsPromotion,
    cause: diagnosis?.cause,
  };
}

function planJson(plan: PlanData): string {
  const whole = JSON.stringify(planRecord(plan));
  if (whole.length <= PLAN_JSON_LIMIT) return whole;
  return JSON.stringify({
    ...planRecord({ ...plan, jobs: plan.jobs.map((job) => ({ ...job, diff: [] })) }),
    diff_left_out: true,
  });
}

function planRecord({ jobs, variables, changed, digest, versionChanges, refusals }: PlanData) {
  return {
    changed,
    digest,
    version_changes: versionChanges,
    refusals,
    nomad_variables: variables,
    jobs: jobs.map(({ id, namespace, action, groups, placementFailures, basedOn, diff }) => ({
      id,
      namespace,
      action,
      groups: groups.map(({ updateInPlace, ...counts }) => ({ ...counts, update_in_place: updateInPlace })),
      placement_failures: placementFailures,
      based_on: basedOn,
      diff,
    })),
  };
}

function cutPlan(text: string, file: string | undefined): string {
  if (text.length <= PLAN_LIMIT) return text;
  const end = text.lastIndexOf('\n', PLAN_LIMIT);
  const kept = text.slice(0, end > 0 ? end : PLAN_LIMIT).toWellFormed();
  const where = file === undefined ? '' : `; the whole plan is in ${file} (output \`plan-file\`)`;
  return `${kept}\n[cut here, after ${kept.length} of ${text.length} characters${where}]\n`;
}
