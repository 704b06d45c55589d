import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { afterwards } from '../support/afterwards.ts';
import { newMachine } from '../support/run-action.ts';
import { LIMIT, packs, registryInputs, step, useSandbox } from './support/sandbox.ts';

const sandbox = useSandbox();

/** Only root may mount. */
const asRoot = process.platform === 'linux' && process.getuid?.() === 0 ? describe : describe.skip;

/** Puts a file system into the place of a folder, until the end of the test. */
function mount(folder: string, options: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]);
  afterwards(async () => {
    execFileSync('umount', ['--lazy', folder]);
  });
}

/** One job, from the registry. */
async function deploy(folder: 'temp' | 'toolCache', options: string) {
  const machine = await newMachine(packs);
  mount(machine[folder], options);
  const inputs = { ...registryInputs(sandbox()), pack: 'echo', deployment_name: 'full', registry_ref: 'v1' };
  return await step(sandbox(), { machine, inputs });
}

asRoot('a disk for temporary files', () => {
  test.each([
    // For the private folder, for the clone, for what is checked out of it, for what nomad-pack copies: which one, depends on git.
    ...['size=4k', 'size=64k', 'size=128k', 'size=192k', 'size=1m,nr_inodes=4'].map(
      (options) => [options, /disk (?:of the runner )?is full|could not write all of the registry/] as const,
    ),
    ['ro', /read-only/],
  ] as const)(
    'with %s is named, and nothing is changed',
    async (options, words) => {
      const outcome = await deploy('temp', options);
      expect([outcome.outputs['failure-reason'], outcome.exitCode]).toEqual(['runner', 1]);
      expect(outcome.outputs['changed']).toBe('false');
      const [error] = outcome.annotations.filter(({ level }) => level === 'error');
      expect(error?.message).toMatch(words);
      expect(error?.message).toContain('RUNNER_TEMP');
    },
    LIMIT,
  );
});

asRoot('a disk for the tool cache', () => {
  test.each(['size=4k', 'ro'])(
    'with %s keeps no step from its work',
    async (options) => {
      const outcome = await deploy('toolCache', options);
      expect([outcome.outputs['failure-reason'], outcome.exitCode]).toEqual(['', 0]);
    },
    LIMIT,
  );
});

test.each(['/dev/full', '/no/such/folder/output'])(
  'a step whose outputs cannot be written is red, for later steps go by them: %s',
  async (file) => {
    const inputs = { ...sandbox().inputs, operation: 'status', deployment_name: 'web', pack: 'web' };
    const { exitCode, annotations, summary } = await step(sandbox(), { inputs, env: { GITHUB_OUTPUT: file } });
    expect(exitCode).toBe(1);
    expect(annotations).toContainEqual({
      level: 'error',
      message: expect.stringMatching(/^The outputs could not be written.*What was done in the cluster stands/s),
      properties: expect.objectContaining({ title: 'Nomad Pack: runner' }),
    });
    expect(summary).toContain('absent');
  },
  LIMIT,
);
