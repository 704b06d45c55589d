import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { repositoriesIn } from './repositories.ts';

/** What a folder's name begins with. */
const PREFIX = 'nomad-pack-';

/** Holds the key by which the step's end knows the folder for the step's. */
const KEY = '.nomad-pack-key';

/** Holds a file for each process, named by its id, that says when it began. */
const PROCESSES = '.nomad-pack-processes';

/** Where nomad-pack writes what it renders to, below the folder. */
export const RENDERED_FOLDER = '.nomad-pack-rendered';

/**
 * Never linked into the private folder: git would take `.git` for the configuration of what it clones, and what is written here later
 * must not end up in the workspace, nor what is read here come from it.
 */
const HIDDEN: readonly string[] = ['.git', '.cache', 'Library', KEY, PROCESSES, RENDERED_FOLDER];

/**
 * A folder of this step alone, readable by this user alone. nomad-pack runs in it, so that what it leaves behind goes away with the
 * folder, and two steps on one machine never meet.
 */
export class PrivateFolder {
  /** Absolute. */
  readonly path: string;
  /** Nobody can guess it. */
  readonly key: string;
  /** The folder in which processes are remembered. */
  readonly #processes: string;

  private constructor(path: string, key: string, processes = join(path, PROCESSES)) {
    this.path = path;
    this.key = key;
    this.#processes = processes;
  }

  /** A new one below a folder for temporary files; its name cannot be guessed. */
  static async create(temporary: string): Promise<PrivateFolder> {
    await mkdir(temporary, { recursive: true });
    const folder = new PrivateFolder(await mkdtemp(join(temporary, PREFIX)), randomUUID());
    await folder.write(KEY, folder.key);
    return folder;
  }

  /**
   * The folder that an earlier process made; nothing where it is gone.
   *
   * @throws Error where that is not one that this action made for this user below the folder for temporary files
   */
  static async reopen(path: string, key: string, temporary: string): Promise<PrivateFolder | undefined> {
    const found = await lstat(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
      throw error;
    });
    if (found === undefined) return undefined;
    const isPlaced =
      basename(path).startsWith(PREFIX) && (await realpath(dirname(path))) === (await realpath(temporary));
    const isMine = found.isDirectory() && (process.getuid === undefined || found.uid === process.getuid());
    const own = isPlaced && isMine ? await readFile(join(path, KEY), 'utf8').catch(() => '') : '';
    if (own === '' || own !== key) throw new Error('it is not the folder that this step made');
    return new PrivateFolder(path, key);
  }

  /** A new folder in it, for a part of the step's work. The processes of that part are remembered here, where the step's end finds them. */
  async within(name: string): Promise<PrivateFolder> {
    const path = join(this.path, name);
    await mkdir(path, { recursive: true, mode: 0o700 });
    return new PrivateFolder(path, this.key, this.#processes);
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
   * of that name for the pack. No way leads to a `.git`, in which there may be a token: neither of the workspace nor of a repository that
   * was checked out into it.
   */
  async linkWorkspace(workspace: string, packName: string): Promise<void> {
    const taken = new Set([...(await readdir(this.path)), ...HIDDEN, packName]);
    const names = (await readdir(workspace).catch(() => [])).filter((name) => !taken.has(name));
    const root = await realpath(workspace).catch(() => workspace);
    const repositories = repositoriesIn(root);
    await Promise.all(
      names.map(async (name) => await linkVisible(join(root, name), join(this.path, name), repositories, [root])),
    );
  }

  /** Remembers a child process, so that a later process can end it if this one is killed: at once, before anything else happens. */
  rememberProcess(pid: number): void {
    mkdirSync(this.#processes, { recursive: true });
    writeFileSync(join(this.#processes, String(pid)), startOf(pid) ?? '');
  }

  forgetProcess(pid: number): void {
    rmSync(join(this.#processes, String(pid)), { force: true });
  }

  /** The child processes that were remembered and not forgotten; not what has got the id of one that has ended. */
  async rememberedProcesses(): Promise<number[]> {
    const names = await readdir(this.#processes).catch(() => []);
    // To a signal, 0 and 1 would mean this process's own group, and all processes.
    const pids = names.filter((name) => /^\d+$/.test(name) && Number(name) > 1);
    const began = await Promise.all(pids.map(async (pid) => await readFile(join(this.#processes, pid), 'utf8')));
    // Of a process that has ended, children may be left in its group.
    return pids.map(Number).filter((pid, index) => [undefined, began[index]].includes(startOf(pid)));
  }

  /** Removes the folder and all that is in it; links are removed, not followed. The key goes last: who is interrupted can go on. */
  async remove(): Promise<void> {
    const names = await readdir(this.path).catch(() => []);
    await chmod(this.path, 0o700).catch(() => undefined);
    await Promise.all(names.filter((name) => name !== KEY).map(async (name) => await this.discard(name)));
    await removeFolder(this.path);
  }

  /** Removes one folder in it, where that is there. */
  async discard(name: string): Promise<void> {
    await removeFolder(join(this.path, name));
  }
}

/** nomad-pack makes some of its folders read-only. What a link leads to stays as it is. */
async function removeFolder(path: string): Promise<void> {
  const isFolder = await lstat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isFolder) await makeWritable(path);
  await rm(path, { recursive: true, force: true, maxRetries: 3 });
}

async function makeWritable(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  await chmod(folder, 0o700).catch(() => undefined);
  await Promise.all(
    entries.filter((entry) => entry.isDirectory()).map((entry) => makeWritable(join(folder, entry.name))),
  );
}

/**
 * Links an entry of the workspace. A folder that is a repository, or in which there is one, becomes a folder of links, without the `.git`.
 *
 * @param above the folders that this one is in: a link back to one of them would have no end
 */
async function linkVisible(
  source: string,
  target: string,
  repositories: readonly string[],
  above: readonly string[],
): Promise<void> {
  const real = await realpath(source).catch(() => source);
  if (real.split(sep).includes('.git') || above.includes(real)) return;
  const isFolder = await lstat(real).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const names = isFolder ? await readdir(real).catch(() => []) : [];
  if (!names.includes('.git') && !repositories.some((path) => path.startsWith(`${real}${sep}`))) {
    await symlink(source, target, isFolder ? 'junction' : 'file');
    return;
  }
  await mkdir(target);
  const visible = names.filter((name) => name !== '.git');
  await Promise.all(
    visible.map(
      async (name) => await linkVisible(join(real, name), join(target, name), repositories, [...above, real]),
    ),
  );
}

/** When a process began, in the system's own words; nothing where there is no such process, or, on Windows, where nobody tells. */
function startOf(pid: number): string | undefined {
  try {
    // Its name may hold spaces and brackets; what follows is field 3 on.
    if (process.platform === 'linux')
      return readFileSync(`/proc/${pid}/stat`, 'latin1')
        .replace(/^.*\) /s, '')
        .split(' ')[19];
    if (process.platform === 'win32') return undefined;
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return undefined;
  }
}
