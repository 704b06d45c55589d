import { globSync, readdirSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CoverageReport } from 'monocart-coverage-reports';
import { COVERAGE, DIST, MAPS, ROOT } from './support/paths.ts';

/**
 * Merges what V8 counted in the tests' own processes and in the runs of `dist/` that the tests started, and fails when too few lines
 * of `src/` ran. Reads what `npm test` leaves in `build/coverage/`.
 */
const WANTED = 95;

interface Script {
  readonly url: string;
  readonly functions: unknown[];
  readonly source?: string;
}

const report = new CoverageReport({
  name: 'Coverage of src/',
  outputDir: join(COVERAGE, 'report'),
  reports: ['v8'],
  logging: 'error',
  sourceFilter: (path) => path.startsWith('src/'),
  sourcePath: (path) => path.replace(/^.*?\b(src\/.*\.ts)$/, '$1'),
});

await addTests();
await addRunsOfDist();
await report.add(neverLoaded());
const results = await report.generate();
if (results === undefined) throw new Error('There is no coverage: the tests ran without it');
tell(results.files.map(({ sourcePath, summary }) => ({ path: sourcePath, lines: summary.lines })));

async function addTests(): Promise<void> {
  for (const script of readJson<Script[]>(join(COVERAGE, 'jest')).flat()) {
    if (script.source !== undefined) await report.add([{ ...script, type: 'js', source: script.source }]);
  }
}

async function addRunsOfDist(): Promise<void> {
  const maps = new Set(readdirSync(MAPS).map((name) => basename(name, '.map')));
  for (const { result } of readJson<{ result: Script[] }>(join(COVERAGE, 'children'))) {
    const own = result.filter(({ url }) => url.startsWith('file:') && fileURLToPath(url).startsWith(DIST));
    for (const script of own) {
      const name = basename(fileURLToPath(script.url));
      if (!maps.has(name)) continue;
      const sourceMap = JSON.parse(readFileSync(join(MAPS, `${name}.map`), 'utf8'));
      await report.add([{ ...script, type: 'js', source: readFileSync(join(DIST, name), 'utf8'), sourceMap }]);
    }
  }
}

/** Every file, as one that was loaded and of which nothing ran: so files count that no test loads. */
function neverLoaded() {
  return globSync('src/**/*.ts', { cwd: ROOT }).map((path) => {
    const source = stripTypeScriptTypes(readFileSync(join(ROOT, path), 'utf8'));
    const ranges = [{ startOffset: 0, endOffset: source.length, count: 0 }];
    return {
      url: join(ROOT, path),
      type: 'js' as const,
      source,
      functions: [{ functionName: '', ranges, isBlockCoverage: true }],
    };
  });
}

function readJson<T>(folder: string): T[] {
  return globSync('*.json', { cwd: folder }).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as T);
}

interface FileLines {
  readonly path: string;
  readonly lines: { readonly total: number; readonly covered: number };
}

function tell(files: readonly FileLines[]): void {
  const rate = ({ covered, total }: { covered: number; total: number }) =>
    total === 0 ? 100 : (100 * covered) / total;
  const sum = (key: 'covered' | 'total') => files.reduce((so_far, { lines }) => so_far + lines[key], 0);
  const all = { covered: sum('covered'), total: sum('total') };
  for (const { path, lines } of files.toSorted((a, b) => rate(a.lines) - rate(b.lines))) {
    if (rate(lines) < WANTED)
      console.log(`${rate(lines).toFixed(1).padStart(6)} %  ${path} (${lines.total - lines.covered} lines)`);
  }
  console.log(`${rate(all).toFixed(2)} % of the lines of src/ ran: ${all.covered} of ${all.total}`);
  if (rate(all) < WANTED) {
    console.error(`That is less than ${WANTED} %. What did not run: build/coverage/report/index.html`);
    process.exitCode = 1;
  }
}
