/** A variable that a file of HCL sets. */
export interface Assignment {
  readonly name: string;
  /** The value as it is written: a text in quotes, a number, `true` or `false`, or a list or mapping with all that is in it. */
  readonly expression: string;
  /** The line of the name, 1-based. */
  readonly line: number;
}

/** Many times what a file of variables has. Characters. */
const LONGEST = 1024 * 1024;

const BLANK = /(?:\s|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
const NAME_AND_SIGN = /([\p{ID_Start}_][\p{ID_Continue}-]*)[ \t]*=(?!=)[ \t]*/uy;
/** A text of a single line; one with `${` or `%{` in it is a computation, and no part of this. */
const TEXT = /"(?:\\.|\$\$\{|%%\{|[$%](?!\{)|[^"\\\n$%])*"/y;
const HEREDOC = /<<-?([\p{ID_Start}_][\p{ID_Continue}-]*)[ \t]*\r?\n(?:[\s\S]*?\n)??[ \t]*\1(?=\r?\n|$)/uy;
const WORD = /-?\d[\d.eE+-]*|true\b|false\b/y;
const END_OF_LINE = /[ \t]*(?:(?:#|\/\/)[^\n]*)?(?=\r?\n|$)/y;
const COMMENT = /#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\//y;
/** A `/` that begins a comment, and `<<`, are for the patterns above: where those fail, the text is not HCL. */
const WITHIN_BRACKETS = /[^[\](){}"#/<]+|\/(?![/*])|<(?!<)/y;

/**
 * The variables that a text of HCL sets, as far as their values are plain. It does not tell right from wrong, which nomad-pack does: it
 * finds where a value begins and ends, and goes no further than to the first thing that it does not know.
 */
export function readAssignments(text: string): Assignment[] {
  if (text.length > LONGEST) return [];
  const found: Assignment[] = [];
  let at = 0;
  let line = 1;
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at;
    const match = pattern.exec(text) ?? undefined;
    if (match !== undefined) at += match[0].length;
    return match;
  };
  /** What stands in brackets, the opening one taken already; false where they are not closed. */
  const takeBrackets = (): boolean => {
    for (let depth = 1; depth > 0; ) {
      const sign = take(/[[({]/y) ?? take(/[\])}]/y);
      if (sign !== undefined) depth += /[[({]/.test(sign[0]) ? 1 : -1;
      else if (!(take(TEXT) ?? take(HEREDOC) ?? take(COMMENT) ?? take(WITHIN_BRACKETS))) return false;
    }
    return true;
  };

  for (;;) {
    line += linesOf(take(BLANK)?.[0]);
    const name = take(NAME_AND_SIGN)?.[1];
    if (name === undefined) return found;
    const from = at;
    const isPlain = (take(TEXT) ?? take(WORD)) !== undefined || (take(/[[{]/y) !== undefined && takeBrackets());
    if (!isPlain && take(HEREDOC) === undefined) return found;
    const expression = text.slice(from, at);
    if (take(END_OF_LINE) === undefined) return found;
    if (isPlain) found.push({ name, expression, line });
    line += linesOf(expression);
  }
}

function linesOf(text = ''): number {
  return text.split('\n').length - 1;
}
