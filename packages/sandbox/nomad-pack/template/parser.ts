import { type Piece, readPieces, syntaxError, type Token } from './lexer.ts';
import type { Command, Node, Operand, Pipeline, Template } from './nodes.ts';
import { toNumber } from './values.ts';

/** Where a list of nodes ends: at the end of the text, at `else`, or at `end`. */
type ListEnd =
  | { readonly kind: 'eof'; readonly at: number }
  | { readonly kind: 'else'; readonly at: number; readonly tokens: Tokens }
  | { readonly kind: 'end'; readonly at: number };

/**
 * Reads a file of templates: itself under its own name, and those that it defines.
 *
 * @throws TemplateSyntaxError
 */
export function parseTemplates(text: string, file: string, functions: ReadonlySet<string>): Map<string, Template> {
  return new Parser(text, file, functions).parse();
}

class Parser {
  private readonly text: string;
  private readonly file: string;
  private readonly functions: ReadonlySet<string>;
  private readonly pieces: readonly Piece[];
  private readonly templates = new Map<string, Template>();
  private next = 0;
  private variables: string[] = ['$'];
  private ranges = 0;

  constructor(text: string, file: string, functions: ReadonlySet<string>) {
    this.text = text;
    this.file = file;
    this.functions = functions;
    this.pieces = readPieces(text, file);
  }

  parse(): Map<string, Template> {
    const { nodes, end } = this.list();
    if (end.kind !== 'eof') this.fail(end.at, `unexpected {{${end.kind}}}`);
    this.add(this.file, nodes);
    return this.templates;
  }

  private add(name: string, nodes: readonly Node[]): void {
    this.templates.set(name, { nodes, file: this.file, text: this.text });
  }

  private list(): { nodes: Node[]; end: ListEnd } {
    const nodes: Node[] = [];
    for (;;) {
      const piece = this.pieces[this.next];
      if (piece === undefined) return { nodes, end: { kind: 'eof', at: this.text.length } };
      this.next += 1;
      if (piece.kind === 'text') nodes.push(piece);
      else {
        const tokens = new Tokens(piece.tokens, (at, message) => this.fail(at, message));
        const found = this.action(tokens, piece.at, nodes);
        if (found !== undefined) return { nodes, end: found };
      }
    }
  }

  private action(tokens: Tokens, at: number, nodes: Node[]): ListEnd | undefined {
    const word = tokens.peek().kind === 'word' ? tokens.peek().text : '';
    switch (word) {
      case 'end':
        tokens.take();
        tokens.expectEnd('end');
        return { kind: 'end', at };
      case 'else':
        tokens.take();
        return { kind: 'else', at, tokens };
      case 'if':
      case 'with':
      case 'range':
        tokens.take();
        nodes.push(this.control(word, tokens, at));
        return undefined;
      case 'define':
        this.define(tokens);
        return undefined;
      case 'block':
        nodes.push(this.block(tokens, at));
        return undefined;
      case 'template':
        nodes.push(this.reference(tokens));
        return undefined;
      case 'break':
      case 'continue':
        tokens.take();
        if (this.ranges === 0) this.fail(at, `{{${word}}} outside {{range}}`);
        nodes.push({ kind: word, at });
        return undefined;
    }
    nodes.push({ kind: 'action', at, pipeline: this.pipeline(tokens, 'command', 'end') });
    return undefined;
  }

  private control(kind: 'if' | 'with' | 'range', tokens: Tokens, at: number): Node {
    const outer = this.variables.length;
    const pipeline = this.pipeline(tokens, kind, 'end');
    this.ranges += kind === 'range' ? 1 : 0;
    const { nodes: body, end } = this.list();
    this.ranges -= kind === 'range' ? 1 : 0;
    const otherwise = end.kind === 'else' ? this.otherwise(kind, end.tokens) : [];
    if (end.kind === 'eof') this.fail(end.at, 'unexpected EOF');
    this.variables.length = outer;
    return { kind, at, pipeline, body, otherwise };
  }

