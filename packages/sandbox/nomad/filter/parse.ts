/**
 * The filter expressions of Nomad's lists (go-bexpr), as far as jobs need them: `and`, `or`, `not`, brackets, and
 * `==`, `!=`, `matches`, `contains`, `in`, `is empty` with their negations.
 */
export type Filter =
  | { readonly kind: 'and' | 'or'; readonly left: Filter; readonly right: Filter }
  | { readonly kind: 'not'; readonly operand: Filter }
  | Match;

export interface Match {
  readonly kind: 'match';
  /** `Meta["a.b"]` is `['Meta', 'a.b']`. */
  readonly selector: readonly string[];
  readonly operator: Operator;
  readonly negated: boolean;
  readonly value: string;
}

export type Operator = 'equal' | 'matches' | 'contains' | 'empty';

/** An expression that cannot be read. */
export class FilterError extends Error {}

interface Token {
  readonly kind: 'word' | 'string' | 'symbol' | 'end';
  readonly text: string;
  readonly offset: number;
}

const tokenPattern = /\s*(?:("[^"]*"|`[^`]*`)|([A-Za-z][A-Za-z0-9_/]*|-?\d+(?:\.\d+)?)|(==|!=|[()[\].])|$)/y;

/** @throws FilterError with the place of the first thing that does not belong there. */
export function parseFilter(expression: string): Filter {
  const reader = new Reader(tokenize(expression));
  const filter = readOr(reader);
  if (reader.next.kind !== 'end') reader.fail();
  return filter;
}

function tokenize(expression: string): Token[] {
  const tokens: Token[] = [];
  let offset = 0;
  for (;;) {
    tokenPattern.lastIndex = offset;
    const found = tokenPattern.exec(expression);
    if (found === null) throw noMatch(offset);
    const [whole, string, word, symbol] = found;
    const start = offset + whole.length - (string ?? word ?? symbol ?? '').length;
    if (string !== undefined) tokens.push({ kind: 'string', text: string.slice(1, -1), offset: start });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word, offset: start });
    else if (symbol !== undefined) tokens.push({ kind: 'symbol', text: symbol, offset: start });
    else return [...tokens, { kind: 'end', text: '', offset: start }];
    offset += whole.length;
  }
}

/** The parser's own words; what it lists as expected is left out. */
function noMatch(offset: number): FilterError {
  return new FilterError(`1:${offset + 1} (${offset}): no match found`);
}

class Reader {
  private readonly tokens: readonly Token[];
  private position = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  get next(): Token {
    return this.tokens[this.position] ?? { kind: 'end', text: '', offset: 0 };
  }

  accept(kind: Token['kind'], text: string): boolean {
    const fits = this.next.kind === kind && this.next.text === text;
    if (fits) this.position += 1;
    return fits;
  }

  take(...kinds: Token['kind'][]): string {
    const { kind, text } = this.next;
    if (!kinds.includes(kind)) this.fail();
    this.position += 1;
    return text;
  }

  expect(kind: Token['kind'], text: string): void {
    if (!this.accept(kind, text)) this.fail();
  }

  fail(): never {
    throw noMatch(this.next.offset);
  }
}

function readOr(reader: Reader): Filter {
  const left = readAnd(reader);
  return reader.accept('word', 'or') ? { kind: 'or', left, right: readOr(reader) } : left;
}

function readAnd(reader: Reader): Filter {
  const left = readNot(reader);
  return reader.accept('word', 'and') ? { kind: 'and', left, right: readAnd(reader) } : left;
}

function readNot(reader: Reader): Filter {
  if (reader.accept('word', 'not')) return { kind: 'not', operand: readNot(reader) };
  if (!reader.accept('symbol', '(')) return readMatch(reader);
  const inner = readOr(reader);
  reader.expect('symbol', ')');
  return inner;
}

function readMatch(reader: Reader): Filter {
  if (reader.next.kind === 'string') return readIn(reader);
  const selector = readSelector(reader);
  const match = (operator: Operator, negated: boolean, value: string): Match => ({
    kind: 'match',
    selector,
    operator,
    negated,
    value,
  });
  const value = () => reader.take('word', 'string');
  if (reader.accept('symbol', '==')) return match('equal', false, value());
  if (reader.accept('symbol', '!=')) return match('equal', true, value());
  if (reader.accept('word', 'is')) {
    const negated = reader.accept('word', 'not');
    reader.expect('word', 'empty');
    return match('empty', negated, '');
  }
  const negated = reader.accept('word', 'not');
  if (reader.accept('word', 'matches')) return match('matches', negated, value());
  reader.expect('word', 'contains');
  return match('contains', negated, value());
}

/** `"value" in Selector` */
function readIn(reader: Reader): Filter {
  const value = reader.take('string');
  const negated = reader.accept('word', 'not');
  reader.expect('word', 'in');
  return { kind: 'match', selector: readSelector(reader), operator: 'contains', negated, value };
}

function readSelector(reader: Reader): string[] {
  const selector = [reader.take('word')];
  for (;;) {
    if (reader.accept('symbol', '.')) selector.push(reader.take('word'));
    else if (reader.accept('symbol', '[')) {
      selector.push(reader.take('string'));
      reader.expect('symbol', ']');
    } else return selector;
  }
}
