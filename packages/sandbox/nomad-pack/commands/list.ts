import { mkdirSync } from 'node:fs';
import { cachePath } from '../cache/paths.ts';
import { listRegistries, type Registry, shortRef } from '../cache/registry.ts';
import type { CommandFunction } from '../session.ts';

/** `list`: the packs in the cache. */
export const list: CommandFunction = ({ args, env, ui }) => {
  const cache = cachePath(env);
  mkdirSync(cache, { recursive: true });
  const [registry, ref] = [args.text('registry'), args.text('ref')];
  const rows = listRegistries(cache, ui)
    .filter(({ name, localRef }) => (!registry || name === registry) && (!ref || localRef === ref))
    .flatMap((found) => found.packs.map((pack) => [pack.name, pack.version, describe(found)]));
  if (rows.length === 0) ui.output('No packs present in the cache.');
  else ui.table(['PACK NAME', 'METADATA VERSION', 'REGISTRY NAME'], rows);
  return 0;
};

function describe({ name, ref, localRef }: Registry): string {
  return ref === localRef ? `${name}@${shortRef(ref)}` : `${name}@${shortRef(ref)} (${shortRef(localRef)})`;
}
