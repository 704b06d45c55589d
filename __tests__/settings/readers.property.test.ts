import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { outlineJson } from '../../src/settings/json.ts';
import { decodeText } from '../../src/settings/variables.ts';
import { keyLines, parseYaml, parseYamlMapping, YamlError } from '../../src/settings/yaml.ts';
import { holds, textOf } from '../support/property.ts';

const LIMIT = 300_000;

const YAML_PIECES = [
  'a: ',
  'b:',
  '- ',
  '? ',
  ': ',
  '\n',
  '\n  ',
  '\n\n',
  '  ',
  '{',
  '}',
  '[',
  ']',
  ',',
  '"',
  "'",
  '|',
  '>',
  '|-\n',
  '&x ',
  '*x',
  '<<: ',
  '!t ',
  '!!str ',
  '#',
  '---\n',
  '...\n',
  '%YAML 1.2\n',
  '@',
  '`',
  '\\',
  '\\x',
  '1',
  '1.10',
  'true',
  'null',
  '~',
  '\t',
];

const JSON_PIECES = [
  '{',
  '}',
  '[',
  ']',
  ':',
  ',',
  '"a"',
  '"b":',
  '"',
  '\\"',
  '\\u0000',
  '\n',
  '1',
  '-',
  'true',
  'null',
  ' ',
];

test(
  'a text of YAML is a value, or an error of its own',
  () => {
    holds('YAML', textOf(YAML_PIECES), (text) => {
      try {
        JSON.stringify(parseYaml(text));
        parseYamlMapping(text);
      } catch (error) {
        expect(error).toBeInstanceOf(YamlError);
      }
      keyLines(text);
    });
  },
  LIMIT,
);

test(
  'what is written as YAML is read as it was',
  () => {
    const value = fc.dictionary(fc.stringMatching(/^[a-z_][a-z0-9_-]{0,8}$/), fc.string({ unit: 'grapheme' }));
    holds('YAML there and back', value, (mapping) => {
      const text = Object.entries(mapping)
        .map(([key, member]) => `"${key}": ${JSON.stringify(member)}`)
        .join('\n');
      expect(parseYamlMapping(text)).toEqual(mapping);
      expect([...keyLines(text)]).toEqual(Object.keys(mapping).map((key, index) => [key, index + 1]));
    });
  },
  LIMIT,
);

test(
  'the outline of a text never fails, and of JSON it names each name and the depth',
  () => {
    holds('outline of JSON', textOf(JSON_PIECES), (text) => {
      expect(outlineJson(text).depth).toBeGreaterThanOrEqual(0);
    });
    holds('outline of JSON, whole', fc.jsonValue({ maxDepth: 5 }), (value) => {
      const { lines, depth } = outlineJson(JSON.stringify(value, undefined, 1));
      expect(depth).toBe(depthOf(value));
      const names = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
      expect(new Set(lines.keys())).toEqual(new Set(names));
    });
  },
  LIMIT,
);

test(
  'bytes are a text, or refused',
  () => {
    holds('bytes', fc.uint8Array({ maxLength: 64 }), (bytes) => {
      try {
        expect(Buffer.from(decodeText(bytes))).toEqual(Buffer.from(bytes.slice(hasMark(bytes) ? 3 : 0)));
      } catch (error) {
        // The decoder is of another realm than this test.
        expect((error as Error).name).toBe('TypeError');
      }
    });
  },
  LIMIT,
);

test.each<[string, (count: number) => string, (text: string) => unknown]>([
  ['names of YAML', (count) => lines(count, (index) => `key${index}: ${index}`), parseYaml],
  ['names of YAML in braces', (count) => `{${lines(count, (index) => `key${index}: ${index},`)}}`, parseYaml],
  ['lines of YAML’s names', (count) => lines(count, (index) => `key${index}: ${index}`), keyLines],
  ['names of JSON', (count) => `{${lines(count, (index) => `"key${index}": ${index},`)}}`, (text) => outlineJson(text)],
  ['quotes of JSON', (count) => '"'.repeat(20 * count), (text) => outlineJson(text)],
  ['backslashes of JSON', (count) => `"${'\\'.repeat(20 * count)}`, (text) => outlineJson(text)],
])('%s are read in a time that grows as the text does', (_, make, read) => {
  const time = (text: string) => {
    const start = process.cpuUsage().user;
    read(text);
    return process.cpuUsage().user - start;
  };
  read(make(2000));
  const [little, much] = [time(make(2000)), time(make(40_000))];
  // What is linear takes 20 times as long, what is quadratic 400 times.
  expect(much).toBeLessThan(100 * Math.max(little, 5000));
});

function lines(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('\n');
}

function hasMark([first, second, third]: Uint8Array): boolean {
  return first === 0xef && second === 0xbb && third === 0xbf;
}

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}
