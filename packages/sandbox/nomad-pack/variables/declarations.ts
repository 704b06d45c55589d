import { formatRange, type HclBlock, HclError, type HclValue, parseHcl } from '../../hcl/parse.ts';
import type { Pack } from '../pack/pack.ts';
import { ConversionError, convert } from './convert.ts';
import { literal } from './literal.ts';
import { readType, type Type } from './types.ts';

/** A variable that a pack declares, and the value that it has by now. */
export interface Variable {
  readonly name: string;
  readonly description: string;
  readonly type: Type | undefined;
  readonly fallback: HclValue;
  value: HclValue;
  readonly rules: readonly { readonly rule: HclBlock; readonly path: string }[];
}

/** The rules that the variable's value breaks. Of conditions, only `contains([...], var.name)` is simulated. */
export function refusals({ value, rules }: Variable): { readonly words: string; readonly place: string }[] {
  return rules.flatMap(({ rule, path }) => {
    const condition = rule.body.attributes.get('condition')?.expression;
    const message = rule.body.attributes.get('error_message')?.expression;
    if (condition?.kind !== 'call' || condition.name !== 'contains' || message === undefined) return [];
    const [allowed] = condition.arguments;
    const values = allowed === undefined ? [] : literal(allowed, path);
    if (Array.isArray(values) && values.some((one) => String(one) === String(value))) return [];
    return [{ words: String(literal(message, path)), place: `${path}:${formatRange(rule.typeRange)}` }];
  });
}

/** Variables by pack id (`web`, or `web.redis` for a dependency) and name. */
export type Variables = ReadonlyMap<string, ReadonlyMap<string, Variable>>;

/** What a value that does not fit its variable's type is told as. */
export function wrongType(reason: string): string {
  return `This variable value is not compatible with the variable's type constraint: ${reason}.`;
}

/**
 * Reads the variables.hcl of a pack and of those that it depends on.
 *
 * @throws HclError
 */
export function readDeclarations(pack: Pack, validates: boolean): Variables {
  const declared = new Map<string, ReadonlyMap<string, Variable>>();
  const collect = (current: Pack) => {
    const { text, path } = current.variables;
    const { blocks, attributes } = parseHcl(text, path);
    const [stray] = attributes.values();
    if (stray !== undefined) {
      const detail = `An argument named "${stray.name}" is not expected here.`;
      throw new HclError('Unsupported argument', detail, stray.nameRange, path);
    }
    const declarations = blocks.filter(({ type }) => !(validates && type === 'nomad_variable'));
    const variables = declarations.map((block) => readVariable(block, path, validates));
    declared.set(current.id, new Map(variables.map((variable) => [variable.name, variable])));
    for (const dependency of current.dependencies) collect(dependency);
  };
  collect(pack);
  return declared;
}

function readVariable(block: HclBlock, path: string, validates: boolean): Variable {
  if (block.type !== 'variable') {
    const detail = `Blocks of type "${block.type}" are not expected here.`;
    throw new HclError('Unsupported block type', detail, block.typeRange, path);
  }
  const [name] = block.labels;
  if (name === undefined) {
    const detail = 'All variable blocks must have 1 labels (name).';
    throw new HclError('Missing name for variable', detail, block.range, path);
  }
  const rules = block.body.blocks;
  for (const { type, typeRange } of rules) {
    if (validates && type === 'validation') continue;
    throw new HclError('Unsupported block type', `Blocks of type "${type}" are not expected here.`, typeRange, path);
  }
  const attribute = (key: string) => block.body.attributes.get(key)?.expression;
  const [typeExpression, defaultExpression, description] = ['type', 'default', 'description'].map(attribute);
  const type = typeExpression && readType(typeExpression, path);
  const given = defaultExpression === undefined ? null : literal(defaultExpression, path);
  const fallback =
    type === undefined || defaultExpression === undefined
      ? given
      : convertDefault(given, type, defaultExpression.range, path);
  return {
    name,
    description: description === undefined ? '' : String(literal(description, path)),
    type,
    fallback,
    value: fallback,
    rules: rules.map((rule) => ({ rule, path })),
  };
}

function convertDefault(value: HclValue, type: Type, range: HclError['range'], path: string): HclValue {
  try {
    return convert(value, type);
  } catch (error) {
    if (!(error instanceof ConversionError)) throw error;
    throw new HclError('Invalid value for variable', wrongType(error.message), range, path);
  }
}
