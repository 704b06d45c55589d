import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, readdir, readFile, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { PrivateKey } from 'openpgp';
import type { ActionError } from '../../../src/errors.ts';
import { installNomadPack } from '../../../src/nomad-pack/install/install.ts';
import type { Installation, InstallOptions } from '../../../src/nomad-pack/install/installation.ts';
import { failure } from '../../support/failure.ts';
import {
  type Handler,
  INDEX,
  impatient,
  makeFolder,
  makeKey,
  makeRelease,
  platform,
  programOf,
  type Release,
  type Site,
  sha256,
  sign,
  startSite,
  sumsOf,
  unreachable,
  zipOf,
} from './support.ts';

const execute = promisify(execFile);

let key: PrivateKey;
let foreign: PrivateKey;
let releases: Record<string, Release>;

let site: Site;
let folder: { path: string; remove(): Promise<void> };
let log: string[];
let warnings: string[];

beforeAll(async () => {
  [key, foreign] = await Promise.all([makeKey(), makeKey()]);
  const versions = ['0.3.9', '0.4.1', '0.4.2', '0.5.0-beta.1'];
  releases = Object.fromEntries(
    await Promise.all(versions.map(async (version) => [version, await makeRelease(version, key)] as const)),
  );
});

beforeEach(async () => {
  folder = await makeFolder();
  site = await startSite(
    Object.fromEntries(Object.entries(releases).map(([version, release]) => [version, { ...release }])),
  );
  log = [];
  warnings = [];
});

afterEach(async () => {
  await Promise.all([site.close(), folder.remove()]);
});

interface Wish {
  version?: string;
  mirror?: string;
  signingKey?: string;
  environment?: InstallOptions['environment'];
  into?: string;
  signal?: AbortSignal;
}

function runnerEnvironment() {
  return { RUNNER_TOOL_CACHE: join(folder.path, 'tools'), RUNNER_TEMP: join(folder.path, 'temp') };
}

/** The installation, its version known. */
async function install(wish: Wish = {}) {
  const { version = '0.4.2', mirror = site.url, signingKey = key.toPublic().armor() } = wish;
  const installation = await installNomadPack(
    { version, mirror, signingKey },
    {
      environment: wish.environment ?? runnerEnvironment(),
      ...(wish.into !== undefined && { into: wish.into }),
      signal: wish.signal ?? new AbortController().signal,
      log: (line) => log.push(line),
      warn: (line) => warnings.push(line),
      patience: impatient,
    },
  );
  return { ...installation, version: await installation.version };
}

async function refusal(wish: Wish = {}): Promise<ActionError> {
  return await failure(install(wish));
}

async function askVersion({ path }: Pick<Installation, 'path'>): Promise<string> {
  return (await execute(path, ['version'])).stdout.trim();
}

/** The release on the site, to be changed. */
function served(version = '0.4.2'): Release {
  const release = site.releases.get(version);
  if (release === undefined) throw new Error(`there is no ${version}`);
  return release;
}

/** The files below a folder, relative to it. */
async function filesIn(path: string): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name);
}

/** The folder that a version is kept in. */
async function cacheEntry(version = '0.4.2'): Promise<string> {
  const parent = join(folder.path, 'tools', 'nomad-pack', version);
  const [name = ''] = await readdir(parent);
  return join(parent, name);
}

