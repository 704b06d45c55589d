import { HclError, type HclExpression, type HclObjectEntry, type HclValue } from '../../hcl/parse.ts';
import { literal } from './literal.ts';

export interface Attribute {
  readonly type: Type;
  readonly optional: boolean;
  readonly fallback?: HclValue;
}

/** A type that a pack declares for a variable. */
export type Type =
  | { readonly kind: 'string' | 'number' | 'bool' | 'any' }
  | { readonly kind: 'list' | 'set' | 'map'; readonly element: Type }
  | { readonly kind: 'tuple'; readonly items: readonly Type[] }
  | { readonly kind: 'object'; readonly attributes: ReadonlyMap<string, Attribute> };

/**
 * Reads a type as HCL writes it: `list(object({ port = number, tls = optional(bool, true) }))`.
 *
 * @throws HclError
 */
export function readType(expression: HclExpression, filename: string): Type {
  if (expression.kind === 'reference') {
    const { path } = expression;
    if (path === 'string' || path === 'number' || path === 'bool' || path === 'any') return { kind: path };
    return invalid(expression, filename, `The keyword "${path}" is not a valid type specification.`);
  }
  if (expression.kind !== 'call') {
    return invalid(expression, filename, 'A type specification is either a primitive type keyword or a call.');
  }
  const [argument] = expression.arguments;
  const { name } = expression;
  if (argument === undefined || expression.arguments.length !== 1) {
    return invalid(expression, filename, `The ${name} type constructor requires one argument.`);
  }
  if (name === 'list' || name === 'set' || name === 'map') return { kind: name, element: readType(argument, filename) };
  if (name === 'tuple' && argument.kind === 'list') {
    return { kind: 'tuple', items: argument.items.map((item) => readType(item, filename)) };
  }
  if (name === 'object' && argument.kind === 'object') {
    const attributes = argument.entries.map((entry) => [entry.key, readAttribute(entry, filename)] as const);
    return { kind: 'object', attributes: new Map(attributes) };
  }
  return invalid(expression, filename, `Keyword "${name}" is not a valid type constructor.`);
}

function readAttribute({ value }: HclObjectEntry, filename: string): Attribute {
  if (value.kind !== 'call' || value.name !== 'optional') return { type: readType(value, filename), optional: false };
  const [type, fallback] = value.arguments;
  if (type === undefined) return invalid(value, filename, 'Optional attribute modifier requires an attribute type.');
  return {
    type: readType(type, filename),
    optional: true,
    ...(fallback !== undefined && { fallback: literal(fallback, filename) }),
  };
}

function invalid(expression: HclExpression, filename: string, detail: string): never {
  throw new HclError('Invalid type specification', detail, expression.range, filename);
}

/** The type as messages call it. */
export function typeName(type: Type): string {
  switch (type.kind) {
    case 'any':
      return 'any type';
    case 'list':
    case 'set':
    case 'map':
      return `${type.kind} of ${typeName(type.element)}`;
    default:
      return type.kind;
  }
}
