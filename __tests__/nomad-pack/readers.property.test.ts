import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ActionError } from '../../src/errors.ts';
import { explainFailure } from '../../src/nomad-pack/failures.ts';
import { readAssignments } from '../../src/nomad-pack/hcl-assignments.ts';
import { parseErrorBlocks, tail } from '../../src/nomad-pack/output.ts';
import { parseRunOutput } from '../../src/nomad-pack/run-output.ts';
import { parseStatusTable } from '../../src/nomad-pack/status-table.ts';
import { holds, textOf } from '../support/property.ts';

const LIMIT = 300_000;

const HCL_PIECES = [
  'a',
  'b = ',
  '= ',
  '"',
  '"x"',
  '\\"',
  '${',
  '}',
  '%{',
  '$${',
  '[',
  ']',
  '{',
  '(',
  ')',
  ',',
  '\n',
  '<<EOF\n',
  '<<-EOF\n',
  'EOF\n',
  '# c',
  '// c',
  '/*',
  '*/',
  '/',
  '<',
  '1',
  '1e5',
  '-',
  'true',
  'null',
  ' ',
  'é',
  '==',
  ':',
];

const OUTPUT_PIECES = [
  '! ',
  '! Failed To Process Pack',
  '\n',
  '!   Error: ',
  '!   Context:\n',
  '!     HCL Range: ',
  '0001-a.json:1,2-3',
  'web@v1/variables.hcl:3,1-2',
  '!   Details: ',
  '!     Pack Name: ',
  '!     Filename: ',
  '!     Position: ',
  'missing required variable: "x" (',
  ')',
  'no variable named "y"',
  'template: ',
  ':1:2: ',
  '1 error occurred:\n* ',
  'input.hcl:1,2: ',
  'Failed to parse job',
  'failed to load pack: ',
  'debug: x',
  'response code: 403',
  ' | ',
  '-+-',
  '\u001b[31m',
  '\u001b]8;;',
  "warning: Job 'x' ",
  'Evaluation ID: ',
  '"',
  '1',
];

test(
  'a text of HCL is read as far as it is understood',
  () => {
    holds('HCL', textOf(HCL_PIECES), (text) => {
      for (const { name, expression, line } of readAssignments(text)) {
        expect(text.split('\n')[line - 1]).toContain(name);
        expect(text).toContain(expression);
      }
    });
  },
  LIMIT,
);

test(
  'what is written as HCL is read as it was',
  () => {
    const values = fc.oneof(fc.integer(), fc.boolean(), fc.stringMatching(/^[a-z .,-]*$/), fc.array(fc.integer()));
    holds('HCL there and back', fc.dictionary(fc.stringMatching(/^[a-z_][a-z0-9_]{0,8}$/), values), (mapping) => {
      const text = Object.entries(mapping).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
      expect(readAssignments(text.join('\n'))).toEqual(
        Object.entries(mapping).map(([name, value], index) => ({
          name,
          expression: JSON.stringify(value),
          line: index + 1,
        })),
      );
    });
  },
  LIMIT,
);

test(
  'whatever nomad-pack prints is explained, or shown as it is',
  () => {
    const context = {
      command: 'nomad-pack run',
      files: [],
      locate: () => undefined,
      lineOf: () => undefined,
      declared: () => ['x', 'count'],
    };
    holds('error blocks', textOf(OUTPUT_PIECES), (text) => {
      for (const { title } of parseErrorBlocks(text)) expect(title).not.toBe('');
      const error = explainFailure({ output: text, exitCode: 1 }, context);
      expect(error).toBeInstanceOf(ActionError);
      expect(error.reason).not.toBe('internal');
      expect([error.message, error.hint].includes('')).toBe(false);
      tail(text);
    });
  },
  LIMIT,
);

test(
  'of what `run` prints, whatever is not understood is left out',
  () => {
    holds('run output', textOf(OUTPUT_PIECES), (text) => {
      expect(parseRunOutput(text)).toBeDefined();
    });
  },
  LIMIT,
);

test(
  'a table of `status` is rows, or an error of its own',
  () => {
    holds(
      'status table',
      textOf([
        ...OUTPUT_PIECES,
        'PACK NAME | REGISTRY NAME | DEPLOYMENT NAME | JOB NAME | STATUS\n',
        'a | b | c | d | running\n',
      ]),
      (text) => {
        try {
          expect(Array.isArray(parseStatusTable(text))).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(ActionError);
          expect((error as ActionError).reason).not.toBe('internal');
        }
      },
    );
  },
  LIMIT,
);

test.each<[string, (count: number) => string, (text: string) => unknown]>([
  ['assignments', (count) => 'a = "b"\n'.repeat(count), readAssignments],
  ['comments that are open', (count) => `a = [${'/* '.repeat(count)}`, readAssignments],
  ['heredocs that are open', (count) => `a = [${'<<E\n'.repeat(count)}`, readAssignments],
  ['brackets', (count) => `a = ${'['.repeat(count)}`, readAssignments],
  ['lines of a heredoc', (count) => `a = <<E\n${'   E x\n'.repeat(count)}`, readAssignments],
  ['digits', (count) => block('1'.repeat(4 * count)), explain],
  ['counts', (count) => block('1 errors occurred:'.repeat(count)), explain],
  ['places', (count) => `${block('x')}!   Context:\n!     HCL Range: ${'@a.hcl:1'.repeat(count)}`, explain],
  ['folders', (count) => `${block('x')}!   Context:\n!     HCL Range: ${'@/'.repeat(count)}`, explain],
  ['missing variables', (count) => block('missing required variable: "x" ('.repeat(count)), explain],
  ['positions', (count) => block(`Failed to parse job ${'input.hcl:1,1: '.repeat(count)}`), explain],
  ['spaces', (count) => block(`x${' '.repeat(10 * count)}y`), explain],
  ['blocks', (count) => block('x').repeat(count), explain],
])('%s are read in a time that grows as the text does', (_, make, read) => {
  const time = (text: string) => {
    const start = process.cpuUsage().user;
    read(text);
    return process.cpuUsage().user - start;
  };
  read(make(1000));
  const [little, much] = [time(make(1000)), time(make(20_000))];
  // What is linear takes 20 times as long, what is quadratic 400 times.
  expect(much).toBeLessThan(100 * Math.max(little, 5000));
});

function block(error: string): string {
  return `! Title\n!   Error: ${error}\n`;
}

function explain(text: string): ActionError {
  return explainFailure(
    { output: text, exitCode: 1 },
    { command: 'nomad-pack run', files: [], locate: () => undefined, lineOf: () => undefined, declared: () => ['x'] },
  );
}
