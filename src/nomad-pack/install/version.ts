import semver from 'semver';
import { ActionError } from '../../errors.ts';
import { nearestFirst } from '../../nearest.ts';
import type { Product } from './platform.ts';

/** How many versions an error lists: enough to see what was meant. */
const LISTED = 5;

/** Whether one version is asked for, and not whatever fits a range. */
export function isExact(wanted: string): boolean {
  return semver.valid(wanted) !== null;
}

/** The newest version that is wanted. Prereleases only fit a range that names one. */
export function newestFitting(wanted: string, versions: readonly string[]): string | undefined {
  return semver.maxSatisfying(versions, wanted === 'latest' ? '*' : wanted) ?? undefined;
}

/** The error for a version that does not exist: it lists the newest ones and those most like the wanted one. */
export function versionNotFound(
  wanted: string,
  versions: readonly string[],
  product: Product,
  mirror: string,
): ActionError {
  const newest = semver.rsort([...versions]).slice(0, LISTED);
  const nearest = nearestFirst(wanted, versions).slice(0, LISTED);
  const what = isExact(wanted) ? `${product} ${wanted} does not exist` : `No version of ${product} fits \`${wanted}\``;
  return new ActionError('version-not-found', `${what} at ${mirror}.`, {
    hint:
      versions.length === 0
        ? 'No version at all is there: check `nomad_pack_mirror`.'
        : `Set \`nomad_pack_version\` to one that exists. Newest: ${newest.join(', ')}. Most like it: ${nearest.join(', ')}.`,
  });
}
