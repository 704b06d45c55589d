import { asBoolean, evaluateChain, evaluateUnary, type Literal } from './hcl-constants.ts';

/** A place in an expression that cannot be evaluated without a scope: a call of a function or the name of a variable. */
export interface Computed {
  /** Where it is in the text. UTF-16 units. */
  readonly offset: number;
  /** As it is written, such as `upper(...)` or `local.team`. */
  readonly written: string;
}

/** What is known of an expression. */
export interface Expression {
  /** Where it begins in the text. UTF-16 units. */
  readonly offset: number;
  /** Why it cannot be evaluated without a scope; absent where it can, or where only its evaluation would tell. */
  readonly computed?: Computed;
  /** Its value, where literals and operators tell it. */
  readonly literal?: Literal;
}

export interface Block {
  readonly type: string;
  readonly labels: readonly string[];
  readonly offset: number;
  readonly body: Body;
}

export interface Body {
  readonly attributes: ReadonlyMap<string, Expression & { readonly nameOffset: number }>;
  readonly blocks: readonly Block[];
}

/** The text is not HCL, or nested deeper than anybody writes it. The message reads on after the place. */
export class UnreadableHcl extends Error {
  /** Where it cannot be read any further. UTF-16 units. */
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

const DEEPEST = 500;

const IDENTIFIER = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const OPERATOR = /\|\||&&|[=!<>]=|[<>+*%-]|\/(?![/*])/y;
const SIGN = /[!-]/y;
const FOR = /for[ \t\r\n]+(?=[\p{ID_Start}_])/uy;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

/**
 * Reads the structure of a text that is HCL 2, as Nomad has found it to be, in one pass: its attributes and blocks, and for each
 * expression whether HCL can evaluate it without variables and functions.
 *
 * @throws UnreadableHcl
 */
export function scanHcl(text: string): Body {
  const scanner = new Scanner(text);
  scanner.accept('\uFEFF');
  const body = scanner.body();
  if (!scanner.atEnd) scanner.fail('there is a `}` that closes nothing');
  return body;
}

/** The line that a place in a text is in, 1-based. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

class Scanner {
  readonly #text: string;
  #at = 0;
  #depth = 0;
  /** Names that a `for` around the current place gives values to. */
  #bound: string[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  get atEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  accept(token: string): boolean {
    if (!this.#text.startsWith(token, this.#at)) return false;
    this.#at += token.length;
    return true;
  }

  /** @throws UnreadableHcl */
  fail(words: string, offset = this.#at): never {
    throw new UnreadableHcl(words, offset);
  }

  /** Up to the closing brace of the block, or the end of the text. */
  body(): Body {
    return this.#nested(() => {
      const attributes = new Map<string, Expression & { readonly nameOffset: number }>();
      const blocks: Block[] = [];
      for (;;) {
        this.#blanks(true);
        if (this.atEnd || this.#text[this.#at] === '}') return { attributes, blocks };
        const offset = this.#at;
        const name = this.#match(IDENTIFIER) ?? this.fail('an argument or a block must begin with its name');
        this.#blanks(false);
        if (this.accept('=')) {
          if (attributes.has(name)) this.fail(`the argument \`${name}\` is set twice`, offset);
          attributes.set(name, { ...this.#expression(false), nameOffset: offset });
        } else blocks.push(this.#block(name, offset));
        this.#endOfLine();
      }
    });
  }

  /** HCL wants each argument and block in a line of its own. */
  #endOfLine(): void {
    this.#blanks(false);
    if (!this.atEnd && !/[\r\n}]/.test(this.#text[this.#at] ?? '')) this.fail('a new line must begin here');
  }

  #block(type: string, offset: number): Block {
    const labels: string[] = [];
    for (;;) {
      this.#blanks(false);
      if (this.accept('{')) break;
      if (!/["\p{ID_Start}_]/u.test(this.#text[this.#at] ?? ''))
        this.fail(`\`${type}\` must go on with \`=\` and a value, or with \`{\``, offset);
      labels.push(this.#match(IDENTIFIER) ?? this.#label());
    }
    const body = this.body();
    if (!this.accept('}')) this.fail(`the block \`${type}\` has no \`}\``, offset);
    return { type, labels, offset, body };
  }

  #label(): string {
    const { literal } = this.#quoted();
    if (typeof literal !== 'string') this.fail('a label must be a plain text');
    return literal;
  }

  /** @param multiline whether a line end is as good as a blank, as it is inside brackets */
  #expression(multiline: boolean): Expression {
    return this.#nested(() => {
      const condition = this.#operation(multiline);
      this.#blanks(multiline);
      if (!this.accept('?')) return condition;
      const yes = this.#expression(multiline);
      this.#blanks(multiline);
      this.#require(':');
      const no = this.#expression(multiline);
      if (condition.computed !== undefined) return condition;
      // HCL complains of the branch only that it takes.
      const isTrue = asBoolean(condition.literal);
      if (isTrue !== undefined) return isTrue ? yes : no;
      const computed = yes.computed ?? no.computed;
      return { offset: condition.offset, ...(computed !== undefined && { computed }) };
    });
  }

  #operation(multiline: boolean): Expression {
    const first = this.#term(multiline);
    const operands = [first];
    const operators: string[] = [];
    for (;;) {
      this.#blanks(multiline);
      const operator = this.#match(OPERATOR);
      if (operator === undefined) break;
      operators.push(operator);
      operands.push(this.#term(multiline));
    }
    if (operators.length === 0) return first;
    const computed = operands.find((operand) => operand.computed !== undefined)?.computed;
    if (computed !== undefined) return { offset: first.offset, computed };
    const literal = evaluateChain(
      operands.map((operand) => operand.literal),
      operators,
    );
    return { offset: first.offset, ...(literal !== undefined && { literal }) };
  }

  #term(multiline: boolean): Expression {
    this.#blanks(multiline);
    const offset = this.#at;
    const signs: string[] = [];
    for (;;) {
      const sign = this.#match(SIGN);
      if (sign === undefined) break;
      signs.unshift(sign);
      this.#blanks(multiline);
    }
    let { literal, computed } = this.#primary();
    for (;;) {
      this.#blanks(false);
      if (this.accept('[')) {
        const index = this.accept('*') ? undefined : this.#expression(true);
        computed ??= index?.computed;
        this.#blanks(true);
        this.#require(']');
      } else if (!this.#text.startsWith('...', this.#at) && this.accept('.')) {
        if (!this.accept('*') && (this.#match(IDENTIFIER) ?? this.#match(NUMBER)) === undefined)
          this.fail('a name must stand after the `.`');
      } else break;
      literal = undefined;
    }
    literal = signs.reduce<Literal | undefined>((value, sign) => evaluateUnary(sign, value), literal);
    return {
      offset,
      ...(computed !== undefined && { computed }),
      ...(literal !== undefined && { literal }),
    };
  }

  #primary(): Expression {
    const offset = this.#at;
    const next = this.#text[this.#at];
    if (next === '"') return this.#quoted();
    if (next === '<') return this.#heredoc();
    if (this.accept('(')) {
      const inner = this.#expression(true);
      this.#blanks(true);
      this.#require(')');
      return inner;
    }
    if (this.accept('[')) return this.#forOr(']', () => this.#items(']'), offset);
    if (this.accept('{')) return this.#forOr('}', () => this.#entries(), offset);
    const number = this.#match(NUMBER);
    if (number !== undefined) return { offset, literal: Number(number) };
    const name = this.#match(IDENTIFIER);
    if (name === undefined) this.fail('a value must stand here');
    return this.#named(name, offset);
  }

  #named(name: string, offset: number): Expression {
    this.#blanks(false);
    if (this.accept('(')) {
      this.#items(')');
      return { offset, computed: { offset, written: `${name}(...)` } };
    }
    if (name === 'null') return { offset, literal: null };
    if (name === 'true' || name === 'false') return { offset, literal: name === 'true' };
    if (this.#bound.includes(name)) return { offset };
    const path = /(?:\.[\p{ID_Continue}-]+)*/uy;
    path.lastIndex = this.#at;
    return { offset, computed: { offset, written: name + (path.exec(this.#text)?.[0] ?? '') } };
  }

  /** What is between brackets, up to the closing one: a `for` expression, or what `items` reads. */
  #forOr(close: string, items: () => Computed | undefined, offset: number): Expression {
    this.#blanks(true);
    const computed = this.#match(FOR) === undefined ? items() : this.#for(close);
    return { offset, ...(computed !== undefined && { computed }) };
  }

  #for(close: string): Computed | undefined {
    const names = this.#loopNames();
    const parts = [this.#expression(true)];
    this.#blanks(true);
    this.#require(':');
    this.#bound.push(...names);
    parts.push(this.#expression(true));
    for (;;) {
      this.#blanks(true);
      if (this.accept(close)) break;
      if (this.accept('...')) continue;
      if (!this.accept('=>') && !this.accept('if')) this.fail(`\`${close}\` must end the \`for\``);
      parts.push(this.#expression(true));
    }
    this.#bound.length -= names.length;
    return parts.find(({ computed }) => computed !== undefined)?.computed;
  }

  /** `value in` or `key, value in`. */
  #loopNames(): string[] {
    const names: string[] = [];
    for (;;) {
      this.#blanks(true);
      const name = this.#match(IDENTIFIER);
      if (name === undefined) this.fail('a `for` must go on with a name');
      if (name === 'in' && names.length > 0) return names;
      names.push(name);
      this.#blanks(true);
      this.accept(',');
    }
  }

  #items(close: string): Computed | undefined {
    let computed: Computed | undefined;
    for (;;) {
      this.#blanks(true);
      if (this.accept(close)) return computed;
      if (this.accept(',') || this.accept('...')) continue;
      const item = this.#expression(true);
      computed ??= item.computed;
    }
  }

  #entries(): Computed | undefined {
    let computed: Computed | undefined;
    for (;;) {
      this.#blanks(true);
      if (this.accept('}')) return computed;
      if (this.accept(',')) continue;
      const key = this.#key();
      this.#blanks(false);
      if (!this.accept('=')) this.#require(':');
      const value = this.#expression(false);
      computed ??= key ?? value.computed;
    }
  }

  /** The key of an entry: a bare name is one, and not a variable. */
  #key(): Computed | undefined {
    const start = this.#at;
    if (this.#match(IDENTIFIER) !== undefined) {
      this.#blanks(false);
      if (/^(?::|=(?!=))/.test(this.#text.slice(this.#at, this.#at + 2))) return undefined;
      this.#at = start;
    }
    return this.#expression(false).computed;
  }

  #quoted(): Expression {
    const offset = this.#at;
    this.#require('"');
    const template = new Template(offset);
    while (!this.accept('"')) this.#templatePiece(template, /[^"\\$%\n]+/y, true);
    return template.expression(offset);
  }

  #heredoc(): Expression {
    const offset = this.#at;
    const marker = this.#match(/<<-?([\p{ID_Start}_][\p{ID_Continue}-]*)[ \t]*\r?\n/uy)?.replace(/^<<-?|\s+$/g, '');
    if (marker === undefined) this.fail('`<<` must go on with a marker, as in `<<EOF`');
    const closing = new RegExp(`[ \\t]*${marker}(?=[ \\t]*(?:\\r?\\n|$))`, 'uy');
    const template = new Template(offset);
    while (this.#match(closing) === undefined) {
      while (!this.accept('\n')) this.#templatePiece(template, /[^$%\n]+/y, false);
    }
    return { offset, ...template.computed() };
  }

  #templatePiece(template: Template, plain: RegExp, hasEscapes: boolean): void {
    if (this.atEnd || (hasEscapes && this.#text[this.#at] === '\n')) this.fail('a text has no end', template.offset);
    const text = this.#match(plain);
    if (text !== undefined) template.add(text);
    else if (this.accept('$${')) template.add('${');
    else if (this.accept('%%{')) template.add('%{');
    else if (this.accept('${')) this.#interpolation(template);
    else if (this.accept('%{')) this.#directive(template);
    else if (hasEscapes && this.accept('\\')) template.add(this.#escape());
    else template.add(this.#text[this.#at++] ?? '');
  }

  #escape(): string {
    const code = this.#match(/u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}/y);
    if (code !== undefined) return String.fromCodePoint(Math.min(Number.parseInt(code.slice(1), 16), 0x10ffff));
    const selector = this.#text[this.#at++] ?? '';
    return ESCAPES[selector] ?? selector;
  }

  #interpolation(template: Template): void {
    const isTrimmed = this.accept('~');
    template.insert(this.#expression(true));
    if (this.#endOfSequence() || isTrimmed) template.trim();
  }

  /** `%{ if ... }`, `%{ for x in ... }` and what ends them. */
  #directive(template: Template): void {
    this.accept('~');
    this.#blanks(true);
    const keyword = this.#match(IDENTIFIER);
    if (keyword === 'for') {
      const names = this.#loopNames();
      template.evaluate(this.#expression(true).computed);
      this.#bound.push(...names);
      template.loops.push(names.length);
    } else if (keyword === 'endfor') this.#bound.length -= template.loops.pop() ?? 0;
    else if (keyword === 'if') {
      const { computed, literal } = this.#expression(true);
      template.evaluate(computed);
      template.enter(asBoolean(literal));
    } else if (keyword === 'else') template.turn();
    else if (keyword === 'endif') template.leave();
    template.trim();
    this.#endOfSequence();
  }

  /** @returns whether the blanks behind it go */
  #endOfSequence(): boolean {
    this.#blanks(true);
    const isTrimmed = this.accept('~');
    this.#require('}');
    return isTrimmed;
  }

  /** Blanks and comments; with `newlines` line ends, too. */
  #blanks(newlines: boolean): void {
    const blank = newlines ? /[ \t\r\n]+/y : /(?:[ \t]|\r(?!\n))+/y;
    while (this.#match(blank) !== undefined || this.#match(/(?:#|\/\/)[^\n]*/y) !== undefined || this.#blockComment());
  }

  #blockComment(): boolean {
    if (!this.accept('/*')) return false;
    const end = this.#text.indexOf('*/', this.#at);
    if (end === -1) this.fail('a comment has no end');
    this.#at = end + 2;
    return true;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #require(token: string): void {
    if (!this.accept(token)) this.fail(`\`${token}\` must stand here`);
  }

  #nested<Found>(read: () => Found): Found {
    if (this.#depth >= DEEPEST) this.fail(`it is nested deeper than ${DEEPEST} times`);
    this.#depth += 1;
    const found = read();
    this.#depth -= 1;
    return found;
  }
}

/** A text with `${ ... }` and `%{ ... }` in it, as far as it has been read. */
class Template {
  /** Where it begins. */
  readonly offset: number;
  /** How many names each loop gives values to, of the loops that the current place is in. */
  readonly loops: number[] = [];
  /** Whether the branch that the current place is in is taken, of each condition that it is in; undefined where that is not known. */
  readonly #branches: (boolean | undefined)[] = [];
  readonly #parts: (Literal | undefined)[] = [];
  #isText = false;
  #computed: Computed | undefined;

  constructor(offset: number) {
    this.offset = offset;
  }

  add(text: string): void {
    const last = this.#parts.at(-1);
    // What comes piece by piece is one text.
    if (this.#isText && typeof last === 'string') this.#parts[this.#parts.length - 1] = last + text;
    else this.#parts.push(text);
    this.#isText = true;
  }

  insert({ computed, literal }: Expression): void {
    this.evaluate(computed);
    this.#parts.push(literal);
    this.#isText = false;
  }

  /** What is around the current place changes with what blanks are taken away, or which branch is taken. */
  trim(): void {
    this.#parts.push(undefined);
    this.#isText = false;
  }

  evaluate(computed: Computed | undefined): void {
    // HCL complains of the branch only that it takes.
    if (!this.#branches.includes(false)) this.#computed ??= computed;
  }

  enter(condition: boolean | undefined): void {
    this.#branches.push(condition);
  }

  turn(): void {
    const condition = this.#branches.pop();
    this.#branches.push(condition === undefined ? undefined : !condition);
  }

  leave(): void {
    this.#branches.pop();
  }

  computed(): Pick<Expression, 'computed'> {
    return this.#computed === undefined ? {} : { computed: this.#computed };
  }

  expression(offset: number): Expression {
    const literal = this.#literal();
    return { offset, ...this.computed(), ...(literal !== undefined && { literal }) };
  }

  #literal(): Literal | undefined {
    const [first, ...others] = this.#parts;
    if (this.#parts.length === 0) return '';
    // An interpolation that stands alone keeps its type.
    if (others.length === 0) return first;
    if (this.#parts.some((part) => part === undefined || part === null)) return undefined;
    return this.#parts.map(String).join('');
  }
}
