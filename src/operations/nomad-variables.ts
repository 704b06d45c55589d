import { createHash } from 'node:crypto';
import { ActionError, asActionError } from '../errors.ts';
import { type JobRef, jobStubsSchema } from '../nomad/api.ts';
import type { NomadClient } from '../nomad/client.ts';
import { jobKey, type Owner, readJob } from '../nomad/jobs.ts';
import {
  deleteVariable,
  jobOfPath,
  listVariables,
  readVariable,
  type StoredVariable,
  type VariableRef,
} from '../nomad/variables.ts';
import type { NomadVariable } from '../nomad-pack/nomad-variables.ts';
import type { Outcome, PlanData, VariableChange } from '../result.ts';
import type { DeploymentSettings } from '../settings/settings.ts';
import { fetchPack, type PreparedPack, withRegistry } from './prepare.ts';
import { ownerOf } from './survey.ts';
import type { Tools } from './tools.ts';

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
  client: NomadClient,
  settings: DeploymentSettings,
  { nomadPack, target }: PreparedPack,
  rendered: readonly JobRef[],
): Promise<VariableClaim> {
  const declared = await nomadPack.nomadVariables(target);
  const changes = await Promise.all(
    declared.map(async (variable) => describeChange(variable, await readVariable(client, variable))),
  );
  const own = new Set(rendered.map(jobKey));
  const changing = changes.filter((change) => change.action !== 'none' && !own.has(jobKey(jobRefOf(change))));
  const refusals = await Promise.all(
    changing.map(async (change) => {
      const owner = await foreignOwner(client, change, ownerOf(settings));
      return owner === undefined
        ? []
        : [`The pack declares the Nomad variable ${nameVariables([change])}, which belongs to ${owner}`];
    }),
  );
  return { changes, refusals: refusals.flat() };
}

/** @throws ActionError `nomad-variable` */
export function refuseForeignVariables({ refusals }: VariableClaim, { rollout }: DeploymentSettings): void {
  if (refusals.length === 0 || rollout.allowReplace) return;
  throw new ActionError('nomad-variable', `${refusals.join('.\n')}.`, {
    hint: 'Give the variable another path in the pack’s variables.hcl, or set `allow_replace: true` to overwrite it.',
  });
}

