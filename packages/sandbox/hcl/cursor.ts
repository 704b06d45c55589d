import { HclError, type HclPosition, type HclRange } from './syntax.ts';

const identifierPattern = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const numberPattern = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** A reader's place in a text: what comes next, and where that is in lines and columns. */
export class Cursor {
  readonly text: string;
  readonly filename: string;
  offset = 0;
  private line = 1;
  private column = 1;

  constructor(text: string, filename: string) {
    this.text = text;
    this.filename = filename;
  }

  get atEnd(): boolean {
    return this.offset >= this.text.length;
  }

  get position(): HclPosition {
    return { line: this.line, column: this.column };
  }

  startsWith(prefix: string): boolean {
    return this.text.startsWith(prefix, this.offset);
  }

  /** Moves on by `count` UTF-16 units and returns them. */
  take(count: number): string {
    const taken = this.text.slice(this.offset, this.offset + count);
    for (const character of taken) {
      if (character === '\n') {
        this.line += 1;
        this.column = 1;
      } else {
        this.column += 1;
      }
    }
    this.offset += taken.length;
    return taken;
  }

  /** Takes `token` if it comes next. */
  accept(token: string): boolean {
    if (!this.startsWith(token)) return false;
    this.take(token.length);
    return true;
  }

  /** Takes what the sticky `pattern` matches here; undefined when it does not. */
  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.offset;
    const found = pattern.exec(this.text)?.[0];
    return found === undefined ? undefined : this.take(found.length);
  }

  identifier(): string | undefined {
    return this.match(identifierPattern);
  }

  number(): string | undefined {
    return this.match(numberPattern);
  }

  /** Skips blanks and comments; with `newlines` also line ends. A line comment's own line end stays unless asked for. */
  skipBlanks(newlines: boolean): void {
    for (;;) {
      if (this.match(newlines ? /[ \t\r\n]+/y : /(?:[ \t]|\r(?!\n))+/y) !== undefined) continue;
      if (this.match(/(?:#|\/\/)[^\r\n]*/y) !== undefined) continue;
      if (this.match(/\/\*[\s\S]*?\*\//y) !== undefined) continue;
      return;
    }
  }

  acceptNewline(): boolean {
    return this.match(/\r?\n/y) !== undefined;
  }

  since(start: HclPosition): HclRange {
    return { start, end: this.position };
  }

  /** The range of the token that comes next, which is what HCL's own messages point at. */
  nextToken(): HclRange {
    const start = this.position;
    const ahead = new Cursor(this.text, this.filename);
    ahead.offset = this.offset;
    ahead.line = this.line;
    ahead.column = this.column;
    if (!ahead.atEnd && !ahead.acceptNewline()) ahead.identifier() ?? ahead.number() ?? ahead.take(1);
    return ahead.since(start);
  }

  fail(summary: string, detail: string, range: HclRange = this.nextToken()): never {
    throw new HclError(summary, detail, range, this.filename);
  }
}
