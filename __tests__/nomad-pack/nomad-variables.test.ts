import { expect, test } from '@jest/globals';
import { readNomadVariables } from '../../src/nomad-pack/nomad-variables.ts';
import { holds, textOf } from '../support/property.ts';

const PACK = `
# A comment with a nomad_variable "x" { in it
variable "a" {
  default = { path = "}", items = ["nomad_variable"] }
}

nomad_variable "conf" {
  path = "/nomad/jobs/web/" // slashes go
  items = {
    text = "a \\"q\\" \\u00e9 $\${x} %%{y}", port = 8080
    "quoted key" : true
    list = ["a", 1, { b = null }]
    lines = <<-EOT
      one
        two
    EOT
  }
}

nomad_variable computed {
  path      = "shared/x"
  namespace = "prod"
  items     = { sum = 1 + 2 }
}

nomad_variable "unknown" {
  path  = "a/\${b}"
  items = {}
}

nomad_variable "last" {
  path  = "last"
  items = {}
}
`;

test('what is written out is read as nomad-pack writes it; what is computed is not guessed', () => {
  expect(readNomadVariables(PACK)).toEqual([
    {
      name: 'conf',
      path: 'nomad/jobs/web',
      namespace: 'default',
      items: {
        text: 'a "q" é ${x} %{y}',
        port: '8080',
        'quoted key': 'true',
        list: '["a",1,{"b":null}]',
        lines: 'one\n  two\n',
      },
    },
    { name: 'computed', path: 'shared/x', namespace: 'prod', items: undefined },
    { name: 'last', path: 'last', namespace: 'default', items: {} },
  ]);
});

test.each(['', 'variable "a" {', 'nomad_variable "a" {', 'nomad_variable "a" {\n  path = "x"', '}', 'x = 1'])(
  'what is not whole is not read: %j',
  (text) => {
    expect(readNomadVariables(text).every(({ path }) => path === 'x')).toBe(true);
  },
);

test('any text is read, or not', () => {
  const pieces = [
    'nomad_variable "a" {',
    'path = ',
    '"x"',
    'items = {',
    '}',
    '\n',
    '[',
    ']',
    '"',
    '<<EOT\n',
    'EOT\n',
    '${',
    '/*',
    '#',
    ',',
    '1',
    '=',
    'a',
  ];
  holds('nomad_variable', textOf(pieces), (text) => {
    expect(Array.isArray(readNomadVariables(text))).toBe(true);
  });
}, 300_000);
