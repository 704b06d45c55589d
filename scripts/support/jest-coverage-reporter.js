import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Jest reporter that keeps what V8 counted in the test's own process, one file per test file, for `scripts/coverage.ts`. Jest's
 * own reports cannot be merged with what the child processes did.
 */
export default class CoverageReporter {
  #folder;
  #count = 0;

  constructor({ coverageDirectory }) {
    this.#folder = coverageDirectory;
    mkdirSync(this.#folder, { recursive: true });
  }

  onTestResult(_test, result) {
    const scripts = (result.v8Coverage ?? []).map(({ result: { url, functions }, codeTransformResult }) => ({
      url,
      functions,
      source: codeTransformResult?.code,
    }));
    this.#count += 1;
    writeFileSync(join(this.#folder, `${this.#count}.json`), JSON.stringify(scripts));
    result.v8Coverage = [];
  }
}
