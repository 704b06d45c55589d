import { describe, expect, test } from '@jest/globals';
import { explainFailure } from '../../src/nomad-pack/failures.ts';
import { isDebugLine, parseErrorBlocks, tail } from '../../src/nomad-pack/output.ts';
import type { PreparedFile } from '../../src/nomad-pack/variable-files.ts';

function block(title: string, error: string, context: Record<string, string> = {}): string {
  const pairs = Object.entries(context).map(([key, value]) => `!     ${key}: ${value}`);
  return [`! ${title}`, `!   Error: ${error}`, '!   Context:', ...pairs, ''].join('\n');
}

describe('error blocks', () => {
  test('of several lines, in colour, after other words', () => {
    const output = `  Evaluation ID: x
\u001b[31m! Failed To Register Job\u001b[0m
!   Error: Unexpected response code: 500 (1 error occurred:
  \t* job "web" is wrong)
!   Context:
!          Pack Name: web
!       Template Name: web/templates/web.nomad.tpl
!     Deployment Name:${' '}
! Second
!   Error: other
`;
    expect(parseErrorBlocks(output)).toEqual([
      {
        title: 'Failed To Register Job',
        error: 'Unexpected response code: 500 (job "web" is wrong)',
        isCounted: true,
        context: { 'Pack Name': 'web', 'Template Name': 'web/templates/web.nomad.tpl', 'Deployment Name': '' },
      },
      { title: 'Second', error: 'other', isCounted: false, context: {} },
    ]);
  });

  test('begin in the line that ends the plan of the job before', () => {
    const output = `another user has modified the job and the plan's results are
potentially invalid.! Failed To Perform Plan
!   Error: Put "http://nomad:4646/v1/job/web/plan": connection reset by peer
`;
    expect(parseErrorBlocks(output)).toEqual([
      {
        title: 'Failed To Perform Plan',
        error: 'Put "http://nomad:4646/v1/job/web/plan": connection reset by peer',
        isCounted: false,
        context: {},
      },
    ]);
  });

  test('are not made of what is not one', () => {
    expect(parseErrorBlocks('!important\n  ! no\nwarning: x\n!   Error: no title\n')).toEqual([]);
    expect(parseErrorBlocks('')).toEqual([]);
  });

  test('the end of an output is without tracing and empty lines', () => {
    expect(tail('one\n\ndebug: x\n  temp directory deleted\ntwo\nthree', 2)).toBe('two\nthree');
    expect(isDebugLine('debugging: x')).toBe(false);
  });
});

const files: PreparedFile[] = [
  { name: '0001-prod.hcl', origin: 'vars/prod.hcl', sameLinesAs: 'vars/prod.hcl', variables: [] },
  { name: '0002-variables.json', origin: 'variables', variables: ['', 'count', 'message'] },
];

function explain(output: string, exitCode = 1) {
  const locate = (file: string) => (file.startsWith('web/') ? `packs/${file}` : undefined);
  return explainFailure(
    { output, exitCode },
    {
      command: 'nomad-pack run',
      files,
      locate,
      lineOf: () => undefined,
      declared: () => ['message', 'labels', 'count'],
    },
  );
}

const typeError = "This variable value is not compatible with the variable's type constraint: a number is required.";

