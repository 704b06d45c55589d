import { dirname } from 'node:path';
import { isSampled } from './sample.ts';
import { SURVIVORS, type Survivor } from './survivors.ts';

type Status =
  | 'Killed'
  | 'Timeout'
  | 'Survived'
  | 'NoCoverage'
  | 'RuntimeError'
  | 'CompileError'
  | 'Ignored'
  | 'Pending';

interface Position {
  readonly line: number;
  readonly column: number;
}

/** The part of Stryker's report that is read: https://github.com/stryker-mutator/mutation-testing-elements */
export interface Report {
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly ReportedMutant[] }>>;
}

interface ReportedMutant {
  readonly status: Status;
  readonly location: { readonly start: Position; readonly end: Position };
  readonly replacement: string;
}

/** A change of the code, and what came of it. */
export interface Mutant {
  readonly file: string;
  readonly line: number;
  readonly status: Status;
  readonly was: string;
  readonly becomes: string;
  /** The line of code that it begins in, without the blanks around it. */
  readonly code: string;
}

/** How many characters of code a line of the output has on each side. */
const WIDTH = 100;

/** @param sample of which the mutants are told; default: all */
export function readMutants({ files }: Report, sample = '100'): Mutant[] {
  const isTold = (file: string, { location: { start }, replacement }: ReportedMutant) =>
    isSampled({ file, ...start, replacement }, sample);
  return Object.entries(files).flatMap(([file, { source, mutants }]) =>
    mutants
      .filter((mutant) => isTold(file, mutant))
      .map(({ status, location, replacement }) => ({
        file,
        line: location.start.line,
        status,
        was: oneLine(textAt(source.split('\n'), location)),
        becomes: oneLine(replacement),
        code: source.split('\n')[location.start.line - 1]?.trim() ?? '',
      })),
  );
}

/**
 * Percentage of the mutants that a test noticed. Those that no test reaches count as not noticed; those that could not be decided, since a
 * test fails without them, too, do not count.
 */
export function score(mutants: readonly Mutant[]): number {
  const killed = mutants.filter(isKilled).length;
  const all = killed + mutants.filter(isAlive).length;
  return all === 0 ? 100 : (100 * killed) / all;
}

/** A row for each folder, one for each that has others in it, with those, and one for all. */
export function countTable(mutants: readonly Mutant[]): string {
  const folders = [...new Set(mutants.map(({ file }) => dirname(file)))].sort();
  const row = (name: string, some: readonly Mutant[]) => {
    const count = (status: Status) => String(some.filter((mutant) => mutant.status === status).length);
    return [
      name,
      ...(['Killed', 'Timeout', 'Survived', 'NoCoverage', 'RuntimeError'] as const).map(count),
      score(some).toFixed(1),
    ];
  };
  const above = folders.filter((folder) => folders.some((other) => other.startsWith(`${folder}/`)));
  const rows = [
    ['', 'killed', 'timed out', 'survived', 'no test', 'undecided', 'percent'],
    ...folders.map((folder) =>
      row(
        folder,
        mutants.filter(({ file }) => dirname(file) === folder),
      ),
    ),
    ...above.map((folder) =>
      row(
        `${folder}/**`,
        mutants.filter(({ file }) => file.startsWith(`${folder}/`)),
      ),
    ),
    row('all', mutants),
  ];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  return rows
    .map((cells) =>
      cells
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  '),
    )
    .join('\n');
}

/** The mutants that no test noticed, a line each; those of `SURVIVORS` with the reason. */
export function describeSurvivors(mutants: readonly Mutant[]): string {
  const alive = mutants.filter(isAlive);
  const known = alive.filter((mutant) => reasonFor(mutant) !== undefined);
  const lines = alive.filter((mutant) => !known.includes(mutant)).map(describe);
  const stale = SURVIVORS.filter((survivor) => {
    const same = mutants.filter((mutant) => matches(survivor, mutant));
    return same.length > 0 && !same.some(isAlive);
  });
  return [
    ...known.map((mutant) => `${describe(mutant)}\n    ${reasonFor(mutant)}`),
    ...lines,
    ...stale.map(
      ({ file, was, becomes }) => `${file}: \`${was}\` → \`${becomes}\` is listed as a survivor, and is not one.`,
    ),
    `${alive.length} survived, of which ${known.length} are known.`,
  ].join('\n');
}

function describe({ file, line, status, was, becomes }: Mutant): string {
  const untested = status === 'NoCoverage' ? ' (no test)' : '';
  return `${file}:${line}${untested}  ${was.slice(0, WIDTH)}  →  ${becomes.slice(0, WIDTH)}`;
}

function reasonFor(mutant: Mutant): string | undefined {
  return SURVIVORS.find((survivor) => matches(survivor, mutant))?.why;
}

function matches({ file, was, becomes, within }: Survivor, mutant: Mutant): boolean {
  return (
    file === mutant.file &&
    was === mutant.was &&
    becomes === mutant.becomes &&
    (within === undefined || mutant.code.includes(within))
  );
}

function isKilled({ status }: Mutant): boolean {
  return status === 'Killed' || status === 'Timeout';
}

function isAlive({ status }: Mutant): boolean {
  return status === 'Survived' || status === 'NoCoverage';
}

function textAt(lines: readonly string[], { start, end }: ReportedMutant['location']): string {
  const within = lines.slice(start.line - 1, end.line);
  const last = within.pop()?.slice(0, end.column - 1) ?? '';
  return [...within, last].join('\n').slice(start.column - 1);
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}
