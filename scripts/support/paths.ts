import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the project. Absolute. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** What a user runs: the bundle, committed. */
export const DIST = join(ROOT, 'dist');

/** Source maps of the bundle's files, for coverage; never committed. */
export const MAPS = join(ROOT, 'build', 'maps');

/** What V8 counted: `jest/` in the tests' own processes, `children/` in those that they started; `report/` is what becomes of it. */
export const COVERAGE = join(ROOT, 'build', 'coverage');
