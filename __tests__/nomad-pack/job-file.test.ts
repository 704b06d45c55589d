import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readJobFile } from '../../src/nomad-pack/job-file.ts';
import { jobFiles } from '../support/job-files.ts';

describe('the metadata of a job', () => {
  test.each(jobFiles)('with $title', ({ text, lost, line, keptByNewer }) => {
    const { loss } = readJobFile(text, '0.4.2');
    expect([loss?.cause ?? '', loss?.line]).toEqual([expect.stringContaining(lost ?? ''), line]);
    expect(loss === undefined).toBe(lost === undefined);
    const newer = readJobFile(text, '0.4.3-dev').loss;
    expect(newer === undefined).toBe(lost === undefined || keptByNewer === true);
  });

  test('that names a local is lost by newer versions, too', () => {
    const text = 'locals {\n a = "x"\n}\njob "web" {\n meta {\n  a = local.a\n }\n}';
    expect(readJobFile(text, '0.4.2').loss).toMatchObject({ cause: expect.stringContaining('`locals`'), line: 1 });
    expect(readJobFile(text, '0.5.0').loss).toMatchObject({ cause: expect.stringContaining('`local.a`'), line: 6 });
  });
});

test('a job without meta, said so, makes nomad-pack crash', () => {
  const { loss } = readJobFile('job "web" {\n  meta = null\n}', '0.4.2');
  expect(loss).toMatchObject({ cause: '`meta = null`', effect: 'crash', line: 2 });
});

test.each([
  ['job "web" {\n namespace = "prod"\n}', { label: 'web', id: 'web', namespace: 'prod' }],
  ['job web {\n namespace = lower("PROD")\n}', { label: 'web', id: 'web' }],
  ['job "web" {\n namespace = "${"d"}ev"\n}', { label: 'web', id: 'web', namespace: 'dev' }],
  ['job "web" {\n namespace = 2 > 1 ? "dev" : "prod"\n}', { label: 'web', id: 'web', namespace: 'dev' }],
  ['job "web" {\n namespace = "%{ if true }dev%{ endif }"\n}', { label: 'web', id: 'web' }],
  ['job "web" {\n namespace = "${"dev" ~}  "\n}', { label: 'web', id: 'web' }],
  ['job "web" {\n namespace = ("dev")\n}', { label: 'web', id: 'web', namespace: 'dev' }],
  ['job "web" {\n id = "api"\n}', { label: 'web', id: 'api' }],
  ['job "web" {\n id = lower("API")\n}', { label: 'web' }],
  ['job "a\\"\\u0062" {\n namespace = ""\n}', { label: 'a"b', id: 'a"b' }],
  ['group "web" {\n job "inner" {}\n}', {}],
])('of %j, nomad-pack knows %p', (text, known) => {
  expect(readJobFile(text, '0.5.0')).toEqual(known);
});

describe('a text that is not HCL', () => {
  test.each([
    '',
    'job "web" {',
    'job "web',
    'job "web" {\n meta { a = "${" }\n}',
    'job "web" {\n meta { a = <<EOT\n',
    'job "web" {}}',
    '/* open',
    `job "web" {\n meta { a = ${'['.repeat(100_000)} }\n}`,
  ])('case %#: says nothing', (text) => {
    expect(readJobFile(text, '0.4.2').loss).toBeUndefined();
  });

  test('is read to its end or given up, whatever it is', () => {
    const pieces = [
      'job "x" {',
      'meta {',
      'a = ',
      '"',
      '${',
      '%{ if ',
      '}',
      '<<E\n',
      '\nE\n',
      '[',
      '(',
      'for x in ',
      '?',
      '\n',
      'f(',
      '.',
    ];
    const text = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string()), { maxLength: 60 });
    fc.assert(
      fc.property(text, (parts) => {
        readJobFile(parts.join(''), '0.4.2');
      }),
      { numRuns: 10_000 },
    );
  });
});