  private otherwise(kind: 'if' | 'with' | 'range', tokens: Tokens): readonly Node[] {
    const next = tokens.peek();
    if (next.kind === 'word' && next.text === kind && kind !== 'range') {
      tokens.take();
      return [this.control(kind, tokens, next.at)];
    }
    tokens.expectEnd('else');
    const { nodes, end } = this.list();
    if (end.kind !== 'end') this.fail(end.at, end.kind === 'eof' ? 'unexpected EOF' : 'expected end; found {{else}}');
    return nodes;
  }

  private define(tokens: Tokens): void {
    tokens.take();
    const name = this.name(tokens, 'define clause');
    tokens.expectEnd('define clause');
    this.add(name, this.apart());
  }

  private block(tokens: Tokens, at: number): Node {
    tokens.take();
    const name = this.name(tokens, 'block clause');
    const pipeline = this.pipeline(tokens, 'block clause', 'end');
    this.add(name, this.apart());
    return { kind: 'template', at, name, pipeline };
  }

  /** The body of a definition: it sees none of the variables around it. */
  private apart(): Node[] {
    const [variables, ranges] = [this.variables, this.ranges];
    this.variables = ['$'];
    this.ranges = 0;
    const { nodes, end } = this.list();
    if (end.kind !== 'end') this.fail(end.at, 'unexpected EOF');
    this.variables = variables;
    this.ranges = ranges;
    return nodes;
  }

  private reference(tokens: Tokens): Node {
    tokens.take();
    const { at } = tokens.peek();
    const name = this.name(tokens, 'template clause');
    const pipeline = tokens.peek().kind === 'end' ? undefined : this.pipeline(tokens, 'template clause', 'end');
    return { kind: 'template', at, name, pipeline };
  }

  private name(tokens: Tokens, where: string): string {
    const token = tokens.take();
    if (token.kind !== 'string') this.fail(token.at, `unexpected ${describe(token)} in ${where}`);
    return unquote(token.text);
  }

  private pipeline(tokens: Tokens, where: string, close: 'end' | 'close'): Pipeline {
    const { at } = tokens.peek();
    const { names, assigns } = tokens.declaration(where);
    const commands: Command[] = [];
    const declared = assigns ? [] : names;
    for (const name of assigns ? names : []) this.requireVariable(name, at);
    for (;;) {
      const token = tokens.peek();
      if (token.kind === close) break;
      commands.push(this.command(tokens, where, close));
      if (tokens.peek().kind === 'pipe') {
        const pipe = tokens.take();
        if (tokens.peek().kind === close) this.fail(pipe.at, `missing value for ${where}`);
      }
    }
    tokens.take();
    const idle = commands.findIndex(
      ({ operands: [first] }, index) => index > 0 && (first?.kind === 'constant' || first?.kind === 'dot'),
    );
    if (idle > 0) this.fail(at, `non executable command in pipeline stage ${idle + 1}`);
    if (commands.length === 0) this.fail(at, `missing value for ${where}`);
    this.variables.push(...declared);
    return { at, variables: names, assigns, commands };
  }

  private command(tokens: Tokens, where: string, close: 'end' | 'close'): Command {
    const { at } = tokens.peek();
    const operands: Operand[] = [];
    for (;;) {
      const token = tokens.peek();
      if (token.kind === close || token.kind === 'pipe') break;
      const operand = this.operand(tokens);
      if (operand === undefined)
        this.fail(token.at, `unexpected ${describe(token)} in ${where === 'command' ? 'operand' : where}`);
      operands.push(operand);
    }
    if (operands.length === 0) this.fail(at, 'empty command');
    return { at, operands };
  }

  private operand(tokens: Tokens): Operand | undefined {
    const term = this.term(tokens);
    if (term === undefined || tokens.upcoming().kind !== 'field') return term;
    const { at } = tokens.upcoming();
    const path: string[] = [];
    while (tokens.upcoming().kind === 'field') path.push(tokens.take().text.slice(1));
    if (term.kind === 'field' || term.kind === 'variable') return { ...term, at, path: [...term.path, ...path] };
    return { kind: 'chain', at, operand: term, path };
  }

