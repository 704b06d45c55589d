import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { unzipSync } from 'fflate';
import { createMessage, readKey, readSignature, verify } from 'openpgp';
import { type Releases, type ReleasesOptions, signingKey, startReleases } from '../releases/index.ts';

const run = promisify(execFile);
const folder = '/nomad-pack/0.4.2';
const archive = 'nomad-pack_0.4.2_linux_amd64.zip';
const sums = 'nomad-pack_0.4.2_SHA256SUMS';
let releases: Releases;
const started: Releases[] = [];

async function start(options: ReleasesOptions = {}): Promise<Releases> {
  const site = await startReleases(options);
  started.push(site);
  return site;
}

beforeAll(async () => {
  releases = await start();
});

afterEach(() => {
  for (const name of [archive, sums, 'index.json']) releases.tamper(name, undefined);
});

afterAll(async () => {
  await Promise.all(started.map((site) => site.stop()));
});

async function download(path: string, site = releases): Promise<Uint8Array> {
  const response = await fetch(`${site.address}${path}`);
  if (!response.ok) throw new Error(String(response.status));
  return new Uint8Array(await response.arrayBuffer());
}

/** Verifies as anyone would who holds the public key. @returns what OpenPGP says against it, or nothing. */
async function complaint(site: Releases, publicKey: string): Promise<string | undefined> {
  const { signatures } = await verify({
    message: await createMessage({ binary: await download(`${folder}/${sums}`, site) }),
    signature: await readSignature({ binarySignature: await download(`${folder}/${sums}.sig`, site) }),
    verificationKeys: await readKey({ armoredKey: publicKey }),
    format: 'binary',
  });
  return await signatures[0]?.verified.then(
    () => undefined,
    (error: Error) => error.message,
  );
}

describe('the list of releases', () => {
  test('names every version and build, each of which is there', async () => {
    const index = JSON.parse(Buffer.from(await download('/nomad-pack/index.json')).toString());
    expect(Object.keys(index.versions)).toEqual(['0.4.0', '0.4.1', '0.4.2']);
    const release = index.versions['0.4.2'];
    expect(release).toMatchObject({
      version: '0.4.2',
      shasums: sums,
      shasums_signature: `${sums}.sig`,
      shasums_signatures: [`${sums}.${releases.key.id}.sig`, `${sums}.sig`],
    });
    expect(release.builds).toHaveLength(6);
    for (const file of [sums, ...release.shasums_signatures]) await download(`${folder}/${file}`);
    for (const { url, filename, os, arch } of release.builds) {
      expect(filename).toBe(`nomad-pack_0.4.2_${os}_${arch}.zip`);
      expect((await fetch(url)).status).toBe(200);
    }
  });
});

describe('a release', () => {
  test('has sums that are true and signed', async () => {
    const lines = Buffer.from(await download(`${folder}/${sums}`)).toString();
    const digest = createHash('sha256')
      .update(await download(`${folder}/${archive}`))
      .digest('hex');
    expect(lines).toContain(`${digest}  ${archive}\n`);
    expect(await complaint(releases, releases.publicKey)).toBeUndefined();
  });

  test('unpacks, with other tools too, to a program that runs', async () => {
    const place = await mkdtemp(join(tmpdir(), 'releases-test-'));
    const site = await start({
      versions: ['0.4.2'],
      program: (version) => `#!/bin/sh\necho "sandbox ${version} $1"\n`,
    });
    try {
      await writeFile(join(place, 'a.zip'), await download(`${folder}/${archive}`, site));
      await run('unzip', ['-q', 'a.zip'], { cwd: place });
      expect((await stat(join(place, 'nomad-pack'))).mode & 0o777).toBe(0o755);
      const { stdout } = await run(join(place, 'nomad-pack'), ['version']);
      expect(stdout).toBe('sandbox 0.4.2 version\n');
    } finally {
      await rm(place, { recursive: true });
    }
  });

  test('is the stand-in nomad-pack, started by the same Node', async () => {
    const program = Buffer.from(unzipSync(await download(`${folder}/${archive}`))['nomad-pack'] ?? []).toString();
    expect(program).toContain(`exec '${process.execPath}' `);
    expect(program).toMatch(/sandbox\/nomad-pack\/main\.js' '--sandbox-version' '0\.4\.2' "\$@"\n$/);
  });
});

describe('a hostile site', () => {
  test('signs with an expired key, in its time', async () => {
    const key = await signingKey({ expired: true });
    const site = await start({ versions: ['0.4.2'], key });
    expect(await complaint(site, key.publicKey)).toBeUndefined();
    const certificate = await readKey({ armoredKey: key.publicKey });
    await expect(certificate.getSigningKey()).rejects.toThrow('expired');
  });

  test('signs with a foreign key', async () => {
    const site = await start({ versions: ['0.4.2'], key: await signingKey({ name: 'foreign' }) });
    expect(await complaint(site, releases.publicKey)).toContain('Could not find signing key');
  });

  test('changes the sums under their signature', async () => {
    releases.tamper(sums, {
      kind: 'bytes',
      bytes: (file) => Buffer.from(Buffer.from(file).toString().replace('0', '1')),
    });
    expect(await complaint(releases, releases.publicKey)).toBe('Signed digest did not match');
  });

  test('packs entries that climb out of their folder', async () => {
    const site = await start({ versions: ['0.4.2'], extraEntries: { '../evil': 'boo' } });
    expect(Object.keys(unzipSync(await download(`${folder}/${archive}`, site)))).toEqual(['../evil', 'nomad-pack']);
  });

  test('answers with a status, a redirect, nothing, and without end', async () => {
    const url = `${releases.address}${folder}/${archive}`;
    releases.tamper(archive, { kind: 'status', status: 503, headers: { 'Retry-After': '1' } });
    const busy = await fetch(url);
    expect([busy.status, busy.headers.get('retry-after')]).toEqual([503, '1']);

    releases.tamper(archive, { kind: 'redirect', to: 'http://127.0.0.1:9/x' });
    expect((await fetch(url, { redirect: 'manual' })).headers.get('location')).toBe('http://127.0.0.1:9/x');

    releases.tamper(archive, { kind: 'hang' });
    const seen = releases.requests.length;
    const leave = new AbortController();
    const hanging = expect(fetch(url, { signal: leave.signal })).rejects.toThrow('aborted');
    while (releases.requests.length === seen) await new Promise(setImmediate);
    leave.abort();
    await hanging;

    releases.tamper(archive, { kind: 'endless' });
    const reader = (await fetch(url)).body?.getReader();
    let size = 0;
    while (size < 20_000_000) size += (await reader?.read())?.value?.length ?? 0;
    await reader?.cancel();
  });
});