describe('an exact version', () => {
  test('is downloaded and can be run', async () => {
    const installation = await install();
    expect(installation).toEqual({
      path: join(installation.folder, platform.program),
      folder: join(folder.path, 'temp', 'nomad-pack-0.4.2'),
      version: '0.4.2',
    });
    expect(await askVersion(installation)).toBe('Nomad Pack v0.4.2');
    expect((await stat(installation.path)).mode & 0o777).toBe(0o755);
    expect((await stat(installation.folder)).mode & 0o777).toBe(0o700);
    expect(await readdir(installation.folder)).toEqual([platform.program]);
    expect(site.requests.sort()).toEqual(
      (['archive', 'sums', 'signature'] as const).map((file) => site.pathOf('0.4.2', file)).sort(),
    );
    expect(log).toEqual([`nomad-pack 0.4.2 was downloaded from ${site.url}; its signature holds.`]);
    expect(warnings).toEqual([]);
  });

  test('that is in the tool cache takes no request', async () => {
    const first = await install();
    site.requests.length = 0;
    expect(await install()).toEqual(first);
    expect(site.requests).toEqual([]);
    expect(await askVersion(first)).toBe('Nomad Pack v0.4.2');
    expect(log.at(-1)).toBe('nomad-pack 0.4.2 is in the tool cache; its signature holds.');
    expect(warnings).toEqual([]);
  });

  test('that another key signed is not used', async () => {
    await install();
    expect((await refusal({ signingKey: foreign.toPublic().armor() })).reason).toBe('verification');
    expect(warnings).toEqual([
      expect.stringContaining('nomad-pack 0.4.2 in the tool cache is not what was kept there, and is not used'),
    ]);
  });

  test('that another tool keeps as a bare program is neither run nor touched', async () => {
    const entry = join(folder.path, 'tools', 'nomad-pack', '0.4.2', process.arch);
    await mkdir(entry, { recursive: true });
    await writeFile(join(entry, platform.program), 'evil', { mode: 0o755 });
    await writeFile(`${entry}.complete`, '');
    expect(await askVersion(await install())).toBe('Nomad Pack v0.4.2');
    expect(log[0]).toContain('is a program without the archive that HashiCorp signed, and is not used');
    expect(await readdir(entry)).toEqual([platform.program]);
    expect(await readFile(join(entry, platform.program), 'utf8')).toBe('evil');
    expect(warnings).toEqual([]);
  });

  test('replaces what an earlier step placed', async () => {
    const { path } = await install();
    await writeFile(path, 'something else');
    await install();
    expect(await readFile(path)).toEqual(programOf('0.4.2'));
  });

  test('that does not exist: the newest and the nearest are named', async () => {
    const error = await refusal({ version: '0.4.22' });
    expect(error.reason).toBe('version-not-found');
    expect(error.message).toBe(`nomad-pack 0.4.22 does not exist at ${site.url}.`);
    expect(error.hint).toContain('Newest: 0.5.0-beta.1, 0.4.2, 0.4.1, 0.3.9.');
    expect(error.hint).toContain('Most like it: 0.4.2,');
  });

  test('without a build for this platform: the builds are named', async () => {
    const release = served();
    const other = [`nomad-pack_0.4.2_plan9_386.zip`, Buffer.from('other')] as const;
    release.sums = sumsOf([other, ['nomad-pack_0.4.2_plan9_arm.zip', Buffer.from('another')]]);
    release.signature = await sign(release.sums, key);
    release.archive = undefined;
    const error = await refusal();
    expect(error.reason).toBe('platform-unsupported');
    expect(error.message).toBe(`nomad-pack 0.4.2 is not built for ${platform.os}/${platform.arch}.`);
    expect(error.hint).toContain('There are builds for plan9/386, plan9/arm.');
  });

  test('of which the site lacks the archive or the sums', async () => {
    served().archive = undefined;
    expect(await refusal()).toMatchObject({ reason: 'download', message: expect.stringContaining('not on the site') });
    site.overrides.set(site.pathOf('0.4.2', 'sums'), (_, response) => void response.writeHead(404).end());
    expect(await refusal()).toMatchObject({ reason: 'download', message: expect.stringContaining('but has no') });
  });
});

