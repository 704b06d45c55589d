import type { Deployment } from '../deployment/deployment.ts';
import { ActionError } from '../errors.ts';
import type { PackMeta } from '../nomad/specification.ts';
import { readVariable } from '../nomad/variables.ts';
import { packPath, placeDirectory } from '../nomad-pack/cache.ts';
import { isUntested, NEWEST_TESTED, type NomadPack, type PackTarget, type RenderedFile } from '../nomad-pack/cli.ts';
import { checkDependencies, checkTypes } from '../nomad-pack/type-check.ts';
import { prepareVariables } from '../nomad-pack/variable-files.ts';
import type { PrivateFolder } from '../runner/private-folder.ts';
import type { DeploymentSettings, RegistrySettings } from '../settings/settings.ts';
import type { Tools } from './tools.ts';

/** A pack that is ready to be rendered or run: nomad-pack installed, its registry fetched, the variables in files. */
export interface PreparedPack {
  readonly nomadPack: NomadPack;
  readonly target: PackTarget;
  /** Of the registry, where that is known. */
  readonly commit?: string;
}

/** Settings of an operation that cannot do without a registry. */
export type PackSettings = DeploymentSettings & { readonly registry: RegistrySettings };

/**
 * The settings, once they are known to name a registry; `loadSettings` asks for one where an operation needs it.
 *
 * @throws ActionError
 */
export function withRegistry(settings: DeploymentSettings): PackSettings {
  const { registry } = settings;
  if (registry !== undefined) return { ...settings, registry };
  throw new ActionError('input', 'The inputs name no registry, without which the pack cannot be rendered.', {
    hint: 'Set `registry_name` and `registry_source`, or give `pack` as a directory.',
  });
}

/**
 * Gets everything ready for nomad-pack. What does not depend on each other overlaps: nomad-pack is installed while the login to Nomad
 * is under way and the registry is asked for its commit, and asked for its version while it fetches the registry.
 *
 * @throws ActionError
 */
export async function preparePack(deployment: Deployment, tools: Tools): Promise<PreparedPack> {
  const settings = withRegistry(deployment.settings);
  const { pack, registry, deploymentName, variables, nomad, workspace } = settings;
  const { folder } = tools;
  const nomadPack = await tools.nomadPack();
  const ready = tools.untilInstalled();
  // A program that is not nomad-pack is the better explanation of a registry that it did not fetch.
  const [, [, commit]] = await bothOf(ready, bothOf(nomadPack.version, fetchPack(nomadPack, settings, tools)));
  await checkVersion(nomadPack, settings, tools);
  await maskSources(deployment, tools);
  const files = await prepareVariables(variables, tools.secretVariables, folder);
  await folder.linkWorkspace(workspace, pack.name);
  const { sources } = variables;
  return {
    nomadPack,
    ...(commit !== undefined && { commit }),
    target: {
      pack,
      registry,
      deploymentName,
      files,
      nomad,
      ...(sources !== undefined && { sources }),
    },
  };
}

/** What nomad-pack reads from this cluster's Nomad variables is masked; what it reads from Consul, Vault and other clusters nobody here knows. */
async function maskSources(deployment: Deployment, tools: Tools): Promise<void> {
  const { namespace, settings } = deployment;
  const paths = (settings.variables.sources ?? []).flatMap((source) => /^nomad:\/\/\/(.+)$/.exec(source)?.[1] ?? []);
  for (const path of paths) {
    const stored = await readVariable(await deployment.client(), { path, namespace });
    if (stored.state === 'absent')
      tools.log.warning(
        `There is no Nomad variable \`${path}\` (${namespace}), which \`variable_sources\` names: nomad-pack takes no value from it.`,
      );
    if (stored.state !== 'there') continue;
    for (const [name, value] of Object.entries(stored.items)) tools.secrets.add(`${name} of nomad:///${path}`, value);
  }
}

/** @throws ActionError `input` for what this version of nomad-pack cannot do */
async function checkVersion(nomadPack: NomadPack, { variables }: PackSettings, { log }: Tools): Promise<void> {
  const version = await nomadPack.version;
  if (variables.sources !== undefined && !(await nomadPack.makesNomadVariables())) {
    throw new ActionError(
      'input',
      `nomad-pack ${version} does not know \`--var-source\`, which \`variable_sources\` needs.`,
      {
        hint: 'Set `nomad_pack_version` to a version after 0.4.2, or leave `variable_sources` out.',
      },
    );
  }
  if (isUntested(version))
    log.notice(
      `nomad-pack ${version} is newer than ${NEWEST_TESTED}, the newest version that this action was tested with. If it behaves oddly, set \`nomad_pack_version\` to that one.`,
    );
}