/** The plan, and what it does to variables. Their items are part of the digest by their names only: values are secrets. */
export function withVariables(
  plan: PlanData,
  { changes, refusals }: VariableClaim,
  settings: DeploymentSettings,
): PlanData {
  if (changes.length === 0) return plan;
  const changed = changes.filter(({ action }) => action !== 'none');
  const digest = createHash('sha256')
    .update(JSON.stringify([plan.digest, changed]))
    .digest('hex');
  return {
    ...plan,
    variables: changes,
    changed: plan.changed || changed.length > 0,
    digest: changed.length === 0 ? plan.digest : `sha256:${digest}`,
    refusals: [...plan.refusals, ...(settings.rollout.allowReplace ? [] : refusals)],
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
  client: NomadClient,
  { nomadPack, target }: PreparedPack,
): Promise<ActionError | undefined> {
  const declared = await nomadPack.nomadVariables(target);
  const changes = await Promise.all(
    declared.map(async (variable) => describeChange(variable, await readVariable(client, variable))),
  );
  const left = changes.filter(({ action }) => action === 'create' || action === 'update');
  if (left.length === 0) return undefined;
  return new ActionError(
    'nomad-variable',
    `The jobs are registered, but not what the pack declares: Nomad variable ${nameVariables(left)}.`,
    {
      hint: 'Give the token the right to write the path (`variables` in its policy), and see whether somebody else writes it at the same time.',
    },
  );
}

/**
 * Deletes the Nomad variables that the pack declares, as `nomad-pack destroy` does. The pack is fetched only where Nomad has variables at all.
 *
 * @param outcome of the removal of the jobs
 * @throws ActionError
 */
export async function removeVariables(settings: DeploymentSettings, tools: Tools, outcome: Outcome): Promise<Outcome> {
  const client = await tools.nomad();
  const listed = await listVariables(client);
  if (listed?.length === 0) return outcome;
  const declared = await declaredVariables(settings, tools);
  if (declared === undefined) return outcome;
  if (listed === undefined) {
    sayWhatMayBeLeft(declared, tools);
    return outcome;
  }
  const there = new Set(listed.map(keyOf));
  const found = declared.filter((variable) => there.has(keyOf(variable)));
  if (found.length === 0) return outcome;
  const others = await otherDeployments(client, ownerOf(settings));
  let { changed } = outcome;
  for (const variable of found) {
    const owner =
      others.length > 0
        ? `the same pack, deployed as ${others.join(', ')}`
        : await foreignOwner(client, variable, ownerOf(settings));
    if (owner === undefined) {
      await deleteVariable(client, variable);
      changed = true;
      tools.record.know({ changed });
      tools.log.info(`Deleted the Nomad variable ${nameVariables([variable])}.`);
    } else tools.log.notice(`The Nomad variable ${nameVariables([variable])} stays: it belongs to ${owner} too.`);
  }
  return { ...outcome, changed };
}

function sayWhatMayBeLeft(declared: readonly NomadVariable[], { log }: Tools): void {
  if (declared.length === 0) return;
  log.notice(
    `The token may not list Nomad variables, so what the pack declares may be left: ${nameVariables(declared)}. Give the token the rights \`list\`, \`read\` and \`destroy\` for these paths, and destroy again.`,
  );
}

/** What the pack declares; undefined where nobody can tell, which is said. */
async function declaredVariables(
  settings: DeploymentSettings,
  tools: Tools,
): Promise<readonly NomadVariable[] | undefined> {
  if (settings.registry === undefined) {
    tools.log.notice(
      'Nomad variables that the pack declares (`nomad_variable` in its variables.hcl) stay, because the inputs do not say where the pack is: `nomad var list` names them.',
    );
    return undefined;
  }
  try {
    const nomadPack = await tools.nomadPack();
    if (!(await nomadPack.makesNomadVariables())) return [];
    const pack = withRegistry(settings);
    await fetchPack(nomadPack, pack, tools);
    return await nomadPack.nomadVariables(pack);
  } catch (error) {
    const { reason, message } = asActionError(error);
    if (reason === 'cancelled' || reason === 'internal') throw error;
    tools.log.notice(`Nomad variables that the pack may declare stay, because it cannot be fetched: ${message}`);
    return undefined;
  }
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
async function foreignOwner(client: NomadClient, variable: VariableRef, owner: Owner): Promise<string | undefined> {
  const ref = jobRefOf(variable);
  const job = ref.id === '' ? undefined : await readJob(client, ref);
  if (job === undefined) return undefined;
  const { 'pack.deployment_name': deployment, 'pack.name': pack } = job.Meta ?? {};
  if (deployment === owner.deploymentName && pack === owner.packName) return undefined;
  return deployment === undefined
    ? `job "${ref.id}"`
    : `job "${ref.id}" of deployment "${deployment}" of pack "${pack}"`;
}

/** Other deployments of the pack: what it declares is the same for all of them. */
async function otherDeployments(client: NomadClient, { packName, deploymentName }: Owner): Promise<string[]> {
  const { body } = await client.get('/v1/jobs', jobStubsSchema, {
    query: { namespace: '*', meta: true, filter: `Meta["pack.name"] == "${packName}"` },
  });
  const names = body.filter(({ Stop }) => !Stop).map(({ Meta }) => Meta?.['pack.deployment_name']);
  return [...new Set(names)].filter((name) => name !== undefined && name !== deploymentName) as string[];
}

function jobRefOf({ path, namespace }: VariableRef): JobRef {
  return { id: jobOfPath(path) ?? '', namespace };
}

function keyOf({ path, namespace }: VariableRef): string {
  return `${namespace}/${path}`;
}
