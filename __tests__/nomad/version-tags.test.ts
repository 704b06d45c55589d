import { describe, expect, test } from '@jest/globals';
import type { Job } from '../../src/nomad/api.ts';
import { removeTrace, restoreTrace, writeTraces } from '../../src/nomad/version-tags.ts';
import { failure } from '../support/failure.ts';
import { specification } from './rollout/support/moments.ts';
import { clientOf, serve } from './support/clients.ts';

/** What Nomad answers a write of a tag or its removal with. */
type Answer = readonly [status: number, words: string];
const DONE: Answer = [200, '{"Name":""}'];
const NO_TAG: Answer = [500, 'tag "nomad-pack-v3" not found on job "web"'];

const MILLISECOND = 1_000_000;
const AT = Date.parse('2026-11-26T00:00:00Z');
const tag = (version: number, Description = 'deployed=2026-11-20T00:00:00.000Z') => ({
  Name: `nomad-pack-v${version}`,
  Description,
});
const version = (Version: number, more: Partial<Job> = {}) =>
  specification({ Version, SubmitTime: (AT + Version) * MILLISECOND, ...more });

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly namespace: string | null;
  readonly body: { readonly Version?: number; readonly Description?: string };
}

/** A Nomad that has these versions of jobs, by their ids. */
async function nomadWith(jobs: Readonly<Record<string, readonly Job[]>>, answer: (sent: Sent) => Answer = () => DONE) {
  const sent: Sent[] = [];
  const address = await serve(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://nomad');
    const [, id = ''] = /^\/v1\/job\/([^/]+)/.exec(pathname) ?? [];
    if (pathname.endsWith('/versions')) {
      const Versions = jobs[decodeURIComponent(id)];
      if (Versions === undefined) response.writeHead(404).end('job versions not found');
      else response.setHeader('X-Nomad-Index', '7').end(JSON.stringify({ Versions }));
      return;
    }
    if (request.method === 'GET') {
      response.writeHead(404).end('job not found');
      return;
    }
    const text = (await request.toArray()).join('');
    const body = text === '' ? {} : JSON.parse(text);
    const one = { method: request.method ?? '', path: pathname, namespace: searchParams.get('namespace'), body };
    sent.push(one);
    const [status, words] = answer(one);
    response.writeHead(status).end(words);
  });
  return { client: clientOf(address), sent };
}

const web = { id: 'web', namespace: 'default' };
const trace = { commit: 'c0ffee0' };
/** The requests, as `POST nomad-pack-v3`. */
const gist = (sent: readonly Sent[]) =>
  sent.map(({ method, path }) => `${method} ${path.replace(/^.*versions\/(.*)\/tag$/, '$1')}`);

test('all that one step has deployed has the time of the last of it', async () => {
  const api = [version(2, { ID: 'api', Namespace: 'prod' })];
  const { client, sent } = await nomadWith({ web: [version(3), version(2)], api });
  const refs = [web, { id: 'api', namespace: 'prod' }];
  const written = refs.map((ref, index) => ({ ...ref, version: 3 - index, trace: index === 0 ? trace : {} }));
  expect(await writeTraces(client, written)).toBe(true);
  const sorted = [...sent].sort((a, b) => (a.path < b.path ? 1 : -1));
  expect(sorted).toEqual([
    {
      method: 'POST',
      path: '/v1/job/web/versions/nomad-pack-v3/tag',
      namespace: 'default',
      body: { Version: 3, Description: 'deployed=2026-11-26T00:00:00.003Z commit=c0ffee0' },
    },
    {
      method: 'POST',
      path: '/v1/job/api/versions/nomad-pack-v2/tag',
      namespace: 'prod',
      body: { Version: 2, Description: 'deployed=2026-11-26T00:00:00.003Z' },
    },
  ]);
});

describe('a version', () => {
  const batch = { Type: 'batch' } as const;
  const periodic = { Enabled: true } as unknown as Job['Periodic'];
  const parameterized = {} as unknown as Job['ParameterizedJob'];

  test.each<[string, Job, number]>([
    ['of a service gets a tag', version(3), 1],
    ['of a system job gets one', version(3, { Type: 'system' }), 1],
    ['of a batch job gets none', version(3, batch), 0],
    ['of a sysbatch job gets none', version(3, { Type: 'sysbatch' }), 0],
    ['of a batch job that was stopped gets one', version(3, { ...batch, Stop: true }), 1],
    ['of a periodic job gets one', version(3, { ...batch, Periodic: periodic }), 1],
    ['of a parameterized job gets one', version(3, { ...batch, ParameterizedJob: parameterized }), 1],
    [
      'that somebody else has tagged keeps that tag',
      version(3, { VersionTag: { Name: 'golden', Description: '' } }),
      0,
    ],
    ['with a name like ours keeps it', version(3, { VersionTag: { Name: 'my-nomad-pack-v3', Description: '' } }), 0],
    ['with a longer name keeps it', version(3, { VersionTag: { Name: 'nomad-pack-v3-a', Description: '' } }), 0],
    ['without a tag, as Nomad says it, gets one', version(3, { VersionTag: null }), 1],
    ['with the tag of the version that it was made of gets one', version(3, { VersionTag: tag(12) }), 1],
    ['that is not there gets none', version(2), 0],
  ])('%s', async (_, job, count) => {
    const { client, sent } = await nomadWith({ web: [job] });
    expect(await writeTraces(client, [{ ...web, version: 3, trace }])).toBe(true);
    expect(gist(sent)).toEqual(Array(count).fill('POST nomad-pack-v3'));
    await restoreTrace(client, web, 3, { deployed: '2026-11-26T00:00:00.003Z', ...trace });
    expect(sent.slice(count)).toEqual(sent.slice(0, count));
  });

  test('of a job whose id has a slash gets none', async () => {
    const { client, sent } = await nomadWith({ 'web/a': [version(3, { ID: 'web/a' })] });
    expect(await writeTraces(client, [{ ...web, id: 'web/a', version: 3, trace }])).toBe(true);
    expect(sent).toEqual([]);
  });

  test('of a job that is gone gets none', async () => {
    const { client, sent } = await nomadWith({});
    expect(await writeTraces(client, [{ ...web, version: 3, trace }])).toBe(true);
    expect(await writeTraces(client, [])).toBe(true);
    await restoreTrace(client, web, 3, { deployed: '' });
    expect(sent).toEqual([]);
  });
});