describe('latest and ranges', () => {
  test.each([
    ['latest', '0.4.2'],
    ['~0.4', '0.4.2'],
    ['<0.4.2', '0.4.1'],
    ['0.3', '0.3.9'],
    ['>=0.5.0-beta.0', '0.5.0-beta.1'],
    ['0.3.9 || 0.4.1', '0.4.1'],
  ])('%s is %s', async (version, expected) => {
    expect((await install({ version })).version).toBe(expected);
  });

  test('one request where the version is in the tool cache', async () => {
    await install();
    site.requests.length = 0;
    await install({ version: 'latest' });
    expect(site.requests).toEqual([INDEX]);
  });

  test('that nothing fits', async () => {
    const error = await refusal({ version: '^1.0.0' });
    expect(error.reason).toBe('version-not-found');
    expect(error.message).toBe(`No version of nomad-pack fits \`^1.0.0\` at ${site.url}.`);
  });

  test('where the site has no versions at all', async () => {
    site.releases.clear();
    expect(await refusal({ version: 'latest' })).toMatchObject({
      reason: 'version-not-found',
      hint: expect.stringContaining('check `nomad_pack_mirror`'),
    });
  });

  test('names in the index that are not versions are passed over', async () => {
    const versions = { '0.4.1': {}, '../../x': {}, '99': {}, 'v9.0.0': {} };
    site.overrides.set(INDEX, (_, response) => void response.end(JSON.stringify({ versions })));
    expect((await install({ version: 'latest' })).version).toBe('0.4.1');
  });

  test.each<[string, Handler, string]>([
    ['missing', (_, response) => response.writeHead(404).end(), 'There is no '],
    ['no JSON', (_, response) => response.end('<html>'), 'is not a list of releases'],
    ['of another shape', (_, response) => response.end('{"versions": ["0.4.2"]}'), 'is not a list of releases'],
    ['too large', (_, response) => response.end(Buffer.alloc(17 * 1024 * 1024)), 'it is larger than 16 MiB'],
  ])('an index that is %s', async (_, handler, message) => {
    site.overrides.set(INDEX, handler);
    expect(await refusal({ version: 'latest' })).toMatchObject({
      reason: 'download',
      message: expect.stringContaining(message),
      hint: expect.stringContaining('`nomad_pack_mirror`'),
    });
  });
});

describe('a site that cannot be reached', () => {
  test('an exact version from the tool cache needs none', async () => {
    await install();
    expect((await install({ mirror: await unreachable() })).version).toBe('0.4.2');
    expect(warnings).toEqual([]);
  });

  test.each(['latest', '0.4.1'])('%s without anything in the tool cache', async (version) => {
    const error = await refusal({ version, mirror: await unreachable() });
    expect(error.reason).toBe('download');
    expect(error.message).toContain('ECONNREFUSED');
  });

  test('the newest version that fits and was kept is used, with a warning', async () => {
    for (const version of ['0.3.9', '0.4.1', '0.5.0-beta.1']) await install({ version });
    const installation = await install({ version: 'latest', mirror: await unreachable() });
    expect(installation.version).toBe('0.4.1');
    expect(await askVersion(installation)).toBe('Nomad Pack v0.4.1');
    expect(warnings).toEqual([expect.stringContaining('nomad-pack 0.4.1 from the tool cache is used instead')]);
    expect((await refusal({ version: '>=0.4.2', mirror: await unreachable() })).reason).toBe('download');
  });

  test('one that was kept and changed is passed over', async () => {
    for (const version of ['0.3.9', '0.4.1']) await install({ version });
    await truncate(join(await cacheEntry('0.4.1'), releases['0.4.1']?.archiveName ?? ''), 10);
    expect((await install({ version: 'latest', mirror: await unreachable() })).version).toBe('0.3.9');
    expect(warnings).toHaveLength(2);
  });

  test('also where only the archives are out of reach', async () => {
    await install({ version: '0.4.1' });
    site.overrides.set(site.pathOf('0.4.2', 'archive'), (_, response) => void response.writeHead(500).end());
    expect((await install({ version: 'latest' })).version).toBe('0.4.1');
  });
});

