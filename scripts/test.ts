import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { COVERAGE } from './support/paths.ts';
import { LINT, PROPERTIES, Suite, script, TYPES } from './support/suite.ts';

/** `npm test`: all checks and all tests, in one run. Ends with the line `N passed, N failed, N skipped`. */
const suite = new Suite();
// Counting what runs takes most of the time of what runs ten thousand times. It leaves a core to the checks.
await Promise.all([
  suite.test([PROPERTIES]),
  suite.check(
    TYPES,
    LINT,
    { name: 'tables in the documentation', command: script('docs.ts', '--check') },
    { name: 'dist/ is fresh', command: script('check-dist.ts') },
    { name: 'licences', command: script('licenses.ts') },
  ),
]);

rmSync(COVERAGE, { recursive: true, force: true });
mkdirSync(COVERAGE, { recursive: true });
await suite.test(
  [
    `--testPathIgnorePatterns=${PROPERTIES}`,
    '--coverage',
    '--coverageProvider=v8',
    '--coverageReporters=none',
    `--coverageDirectory=${join(COVERAGE, 'jest')}`,
    '--collectCoverageFrom=src/**/*.ts',
    '--reporters=default',
    '--reporters=<rootDir>/scripts/support/jest-coverage-reporter.js',
    '--setupFilesAfterEnv=<rootDir>/scripts/support/jest-child-coverage.js',
  ],
  { CHILD_COVERAGE: join(COVERAGE, 'children') },
);
// Reads `dist/`'s source maps, which the check of `dist/` has written.
await suite.check({ name: 'coverage', command: script('coverage.ts') });
suite.end();
