import { describe, expect, test } from '@jest/globals';
import { flattenErrors } from '../../src/nomad/error-list.ts';
import { NomadResponseError } from '../../src/nomad/errors.ts';
import { refused, unreadable } from '../../src/nomad/specification-faults.ts';

const said = (words: string) => new NomadResponseError('nomad-error', words, '', 500, words);

describe('a file that Nomad cannot read', () => {
  test.each<[string, number | undefined, string]>([
    [
      'Failed to parse job: input.hcl:12,3-4: Unsupported block type; no "foo" is expected here',
      12,
      'Nomad cannot read web/web.nomad, line 12: Unsupported block type; no "foo" is expected here',
    ],
    [
      'Failed to parse job: input.hcl:7,1-12,2: Missing thing; see input.hcl:101,13-14, and 12 other diagnostic(s)',
      7,
      'Nomad cannot read web/web.nomad, line 7: Missing thing; see line 101 (and 12 more)',
    ],
    [
      'Failed to parse job: input.hcl:7,1-2: Missing thing and 1 other diagnostic(s)',
      7,
      'Nomad cannot read web/web.nomad, line 7: Missing thing (and 1 more)',
    ],
    ['Failed to parse job: <nil>: it has no job', undefined, 'Nomad cannot read web/web.nomad: it has no job'],
    [
      'so: Failed to parse job: see input.hcl:3,1-2: there, and 2 other diagnostic(s) more',
      undefined,
      'Nomad cannot read web/web.nomad: so: Failed to parse job: see line 3: there, and 2 other diagnostic(s) more',
    ],
  ])('%j', (words, line, message) => {
    const cause = said(words);
    const error = unreadable({ name: 'web/web.nomad' }, cause);
    expect(error).toMatchObject({ reason: 'job-specification', file: 'web/web.nomad', message, cause });
    expect(error.line).toBe(line);
    expect(error.hint).not.toBe('');
  });
});

test('a job that Nomad does not take is told without Nomad’s counting', () => {
  const cause = said('12 errors occurred:\n\t* Missing job datacenters\n\t* Task group x: 1 error occurred:\n\t* y');
  const words = flattenErrors(cause.words);
  expect(words).toBe('Missing job datacenters; Task group x: y');
  const error = refused([{ id: 'web', file: 'web/web.nomad', words }], cause);
  expect(error).toMatchObject({ reason: 'job-specification', cause });
  expect(error.message).toBe(`Nomad would refuse job "web" of web/web.nomad: ${words}`);
});

test('of several jobs each is told, and each kind of advice once', () => {
  const job = (id: string, words: string) => ({ id, file: `web/${id}.nomad`, words });
  const pool = 'job is in nonexistent node pool "gpu"';
  const { message, hint } = refused([job('a', pool), job('b', pool), job('c', 'Missing job datacenters')]);
  expect(message.split('\n')).toHaveLength(3);
  expect(hint.split('Create the node pool')).toHaveLength(2);
  expect(hint).toMatch(/Create the node pool.*Correct the template/);
});

test.each(['', 'No cluster leader', 'one line\nand another'])(
  'words that are not a list stay as they are: %j',
  (words) => {
    expect(flattenErrors(words)).toBe(words);
  },
);
