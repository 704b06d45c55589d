/** A value of HCL that is not a collection. */
export type Literal = string | number | boolean | null;

/** HCL's operators, from those that bind the most. */
const LEVELS: readonly (readonly string[])[] = [
  ['*', '/', '%'],
  ['+', '-'],
  ['<', '>', '<=', '>='],
  ['==', '!='],
  ['&&'],
  ['||'],
];

/**
 * What a chain of operations comes to.
 *
 * @param operands one more than there are operators; undefined for a value that is not known
 * @returns undefined where the result depends on what is not known, or where HCL would complain
 */
export function evaluateChain(
  operands: readonly (Literal | undefined)[],
  operators: readonly string[],
): Literal | undefined {
  let values = [...operands];
  let signs = [...operators];
  for (const level of LEVELS) {
    const folded = values.slice(0, 1);
    const left: string[] = [];
    for (const [index, sign] of signs.entries()) {
      const next = values[index + 1];
      if (level.includes(sign)) folded.push(evaluateBinary(sign, folded.pop(), next));
      else {
        left.push(sign);
        folded.push(next);
      }
    }
    [values, signs] = [folded, left];
  }
  return values[0];
}

/** What `!` or `-` makes of a value; undefined as for `evaluateChain`. */
export function evaluateUnary(sign: string, value: Literal | undefined): Literal | undefined {
  if (sign === '!') {
    const operand = asBoolean(value);
    return operand === undefined ? undefined : !operand;
  }
  const operand = asNumber(value);
  return operand === undefined ? undefined : -operand;
}

/** As a condition; undefined where it cannot be one. */
export function asBoolean(value: Literal | undefined): boolean | undefined {
  if (value === true || value === 'true' || value === '1') return true;
  if (value === false || value === 'false' || value === '0') return false;
  return undefined;
}

function asNumber(value: Literal | undefined): number | undefined {
  if (typeof value === 'number') return value;
  const isNumeric = typeof value === 'string' && /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(value);
  return isNumeric ? Number(value) : undefined;
}

function evaluateBinary(sign: string, a: Literal | undefined, b: Literal | undefined): Literal | undefined {
  if (a === undefined || b === undefined) return undefined;
  // HCL converts neither side: `"1" == 1` is false.
  if (sign === '==') return a === b;
  if (sign === '!=') return a !== b;
  if (sign === '&&' || sign === '||') return evaluateLogic(sign, asBoolean(a), asBoolean(b));
  return evaluateNumbers(sign, asNumber(a), asNumber(b));
}

/** HCL evaluates both sides in any case. */
function evaluateLogic(sign: '&&' | '||', a: boolean | undefined, b: boolean | undefined): boolean | undefined {
  if (a === undefined || b === undefined) return undefined;
  return sign === '&&' ? a && b : a || b;
}

function evaluateNumbers(sign: string, a: number | undefined, b: number | undefined): Literal | undefined {
  if (a === undefined || b === undefined) return undefined;
  switch (sign) {
    case '<':
      return a < b;
    case '>':
      return a > b;
    case '<=':
      return a <= b;
    case '>=':
      return a >= b;
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return b === 0 ? undefined : a / b;
    default:
      return b === 0 ? undefined : a % b;
  }
}
