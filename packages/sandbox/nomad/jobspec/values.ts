import type { HclAttribute, HclScope, HclValue } from '../../hcl/parse.ts';
import { evaluate, HclError, HclNumber } from '../../hcl/parse.ts';
import { parseDuration } from '../clock.ts';
import type { FieldType } from './schema.ts';

/** The name that HCL's parser was given for a job specification that came over the API. */
export const jobspecFilename = 'input.hcl';

/** The API's value of an attribute. @throws HclError when its type does not fit. */
export function readField(attribute: HclAttribute, type: FieldType, scope?: HclScope): unknown {
  const value = evaluate(attribute.expression, jobspecFilename, scope);
  switch (type) {
    case 'string':
      return scalarText(value) ?? unsuitable(attribute, 'a string is required');
    case 'number':
      return toNumber(value) ?? unsuitable(attribute, 'a number is required');
    case 'bool':
      return toBool(value) ?? unsuitable(attribute, 'a bool is required');
    case 'duration':
      return toDuration(value) ?? unsuitable(attribute, 'a duration is required');
    case 'strings':
      return toStrings(value) ?? unsuitable(attribute, 'list of string required');
    case 'map':
      // Of a map, none at all is as good as an empty one.
      if (value === null) return null;
      return toStringMap(value) ?? unsuitable(attribute, 'map of string required');
  }
}

/** A value as JSON, as a driver's configuration and the open blocks hold it. */
export function toJson(value: HclValue): unknown {
  if (value instanceof HclNumber) return value.toNumber();
  if (Array.isArray(value)) return value.map((item: HclValue) => toJson(item));
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [key, toJson(item as HclValue)]));
  return value;
}

/** A plain value as the text that HCL converts it to; undefined for lists and maps. */
export function scalarText(value: HclValue): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (!(value instanceof HclNumber)) return undefined;
  if (/[eE]/.test(value.source)) return String(value.toNumber());
  return value.source.includes('.') ? value.source.replace(/\.?0+$/, '') : value.source;
}

function toNumber(value: HclValue): number | undefined {
  const text = value instanceof HclNumber ? value.source : value;
  return typeof text === 'string' && /^-?\d/.test(text) && !Number.isNaN(Number(text)) ? Number(text) : undefined;
}

function toBool(value: HclValue): boolean | undefined {
  if (typeof value === 'boolean') return value;
  return value === 'true' || value === 'false' ? value === 'true' : undefined;
}

function toDuration(value: HclValue): number | undefined {
  return typeof value === 'string' ? parseDuration(value) : toNumber(value);
}

function toStrings(value: HclValue): string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const texts = value.map((item: HclValue) => scalarText(item));
  return texts.every((text) => text !== undefined) ? texts : undefined;
}

function toStringMap(value: HclValue): Record<string, string> | undefined {
  if (!(value instanceof Map)) return undefined;
  const entries = [...value].map(([key, item]) => [key, scalarText(item as HclValue)] as const);
  return entries.every(([, text]) => text !== undefined)
    ? (Object.fromEntries(entries) as Record<string, string>)
    : undefined;
}

function unsuitable(attribute: HclAttribute, reason: string): never {
  throw new HclError(
    'Unsuitable value type',
    `Unsuitable value: ${reason}`,
    attribute.expression.range,
    jobspecFilename,
  );
}
