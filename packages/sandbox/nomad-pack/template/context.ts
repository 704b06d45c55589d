import type { Pack } from '../pack/pack.ts';
import type { Value, ValueMap } from '../values.ts';
import type { Variables } from '../variables/declarations.ts';
import { toTemplateValue } from './values.ts';

/** What a pack's templates are given as `.`: its variables and metadata, and those of the packs that it depends on. */
export class PackContext {
  readonly packName: string;
  readonly variables: ValueMap;
  readonly metadata: ValueMap;
  readonly dependencies: ReadonlyMap<string, PackContext>;

  constructor(pack: Pack, variables: Variables) {
    this.packName = pack.name;
    const own = [...(variables.get(pack.id)?.values() ?? [])];
    this.variables = new Map(own.map(({ name, value }) => [name, toTemplateValue(value)]));
    this.metadata = pack.metadata;
    this.dependencies = new Map(
      pack.dependencies.map((dependency) => [dependency.alias, new PackContext(dependency, variables)]),
    );
  }
}

/** Looks a dotted key up; undefined where there is none. */
export function lookUp(map: ValueMap, key: string): { readonly value: Value } | undefined {
  const [first = '', ...rest] = key.split('.');
  if (!map.has(first)) return undefined;
  const value = map.get(first);
  if (rest.length === 0) return { value };
  return value instanceof Map ? lookUp(value, rest.join('.')) : undefined;
}
