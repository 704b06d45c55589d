import { HclNumber, type HclValue } from '../../hcl/parse.ts';
import { type Attribute, type Type, typeName } from './types.ts';

/** Why a value does not fit a type, in HCL's words. */
export class ConversionError extends Error {}

/**
 * Makes a value one of a type: numbers and booleans of strings and strings of them, and optional attributes where they are
 * left out. Attributes that an object's type does not name are dropped.
 *
 * @throws ConversionError
 */
export function convert(value: HclValue, type: Type): HclValue {
  const reason = mismatch(value, type);
  if (reason !== undefined) throw new ConversionError(reason);
  return converted(value, type);
}

/** Why values like this one never fit the type; undefined where they may. */
function mismatch(value: HclValue, type: Type): string | undefined {
  if (value === null || type.kind === 'any') return undefined;
  if (type.kind === 'object' && value instanceof Map) return objectMismatch(value, type.attributes);
  if (type.kind === 'list' || type.kind === 'set' || type.kind === 'map') {
    if (Array.isArray(value) && type.kind !== 'map') return elementMismatch([...value.entries()], type.element);
    if (value instanceof Map && type.kind === 'map') {
      return elementMismatch(
        [...value].map(([key, item]) => [JSON.stringify(key), item]),
        type.element,
      );
    }
    if (Array.isArray(value) || value instanceof Map) return `${typeName(type)} required`;
  }
  if (type.kind === 'tuple' && Array.isArray(value)) {
    if (value.length !== type.items.length) return 'tuple required';
    return value.map((item, index) => mismatch(item, type.items[index] ?? { kind: 'any' })).find(Boolean);
  }
  const kind = kindOf(value);
  const primitive = type.kind === 'string' || type.kind === 'number' || type.kind === 'bool';
  const fits =
    primitive &&
    (kind === type.kind || kind === 'string' || (type.kind === 'string' && kind !== 'tuple' && kind !== 'object'));
  return fits ? undefined : `${typeName(type)} required, but have ${kind}`;
}

function objectMismatch(value: ReadonlyMap<string, HclValue>, attributes: ReadonlyMap<string, Attribute>) {
  const missing = [...attributes].filter(([name, { optional }]) => !optional && !value.has(name)).map(([name]) => name);
  if (missing.length > 0) return missingAttributes(missing.sort().map((name) => JSON.stringify(name)));
  for (const [name, { type }] of attributes) {
    const reason = mismatch(value.get(name) ?? null, type);
    if (reason !== undefined) return `attribute ${JSON.stringify(name)}: ${reason}`;
  }
  return undefined;
}

function missingAttributes(names: readonly string[]): string {
  if (names.length === 1) return `attribute ${names[0]} is required`;
  if (names.length === 2) return `attributes ${names.join(' and ')} are required`;
  return `attributes ${names.slice(0, -1).join(', ')}, and ${names.at(-1)} are required`;
}

function elementMismatch(items: readonly (readonly [string | number, HclValue])[], element: Type): string | undefined {
  for (const [place, item] of items) {
    const reason = mismatch(item, element);
    if (reason !== undefined) return `element ${place}: ${reason}`;
  }
  return undefined;
}

function converted(value: HclValue, type: Type): HclValue {
  if (value === null) return null;
  switch (type.kind) {
    case 'string':
      return value instanceof HclNumber ? canonicalNumber(value) : typeof value === 'boolean' ? String(value) : value;
    case 'number':
      return typeof value === 'string' ? parseNumber(value) : value;
    case 'bool':
      return typeof value === 'string' ? parseBool(value) : value;
    case 'list':
    case 'set':
      return Array.isArray(value) ? value.map((item) => converted(item, type.element)) : value;
    case 'map':
      if (!(value instanceof Map)) return value;
      return new Map([...value].map(([key, item]) => [key, converted(item, type.element)]));
    case 'tuple':
      if (!Array.isArray(value)) return value;
      return value.map((item, index) => converted(item, type.items[index] ?? { kind: 'any' }));
    case 'object':
      return value instanceof Map ? convertedObject(value, type.attributes) : value;
    case 'any':
      return value;
  }
}

function convertedObject(value: ReadonlyMap<string, HclValue>, attributes: ReadonlyMap<string, Attribute>): HclValue {
  const entries = [...attributes].map(([name, attribute]) => {
    const given = value.get(name) ?? null;
    return [name, converted(given ?? attribute.fallback ?? null, attribute.type)] as const;
  });
  return new Map(entries);
}

/** The type with all its attributes required. */
export function withoutOptional(type: Type): Type {
  switch (type.kind) {
    case 'list':
    case 'set':
    case 'map':
      return { kind: type.kind, element: withoutOptional(type.element) };
    case 'tuple':
      return { kind: 'tuple', items: type.items.map(withoutOptional) };
    case 'object': {
      const attributes = [...type.attributes].map(
        ([name, attribute]) => [name, { type: withoutOptional(attribute.type), optional: false }] as const,
      );
      return { kind: 'object', attributes: new Map(attributes) };
    }
    default:
      return type;
  }
}

/** Fills in the attributes of an object that are left out and have a default. */
export function applyDefaults(value: HclValue, type: Type | undefined): HclValue {
  if (type?.kind !== 'object' || !(value instanceof Map)) return value;
  const filled = new Map<string, HclValue>(value);
  for (const [name, attribute] of type.attributes) {
    const given = filled.get(name) ?? attribute.fallback;
    if (given !== undefined) filled.set(name, applyDefaults(given, attribute.type));
  }
  return filled;
}

function parseNumber(text: string): HclNumber {
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) throw new ConversionError('a number is required');
  return new HclNumber(text);
}

function parseBool(text: string): boolean {
  if (text === 'true' || text === '1') return true;
  if (text === 'false' || text === '0') return false;
  const lower = text.toLowerCase();
  if (lower === 'true' || lower === 'false') {
    throw new ConversionError(`a bool is required; to convert from string, use lowercase "${lower}"`);
  }
  throw new ConversionError('a bool is required');
}

/** A number as a string holds it: without the zeros that nobody needs. */
function canonicalNumber({ source }: HclNumber): string {
  return /^-?\d+$/.test(source) ? BigInt(source).toString() : String(Number(source));
}

function kindOf(value: HclValue): string {
  if (value instanceof HclNumber) return 'number';
  if (Array.isArray(value)) return 'tuple';
  if (value instanceof Map) return 'object';
  return typeof value === 'boolean' ? 'bool' : 'string';
}
