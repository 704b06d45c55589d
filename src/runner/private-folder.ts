import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Holds an empty file for each process, named by its id. */
const PROCESSES = '.nomad-pack-processes';

/** Where nomad-pack writes what it renders to, below the folder. */
export const RENDERED_FOLDER = '.nomad-pack-rendered';

/**
 * Never linked into the private folder: git would take `.git` for the configuration of what it clones, and what is written here later
 * must not end up in the workspace, nor what is read here come from it.
 */
const HIDDEN: readonly string[] = ['.git', '.cache', 'Library', PROCESSES, RENDERED_FOLDER];

/**
 * A folder of this step alone, readable by this user alone. nomad-pack runs in it, so that what it leaves behind goes away with the
 * folder, and two steps on one machine never meet.
 */
export class PrivateFolder {
  /** Absolute. */
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  /** A new one below a folder for temporary files; its name cannot be guessed. */
  static async create(temporary: string): Promise<PrivateFolder> {
    await mkdir(temporary, { recursive: true });
    return new PrivateFolder(await mkdtemp(join(temporary, 'nomad-pack-')));
  }

  /** The folder that an earlier process made. */
  static at(path: string): PrivateFolder {
    return new PrivateFolder(path);
  }

  /** Writes a file that only this user can read, in a subfolder where one is named; answers its absolute path. */
  async write(name: string, text: string | Uint8Array): Promise<string> {
    const path = join(this.path, name);
    await writeFile(path, text, { mode: 0o600, flag: 'wx' });
    return path;
  }

  /**
   * Makes the workspace's entries visible here, so that a template's `fileContents "conf/x"` finds them: nomad-pack looks in the
   * folder that it runs in. What is already here stays, and so does the name of the pack hidden, because nomad-pack takes a folder
   * of that name for the pack.
   */
  async linkWorkspace(workspace: string, packName: string): Promise<void> {
    const taken = new Set([...(await readdir(this.path)), ...HIDDEN, packName]);
    const entries = await readdir(workspace, { withFileTypes: true }).catch(() => []);
    await Promise.all(
      entries
        .filter(({ name }) => !taken.has(name))
        .map((entry) =>
          symlink(join(workspace, entry.name), join(this.path, entry.name), entry.isDirectory() ? 'junction' : 'file'),
        ),
    );
  }

  /** Remembers a child process, so that a later process can end it if this one is killed: at once, before anything else happens. */
  rememberProcess(pid: number): void {
    mkdirSync(join(this.path, PROCESSES), { recursive: true });
    writeFileSync(join(this.path, PROCESSES, String(pid)), '');
  }

  forgetProcess(pid: number): void {
    rmSync(join(this.path, PROCESSES, String(pid)), { force: true });
  }

  /** The child processes that were remembered and not forgotten. */
  async rememberedProcesses(): Promise<number[]> {
    const names = await readdir(join(this.path, PROCESSES)).catch(() => []);
    // To a signal, 0 and 1 would mean this process's own group, and all processes.
    return names.filter((name) => /^\d+$/.test(name) && Number(name) > 1).map(Number);
  }

  /** Removes the folder and all that is in it; links are removed, not followed. */
  async remove(): Promise<void> {
    await removeFolder(this.path);
  }

  /** Removes one folder in it, where that is there. */
  async discard(name: string): Promise<void> {
    await removeFolder(join(this.path, name));
  }
}

/** nomad-pack makes some of its folders read-only. */
async function removeFolder(path: string): Promise<void> {
  await makeWritable(path);
  await rm(path, { recursive: true, force: true, maxRetries: 3 });
}

async function makeWritable(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  await chmod(folder, 0o700).catch(() => undefined);
  await Promise.all(
    entries.filter((entry) => entry.isDirectory()).map((entry) => makeWritable(join(folder, entry.name))),
  );
}
