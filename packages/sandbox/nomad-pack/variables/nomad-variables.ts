import { HclNumber, type HclValue, parseHcl } from '../../hcl/parse.ts';
import type { Pack } from '../pack/pack.ts';
import { literal } from './literal.ts';

/** A Nomad variable that a pack declares, with its items as they are written. */
export interface NomadVariable {
  readonly name: string;
  readonly path: string;
  readonly namespace: string;
  readonly items: Readonly<Record<string, string>>;
}

/** Those of a pack and of the packs that it depends on. */
export function readNomadVariables(pack: Pack): NomadVariable[] {
  const { text, path: filename } = pack.variables;
  const own = parseHcl(text, filename)
    .blocks.filter(({ type }) => type === 'nomad_variable')
    .map(({ labels, body }) => {
      const value = (name: string) => {
        const attribute = body.attributes.get(name);
        return attribute === undefined ? null : literal(attribute.expression, filename);
      };
      const items = value('items');
      return {
        name: labels[0] ?? '',
        path: String(value('path')),
        namespace: String(value('namespace') ?? '') || 'default',
        items: Object.fromEntries(items instanceof Map ? [...items].map(([key, item]) => [key, written(item)]) : []),
      };
    });
  return [...own, ...pack.dependencies.flatMap(readNomadVariables)];
}

function written(value: HclValue): string {
  return typeof value === 'string' ? value : JSON.stringify(plain(value));
}

function plain(value: HclValue): unknown {
  if (value instanceof HclNumber) return value.toNumber();
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [key, plain(item)]));
  return value;
}
