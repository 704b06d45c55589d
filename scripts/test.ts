import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { COVERAGE, ROOT } from './support/paths.ts';

/**
 * `npm test`: all checks and all tests, in one run. Ends with the line `N passed, N failed, N skipped`, in which a check counts as a
 * test does. Says what failed as it happens and goes on, so that one run tells everything.
 */
interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const CHECKS = [
  { name: 'types', command: ['tsc', '--noEmit'] },
  { name: 'lint and format', command: ['biome', 'check', '.'] },
  { name: 'tables in the documentation', command: script('docs.ts', '--check') },
  { name: 'dist/ is fresh', command: script('check-dist.ts') },
  { name: 'licences', command: script('licenses.ts') },
];

/** Reads `dist/`'s source maps, which the check of `dist/` has just written. */
const COVERAGE_CHECK = { name: 'coverage', command: script('coverage.ts') };

const JEST_RESULTS = join(ROOT, 'build', 'jest.json');

const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
const failures: string[] = [];

for (const check of CHECKS) await runCheck(check);
await runJest();
await runCheck(COVERAGE_CHECK);

if (failures.length > 0) console.log(`\nFailed: ${failures.join(', ')}`);
console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exitCode = counts.failed > 0 ? 1 : 0;

async function runCheck({ name, command }: { name: string; command: string[] }): Promise<void> {
  heading(name);
  const code = await run(command);
  counts[code === 0 ? 'passed' : 'failed'] += 1;
  if (code !== 0) failures.push(name);
}

async function runJest(): Promise<void> {
  heading('tests');
  rmSync(COVERAGE, { recursive: true, force: true });
  rmSync(JEST_RESULTS, { force: true });
  mkdirSync(COVERAGE, { recursive: true });
  const code = await run(
    [
      process.execPath,
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      'node_modules/jest/bin/jest.js',
      '--maxWorkers=2',
      '--json',
      `--outputFile=${JEST_RESULTS}`,
      '--coverage',
      '--coverageProvider=v8',
      '--coverageReporters=none',
      `--coverageDirectory=${join(COVERAGE, 'jest')}`,
      '--collectCoverageFrom=src/**/*.ts',
      '--reporters=default',
      '--reporters=<rootDir>/scripts/support/jest-coverage-reporter.js',
      '--setupFiles=<rootDir>/scripts/support/jest-child-coverage.js',
    ],
    { CHILD_COVERAGE: join(COVERAGE, 'children') },
  );
  const results = jestCounts();
  for (const key of ['passed', 'failed', 'skipped'] as const) counts[key] += results[key];
  if (code !== 0 && results.failed === 0) counts.failed += 1;
  if (code !== 0) failures.push('tests');
}

/** A test file that cannot even be loaded counts as one failed test. */
function jestCounts(): Counts {
  if (!existsSync(JEST_RESULTS)) return { passed: 0, failed: 1, skipped: 0 };
  const results = JSON.parse(readFileSync(JEST_RESULTS, 'utf8'));
  return {
    passed: results.numPassedTests,
    failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
    skipped: results.numPendingTests + results.numTodoTests,
  };
}

/** Stdout of jest would be its JSON, which goes to a file too: what people read is on stderr. */
async function run([file = '', ...args]: string[], env: Record<string, string> = {}): Promise<number> {
  const silent = args.includes('--json');
  const child = spawn(file, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', silent ? 'ignore' : 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  return await new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.on('close', (code) => resolve(code ?? 1));
  });
}

function script(name: string, ...args: string[]): string[] {
  return [process.execPath, ...process.execArgv, join('scripts', name), ...args];
}

function heading(name: string): void {
  console.log(`\n── ${name}`);
}
