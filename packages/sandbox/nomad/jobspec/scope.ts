import { randomUUID } from 'node:crypto';
import {
  evaluate,
  type HclBody,
  HclError,
  type HclMap,
  type HclScope,
  type HclValue,
  parseHclExpression,
} from '../../hcl/parse.ts';
import { jobspecFilename, scalarText } from './values.ts';

type Values = ReadonlyMap<string, HclValue>;

/** The functions of Nomad's job specifications that packs use most. */
const functions: Readonly<Record<string, (...values: HclValue[]) => HclValue>> = {
  upper: (value) => textOf(value).toUpperCase(),
  lower: (value) => textOf(value).toLowerCase(),
  join: (separator, items) => (items as readonly HclValue[]).map(textOf).join(textOf(separator)),
  merge: (...maps) => new Map(maps.flatMap((map) => [...(map as HclMap)])),
  uuidv4: () => randomUUID(),
};

/**
 * What the expressions of a job specification may name: the `locals` and `variable` blocks beside the job, and functions. What else
 * a text interpolates stays in it: Nomad fills that in where the task runs.
 *
 * @throws HclError
 */
export function readScope({ blocks }: HclBody): HclScope {
  const variables = new Map<string, HclValue>();
  const locals = new Map<string, HclValue>();
  const scope = makeScope(variables, locals);
  for (const { type, labels, body } of blocks) {
    const values = type === 'locals' ? locals : variables;
    if (type === 'variable') {
      const value = body.attributes.get('default')?.expression;
      variables.set(labels[0] ?? '', value === undefined ? null : evaluate(value, jobspecFilename, scope));
    } else if (type === 'locals' || type === 'variables') {
      for (const { name, expression } of body.attributes.values()) {
        values.set(name, evaluate(expression, jobspecFilename, scope));
      }
    }
  }
  return scope;
}

function makeScope(variables: Values, locals: Values): HclScope {
  const scope: HclScope = {
    reference: (path) => {
      const [root, name = ''] = path.split('.');
      return root === 'var' ? variables.get(name) : root === 'local' ? locals.get(name) : undefined;
    },
    call: (name, values) => functions[name]?.(...values),
    interpolation: (source) => {
      try {
        const inside = parseHclExpression(source.slice(2, -1), jobspecFilename);
        if (inside.kind === 'reference' && scope.reference(inside.path) === undefined) return source;
        return textOf(evaluate(inside, jobspecFilename, scope));
      } catch (error) {
        if (error instanceof HclError && error.summary !== UNKNOWN_FUNCTION) return source;
        throw error;
      }
    },
  };
  return scope;
}

const UNKNOWN_FUNCTION = 'Call to unknown function';

function textOf(value: HclValue | undefined): string {
  return scalarText(value ?? null) ?? '';
}
