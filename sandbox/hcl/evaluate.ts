import { HclError, type HclExpression, type HclMap, type HclValue } from './syntax.ts';

/**
 * The value of an expression of literals, strings, lists and objects. What a string interpolates stays in it as text
 * (`"${attr.kernel.name}"`): Nomad fills that in where the task runs.
 *
 * @throws HclError when the expression calls a function or names a variable.
 */
export function evaluate(expression: HclExpression, filename = 'input.hcl'): HclValue {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'template':
      return expression.parts.map((part) => ('text' in part ? part.text : part.interpolation)).join('');
    case 'list':
      return expression.items.map((item) => evaluate(item, filename));
    case 'object':
      return new Map(expression.entries.map(({ key, value }) => [key, evaluate(value, filename)])) as HclMap;
    case 'call': {
      const detail = 'Functions may not be called here.';
      throw new HclError('Function calls not allowed', detail, expression.range, filename);
    }
    case 'reference': {
      const detail = 'Variables may not be used here.';
      throw new HclError('Variables not allowed', detail, expression.range, filename);
    }
  }
}
