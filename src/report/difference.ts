import type { FieldChange, JobChange } from '../result.ts';
import { lineDiff } from './line-diff.ts';
import { prettyJson } from './pretty-json.ts';
import { count } from './wording.ts';

/** A JSON that is shorter is read on one line. Characters. */
const LONGEST_ON_LINE = 60;

/**
 * What differs in a job, as lines that GitHub colours in a block of the language `diff`: first what is on one line, then, below where it
 * stands, what has several: the lines of it that differ.
 */
export function differenceLines({ fields }: Pick<JobChange, 'fields'>): string[] {
  const stated = fields.filter(({ isDefault }) => !isDefault);
  const left = fields.length - stated.length;
  const lines = stated.flatMap((field) => oneLine(field) ?? []);
  const blocks = stated.flatMap((field) => (oneLine(field) === undefined ? severalLines(field) : []));
  const note = left === 0 ? [] : [`  (${count(left, 'more value')} that the template leaves to Nomad and nomad-pack)`];
  return [...lines, ...note, ...blocks];
}

function oneLine({ sign, path, before = '', after = '' }: FieldChange): string | undefined {
  if (`${readable(before)}${readable(after)}`.includes('\n')) return undefined;
  const [old, now] = [JSON.stringify(before), JSON.stringify(after)];
  if (sign === '+') return `+ ${path}: ${now}`;
  if (sign === '-') return `- ${path}: ${old}`;
  // GitHub colours the lines of a diff by their first sign, and knows `!`.
  return `! ${path}: ${old} => ${now}`;
}

function severalLines({ path, before = '', after = '' }: FieldChange): string[] {
  return [`@@ ${path} @@`, ...lineDiff(readable(before), readable(after))];
}

/** The text as it is, one JSON on a long line aside. */
function readable(text: string): string {
  const json = text.length > LONGEST_ON_LINE && !text.trim().includes('\n') ? prettyJson(text) : undefined;
  // A new line at the end is not a reason to show one line as several.
  return json ?? (text.trimEnd().includes('\n') ? text : text.replace(/\n$/, ''));
}
