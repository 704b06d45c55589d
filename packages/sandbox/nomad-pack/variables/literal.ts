import { evaluate, HclError, type HclExpression, type HclValue } from '../../hcl/parse.ts';

/**
 * The value of an expression in which nothing may be computed.
 *
 * @throws HclError when it names a variable, in a string too, or calls a function.
 */
export function literal(expression: HclExpression, filename: string): HclValue {
  refuseInterpolation(expression, filename);
  return evaluate(expression, filename);
}

function refuseInterpolation(expression: HclExpression, filename: string): void {
  if (expression.kind === 'list') for (const item of expression.items) refuseInterpolation(item, filename);
  if (expression.kind === 'object') for (const { value } of expression.entries) refuseInterpolation(value, filename);
  if (expression.kind === 'template' && expression.parts.some((part) => 'interpolation' in part)) {
    throw new HclError('Variables not allowed', 'Variables may not be used here.', expression.range, filename);
  }
}
