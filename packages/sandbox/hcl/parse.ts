import { Cursor } from './cursor.ts';
import {
  formatRange,
  type HclAttribute,
  type HclBlock,
  type HclBody,
  type HclExpression,
  HclNumber,
  type HclObjectEntry,
  type HclRange,
} from './syntax.ts';
import { readHeredoc, readQuoted } from './template.ts';

export { evaluate, type HclScope } from './evaluate.ts';
export * from './syntax.ts';

/**
 * Parses HCL2 as far as packs and job specifications use it: attributes, blocks, literals, strings, heredocs, lists,
 * objects, calls and references. Operators and `for` expressions are refused by name rather than guessed at.
 *
 * @throws HclError with HCL's own words where the text is no HCL.
 */
export function parseHcl(text: string, filename: string): HclBody {
  return readBody(new Cursor(text, filename), undefined);
}

/**
 * Parses a text that is one expression.
 *
 * @throws HclError in HCL's own words where it is not HCL.
 */
export function parseHclExpression(text: string, filename: string): HclExpression {
  const cursor = new Cursor(text, filename);
  const expression = readExpression(cursor, false);
  cursor.skipBlanks(true);
  if (!cursor.atEnd) {
    cursor.fail(
      'Extra characters after expression',
      'An expression was successfully parsed, but extra characters were found after it.',
    );
  }
  return expression;
}

/**
 * Parses a text that is the inside of an object: entries as in `redis.port = 6379`.
 *
 * @throws HclError in HCL's own words where it is not HCL.
 */
export function parseHclEntries(text: string, filename: string): HclObjectEntry[] {
  const start = { line: 1, column: 1 };
  return readEntries(new Cursor(`${text}\n}`, filename), { start, end: start });
}

function readBody(cursor: Cursor, opened: HclRange | undefined): HclBody {
  const attributes = new Map<string, HclAttribute>();
  const blocks: HclBlock[] = [];
  for (;;) {
    cursor.skipBlanks(true);
    if (opened !== undefined && cursor.accept('}')) return { attributes, blocks };
    if (cursor.atEnd) {
      if (opened === undefined) return { attributes, blocks };
      cursor.fail(
        'Unclosed configuration block',
        'There is no closing brace for this block before the end of the file. This may be caused by incorrect brace ' +
          'nesting elsewhere in this file.',
        opened,
      );
    }
    readItem(cursor, attributes, blocks);
  }
}

function readItem(cursor: Cursor, attributes: Map<string, HclAttribute>, blocks: HclBlock[]): void {
  if (cursor.startsWith('"')) cursor.fail('Invalid argument name', 'Argument names must not be quoted.');
  const start = cursor.position;
  const name = cursor.identifier();
  if (name === undefined) {
    cursor.fail('Argument or block definition required', 'An argument or block definition is required here.');
  }
  const nameRange = cursor.since(start);
  cursor.skipBlanks(false);
  if (!cursor.startsWith('=') || cursor.startsWith('==')) {
    blocks.push(readBlock(cursor, name, nameRange));
    return;
  }
  cursor.take(1);
  const attribute = readAttribute(cursor, name, nameRange);
  const earlier = attributes.get(name);
  if (earlier !== undefined) {
    const place = `${cursor.filename}:${formatRange(earlier.nameRange)}`;
    const detail = `The argument "${name}" was already set at ${place}. Each argument may be set only once.`;
    cursor.fail('Attribute redefined', detail, nameRange);
  }
  attributes.set(name, attribute);
}

function readAttribute(cursor: Cursor, name: string, nameRange: HclRange): HclAttribute {
  const expression = readExpression(cursor, false);
  const range = cursor.since(nameRange.start);
  cursor.skipBlanks(false);
  // A closing brace ends the one argument of a one-line block.
  if (!cursor.atEnd && !cursor.startsWith('}') && !cursor.acceptNewline()) {
    cursor.fail('Missing newline after argument', 'An argument definition must end with a newline.');
  }
  return { name, nameRange, expression, range };
}

function readBlock(cursor: Cursor, type: string, typeRange: HclRange): HclBlock {
  const labels: string[] = [];
  let range = typeRange;
  while (!cursor.startsWith('{')) {
    labels.push(readLabel(cursor));
    range = cursor.since(typeRange.start);
    cursor.skipBlanks(false);
  }
  const opening = cursor.nextToken();
  cursor.take(1);
  const body = readBody(cursor, opening);
  const { line, column } = cursor.position;
  cursor.skipBlanks(false);
  if (!cursor.atEnd && !cursor.startsWith('}') && !cursor.acceptNewline()) {
    cursor.fail('Missing newline after block definition', 'A block definition must end with a newline.');
  }
  return { type, typeRange, labels, body, range, closing: { line, column: column - 1 } };
}

function readLabel(cursor: Cursor): string {
  if (cursor.startsWith('"')) {
    return readQuoted(cursor)
      .map((part) => ('text' in part ? part.text : part.interpolation))
      .join('');
  }
  const label = cursor.identifier();
  if (label !== undefined) return label;
  if (cursor.atEnd || cursor.startsWith('\n') || cursor.startsWith('\r\n')) {
    return cursor.fail(
      'Invalid block definition',
      'A block definition must have block content delimited by "{" and "}", starting on the same line as the block ' +
        'header.',
    );
  }
  return cursor.fail(
    'Invalid block definition',
    'Either a quoted string block label or an opening brace ("{") is expected here.',
  );
}

