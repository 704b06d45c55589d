import { posix } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { isDirectory } from './check.ts';
import { registryOf } from './entry-inputs.ts';
import { withDependents } from './graph.ts';
import { readDeploymentsFile } from './read.ts';
import { type ResolvedDeployment, resolveDeployments } from './resolve.ts';
import type { DeploymentsFile } from './schema.ts';
import { needsOf } from './select.ts';

/** What differs between a commit and the workspace. */
export interface Differences {
  /** The file of deployments as it was; absent where there was none. */
  readonly before?: string;
  /** Files that differ, relative to the workspace, with `/`. */
  readonly paths: readonly string[];
}

/**
 * The deployments that differ from what they were, and all that need one of them. One differs where its entry does, once all places are
 * merged, or the source or ref of its registry, the folder of its pack, or a file of variables. Where the file was not there before, or
 * cannot be read as it was, all of them do.
 */
export function changedDeployments(
  file: DeploymentsFile,
  environment: string | undefined,
  { before, paths }: Differences,
): Set<string> {
  const now = resolveDeployments(file, environment);
  const earlier = before === undefined ? undefined : readDeploymentsFile(before);
  if (earlier === undefined || 'problems' in earlier) return new Set(now.map(({ key }) => key));
  const then = new Map(resolveDeployments(earlier.file, environment).map((one) => [one.key, one]));
  const differs = (deployment: ResolvedDeployment) =>
    !isDeepStrictEqual(told(file, deployment), told(earlier.file, then.get(deployment.key))) ||
    paths.some((path) => isPartOf(path, deployment));
  return withDependents(
    now.filter(differs).map(({ key }) => key),
    needsOf(now),
  );
}

/** What the file says of a deployment, the registry of its pack included. */
function told(file: DeploymentsFile, deployment: ResolvedDeployment | undefined) {
  if (deployment === undefined) return undefined;
  const { needs: _, ...said } = deployment;
  const registry = registryOf(deployment);
  return { ...said, registry: registry === undefined ? undefined : file.registries?.[registry] };
}

/** Files and folders of the workspace that the deployments are made of, as they are written. */
export function partsOf(file: DeploymentsFile, environment: string | undefined): string[] {
  return [...new Set(resolveDeployments(file, environment).flatMap(parts))];
}

function parts({ pack, settings }: ResolvedDeployment): string[] {
  const { variable_files: files = [], nomad_cacert: certificate } = settings;
  return [...(isDirectory(pack) ? [pack] : []), ...files, ...(certificate === undefined ? [] : [certificate])];
}

function isPartOf(path: string, deployment: ResolvedDeployment): boolean {
  const changed = normalized(path);
  return parts(deployment).some((part) => `${changed}/`.startsWith(`${normalized(part)}/`));
}

/** As git writes it: `./packs/web/` is `packs/web`. */
function normalized(path: string): string {
  return posix.normalize(path).replace(/\/$/, '');
}