describe('of mistakes in variables nomad-pack tells all at once', () => {
  test('those that are missing, with what they are for', () => {
    const { reason, message, hint } = explain(
      block('Failed To Process Pack', 'missing required variable: "first"', { 'Pack Name': 'web' }) +
        block('Failed To Process Pack', 'missing required variable: "second" (What (comes)\n  next)', {
          'Pack Name': 'db',
        }),
    );
    expect([reason, message]).toEqual([
      'variable-missing',
      'Pack `web` needs the variable `first`, which has no default.\nPack `db` needs the variable `second` (What (comes) next), which has no default.',
    ]);
    expect(hint).toContain('Set `first`, `second` in');
  });

  test('those that the pack does not have, at the place of the first', () => {
    const undeclared = (name: string, range: string) =>
      block('Failed To Process Pack', `There is no variable named "${name}". An ...`, {
        'HCL Range': range,
        'Pack Name': 'web',
      });
    const error = explain(
      undeclared('cuont', '0001-prod.hcl:3,1-4') + undeclared('mesage', '0002-variables.json:2,1-4'),
    );
    expect([error.reason, error.message]).toEqual([
      'variable-undeclared',
      'Pack `web` has no variable `cuont`, which is set in `vars/prod.hcl`, line 3; did you mean `count`?\nPack `web` has no variable `mesage`, which is set in `variables`; did you mean `message`?',
    ]);
    expect(error.hint).toContain('or drop `cuont`, `mesage`. The pack has `count`, ');
    expect(error.location).toEqual({ file: 'vars/prod.hcl', line: 3 });
  });
});