/** Puts the pack where nomad-pack looks for it. @returns the commit of the registry, where that is known */
export async function fetchPack(
  nomadPack: NomadPack,
  settings: PackSettings,
  { folder, record, log }: Tools,
): Promise<string | undefined> {
  const { pack, registry } = settings;
  // Begins while nomad-pack is installed, which is another phase. What fails is thrown where it is awaited.
  const placed = placePack(nomadPack, settings, folder);
  placed.catch(() => undefined);
  const [installed] = await Promise.allSettled([nomadPack.program]);
  if (installed.status === 'rejected') {
    await Promise.allSettled([placed]);
    throw installed.reason;
  }
  return await log.phase('Fetch the pack', async () => {
    const commit = await placed;
    if (pack.kind === 'directory') {
      log.info(`Pack ${pack.name} is the directory ${pack.written}.`);
      return undefined;
    }
    if (commit !== undefined) record.know({ registrySha: commit });
    log.info(
      `Pack ${pack.name} of ${registry.source} at ${registry.ref}${commit === undefined ? '' : `, commit ${commit}`}.`,
    );
    return commit;
  });
}

async function placePack(
  nomadPack: NomadPack,
  { pack, registry, workspace }: PackSettings,
  folder: PrivateFolder,
): Promise<string | undefined> {
  if (pack.kind !== 'directory') return await nomadPack.addRegistry(registry, pack.name);
  await placeDirectory(folder.path, pack, registry, workspace);
  return undefined;
}

/**
 * As `preparePack`, and the cluster has answered: it is asked while the registry is fetched.
 *
 * @throws ActionError, of Nomad too
 */
export async function prepareWithNomad(deployment: Deployment, tools: Tools): Promise<PreparedPack> {
  const meet = async () => {
    // Not before nomad-pack is there: loading what it takes would keep the fetch from beginning.
    await (await tools.nomadPack()).program;
    // The first answer is the slow one. What it says is looked at when the pack's jobs are known.
    await deployment.survey();
  };
  const [prepared] = await bothOf(preparePack(deployment, tools), meet());
  return prepared;
}

/**
 * Renders the pack's job specifications, and holds the variables against their types meanwhile.
 *
 * @throws ActionError
 */
export async function renderPack({ nomadPack, target }: PreparedPack, options?: { outputsTemplate: boolean }) {
  await checkDependencies(nomadPack, target);
  const [types, rendered] = await Promise.allSettled([
    checkTypes(nomadPack, target),
    nomadPack.render(target, options),
  ]);
  // A value of the wrong type is the better explanation of a template that fails over it.
  if (types.status === 'rejected')
    throw rendered.status === 'rejected' ? both(types.reason, rendered.reason) : types.reason;
  if (rendered.status === 'rejected') throw rendered.reason;
  return rendered.value;
}

/** What is wrong with the variables, all at once: those of the wrong type, and those that the pack does not have. */
function both(types: unknown, rendering: unknown): unknown {
  if (!(types instanceof ActionError && rendering instanceof ActionError)) return types;
  if (types.reason !== 'variable-type' || rendering.reason !== 'variable-undeclared') return types;
  const location = types.location ?? rendering.location;
  return new ActionError(types.reason, `${types.message}\n${rendering.message}`, {
    hint: `${types.hint} ${rendering.hint}`,
    ...(location !== undefined && { location }),
  });
}

/** Both results, when both are at their end: no process is left running. Where both fail, the first one's failure is thrown. */
export async function bothOf<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  const [one, other] = await Promise.allSettled([first, second]);
  if (one.status === 'rejected') throw one.reason;
  if (other.status === 'rejected') throw other.reason;
  return [one.value, other.value];
}

/** What nomad-pack will record in each job. */
export function packMeta({ pack, registry, deploymentName }: PackTarget): PackMeta {
  return {
    deploymentName,
    packName: pack.name,
    packPath: packPath(pack.name, registry),
    registry: registry.name,
    ref: registry.ref,
  };
}

/**
 * The rendered files that are job specifications: not what the pack says after a deploy, nor what comes of a template that is not named
 * `*.nomad.tpl`, which nomad-pack renders but never registers.
 */
export function jobFiles(files: readonly RenderedFile[]): RenderedFile[] {
  return files.filter(({ name }) => name.endsWith('.nomad'));
}
