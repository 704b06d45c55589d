import type { Filter, Match } from './parse.ts';

/** A field that the filtered records do not have. */
export class SelectorError extends Error {}

/**
 * Whether the record fits the filter. As in go-bexpr, a key that a map lacks is equal to nothing and is empty, while a
 * field that the record lacks is an error.
 *
 * @throws SelectorError
 */
export function fitsFilter(filter: Filter, record: Readonly<Record<string, unknown>>): boolean {
  switch (filter.kind) {
    case 'and':
      return fitsFilter(filter.left, record) && fitsFilter(filter.right, record);
    case 'or':
      return fitsFilter(filter.left, record) || fitsFilter(filter.right, record);
    case 'not':
      return !fitsFilter(filter.operand, record);
    case 'match':
      return fitsMatch(filter, record);
  }
}

function fitsMatch(match: Match, record: Readonly<Record<string, unknown>>): boolean {
  const found = lookUp(match.selector, record);
  // A missing key answers "is empty" and every negated operator with yes.
  if (!found.present) return match.operator === 'empty' ? !match.negated : match.negated;
  return test(match, found.value) !== match.negated;
}

function lookUp(
  selector: readonly string[],
  record: Readonly<Record<string, unknown>>,
): { present: true; value: unknown } | { present: false } {
  let value: unknown = record;
  for (const [depth, part] of selector.entries()) {
    const isRecord = typeof value === 'object' && value !== null;
    if (isRecord && Object.hasOwn(value as object, part)) {
      value = (value as Record<string, unknown>)[part];
    } else if (depth > 0 && (isRecord || value === null)) {
      return { present: false };
    } else {
      const pointer = `/${selector.join('/')}`;
      const reason = `${pointer} at part ${depth}: couldn't find key: struct field with name "${part}"`;
      throw new SelectorError(`error finding value in datum: ${reason}`);
    }
  }
  return { present: true, value };
}

function test(match: Match, value: unknown): boolean {
  switch (match.operator) {
    case 'equal':
      return String(value) === match.value;
    case 'matches':
      return new RegExp(match.value).test(String(value));
    case 'contains':
      if (Array.isArray(value)) return value.includes(match.value);
      if (typeof value === 'object' && value !== null) return Object.hasOwn(value, match.value);
      return String(value).includes(match.value);
    case 'empty':
      return value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);
  }
}
