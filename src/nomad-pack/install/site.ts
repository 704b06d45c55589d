import * as z from 'zod/mini';
import { ActionError } from '../../errors.ts';
import type { Downloader } from './download.ts';
import type { Platform } from './platform.ts';
import { type ReleaseFiles, releaseNames } from './release.ts';
import { verifySignature } from './signature.ts';
import { parseSums, type Sums } from './sums.ts';
import { versionNotFound } from './version.ts';

const MEGABYTE = 1024 * 1024;

/** Bytes. The index of nomad-pack has 30 thousand, the sums 2 thousand, the archive 32 million; Nomad's index has some 2 million. */
const LIMITS = { index: 16 * MEGABYTE, sums: MEGABYTE, signature: MEGABYTE, archive: 200 * MEGABYTE };

const index = z.object({ versions: z.record(z.string(), z.unknown()) });

/** Where releases are: HashiCorp's site, or a mirror with the same paths. */
export class ReleaseSite {
  readonly #root: string;
  readonly #mirror: string;
  readonly #platform: Platform;
  readonly #downloader: Downloader;

  constructor(mirror: string, platform: Platform, downloader: Downloader) {
    this.#mirror = mirror;
    this.#root = `${mirror}/${platform.product}`;
    this.#platform = platform;
    this.#downloader = downloader;
  }

  /**
   * The versions that there are. The index is not signed: whoever controls the site can hide the newer ones, so `latest` and ranges
   * are as new as the site says; an exact version is exact.
   *
   * @throws ActionError `download`
   */
  async versions(): Promise<string[]> {
    const url = `${this.#root}/index.json`;
    const text = (await this.#downloader.get(url, LIMITS.index))?.toString('utf8');
    if (text === undefined) throw unusable(`There is no ${url}`);
    try {
      return Object.keys(index.parse(JSON.parse(text)).versions);
    } catch (error) {
      throw unusable(`${url} is not a list of releases`, error);
    }
  }

  /**
   * What a version has for the platform. It is not verified yet.
   *
   * @throws ActionError `version-not-found`, `platform-unsupported`, `download`, and `verification` where the signature is missing
   */
  async download(version: string, signingKey: string | undefined): Promise<ReleaseFiles> {
    const names = releaseNames(version, this.#platform);
    const stop = new AbortController();
    const get = async (name: string, limit: number) =>
      await this.#downloader.get(`${this.#root}/${version}/${name}`, limit, stop.signal);
    const downloads = [
      get(names.sums, LIMITS.sums),
      get(names.signature, LIMITS.signature),
      get(names.archive, LIMITS.archive),
    ] as const;
    try {
      const [sums, signature, archive] = await Promise.all(downloads);
      if (sums === undefined) throw await this.#explainMissing(version, names.sums);
      if (archive === undefined) {
        await verifySignature(sums, signature, signingKey);
        throw missingArchive(version, names.archive, this.#platform, parseSums(sums.toString('utf8')));
      }
      return { sums, archive, signature: signature ?? Buffer.alloc(0) };
    } finally {
      stop.abort();
      await Promise.allSettled(downloads);
    }
  }

  async #explainMissing(version: string, name: string): Promise<ActionError> {
    const versions = await this.versions();
    if (!versions.includes(version)) return versionNotFound(version, versions, this.#platform.product, this.#mirror);
    return unusable(`${this.#mirror} lists ${this.#platform.product} ${version}, but has no ${name}`);
  }
}

function missingArchive(version: string, name: string, { product, os, arch }: Platform, sums: Sums): ActionError {
  const files = sums.map(([file]) => file);
  if (files.includes(name)) return unusable(`${name} is in SHA256SUMS, but not on the site`);
  const builds = files.flatMap((file) => /_([a-z0-9]+_[a-z0-9]+)\.zip$/.exec(file)?.[1]?.replace('_', '/') ?? []);
  return new ActionError('platform-unsupported', `${product} ${version} is not built for ${os}/${arch}.`, {
    hint: `There are builds for ${builds.join(', ')}. Run the job on one of these, or build nomad-pack yourself and set \`nomad_pack_version: system\`.`,
  });
}

function unusable(what: string, cause?: unknown): ActionError {
  return new ActionError('download', `${what}.`, {
    hint: 'Check `nomad_pack_mirror`: it is the address above `nomad-pack/index.json`, as in https://releases.hashicorp.com.',
    cause,
  });
}
