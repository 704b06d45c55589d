import { describe, expect, test } from '@jest/globals';
import { parseYaml, parseYamlMapping, YAML_LIMIT, YamlError } from '../../src/settings/yaml.ts';

describe('what the user wrote is what the pack gets', () => {
  test.each([
    ['1.10', '1.10'],
    ['1.1', 1.1],
    ['007', '007'],
    ['0', 0],
    ['-4.25', -4.25],
    ['-0', '-0'],
    ['1.0', '1.0'],
    ['1e3', '1e3'],
    ['0x10', '0x10'],
    ['.5', '.5'],
    ['12345678901234567890', '12345678901234567890'],
    ['9007199254740993', '9007199254740993'],
    ['9007199254740991', 9007199254740991],
    ['yes', 'yes'],
    ['off', 'off'],
    ['True', 'True'],
    ['true', true],
    ['false', false],
    ['2026-01-31', '2026-01-31'],
    ['"5"', '5'],
    ["'true'", 'true'],
    ['!!str 5', '5'],
    ['${HOME} %{ if }', '${HOME} %{ if }'],
    ['"say \\"hi\\""', 'say "hi"'],
    ['Grüße 🚀 日本', 'Grüße 🚀 日本'],
    ['.inf', '.inf'],
  ])('%s', (written, value) => {
    expect(parseYaml(`key: ${written}`)).toEqual({ key: value });
  });

  test('multi-line text keeps its lines, and the last one its end', () => {
    expect(parseYaml('key: |\n  one\n    two\n\n  three\n')).toEqual({ key: 'one\n  two\n\nthree\n' });
  });

  test('any depth', () => {
    expect(parseYaml('a:\n  b:\n    - c: [1, x]\n      d: {e: 1.50}\n')).toEqual({
      a: { b: [{ c: [1, 'x'], d: { e: '1.50' } }] },
    });
  });

  test('keys without a value are left out', () => {
    expect(parseYaml('a:\nb: ~\nc: null\nd: ""\ne: {f: null, g: 1}')).toEqual({ d: '', e: { g: 1 } });
  });

  test('anchors and merge keys are filled in', () => {
    expect(parseYaml('base: &base {cpu: 100}\nweb: {<<: *base, memory: 64}')).toEqual({
      base: { cpu: 100 },
      web: { cpu: 100, memory: 64 },
    });
  });

  test('a key called __proto__ is a key', () => {
    const value = parseYaml('__proto__: {polluted: 1}') as object;
    expect(Object.keys(value)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('mistakes are told with their line, and without the text, which may hold secrets', () => {
  test.each([
    ['an open list', 'ok: 1\nkey: [1, hunter2'],
    ['the same key twice', 'key: hunter2\nkey: 2'],
    ['an unknown alias', 'key: *hunter2'],
    ['an unknown tag', 'key: !hunter2 5'],
    ['two documents', 'key: hunter2\n---\nother: 1'],
    ['a list as a key', '? [hunter2]\n: 1'],
    ['a colon too many', 'key: hunter2: x'],
    ['a text on the line of a `|`', 'key: | hunter2 and more'],
    ['a text on the line of a `>`', 'key: >hunter2 and more'],
    ['a bracket that closes nothing', 'key: ] hunter2'],
  ])('%s', (_, text) => {
    const error = catchError(() => parseYaml(text));
    expect(error).toBeInstanceOf(YamlError);
    expect(error?.message).not.toContain('hunter2');
  });

  test.each([
    ['message: hello: world', 'line 1: a value with `: ` in it has to be quoted'],
    ['count: 3\n  message: hi', 'must not be indented more'],
    ['message: @here', 'line 1: a value that begins with a sign such as `@`, `%` or a backtick has to be quoted'],
    ['message: `date`', 'a backtick has to be quoted'],
    ['message: !!binary aGVsbG8=', 'line 1: `!!binary` is not a value of a variable'],
    ['message: !important', 'begins with `!` has to be quoted'],
    ['message: *all', 'quote it if it is meant as text'],
    ['message: &', 'has to be quoted'],
    ['<<: text', 'what follows `<<:` has to be a mapping'],
    ['count: 3\ncount: 4', 'line 2: this name is there already'],
    ['count: 3\n\tmessage: hi', 'line 2: it is indented with a tab; use spaces'],
    ['message: "hi', 'a quote or bracket is not closed'],
    ['ports: [1, 2', 'a bracket is not closed'],
    ["message: 'it's'", 'look at quotes'],
    ['path: "C:\\path"', 'use single quotes'],
    ['count: 3\nmessage', 'line 2: a quote or bracket is not closed, or a name has no `: ` after it'],
    ['count=3\nmessage: hi', 'line 1: a name has no `: ` after it'],
    ['count: {{ 3 }}', 'may have to be quoted'],
    ['a: 1\n---\nb: 2', 'drop the line `---`'],
    ['? [a]\n: !!set {}', 'line 1: '],
  ])('%j: what to do', (text, words) => {
    expect(catchError(() => parseYaml(text))?.message).toContain(words);
  });

  test('the line is counted from 1', () => {
    expect(catchError(() => parseYaml('a: 1\nb: 2\na: 3'))?.line).toBe(3);
  });

  test('something else than a mapping', () => {
    expect(() => parseYamlMapping('- a')).toThrow('it is a list, not names with values');
    expect(() => parseYamlMapping('text')).toThrow('it is a single value, not names with values');
    expect(parseYamlMapping('')).toEqual({});
    expect(parseYamlMapping('# nothing but a comment')).toEqual({});
  });
});

describe('texts that would take the memory are refused', () => {
  test('aliases of aliases', () => {
    const lines = ['a: &a [x,x,x,x,x,x,x,x,x,x]'];
    for (const [name, previous] of ['ba', 'cb', 'dc', 'ed', 'fe', 'gf', 'hg', 'ih'].map((pair) => [...pair])) {
      lines.push(`${name}: &${name} [${`*${previous},`.repeat(9)}*${previous}]`);
    }
    expect(() => parseYaml(lines.join('\n'))).toThrow('aliases');
  });

  test('a thousand lists in each other', () => {
    expect(() => parseYaml('['.repeat(100_000))).toThrow(YamlError);
  });

  test('a text larger than the limit', () => {
    expect(() => parseYaml(`a: ${'x'.repeat(YAML_LIMIT)}`)).toThrow('larger than 1024 KiB');
  });
});

function catchError(run: () => unknown): YamlError | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    return error as YamlError;
  }
}
