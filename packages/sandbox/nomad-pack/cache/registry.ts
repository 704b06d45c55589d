import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path/posix';
import { loadPack } from '../pack/load.ts';
import { Problem, Problems } from '../problem.ts';
import type { Ui } from '../ui.ts';
import { escapeRef, packFolder, unescapeRef } from './paths.ts';

export interface CachedPack {
  readonly name: string;
  readonly version: string;
  readonly ref: string;
}

/** A registry at one ref, as it is in the cache. */
export interface Registry {
  readonly name: string;
  readonly source: string;
  readonly ref: string;
  /** The commit, where it is known. */
  readonly localRef: string;
  readonly packs: readonly CachedPack[];
}

/** All registries in the cache, by name and ref. */
export function listRegistries(cache: string, ui: Ui): Registry[] {
  return subfolders(cache).flatMap((name) =>
    readdirSync(join(cache, name))
      .sort()
      .map((ref) => readRegistry(cache, name, unescapeRef(ref), undefined, ui)),
  );
}

/**
 * Reads one registry at one ref, or one pack of it.
 *
 * @throws Error where it is not there
 */
export function readRegistry(cache: string, name: string, ref: string, pack: string | undefined, ui: Ui): Registry {
  const folder = join(cache, name, escapeRef(ref));
  const wanted = (entry: string) =>
    pack === undefined ? entry.includes(escapeRef(ref)) && entry.includes('@') : entry === packFolder(pack, ref);
  const packs = readdirSync(folder)
    .filter(wanted)
    .sort()
    .map((entry) => readPack(folder, entry, ui));
  const notes = readNotes(join(folder, 'metadata.json'));
  return { name, ref: notes.ref ?? ref, source: notes.source ?? '', localRef: notes.local_ref ?? '', packs };
}

function readNotes(path: string): { source?: string; ref?: string; local_ref?: string } {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
}

function readPack(folder: string, entry: string, ui: Ui): CachedPack {
  const at = entry.lastIndexOf('@');
  const invalid = {
    name: entry.slice(0, at),
    ref: unescapeRef(entry.slice(at + 1)),
    version: 'Invalid pack definition',
  };
  if (!existsSync(join(folder, entry, 'metadata.hcl'))) {
    ui.problem(new Problem(`no metadata.hcl found in pack ${entry}`, 'error loading pack'));
    return invalid;
  }
  try {
    const { name, version } = loadPack(join(folder, entry));
    return { name, version, ref: invalid.ref };
  } catch (error) {
    if (!(error instanceof Problems)) throw error;
    ui.debug(`failed to load pack ${entry}`);
    return invalid;
  }
}

function subfolders(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && entry.name !== '.git')
    .map(({ name }) => name)
    .sort();
}

/** A commit is shown by its first characters, anything else as it is. */
export function shortRef(ref: string): string {
  return ref.length === 40 || /^[0-9a-f]*$/i.test(ref) ? ref.slice(0, 8) : ref;
}
