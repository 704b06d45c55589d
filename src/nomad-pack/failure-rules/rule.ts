import type { FailureReason, FileLocation } from '../../errors.ts';
import type { ErrorBlock } from '../output.ts';
import type { PreparedFile } from '../variable-files.ts';

/** What is known of the command that failed, besides its output. */
export interface FailureContext {
  /** As in `nomad-pack run`. */
  readonly command: string;
  readonly files: readonly PreparedFile[];
  /** The file of the workspace that a file of the pack is, where the pack is a directory of it. */
  readonly locate: (packFile: string) => string | undefined;
  /** A line of a file of the pack, 1-based, as the pack's author wrote it. */
  readonly lineOf: (packFile: string, line: number) => string | undefined;
  /** The names of the variables that the pack declares; empty where they are not known. */
  readonly declared: () => readonly string[];
}

/** What a failure means to the user. */
export interface Explanation {
  readonly reason: FailureReason;
  readonly message: string;
  readonly hint: string;
  readonly location?: FileLocation | undefined;
  /** The same may go well a moment later. */
  readonly passing?: boolean;
}

/** Explains the blocks that it knows; undefined where it knows none of them. */
export type Explain = (blocks: readonly ErrorBlock[], context: FailureContext) => Explanation | undefined;

/** What a rule has to write its words from. */
export interface Said {
  readonly title: string;
  readonly error: string;
  /** What the pattern found. */
  readonly match: RegExpExecArray;
  /** The pack's name. */
  readonly pack: string;
  readonly command: string;
}

/** A kind of failure: what nomad-pack says, and what that means to the user. */
export interface Rule {
  /** What the title must be; any where absent. */
  readonly title?: RegExp;
  /** What the error must hold. */
  readonly pattern: RegExp;
  readonly reason: FailureReason;
  readonly message: (said: Said) => string;
  readonly hint: string | ((said: Said) => string);
  readonly passing?: true;
}

/** Explains the first block by a table. The first rule that fits is taken: what comes earlier is more exact. */
export function byTable(rules: readonly Rule[]): Explain {
  return ([block], { command }) => {
    if (block === undefined) return undefined;
    const { title, error, context } = block;
    for (const rule of rules) {
      const match = rule.title?.test(title) === false ? null : rule.pattern.exec(error);
      if (match === null) continue;
      const said = { title, error, match, pack: packOf(context), command };
      const { reason, message, hint, passing = false } = rule;
      return { reason, message: message(said), hint: typeof hint === 'string' ? hint : hint(said), passing };
    }
    return undefined;
  };
}

export function packOf(context: ErrorBlock['context']): string {
  return context['Pack Name'] ?? 'the pack';
}

export function inCode(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}
