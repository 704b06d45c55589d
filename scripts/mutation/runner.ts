import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isTimeout, listen, runFile, type TestRun } from './circus.ts';
import { hookTests } from './hooks.ts';

/**
 * Stryker's test runner for jest's tests, as a plugin. Stryker's own starts jest anew for each mutant, which loads every test file
 * that has to do with the mutated one into a sandbox of modules: seconds per mutant. This one keeps the sources loaded, since
 * Stryker builds all mutants into them and turns one on at a time, and runs only the tests that reach it, the fastest first.
 */
interface Context {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
  mutantCoverage?: Coverage;
}

/** Id of a mutant → how often it was reached: while the sources were loaded, and by each test. */
interface Coverage {
  readonly static: Readonly<Record<string, number>>;
  readonly perTest: Record<string, Record<string, number>>;
}

interface MutantRun {
  readonly activeMutant: { readonly id: string };
  readonly mutantActivation: 'static' | 'runtime';
  readonly testFilter?: readonly string[];
  readonly hitLimit?: number;
}

/** Written by the first run of all tests, for the processes that run mutants. Id of a test → its file, and milliseconds. */
type Times = Readonly<Record<string, { readonly file: string; readonly milliseconds: number }>>;

const TIMES = 'times.json';

/** How much longer than a multiple of its usual time a test may take, in milliseconds. */
const SLACK = 5_000;

/** How much longer than twice its usual time a test may take before a failure of it is doubted, in milliseconds. */
const SLOW = 500;

class Runner {
  readonly #context: Context = {};
  #loaded = false;
  #times: Times = {};

  capabilities() {
    return { reloadEnvironment: false };
  }

  init(): void {
    (globalThis as { __stryker__?: Context }).__stryker__ = this.#context;
    hookTests(pathToFileURL(join(process.cwd(), '__tests__')).href);
    listen();
  }

  async dryRun({ testFiles = allTestFiles() }: { readonly testFiles?: readonly string[] }) {
    await this.#load();
    const onTest = (id: string) => {
      this.#context.currentTestId = id;
    };
    const tests: TestRun[] = [];
    for (const file of testFiles) {
      const ran = await runFile(file, { bail: false, onTest });
      // A machine with other things to do may have been too slow for one of them.
      const hasFailed = ran.some(({ trouble }) => trouble !== '');
      tests.push(...(hasFailed ? await runFile(file, { bail: false, onTest }) : ran));
    }
    this.#times = Object.fromEntries(tests.map(({ id, file, milliseconds }) => [id, { file, milliseconds }]));
    writeFileSync(TIMES, JSON.stringify(this.#times));
    return { status: 'complete', tests: tests.map(told), mutantCoverage: shared(this.#context.mutantCoverage, tests) };
  }

  async mutantRun({ activeMutant, mutantActivation, testFilter, hitLimit }: MutantRun) {
    const context = this.#context;
    context.hitLimit = hitLimit;
    context.hitCount = hitLimit === undefined ? undefined : 0;
    if (mutantActivation === 'static') context.activeMutant = activeMutant.id;
    await this.#load();
    context.activeMutant = activeMutant.id;
    try {
      return await this.#kill(testFilter ?? Object.keys(this.#times));
    } finally {
      context.activeMutant = undefined;
    }
  }

  /** @param patience how many times as long as usual a test may take */
  async #kill(wanted: readonly string[], patience = 1): Promise<object> {
    const ids = new Set(wanted);
    let ran = 0;
    for (const file of this.#fastest(wanted)) {
      const tests = await runFile(file, { wanted: (id) => ids.has(id), time: this.#time(patience), bail: true });
      ran += tests.length;
      if (this.#hangs()) return { status: 'timeout', reason: 'it goes round and round' };
      const failed = tests.find(({ trouble }) => trouble !== '');
      if (failed === undefined) continue;
      if (failed.milliseconds > this.#usual(failed.id) * 2 + SLOW) await this.#control(failed);
      if (!isTimeout(failed)) {
        return { status: 'killed', killedBy: [failed.id], failureMessage: failed.trouble, nrOfTests: ran };
      }
      // It may have been the machine, which has other things to do, too.
      return patience === 1 ? await this.#kill(wanted, 2) : { status: 'timeout', reason: failed.trouble };
    }
    if (ran < ids.size) throw new Error(`${ran} of ${ids.size} tests ran`);
    return { status: 'survived', nrOfTests: ran };
  }

  /**
   * Runs a test that has failed, and taken longer than usual, without the mutant, and throws where it fails, too: it may have noticed the load
   * of the machine, and not the mutant. Stryker tries the mutant again in a new process, twice, and then calls it an error.
   */
  async #control({ id, file }: TestRun): Promise<void> {
    const context = this.#context;
    const { activeMutant, hitCount } = context;
    context.activeMutant = undefined;
    const [control] = await runFile(file, { wanted: (other) => other === id, time: this.#time(2), bail: true });
    Object.assign(context, { activeMutant, hitCount });
    if (control?.trouble !== '') throw new Error(`"${id}" fails without the mutant, too: ${control?.trouble}`);
  }

  #time(patience: number): (id: string) => number {
    return (id) => patience * (SLACK + 5 * this.#usual(id));
  }

  /** How long a test took without a mutant, in milliseconds. */
  #usual(id: string): number {
    return this.#times[id]?.milliseconds ?? 0;
  }

  #hangs(): boolean {
    const { hitCount = 0, hitLimit = Infinity } = this.#context;
    return hitCount > hitLimit;
  }

  /** The files of these tests, those first whose tests take the least time. */
  #fastest(ids: readonly string[]): string[] {
    const sums = new Map<string, number>();
    for (const id of ids) {
      const { file, milliseconds } = this.#times[id] ?? {};
      if (file !== undefined) sums.set(file, (sums.get(file) ?? 0) + (milliseconds ?? 0));
    }
    return [...sums].sort(([, a], [, b]) => a - b).map(([file]) => file);
  }

  /** All sources at once: what they do while they load then belongs to no test, whichever imports them first. */
  async #load(): Promise<void> {
    if (this.#loaded) return;
    this.#loaded = true;
    const sources = globSync('src/{nomad,deployment,operations}/**/*.ts', { cwd: process.cwd() });
    for (const source of sources) await import(pathToFileURL(join(process.cwd(), source)).href);
    try {
      this.#times = JSON.parse(readFileSync(TIMES, 'utf8'));
    } catch {
      // The first run writes it.
    }
  }
}

function allTestFiles(): string[] {
  return globSync('__tests__/{nomad,deployment,operations}/**/*.test.ts', { cwd: process.cwd() })
    .sort()
    .map((file) => join(process.cwd(), file));
}

/** What the hooks of a file reached before all of its tests is reached by each of them. */
function shared(coverage: Coverage | undefined, tests: readonly TestRun[]): Coverage | undefined {
  if (coverage === undefined) return undefined;
  const perTest: Coverage['perTest'] = {};
  for (const { id, file } of tests) perTest[id] = { ...coverage.perTest[file], ...coverage.perTest[id] };
  return { static: coverage.static, perTest };
}

function told({ id, file, position, milliseconds, trouble }: TestRun) {
  const result = { id, name: id, timeSpentMs: milliseconds, fileName: file, startPosition: position };
  return trouble === '' ? { ...result, status: 0 } : { ...result, status: 1, failureMessage: trouble };
}

export const strykerPlugins = [{ kind: 'TestRunner', name: 'circus', injectableClass: Runner }];
