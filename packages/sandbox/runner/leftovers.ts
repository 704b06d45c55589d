import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Machine } from './machine.ts';

/** The folders of a machine in which a step can leave something behind; the tool cache is there to be left in. */
const PLACES = ['temp', 'tmp', 'home', 'workspace'] as const;

/** Something that was not there before the step, or was changed by it. */
export interface Leftover {
  readonly place: (typeof PLACES)[number];
  /** Absolute. */
  readonly path: string;
  /** A folder is listed when it is empty. */
  readonly kind: 'file' | 'link' | 'folder';
  /** The file's bytes, or where the link points. */
  read(): Promise<Buffer>;
}

/** What there was, by path: a text that changes when the file does. */
export type Snapshot = ReadonlyMap<string, string>;

/** What the machine holds now. */
export async function takeSnapshot(machine: Machine): Promise<Snapshot> {
  const entries = await listAll(machine);
  return new Map(await Promise.all(entries.map(async (entry) => [entry.path, await mark(entry)] as const)));
}

/** What the machine holds that the snapshot does not. */
export async function findLeftovers(machine: Machine, before: Snapshot): Promise<Leftover[]> {
  const entries = await listAll(machine);
  const marks = await Promise.all(entries.map(mark));
  return entries.filter(({ path }, index) => marks[index] !== GONE && before.get(path) !== marks[index]);
}

/** Of what another step on the machine has removed since it was listed. */
const GONE = 'gone';

async function mark({ path, kind }: Leftover): Promise<string> {
  try {
    if (kind === 'link') return await readlink(path);
    const { size, mtimeMs } = await stat(path);
    return kind === 'folder' ? 'folder' : `${size} ${mtimeMs}`;
  } catch (error) {
    if (isMissing(error)) return GONE;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

async function listAll(machine: Machine): Promise<Leftover[]> {
  const lists = await Promise.all(PLACES.map((place) => list(place, machine[place])));
  return lists.flat();
}

async function list(place: Leftover['place'], folder: string): Promise<Leftover[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  const lists = entries.map(async (entry): Promise<Leftover[]> => {
    const path = join(folder, entry.name);
    if (entry.isSymbolicLink())
      return [{ place, path, kind: 'link', read: async () => Buffer.from(await readlink(path)) }];
    if (!entry.isDirectory()) return [{ place, path, kind: 'file', read: async () => await readFile(path) }];
    const inside = await list(place, path);
    return inside.length > 0 ? inside : [{ place, path, kind: 'folder', read: async () => Buffer.alloc(0) }];
  });
  return (await Promise.all(lists)).flat();
}
