import { readFileSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, realpath } from 'node:fs/promises';
import { basename, relative, sep } from 'node:path';
import { join } from 'node:path/posix';
import { ActionError } from '../errors.ts';
import { nearestFirst, nearMiss } from '../nearest.ts';
import type { PackReference, RegistrySettings } from '../settings/settings.ts';
import { HOST } from './host.ts';

type DirectoryPack = PackReference & { readonly kind: 'directory' };

/** The folder of one registry at one ref, as nomad-pack names it: a slash in the ref becomes `!_`. */
export function registryFolder(root: string, registry: RegistrySettings): string {
  return join(root, HOST.cache, registry.name, escapeRef(registry.ref));
}

/** The path of a pack in the cache as nomad-pack records it in a job, relative to the folder that it runs in. */
export function packPath(pack: string, registry: RegistrySettings): string {
  return join(HOST.cache, registry.name, escapeRef(registry.ref), `${escapeName(pack)}@${escapeRef(registry.ref)}`);
}

/**
 * Files a pack of the workspace where nomad-pack looks for one of a registry: its path is then the same on every runner.
 *
 * @throws ActionError `input` for a link in it that leads out of the workspace, into a `.git`, or round in circles
 */
export async function placeDirectory(
  root: string,
  pack: DirectoryPack,
  registry: RegistrySettings,
  workspace: string,
): Promise<void> {
  const folder = join(root, packPath(pack.name, registry));
  await mkdir(join(folder, '..'), { recursive: true });
  const roots = await Promise.all([pack.path, workspace].map(async (path) => await realpath(path)));
  let entries = 0;
  await cp(pack.path, folder, {
    recursive: true,
    dereference: true,
    filter: async (source) => {
      if (basename(source) === '.git') return false;
      entries += 1;
      if (entries > MOST_ENTRIES)
        throw refused(pack, `holds more than ${MOST_ENTRIES} files, or links that lead round in circles`);
      await refuseLinkOut(pack, source, roots);
      return true;
    },
  });
}

/** Many times what a pack has. */
const MOST_ENTRIES = 5_000;

/**
 * What is in the workspace may come from a pull request, and what is in the pack ends up in jobs, logs and comments. In a `.git` there may
 * be a token.
 */
async function refuseLinkOut(pack: DirectoryPack, source: string, roots: readonly string[]): Promise<void> {
  const name = relative(pack.path, source);
  const real = await realpath(source).catch(() => {
    throw refused(pack, `holds the link \`${name}\`, which leads nowhere`);
  });
  const root = roots.find((one) => isWithin(real, one));
  if (root === undefined) throw refused(pack, `holds the link \`${name}\`, which leads out of the workspace`);
  if (relative(root, real).split(sep).includes('.git'))
    throw refused(pack, `holds the link \`${name}\`, which leads into \`.git\``);
}

function isWithin(path: string, root: string): boolean {
  return path === root || path.startsWith(`${root}${sep}`);
}

function refused({ written }: DirectoryPack, why: string): ActionError {
  return new ActionError('input', `The pack \`${written}\` ${why}.`, {
    hint: 'Replace the links with files, or let them point to files of the workspace.',
  });
}

/**
 * Makes sure that a pack is there.
 *
 * @throws ActionError that lists the packs that are, the nearest name first
 */
