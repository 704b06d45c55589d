import { globSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CoverageReport, type V8CoverageEntry } from 'monocart-coverage-reports';
import { COVERAGE, DIST, MAPS, ROOT } from './support/paths.ts';

/**
 * Merges what V8 counted in the tests' own processes and in the runs of `dist/` that the tests started, and fails when too few lines
 * of `src/` ran. Reads what `npm test` leaves in `build/coverage/`. A line ran when any part of it did; blank ones, comments and types
 * are not lines.
 */
const WANTED = 95;

interface Script {
  readonly url: string;
  readonly functions: unknown[];
  readonly source?: string;
}

/** By file of `src/`, by line: whether it ran. */
const ran = new Map<string, Map<number, boolean>>();

await count([...neverLoaded(), ...testProcesses()]);
for (const [name, runs] of runsOfDist()) await count(runs, name);
tell();

/** Every file, as one of which nothing ran: so files count that no test loads. */
function neverLoaded(): V8CoverageEntry[] {
  return globSync('src/**/*.ts', { cwd: ROOT }).map((path) => {
    const source = stripTypeScriptTypes(readFileSync(join(ROOT, path), 'utf8'));
    const ranges = [{ startOffset: 0, endOffset: source.length, count: 0 }];
    return { url: join(ROOT, path), source, functions: [{ functionName: '', ranges, isBlockCoverage: true }] };
  });
}

function testProcesses(): V8CoverageEntry[] {
  return readJson<Script[]>(join(COVERAGE, 'jest'))
    .flat()
    .filter(({ source }) => source !== undefined);
}

/** By file of `dist/` that holds code of ours: its runs. */
function runsOfDist(): Map<string, V8CoverageEntry[]> {
  const runs = new Map<string, V8CoverageEntry[]>();
  for (const name of globSync('*.js.map', { cwd: MAPS })) runs.set(basename(name, '.map'), []);
  for (const { result } of readJson<{ result: Script[] }>(join(COVERAGE, 'children'))) {
    for (const script of result) {
      if (script.url.startsWith('file:') && fileURLToPath(script.url).startsWith(DIST)) {
        runs.get(basename(fileURLToPath(script.url)))?.push(script);
      }
    }
  }
  for (const [name, scripts] of runs) {
    if (scripts.length === 0) continue;
    const source = readFileSync(join(DIST, name), 'utf8');
    const sourceMap = JSON.parse(readFileSync(join(MAPS, `${name}.map`), 'utf8'));
    const mapped = scripts.map((script) => ({ ...script, source, sourceMap }));
    runs.set(name, mapped);
  }
  return runs;
}

/** Notes which lines ran. One file of `dist/` at a time: two that hold the same file of `src/` do not add up in one report. */
async function count(entries: readonly V8CoverageEntry[], name = 'tests'): Promise<void> {
  if (entries.length === 0) return;
  const report = new CoverageReport({
    outputDir: join(COVERAGE, 'reports', name),
    reports: ['none'],
    logging: 'error',
    sourceFilter: (path) => path.startsWith('src/'),
    sourcePath: (path) => path.replace(/^.*?\b(src\/.*\.ts)$/, '$1'),
  });
  for (const entry of entries) await report.add([{ ...entry, type: 'js' }]);
  const results = await report.generate();
  for (const { sourcePath, data } of results?.files ?? []) {
    const lines = ran.get(sourcePath) ?? new Map<number, boolean>();
    ran.set(sourcePath, lines);
    // A line that ran in part has a text such as "1/2" for its count.
    const counts = (data as { lines?: Record<string, number | string> }).lines ?? {};
    for (const [line, times] of Object.entries(counts)) lines.set(Number(line), lines.get(Number(line)) || times !== 0);
  }
}

function tell(): void {
  let total = 0;
  let missed = 0;
  const rows: { rate: number; text: string }[] = [];
  for (const [path, lines] of ran) {
    const never = [...lines].filter(([, did]) => !did).map(([line]) => line);
    total += lines.size;
    missed += never.length;
    const rate = lines.size === 0 ? 100 : 100 * (1 - never.length / lines.size);
    if (rate < WANTED) rows.push({ rate, text: `${rate.toFixed(1).padStart(6)} %  ${path}: ${ranges(never)}` });
  }
  for (const { text } of rows.sort((a, b) => a.rate - b.rate)) console.log(text);
  const rate = 100 * (1 - missed / total);
  console.log(`${rate.toFixed(2)} % of the lines of src/ ran: ${total - missed} of ${total}`);
  if (rate < WANTED) {
    console.error(`That is less than ${WANTED} %. The lines above never ran.`);
    process.exitCode = 1;
  }
}

/** `3-5, 9` */
function ranges(lines: number[]): string {
  const runs: [number, number][] = [];
  for (const line of lines.sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === line - 1) last[1] = line;
    else runs.push([line, line]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(', ');
}

function readJson<T>(folder: string): T[] {
  return globSync('*.json', { cwd: folder }).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as T);
}
