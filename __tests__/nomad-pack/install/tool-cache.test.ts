import { mkdir, writeFile } from 'node:fs/promises';
import { arch } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { ToolCache } from '../../../src/nomad-pack/install/tool-cache.ts';
import { makeFolder, platform } from './support.ts';

/** The runner's own library, whose layout ours has to be. */
let library: typeof import('@actions/tool-cache');
let folder: Awaited<ReturnType<typeof makeFolder>>;
let cache: ToolCache;

const files = { archive: Buffer.from('zip'), sums: Buffer.from('sums'), signature: Buffer.from('signature') };

beforeEach(async () => {
  folder = await makeFolder();
  cache = new ToolCache(folder.path, platform);
  jest.replaceProperty(process, 'env', { ...process.env, RUNNER_TOOL_CACHE: folder.path });
  // It prints lines for who debugs.
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  library = await import('@actions/tool-cache');
});

afterEach(async () => {
  jest.restoreAllMocks();
  await folder.remove();
});

test('what the action keeps is found by the library', async () => {
  await cache.store('0.4.2', files);
  expect(library.find('nomad-pack', '0.4.x')).toBe(join(folder.path, 'nomad-pack', '0.4.2', arch()));
  expect(library.findAllVersions('nomad-pack')).toEqual(['0.4.2']);
});

test('what the library keeps is found by the action', async () => {
  const release = join(folder.path, 'release');
  await mkdir(release);
  await writeFile(join(release, `nomad-pack_0.4.2_${platform.os}_${platform.arch}.zip`), files.archive);
  await writeFile(join(release, 'nomad-pack_0.4.2_SHA256SUMS'), files.sums);
  await writeFile(join(release, 'nomad-pack_0.4.2_SHA256SUMS.sig'), files.signature);
  await library.cacheDir(release, 'nomad-pack', '0.4.2');
  expect(await cache.versions()).toEqual(['0.4.2']);
  expect(await cache.read('0.4.2')).toEqual(files);
});

test('an entry without its marker, of another machine or of no version is not there, for either', async () => {
  for (const path of [`0.4.2/${arch()}`, '0.4.1/other', `latest/${arch()}`]) {
    await mkdir(join(folder.path, 'nomad-pack', path), { recursive: true });
  }
  await writeFile(join(folder.path, 'nomad-pack', '0.4.1', 'other.complete'), '');
  await writeFile(join(folder.path, 'nomad-pack', 'latest', `${arch()}.complete`), '');
  expect(await cache.versions()).toEqual([]);
  expect(library.findAllVersions('nomad-pack')).toEqual([]);
  expect(['0.4.2', '0.4.1'].map((version) => cache.has(version))).toEqual([false, false]);
});

test('a cache that was never used holds nothing', async () => {
  expect(await new ToolCache(join(folder.path, 'none'), platform).versions()).toEqual([]);
});