/** Attacks on a download: what is done to the site, and what the user is told. */
const attacks: readonly [attack: string, act: () => Promise<void> | void, message: string | RegExp, reason?: string][] =
  [
    [
      'tampered archive',
      () => {
        served().archive = zipOf({ [platform.program]: Buffer.from('evil') });
      },
      /the SHA-256 of nomad-pack_0\.4\.2_\S+\.zip is [0-9a-f]{64}, and SHA256SUMS says [0-9a-f]{64}/,
    ],
    [
      'tampered archive and sums',
      () => {
        const release = served();
        release.archive = zipOf({ [platform.program]: Buffer.from('evil') });
        release.sums = sumsOf([[release.archiveName, release.archive]]);
      },
      /the signature by [0-9A-F]{40} is not valid/,
    ],
    [
      'stripped signature',
      () => {
        served().signature = undefined;
      },
      'there is no signature of it',
    ],
    [
      'foreign key',
      async () => {
        served().signature = await sign(served().sums, foreign);
      },
      /it is signed by the key [0-9A-F]{16}, not by [0-9A-F]{40}/,
    ],
    [
      'downgraded mirror: an older version, signed, under the new name',
      () => {
        site.releases.set('0.4.2', { ...served('0.3.9') });
      },
      `nomad-pack_0.4.2_${platform.os}_${platform.arch}.zip is not in SHA256SUMS`,
    ],
    [
      'older archive with the sums of the new version',
      () => {
        served().archive = served('0.3.9').archive;
      },
      'the SHA-256 of',
    ],
    [
      'two lines for the archive, both signed',
      async () => {
        const release = served();
        release.sums = Buffer.concat([
          Buffer.from(`${sha256(Buffer.from('evil'))}  ${release.archiveName}\n`),
          release.sums,
        ]);
        release.signature = await sign(release.sums, key);
      },
      'is in SHA256SUMS more than once',
    ],
    [
      'zip with ../, signed',
      async () => {
        site.releases.set(
          '0.4.2',
          await makeRelease(
            '0.4.2',
            key,
            zipOf({ [platform.program]: programOf('0.4.2'), '../../evil': Buffer.from('evil') }),
          ),
        );
      },
      'invalid relative path: ../../evil',
    ],
    [
      'oversized download',
      () => {
        site.overrides.set(site.pathOf('0.4.2', 'archive'), (_, response) => {
          response.writeHead(200, { 'Content-Length': String(1024 ** 3) }).flushHeaders();
        });
      },
      'it is larger than 200 MiB',
      'download',
    ],
    [
      'endless download',
      () => {
        site.overrides.set(site.pathOf('0.4.2', 'sums'), (_, response) => {
          const more = () => {
            while (!response.destroyed && response.write(Buffer.alloc(64 * 1024, '0')));
          };
          response.on('drain', more);
          more();
        });
      },
      'it is larger than 1 MiB',
      'download',
    ],
    [
      'redirect to http elsewhere',
      () => {
        site.overrides.set(site.pathOf('0.4.2', 'archive'), (_, response) => {
          response.writeHead(302, { Location: 'http://evil.example/nomad-pack.zip' }).end();
        });
      },
      'it redirects to http://evil.example, which is not https',
      'download',
    ],
  ];

describe('attacks on a download', () => {
  test.each(attacks)('%s', async (_, act, message, reason = 'verification') => {
    await act();
    const error = await refusal();
    expect(error.reason).toBe(reason);
    expect(error.message).toEqual(expect.stringMatching(message));
    expect(error.hint).toContain('`nomad_pack_mirror`');
    expect(await filesIn(folder.path)).toEqual([]);
  });

  test('expired key', async () => {
    const day = 24 * 60 * 60 * 1000;
    const expired = await makeKey({ date: new Date(Date.now() - 9 * day), keyExpirationTime: (3 * day) / 1000 });
    served().signature = await sign(served().sums, expired, new Date(Date.now() - 8 * day));
    const error = await refusal({ signingKey: expired.toPublic().armor() });
    expect(error.reason).toBe('verification');
    expect(error.message).toContain('Primary key is expired');
    expect(await filesIn(folder.path)).toEqual([]);
  });

  test('a release that is not HashiCorp’s, where no other key is given', async () => {
    const { signal } = new AbortController();
    const options = { environment: runnerEnvironment(), signal, log: () => undefined, warn: () => undefined };
    await expect(installNomadPack({ version: '0.4.2', mirror: site.url }, options)).rejects.toMatchObject({
      reason: 'verification',
      message: expect.stringContaining('not by C874011F0AB405110D02105534365D9472D7468F'),
    });
  });
});

