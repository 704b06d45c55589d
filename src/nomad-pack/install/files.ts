import { randomUUID } from 'node:crypto';
import { lstat, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Environment } from '../../settings/inputs.ts';

/** Where the runner wants things to be kept. */
export interface Folders {
  /** Shared by the jobs of a machine. */
  readonly toolCache: string;
  /** Of this job; the runner empties it when the job ends. */
  readonly job: string;
}

/** The runner's folders, or where there is no runner, ones in the user's home: a shared folder such as `/tmp` belongs to anybody. */
export function foldersOf(environment: Environment): Folders {
  const own = join(given(environment['HOME']) ?? homedir(), '.cache', 'nomad-pack-action');
  return {
    toolCache: given(environment['RUNNER_TOOL_CACHE']) ?? own,
    job: given(environment['RUNNER_TEMP']) ?? own,
  };
}

/**
 * Writes a program to where the steps of this job can run it, and nobody else can change it. A program of the same name is
 * replaced at once, so that a step that runs it meanwhile is not disturbed.
 *
 * @returns its path, in a folder that holds nothing else
 */
export async function placeProgram(bytes: Uint8Array, name: string, folder: string): Promise<string> {
  await mkdir(dirname(folder), { recursive: true });
  const path = join((await isOursAlone(folder)) ? folder : await mkdtemp(`${folder}-`), name);
  const draft = `${path}.${randomUUID()}`;
  try {
    await writeFile(draft, bytes, { mode: 0o755, flag: 'wx' });
    await rename(draft, path).catch(async (error: unknown) => {
      // Windows replaces no program that runs. That of an earlier step is the same.
      if (!(await readFile(path)).equals(bytes)) throw error;
    });
  } finally {
    await rm(draft, { force: true });
  }
  return path;
}

/** Makes the folder, and tells whether it is this user's and no link: somebody else could have made it before. */
async function isOursAlone(folder: string): Promise<boolean> {
  await mkdir(folder, { mode: 0o700 }).catch((error: unknown) => {
    if (!isErrorCode(error, 'EEXIST')) throw error;
  });
  const stat = await lstat(folder);
  if (process.platform === 'win32') return stat.isDirectory();
  return stat.isDirectory() && stat.uid === process.getuid?.() && (stat.mode & 0o022) === 0;
}

export function isErrorCode(error: unknown, ...codes: readonly string[]): boolean {
  return codes.includes(String((error as NodeJS.ErrnoException).code));
}

function given(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text;
}
