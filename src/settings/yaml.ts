import type { ErrorCode, ScalarTag } from 'yaml';
import { type Document, isMap, isScalar, LineCounter, parseDocument, type Scalar, visit } from 'yaml';
import type { VariableValue } from './settings.ts';

/** Much more than variables need, little enough to be read at once. */
export const YAML_LIMIT = 1024 * 1024;

/** Many times what variables have; what reads, redacts or writes a value goes down it level by level. */
export const DEEPEST = 200;

/** What is wrong with a text of YAML. The message tells the place and repeats nothing of the text: it may hold secrets. */
export class YamlError extends Error {
  override readonly name = 'YamlError';
  /** The message without the place. */
  readonly words: string;
  /** 1-based. */
  readonly line: number | undefined;

  constructor(words: string, line?: number) {
    super(line === undefined ? words : `line ${line}: ${words}`);
    this.words = words;
    this.line = line;
  }
}

/**
 * The only plain scalars that are not text: what the user wrote is what the pack gets, and `1.10`, `007`, `yes` or a number too
 * long for a double would become something else. A number counts as one only in the form that JSON would print it in.
 */
const tags: ScalarTag[] = [
  { tag: 'tag:yaml.org,2002:null', default: true, test: /^(?:null|~)?$/, resolve: () => null },
  { tag: 'tag:yaml.org,2002:bool', default: true, test: /^(?:true|false)$/, resolve: (text) => text === 'true' },
  {
    tag: 'tag:yaml.org,2002:float',
    default: true,
    test: /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/,
    resolve: (text) => (String(Number(text)) === text ? Number(text) : text),
  },
];

/**
 * What is wrong, for the mistakes that people make: the library's own words tell of its grammar, and some repeat the text, which may be a
 * secret.
 */
const MISTAKES: Partial<Record<ErrorCode, string>> = {
  BAD_ALIAS: 'a value that begins with `*` or `&` has to be quoted',
  BAD_DQ_ESCAPE: 'a `\\` in double quotes begins an escape that does not exist; use single quotes',
  BAD_INDENT: 'it is not indented like the lines above, or a bracket is not closed',
  BAD_SCALAR_START: 'a value that begins with a sign such as `@`, `%` or a backtick has to be quoted',
  BLOCK_AS_IMPLICIT_KEY:
    'a value with `: ` in it has to be quoted, and the next line must not be indented more than this one',
  MISSING_CHAR: 'a quote or bracket is not closed, or a name has no `: ` after it',
  MULTILINE_IMPLICIT_KEY: 'a name has no `: ` after it',
  MULTIPLE_DOCS: 'a second document begins; drop the line `---`',
  NON_STRING_KEY: 'a name is not text; a value with `{` in it may have to be quoted',
  TAB_AS_INDENT: 'it is indented with a tab; use spaces',
  TAG_RESOLVE_FAILED: 'a value that begins with `!` has to be quoted',
  UNEXPECTED_TOKEN: 'there is more where a value should have ended: look at quotes, brackets and the indentation',
};

const TOO_DEEP = `it is nested more than ${DEEPEST} levels deep`;

/** A text of YAML, taken apart. */
export interface ComposedYaml {
  /** Where each name and value is. */
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
  readonly value: VariableValue;
}

/**
 * The value of a YAML text. Keys without a value (null) are left out.
 *
 * @throws YamlError when the text is not YAML, is nested deeper than `DEEPEST`, is larger than `YAML_LIMIT`, or expands to more than aliases should.
 */
export function parseYaml(text: string): VariableValue {
  return composeYaml(text).value;
}

/**
 * As `parseYaml`, for who wants to know where things are.
 *
 * @throws YamlError
 */
export function composeYaml(text: string): ComposedYaml {
  if (text.length > YAML_LIMIT) throw new YamlError(`it is larger than ${YAML_LIMIT / 1024} KiB`);
  try {
    const lines = new LineCounter();
    const document = parseDocument(text, {
      schema: 'failsafe',
      customTags: (base) => [...base, ...tags],
      stringKeys: true,
      merge: true,
      lineCounter: lines,
      // The library compares each name with all others; `refuseRepeatedKeys` looks each one up.
      uniqueKeys: false,
    });
    const problem = document.errors[0] ?? document.warnings[0];
    // The library catches what overflows while it composes, and tells it in the engine's words.
    if (/call stack/.test(problem?.message ?? '')) throw new YamlError(TOO_DEEP);
    if (problem !== undefined)
      throw new YamlError(MISTAKES[problem.code] ?? 'this is not YAML', problem.linePos?.[0].line);
    refuseRepeatedKeys(document, lines);
    refuseBytes(document, lines);
    return { document, lines, value: withoutNulls(document.toJS({ maxAliasCount: 100 })) };
  } catch (error) {
    if (error instanceof YamlError) throw error;
    if (error instanceof RangeError) throw new YamlError(TOO_DEEP);
    // The library's words for an alias that has no anchor, and for a "billion laughs".
    if (error instanceof ReferenceError)
      throw new YamlError(
        /unresolved/i.test(error.message)
          ? 'a value begins with `*` and names no anchor; quote it if it is meant as text'
          : 'its aliases expand to too much',
      );
    if (error instanceof Error && error.message.startsWith('Merge sources'))
      throw new YamlError('what follows `<<:` has to be a mapping, or an alias of one');
    throw error;
  }
}

/**
 * The value of a YAML text that must be a mapping; an empty text is an empty mapping.
 *
 * @throws YamlError as `parseYaml` does, and when the text is something else.
 */
export function parseYamlMapping(text: string): Record<string, VariableValue> {
  const value = parseYaml(text);
  if (value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value))
    throw new YamlError(
      `it is ${Array.isArray(value) ? 'a list' : 'a single value'}, not names with values, like \`count: 3\``,
    );
  return value as Record<string, VariableValue>;
}

/** What the library makes of `!!binary` is bytes, which no variable can be. @throws YamlError */
function refuseBytes(document: Document.Parsed, lines: LineCounter): void {
  visit(document, {
    Scalar: (_, { value, range }) => {
      if (value instanceof Uint8Array)
        throw new YamlError(
          '`!!binary` is not a value of a variable; write it as text',
          range ? lines.linePos(range[0]).line : undefined,
        );
    },
  });
}

/** @throws YamlError */
function refuseRepeatedKeys(document: Document.Parsed, lines: LineCounter): void {
  visit(document, {
    Map: (_, { items }) => {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        const { value, range } = key as Scalar.Parsed;
        if (seen.has(value)) throw new YamlError('this name is there already', lines.linePos(range[0]).line);
        seen.add(value);
      }
    },
  });
}

/**
 * The line of each key of a mapping, 1-based, in a text of YAML. Keys that an anchor brings in have none, and a text that is not a
 * mapping has no keys.
 */
export function keyLines(text: string): Map<string, number> {
  const lines = new LineCounter();
  const { contents } = parseDocument(text, { schema: 'failsafe', lineCounter: lines, uniqueKeys: false });
  const items = isMap(contents) ? contents.items : [];
  return new Map(
    items.flatMap(({ key }) =>
      isScalar(key) && key.range ? [[String(key.value), lines.linePos(key.range[0]).line] as const] : [],
    ),
  );
}

function withoutNulls(value: unknown, depth = 0): VariableValue {
  if (depth > DEEPEST) throw new YamlError(TOO_DEEP);
  if (Array.isArray(value)) return value.map((member) => withoutNulls(member, depth + 1));
  if (typeof value !== 'object' || value === null) return value as VariableValue;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null)
      .map(([key, member]) => [key, withoutNulls(member, depth + 1)]),
  );
}
