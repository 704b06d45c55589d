import { mkdirSync } from 'node:fs';
import { addRegistry } from '../cache/add.ts';
import { cachePath } from '../cache/paths.ts';
import { listRegistries, type Registry, shortRef } from '../cache/registry.ts';
import { Problem } from '../problem.ts';
import type { CommandFunction } from '../session.ts';
import type { Ui } from '../ui.ts';

/** `registry add`: fetches a registry with git. */
export const registryAdd: CommandFunction = ({ args, env, ui, release }) => {
  // nomad-pack takes the first two arguments, be they flags or not.
  const [name = '', source = ''] = args.raw;
  const [target, ref] = [args.text('target') || undefined, args.text('ref') || undefined];
  const cache = cachePath(env);
  mkdirSync(cache, { recursive: true });
  let registry: Registry | undefined;
  try {
    registry = addRegistry(cache, { name, source, ref, target, whole: release.clonesWhole }, ui);
  } catch (error) {
    if (error instanceof Problem) return 1;
    throw error;
  }
  if (registry === undefined || registry.packs.length === 0) {
    ui.problem(
      new Problem('see output for reason', 'failed to add packs for registry', [
        ['Registry Name', name],
        ['Git Registry URL', source],
        ...(target === undefined ? [] : [['Registry Target', target] as const]),
      ]),
    );
    return 1;
  }
  ui.info('Registry successfully added to cache.');
  if (target === undefined) printRegistries(listRegistries(cache, ui), ui);
  else printTarget(registry, ui);
  return 0;
};

function printRegistries(registries: readonly Registry[], ui: Ui): void {
  const rows = registries.map(({ name, ref, localRef, source }) => [name, shortRef(ref), shortRef(localRef), source]);
  ui.table(['REGISTRY NAME', 'REF', 'LOCAL_REF', 'REGISTRY_URL'], rows);
}

function printTarget({ name, source, localRef, packs }: Registry, ui: Ui): void {
  const headings = ['PACK NAME', 'REF', 'LOCAL_REF', 'METADATA VERSION', 'REGISTRY NAME', 'REGISTRY_URL'];
  const [pack] = packs;
  if (pack === undefined) return;
  ui.table(headings, [[pack.name, shortRef(pack.ref), shortRef(localRef), pack.version, name, source]]);
  const command = `nomad-pack run ${pack.name} --registry=${name} --ref=${pack.ref}`;
  ui.info(`Try running one the packs you just added liked this\n\n  ${command}`);
}
