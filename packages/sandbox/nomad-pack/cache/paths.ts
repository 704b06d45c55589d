import { isAbsolute, join } from 'node:path/posix';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where registries are kept: in the user's cache folder, as Go's `os.UserCacheDir` finds it. */
export function cachePath(env: Environment): string {
  const { HOME: home = '', XDG_CACHE_HOME: xdg = '' } = env;
  if (process.platform === 'darwin')
    return join(home || '~', home === '' ? '.nomad/packs' : 'Library/Caches/nomad/packs');
  if (isAbsolute(xdg)) return join(xdg, 'nomad/packs');
  if (xdg !== '' || home === '') return join(home || '~', '.nomad/packs');
  return join(home, '.cache/nomad/packs');
}

/** A ref as a part of a path: without slashes. */
export function escapeRef(ref: string): string {
  return ref.replaceAll('/', '!_');
}

export function unescapeRef(escaped: string): string {
  return escaped.replaceAll('!_', '/');
}

/** The folder of a pack in its registry's: capitals are marked, for file systems that do not tell them apart. */
export function packFolder(pack: string, ref: string): string {
  return `${pack.replace(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`)}@${escapeRef(ref)}`;
}
