import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { LIMIT, NOBODY, prepareMachine, step, useSandbox } from './support/sandbox.ts';

const run = promisify(execFile);

const sandbox = useSandbox({ releases: { versions: ['0.3.1', '0.4.1', '0.4.2', '0.5.0-beta.1'] } });

type Prepared = Awaited<ReturnType<typeof prepareMachine>>;

/** Sets nomad-pack up without a word on a cluster, and runs it as a later step of the job would. */
async function setUp(version: string, machine: Prepared, inputs: Readonly<Record<string, string>> = {}) {
  const result = await step(sandbox(), {
    machine,
    inputs: { operation: 'setup', nomad_addr: '', nomad_pack_version: version, ...inputs },
    env: { PATH: machine.path },
  });
  const path = [...result.paths, machine.path].join(delimiter);
  const later = await run('nomad-pack', ['version'], { env: { PATH: path } }).catch((error: Error) => error);
  const { status, changed, health, 'failure-reason': reason, 'nomad-pack-version': installed } = result.outputs;
  return {
    ...result,
    state: { exitCode: result.exitCode, status, health, changed, reason, installed },
    said: 'stdout' in later ? later.stdout : later.message,
  };
}

const installed = (version: string) => ({
  exitCode: 0,
  status: 'complete',
  health: 'unknown',
  changed: 'false',
  reason: '',
  installed: version,
});

describe('later steps of the job can run', () => {
  test.concurrent(
    'a version that is in the tool cache, which does for a range where there is no network, with a warning',
    async () => {
      const machine = await prepareMachine({});
      await setUp('0.4.1', machine);
      const { state, said, annotations } = await setUp('~0.4', machine, { nomad_pack_mirror: NOBODY });
      expect(state).toEqual(installed('0.4.1'));
      expect(said).toContain('Nomad Pack v0.4.1');
      expect(annotations).toEqual([
        {
          level: 'warning',
          message: expect.stringMatching(
            /could not be downloaded: .* nomad-pack 0\.4\.1 from the tool cache is used instead; there may be a newer one that fits `~0\.4`\.$/,
          ),
          properties: {},
        },
      ]);
    },
    LIMIT,
  );

  test.concurrent.each([
    ['the version that was asked for', '0.4.1', '0.4.1'],
    ['the newest one that is not a prerelease', 'latest', '0.4.2'],
    ['the newest one of a range', '~0.4.0', '0.4.2'],
    ['the newest one below another', '<0.4', '0.3.1'],
    ['a prerelease that was asked for', 'v0.5.0-beta.1', '0.5.0-beta.1'],
  ])(
    '%s: %s',
    async (_title, wanted, version) => {
      const machine = await prepareMachine({});
      const { state, said, paths, outputs, leftovers, annotations } = await setUp(wanted, machine);
      expect([state, annotations]).toEqual([installed(version), []]);
      expect(said).toContain(`Nomad Pack v${version}`);
      expect(paths).toEqual([dirname(outputs['nomad-pack-path'] ?? '')]);
      // The program is what stays, for the rest of the job, and nothing else; nobody but this user may change it.
      expect(leftovers.map(({ place, path }) => [place, path])).toEqual([['temp', outputs['nomad-pack-path']]]);
      expect((await stat(outputs['nomad-pack-path'] ?? '')).mode & 0o022).toBe(0);
    },
    LIMIT,
  );

  test.concurrent(
    'the one that the machine has',
    async () => {
      const machine = await prepareMachine({ program: 'echo "Nomad Pack v0.4.0"' });
      const { state, said, paths, outputs, leftovers } = await setUp('system', machine, { nomad_pack_mirror: NOBODY });
      expect(state).toEqual(installed('0.4.0'));
      expect([outputs['nomad-pack-path'], paths]).toEqual([
        join(machine.own, 'bin', 'nomad-pack'),
        [join(machine.own, 'bin')],
      ]);
      expect([said, leftovers]).toEqual(['Nomad Pack v0.4.0\n', []]);
    },
    LIMIT,
  );

  test.concurrent(
    'one of two that were set up one after the other: the last',
    async () => {
      const machine = await prepareMachine({});
      await setUp('0.4.1', machine);
      expect((await setUp('0.4.2', machine)).said).toContain('Nomad Pack v0.4.2');
    },
    LIMIT,
  );

  test.concurrent(
    'a version that is in the tool cache, which needs no network',
    async () => {
      const machine = await prepareMachine({});
      await setUp('0.4.2', machine);
      const again = await setUp('0.4.2', machine, { nomad_pack_mirror: NOBODY });
      expect([again.state, again.annotations]).toEqual([installed('0.4.2'), []]);
      expect(again.log).toContain('nomad-pack 0.4.2 is in the tool cache; its signature holds.');
    },
    LIMIT,
  );
});

test(
  'a release that is not what was signed is neither run nor left',
  async () => {
    const machine = await prepareMachine({});
    const { releases } = sandbox();
    const archive = `nomad-pack_0.4.1_${process.platform}_${process.arch === 'x64' ? 'amd64' : process.arch}.zip`;
    releases.tamper(archive, { kind: 'bytes', bytes: (file) => Buffer.concat([file, Buffer.from('more')]) });
    try {
      const { state, paths, leftovers, annotations } = await setUp('0.4.1', machine);
      expect(state).toMatchObject({ exitCode: 1, reason: 'verification' });
      expect([paths, leftovers]).toEqual([[], []]);
      expect(annotations[0]?.message).toContain(archive);
    } finally {
      releases.tamper(archive, undefined);
    }
  },
  LIMIT,
);

test(
  'what only other operations take is not asked for, and what is wrong is named',
  async () => {
    const { state, annotations } = await setUp('latest', await prepareMachine({}), { wait_timeout: 'soon' });
    expect(state).toMatchObject({ exitCode: 1, reason: 'input' });
    expect(annotations[0]?.message).toMatch(/^Input `wait_timeout` must be a duration/);
  },
  LIMIT,
);
