/** What a template consists of. `at` is the offset in its text, in UTF-16 units. */
export type Node =
  | { readonly kind: 'text'; readonly at: number; readonly text: string }
  | { readonly kind: 'action'; readonly at: number; readonly pipeline: Pipeline }
  | {
      readonly kind: 'if' | 'with' | 'range';
      readonly at: number;
      readonly pipeline: Pipeline;
      readonly body: readonly Node[];
      readonly otherwise: readonly Node[];
    }
  | { readonly kind: 'template'; readonly at: number; readonly name: string; readonly pipeline: Pipeline | undefined }
  | { readonly kind: 'break' | 'continue'; readonly at: number };

/** Commands, each of which gives its value to the next, and the variables that the last value goes to. */
export interface Pipeline {
  readonly at: number;
  readonly variables: readonly string[];
  /** Whether the variables are there already (`=` instead of `:=`). */
  readonly assigns: boolean;
  readonly commands: readonly Command[];
}

export interface Command {
  readonly at: number;
  readonly operands: readonly Operand[];
}

export type Operand =
  | { readonly kind: 'dot' | 'nil'; readonly at: number }
  | {
      readonly kind: 'constant';
      readonly at: number;
      readonly value: boolean | number | bigint | string;
      readonly source: string;
    }
  | { readonly kind: 'function'; readonly at: number; readonly name: string }
  | { readonly kind: 'field'; readonly at: number; readonly path: readonly string[] }
  | { readonly kind: 'variable'; readonly at: number; readonly name: string; readonly path: readonly string[] }
  | { readonly kind: 'pipeline'; readonly at: number; readonly pipeline: Pipeline }
  | { readonly kind: 'chain'; readonly at: number; readonly operand: Operand; readonly path: readonly string[] };

/** A template by its name: of a file, or defined in one. */
export interface Template {
  readonly nodes: readonly Node[];
  /** The file that it is in. */
  readonly file: string;
  readonly text: string;
}