/** Attacks on the tool cache: what is done to what is kept. */
const poisons: readonly [poison: string, act: (entry: string, release: Release) => Promise<void>][] = [
  [
    'another archive',
    async (entry, { archiveName }) =>
      await writeFile(join(entry, archiveName), zipOf({ [platform.program]: Buffer.from('evil') })),
  ],
  [
    'another archive, and sums that fit it',
    async (entry, { archiveName }) => {
      const archive = zipOf({ [platform.program]: Buffer.from('evil') });
      await writeFile(join(entry, archiveName), archive);
      await writeFile(join(entry, 'nomad-pack_0.4.2_SHA256SUMS'), sumsOf([[archiveName, archive]]));
    },
  ],
  [
    'another archive, and sums that fit it, signed by another key',
    async (entry, { archiveName }) => {
      const archive = zipOf({ [platform.program]: Buffer.from('evil') });
      const sums = sumsOf([[archiveName, archive]]);
      await writeFile(join(entry, archiveName), archive);
      await writeFile(join(entry, 'nomad-pack_0.4.2_SHA256SUMS'), sums);
      await writeFile(join(entry, 'nomad-pack_0.4.2_SHA256SUMS.sig'), await sign(sums, foreign));
    },
  ],
  ['no sums', async (entry) => await rm(join(entry, 'nomad-pack_0.4.2_SHA256SUMS'))],
  ['no signature', async (entry) => await rm(join(entry, 'nomad-pack_0.4.2_SHA256SUMS.sig'))],
  ['no archive', async (entry, { archiveName }) => await rm(join(entry, archiveName))],
  [
    'a link to something endless',
    async (entry, { archiveName }) => {
      await rm(join(entry, archiveName));
      await symlink('/dev/zero', join(entry, archiveName));
    },
  ],
  [
    'a pipe that nobody writes into',
    async (entry, { archiveName }) => {
      await rm(join(entry, archiveName));
      await execute('mkfifo', [join(entry, archiveName)]);
    },
  ],
  [
    'a file that is far too large',
    async (entry, { archiveName }) => await truncate(join(entry, archiveName), 300 * 1024 * 1024),
  ],
  [
    'a file in place of the folder',
    async (entry) => {
      await rm(entry, { recursive: true });
      await writeFile(entry, 'evil');
    },
  ],
];

describe('a poisoned tool cache is not used, but replaced', () => {
  test.each(poisons)('%s', async (_, act) => {
    await install();
    await rm(join(folder.path, 'temp'), { recursive: true });
    await act(await cacheEntry(), served());

    expect(await askVersion(await install())).toBe('Nomad Pack v0.4.2');
    expect(warnings).toEqual([
      expect.stringContaining('nomad-pack 0.4.2 in the tool cache is not what was kept there, and is not used'),
    ]);
    site.requests.length = 0;
    await install();
    expect(site.requests).toEqual([]);
  });

  test('a program that was put there is never run', async () => {
    await install();
    const entry = await cacheEntry();
    await writeFile(join(entry, platform.program), 'evil', { mode: 0o755 });
    expect(await askVersion(await install())).toBe('Nomad Pack v0.4.2');
  });

  test('an older release under the name of the new one', async () => {
    for (const version of ['0.3.9', '0.4.2']) await install({ version });
    const [older, newer] = [await cacheEntry('0.3.9'), await cacheEntry('0.4.2')];
    for (const name of await readdir(older))
      await copyFile(join(older, name), join(newer, name.replace('0.3.9', '0.4.2')));
    expect(await askVersion(await install())).toBe('Nomad Pack v0.4.2');
    expect(warnings).toEqual([expect.stringContaining('is not in SHA256SUMS')]);
  });
});

