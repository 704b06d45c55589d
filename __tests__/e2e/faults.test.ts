import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { repository } from 'nomad-pack-sandbox/runner/action.ts';

/** Milliseconds; two dozen steps on a machine that has much else to do. */
const LIMIT = 600_000;

test(
  'what goes wrong is told, ridden out or undone: a sample of `npm run faults`, of what writes',
  async () => {
    const args = '--of deploy-changed,destroy,promote,rollback,reject --sample 15 --seed 1 --within 40 --width 6'.split(
      ' ',
    );
    const quiet = '--disable-warning=ExperimentalWarning';
    const run = promisify(execFile)(process.execPath, [quiet, 'scripts/faults.ts', ...args], { cwd: repository });
    const { stdout } = await run.catch((failure: { stdout: string }) => failure);
    expect(stdout).toMatch(/^(\d+) faults, \1 as required, 0 not$/m);
  },
  LIMIT,
);
