import { expect, test } from '@jest/globals';
import { withoutValues } from '../../src/nomad-pack/plan-output.ts';

const disclose = withoutValues(new Set(['old "value"', 'host=db\n  password=x']), JSON.stringify);

test.each([
  ['  +/- Env[A]: "old \\"value\\"" => "new"', '  +/- Env[A]: "***" => "new"'],
  ['  - Env[A]:   "old \\"value\\""', '  - Env[A]:   "***"'],
  ['+ Env[A]: "old \\"value\\""', '+ Env[A]: "***"'],
  ['    -   password=x', '    - ***'],
  ['    + host=db', '    + ***'],
  ['      args[0]: "-c"', '      args[0]: "-c"'],
  ['+/- Env[B]: "a" => "b"', '+/- Env[B]: "a" => "b"'],
  ['Plan succeeded', 'Plan succeeded'],
])('%j becomes %j', (line, shown) => {
  expect(disclose(line)).toBe(shown);
});