/** Reads an expression; inside brackets a line end is as good as a blank. */
function readExpression(cursor: Cursor, insideBrackets: boolean): HclExpression {
  cursor.skipBlanks(insideBrackets);
  const term = readTerm(cursor);
  const end = cursor.position;
  const lookahead = new RegExp(
    `[ \\t${insideBrackets ? '\\r\\n' : ''}]*(?:[-+*%<>?]|==|!=|&&|\\|\\||\\/(?![/*]))`,
    'y',
  );
  lookahead.lastIndex = cursor.offset;
  if (lookahead.test(cursor.text)) {
    cursor.fail('Unsupported operator', 'The sandbox reads values, it does not compute them.', { start: end, end });
  }
  return term;
}

function readTerm(cursor: Cursor): HclExpression {
  const start = cursor.position;
  if (cursor.startsWith('"')) return { kind: 'template', parts: readQuoted(cursor), range: cursor.since(start) };
  if (cursor.startsWith('<<')) return { kind: 'template', parts: readHeredoc(cursor), range: cursor.since(start) };
  if (cursor.startsWith('[')) return readList(cursor);
  if (cursor.startsWith('{')) return readObject(cursor);
  if (cursor.accept('(')) {
    const inner = readExpression(cursor, true);
    cursor.skipBlanks(true);
    if (!cursor.accept(')')) {
      cursor.fail('Unbalanced parentheses', 'Expected a closing parenthesis to terminate the expression.');
    }
    return inner;
  }
  const minus = cursor.match(/-[ \t]*(?=\d)/y) === undefined ? '' : '-';
  const number = cursor.number();
  if (number !== undefined) {
    return { kind: 'literal', value: new HclNumber(minus + number), range: cursor.since(start) };
  }
  const name = cursor.identifier();
  if (name !== undefined) return readNamed(cursor, name, start);
  if (cursor.atEnd) {
    return cursor.fail('Missing expression', 'Expected the start of an expression, but found the end of the file.');
  }
  return cursor.fail(
    'Invalid expression',
    'Expected the start of an expression, but found an invalid expression token.',
  );
}

function readNamed(cursor: Cursor, name: string, start: HclRange['start']): HclExpression {
  const opened = cursor.nextToken();
  if (cursor.accept('(')) {
    const items = readItems(cursor, ')', opened);
    return { kind: 'call', name, arguments: items, range: cursor.since(start) };
  }
  if (name === 'true' || name === 'false') {
    return { kind: 'literal', value: name === 'true', range: cursor.since(start) };
  }
  if (name === 'null') return { kind: 'literal', value: null, range: cursor.since(start) };
  const rest = cursor.match(/(?:\.[\p{ID_Continue}*-]+|\[[^\]\n]*\])+/uy) ?? '';
  return { kind: 'reference', path: name + rest, range: cursor.since(start) };
}

function readList(cursor: Cursor): HclExpression {
  const start = cursor.position;
  const opened = cursor.nextToken();
  cursor.take(1);
  return { kind: 'list', items: readItems(cursor, ']', opened), range: cursor.since(start) };
}

function readItems(cursor: Cursor, close: ']' | ')', opened: HclRange): HclExpression[] {
  const items: HclExpression[] = [];
  for (;;) {
    cursor.skipBlanks(true);
    if (cursor.accept(close)) return items;
    items.push(readExpression(cursor, true));
    cursor.skipBlanks(true);
    if (cursor.accept(close)) return items;
    if (cursor.atEnd && close === ']') {
      cursor.fail(
        'Unterminated tuple constructor expression',
        'There is no corresponding closing bracket before the end of the file. This may be caused by incorrect bracket ' +
          'nesting elsewhere in this file.',
        opened,
      );
    }
    if (!cursor.accept(',')) {
      cursor.fail('Missing item separator', 'Expected a comma to mark the beginning of the next item.');
    }
  }
}

function readObject(cursor: Cursor): HclExpression {
  const start = cursor.position;
  const opened = cursor.nextToken();
  cursor.take(1);
  return { kind: 'object', entries: readEntries(cursor, opened), range: cursor.since(start) };
}

/** Reads an object's entries up to its closing brace. */
function readEntries(cursor: Cursor, opened: HclRange): HclObjectEntry[] {
  const entries: HclObjectEntry[] = [];
  for (;;) {
    cursor.skipBlanks(true);
    if (cursor.accept('}')) return entries;
    const keyStart = cursor.position;
    const key = readKey(cursor);
    const keyRange = cursor.since(keyStart);
    cursor.skipBlanks(false);
    if (!cursor.accept('=') && !cursor.accept(':')) {
      if (cursor.atEnd || cursor.startsWith('\n') || cursor.startsWith('\r\n')) {
        cursor.fail('Missing attribute value', 'Expected an attribute value, introduced by an equals sign ("=").');
      }
      const detail = 'Expected an equals sign ("=") to mark the beginning of the attribute value.';
      cursor.fail('Missing key/value separator', detail);
    }
    entries.push({ key, keyRange, value: readExpression(cursor, false) });
    cursor.skipBlanks(false);
    if (cursor.startsWith('}') || cursor.accept(',') || cursor.acceptNewline()) continue;
    if (cursor.atEnd) {
      cursor.fail(
        'Unterminated object constructor expression',
        'There is no corresponding closing brace before the end of the file. This may be caused by incorrect brace ' +
          'nesting elsewhere in this file.',
        opened,
      );
    }
    cursor.fail(
      'Missing attribute separator',
      'Expected a newline or comma to mark the beginning of the next attribute.',
    );
  }
}

function readKey(cursor: Cursor): string {
  const key = readTerm(cursor);
  if (key.kind === 'reference') return key.path;
  if (key.kind === 'literal') return String(key.value);
  if (key.kind === 'template' && key.parts.every((part) => 'text' in part)) {
    return key.parts.map((part) => ('text' in part ? part.text : '')).join('');
  }
  return cursor.fail('Unsupported key', 'The sandbox reads names and strings as keys.', key.range);
}
