import type { ServerResponse } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { startWebServer } from 'nomad-pack-sandbox/http/server.ts';
import { startOidc } from 'nomad-pack-sandbox/oidc/index.ts';
import type { Environment } from '../../src/http/proxy.ts';
import { identityToken } from '../../src/runner/identity-token.ts';
import { afterwards } from '../support/afterwards.ts';
import { failure } from '../support/failure.ts';

type Answer = (response: ServerResponse) => void;

async function serve(...answers: Answer[]) {
  const server = await startWebServer((_, response) => {
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    answer?.(response);
  });
  afterwards(server.stop);
  const environment = {
    ACTIONS_ID_TOKEN_REQUEST_URL: `${server.address}/token?api-version=2.0`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'bearer-secret',
  };
  return { environment, requests: server.requests };
}

const lines: string[] = [];

const ask = async (environment: Environment, signal = new AbortController().signal) =>
  await identityToken({ environment, audience: 'a b&c', signal, log: (line) => lines.push(line) });

const good: Answer = (response) => response.end('{"value": "the-token"}');
const status =
  (code: number): Answer =>
  (response) =>
    response.writeHead(code).end('{"value": "other"}');

describe('the workflow’s OIDC token', () => {
  test('is asked for as the toolkit does, with the audience', async () => {
    const oidc = await startOidc();
    afterwards(oidc.stop);
    expect((await ask(oidc.env)).split('.')).toHaveLength(3);
    expect(oidc.requests.map(({ path }) => path)).toEqual(['/token?api-version=2.0&audience=a%20b%26c']);
  });

  test.each<[string, Answer]>([
    ['a server error', status(500)],
    ['a limit', status(429)],
    ['a broken connection', (response) => response.destroy()],
    ['an answer without a token', (response) => response.end('{"count": 0}')],
    ['an empty one', (response) => response.end()],
  ])('%s is asked again', async (_, bad) => {
    const { environment, requests } = await serve(bad, good);
    expect(await ask(environment)).toBe('the-token');
    expect(requests).toHaveLength(2);
    expect(lines.at(-1)).toMatch(/^GitHub gave no OIDC token \(.+\), trying again$/);
  });

  test('a refusal is told, and not asked again', async () => {
    const { environment, requests } = await serve(status(403));
    const error = await failure(ask(environment));
    expect([error.reason, error.message]).toEqual(['login', 'GitHub gave no OIDC token: it answered with status 403']);
    expect(requests).toHaveLength(1);
  });

  test.each([{}, { ACTIONS_ID_TOKEN_REQUEST_URL: 'http://127.0.0.1:1/' }, { ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'x' }])(
    'a job that may not ask gets the permission to paste: %j',
    async (environment) => {
      const error = await failure(ask(environment));
      expect([error.reason, error.hint]).toEqual(['login', expect.stringContaining('id-token: write')]);
    },
  );

  test('a cancel ends the request that is under way, with its own reason', async () => {
    const cancel = new AbortController();
    const reason = new Error('cancelled');
    const { environment, requests } = await serve(() => cancel.abort(reason));
    await expect(ask(environment, cancel.signal)).rejects.toBe(reason);
    expect(requests).toHaveLength(1);
  });
});
