import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { join } from 'node:path/posix';
import { cachePath, escapeRef, packFolder } from './cache/paths.ts';
import type { Arguments } from './flags.ts';
import { loadPack } from './pack/load.ts';
import type { Pack } from './pack/pack.ts';
import { type ContextLine, Problem, Problems } from './problem.ts';
import { type Rendered, type RenderOptions, renderPack } from './render.ts';
import type { Session } from './session.ts';
import { resolveVariables } from './variables/resolve.ts';

/** A pack that a command was told of: one of a registry in the cache, or a directory. */
export interface PackSource {
  readonly name: string;
  readonly registry: string;
  readonly ref: string;
  readonly path: string;
  /** The directory as it was given. */
  readonly directory: string | undefined;
  /** What errors say of it. */
  readonly context: readonly ContextLine[];
}

const localRegistry = '<<local folder>>';
const localRef = '<<none>>';

/** Finds out which pack is meant. A directory of that name comes first. */
export function locatePack(args: Arguments, env: Session['env']): PackSource {
  const [given = ''] = args.positional;
  const absolute = resolve(given);
  if (existsSync(absolute)) {
    const pack = { name: basename(absolute), registry: localRegistry, ref: localRef, path: absolute, directory: given };
    return { ...pack, context: describe(pack) };
  }
  const registry = args.text('registry') || 'default';
  const ref = args.text('ref') || 'latest';
  const path = join(cachePath(env), registry, escapeRef(ref), packFolder(given, ref));
  const pack = { name: given, registry, ref, path, directory: undefined };
  return { ...pack, context: describe(pack) };
}

function describe({ name, registry, ref, path, directory }: Omit<PackSource, 'context'>): ContextLine[] {
  return [
    ['Registry Name', registry],
    ['Pack Name', name],
    ['Pack Ref', ref],
    ...(directory === undefined ? [] : [['Pack Path', path] as const]),
  ];
}

/**
 * @throws Problems where the pack is not there
 */
export function requirePack({ path, context }: PackSource): void {
  if (existsSync(path)) return;
  const message = `stat ${path}: no such file or directory`;
  throw new Problems([new Problem('failed to find pack', message, context)]);
}

/** The name that a deployment has: the one given, or one of the pack and its ref. */
export function deploymentName(args: Arguments, { name, ref }: PackSource): string {
  return args.text('name') || (ref === localRef ? name : `${name}@${ref}`);
}

/**
 * Renders the pack with the variables of the command line and the environment.
 *
 * @throws Problems
 */
export function renderSource(
  { path }: PackSource,
  { args, env, release, external }: Session,
  context: readonly ContextLine[],
  options: Pick<RenderOptions, 'auxiliary' | 'format'> = { auxiliary: false, format: false },
): Rendered {
  let loaded: Pack | undefined;
  try {
    const pack = loadPack(path);
    loaded = pack;
    const variables = resolveVariables(pack, {
      environment: variablesOf(env),
      external,
      validates: release.makesNomadVariables,
      files: args.list('var-file'),
      flags: args.map('var'),
      sortsFiles: release.sortsVariableFiles,
      allowUnset: args.switch('allow-unset-vars') || /^(?:1|t|true)$/i.test(env['NOMAD_PACK_ALLOW_UNSET_VARS'] ?? ''),
    });
    return renderPack(pack, variables, { env, ...options });
  } catch (error) {
    if (!(error instanceof Problems)) throw error;
    // Once it is read, a pack goes by the name that it gives itself.
    const name = loaded?.name;
    const named = context.map((line) =>
      line[0] === 'Pack Name' && name !== undefined ? ([line[0], name] as const) : line,
    );
    throw new Problems(error.problems.map((problem) => problem.within(named)));
  }
}

function variablesOf(env: Session['env']): Map<string, string> {
  const prefix = 'NOMAD_PACK_VAR_';
  const entries = Object.entries(env).filter(([name, value]) => name.startsWith(prefix) && value !== undefined);
  return new Map(entries.map(([name, value]) => [name.slice(prefix.length), value ?? '']));
}
