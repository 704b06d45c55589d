import { createHash } from 'node:crypto';
import { lstat, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import semver from 'semver';
import { isErrorCode } from './files.ts';
import type { Platform } from './platform.ts';
import { type ReleaseFiles, releaseNames } from './release.ts';

/** More than any file of a release. Bytes. */
const LARGEST_FILE = 200 * 1024 * 1024;

/**
 * Releases that were downloaded before, in a folder that all jobs of the machine may share and any of them may have changed. So it
 * holds the archive, the sums and their signature as they came, and no program: what is taken from it goes through the same
 * verification as a download, in memory, and nothing is run from here. A digest that we wrote beside a program would prove
 * nothing, as whoever changes the one can change the other.
 *
 * The layout is not that of `@actions/tool-cache`: that one removes an entry before it writes it, under the hands of other steps.
 */
export class ToolCache {
  readonly #root: string;
  readonly #platform: Platform;
  readonly #entry: string;

  /**
   * @param root the runner's tool cache, absolute
   * @param signingKey releases that another key signs are kept apart
   */
  constructor(root: string, platform: Platform, signingKey: string | undefined) {
    const key =
      signingKey === undefined ? '' : `_${createHash('sha256').update(signingKey).digest('hex').slice(0, 16)}`;
    this.#root = join(root, 'nomad-pack-releases');
    this.#platform = platform;
    this.#entry = `${platform.os}_${platform.arch}${key}`;
  }

  /** The versions that are there, unverified. */
  async versions(): Promise<string[]> {
    const names = await readdir(this.#root).catch(() => []);
    const there = await Promise.all(names.map(async (name) => semver.valid(name) === name && (await this.has(name))));
    return names.filter((_, index) => there[index]);
  }

  async has(version: string): Promise<boolean> {
    return (await lstat(this.#folder(version)).catch(() => undefined)) !== undefined;
  }

  /**
   * The files of a version that is there, unverified.
   *
   * @throws Error where one is missing, or is no file of a sensible size
   */
  async read(version: string): Promise<ReleaseFiles> {
    const names = releaseNames(version, this.#platform);
    const read = async (name: string) => {
      const path = join(this.#folder(version), name);
      const stat = await lstat(path);
      if (!stat.isFile() || stat.size > LARGEST_FILE) throw new Error(`${name} is no file of a release`);
      return await readFile(path);
    };
    const [archive, sums, signature] = await Promise.all([
      read(names.archive),
      read(names.sums),
      read(names.signature),
    ]);
    return { archive, sums, signature };
  }

  /** Keeps a version. It appears at once or not at all; where another step was faster, its one stays. */
  async store(version: string, files: ReleaseFiles): Promise<void> {
    const names = releaseNames(version, this.#platform);
    const folder = join(this.#root, version);
    await mkdir(folder, { recursive: true });
    const draft = await mkdtemp(join(folder, '.draft-'));
    try {
      await Promise.all([
        writeFile(join(draft, names.archive), files.archive),
        writeFile(join(draft, names.sums), files.sums),
        writeFile(join(draft, names.signature), files.signature),
      ]);
      await rename(draft, this.#folder(version));
    } catch (error) {
      if (!(isErrorCode(error, 'ENOTEMPTY', 'EEXIST', 'EPERM') && (await this.has(version)))) throw error;
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
  }

  async remove(version: string): Promise<void> {
    await rm(this.#folder(version), { recursive: true, force: true });
  }

  #folder(version: string): string {
    return join(this.#root, version, this.#entry);
  }
}
