import { formatValue, goTypeName, quote, type Value } from './values.ts';

const verbPattern = /%([-+# 0]*)(\d+)?(?:\.(\d+))?(.)?/gsu;

/** Formats as Go's `fmt.Sprintf`, with the verbs that packs and messages use: `%s %d %v %q %t %f %g %x %c %T %%`. */
export function sprintf(format: string, ...values: readonly Value[]): string {
  let used = 0;
  const text = format.replace(verbPattern, (_match, flags: string, width: string, precision: string, verb: string) => {
    if (verb === undefined) return '%!(NOVERB)';
    if (verb === '%') return '%';
    if (used >= values.length) return `%!${verb}(MISSING)`;
    const value = values[used];
    used += 1;
    return pad(formatVerb(verb, flags, precision, value), flags, width);
  });
  if (used >= values.length) return text;
  const extra = values.slice(used).map((value) => `${goTypeName(value)}=${formatValue(value)}`);
  return `${text}%!(EXTRA ${extra.join(', ')})`;
}

function formatVerb(verb: string, flags: string, precision: string | undefined, value: Value): string {
  const number = typeof value === 'number' || typeof value === 'bigint';
  switch (verb) {
    case 'v':
      return formatValue(value);
    case 's':
      if (typeof value === 'string') return precision === undefined ? value : value.slice(0, Number(precision));
      return typeof value === 'object' && value !== null ? formatValue(value) : wrongVerb(verb, value);
    case 'd':
      if (!number || !isInteger(value)) return wrongVerb(verb, value);
      return flags.includes('+') && value >= 0 ? `+${value}` : String(value);
    case 'q':
      return formatQuoted(value);
    case 't':
      return typeof value === 'boolean' ? String(value) : wrongVerb(verb, value);
    case 'f':
      return typeof value === 'number' ? value.toFixed(Number(precision ?? 6)) : wrongVerb(verb, value);
    case 'g':
      return number ? formatValue(value) : wrongVerb(verb, value);
    case 'x':
      if (typeof value === 'string') return Buffer.from(value).toString('hex');
      return number && isInteger(value) ? value.toString(16) : wrongVerb(verb, value);
    case 'c':
      return number ? String.fromCodePoint(Number(value)) : wrongVerb(verb, value);
    case 'T':
      return goTypeName(value);
    default:
      return wrongVerb(verb, value);
  }
}

/** `%q`: quotes strings, also those in lists and maps; an integer is the character that it stands for. */
function formatQuoted(value: Value): string {
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return `[${value.map(formatQuoted).join(' ')}]`;
  if (value instanceof Map) {
    const entries = [...value].map(([key, item]) => `${quote(key)}:${formatQuoted(item)}`);
    return `map[${entries.sort().join(' ')}]`;
  }
  if (typeof value === 'number' && Number.isInteger(value)) {
    const character = quote(String.fromCodePoint(value)).slice(1, -1);
    return `'${character === '\\"' ? '"' : character === "'" ? "\\'" : character}'`;
  }
  return wrongVerb('q', value);
}

function wrongVerb(verb: string, value: Value): string {
  if (value === null || value === undefined) return `%!${verb}(<nil>)`;
  return `%!${verb}(${goTypeName(value)}=${formatValue(value)})`;
}

function pad(text: string, flags: string, width: string | undefined): string {
  const columns = Number(width ?? 0);
  if (flags.includes('-')) return text.padEnd(columns);
  return text.padStart(columns, flags.includes('0') ? '0' : ' ');
}

function isInteger(value: number | bigint): boolean {
  return typeof value === 'bigint' || Number.isInteger(value);
}
