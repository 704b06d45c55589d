import type { Cursor } from './cursor.ts';
import type { HclTemplatePart } from './syntax.ts';

const simpleEscapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

/** Reads a quoted string; the cursor stands on its opening quote. */
export function readQuoted(cursor: Cursor): HclTemplatePart[] {
  const start = cursor.position;
  cursor.take(1);
  const parts = new PartList();
  while (!cursor.accept('"')) {
    if (cursor.atEnd) {
      return cursor.fail('Unterminated template string', 'No closing marker was found for the string.', {
        start,
        end: cursor.position,
      });
    }
    if (cursor.startsWith('\n') || cursor.startsWith('\r\n')) {
      return cursor.fail(
        'Invalid multi-line string',
        'Quoted strings may not be split over multiple lines. To produce a multi-line string, either use the \\n ' +
          'escape to represent a newline character or use the "heredoc" multi-line template syntax.',
      );
    }
    if (cursor.startsWith('\\')) parts.text(readEscape(cursor));
    else readTemplatePiece(cursor, parts);
  }
  return parts.parts;
}

/** Reads a heredoc; the cursor stands on its `<<`. `<<-` takes the smallest indentation off every line. */
export function readHeredoc(cursor: Cursor): HclTemplatePart[] {
  const start = cursor.position;
  const flush = cursor.match(/<<-?/y) === '<<-';
  const marker = cursor.identifier();
  if (marker === undefined || !cursor.acceptNewline()) {
    return cursor.fail(
      'Invalid expression',
      'Expected the start of an expression, but found an invalid expression token.',
    );
  }
  const lines: HclTemplatePart[][] = [];
  const closing = new RegExp(`[ \\t]*${marker}(?=[ \\t]*(?:\\r?\\n|$))`, 'y');
  while (cursor.match(closing) === undefined) {
    if (cursor.atEnd) {
      return cursor.fail('Unterminated template string', 'No closing marker was found for the string.', {
        start,
        end: cursor.position,
      });
    }
    const line = new PartList();
    while (!cursor.atEnd && !cursor.startsWith('\n')) readTemplatePiece(cursor, line);
    line.text(cursor.take(1));
    lines.push(line.parts);
  }
  if (flush) removeIndentation(lines);
  return lines.flat();
}

function readEscape(cursor: Cursor): string {
  const start = cursor.position;
  cursor.take(1);
  const code = cursor.match(/u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}/y);
  if (code !== undefined) return String.fromCodePoint(Number.parseInt(code.slice(1), 16));
  const selector = cursor.take(1);
  const escaped = simpleEscapes[selector];
  if (escaped === undefined) {
    return cursor.fail(
      'Invalid escape sequence',
      `The symbol "${selector}" is not a valid escape sequence selector.`,
      cursor.since(start),
    );
  }
  return escaped;
}

function readTemplatePiece(cursor: Cursor, parts: PartList): void {
  if (cursor.accept('$${')) parts.text('${');
  else if (cursor.accept('%%{')) parts.text('%{');
  else if (cursor.startsWith('${')) parts.interpolation(readInterpolation(cursor));
  else if (cursor.startsWith('%{')) {
    cursor.fail('Unsupported template directive', 'The sandbox knows no %{ ... } sequences.');
  } else parts.text(cursor.take((cursor.text.codePointAt(cursor.offset) ?? 0) > 0xffff ? 2 : 1));
}

/** Takes `${ ... }` as it is written, braces and strings inside it balanced. */
function readInterpolation(cursor: Cursor): string {
  const start = cursor.position;
  let source = cursor.take(2);
  for (let depth = 1; depth > 0; ) {
    const piece = cursor.match(/"(?:[^"\\\n]|\\.)*"|[^{}"\n]+|[{}]/y);
    if (piece === undefined) {
      return cursor.fail(
        'Unclosed template interpolation sequence',
        'There is no closing brace for this interpolation sequence before the end of the file. This might be caused ' +
          'by incorrect nesting inside the given expression.',
        cursor.since(start),
      );
    }
    if (piece === '{') depth += 1;
    if (piece === '}') depth -= 1;
    source += piece;
  }
  return source;
}

function removeIndentation(lines: HclTemplatePart[][]): void {
  const common = Math.min(...lines.flatMap((line) => indentation(line) ?? []));
  for (const line of lines) {
    const [first] = line;
    if (first !== undefined && 'text' in first && indentation(line) !== undefined) {
      line[0] = { text: first.text.slice(common) };
    }
  }
}

/** How far a heredoc's line is indented; undefined for a blank line, which has no say in what is common to all. */
function indentation(line: readonly HclTemplatePart[]): number | undefined {
  const [first] = line;
  if (first === undefined || 'interpolation' in first) return 0;
  const content = first.text.trimStart();
  return content === '' && line.length === 1 ? undefined : first.text.length - content.length;
}

class PartList {
  readonly parts: HclTemplatePart[] = [];

  text(text: string): void {
    const last = this.parts.at(-1);
    if (last !== undefined && 'text' in last) this.parts[this.parts.length - 1] = { text: last.text + text };
    else this.parts.push({ text });
  }

  interpolation(source: string): void {
    this.parts.push({ interpolation: source });
  }
}
