import { HclError, type HclExpression, type HclMap, type HclValue } from './syntax.ts';

/** What expressions may name besides literals. Each is undefined for what it does not know. */
export interface HclScope {
  reference(path: string): HclValue | undefined;
  call(name: string, values: readonly HclValue[]): HclValue | undefined;
  /** The text that `${ ... }` stands for. */
  interpolation(source: string): string;
}

/** Knows nothing; what a string interpolates stays in it as text (`"${attr.kernel.name}"`). */
const emptyScope: HclScope = {
  reference: () => undefined,
  call: () => undefined,
  interpolation: (source) => source,
};

/**
 * The value of an expression of literals, strings, lists and objects, and of what is in the scope.
 *
 * @throws HclError when the expression calls a function or names a variable that is not in the scope.
 */
export function evaluate(expression: HclExpression, filename = 'input.hcl', scope: HclScope = emptyScope): HclValue {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'template':
      return expression.parts
        .map((part) => ('text' in part ? part.text : scope.interpolation(part.interpolation)))
        .join('');
    case 'list':
      return expression.items.map((item) => evaluate(item, filename, scope));
    case 'object':
      return new Map(expression.entries.map(({ key, value }) => [key, evaluate(value, filename, scope)])) as HclMap;
    case 'call': {
      if (scope === emptyScope) {
        const detail = 'Functions may not be called here.';
        throw new HclError('Function calls not allowed', detail, expression.range, filename);
      }
      const values = expression.arguments.map((argument) => evaluate(argument, filename, scope));
      const value = scope.call(expression.name, values);
      if (value !== undefined) return value;
      const detail = `There is no function named "${expression.name}".`;
      throw new HclError('Call to unknown function', detail, expression.range, filename);
    }
    case 'reference': {
      const value = scope.reference(expression.path);
      if (value !== undefined) return value;
      const detail = 'Variables may not be used here.';
      throw new HclError('Variables not allowed', detail, expression.range, filename);
    }
  }
}
