import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { changedDeployments } from '../../../src/settings/deployments/changes.ts';
import { entryInputs } from '../../../src/settings/deployments/entry-inputs.ts';
import { readDeploymentsFile } from '../../../src/settings/deployments/read.ts';
import { resolveDeployments } from '../../../src/settings/deployments/resolve.ts';
import { holds, textOf } from '../../support/property.ts';

const LIMIT = 300_000;

/** What a file is made of, and names that every object of JavaScript has. */
const PIECES = [
  ...['registries', 'defaults', 'environments', 'deployments', 'pack', 'needs', 'variables', 'state', 'name'],
  ...['web', 'constructor', 'toString', '__proto__', './web', 'acme/web', '${environment}', 'absent', 'true', '1.10'],
  ...[': ', ':\n  ', '\n', '\n  ', '\n    ', '{ ', ' }', '[', ']', ', ', '- ', '&x ', '*x', '<<: '],
];

test(
  'whatever the text, it is read or its problems are told with a place in it',
  () => {
    holds('deployments file', textOf(PIECES), (text) => {
      const read = readDeploymentsFile(text);
      if ('file' in read) return;
      expect(read.problems.length).toBeGreaterThan(0);
      const lines = text.split(/\r\n|[\n\r]/).length;
      for (const { message, line = 1, column = 1 } of read.problems) {
        expect(message).toMatch(/\.$/);
        expect(line).toBeGreaterThanOrEqual(1);
        expect(line).toBeLessThanOrEqual(lines + 1);
        expect(column).toBeGreaterThanOrEqual(1);
      }
    });
  },
  LIMIT,
);

const name = fc.constantFrom('a', 'b', 'constructor', 'toString', 'valueOf', 'c.d', 'e_f');
const place = fc.record(
  {
    namespace: fc.constantFrom('one', 'n-${environment}'),
    wait: fc.boolean(),
    variables: fc.dictionary(name, fc.jsonValue({ maxDepth: 2 })),
    variable_files: fc.array(fc.constantFrom('x.yaml', '${environment}.hcl')),
  },
  { requiredKeys: [] },
);

const file = fc.record({
  registries: fc.constant({ acme: { source: 'github.com/acme/packs' } }),
  defaults: place,
  environments: fc.dictionary(name, place, { minKeys: 1, maxKeys: 3 }),
  deployments: fc.dictionary(
    name,
    fc.record(
      {
        pack: fc.constantFrom('./web', 'acme/web'),
        needs: fc.array(name, { maxLength: 2 }),
        state: fc.constantFrom('present', 'absent'),
      },
      { requiredKeys: ['pack'] },
    ),
    { maxKeys: 4 },
  ),
});

test(
  'a file that is right has inputs for each deployment in each environment, and does not differ from itself',
  () => {
    let right = 0;
    holds(
      'deployments file, in whole',
      file,
      (value) => {
        const text = JSON.stringify(value);
        const read = readDeploymentsFile(text);
        if ('problems' in read) return;
        right += 1;
        for (const environment of Object.keys(value.environments)) {
          const deployments = resolveDeployments(read.file, environment);
          expect(deployments.map(({ key }) => key).sort()).toEqual(Object.keys(value.deployments).sort());
          for (const deployment of deployments) {
            const inputs = Object.values(entryInputs(read.file, deployment));
            for (const input of inputs) expect(input).toEqual(expect.any(String));
            expect(inputs.join('')).not.toContain('n-${environment}');
          }
          expect(changedDeployments(read.file, environment, { before: text, paths: [] })).toEqual(new Set());
        }
      },
      1_000,
    );
    expect(right).toBeGreaterThan(10);
  },
  LIMIT,
);
