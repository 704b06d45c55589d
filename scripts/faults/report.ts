import { styleText } from 'node:util';
import type { FaultCase } from './cases.ts';
import type { Breach } from './rules.ts';

export interface Verdict {
  readonly faultCase: FaultCase;
  readonly reached: boolean;
  readonly breaches: readonly Breach[];
  /** Of the step; empty where it did not end. */
  readonly log: string;
  /** Why it was not tried. */
  readonly notPrepared?: string;
}

/** How many were as required, by operation and fault: `12` of 12, `11/12` where one was not. */
export function countTable(verdicts: readonly Verdict[]): string[] {
  const operations = [...new Set(verdicts.map(({ faultCase }) => faultCase.operation.name))];
  const faults = [...new Set(verdicts.map(({ faultCase }) => faultCase.trouble.fault))].sort();
  const rows = faults.map((fault) => [
    fault,
    ...operations.map((operation) =>
      count(
        verdicts.filter(({ faultCase }) => faultCase.operation.name === operation && faultCase.trouble.fault === fault),
      ),
    ),
  ]);
  return align([['', ...operations], ...rows]);
}

/** Per rule, in how many cases it was broken. */
export function ruleTable(verdicts: readonly Verdict[]): string[] {
  const counts = new Map<string, number>();
  for (const { rule } of verdicts.flatMap(({ breaches }) => breaches)) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return align([...counts].sort(([, a], [, b]) => b - a).map(([rule, broken]) => [rule, String(broken)]));
}

/** A case that is not as required, with the command that runs just it. */
export function describeFailure({ faultCase, breaches }: Verdict, real: boolean): string[] {
  return [
    styleText('red', faultCase.id),
    ...breaches.map(({ rule, words }) => `  ${rule}: ${words}`),
    `  npm run faults -- ${real ? '--real ' : ''}--only '${faultCase.id}'`,
  ];
}

function count(verdicts: readonly Verdict[]): string {
  const good = verdicts.filter(({ breaches }) => breaches.length === 0).length;
  if (verdicts.length === 0) return '';
  return good === verdicts.length ? `${good}` : `${good}/${verdicts.length}`;
}

function align(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}
