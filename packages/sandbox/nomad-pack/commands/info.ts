import { HclNumber, type HclValue } from '../../hcl/parse.ts';
import { loadPack } from '../pack/load.ts';
import { locatePack, requirePack } from '../pack-source.ts';
import type { CommandFunction } from '../session.ts';
import { canonicalNumber } from '../variables/convert.ts';
import { readDeclarations, type Variable } from '../variables/declarations.ts';
import { printType } from '../variables/types.ts';

/** `info`: what a pack is, and its variables, the required ones first. */
export const info: CommandFunction = ({ args, env, release, ui }) => {
  const source = locatePack(args, env);
  requirePack(source);
  const pack = loadPack(source.path);
  const lines = [
    `Pack Name          ${pack.name}`,
    `Description        ${pack.description}`,
    `Application URL    ${pack.url}`,
  ];
  for (const [id, variables] of readDeclarations(pack, release.makesNomadVariables)) {
    const all = [...variables.values()];
    lines.push(`Pack "${id}" Variables:`);
    lines.push(...all.filter(({ fallback }) => fallback === null).map(describeRequired));
    lines.push(...all.filter(({ fallback }) => fallback !== null).map(describeOptional));
  }
  ui.info(lines.join('\n'));
  return 0;
};

function describeRequired({ name, type, description }: Variable): string {
  return `\t- "${name}" (${typeOf(type)}: required) - ${description}`;
}

function describeOptional({ name, type, description, fallback }: Variable): string {
  const value = printValue(fallback, 0).replaceAll('\n', `\n${' '.repeat(17)}`);
  return `\t- "${name}" (${typeOf(type)}: optional) - ${description}\n\t  default: ${value}`;
}

function typeOf(type: Variable['type']): string {
  return type === undefined ? 'unknown' : printType(type).replaceAll('\n', `\n${' '.repeat(21)}`);
}

function printValue(value: HclValue, depth: number): string {
  if (value instanceof HclNumber) return canonicalNumber(value);
  const inner = '  '.repeat(depth + 1);
  const broken = (open: string, items: readonly string[], close: string) =>
    `${open}\n${inner}${items.join(`,\n${inner}`)}\n${'  '.repeat(depth)}${close}`;
  if (Array.isArray(value)) {
    const items = value.map((item) => printValue(item, depth + 1));
    const complex = value.some((item) => Array.isArray(item) || item instanceof Map);
    return complex && depth <= 1 ? broken('[', items, ']') : `[${items.join(', ')}]`;
  }
  if (value instanceof Map) {
    const entries = [...value].sort(([a], [b]) => (a < b ? -1 : 1));
    const items = entries.map(([key, item]) => `${JSON.stringify(key)} = ${printValue(item, depth + 1)}`);
    return items.length > 1 && depth <= 1 ? broken('{', items, '}') : `{${items.join(', ')}}`;
  }
  return JSON.stringify(value);
}
