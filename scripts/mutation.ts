import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { countTable, describeSurvivors, type Report, readMutants, score } from './mutation/report.ts';
import { SAMPLE } from './mutation/sample.ts';
import { readCommandLine } from './support/command-line.ts';
import { ROOT } from './support/paths.ts';

/**
 * `npm run mutation`: changes the code in thousands of small ways, one at a time, and counts the changes that a unit test notices.
 * Prints the others. Ends with 1 where fewer than `REQUIRED` percent are noticed. Not part of `npm test`: all of it takes hours, and a sample
 * some minutes.
 */
const USAGE = `Usage: npm run mutation -- [OPTIONS] [FILES]

  FILES           what to change, globs too; default: all that the unit tests reach in one process
  --tests FILES   the tests that may notice it, a glob; default: all of src/nomad/, src/deployment/ and src/operations/
  --all           tries again what was tried before and has not changed since
  --sample N      only so many percent of the mutants, chosen by chance
  --seed N        of the sample; default 1
  --width N       mutants at a time; default 2

Texts are not changed, nor what runs only while a file is loaded. A test that fails because it took too long is run again with twice the time,
and one that fails more slowly than usual without the change, too: a busy machine kills nothing.

How long it takes, on two processors that have nothing else to do: a file of pure functions under a minute for some hundred changes,
src/nomad and src/nomad/rollout half an hour each, a tenth of them five minutes. src/operations takes hours, for its tests deploy to a simulated
Nomad: try its files one by one, each with its own tests, such as
  npm run mutation -- --tests '__tests__/operations/reject.test.ts' src/operations/reject.ts
`;

/** Not a dependency of the project: it would add 60 MB to what each contributor installs. */
const STRYKER = '@stryker-mutator/core@10.1.1';

const REQUIRED = 80;

const FILES = ['src/nomad/**/*.ts', 'src/deployment/**/*.ts', 'src/operations/**/*.ts'];

const FOLDER = join(ROOT, 'build', 'mutation');
const CONFIG = join(FOLDER, 'config.json');
const REPORT = join(FOLDER, 'report.json');

interface Options {
  readonly all: boolean;
  readonly width: number;
  readonly tests: string | undefined;
  /** Percent of the mutants and the seed; undefined for all of them. */
  readonly sample: string | undefined;
}

/** https://stryker-mutator.io/docs/stryker-js/configuration */
const config = (files: readonly string[], { all, width, tests, sample }: Options) => ({
  mutate: files,
  mutator: {
    // Most texts are words for people, which tests do not repeat. What a text decides is also changed as a comparison.
    excludedMutations: ['StringLiteral'],
  },
  // What only runs while a file is loaded needs a process of its own for each mutant, and all tests in it.
  ignoreStatic: true,
  plugins: ['runner.ts', 'sample.ts'].map((name) => join(ROOT, 'scripts', 'mutation', name)),
  checkers: sample === undefined ? [] : ['sample'],
  checkerNodeArgs: ['--disable-warning=ExperimentalWarning'],
  testRunner: 'circus',
  testRunnerNodeArgs: ['--disable-warning=ExperimentalWarning'],
  coverageAnalysis: 'perTest',
  concurrency: width,
  // Each run loads its test files anew, and none is ever unloaded.
  maxTestRunnerReuse: 100,
  timeoutMS: 60_000,
  timeoutFactor: 10,
  dryRunTimeoutMinutes: 20,
  ignorePatterns: ['build', 'dist', 'docs'],
  tempDirName: join('build', 'mutation', 'sandbox'),
  // Stryker would rewrite it with the compiler's API, which TypeScript 7 does not have.
  tsconfigFile: 'none',
  // What a sample leaves out is not to be remembered as faulty.
  incremental: sample === undefined,
  force: all,
  incrementalFile: join(FOLDER, 'incremental.json'),
  testFiles: tests === undefined ? [] : [tests],
  reporters: ['json', 'progress-append-only'],
  jsonReporter: { fileName: REPORT },
});

const { values, positionals } = readCommandLine({
  usage: USAGE,
  allowPositionals: true,
  options: {
    all: { type: 'boolean', default: false },
    tests: { type: 'string' },
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
    width: { type: 'string', default: '2' },
  },
});

process.exitCode = main(positionals.length > 0 ? positionals : FILES);

function main(files: readonly string[]): number {
  mkdirSync(FOLDER, { recursive: true });
  rmSync(REPORT, { force: true });
  const { all, tests, width, seed } = values;
  const sample = values.sample === undefined ? undefined : `${values.sample} ${seed}`;
  writeFileSync(CONFIG, JSON.stringify(config(files, { all, tests, sample, width: Number(width) }), null, 2));
  const stryker = spawnSync('npx', ['--yes', `--package=${STRYKER}`, 'stryker', 'run', CONFIG], {
    cwd: ROOT,
    env: { ...process.env, ...(sample !== undefined && { [SAMPLE]: sample }) },
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (stryker.status !== 0) return stryker.status ?? 1;
  const mutants = readMutants(JSON.parse(readFileSync(REPORT, 'utf8')) as Report, sample);
  const percent = score(mutants);
  console.log(`\n${describeSurvivors(mutants)}\n\n${countTable(mutants)}`);
  console.log(`\n${percent.toFixed(1)} % killed; at least ${REQUIRED} % are required.`);
  return percent < REQUIRED ? 1 : 0;
}
