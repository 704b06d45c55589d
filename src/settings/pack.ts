import { stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { NAME } from './fields.ts';
import { InputProblem } from './problems.ts';
import type { PackReference, RegistrySettings } from './settings.ts';
import { got } from './shown.ts';
import { parseSource, SourceError } from './source.ts';
import { whyOutside } from './workspace.ts';

/** Where a pack that is a directory is filed in nomad-pack's cache when the user names no registry. */
const DIRECTORY_REGISTRY = 'workspace';

/** Whether `pack` names a directory, which needs no registry: there is a slash in it. */
export function isDirectory(written: string): boolean {
  return /[/\\]/.test(written);
}

/**
 * The pack that an input names: a directory, or one of the registry.
 *
 * @param mayBeGone whether a directory need not be there any more
 * @throws InputProblem
 */
export async function readPack(written: string, workspace: string, mayBeGone = false): Promise<PackReference> {
  if (!isDirectory(written)) {
    if (!NAME.test(written))
      throw new InputProblem(
        'pack',
        `must be a name (letters, digits, \`.\`, \`_\` and \`-\`), or the path of a directory such as \`./packs/web\`${got('pack', written)}`,
      );
    return { kind: 'registry', name: written };
  }
  const outside = await whyOutside(written, workspace);
  if (outside !== undefined) throw new InputProblem('pack', `${outside}${got('pack', written)}`);
  const path = resolve(workspace, written);
  const name = basename(path);
  if (!NAME.test(name))
    throw new InputProblem(
      'pack',
      `must be a directory whose name is letters, digits, \`.\`, \`_\` and \`-\`, as a pack’s is${got('pack', written)}`,
    );
  const metadata = await stat(join(path, 'metadata.hcl')).catch(() => undefined);
  if (metadata?.isFile() !== true && !mayBeGone) {
    throw new InputProblem(
      'pack',
      `names the directory \`${written}\`, which is not a pack: ${join(path, 'metadata.hcl')} is not there. Check the path, and that the repository was checked out`,
    );
  }
  return { kind: 'directory', name, path, written };
}

/** What the inputs say of a registry; each by itself has been checked already. */
export interface RegistryInputs {
  readonly name?: string | undefined;
  readonly source?: string | undefined;
  readonly ref: string;
  readonly target?: string | undefined;
  readonly token?: string | undefined;
  readonly user?: string | undefined;
}

/**
 * The registry that the inputs name, if they name one.
 *
 * @throws InputProblem
 */
export function readRegistry(
  inputs: RegistryInputs,
  pack: PackReference | undefined,
  workspace: string,
): RegistrySettings | undefined {
  const { ref, target, token, user } = inputs;
  if (pack?.kind === 'directory') return { name: inputs.name ?? DIRECTORY_REGISTRY, source: pack.path, ref };
  if (inputs.name === undefined || inputs.source === undefined) return undefined;
  if (target !== undefined && pack !== undefined && target !== pack.name) {
    throw new InputProblem(
      'registry_target',
      `is \`${target}\`, but \`pack\` is \`${pack.name}\`; leave one of them as it is and drop or change the other`,
    );
  }
  const source = readSource(inputs.source, workspace);
  if (token !== undefined && source.origin === undefined) {
    throw new InputProblem(
      'registry_token',
      'is set, but `registry_source` is not an http(s) address; for SSH, add a key to the agent instead',
    );
  }
  if (user !== undefined && token === undefined) {
    throw new InputProblem('registry_user', 'is set, but `registry_token`, which is its password, is not');
  }
  return {
    name: inputs.name,
    source: source.url,
    ref,
    ...(source.origin !== undefined && { origin: source.origin }),
    ...(target !== undefined && { target }),
  };
}

function readSource(written: string, workspace: string) {
  try {
    return parseSource(written, workspace);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    throw new InputProblem('registry_source', `${error.message}${got('registry_source', written)}`);
  }
}