describe('a failure', () => {
  test.each<[string, string, string, string]>([
    [
      'names of jobs and packs are not looked into',
      block(
        'Failed Job Conflict Validation',
        'job with id "certificate-403" already exists and is part of deployment "x509:"',
      ),
      'job-conflict',
      'certificate-403',
    ],
    [
      'nor are names of folders',
      block('Failed To Find Pack', 'stat /tls:/certificate@latest: no such file', { 'Pack Name': 'certificate' }),
      'pack-not-found',
      '`certificate`',
    ],
    [
      'a job that is not nomad-pack’s',
      block('Failed Job Conflict Validation', 'job with id "web" already exists and is not managed by nomad pack'),
      'job-conflict',
      'not managed',
    ],
    [
      'a dependency that is not vendored',
      block(
        'Failed To Process Pack',
        'failed to load pack dependency: failed to load dependent pack: stat /x/web@v1/deps/redis: no such file or directory',
        { 'Pack Name': 'web' },
      ),
      'pack-invalid',
      'The pack `web` depends on `redis`, which is not in its folder `deps/`',
    ],
    [
      'the line of a user’s file is named',
      block('Failed To Process Pack', 'There is no variable named "x". An override ...', {
        'HCL Range': '0001-prod.hcl:3,1-4',
        'Pack Name': 'web',
      }),
      'variable-undeclared',
      'which is set in `vars/prod.hcl`, line 3.',
    ],
    [
      'the input is named where the file is ours',
      block('Failed To Process Pack', 'There is no variable named "count".', {
        'HCL Range': '/private/0002-variables.json:2,1-9',
        'Pack Name': 'web',
      }),
      'variable-undeclared',
      'which is set in `variables`; did you mean `count`?',
    ],
    [
      'the variable of a wrong type is named',
      block('Failed To Process Pack', typeError, { 'HCL Range': '0002-variables.json:3,1-9', 'Pack Name': 'web' }),
      'variable-type',
      'The variable `message` of pack `web` in `variables` has a value of the wrong type: a number is required.',
    ],
    // In the words of `render` and, in 0.4.2, of `run`.
    ...['no templates were rendered by the renderer process run', 'no parsed templates found'].map(
      (words): [string, string, string, string] => [
        `a pack without a job: ${words}`,
        block('Any Title', words, { 'Pack Name': 'web' }),
        'job-specification',
        'The pack `web` renders to no job',
      ],
    ),
    [
      'a file that is no HCL',
      block('Failed To Process Pack', 'Expected the start of an expression', { 'HCL Range': '0001-prod.hcl:1,2-3' }),
      'variable-file',
      'The variables in `vars/prod.hcl`, line 1 cannot be read',
    ],
    [
      'TLS',
      block('Failed To Parse', 'Put "https://n": tls: failed to verify certificate: x509: unknown authority'),
      'nomad-tls',
      'TLS',
    ],
    [
      'a socket',
      block('Failed To Parse', 'dial unix /run/n.sock: no such file'),
      'nomad-unreachable',
      'could not reach',
    ],
    [
      'metadata that cannot be read',
      block(
        'Failed To Process Pack',
        'failed to load pack: failed to decode metadata.hcl: metadata.hcl:4,6-7: Unclosed configuration block; There is no closing brace.',
        { 'Pack Name': 'web' },
      ),
      'pack-invalid',
      'The metadata.hcl of pack `web` is wrong in line 4: Unclosed configuration block; There is no closing brace.',
    ],
    [
      'metadata of a dependency',
      block(
        'Failed To Process Pack',
        'failed to load pack dependency: failed to validate dependent pack: app is uninitialized',
        {
          'Pack Name': 'web',
        },
      ),
      'pack-invalid',
      'The metadata.hcl of a pack in the folder `deps/` that `web` depends on has no block `app`',
    ],
    [
      'the declaration of a variable',
      block('Failed To Process Pack', 'The keyword "nmber" is not a valid type specification.', {
        'HCL Range': '/x/.cache/nomad/packs/lab/release!_1/web@release!_1/variables.hcl:2,10-15',
        'Pack Name': 'web',
      }),
      'pack-invalid',
      'The variables.hcl of pack `web` is wrong in line 2: The keyword "nmber" is not',
    ],
    ['anything else', block('New Title', 'new words'), 'nomad-pack-failed', 'New Title: new words'],
    ['nothing', 'some words\n', 'output-not-understood', 'exit code 1 and said nothing'],
    ['a title alone', '! Title\n', 'output-not-understood', '! Title'],
    [
      'errors that are counted',
      block('Failed To Register Job', 'Unexpected response code: 500 (2 errors occurred:\n  \t* one\n  \t* two)'),
      'job-specification',
      'Nomad refuses the job of pack `the pack`: one\n* two',
    ],
  ])('%s', (_, output, reason, words) => {
    const error = explain(output);
    expect([error.reason, error.message]).toEqual([reason, expect.stringContaining(words)]);
    expect(error.hint).not.toBe('');
  });

  test('points at the file of the workspace', () => {
    const template = block('Failed To Process Pack', 'no such key', {
      Filename: 'web/templates/web.nomad.tpl',
      Position: '3,7',
    });
    expect(explain(template).location).toEqual({ file: 'packs/web/templates/web.nomad.tpl', line: 3, column: 8 });
    const foreign = block('Failed To Process Pack', 'no such key', { Filename: 'other/x.tpl' });
    expect(explain(foreign)).toMatchObject({
      location: undefined,
      message: 'The template other/x.tpl, fails: no such key',
    });
    const words = 'Unexpected response code: 400 (Failed to parse job: input.hcl:3,5-13: Unsupported argument; x)';
    const unread = 'template: web/templates/web.nomad.tpl:2: function "nosuch" not defined';
    expect(explain(block('Failed To Process Pack', unread, { Filename: '', Position: '' }))).toMatchObject({
      reason: 'template',
      message: 'The template web/templates/web.nomad.tpl, line 2, fails: function "nosuch" not defined',
      location: { file: 'packs/web/templates/web.nomad.tpl', line: 2 },
    });
    const specification = block('Failed', words, { 'Template Name': 'web/templates/web.nomad.tpl' });
    expect(explain(specification)).toMatchObject({
      reason: 'job-specification',
      message: expect.stringContaining('is wrong in line 3: Unsupported argument; x'),
      location: { file: 'packs/web/templates/web.nomad.tpl' },
    });
    expect(explain(block('Failed', 'Failed to parse job: nonsense')).message).toContain(
      'the pack renders to is wrong: Failed to parse job: nonsense',
    );
  });
});

test('the syntax of old packs is named, with what to write instead', () => {
  const { reason, hint } = explain(
    block('Failed To Process Pack', 'pack "my" not found when accessing ".my.count"', {
      Filename: 'web/templates/web.nomad.tpl',
      Position: '3,7',
    }),
  );
  expect(reason).toBe('template');
  expect(hint).toContain(
    '`.my.count` is the syntax of packs from before nomad-pack 0.1: write `var "count" .` instead.',
  );
});
