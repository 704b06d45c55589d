import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sprintf } from '../sprintf.ts';
import { formatValue, goTypeName, isTrue, quote, type Value } from '../values.ts';
import { lookUp, type PackContext } from './context.ts';
import { executeTemplate } from './execute.ts';
import { parseTemplates } from './parser.ts';
import type { ParameterType, TemplateFunction } from './program.ts';

/** `string, int, any...` as parameters. */
function define(signature: string, call: TemplateFunction['call'], decides?: boolean): TemplateFunction {
  const types = signature === '' ? [] : signature.split(', ');
  const last = types.at(-1);
  const variadic = last?.endsWith('...') ? (last.slice(0, -3) as ParameterType) : undefined;
  const parameters = (variadic === undefined ? types : types.slice(0, -1)) as ParameterType[];
  return { parameters, call, ...(variadic !== undefined && { variadic }), ...(decides !== undefined && { decides }) };
}

const text = (value: Value) => (value === null || value === undefined ? '' : formatValue(value));
const string = (value: Value) => value as string;
const list = (value: Value): readonly Value[] => {
  if (Array.isArray(value)) return value;
  throw new Error(`Cannot use type ${goTypeName(value)} as a list`);
};
const pack = (value: Value): PackContext => {
  if (value === null) throw new Error('runtime error: invalid memory address or nil pointer dereference');
  return value as PackContext;
};

const comparing = {
  eq: define('any, any...', ([first, ...rest]) => {
    if (rest.length === 0) throw new Error('missing argument for comparison');
    return rest.some((value) => isEqual(first, value));
  }),
  ne: define('any, any', ([a, b]) => !isEqual(a, b)),
  lt: define('any, any', ([a, b]) => compare(a, b) < 0),
  le: define('any, any', ([a, b]) => compare(a, b) <= 0),
  gt: define('any, any', ([a, b]) => compare(a, b) > 0),
  ge: define('any, any', ([a, b]) => compare(a, b) >= 0),
  and: define('any, any...', () => undefined, false),
  or: define('any, any...', () => undefined, true),
  not: define('any', ([value]) => !isTrue(value)),
  empty: define('any', ([value]) => !isTrue(value)),
  default: define('any, any...', ([fallback, given]) => (isTrue(given) ? given : fallback)),
  coalesce: define('any...', (values) => values.find(isTrue) ?? null),
};

const texts = {
  print: define('any...', printAll),
  println: define('any...', (values) => `${values.map(text).join(' ')}\n`),
  printf: define('string, any...', ([format, ...values]) => sprintf(string(format), ...values)),
  quote: define('any...', (values) =>
    present(values)
      .map((value) => quote(text(value)))
      .join(' '),
  ),
  upper: define('string', ([value]) => string(value).toUpperCase()),
  title: define('string', ([value]) => string(value).replace(/\b\p{L}/gu, (letter) => letter.toUpperCase())),
  replace: define('string, string, string', ([old, next, value]) =>
    string(value).replaceAll(string(old), () => string(next)),
  ),
  nindent: define('int, string', ([spaces, value]) => `\n${indent(Number(spaces), string(value))}`),
  join: define('string, any', ([separator, value]) =>
    Array.isArray(value) ? present(value).map(text).join(string(separator)) : text(value),
  ),
  regexMatch: define('string, string', ([pattern, value]) => new RegExp(string(pattern)).test(string(value))),
  regexReplaceAll: define('string, string, string', ([pattern, value, next]) =>
    string(value).replace(new RegExp(string(pattern), 'g'), string(next).replaceAll('${', '$').replaceAll('}', '')),
  ),
  b64enc: define('string', ([value]) => Buffer.from(string(value)).toString('base64')),
  b64dec: define('string', ([value]) => Buffer.from(string(value), 'base64').toString()),
  toJson: define('any', ([value]) => writeJson(value)),
  toStringList: define('any', ([value]) =>
    Array.isArray(value) ? `[${value.map((item) => sprintf('%q', item)).join(', ')}]` : `[${sprintf('%q', value)}]`,
  ),
};

const collections = {
  len: define('any', ([value]) => {
    if (typeof value === 'string') return Buffer.byteLength(value);
    if (Array.isArray(value)) return value.length;
    if (value instanceof Map) return value.size;
    throw new Error(value === null || value === undefined ? 'len of nil pointer' : `len of type ${goTypeName(value)}`);
  }),
  index: define('any, any...', ([value, ...keys]) => keys.reduce<Value>(indexOnce, value)),
  slice: define('any, int...', ([value, from = 0, to]) =>
    list(value).slice(Number(from), to === undefined ? undefined : Number(to)),
  ),
  list: define('any...', (values) => values),
  dict: define('any...', (values) => {
    const pairs = Array.from({ length: Math.ceil(values.length / 2) }, (_, index) => index * 2);
    return new Map(pairs.map((at) => [text(values[at]), values[at + 1] ?? '']));
  }),
  last: define('any', ([value]) => list(value).at(-1)),
  without: define('any, any...', ([value, ...items]) =>
    list(value).filter((item) => !items.some((other) => same(other, item))),
  ),
};

