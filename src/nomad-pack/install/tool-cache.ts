import { existsSync } from 'node:fs';
import { lstat, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { arch } from 'node:os';
import { dirname, join } from 'node:path';
import semver from 'semver';
import { isErrorCode } from './files.ts';
import type { Platform } from './platform.ts';
import { type ReleaseFiles, releaseNames } from './release.ts';

/** More than any file of a release. Bytes. */
const LARGEST_FILE = 200 * 1024 * 1024;

/** As Node calls it, and so the tool cache. */
const ARCH = arch();

/**
 * Releases that were downloaded before, or that the runner's image brings, in the layout of `@actions/tool-cache`:
 * `nomad-pack/<version>/<arch>`, and `<arch>.complete` beside it. All jobs of the machine share the folder, and any of them may have
 * changed it. So an entry holds the archive, the sums and their signature as they were published, and no program: what is taken from it
 * goes through the same verification as a download, in memory, and nothing is run from here.
 */
export class ToolCache {
  readonly #platform: Platform;
  readonly #root: string;

  /** @param root the runner's tool cache, absolute */
  constructor(root: string, platform: Platform) {
    this.#root = root;
    this.#platform = platform;
  }

  /** The versions that are there, unverified. */
  async versions(): Promise<string[]> {
    const names = await readdir(join(this.#root, this.#platform.product)).catch(() => []);
    return names.filter((name) => semver.valid(name) === name && this.has(name));
  }

  has(version: string): boolean {
    const entry = this.#entry(version);
    return existsSync(entry) && existsSync(`${entry}.complete`);
  }

  /** Whether what is there is a bare program, as other tools keep it. It is left alone: nothing tells whose program it is. */
  async isBare(version: string): Promise<boolean> {
    const isThere = async (name: string) =>
      await lstat(join(this.#entry(version), name)).then(
        () => true,
        () => false,
      );
    const { archive } = releaseNames(version, this.#platform);
    return !(await isThere(archive)) && (await isThere(this.#platform.program));
  }

  /**
   * The files of a version that is there, unverified.
   *
   * @throws Error where one is missing, or is not a file of a sensible size
   */
  async read(version: string): Promise<ReleaseFiles> {
    const names = releaseNames(version, this.#platform);
    const read = async (name: string) => {
      const path = join(this.#entry(version), name);
      const stat = await lstat(path);
      if (!stat.isFile() || stat.size > LARGEST_FILE) throw new Error(`${name} is not a file of a release`);
      return await readFile(path);
    };
    const [archive, sums, signature] = await Promise.all([
      read(names.archive),
      read(names.sums),
      read(names.signature),
    ]);
    return { archive, sums, signature };
  }

  /**
   * Keeps a version. It appears at once or not at all; where another step was faster, its one stays.
   */
  async store(version: string, files: ReleaseFiles): Promise<void> {
    const names = releaseNames(version, this.#platform);
    const entry = this.#entry(version);
    await mkdir(dirname(entry), { recursive: true });
    const draft = await mkdtemp(join(dirname(entry), '.draft-'));
    try {
      await Promise.all([
        writeFile(join(draft, names.archive), files.archive),
        writeFile(join(draft, names.sums), files.sums),
        writeFile(join(draft, names.signature), files.signature),
      ]);
      await rename(draft, entry);
    } catch (error) {
      if (!isErrorCode(error, 'ENOTEMPTY', 'EEXIST', 'EPERM')) throw error;
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
    await writeFile(`${entry}.complete`, '');
  }

  async remove(version: string): Promise<void> {
    const entry = this.#entry(version);
    await rm(`${entry}.complete`, { force: true });
    await rm(entry, { recursive: true, force: true });
  }

  #entry(version: string): string {
    return join(this.#root, this.#platform.product, version, ARCH);
  }
}