export async function requirePack(root: string, pack: string, registry: RegistrySettings): Promise<void> {
  const suffix = `@${escapeRef(registry.ref)}`;
  const entries = await readdir(registryFolder(root, registry)).catch(() => []);
  const packs = entries
    .filter((entry) => entry.endsWith(suffix))
    .map((entry) => unescapeName(entry.slice(0, -suffix.length)));
  if (packs.includes(pack)) return;
  const meant = nearMiss(pack, packs);
  const asked = registry.target === undefined ? '`pack`' : '`pack` and `registry_target`';
  throw new ActionError(
    registry.target === undefined ? 'pack-not-found' : 'registry-target-not-found',
    `The registry ${registry.source} has no pack \`${pack}\` at \`${registry.ref}\`. It has: ${
      nearestFirst(pack, packs)
        .map((name) => `\`${name}\``)
        .join(', ') || 'none'
    }.`,
    {
      hint:
        packs.length === 0
          ? 'A registry keeps its packs in a folder `packs/`. Check `registry_source` and `registry_ref`.'
          : `Set ${asked} to one of them${meant === undefined ? '.' : `; did you mean \`${meant}\`?`}`,
    },
  );
}

/** A variable as a pack declares it. */
export interface DeclaredVariable {
  /** As it is written: `string`, `list(string)`; absent where the pack names none. */
  readonly type?: string;
  /** Its name says so, or it is a text without a default: what it is given may be a secret. */
  readonly mayBeSecret: boolean;
}

/** What is called so holds a secret. */
export const SECRET_NAME = /pass|secret|token|credential|private|api_?key/i;

/** The variables that a pack declares, by name; empty where that cannot be read. */
export function declaredVariables(
  root: string,
  pack: string,
  registry: RegistrySettings,
): ReadonlyMap<string, DeclaredVariable> {
  try {
    const text = readFileSync(join(root, packPath(pack, registry), 'variables.hcl'), 'utf8');
    const blocks = text.split(/^(?=[ \t]*variable[ \t]+)/m);
    return new Map(
      blocks.flatMap((block) => {
        const name = /^[ \t]*variable[ \t]+"?([^"\s{]+)/.exec(block)?.[1];
        return name === undefined ? [] : [[name, declaration(name, block)] as const];
      }),
    );
  } catch {
    return new Map();
  }
}

function declaration(name: string, block: string): DeclaredVariable {
  const type = /^\s*type\s*=\s*(\S+)/m.exec(block)?.[1];
  const value = /^\s*default\s*=\s*(.*?)\s*$/m.exec(block)?.[1];
  const isText = type === undefined ? value === undefined || value.startsWith('"') : type === 'string';
  const isEmpty = value === undefined || value === '""' || value === 'null';
  return { ...(type !== undefined && { type }), mayBeSecret: isText && (isEmpty || SECRET_NAME.test(name)) };
}

/** The texts of the variables.hcl of a pack and of those that it depends on, which are in its folder `deps`. */
export async function readDeclarations(root: string, pack: string, registry: RegistrySettings): Promise<string[]> {
  const folder = join(root, packPath(pack, registry));
  const entries = await readdir(folder, { recursive: true }).catch(() => []);
  const files = entries
    .map((entry) => entry.replaceAll('\\', '/'))
    .filter((entry) => /^(?:deps\/[^/]+\/)*variables\.hcl$/.test(entry));
  return await Promise.all(files.sort().map(async (file) => await readFile(join(folder, file), 'utf8')));
}

/**
 * What the packs that a pack depends on can be called, at any depth: nomad-pack takes the alias of a dependency, or else the name that its
 * metadata says. Names that it does not take may be among them.
 */
export async function dependencyNames(root: string, pack: string, registry: RegistrySettings): Promise<string[]> {
  const folder = join(root, packPath(pack, registry));
  const entries = await readdir(folder, { recursive: true }).catch(() => []);
  const files = entries
    .map((entry) => entry.replaceAll('\\', '/'))
    .filter((entry) => /^(?:deps\/[^/]+\/)*metadata\.hcl$/.test(entry));
  const names = await Promise.all(
    files.map(async (file) => {
      const text = await readFile(join(folder, file), 'utf8');
      const declared = [...text.matchAll(/^\s*(?:dependency|alias\s*=)\s*"([^"]+)"/gm)].map(([, name = '']) => name);
      const own = /^\s*name\s*=\s*"([^"]+)"/m.exec(text)?.[1];
      const place = file.split('/').at(-2);
      return place === undefined ? declared : [...declared, place, ...(own === undefined ? [] : [own])];
    }),
  );
  return [...new Set(names.flat())].sort();
}

/** The commit that nomad-pack noted for the registry. */
export async function registryCommit(root: string, registry: RegistrySettings): Promise<string | undefined> {
  const text = await readFile(join(registryFolder(root, registry), 'metadata.json'), 'utf8').catch(() => '');
  return /"local_ref"\s*:\s*"([0-9a-f]{40,64})"/.exec(text)?.[1];
}

/** Copies what nomad-pack has fetched of a registry. @returns the path of the copy */
export async function copyRegistry(root: string, place: string, registry: RegistrySettings): Promise<string> {
  const copy = join(place, 'registry');
  await cp(registryFolder(root, registry), copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}

/** Puts such a copy where nomad-pack looks for the registry. */
export async function placeRegistry(copy: string, root: string, registry: RegistrySettings): Promise<void> {
  await cp(copy, registryFolder(root, registry), { recursive: true, verbatimSymlinks: true });
}

function escapeRef(ref: string): string {
  return ref.replaceAll('/', '!_');
}

/** Capitals are marked, for file systems that do not tell them apart: `MyPack` is kept as `!my!pack`, from 0.4.2 on. */
function escapeName(pack: string): string {
  return pack.replace(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`);
}

function unescapeName(escaped: string): string {
  return escaped.replace(/!([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
