import type { Deployment } from '../deployment/deployment.ts';
import { foreignOwner, isAsDeclared, nameVariables, otherDeployments } from '../deployment/variables.ts';
import { asActionError } from '../errors.ts';
import { deleteVariable, listVariables, type VariableRef } from '../nomad/variables.ts';
import type { NomadVariable } from '../nomad-pack/nomad-variables.ts';
import type { Outcome } from '../result.ts';
import { fetchPack, withRegistry } from './prepare.ts';
import type { Tools } from './tools.ts';

/**
 * Deletes the Nomad variables that the pack declares, as `nomad-pack destroy` does. The pack is fetched only where Nomad has variables at all.
 * Where there was no job of the deployment, only those that are just as the pack declares them: a variable has no owner in Nomad, and any
 * other may never have been the deployment's.
 *
 * @param outcome of the removal of the jobs
 * @throws ActionError
 */
export async function removeVariables(deployment: Deployment, tools: Tools, outcome: Outcome): Promise<Outcome> {
  const client = await deployment.client();
  const listed = await listVariables(client);
  if (listed?.length === 0) return outcome;
  const declared = await declaredVariables(deployment, tools);
  if (declared === undefined) return outcome;
  if (listed === undefined) {
    sayWhatMayBeLeft(declared, tools);
    return outcome;
  }
  const there = new Set(listed.map(keyOf));
  const found = declared.filter((variable) => there.has(keyOf(variable)));
  if (found.length === 0) return outcome;
  const others = await otherDeployments(deployment);
  const wasThere = outcome.changed;
  let { changed } = outcome;
  for (const variable of found) {
    if (!wasThere && !(await isAsDeclared(deployment, variable))) {
      tools.log.notice(
        `The Nomad variable ${nameVariables([variable])} stays: no job of the deployment was there, and it is not what the pack declares. If nobody needs it: \`nomad var purge -namespace ${variable.namespace} ${variable.path}\``,
      );
      continue;
    }
    const owner =
      others.length > 0 ? `the same pack, deployed as ${others.join(', ')}` : await foreignOwner(deployment, variable);
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
  { settings }: Deployment,
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

function keyOf({ path, namespace }: VariableRef): string {
  return `${namespace}/${path}`;
}
