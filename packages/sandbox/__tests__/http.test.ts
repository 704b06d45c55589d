import { readFileSync } from 'node:fs';
import { get } from 'node:https';
import { describe, expect, test } from '@jest/globals';
import { afterwards } from '../../../__tests__/support/afterwards.ts';
import { startGitServer } from '../git/index.ts';
import { startGitHub } from '../github/index.ts';
import { startWebServer } from '../http/server.ts';
import { startOidc } from '../oidc/index.ts';
import { startReleases } from '../releases/index.ts';
import { Authority, read } from '../tls/certificates.ts';

test.each([
  ['git', () => startGitServer({ repositories: {} })],
  ['GitHub', () => startGitHub()],
  ['the issuer of OIDC tokens', () => startOidc()],
  ['the releases site', () => startReleases({ versions: [] })],
])('%s says that it is of a sandbox', async (_, start) => {
  const { address, stop } = await start();
  afterwards(stop);
  expect((await fetch(address)).headers.get('x-sandbox')).toBe('true');
});

describe('a web server', () => {
  test('records its requests, and tells of an answer that fails', async () => {
    const server = await startWebServer(() => Promise.reject(new Error('broken')));
    afterwards(server.stop);
    const response = await fetch(`${server.address}/a?b=c`, { method: 'PUT' });
    expect([response.status, await response.text()]).toEqual([500, 'broken']);
    expect(server.requests).toMatchObject([{ method: 'PUT', path: '/a?b=c' }]);
  });

  test('is there for HTTPS where it has a certificate', async () => {
    const authority = new Authority();
    afterwards(() => authority.remove());
    const certificate = read(authority.issue('server', 'subjectAltName=IP:127.0.0.1'));
    const { address, stop } = await startWebServer((_, response) => void response.writeHead(204).end(), certificate);
    afterwards(stop);
    const status = new Promise((resolve, reject) => {
      get(address, { ca: readFileSync(authority.ca) }, (response) => resolve(response.statusCode)).on('error', reject);
    });
    expect(await status).toBe(204);
  });
});
