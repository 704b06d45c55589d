import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from './paths.ts';

/** A command that must end well. */
export interface Check {
  readonly name: string;
  readonly command: readonly string[];
}

export const TYPES: Check = { name: 'types', command: ['tsc', '--noEmit'] };
export const LINT: Check = { name: 'lint and format', command: ['biome', 'check', '.'] };

/** The files of tests that try ten thousand cases each, as a pattern of Jest's. */
export const PROPERTIES = 'propert(y|ies)\\.test';

/** Jest’s own default is a worker less than there are cores. */
const WORKERS = Math.max(2 * availableParallelism(), 3);

const RESULTS = join(ROOT, 'build', 'jest.json');

/**
 * Checks and tests that are counted together: a check counts as a test does. Says what failed as it happens and goes on, so that one run
 * tells everything.
 */
export class Suite {
  readonly #counts = { passed: 0, failed: 0, skipped: 0 };
  readonly #failures: string[] = [];

  /** Runs checks side by side; what each has to say comes out as a whole, when it is done. */
  async check(...checks: readonly Check[]): Promise<void> {
    await Promise.all(
      checks.map(async ({ name, command }) => {
        const words: string[] = [];
        const code = await run(command, { hear: (text) => words.push(text) });
        heading(name);
        process.stdout.write(words.join(''));
        this.#counts[code === 0 ? 'passed' : 'failed'] += 1;
        if (code !== 0) this.#failures.push(name);
      }),
    );
  }

  /**
   * Runs tests with twice the workers that a small machine has cores: many of them wait for rollouts.
   *
   * @param args for Jest
   * @param env besides this process's own
   */
  async test(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<void> {
    heading('tests');
    mkdirSync(dirname(RESULTS), { recursive: true });
    rmSync(RESULTS, { force: true });
    const jest = [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      'node_modules/jest/bin/jest.js',
    ];
    const code = await run(
      [process.execPath, ...jest, `--maxWorkers=${WORKERS}`, '--json', `--outputFile=${RESULTS}`, ...args],
      { env },
    );
    const results = readResults();
    for (const key of ['passed', 'failed', 'skipped'] as const) this.#counts[key] += results[key];
    if (code !== 0 && results.failed === 0) this.#counts.failed += 1;
    if (code !== 0) this.#failures.push('tests');
  }

  /** Prints what failed and, as the last line, `N passed, N failed, N skipped`; decides the exit code. */
  end(): void {
    const { passed, failed, skipped } = this.#counts;
    if (this.#failures.length > 0) console.log(`\nFailed: ${this.#failures.join(', ')}`);
    console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
    process.exitCode = failed > 0 ? 1 : 0;
  }
}

/** The command that runs a script of this folder's parent, in the Node that runs this. */
export function script(name: string, ...args: readonly string[]): readonly string[] {
  return [process.execPath, ...process.execArgv, join('scripts', name), ...args];
}

/** A test file that cannot even be loaded counts as one failed test. */
function readResults() {
  if (!existsSync(RESULTS)) return { passed: 0, failed: 1, skipped: 0 };
  const results = JSON.parse(readFileSync(RESULTS, 'utf8'));
  return {
    passed: results.numPassedTests,
    failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
    skipped: results.numPendingTests + results.numTodoTests,
  };
}

interface RunOptions {
  /** Besides this process's own. */
  readonly env?: Readonly<Record<string, string>>;
  /** Gets what the command prints, which is shown as it comes otherwise. */
  readonly hear?: (text: string) => void;
}

/** Stdout of jest would be its JSON, which goes to a file too: what people read is on stderr. */
async function run([file = '', ...args]: readonly string[], { env = {}, hear }: RunOptions): Promise<number> {
  const stdout = args.includes('--json') ? 'ignore' : 'inherit';
  const child = spawn(file, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: hear === undefined ? ['ignore', stdout, 'inherit'] : ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => hear?.(text));
  return await new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.on('close', (code) => resolve(code ?? 1));
  });
}

function heading(name: string): void {
  console.log(`\n── ${name}`);
}
