/** What a template works on. A number without a fraction is one of Go's ints; a bigint is one that is too large for a number. */
export type Value = null | undefined | boolean | number | bigint | string | readonly Value[] | ValueMap | object;
export interface ValueMap extends ReadonlyMap<string, Value> {}

/** Writes a value as Go's `%v` does. */
export function formatValue(value: Value): string {
  if (value === null || value === undefined) return '<nil>';
  if (typeof value === 'number') return formatNumber(value);
  if (Array.isArray(value)) return `[${value.map(formatValue).join(' ')}]`;
  if (value instanceof Map) {
    const entries = sortedEntries(value).map(([key, item]) => `${key}:${formatValue(item)}`);
    return `map[${entries.join(' ')}]`;
  }
  return String(value);
}

/** Go writes a number with a fraction with an exponent from 1e6 up and below 1e-4, and an exponent with two digits at least. */
function formatNumber(value: number): string {
  const size = Math.abs(value);
  if (Number.isSafeInteger(value) || (size >= 1e-4 && size < 1e6 && !Number.isInteger(value))) return String(value);
  return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
}

/** Quotes a text as Go's `%q` does. */
export function quote(text: string): string {
  const escaped = text.replace(/["\\\p{Cc}]/gu, (character) => {
    const known: Record<string, string> = {
      '"': '\\"',
      '\\': '\\\\',
      '\n': '\\n',
      '\r': '\\r',
      '\t': '\\t',
      '\v': '\\v',
      '\f': '\\f',
      '\b': '\\b',
      '\x07': '\\a',
    };
    return known[character] ?? `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
  return `"${escaped}"`;
}

/** What Go calls the value's type. */
export function goTypeName(value: Value): string {
  if (value === null || value === undefined) return 'interface {}';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float64';
  if (typeof value === 'bigint') return 'int64';
  if (typeof value === 'string') return 'string';
  if (Array.isArray(value)) return '[]interface {}';
  if (value instanceof Map) return 'map[string]interface {}';
  return 'parser.PackTemplateContext';
}

/** Whether `if` takes the value for true. */
export function isTrue(value: Value): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (value instanceof Map) return value.size > 0;
  return Boolean(value);
}

/** A map's entries in the order in which Go's templates walk through them. */
export function sortedEntries(map: ValueMap): [string, Value][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
