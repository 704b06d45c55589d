import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { missingTools } from 'nomad-pack-sandbox/real-nomad.ts';
import { ROOT } from './support/paths.ts';

/**
 * `npm run test:integration`: the scenarios that `npm test` runs against the sandbox, against the `nomad` and `nomad-pack` on the PATH.
 * Where they are not there, every file of scenarios counts as skipped. Arguments are Jest's: with
 * `-- __tests__/scenarios/plan.test.ts` one file of them is run.
 */
const missing = await missingTools();
if (missing.length > 0) {
  const files = globSync('__tests__/scenarios/*.test.ts', { cwd: ROOT });
  console.log(`Skipped, for it is not on the PATH: ${missing.join(', ')}.`);
  console.log(`\n0 passed, 0 failed, ${files.length} skipped`);
} else {
  const given = process.argv.slice(2);
  const files = given.some((argument) => !argument.startsWith('-')) ? [] : ['__tests__/scenarios'];
  const args = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
  const jest = spawn(process.execPath, [...args, '--maxWorkers=2', ...files, ...given], {
    cwd: ROOT,
    env: { ...process.env, NOMAD_PACK_SCENARIOS: 'real' },
    stdio: 'inherit',
  });
  jest.on('close', (code) => {
    process.exitCode = code ?? 1;
  });
}