  private term(tokens: Tokens): Operand | undefined {
    const token = tokens.peek();
    const { at, text } = token;
    switch (token.kind) {
      case 'dot':
        tokens.take();
        return { kind: 'dot', at };
      case 'field':
        tokens.take();
        return { kind: 'field', at, path: [text.slice(1)] };
      case 'variable':
        tokens.take();
        this.requireVariable(text, at);
        return { kind: 'variable', at, name: text, path: [] };
      case 'string':
        tokens.take();
        return { kind: 'constant', at, value: unquote(text), source: text };
      case 'number':
        tokens.take();
        return { kind: 'constant', at, value: toNumber(text.replaceAll('_', '')), source: text };
      case 'character':
        tokens.take();
        return { kind: 'constant', at, value: unquote(text).codePointAt(0) ?? 0, source: text };
      case 'open':
        tokens.take();
        return { kind: 'pipeline', at, pipeline: this.pipeline(tokens, 'parenthesized pipeline', 'close') };
      case 'word':
        tokens.take();
        return this.word(text, at);
      default:
        return undefined;
    }
  }

  private word(text: string, at: number): Operand {
    if (text === 'true' || text === 'false') return { kind: 'constant', at, value: text === 'true', source: text };
    if (text === 'nil') return { kind: 'nil', at };
    if (!this.functions.has(text)) this.fail(at, `function "${text}" not defined`);
    return { kind: 'function', at, name: text };
  }

  private requireVariable(name: string, at: number): void {
    if (!this.variables.includes(name)) this.fail(at, `undefined variable "${name}"`);
  }

  private fail(at: number, message: string): never {
    throw syntaxError(this.file, this.text, at, message);
  }
}

/** The tokens of one action, of which white space counts only between a term and a field. */
class Tokens {
  private readonly tokens: readonly Token[];
  private readonly fail: (at: number, message: string) => never;
  private next = 0;

  constructor(tokens: readonly Token[], fail: (at: number, message: string) => never) {
    this.tokens = tokens;
    this.fail = fail;
  }

  /** The next token, white space too. */
  upcoming(): Token {
    return this.tokens[this.next] as Token;
  }

  /** The next token that is not white space. */
  peek(): Token {
    while (this.upcoming().kind === 'space') this.next += 1;
    return this.upcoming();
  }

  take(): Token {
    const token = this.peek();
    this.next += 1;
    return token;
  }

  expectEnd(where: string): void {
    const token = this.take();
    if (token.kind !== 'end') this.fail(token.at, `unexpected ${describe(token)} in ${where}`);
  }

  /** `$x :=`, `$i, $v :=` and `$x =` at the start of a pipeline. */
  declaration(where: string): { names: string[]; assigns: boolean } {
    const start = this.next;
    const names: string[] = [];
    while (this.peek().kind === 'variable') {
      names.push(this.take().text);
      const { kind } = this.peek();
      if (kind === 'declare' || kind === 'assign') {
        this.take();
        return { names, assigns: kind === 'assign' };
      }
      if (kind !== 'comma' || where !== 'range') break;
      this.take();
    }
    this.next = start;
    return { names: [], assigns: false };
  }
}

function describe({ kind, text }: Token): string {
  if (kind === 'word') return `<${text}>`;
  return kind === 'end' ? '"]]"' : `"${text}"`;
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
};

function unquote(source: string): string {
  if (source.startsWith('`')) return source.slice(1, -1).replaceAll('\r', '');
  return source
    .slice(1, -1)
    .replace(/\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)/gs, (_match, code: string) => {
      if (code.length > 1) return String.fromCodePoint(Number.parseInt(code.slice(1), 16));
      return escapes[code] ?? code;
    });
}
