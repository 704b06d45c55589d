import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Releases, startReleases } from 'nomad-pack-sandbox/releases/index.ts';
import { ROOT } from '../../scripts/support/paths.ts';
import { platformOf } from '../../src/nomad-pack/install/platform.ts';
import { LIMIT } from './support/sandbox.ts';

/* `npm run demo -- --real` on a machine that has neither `nomad` nor `nomad-pack`. That the demo goes well with real ones is shown by integration.yml. */

let releases: Releases;
let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'home-'));
  const { os, arch } = platformOf();
  releases = await startReleases({
    versions: ['0.4.1', '0.4.2'],
    builds: [{ os, arch }],
    // It is not a server, and says that it was started.
    nomad: { '1.9.0': '#!/bin/sh\necho old\n', '1.10.5': '#!/bin/sh\necho "downloaded nomad: $1 $2"\nexit 1\n' },
  });
  await writeFile(join(home, 'key.asc'), releases.publicKey);
});

afterEach(async () => {
  await Promise.all([releases.stop(), rm(home, { recursive: true })]);
});

async function demo(mirror = releases.address) {
  await mkdir(join(home, 'temp'), { recursive: true });
  const args = ['scripts/demo.ts', '--real', '--mirror', mirror, '--signing-key', join(home, 'key.asc')];
  return await promisify(execFile)(process.execPath, args, {
    cwd: ROOT,
    env: { HOME: home, TMPDIR: join(home, 'temp'), PATH: '/usr/bin:/bin' },
  }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, stdout, stderr }),
  );
}

test(
  'the newest releases are fetched, verified and used, and kept for the next time',
  async () => {
    const { stdout, stderr } = await demo();
    expect(stdout).toContain(
      `Not on the PATH: nomad and nomad-pack. The newest release comes from ${releases.address}.`,
    );
    expect(stdout).toContain(`nomad 1.10.5 was downloaded from ${releases.address}; its signature holds.`);
    expect(stdout).toContain(`nomad-pack 0.4.2 was downloaded from ${releases.address}; its signature holds.`);
    expect(stderr).toContain('downloaded nomad: agent -dev');

    const again = await demo();
    expect(again.stdout).toContain('nomad 1.10.5 is in the tool cache; its signature holds.');
    expect(again.stdout).toContain('nomad-pack 0.4.2 is in the tool cache; its signature holds.');
  },
  LIMIT,
);

test(
  'a Nomad that is not what was signed is not run',
  async () => {
    const { os, arch } = platformOf();
    const archive = `nomad_1.10.5_${os}_${arch}.zip`;
    releases.tamper(archive, { kind: 'bytes', bytes: (file) => Buffer.concat([file, Buffer.from('x')]) });
    const { code, stdout, stderr } = await demo();
    expect(code).toBe(1);
    expect(stderr).toContain(`The release is not what was signed: the SHA-256 of ${archive} is`);
    expect(stdout + stderr).not.toContain('downloaded nomad:');
  },
  LIMIT,
);

test(
  'without a way to the site, it says what to do',
  async () => {
    const { code, stderr } = await demo('http://127.0.0.1:9');
    expect(code).toBe(1);
    expect(stderr).toContain(
      'http://127.0.0.1:9/nomad/index.json could not be downloaded: connect ECONNREFUSED 127.0.0.1:9.',
    );
    expect(stderr).toContain(
      'Put `nomad` and `nomad-pack` on the PATH, or name a site with `--mirror`. Without `--real`, the demo simulates both.',
    );
    expect(stderr).not.toMatch(/^\s+at /m);
  },
  LIMIT,
);
