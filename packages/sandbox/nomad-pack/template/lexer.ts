/** What stands in an action, one at a time. */
export interface Token {
  readonly kind:
    | 'space'
    | 'field'
    | 'variable'
    | 'dot'
    | 'word'
    | 'string'
    | 'number'
    | 'character'
    | 'pipe'
    | 'open'
    | 'close'
    | 'declare'
    | 'assign'
    | 'comma'
    | 'end';
  readonly at: number;
  readonly text: string;
}

/** Text between actions, and actions. */
export type Piece =
  | { readonly kind: 'text'; readonly at: number; readonly text: string }
  | { readonly kind: 'action'; readonly at: number; readonly tokens: readonly Token[] };

/** A template that cannot be read; the message says where, as Go's text/template does. */
export class TemplateSyntaxError extends Error {}

const leftDelimiter = '[[';
const rightDelimiter = ']]';
const comment = /\[\[(- )?\/\*[\s\S]*?\*\/( -)?\]\]/y;
const constant = /[+-]?(?:0[xX][0-9a-fA-F_]+|\d[\d_]*(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)/y;

const patterns: readonly (readonly [Token['kind'], RegExp])[] = [
  ['space', /\s+?(?=\s-\]\])|\s+/y],
  ['string', /"(?:[^"\\\n]|\\.)*"|`[^`]*`/y],
  ['character', /'(?:[^'\\\n]|\\.)+'/y],
  ['number', constant],
  ['field', /\.[\p{L}_][\p{L}\p{Nd}_]*/uy],
  ['variable', /\$[\p{L}\p{Nd}_]*/uy],
  ['dot', /\./y],
  ['declare', /:=/y],
  ['assign', /=/y],
  ['pipe', /\|/y],
  ['comma', /,/y],
  ['open', /\(/y],
  ['close', /\)/y],
  ['word', /[\p{L}_][\p{L}\p{Nd}_]*/uy],
];

/**
 * Takes a template apart. White space next to a trim marker is gone from the texts.
 *
 * @throws TemplateSyntaxError
 */
export function readPieces(text: string, file: string): Piece[] {
  const pieces: Piece[] = [];
  let offset = 0;
  let trimNext = false;
  const addText = (end: number, trimEnd: boolean) => {
    const raw = text.slice(offset, end);
    const started = trimNext ? raw.trimStart() : raw;
    const shown = trimEnd ? started.trimEnd() : started;
    if (shown !== '') pieces.push({ kind: 'text', at: offset, text: shown });
  };
  for (;;) {
    const start = text.indexOf(leftDelimiter, offset);
    if (start === -1) {
      addText(text.length, false);
      return pieces;
    }
    const trims = /^-\s/.test(text.slice(start + 2, start + 4));
    addText(start, trims);
    comment.lastIndex = start;
    const note = comment.exec(text);
    if (note !== null) {
      offset = comment.lastIndex;
      trimNext = note[2] !== undefined;
      continue;
    }
    const tokens = readTokens(text, start + leftDelimiter.length + (trims ? 1 : 0), start, file);
    const end = tokens.at(-1) as Token;
    pieces.push({ kind: 'action', at: start, tokens });
    trimNext = end.text.startsWith(' -');
    offset = end.at + end.text.length;
  }
}

function readTokens(text: string, from: number, start: number, file: string): Token[] {
  const tokens: Token[] = [];
  let depth = 0;
  for (let at = from; ; ) {
    const trimmed = /\s-\]\]/y;
    trimmed.lastIndex = at;
    const close = trimmed.test(text)
      ? text.slice(at, at + 4)
      : text.startsWith(rightDelimiter, at)
        ? rightDelimiter
        : '';
    if (close !== '') {
      if (depth > 0) throw syntaxError(file, text, at, 'unclosed left paren');
      tokens.push({ kind: 'end', at, text: close.replace(/^\s/, ' ') });
      return tokens;
    }
    if (at >= text.length) throw unclosed(file, text, at, start);
    const token = readToken(text, at, file, tokens.at(-1));
    if (token.kind === 'open') depth += 1;
    if (token.kind === 'close') depth -= 1;
    if (depth < 0) throw syntaxError(file, text, at, 'unexpected right paren');
    tokens.push(token);
    at += token.text.length;
  }
}

function readToken(text: string, at: number, file: string, before: Token | undefined): Token {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found === undefined) continue;
    // In `$x.5` there is no number.
    if (kind === 'number' && found.startsWith('.') && before !== undefined && before.kind !== 'space') continue;
    return { kind, at, text: found };
  }
  if (text[at] === '"') throw syntaxError(file, text, at, 'unterminated quoted string');
  if (text[at] === '`') throw syntaxError(file, text, at, 'unterminated raw quoted string');
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  const code = `U+${(text.codePointAt(at) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  throw syntaxError(file, text, at, `unrecognized character in action: ${code} '${character}'`);
}

function unclosed(file: string, text: string, at: number, start: number): TemplateSyntaxError {
  const message = `unclosed action started at ${file}:${lineOf(text, start)}`;
  return syntaxError(file, text, at, lineOf(text, at) === lineOf(text, start) ? 'unclosed action' : message);
}

export function syntaxError(file: string, text: string, at: number, message: string): TemplateSyntaxError {
  return new TemplateSyntaxError(`template: ${file}:${lineOf(text, at)}: ${message}`);
}

function lineOf(text: string, at: number): number {
  return text.slice(0, at).split('\n').length;
}