describe('a version that went back', () => {
  const time = 'deployed=2026-11-26T00:00:00.003Z';

  test.each([
    [
      'has the commit of the one that it went back to',
      tag(1, `deployed=2026-11-20T00:00:00Z commit=decade0`),
      'decade0',
    ],
    ['keeps the step’s own where that one has none', tag(1), 'c0ffee0'],
    ['keeps the step’s own where that one has no tag', undefined, 'c0ffee0'],
  ])('%s', async (_, VersionTag, commit) => {
    const { client, sent } = await nomadWith({ web: [version(3), version(1, VersionTag && { VersionTag })] });
    await writeTraces(client, [{ ...web, version: 3, trace: { ...trace, backTo: 1 } }]);
    expect(sent.map(({ body }) => body.Description)).toEqual([`${time} commit=${commit} back_to=1`]);
  });
});

describe('old tags', () => {
  const ours = (count: number) =>
    Array.from({ length: count }, (_, index) => version(11 - index, { VersionTag: tag(11 - index) }));
  const write = async (versions: readonly Job[], answer?: Parameters<typeof nomadWith>[1]) => {
    const { client, sent } = await nomadWith({ web: versions }, answer);
    await writeTraces(client, [{ ...web, version: 12, trace }]);
    return gist(sent);
  };

  test('stay up to six in all', async () => {
    expect(await write([version(12), ...ours(5)])).toEqual(['POST nomad-pack-v12']);
    expect(await write([version(12), ...ours(7)])).toEqual([
      'POST nomad-pack-v12',
      'DELETE nomad-pack-v6',
      'DELETE nomad-pack-v5',
    ]);
    // A version that is written anew does not count twice.
    expect(await write([version(12, { VersionTag: tag(12) }), ...ours(5)])).toEqual(['POST nomad-pack-v12']);
  });

  test('of somebody else stay, and do not count', async () => {
    const golden = [9, 8].map((number) =>
      version(number, { VersionTag: { Name: `golden-${number}`, Description: '' } }),
    );
    expect(await write([version(12), ...golden, ...ours(5)])).toEqual(['POST nomad-pack-v12']);
  });

  test('that are gone already are not a failure', async () => {
    const answer = ({ method }: Sent): Answer => (method === 'DELETE' ? NO_TAG : DONE);
    expect(await write([version(12), ...ours(6)], answer)).toEqual(['POST nomad-pack-v12', 'DELETE nomad-pack-v6']);
  });
});

describe('a Nomad that refuses', () => {
  test.each([400, 404, 405])('with %d has no tags', async (status) => {
    const { client } = await nomadWith({ web: [version(3)] }, () => [status, 'Job must be specified']);
    expect(await writeTraces(client, [{ ...web, version: 3, trace }])).toBe(false);
  });

  test('one tag of two has no tags, though another job takes none', async () => {
    const { client } = await nomadWith({ web: [version(3)], load: [version(1, { Type: 'batch' })] }, () => [400, 'no']);
    const traced = [
      { ...web, version: 3, trace },
      { ...web, id: 'load', version: 1, trace },
    ];
    expect(await writeTraces(client, traced)).toBe(false);
  });

  test('the token says so', async () => {
    const { client } = await nomadWith({ web: [version(3)] }, () => [403, 'Permission denied']);
    expect((await failure(writeTraces(client, [{ ...web, version: 3, trace }]))).reason).toBe('nomad-auth');
  });
});

describe('a trace that is taken away', () => {
  const remove = async (answer: Answer) => {
    const { client, sent } = await nomadWith({}, () => answer);
    await removeTrace(client, { id: 'web', namespace: 'prod' }, 3);
    return sent;
  };

  test('is so in its namespace', async () => {
    expect(await remove(DONE)).toMatchObject([
      { method: 'DELETE', path: '/v1/job/web/versions/nomad-pack-v3/tag', namespace: 'prod' },
    ]);
  });

  test.each<[string, Answer]>([
    ['a tag', NO_TAG],
    ['the job', [404, 'job not found']],
  ])('may have been so before: %s', async (_, answer) => {
    expect(await remove(answer)).toHaveLength(1);
  });

  test('has to go', async () => {
    expect((await failure(remove([403, 'Permission denied']))).reason).toBe('nomad-auth');
    expect((await failure(remove([500, 'boom']))).reason).toBe('nomad-error');
  });
});
