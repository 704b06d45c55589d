import { createHash } from 'node:crypto';
import { ActionError } from '../errors.ts';
import { type JobRef, jobStubsSchema } from '../nomad/api.ts';
import { jobKey, readJob } from '../nomad/jobs.ts';
import { jobOfPath, readVariable, type StoredVariable, type VariableRef } from '../nomad/variables.ts';
import type { NomadVariable } from '../nomad-pack/nomad-variables.ts';
import type { PlanData, VariableChange } from '../result.ts';
import type { Deployment } from './deployment.ts';

/** What a deploy would do to the Nomad variables that the pack declares. */
export interface VariableClaim {
  readonly changes: readonly VariableChange[];
  /** Why it may not, a sentence each. */
  readonly refusals: readonly string[];
}

/**
 * Holds what the pack declares against what Nomad has. A variable has no owner in Nomad: known is only whose the paths of jobs are.
 *
 * @throws ActionError
 */
export async function compareVariables(
  deployment: Deployment,
  declared: readonly NomadVariable[],
  rendered: readonly JobRef[],
): Promise<VariableClaim> {
  const changes = await readChanges(deployment, declared);
  const own = new Set(rendered.map(jobKey));
  const changing = changes.filter((change) => change.action !== 'none' && !own.has(jobKey(jobRefOf(change))));
  const refusals = await Promise.all(
    changing.map(async (change) => {
      const owner = await foreignOwner(deployment, change);
      return owner === undefined
        ? []
        : [`The pack declares the Nomad variable ${nameVariables([change])}, which belongs to ${owner}`];
    }),
  );
  return { changes, refusals: refusals.flat() };
}

const ADVICE =
  'Give the variable another path in the pack’s variables.hcl, or set `allow_replace: true` to overwrite it.';

/** @throws ActionError `nomad-variable` */
export function refuseForeignVariables({ settings }: Deployment, { refusals }: VariableClaim): void {
  if (refusals.length === 0 || settings.rollout.allowReplace) return;
  throw new ActionError('nomad-variable', `${refusals.join('.\n')}.`, { hint: ADVICE });
}

/** The plan, and what it does to variables. Their items are part of the digest by their names only: values are secrets. */
export function withVariables(
  { settings }: Deployment,
  plan: PlanData,
  { changes, refusals }: VariableClaim,
): PlanData {
  if (changes.length === 0) return plan;
  const changed = changes.filter(({ action }) => action !== 'none');
  const refused = settings.rollout.allowReplace ? [] : refusals;
  const digest = createHash('sha256')
    .update(JSON.stringify([plan.digest, changed]))
    .digest('hex');
  return {
    ...plan,
    variables: changes,
    changed: plan.changed || changed.length > 0,
    digest: changed.length === 0 ? plan.digest : `sha256:${digest}`,
    refusals: [...plan.refusals, ...refused],
    advice: [...(plan.advice ?? []), ...(refused.length > 0 ? [ADVICE] : [])],
  };
}

/** The variables that a deploy would write otherwise than they are. */
export function changingVariables(plan: PlanData | undefined): readonly VariableChange[] {
  return (plan?.variables ?? []).filter(({ action }) => action !== 'none');
}

/** `nomad/jobs/web (default)` */
export function nameVariables(variables: readonly VariableRef[]): string {
  return variables.map(({ path, namespace }) => `\`${path}\` (${namespace})`).join(', ');
}

/**
 * Whether each declared variable is as the pack declares it, after nomad-pack has written them: it does so last, and its failure is one line
 * among many.
 *
 * @returns what is wrong, if something is
 */
export async function findUnwritten(
  deployment: Deployment,
  declared: readonly NomadVariable[],
): Promise<ActionError | undefined> {
  const left = (await readChanges(deployment, declared)).filter(
    ({ action }) => action === 'create' || action === 'update',
  );
  if (left.length === 0) return undefined;
  return new ActionError(
    'nomad-variable',
    `The jobs are registered, but not what the pack declares: Nomad variable ${nameVariables(left)}.`,
    {
      hint: 'Give the token the right to write the path (`variables` in its policy), and see whether somebody else writes it at the same time.',
    },
  );
}

/** Whether Nomad has the variable just as the pack declares it; false where nobody can tell. */
export async function isAsDeclared(deployment: Deployment, variable: NomadVariable): Promise<boolean> {
  const [change] = await readChanges(deployment, [variable]);
  return change?.action === 'none';
}

async function readChanges(deployment: Deployment, declared: readonly NomadVariable[]): Promise<VariableChange[]> {
  const client = await deployment.client();
  return await Promise.all(
    declared.map(async (variable) => describeChange(variable, await readVariable(client, variable))),
  );
}

/** What differs, by the names of the items: their values may be secret. */
function describeChange({ path, namespace, items }: NomadVariable, stored: StoredVariable): VariableChange {
  const names = Object.keys(items ?? {});
  if (stored.state === 'absent') return { path, namespace, action: 'create', items: names.sort() };
  if (stored.state !== 'there' || items === undefined)
    return { path, namespace, action: 'unknown', items: names.sort() };
  const all = new Set([...names, ...Object.keys(stored.items)]);
  const differing = [...all].filter((name) => !isSame(items[name], stored.items[name])).sort();
  return { path, namespace, action: differing.length > 0 ? 'update' : 'none', items: differing };
}

/** Numbers and JSON may be written in more than one way. */
function isSame(declared: string | undefined, stored: string | undefined): boolean {
  if (declared === stored) return true;
  if (declared === undefined || stored === undefined) return false;
  try {
    return canonical(JSON.parse(declared)) === canonical(JSON.parse(stored));
  } catch {
    return false;
  }
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}

/** Whose job a path belongs to, where that is somebody else's. */
export async function foreignOwner(deployment: Deployment, variable: VariableRef): Promise<string | undefined> {
  const ref = jobRefOf(variable);
  const job = ref.id === '' ? undefined : await readJob(await deployment.client(), ref);
  if (job === undefined || deployment.owns(job.Meta)) return undefined;
  const { 'pack.deployment_name': name, 'pack.name': pack } = job.Meta ?? {};
  return name === undefined ? `job "${ref.id}"` : `job "${ref.id}" of deployment "${name}" of pack "${pack}"`;
}

/** Other deployments of the pack: what it declares is the same for all of them. */
export async function otherDeployments(deployment: Deployment): Promise<string[]> {
  const client = await deployment.client();
  const { packName, deploymentName } = deployment.owner;
  const { body } = await client.get('/v1/jobs', jobStubsSchema, {
    query: { namespace: '*', meta: true, filter: `Meta["pack.name"] == "${packName}"` },
  });
  const names = body.filter(({ Stop }) => !Stop).map(({ Meta }) => Meta?.['pack.deployment_name']);
  return [...new Set(names)].filter((name) => name !== undefined && name !== deploymentName) as string[];
}

function jobRefOf({ path, namespace }: VariableRef): JobRef {
  return { id: jobOfPath(path) ?? '', namespace };
}