const ofPacks = {
  var: define('string, pack', ([key, context]) => {
    const found = lookUp(pack(context).variables, string(key));
    return found === undefined ? '' : found.value;
  }),
  must_var: define('string, pack', ([key, context]) =>
    must(lookUp(pack(context).variables, string(key)), 'var', string(key)),
  ),
  vars: define('pack', ([context]) => pack(context).variables),
  meta: define('string, pack', ([key, context]) => {
    const found = lookUp(pack(context).metadata, string(key))?.value;
    return typeof found === 'string' ? found : '';
  }),
  must_meta: define('string, pack', ([key, context]) =>
    must(lookUp(pack(context).metadata, string(key)), 'meta', string(key)),
  ),
  metas: define('pack', ([context]) => pack(context).metadata),
  packPath: define('', (_values, { packPath }) => packPath),
  fileContents: define('string', ([path]) => readText(string(path), `failed to read ${path}`)),
  fileRelative: define('string, pack', ([path, context]) => {
    const root = lookUp(pack(context).metadata, 'pack.path')?.value;
    return readText(join(String(root), string(path)), 'fileRelative: failed to read');
  }),
  env: define('string', ([name], { env }) => env[string(name)] ?? ''),
  fail: define('string', ([message]) => {
    throw new Error(string(message));
  }),
  tpl: define('string, any', ([source, dot], { program }) => {
    const name = 'tpl';
    const inner = parseTemplates(string(source), name, new Set(program.functions.keys()));
    return executeTemplate({ ...program, templates: new Map([...program.templates, ...inner]) }, name, dot);
  }),
};

/** The functions that templates may call: Go's own, those of nomad-pack, and of sprig the ones that the packs of this project call. */
export const functions: ReadonlyMap<string, TemplateFunction> = new Map(
  Object.entries({ ...comparing, ...texts, ...collections, ...ofPacks }),
);

/** Go puts a space between two values of which none is a string. */
function printAll(values: readonly Value[]): string {
  return values.reduce<string>((printed, value, index) => {
    const apart = index > 0 && typeof value !== 'string' && typeof values[index - 1] !== 'string';
    return printed + (apart ? ' ' : '') + formatValue(value);
  }, '');
}

function present(values: readonly Value[]): Value[] {
  return values.filter((value) => value !== null && value !== undefined);
}

function must(found: { readonly value: Value } | undefined, kind: string, key: string): Value {
  if (found === undefined) throw new Error(`${kind} key ${key.split('.')[0]} not found`);
  return found.value;
}

function isEqual(a: Value, b: Value): boolean {
  const [left, right] = [basicKind(a), basicKind(b)];
  if (left !== undefined && right !== undefined && left !== right && a !== null && b !== null) {
    throw new Error(`incompatible types for comparison: ${goTypeName(a)} and ${goTypeName(b)}`);
  }
  return a === b || ((a ?? null) === null && (b ?? null) === null);
}

function compare(a: Value, b: Value): number {
  const [left, right] = [basicKind(a), basicKind(b)];
  if (left === undefined || left === 'bool' || right === undefined) throw new Error('invalid type for comparison');
  if (left !== right) throw new Error(`incompatible types for comparison: ${goTypeName(a)} and ${goTypeName(b)}`);
  const [x, y] = [a as number | string, b as number | string];
  return x < y ? -1 : x > y ? 1 : 0;
}

function basicKind(value: Value): string | undefined {
  if (typeof value === 'bigint') return 'int';
  return typeof value === 'object' || value === undefined ? undefined : goTypeName(value);
}

function same(a: Value, b: Value): boolean {
  return a === b || JSON.stringify(toJson(a)) === JSON.stringify(toJson(b));
}

function indexOnce(value: Value, key: Value): Value {
  if (value === null || value === undefined) throw new Error('index of untyped nil');
  if (value instanceof Map) return value.get(text(key)) ?? null;
  if (!Array.isArray(value) && typeof value !== 'string')
    throw new Error(`can't index item of type ${goTypeName(value)}`);
  if (typeof key !== 'number') throw new Error(`cannot index slice/array with type ${goTypeName(key)}`);
  if (key < 0 || key >= value.length) throw new Error(`index out of range: ${key}`);
  return typeof value === 'string' ? value.charCodeAt(key) : value[key];
}

function indent(spaces: number, value: string): string {
  const padding = ' '.repeat(spaces);
  return padding + value.replaceAll('\n', `\n${padding}`);
}

/** As Go writes JSON: keys in order, and nothing in it that HTML would take for a tag. */
function writeJson(value: Value, indentation?: number): string {
  const escaped = (character: string) => `\\u00${character.charCodeAt(0).toString(16)}`;
  return JSON.stringify(toJson(value), undefined, indentation).replace(/[<>&]/g, escaped);
}

function toJson(value: Value): unknown {
  if (Array.isArray(value)) return value.map(toJson);
  if (value instanceof Map)
    return Object.fromEntries(
      [...value].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, toJson(item)]),
    );
  return typeof value === 'bigint' ? Number(value) : (value ?? null);
}

function readText(path: string, message: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason =
      code === 'ENOENT' ? 'no such file or directory' : code === 'EISDIR' ? 'is a directory' : 'permission denied';
    throw new Error(`${message}: open ${path}: ${reason}`);
  }
}
