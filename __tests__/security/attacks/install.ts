import { createHash } from 'node:crypto';
import { lchown, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { startWebServer } from 'nomad-pack-sandbox/http/server.ts';
import { type Releases, signingKey } from 'nomad-pack-sandbox/releases/index.ts';
import { newMachine } from '../../support/run-action.ts';
import type { Attack } from '../support/attack.ts';
import { job, writePack } from '../support/packs.ts';
import { fromSite, RELEASE, startTrap, type TrapOptions } from '../support/site.ts';
import { type Outcome, step } from '../support/step.ts';

const VERSION = '0.4.2';
const archive = RELEASE.archive(VERSION);
const sums = RELEASE.sums(VERSION);
const signature = RELEASE.signature(VERSION);

/** A user who is nobody of this machine's. */
const STRANGER = 65_534;

const sumsOf = (bytes: Uint8Array) => Buffer.from(`${createHash('sha256').update(bytes).digest('hex')}  ${archive}\n`);

/** Replaces a file of the site, byte for byte. */
const put = (site: Releases, name: string, bytes: Uint8Array) =>
  site.tamper(name, { kind: 'bytes', bytes: () => bytes });

const fetched = async (site: Releases, path: string) =>
  Buffer.from(await (await fetch(`${site.address}/nomad-pack/${path}`)).arrayBuffer());

interface Trick {
  readonly attack: string;
  readonly site?: TrapOptions;
  readonly act?: (site: Releases) => Promise<void> | void;
  readonly reason?: string;
  readonly message: RegExp;
}

const evil = Buffer.from('PK evil');

const TRICKS: readonly Trick[] = [
  {
    attack: 'tampered archive',
    act: (site) => put(site, archive, evil),
    message: /the SHA-256 of \S+ is [0-9a-f]{64}, and SHA256SUMS says/,
  },
  {
    attack: 'tampered archive, and sums that fit it',
    act: (site) => {
      put(site, archive, evil);
      put(site, sums, sumsOf(evil));
    },
    message: /the signature by [0-9A-F]{40} is not valid/,
  },
  {
    attack: 'stripped signature',
    act: (site) => site.tamper(signature, { kind: 'status', status: 404 }),
    message: /there is no signature of it/,
  },
  {
    attack: 'empty signature',
    act: (site) => put(site, signature, Buffer.alloc(0)),
    message: /there is no signature of it/,
  },
  {
    attack: 'foreign key',
    act: async (site) => {
      const foreign = await signingKey({ name: 'foreign' });
      put(site, signature, await foreign.sign(await fetched(site, `${VERSION}/${sums}`)));
    },
    message: /it is signed by the key [0-9A-F]{16}, not by [0-9A-F]{40}/,
  },
  { attack: 'expired key', site: { expired: true }, message: /is not valid: .*expired/i },
  {
    attack: 'downgraded mirror: an older release, signed, under the new name',
    act: async (site) => {
      const older = (name: (version: string) => string) => fetched(site, `0.4.0/${name('0.4.0')}`);
      put(site, archive, await older(RELEASE.archive));
      put(site, sums, await older(RELEASE.sums));
      put(site, signature, await older(RELEASE.signature));
    },
    message: /nomad-pack_0\.4\.2_\S+ is not in SHA256SUMS/,
  },
  {
    attack: 'zip with ../, signed',
    site: { extraEntries: { '../../evil': 'evil' } },
    message: /invalid relative path: \.\.\/\.\.\/evil/,
  },
  {
    attack: 'oversized download: it says so',
    act: (site) =>
      site.tamper(archive, { kind: 'status', status: 200, headers: { 'Content-Length': String(2 ** 40) } }),
    reason: 'download',
    message: /it is larger than 200 MiB/,
  },
  {
    attack: 'oversized download: it never ends',
    act: (site) => site.tamper(sums, { kind: 'endless' }),
    reason: 'download',
    message: /it is larger than 1 MiB/,
  },
];

/** Attacks on how nomad-pack comes to the runner. */
export const INSTALL_ATTACKS: readonly Attack[] = [
  ...TRICKS.map(({ attack, site: options, act, reason = 'verification', message }) => ({
    attack,
    run: async () => {
      const { site, ran } = await startTrap(options);
      try {
        await act?.(site);
        const outcome = await deployFrom(fromSite(site));
        expect(outcome).toMatchObject({ exitCode: 1, status: 'unknown', reason });
        expect(outcome.error).toMatch(message);
        expect(outcome.error).toContain('nomad_pack_mirror');
        expect(outcome.leftovers).toEqual([]);
        expect(await ran()).toBe('');
        return outcome;
      } finally {
        await site.stop();
      }
    },
  })),
  {
    attack: 'mirror that redirects to http elsewhere',
    run: async () => {
      const thief = await startWebServer((_, response) => void response.end('evil'));
      const { site } = await startTrap();
      try {
        site.tamper(archive, { kind: 'redirect', to: `${thief.address}/evil.zip` });
        const outcome = await deployFrom(fromSite(site));
        expect(outcome).toMatchObject({ exitCode: 1, reason: 'download' });
        expect(outcome.error).toMatch(/it redirects to http:\/\/127\.0\.0\.1:\d+, which is not https/);
        expect(thief.requests).toEqual([]);
        return outcome;
      } finally {
        await Promise.all([site.stop(), thief.stop()]);
      }
    },
  },
  {
    attack: 'release that another signs, without nomad_pack_signing_key',
    run: async () => {
      const { site, ran } = await startTrap();
      try {
        const { nomad_pack_signing_key: _, ...inputs } = fromSite(site);
        const outcome = await deployFrom(inputs);
        expect(outcome).toMatchObject({ exitCode: 1, reason: 'verification' });
        expect(outcome.error).toContain('C874011F0AB405110D02105534365D9472D7468F');
        expect(await ran()).toBe('');
        return outcome;
      } finally {
        await site.stop();
      }
    },
  },
  {
    attack: 'poisoned tool cache',
    run: async () => {
      const { site } = await startTrap();
      const machine = await newMachine();
      const setup = async () => await step({ machine, inputs: { operation: 'setup', ...fromSite(site) } });
      try {
        await setup();
        const kept = (await readdir(machine.toolCache, { recursive: true })).filter((path) => path.endsWith('.zip'));
        expect(kept).toHaveLength(1);
        await writeFile(join(machine.toolCache, kept[0] ?? ''), evil);
        // Where `@actions/tool-cache` would look.
        const other = join(machine.toolCache, 'nomad-pack', VERSION, process.arch);
        await mkdir(other, { recursive: true });
        await writeFile(join(other, 'nomad-pack'), 'evil', { mode: 0o755 });
        await writeFile(`${other}.complete`, '');
        const outcome = await setup();
        expect(outcome).toMatchObject({ exitCode: 0, status: 'complete' });
        expect(await readFile(outcome.outputs['nomad-pack-path'] ?? '', 'utf8')).toContain(`echo ${VERSION}`);
        const [warning] = outcome.annotations;
        expect(warning?.message).toMatch(/in the tool cache is not what was kept there, and is not used/);
        return [outcome, `downloaded again: ${warning?.message}`];
      } finally {
        await site.stop();
      }
    },
  },
  {
    attack: 'link in the tool cache, made by another user',
    run: async () => {
      const { site } = await startTrap();
      const machine = await newMachine();
      const theirs = join(machine.own, 'theirs');
      await mkdir(theirs);
      await symlink(theirs, join(machine.toolCache, 'nomad-pack'));
      await giveAway(theirs, join(machine.toolCache, 'nomad-pack'));
      try {
        const setup = async () => await step({ machine, inputs: { operation: 'setup', ...fromSite(site) } });
        await setup();
        const kept = await readdir(theirs, { recursive: true });
        for (const path of kept.filter((name) => name.endsWith('.zip'))) await writeFile(join(theirs, path), evil);
        const outcome = await setup();
        expect(await readFile(outcome.outputs['nomad-pack-path'] ?? '', 'utf8')).toContain(`echo ${VERSION}`);
        return [outcome, 'what was changed behind the link is not used'];
      } finally {
        await site.stop();
      }
    },
  },
  {
    attack: 'link in RUNNER_TEMP in place of the program’s folder, made by another user',
    run: async () => {
      const { site } = await startTrap();
      const machine = await newMachine();
      const theirs = join(machine.own, 'theirs');
      await mkdir(theirs);
      await symlink(theirs, join(machine.temp, `nomad-pack-${VERSION}`));
      await giveAway(theirs, join(machine.temp, `nomad-pack-${VERSION}`));
      try {
        const outcome = await step({ machine, inputs: { operation: 'setup', ...fromSite(site) } });
        expect(outcome).toMatchObject({ exitCode: 0 });
        expect(await readdir(theirs)).toEqual([]);
        const [folder = ''] = outcome.paths;
        expect((await stat(folder)).mode & 0o777).toBe(0o700);
        return [outcome, 'the link is left alone; the program is in a folder of ours'];
      } finally {
        await site.stop();
      }
    },
  },
];

async function deployFrom(inputs: Readonly<Record<string, string>>): Promise<Outcome> {
  const machine = await newMachine();
  await writePack(machine.workspace, 'web', job());
  return await step({
    machine,
    inputs: { deployment_name: 'web', pack: './web', nomad_addr: 'http://127.0.0.1:9', ...inputs },
  });
}

/** Only root can give a file to somebody else; for all others the link alone has to do. */
async function giveAway(...paths: readonly string[]): Promise<void> {
  if (process.getuid?.() !== 0) return;
  for (const path of paths) await lchown(path, STRANGER, STRANGER);
}
