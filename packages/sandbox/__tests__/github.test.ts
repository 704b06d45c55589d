import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  failure,
  fault,
  type GitHub,
  primaryRateLimit,
  secondaryRateLimit,
  startGitHub,
  workflowBot,
  workflowToken,
} from '../github/index.ts';

const somebody = { login: 'octocat', type: 'User' } as const;
let github: GitHub;

beforeAll(async () => {
  github = await startGitHub({
    pullRequests: [1, 2],
    tokens: {
      [workflowToken]: { user: workflowBot, write: true },
      'fork-token': { user: workflowBot, write: false },
      'user-token': { user: somebody, write: true },
    },
  });
});

beforeEach(() => github.inject(undefined));
afterAll(() => github.stop());

async function call(request: string, body?: unknown, token: string = workflowToken) {
  const [method = 'GET', path = ''] = request.split(' ');
  const response = await fetch(path.startsWith('http') ? path : `${github.address}${path}`, {
    method,
    headers: { Authorization: `Bearer ${token}` },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
}

const list = '/repos/octo/shop/issues/1/comments';
const one = (id: number) => `/repos/octo/shop/issues/comments/${id}`;

describe('comments', () => {
  test('are created, read, updated and deleted', async () => {
    const created = await call(`POST ${list}`, { body: 'first' });
    const { id } = created.body;
    expect(created).toMatchObject({ status: 201, body: { body: 'first', user: workflowBot } });
    expect(created.body.html_url).toBe(`https://github.com/octo/shop/pull/1#issuecomment-${id}`);
    expect(await call(`PATCH ${one(id)}`, { body: 'second' })).toMatchObject({
      status: 200,
      body: { id, body: 'second' },
    });
    expect((await call(`GET ${one(id)}`)).body.body).toBe('second');
    expect(github.comments(1)).toHaveLength(1);
    expect((await call(`DELETE ${one(id)}`)).status).toBe(204);
    expect(github.comments(1)).toHaveLength(0);
    expect((await call(`PATCH ${one(id)}`, { body: 'x' })).status).toBe(404);
    expect(github.requests.at(-1)).toEqual({
      method: 'PATCH',
      path: one(id),
      headers: expect.objectContaining({ authorization: `Bearer ${workflowToken}` }),
      headersDistinct: expect.objectContaining({ authorization: [`Bearer ${workflowToken}`] }),
      token: workflowToken,
      body: { body: 'x' },
    });
  });

  test('come in pages that link to each other', async () => {
    for (let number = 1; number <= 5; number++) github.write(2, `comment ${number}`, somebody);
    const bodies: string[][] = [];
    let next: string | undefined = `${github.address}/repos/octo/shop/issues/2/comments?per_page=2`;
    while (next !== undefined) {
      const { headers, body } = await call(`GET ${next}`);
      bodies.push(body.map((comment: { body: string }) => comment.body));
      next = /<([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1];
    }
    expect(bodies).toEqual([['comment 1', 'comment 2'], ['comment 3', 'comment 4'], ['comment 5']]);
  });
});

describe('what is refused', () => {
  test.each([
    ['an unknown token', `GET ${list}`, undefined, 'nobody', 401, 'Bad credentials'],
    ['writing with a token that reads', `POST ${list}`, { body: 'x' }, 'fork-token', 403, 'Resource not accessible'],
    ['the user of an app', 'GET /user', undefined, workflowToken, 403, 'Resource not accessible'],
    ['another repository', 'GET /repos/octo/other/issues/1/comments', undefined, workflowToken, 404, 'Not Found'],
    [
      'a pull request that is not there',
      'GET /repos/octo/shop/issues/9/comments',
      undefined,
      workflowToken,
      404,
      'Not',
    ],
    ['an empty comment', `POST ${list}`, { body: ' ' }, workflowToken, 422, 'Validation Failed'],
    ['one that is too long', `POST ${list}`, { body: 'x'.repeat(65_537) }, workflowToken, 422, 'Validation Failed'],
  ])('%s', async (_what, request, body, token, status, message) => {
    const answer = await call(request, body, token);
    expect(answer.status).toBe(status);
    expect(answer.body.message).toContain(message);
  });

  test('a token that reads may read, and a user is shown', async () => {
    expect((await call(`GET ${list}`, undefined, 'fork-token')).status).toBe(200);
    expect((await call('GET /user', undefined, 'user-token')).body).toEqual(somebody);
  });
});

describe('injected answers', () => {
  test('a limit of requests, once, for one method', async () => {
    github.inject(fault({ method: 'POST', answer: secondaryRateLimit(429, 7), times: 1 }));
    expect((await call(`GET ${list}`)).status).toBe(200);
    const limited = await call(`POST ${list}`, { body: 'x' });
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7']);
    expect(github.comments(1)).toHaveLength(0);
    expect((await call(`POST ${list}`, { body: 'x' })).status).toBe(201);
  });

  test('the answer that gets lost: what was asked is done', async () => {
    const { id } = github.write(1, 'lost', somebody);
    github.inject(fault({ method: 'DELETE', answer: failure(502, 'Bad Gateway'), afterwards: true }));
    for (const again of ['first', 'second']) {
      expect([again, (await call(`DELETE ${one(id)}`)).status]).toEqual([again, 502]);
      expect(github.comments(1).map((comment) => comment.id)).not.toContain(id);
    }
  });

  test('something that happens just before', async () => {
    github.inject(({ method }) => {
      if (method === 'POST') github.write(2, 'by another run', workflowBot);
      return undefined;
    });
    const { body } = await call('POST /repos/octo/shop/issues/2/comments', { body: 'mine' });
    const [theirs, mine] = github.comments(2).slice(-2);
    expect([theirs?.body, mine?.id]).toEqual(['by another run', body.id]);
  });

  test('no requests left', async () => {
    github.inject(() => primaryRateLimit(60));
    const { status, headers } = await call(`GET ${list}`);
    expect([status, headers.get('x-ratelimit-remaining')]).toEqual([403, '0']);
    expect(Number(headers.get('x-ratelimit-reset')) * 1000).toBeGreaterThan(Date.now() + 50_000);
  });

  test('any status', async () => {
    github.inject(() => failure(409, 'Conflict'));
    expect((await call(`GET ${list}`)).status).toBe(409);
  });
});
