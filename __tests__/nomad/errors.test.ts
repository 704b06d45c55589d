import { describe, expect, test } from '@jest/globals';
import { isTransient, NomadResponseError, NomadUnreachableError, responseError } from '../../src/nomad/errors.ts';
import {
  isOwnedBy,
  listAllocations,
  listEvaluations,
  listVersions,
  readJob,
  readSummary,
} from '../../src/nomad/jobs.ts';
import { failure } from '../support/failure.ts';
import { specification } from './rollout/support/moments.ts';
import { clientOf, serve } from './support/clients.ts';
import { scripted } from './support/scripted.ts';

const asked = {
  method: 'GET',
  path: '/v1/job/web',
  address: 'http://nomad:4646',
  namespace: 'prod',
  withToken: true,
};

describe('whether the same may go well a moment later', () => {
  test.each<[number, string, boolean]>([
    [429, 'Too Many Requests', true],
    [500, 'No cluster leader', true],
    [500, '', true],
    [502, 'Bad Gateway', true],
    [503, '1 error occurred: x', true],
    [504, '', true],
    [501, '', false],
    [505, '', false],
    [400, '', false],
    [403, 'Permission denied', false],
    [404, 'job not found', false],
    [404, '', false],
    [404, '<html><head><title>404 Not Found</title></head></html>', true],
    [404, '404 page not found\n', true],
    [404, 'default backend - 404', true],
    [200, '', false],
    [500, '2 errors occurred:\n\t* x', false],
    [500, 'job not found', false],
    [500, 'nonexistent namespace "x"', false],
    [500, 'No path to region', false],
    [500, 'No path to node', false],
    [500, 'Current job has version 2; enforcing version 1', false],
    [500, 'ACL token expired', false],
    [500, 'json: cannot unmarshal number', false],
    [500, 'index error: UUID must be 36 characters', false],
  ])('%i %j: %s', (status, words, again) => {
    expect(isTransient(status, words)).toBe(again);
    expect(new NomadResponseError('nomad-error', 'x', '', status, words).passing).toBe(again);
  });

  test('it may where nothing was answered', () => {
    expect(new NomadUnreachableError('x', '', false)).toMatchObject({ passing: true, reason: 'nomad-unreachable' });
  });
});

describe('the words of a refusal', () => {
  test.each<[number, string, Partial<typeof asked>, string, string]>([
    [
      403,
      'Permission denied',
      { withToken: false },
      'nomad-auth',
      'Nomad at http://nomad:4646 wants a token for GET /v1/job/web',
    ],
    [500, 'ACL token not found', {}, 'nomad-auth', 'does not accept the token: ACL token not found'],
    [
      403,
      'Permission denied',
      {},
      'nomad-auth',
      'The token may not do GET /v1/job/web in namespace "prod": Permission denied',
    ],
    [403, 'Permission denied', { namespace: '*' }, 'nomad-auth', 'in any namespace: Permission denied'],
    [500, 'nonexistent namespace "prod"', {}, 'nomad-namespace', 'has no such namespace: nonexistent namespace "prod"'],
    [
      500,
      '1 error occurred:\n\t* namespace "prod" not found',
      {},
      'nomad-namespace',
      'namespace: namespace "prod" not found',
    ],
    [400, 'Namespace "a b c" does not exist', {}, 'nomad-namespace', 'no such namespace'],
    [400, 'Client sent an HTTP request to an HTTPS server.', {}, 'nomad-address', 'speaks HTTPS'],
    [500, 'No path to region', {}, 'nomad-error', 'does not know the region'],
    [500, '12 errors occurred:\n\t* first\n\t* second', {}, 'nomad-error', 'with status 500: first'],
    [500, '1 error occurred: \n \t* only', {}, 'nomad-error', 'with status 500: only'],
    [500, '   ', {}, 'nomad-error', 'is not Nomad. It said status 500'],
    [407, '', {}, 'nomad-unreachable', 'A proxy on the way to Nomad at http://nomad:4646 asks for a user'],
    [404, 'no handler', {}, 'nomad-error', 'with status 404: no handler'],
    [
      502,
      '<html><head><title>502 Bad Gateway</title></head></html>',
      {},
      'nomad-error',
      'said status 502: 502 Bad Gateway',
    ],
    [404, '\n<!DOCTYPE html><p>Nothing here', {}, 'nomad-error', 'is not Nomad. It said status 404'],
    [404, '404 page not found\n', {}, 'nomad-error', 'said status 404: 404 page not found'],
    [403, '<title>Access denied</title>', {}, 'nomad-auth', 'said status 403: Access denied'],
    [403, '', {}, 'nomad-auth', 'is not Nomad. It said status 403'],
    [401, ' ', {}, 'nomad-auth', 'is not Nomad. It said status 401'],
  ])('%i %j %j', (status, body, more, reason, message) => {
    const error = responseError({ ...asked, ...more }, status, body);
    expect(error).toMatchObject({ reason, status, message: expect.stringContaining(message) });
    expect(error.hint).not.toBe('');
    expect(error.hint.includes('has this endpoint')).toBe(body === 'no handler');
  });
});

describe('what is asked of a job', () => {
  const ref = { id: 'a/b', namespace: 'prod' };
  const path = 'GET /v1/job/a/b';

  test.each([
    ['the job', path, readJob, specification({ ID: 'a/b' }), undefined],
    ['its versions', `${path}/versions`, listVersions, { Versions: [specification()] }, []],
    ['its counts', `${path}/summary`, readSummary, { Summary: null }, {}],
    ['its allocations', `${path}/allocations`, listAllocations, [], 'refused'],
    ['its evaluations', `${path}/evaluations`, listEvaluations, [], 'refused'],
  ] as const)('%s: in its namespace, and of one that is gone', async (_, key, read, answer, gone) => {
    const { client, sent, queries } = await scripted({ [key]: [answer, 404, 500] });
    await read(client, ref);
    expect(sent).toEqual([key]);
    expect(queries[0]?.get('namespace')).toBe('prod');
    if (gone === 'refused') await failure(read(client, ref) as Promise<unknown>);
    else {
      expect(await read(client, ref)).toEqual(gone);
      expect((await failure(read(client, ref) as Promise<unknown>)).reason).toBe('nomad-error');
    }
  });
});

test.each([
  ['a page', '<html><head><title>404 Not Found</title></head></html>'],
  ['the words of a proxy', '404 page not found'],
  ['nothing', ''],
])(
  'a gateway that has lost its way to Nomad, and says so with %s, is not believed that a job is gone',
  async (_, page) => {
    const address = await serve((_, response) => response.writeHead(404).end(page));
    const client = clientOf(address, { patience: 0 });
    const ref = { id: 'web', namespace: 'default' };
    for (const read of [readJob, listVersions, readSummary])
      expect((await failure(read(client, ref) as Promise<unknown>)).reason).toBe('nomad-error');
  },
);

test.each([
  [{ 'pack.deployment_name': 'demo', 'pack.name': 'web' }, true],
  [{ 'pack.deployment_name': 'demo', 'pack.name': 'cms' }, false],
  [{ 'pack.deployment_name': 'blue', 'pack.name': 'web' }, false],
  [{}, false],
  [null, false],
])('metadata %j is the owner’s: %s', (meta, isOwn) => {
  expect(isOwnedBy(meta, { deploymentName: 'demo', packName: 'web' })).toBe(isOwn);
});
