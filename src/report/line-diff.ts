import { diffArrays } from 'diff';

/** Lines around a difference that stay as they are. */
const CONTEXT = 3;

/** Where texts have less in common, the old one is shown whole, and then the new one. */
const MOST_EDITS = 2_000;

/** What stands for what is hidden. */
const HIDDEN = '***';

/**
 * The lines that differ between two texts, each after `- ` or `+ `, and some lines around them after two spaces; what is left out
 * between is told as a line.
 */
export function lineDiff(before: string, after: string): string[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  const parts = diffArrays(old, now, { comparator: isSame, maxEditLength: MOST_EDITS }) ?? [
    { value: old, removed: true, added: false },
    { value: now, removed: false, added: true },
  ];
  return parts.flatMap(({ value, added, removed }, index) => {
    if (added) return value.map((line) => `+ ${line}`);
    if (removed) return value.map((line) => `- ${line}`);
    return around(value, index > 0, index < parts.length - 1).map((line) => `  ${line}`);
  });
}

/** Nobody knows whether two lines are the same that are both hidden. */
function isSame(one: string, other: string): boolean {
  return one === other && one.trim() !== HIDDEN;
}

/** Of lines that are the same, those next to a difference: before them, after them. */
function around(lines: readonly string[], isAfter: boolean, isBefore: boolean): string[] {
  const head = isAfter ? CONTEXT : 0;
  const tail = isBefore ? CONTEXT : 0;
  const left = lines.length - head - tail;
  // A note is no shorter than a line.
  if (left <= 1) return [...lines];
  return [...lines.slice(0, head), `[${left} lines are the same]`, ...lines.slice(lines.length - tail)];
}

function linesOf(text: string): string[] {
  if (text === '') return [];
  const lines = text.split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}
