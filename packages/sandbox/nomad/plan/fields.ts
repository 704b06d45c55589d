import type { DiffType, FieldDiff, ObjectDiff } from './types.ts';

export type Fields = Readonly<Record<string, string>>;
export type Item = Readonly<Record<string, unknown>>;

/** The plain fields of an object as texts, maps as `Meta[key]`; objects and lists in it are left out. */
export function plainFields(item: Item | null | undefined, left: readonly string[] = []): Fields {
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(item ?? {})) {
    if (left.includes(name)) continue;
    if (isPlain(value)) fields[name] = String(value);
    else if (isMapOfPlain(value) && mapFields.includes(name)) {
      for (const [key, entry] of Object.entries(value)) fields[`${name}[${key}]`] = String(entry);
    }
  }
  return fields;
}

/** Which objects are maps of texts, and not objects with fields of their own. */
const mapFields = ['Meta', 'Env', 'GetterOptions', 'GetterHeaders'];

/** Every field of a driver's configuration, also those in lists and objects: `args[0]`. */
export function deepFields(value: unknown, prefix = ''): Record<string, string> {
  if (Array.isArray(value)) {
    return Object.assign({}, ...value.map((entry, index) => deepFields(entry, `${prefix}[${index}]`)));
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    return Object.assign(
      {},
      ...entries.map(([key, entry]) => deepFields(entry, prefix === '' ? key : `${prefix}[${key}]`)),
    );
  }
  return { [prefix]: value === null ? 'nil' : String(value) };
}

function isPlain(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function isMapOfPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(isPlain);
}

/**
 * The fields that differ, by name.
 *
 * @param contextual with the unchanged ones too.
 */
export function fieldDiffs(before: Fields, after: Fields, contextual: boolean): FieldDiff[] {
  const all = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return all.flatMap((name) => fieldDiff(name, before[name] ?? '', after[name] ?? '', contextual) ?? []);
}

function fieldDiff(Name: string, Old: string, New: string, contextual: boolean): FieldDiff | undefined {
  if (Old === New && !contextual) return undefined;
  return { Annotations: null, Name, New, Old, Type: fieldType(Old, New) };
}

function fieldType(before: string, after: string): DiffType {
  if (before === after) return 'None';
  if (before === '') return 'Added';
  return after === '' ? 'Deleted' : 'Edited';
}

/** How the plain fields of two objects differ; undefined where they do not. Unchanged fields are named too. */
export function objectDiff(
  name: string,
  before: Item | null | undefined,
  after: Item | null | undefined,
  left: readonly string[] = [],
): ObjectDiff | undefined {
  const fields = fieldDiffs(plainFields(before, left), plainFields(after, left), true);
  const types = new Set(fields.map((field) => field.Type));
  types.delete('None');
  const [only] = types;
  if (only === undefined) return undefined;
  return { Fields: fields, Name: name, Objects: null, Type: types.size === 1 ? only : 'Edited' };
}

/** How two lists of objects differ, where an object that was changed is one gone and another come. */
export function objectSetDiffs(name: string, before: unknown, after: unknown): ObjectDiff[] {
  const [old, next] = [keyed(before), keyed(after)];
  const gone = [...old].filter(([key]) => !next.has(key)).flatMap(([, item]) => objectDiff(name, item, null) ?? []);
  const come = [...next].filter(([key]) => !old.has(key)).flatMap(([, item]) => objectDiff(name, null, item) ?? []);
  return [...come, ...gone];
}

function keyed(items: unknown): Map<string, Item> {
  return new Map(((items as Item[] | null | undefined) ?? []).map((item) => [JSON.stringify(item), item]));
}

/** How two sets of texts differ; undefined where they do not. */
export function stringSetDiff(name: string, before: unknown, after: unknown): ObjectDiff | undefined {
  const old = new Set((before as string[] | null | undefined) ?? []);
  const next = new Set((after as string[] | null | undefined) ?? []);
  const all = [...new Set([...old, ...next])];
  const fields = all
    .map((text): FieldDiff => {
      const [Old, New] = [old.has(text) ? text : '', next.has(text) ? text : ''];
      return { Annotations: null, Name: name, New, Old, Type: fieldType(Old, New) };
    })
    .sort((a, b) => compare(a.Old, b.Old) || compare(a.New, b.New));
  const added = fields.some((field) => field.Type === 'Added');
  const deleted = fields.some((field) => field.Type === 'Deleted');
  if (!added && !deleted) return undefined;
  return { Fields: fields, Name: name, Objects: null, Type: added && deleted ? 'Edited' : added ? 'Added' : 'Deleted' };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
