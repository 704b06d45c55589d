import { describe, expect, test } from '@jest/globals';
import { readAssignments } from '../../src/nomad-pack/hcl-assignments.ts';

test('values of every kind are taken as they are written, with the line of their name', () => {
  const text = `# what all share
count = 3 # three
message="say \\"hi\\" # and $\${more} 100%" // no comment within
/* of
   two lines */
ratio  = -1.5e3
on = true
labels = {
  team = "shop" # }
  "a b" : [1, 2]
}
ports = [
  80, // ]
  /* ] */ 443,
]
motd = <<-EOT
  count = 4
  EOT
last = "x"`;
  expect(readAssignments(text)).toEqual([
    { name: 'count', expression: '3', line: 2 },
    { name: 'message', expression: '"say \\"hi\\" # and $${more} 100%"', line: 3 },
    { name: 'ratio', expression: '-1.5e3', line: 6 },
    { name: 'on', expression: 'true', line: 7 },
    { name: 'labels', expression: '{\n  team = "shop" # }\n  "a b" : [1, 2]\n}', line: 8 },
    { name: 'ports', expression: '[\n  80, // ]\n  /* ] */ 443,\n]', line: 12 },
    { name: 'last', expression: '"x"', line: 19 },
  ]);
});

test('lines may end as on Windows', () => {
  expect(readAssignments('a = 1\r\nb = <<X\r\none\r\nX\r\nc = 2\r\n').map(({ name }) => name)).toEqual(['a', 'c']);
});

describe('what is not known ends it, and what came before counts', () => {
  test.each([
    ['a computation', 'x = 1 + 2'],
    ['a computation of texts', 'x = "a" == "b"'],
    ['a text that is computed', 'x = "${1}"'],
    ['a function', 'x = upper("a")'],
    ['a variable', 'x = y'],
    ['a word that only begins like one', 'x = truely'],
    ['a comparison', 'x == 1'],
    ['the variable of a dependency', 'child.x = 1'],
    ['a block', 'x {\n}'],
    ['a list that is not closed', 'x = [1, 2'],
    ['a text that is not closed', 'x = "a\n'],
    ['a heredoc that is not closed', 'x = <<EOT\na\n'],
    ['a computed text in a list', 'x = ["${1}"]'],
    ['two on a line', 'x = 1 y = 2'],
    ['something after a list', 'x = [1][0]'],
    ['nothing', ''],
  ])('%s', (_, text) => {
    expect(readAssignments(`first = 1\n${text}\nlater = 2\n`).map(({ name }) => name)).toEqual(
      text === '' ? ['first', 'later'] : ['first'],
    );
  });
});

test('a long text takes no time', () => {
  expect(readAssignments(`a = [${'<<E\n'.repeat(200_000)}]`)).toEqual([]);
  const text = `a = [${'"x", '.repeat(50_000)}\n`;
  expect(readAssignments(text)).toEqual([]);
  expect(readAssignments(`${'/'.repeat(100_000)}\na = 1`)).toHaveLength(1);
  expect(readAssignments('a = 1\n'.repeat(100_000)).at(-1)?.line).toBe(100_000);
  expect(readAssignments(`${'\n'.repeat(1_000_000)}a = "${'x'.repeat(48_000)}"`)).toHaveLength(1);
  expect(readAssignments(`a = 1\n${' '.repeat(1024 * 1024)}`)).toEqual([]);
});
