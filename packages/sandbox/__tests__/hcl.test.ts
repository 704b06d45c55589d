import { describe, expect, test } from '@jest/globals';
import { evaluate, HclError, HclNumber, type HclValue, parseHcl } from '../hcl/parse.ts';

function valueIn(expression: string): HclValue {
  const attribute = parseHcl(`x = ${expression}\n`, 'test.hcl').attributes.get('x');
  if (attribute === undefined) throw new Error('no attribute');
  return evaluate(attribute.expression, 'test.hcl');
}

/** Maps and numbers as plain values, to compare them by sight. */
function plain(value: HclValue): unknown {
  if (value instanceof HclNumber) return { number: value.source };
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [key, plain(item)]));
  return Array.isArray(value) ? value.map(plain) : value;
}

describe('values', () => {
  test.each([
    ['"text"', 'text'],
    ['"a\\n\\t\\"b\\" \\u00e9"', 'a\n\t"b" é'],
    ['"$${kept} %%{kept}"', '${kept} %{kept}'],
    ['"${attr.kernel.name}-x"', '${attr.kernel.name}-x'],
    ['<<EOT\n  a\n    b\nEOT', '  a\n    b\n'],
    ['<<-EOT\n    a\n      b\n    EOT', 'a\n  b\n'],
    ['true', true],
    ['null', null],
    ['1.10', { number: '1.10' }],
    ['-12345678901234567890', { number: '-12345678901234567890' }],
    ['[1, "two",\n  [], # comment\n]', [{ number: '1' }, 'two', []]],
    ['{ a = 1, "b.c" : "d"\n e = { f = [] } }', { a: { number: '1' }, 'b.c': 'd', e: { f: [] } }],
    ['("x")', 'x'],
  ])('%s', (expression, expected) => {
    expect(plain(valueIn(expression))).toEqual(expected);
  });

  test('a call and a name are read, and have no value', () => {
    const body = parseHcl('type = list(object({ a = string, b = optional(number) }))\n', 'test.hcl');
    expect(body.attributes.get('type')?.expression).toMatchObject({ kind: 'call', name: 'list' });
    expect(() => valueIn('list(string)')).toThrow('Function calls not allowed; Functions may not be called here.');
    expect(() => valueIn('var.x')).toThrow('Variables not allowed; Variables may not be used here.');
  });
});

describe('blocks', () => {
  test('hold labels, arguments and further blocks', () => {
    const { blocks } = parseHcl('job "web" {\n  type = "batch" // why\n  group g { count = 2 }\n}\n', 'test.hcl');
    expect(blocks).toHaveLength(1);
    expect(blocks[0]).toMatchObject({ type: 'job', labels: ['web'] });
    const [group] = blocks[0]?.body.blocks ?? [];
    expect(group?.labels).toEqual(['g']);
    expect(group?.range).toEqual({ start: { line: 3, column: 3 }, end: { line: 3, column: 10 } });
  });
});

describe('mistakes are told in the words of HCL, with their place', () => {
  test.each([
    ['message = [\n', 'Missing expression', '2,1-1'],
    ['message = =\n', 'Invalid expression', '1,11-12'],
    ['a = 1 b = 2\n', 'Missing newline after argument', '1,7-8'],
    ['a = 1\na = 2\n', 'Attribute redefined', '2,1-2'],
    ['"a" = 1\n', 'Invalid argument name', '1,1-2'],
    ['a {\n', 'Unclosed configuration block', '1,3-4'],
    ['a b c\n', 'Invalid block definition', '1,6-2,1'],
    ['a = [1 2]\n', 'Missing item separator', '1,8-9'],
    ['a = "open\n', 'Invalid multi-line string', '1,10-2,1'],
    ['image_tag = \n', 'Invalid expression', '1,13-2,1'],
  ])('%j', (text, summary, place) => {
    let found: unknown;
    try {
      parseHcl(text, 'bad.hcl');
    } catch (error) {
      found = error;
    }
    expect(found).toBeInstanceOf(HclError);
    expect((found as HclError).message).toContain(`bad.hcl:${place}: ${summary}; `);
  });
});