describe('folders', () => {
  test('the one that is asked for', async () => {
    const into = join(folder.path, 'private', '.cache', 'bin');
    for (const source of ['site', 'tool cache']) {
      expect([source, await install({ into })]).toEqual([
        source,
        { path: join(into, platform.program), folder: into, version: '0.4.2' },
      ]);
      await rm(into, { recursive: true });
    }
    expect(await filesIn(join(folder.path, 'temp'))).toEqual([]);
  });

  test('a tool cache that cannot be written to is done without', async () => {
    await writeFile(join(folder.path, 'tools'), 'a file');
    expect(await askVersion(await install())).toBe('Nomad Pack v0.4.2');
    expect(log.at(-1)).toContain('It cannot be kept in the tool cache');
  });

  test('without a runner, the user’s own folders are used', async () => {
    const environment = { HOME: folder.path, RUNNER_TEMP: '', RUNNER_TOOL_CACHE: ' ' };
    const { path } = await install({ environment });
    expect(path).toBe(join(folder.path, '.cache', 'nomad-pack-action', 'nomad-pack-0.4.2', platform.program));
    site.requests.length = 0;
    await install({ environment });
    expect(site.requests).toEqual([]);
  });

  test('a folder that others may write to is not used', async () => {
    const shared = join(folder.path, 'temp', 'nomad-pack-0.4.2');
    await mkdir(shared, { recursive: true });
    await chmod(shared, 0o777);
    const { folder: own } = await install();
    expect(own).not.toBe(shared);
    expect(dirname(own)).toBe(dirname(shared));
    expect((await stat(own)).mode & 0o777).toBe(0o700);
  });

  test('a link in place of the folder is not followed', async () => {
    const elsewhere = join(folder.path, 'elsewhere');
    await Promise.all([mkdir(elsewhere), mkdir(join(folder.path, 'temp'))]);
    await symlink(elsewhere, join(folder.path, 'temp', 'nomad-pack-0.4.2'));
    await install();
    expect(await readdir(elsewhere)).toEqual([]);
  });

  test('what cannot be placed is an error', async () => {
    await mkdir(join(folder.path, 'temp', 'nomad-pack-0.4.2', platform.program, 'in-the-way'), { recursive: true });
    await chmod(join(folder.path, 'temp', 'nomad-pack-0.4.2'), 0o700);
    await expect(install()).rejects.toThrow();
    expect(await readdir(join(folder.path, 'temp', 'nomad-pack-0.4.2'))).toEqual([platform.program]);
  });
});

test('two processes that install the same version at once do not disturb each other', async () => {
  const path = site.pathOf('0.4.2', 'archive');
  const waiting: (() => void)[] = [];
  site.overrides.set(path, (_, response) => {
    waiting.push(() => response.end(releases['0.4.2']?.archive));
    // Both have found the cache empty before either gets the archive.
    if (waiting.length === 2) for (const answer of waiting) answer();
  });
  const script = join(dirname(fileURLToPath(import.meta.url)), 'install-once.ts');
  const environment = { ...process.env, ...runnerEnvironment(), SIGNING_KEY: key.toPublic().armor() };
  const run = async () => await execute(process.execPath, [script, site.url, '0.4.2'], { env: environment });
  const outcomes = await Promise.all([run(), run()]);
  for (const { stdout, stderr } of outcomes) {
    expect(stderr).toMatch(`nomad-pack 0.4.2 was downloaded from ${site.url}; its signature holds.\n`);
    expect(await askVersion(JSON.parse(stdout))).toBe('Nomad Pack v0.4.2');
  }
  expect((await filesIn(join(folder.path, 'temp'))).length).toBe(1);
  site.requests.length = 0;
  await install();
  expect(site.requests).toEqual([]);
});

describe('a cancel', () => {
  test('before anything began', async () => {
    expect((await refusal({ signal: AbortSignal.abort() })).reason).toBe('cancelled');
    expect(site.requests).toEqual([]);
  });

  test('while a file comes in', async () => {
    const cancel = new AbortController();
    site.overrides.set(site.pathOf('0.4.2', 'archive'), (_, response) => {
      response.write('PK');
      cancel.abort();
    });
    expect((await refusal({ signal: cancel.signal })).reason).toBe('cancelled');
    expect(await filesIn(folder.path)).toEqual([]);
  });

  test('does not make the action use the tool cache instead', async () => {
    await install();
    const cancel = new AbortController();
    site.overrides.set(INDEX, () => cancel.abort());
    expect((await refusal({ version: 'latest', signal: cancel.signal })).reason).toBe('cancelled');
  });

  test('while the release is verified', async () => {
    const cancel = new AbortController();
    await install();
    const options = {
      environment: runnerEnvironment(),
      signal: cancel.signal,
      // Told after the verification and before the program is placed.
      log: () => cancel.abort(),
      warn: () => undefined,
    };
    const settings = { version: '0.4.2', mirror: site.url, signingKey: key.toPublic().armor() };
    await expect(installNomadPack(settings, options)).rejects.toMatchObject({ reason: 'cancelled' });
  });
});
