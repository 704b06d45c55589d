/** A place in an HCL text; line and column count from 1, columns in code points. */
export interface HclPosition {
  readonly line: number;
  readonly column: number;
}

/** A stretch of an HCL text; `end` is the place after its last character. */
export interface HclRange {
  readonly start: HclPosition;
  readonly end: HclPosition;
}

/** A number as it was written: `1.10` and integers beyond 2^53 must not lose digits on their way through. */
export class HclNumber {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  toNumber(): number {
    return Number(this.source);
  }

  toString(): string {
    return this.source;
  }
}

/** A value that an expression evaluates to. Maps keep the order in which the keys were written. */
export type HclValue = null | boolean | string | HclNumber | readonly HclValue[] | HclMap;
export type HclMap = ReadonlyMap<string, HclValue>;

/** A piece of a string: text, or the source of an interpolation, `${` and `}` included. */
export type HclTemplatePart = { readonly text: string } | { readonly interpolation: string };

export type HclExpression =
  | { readonly kind: 'literal'; readonly value: null | boolean | HclNumber; readonly range: HclRange }
  | { readonly kind: 'template'; readonly parts: readonly HclTemplatePart[]; readonly range: HclRange }
  | { readonly kind: 'list'; readonly items: readonly HclExpression[]; readonly range: HclRange }
  | { readonly kind: 'object'; readonly entries: readonly HclObjectEntry[]; readonly range: HclRange }
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly arguments: readonly HclExpression[];
      readonly range: HclRange;
    }
  | { readonly kind: 'reference'; readonly path: string; readonly range: HclRange };

export interface HclObjectEntry {
  readonly key: string;
  readonly keyRange: HclRange;
  readonly value: HclExpression;
}

export interface HclAttribute {
  readonly name: string;
  readonly nameRange: HclRange;
  readonly expression: HclExpression;
  /** Name, equals sign and expression. */
  readonly range: HclRange;
}

export interface HclBlock {
  readonly type: string;
  readonly typeRange: HclRange;
  readonly labels: readonly string[];
  readonly body: HclBody;
  /** The header: type and labels, without the body. */
  readonly range: HclRange;
  /** Where the brace that closes the body is. */
  readonly closing: HclPosition;
}

export interface HclBody {
  readonly attributes: ReadonlyMap<string, HclAttribute>;
  readonly blocks: readonly HclBlock[];
}

/** Writes a range as HCL's tools do: `3,5-13`, or `1,13-2,1` over several lines. */
export function formatRange(range: HclRange): string {
  const { start, end } = range;
  const tail = start.line === end.line ? `${end.column}` : `${end.line},${end.column}`;
  return `${start.line},${start.column}-${tail}`;
}

/** What is wrong with an HCL text, and where. `message` reads as HCL's own diagnostics: `file:1,2-3: Summary; Detail`. */
export class HclError extends Error {
  readonly summary: string;
  readonly detail: string;
  readonly range: HclRange;
  readonly filename: string;

  constructor(summary: string, detail: string, range: HclRange, filename: string) {
    super(`${filename}:${formatRange(range)}: ${summary}; ${detail}`);
    this.name = 'HclError';
    this.summary = summary;
    this.detail = detail;
    this.range = range;
    this.filename = filename;
  }
}
