interface Token {
  readonly kind:
    | 'word'
    | 'number'
    | 'template'
    | 'open'
    | 'close'
    | 'comma'
    | 'dot'
    | 'equals'
    | 'operator'
    | 'comment'
    | 'newline';
  readonly text: string;
}

/** A line in up to three cells, of which the second and the third are lined up with those of the lines around it. */
interface Line {
  lead: Token[];
  assign: Token[];
  comment: Token[];
  indentation: number;
}

const patterns: readonly (readonly [Token['kind'], RegExp])[] = [
  ['newline', /\r?\n/y],
  ['comment', /(?:#|\/\/)[^\n]*|\/\*[\s\S]*?\*\//y],
  ['template', /<<-?([\p{ID_Start}_][\p{ID_Continue}-]*)\r?\n[\s\S]*?\n[ \t]*\1(?=\s|$)/uy],
  ['template', /"(?:[^"\\\n$%]|\\.|\$\{(?:[^{}"]|"[^"]*"|\{[^}]*\})*\}|[$%])*"/y],
  ['word', /[\p{ID_Start}_][\p{ID_Continue}-]*/uy],
  ['number', /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y],
  ['open', /[[({]/y],
  ['close', /[\])}]/y],
  ['comma', /,/y],
  ['dot', /\./y],
  ['operator', /==|!=|<=|>=|&&|\|\||=>|\.\.\./y],
  ['equals', /=/y],
  ['operator', /./suy],
];

/** Lays HCL out as HashiCorp's tools do: indentation by brackets, one space between tokens, `=` and comments lined up. */
export function formatHcl(text: string): string {
  const lines = splitLines(readTokens(text));
  indentLines(lines);
  const widest = (cell: 'assign' | 'comment', width: (line: Line) => number) => columnsOf(lines, cell, width);
  const assignAt = widest('assign', (line) => writeCell(line.lead).length);
  const withAssign = (line: Line, index: number) => {
    const lead = writeCell(line.lead);
    if (line.assign.length === 0) return lead;
    return `${lead.padEnd(assignAt[index] ?? 0)} ${writeCell(line.assign)}`;
  };
  const written = lines.map(withAssign);
  const commentAt = widest('comment', (line) => (written[lines.indexOf(line)] ?? '').length);
  return lines
    .map((line, index) => {
      const code = written[index] ?? '';
      const shown = line.comment.length === 0 ? code : `${code.padEnd(commentAt[index] ?? 0)} ${line.comment[0]?.text}`;
      return shown === '' ? '' : ' '.repeat(line.indentation * 2) + shown;
    })
    .join('\n');
}

function readTokens(text: string): Token[] {
  const tokens: Token[] = [];
  let offset = 0;
  while (offset < text.length) {
    const blank = /[ \t]+/y;
    blank.lastIndex = offset;
    if (blank.test(text)) {
      offset = blank.lastIndex;
      continue;
    }
    for (const [kind, pattern] of patterns) {
      pattern.lastIndex = offset;
      const found = pattern.exec(text)?.[0];
      if (found === undefined) continue;
      tokens.push({ kind, text: found });
      offset += found.length;
      break;
    }
  }
  return tokens;
}

function splitLines(tokens: readonly Token[]): Line[] {
  const lines: Line[] = [{ lead: [], assign: [], comment: [], indentation: 0 }];
  for (const token of tokens) {
    if (token.kind === 'newline') lines.push({ lead: [], assign: [], comment: [], indentation: 0 });
    else lines.at(-1)?.lead.push(token);
  }
  for (const line of lines) {
    if (line.lead.length > 1 && line.lead.at(-1)?.kind === 'comment') line.comment = line.lead.splice(-1);
    const at = line.lead.findIndex(({ kind }, index) => index > 0 && kind === 'equals');
    if (at > 0 && bracketChange(line.lead.slice(at)) === 0) line.assign = line.lead.splice(at);
  }
  return lines;
}

function indentLines(lines: readonly Line[]): void {
  const opened: number[] = [];
  for (const line of lines) {
    let change = bracketChange(line.lead) + bracketChange(line.assign);
    if (change > 0) {
      line.indentation = opened.length;
      opened.push(change);
      continue;
    }
    while (change < 0 && opened.length > 0) {
      const last = opened.pop() ?? 0;
      if (last > -change) opened.push(last + change);
      change += last;
    }
    line.indentation = opened.length;
  }
}

/** The column that a cell begins at, by line: as far right as the neighbours need it. */
function columnsOf(lines: readonly Line[], cell: 'assign' | 'comment', width: (line: Line) => number): number[] {
  const columns = lines.map(() => 0);
  for (let start = 0; start < lines.length; start += 1) {
    let end = start;
    while ((lines[end]?.[cell].length ?? 0) > 0) end += 1;
    const widest = Math.max(0, ...lines.slice(start, end).map(width));
    columns.fill(widest, start, end);
    start = Math.max(start, end);
  }
  return columns;
}

function bracketChange(tokens: readonly Token[]): number {
  return tokens.reduce((sum, { kind }) => sum + (kind === 'open' ? 1 : kind === 'close' ? -1 : 0), 0);
}

function writeCell(tokens: readonly Token[]): string {
  return tokens.map((token, index) => token.text + (spaced(tokens, index) ? ' ' : '')).join('');
}

/** Whether a space goes after the token. */
function spaced(tokens: readonly Token[], index: number): boolean {
  const [before, subject, after] = [tokens[index - 1], tokens[index], tokens[index + 1]];
  if (subject === undefined || after === undefined) return false;
  if (subject.kind === 'word' && after.text === '(') return false;
  if (subject.kind === 'dot' || after.kind === 'dot' || after.kind === 'comma' || after.text === '...') return false;
  if (subject.kind === 'comma') return true;
  if (after.text === '[' && (subject.kind === 'word' || subject.kind === 'number' || subject.kind === 'close')) {
    return subject.text === 'in' && before?.kind === 'word';
  }
  if (subject.text === '!') return false;
  if (subject.text === '-') return before !== undefined && /^(?:word|number|template|close)$/.test(before.kind);
  if (subject.text === '{' || after.text === '}') return !(subject.text === '{' && after.text === '}');
  return subject.kind !== 'open' && after.kind !== 'close';
}
