import { HclNumber, type HclValue } from '../../hcl/parse.ts';
import type { Value } from '../values.ts';

/** A value of HCL as a template sees it. */
export function toTemplateValue(value: HclValue): Value {
  if (value instanceof HclNumber) return toNumber(value.source);
  if (Array.isArray(value)) return value.map(toTemplateValue);
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, toTemplateValue(item)]));
  return value as null | boolean | string;
}

/** Whole numbers keep all their digits, as far as Go's int64 has room for them. */
export function toNumber(source: string): number | bigint {
  const number = Number(source);
  if (Number.isSafeInteger(number) || !/^[+-]?\d+$/.test(source)) return number;
  const exact = BigInt(source);
  return BigInt.asIntN(64, exact) === exact ? exact : number;
}
