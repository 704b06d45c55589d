import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { registryFolder } from '../../src/nomad-pack/cache.ts';
import { Clones } from '../../src/nomad-pack/clones.ts';
import { PrivateFolder } from '../../src/runner/private-folder.ts';
import type { RegistryCredentials, RegistrySettings } from '../../src/settings/settings.ts';

let root: string;
let step: PrivateFolder;
let clones: Clones;
let fetched: string[];
let deployments: number;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'clones-'));
  step = await PrivateFolder.create(root);
  clones = new Clones(step);
  fetched = [];
  deployments = 0;
});

afterEach(async () => await rm(root, { recursive: true }));

const registry = (more: Partial<RegistrySettings> = {}): RegistrySettings => ({
  name: 'acme',
  source: 'https://git.example.com/packs.git',
  ref: 'v1/x',
  ...more,
});

/** Asks for a registry for a deployment of its own; answers the commit, and what it finds of it. */
async function place(
  wanted: RegistrySettings,
  credentials?: RegistryCredentials,
): Promise<[string | undefined, string]> {
  deployments += 1;
  const own = await step.within(`deployment-${deployments}`);
  const commit = await clones.place(wanted, credentials, own, async (folder) => {
    fetched.push(wanted.ref);
    const path = registryFolder(folder.path, wanted);
    await mkdir(path, { recursive: true });
    await writeFile(join(path, 'metadata.json'), `${wanted.ref} with ${credentials?.token}`);
    return `commit of ${wanted.ref}`;
  });
  return [commit, await readFile(join(registryFolder(own.path, wanted), 'metadata.json'), 'utf8')];
}

test('one source at one ref is fetched once, whatever the registry is called, and whoever asks at the same time', async () => {
  const all = await Promise.all([place(registry()), place(registry()), place(registry({ name: 'same' }))]);
  for (const one of all) expect(one).toEqual(['commit of v1/x', 'v1/x with undefined']);
  expect(fetched).toEqual(['v1/x']);
});

test('what differs in the source, the ref or the token is another', async () => {
  await place(registry());
  await place(registry({ ref: 'v2' }));
  await place(registry({ source: 'https://git.example.com/others.git' }));
  const [, text] = await place(registry(), { token: 'own' });
  expect(text).toBe('v1/x with own');
  expect(fetched).toHaveLength(4);
});

test('a fetch that fails fails for all, and is not made again', async () => {
  let fetches = 0;
  const fail = async () => {
    fetches += 1;
    throw new Error('no route');
  };
  const folder = await step.within('deployment');
  const both = await Promise.allSettled(
    [1, 2].map(async () => await clones.place(registry(), undefined, folder, fail)),
  );
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(fetches).toBe(1);
});
