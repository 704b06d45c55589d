import { Cursor } from '../../hcl/cursor.ts';
import { type HclExpression, HclNumber, type HclObjectEntry } from '../../hcl/parse.ts';

/**
 * Reads JSON as an HCL expression, with the places of its parts. Its strings are taken literally: a `${` in them is text.
 *
 * @throws HclError
 */
export function parseJson(text: string, filename: string): HclExpression {
  const cursor = new Cursor(text, filename);
  const value = readValue(cursor);
  skip(cursor);
  if (!cursor.atEnd) cursor.fail('Extraneous data after value', 'Extra characters appear after the JSON value.');
  return value;
}

function readValue(cursor: Cursor): HclExpression {
  skip(cursor);
  const start = cursor.position;
  if (cursor.startsWith('{')) return readObject(cursor);
  if (cursor.startsWith('[')) return readArray(cursor);
  if (cursor.startsWith('"'))
    return { kind: 'template', parts: [{ text: readString(cursor) }], range: cursor.since(start) };
  const number = cursor.match(/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y);
  if (number !== undefined) return { kind: 'literal', value: new HclNumber(number), range: cursor.since(start) };
  const word = cursor.match(/[A-Za-z_]+/y);
  if (word === 'true' || word === 'false') {
    return { kind: 'literal', value: word === 'true', range: cursor.since(start) };
  }
  if (word === 'null') return { kind: 'literal', value: null, range: cursor.since(start) };
  if (word !== undefined) {
    return cursor.fail('Invalid JSON keyword', `"${word}" is not a valid JSON keyword.`, cursor.since(start));
  }
  return cursor.fail(
    'Invalid start of value',
    'A JSON value must start with a brace, a bracket, a number, a string, or a keyword.',
  );
}

function readObject(cursor: Cursor): HclExpression {
  const start = cursor.position;
  cursor.take(1);
  const entries: HclObjectEntry[] = [];
  for (skip(cursor); !cursor.accept('}'); skip(cursor)) {
    if (entries.length > 0) {
      if (!cursor.accept(',')) {
        cursor.fail(
          'Missing attribute separator',
          'A comma must appear between each property definition in an object.',
        );
      }
      skip(cursor);
      if (cursor.startsWith('}')) {
        cursor.fail(
          'Trailing comma in object',
          'JSON does not permit a trailing comma after the final property in an object.',
        );
      }
    }
    const keyStart = cursor.position;
    if (!cursor.startsWith('"')) {
      cursor.fail('Invalid object attribute name', 'A JSON object property name must be a string');
    }
    const key = readString(cursor);
    const keyRange = cursor.since(keyStart);
    skip(cursor);
    if (!cursor.accept(':')) {
      cursor.fail('Missing object value', "A colon must appear between an object property's name and its value.");
    }
    entries.push({ key, keyRange, value: readValue(cursor) });
  }
  return { kind: 'object', entries, range: cursor.since(start) };
}

function readArray(cursor: Cursor): HclExpression {
  const start = cursor.position;
  cursor.take(1);
  const items: HclExpression[] = [];
  for (skip(cursor); !cursor.accept(']'); skip(cursor)) {
    if (items.length > 0 && !cursor.accept(',')) {
      cursor.fail('Missing attribute separator', 'A comma must appear between each value in an array.');
    }
    items.push(readValue(cursor));
  }
  return { kind: 'list', items, range: cursor.since(start) };
}

function readString(cursor: Cursor): string {
  const start = cursor.position;
  const raw = cursor.match(/"(?:[^"\\\n]|\\.)*"/y);
  if (raw === undefined)
    return cursor.fail('Unterminated JSON string', 'There is a syntax error in the given JSON string.');
  try {
    return JSON.parse(raw) as string;
  } catch {
    return cursor.fail('Invalid JSON string', 'There is a syntax error in the given JSON string.', cursor.since(start));
  }
}

function skip(cursor: Cursor): void {
  cursor.match(/[ \t\r\n]+/y);
}
