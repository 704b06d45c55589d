import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import semver from 'semver';
import { ActionError, cancelled } from '../../errors.ts';
import type { NomadPackSettings } from '../../settings/settings.ts';
import { createDownloader, type Downloader } from './download.ts';
import { type Folders, foldersOf, placeProgram } from './files.ts';
import type { Installation, InstallOptions } from './installation.ts';
import { type Platform, platformOf } from './platform.ts';
import { type ReleaseFiles, releaseNames, verifiedProgram } from './release.ts';
import { ReleaseSite } from './site.ts';
import { ToolCache } from './tool-cache.ts';
import { isExact, newestFitting, versionNotFound } from './version.ts';

/**
 * Makes a release of nomad-pack available, from the tool cache or the site. It is run only after the signature of its sums and the digest
 * of its archive held, wherever it comes from, and from a copy that belongs to this step or job. What remains: a process of the same
 * user that is still there can change that copy between the verification and the run, as it can change anything else of the job.
 *
 * A release in the tool cache takes 0.35 s, of which verifying takes 0.1 s, unpacking and writing 76 MB the rest; an exact version
 * that is there takes no request.
 *
 * @throws ActionError `version-not-found`, `platform-unsupported`, `download`, `verification`, `cancelled`
 */
export async function installRelease(settings: NomadPackSettings, options: InstallOptions): Promise<Installation> {
  if (options.signal.aborted) throw cancelled(options.signal);
  const installer = new Installer(settings, options);
  try {
    return await installer.install();
  } finally {
    await installer.close();
  }
}

class Installer {
  readonly #settings: NomadPackSettings;
  readonly #options: InstallOptions;
  readonly #platform: Platform;
  readonly #folders: Folders;
  readonly #cache: ToolCache;
  #downloader: Downloader | undefined;

  constructor(settings: NomadPackSettings, options: InstallOptions) {
    this.#settings = settings;
    this.#options = options;
    this.#platform = platformOf(options);
    this.#folders = foldersOf(options.environment);
    this.#cache = new ToolCache(this.#folders.toolCache, this.#platform);
  }

  async install(): Promise<Installation> {
    const { version: wanted } = this.#settings;
    const kept = await this.#kept(wanted);
    if (kept !== undefined) return kept;
    if (isExact(wanted)) return await this.#installVersion(wanted);
    const installation = await this.#installNewest(wanted);
    // So that all steps of a job have the same one.
    await this.#options.store?.keep(this.#nameOf(wanted), await installation.version, async () => installation.path);
    return installation;
  }

  async #installNewest(wanted: string): Promise<Installation> {
    try {
      return await this.#installVersion(await this.#newest(wanted));
    } catch (error) {
      if (!(error instanceof ActionError && error.reason === 'download')) throw error;
      return await this.#installFromCache(wanted, error);
    }
  }

  async close(): Promise<void> {
    await this.#downloader?.close();
  }

  async #newest(wanted: string): Promise<string> {
    const versions = (await this.#site().versions()).filter((version) => semver.valid(version) === version);
    const newest = newestFitting(wanted, versions);
    if (newest === undefined) throw versionNotFound(wanted, versions, this.#platform.product, this.#settings.mirror);
    return newest;
  }

  async #installVersion(version: string): Promise<Installation> {
    return (await this.#cached(version)) ?? (await this.#download(version));
  }

  /** The program that an earlier step of this job has verified for the same wish, with the same key. */
  async #kept(wanted: string): Promise<Installation | undefined> {
    const kept = await this.#options.store?.find(this.#nameOf(wanted));
    if (kept === undefined) return undefined;
    this.#options.log(`${this.#platform.product} ${kept.note} was verified by an earlier step of this job.`);
    return { path: kept.path, folder: dirname(kept.path), version: Promise.resolve(kept.note) };
  }

  #nameOf(wanted: string): string {
    const { mirror, signingKey = '' } = this.#settings;
    const key = createHash('sha256').update(signingKey).digest('hex');
    return `${this.#platform.product} ${wanted} from ${mirror}, signed with ${key}`;
  }

  /** The newest version that fits and was kept, when the site cannot be reached. */
  async #installFromCache(wanted: string, failure: ActionError): Promise<Installation> {
    let versions = await this.#cache.versions();
    for (;;) {
      const version = newestFitting(wanted, versions);
      if (version === undefined) throw failure;
      const installation = await this.#cached(version);
      if (installation !== undefined) {
        this.#options.warn(
          `${failure.message} ${this.#platform.product} ${version} from the tool cache is used instead; there may be a newer one that fits \`${wanted}\`.`,
        );
        return installation;
      }
      versions = versions.filter((other) => other !== version);
    }
  }

  /** A version that was kept, if it is still what was signed; else it is removed. */
  async #cached(version: string): Promise<Installation | undefined> {
    if (!this.#cache.has(version)) return undefined;
    if (await this.#cache.isBare(version)) {
      this.#options.log(
        `${this.#platform.product} ${version} in the tool cache is a program without the archive that HashiCorp signed, and is not used. docs/tool-cache.md says how to keep one that is.`,
      );
      return undefined;
    }
    let program: Buffer;
    try {
      const files = await this.#cache.read(version);
      program = await verifiedProgram(
        files,
        releaseNames(version, this.#platform),
        this.#platform,
        this.#settings.signingKey,
      );
    } catch (error) {
      this.#options.warn(
        `${this.#platform.product} ${version} in the tool cache is not what was kept there, and is not used: ${(error as Error).message}`,
      );
      await this.#cache
        .remove(version)
        .catch((cause: Error) => this.#options.warn(`It cannot be removed: ${cause.message}`));
      return undefined;
    }
    this.#options.log(`${this.#platform.product} ${version} is in the tool cache; its signature holds.`);
    return await this.#place(program, version);
  }

  async #download(version: string): Promise<Installation> {
    const { signingKey, mirror } = this.#settings;
    const [files] = await Promise.all([
      this.#site().download(version, signingKey),
      // What verifies and unpacks it is loaded meanwhile.
      import('openpgp'),
      import('yauzl'),
    ]);
    const program = await verifiedProgram(files, releaseNames(version, this.#platform), this.#platform, signingKey);
    this.#options.log(`${this.#platform.product} ${version} was downloaded from ${mirror}; its signature holds.`);
    const [installation] = await Promise.all([this.#place(program, version), this.#keep(version, files)]);
    return installation;
  }

  /** What is there stays: another step was faster, or it is a program of somebody else's. */
  async #keep(version: string, files: ReleaseFiles): Promise<void> {
    try {
      if (!this.#cache.has(version)) await this.#cache.store(version, files);
    } catch (error) {
      this.#options.log(`It cannot be kept in the tool cache: ${(error as Error).message}`);
    }
  }

  async #place(program: Buffer, version: string): Promise<Installation> {
    const { signal, store, into = join(this.#folders.job, `${this.#platform.product}-${version}`) } = this.#options;
    if (signal.aborted) throw cancelled(signal);
    const placed = await store?.keep(this.#nameOf(version), version, async (folder) => {
      return await placeProgram(program, this.#platform.program, this.#options.into === undefined ? into : folder);
    });
    const path = placed ?? (await placeProgram(program, this.#platform.program, into));
    return { path, folder: dirname(path), version: Promise.resolve(version) };
  }

  #site(): ReleaseSite {
    this.#downloader ??= createDownloader(this.#options);
    return new ReleaseSite(this.#settings.mirror, this.#platform, this.#downloader);
  }
}
