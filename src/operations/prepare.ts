import { ActionError } from '../errors.ts';
import type { NomadClient } from '../nomad/client.ts';
import type { PackMeta } from '../nomad/specification.ts';
import { packPath, placeDirectory } from '../nomad-pack/cache.ts';
import type { NomadPack, PackTarget, RenderedFile } from '../nomad-pack/cli.ts';
import { checkTypes } from '../nomad-pack/type-check.ts';
import { prepareVariables } from '../nomad-pack/variable-files.ts';
import type { DeploymentSettings, RegistrySettings } from '../settings/settings.ts';
import type { Tools } from './tools.ts';

/** A pack that is ready to be rendered or run: nomad-pack installed, its registry fetched, the variables in files. */
export interface PreparedPack {
  readonly nomadPack: NomadPack;
  readonly target: PackTarget;
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
 * is under way.
 *
 * @throws ActionError
 */
export async function preparePack(settings: PackSettings, tools: Tools): Promise<PreparedPack> {
  const { pack, registry, deploymentName, variables, nomad, workspace } = settings;
  const { folder, findings, log } = tools;
  const login = tools.nomadToken();
  // Its failure is thrown where it is awaited, below; until then it must not count as unhandled.
  login.catch(() => undefined);
  const nomadPack = await log.phase('Install nomad-pack', async () => await tools.nomadPack());

  await log.phase('Fetch the pack', async () => {
    if (pack.kind === 'directory') {
      await placeDirectory(folder.path, pack, registry, workspace);
      log.info(`Pack ${pack.name} is the directory ${pack.written}.`);
    } else {
      const commit = await nomadPack.addRegistry(registry, pack.name);
      if (commit !== undefined) findings.registrySha = commit;
      log.info(
        `Pack ${pack.name} of ${registry.source} at ${registry.ref}${commit === undefined ? '' : `, commit ${commit}`}.`,
      );
    }
  });
  const files = await prepareVariables(variables, folder);
  await folder.linkWorkspace(workspace, pack.name);
  return { nomadPack, target: { pack, registry, deploymentName, files, nomad, token: await login } };
}

/**
 * As `preparePack`, and a client of Nomad: that is made while the registry is fetched.
 *
 * @throws ActionError
 */
export async function prepareWithNomad(settings: PackSettings, tools: Tools): Promise<[PreparedPack, NomadClient]> {
  const open = async () => {
    // Not before nomad-pack is there: loading what it takes would keep the fetch from beginning.
    await tools.nomadPack();
    const client = await tools.nomad();
    await client.open();
    return client;
  };
  return await Promise.all([preparePack(settings, tools), open()]);
}

/**
 * Renders the pack's job specifications, and holds the variables against their types meanwhile.
 *
 * @throws ActionError
 */
export async function renderPack({ nomadPack, target }: PreparedPack, options?: { outputsTemplate: boolean }) {
  const types = checkTypes(nomadPack, target);
  const [rendered, complaint] = await Promise.allSettled([nomadPack.render(target, options), types]);
  // A value of the wrong type is the better explanation of a template that fails over it.
  if (complaint.status === 'rejected') throw complaint.reason as ActionError;
  if (rendered.status === 'rejected') throw rendered.reason as ActionError;
  return rendered.value;
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
