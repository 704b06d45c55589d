import type { IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startProxy } from 'nomad-pack-sandbox/http/proxy.ts';
import { startWebServer } from 'nomad-pack-sandbox/http/server.ts';
import { Authority, read } from 'nomad-pack-sandbox/tls/certificates.ts';
import { ActionError } from '../../../src/errors.ts';
import { createDownloader, type Patience } from '../../../src/nomad-pack/install/download.ts';
import { failure } from '../../support/failure.ts';
import { type Handler, impatient, type Site, startSite, unreachable } from './support.ts';

const KILOBYTE = 1024;

let site: Site;
let log: string[];

beforeEach(async () => {
  site = await startSite();
  log = [];
});

afterEach(async () => {
  await site.close();
});

async function get(url: string, options: { limit?: number; patience?: Patience; signal?: AbortSignal } = {}) {
  const downloader = createDownloader({
    signal: options.signal ?? new AbortController().signal,
    log: (line) => log.push(line),
    patience: options.patience ?? impatient,
  });
  try {
    return await downloader.get(url, options.limit ?? KILOBYTE);
  } finally {
    await downloader.close();
  }
}

async function refusal(...args: Parameters<typeof get>): Promise<ActionError> {
  return await failure(get(...args));
}

function serve(...answers: Handler[]): string {
  let number = 0;
  site.overrides.set('/file', (request, response) =>
    answers[Math.min(number++, answers.length - 1)]?.(request, response),
  );
  return `${site.url}/file`;
}

const good: Handler = (_, response) => response.end('content');

function status(code: number, headers: Record<string, string> = {}): Handler {
  return (_, response) => response.writeHead(code, headers).end('no');
}

describe('what can pass is tried again', () => {
  test.each<[string, Handler]>([
    ['500', status(500)],
    ['503 with a wish of 0 seconds', status(503, { 'Retry-After': '0' })],
    ['503 with a wish that has passed', status(503, { 'Retry-After': 'Wed, 21 Oct 2015 07:28:00 GMT' })],
    ['503 with a wish that cannot be read', status(503, { 'Retry-After': 'soon' })],
    ['408', status(408)],
    ['429', status(429)],
    ['a connection that breaks', (request) => request.socket.destroy()],
    [
      'a connection that breaks in the middle',
      (request, response) => {
        response.writeHead(200, { 'Content-Length': '7' });
        response.write('con', () => request.socket.destroy());
      },
    ],
    [
      'a transfer that stalls',
      (_, response) => {
        response.writeHead(200, { 'Content-Length': '7' });
        response.write('con');
      },
    ],
  ])('%s', async (_, bad) => {
    expect((await get(serve(bad, good)))?.toString()).toBe('content');
    expect(site.requests).toHaveLength(2);
    expect(log).toEqual([expect.stringContaining('Trying again in')]);
  });

  test('a few times', async () => {
    const error = await refusal(serve(status(500)));
    expect(error.reason).toBe('download');
    expect(error.message).toBe(`${site.url}/file could not be downloaded: the site answers with status 500.`);
    expect(error.hint).toContain('`nomad_pack_mirror`');
    expect(site.requests).toHaveLength(impatient.attempts);
  });

  test('not before the time that the site asks for', async () => {
    const begun = performance.now();
    await get(serve(status(429, { 'Retry-After': '1' }), good));
    expect(performance.now() - begun).toBeGreaterThan(950);
  });

  test('not where the site asks for more time than there is', async () => {
    const error = await refusal(serve(status(503, { 'Retry-After': '3600' })));
    expect(error.message).toContain('status 503');
    expect(site.requests).toHaveLength(1);
  });
});

test.each([403, 400, 304, 204])('status %i is not tried again', async (code) => {
  const error = await refusal(serve(status(code)));
  expect(error.reason).toBe('download');
  expect(site.requests).toHaveLength(1);
});

test.each([404, 410])('status %i is an answer', async (code) => {
  expect(await get(serve(status(code)))).toBeUndefined();
});

test('a site that cannot be reached', async () => {
  const error = await refusal(await unreachable());
  expect(error.reason).toBe('download');
  expect(error.message).toContain('ECONNREFUSED');
  expect(log).toHaveLength(impatient.attempts - 1);
});

describe('limits', () => {
  test('a file that is announced too large', async () => {
    const announced: Handler = (_, response) => {
      response.writeHead(200, { 'Content-Length': String(3 * KILOBYTE * KILOBYTE) });
      response.flushHeaders();
    };
    const error = await refusal(serve(announced), { limit: 2 * KILOBYTE * KILOBYTE });
    expect(error.message).toContain('it is larger than 2 MiB');
    expect(site.requests).toHaveLength(1);
  });

  test('a file without an end: the site is left when the limit is reached', async () => {
    const left = new Promise<void>((resolve) => {
      site.overrides.set('/file', (_, response) => {
        const more = () => {
          while (!response.destroyed && response.write(Buffer.alloc(64 * KILOBYTE)));
        };
        response.on('drain', more).on('close', resolve);
        more();
      });
    });
    const error = await refusal(`${site.url}/file`, { limit: KILOBYTE * KILOBYTE });
    expect(error.message).toContain('it is larger than 1 MiB');
    await left;
  });

  test('a transfer that stalls again and again', async () => {
    const error = await refusal(
      serve((_, response) => void response.write('a')),
      { patience: { ...impatient, attempts: 1 } },
    );
    expect(error.message).toContain('the site sends nothing any more');
  });

  test('a transfer that trickles: the time for all of it', async () => {
    const trickle: Handler = (_, response) => {
      const timer = setInterval(() => response.write('a'), 20);
      response.on('close', () => clearInterval(timer));
    };
    const error = await refusal(serve(trickle), { patience: { ...impatient, total: 300 } });
    expect(error.message).toContain('it took longer than 0.3 s');
    expect(site.requests).toHaveLength(1);
  });
});

describe('redirects', () => {
  test('within the site', async () => {
    site.overrides.set('/moved', status(302, { Location: '/file' }));
    serve(good);
    expect((await get(`${site.url}/moved`))?.toString()).toBe('content');
  });

  test.each<[string, string, string]>([
    [
      'to another site without https',
      'http://127.0.0.1:1/file',
      'it redirects to http://127.0.0.1:1, which is not https',
    ],
    ['to a file', 'file:///etc/passwd', 'which is not https'],
    ['to nowhere', 'http://', 'it redirects to what is not an address'],
    ['to itself', '/file', 'it redirects more than 5 times'],
  ])('%s', async (_, location, message) => {
    const error = await refusal(serve(status(302, { Location: location })));
    expect(error.reason).toBe('download');
    expect(error.message).toContain(message);
  });

  test('from https to http', async () => {
    const authority = new Authority();
    serve(good);
    const secure = await startWebServer(
      (_, response) => void response.writeHead(302, { Location: `${site.url}/file` }).end(),
      read(authority.issue('site', 'subjectAltName=IP:127.0.0.1')),
    );
    const before = { ...process.env };
    process.env['NODE_EXTRA_CA_CERTS'] = authority.ca;
    try {
      const error = await refusal(secure.address);
      expect(error.message).toContain(`it redirects to ${site.url}, which is not https`);
      expect(site.requests).toEqual([]);
    } finally {
      process.env = before;
      await secure.stop();
      authority.remove();
    }
  });
});

test('no credentials are sent, also where a redirect names some', async () => {
  const seen: IncomingMessage['headers'][] = [];
  const { host } = new URL(site.url);
  site.overrides.set('/moved', (request, response) => {
    seen.push(request.headers);
    response.writeHead(302, { Location: `http://user:password@${host}/file` }).end();
  });
  serve((request, response) => {
    seen.push(request.headers);
    response.end('content');
  });
  await get(`${site.url}/moved`);
  expect(seen.flatMap((headers) => Object.keys(headers)).sort()).toEqual(['connection', 'connection', 'host', 'host']);
});

test('through a proxy, with its login', async () => {
  serve(good);
  const proxy = await startProxy(site.url);
  const before = { ...process.env };
  process.env['http_proxy'] = `http://user:p%40ss@${proxy.host}`;
  try {
    expect((await get('http://releases.example/file'))?.toString()).toBe('content');
    expect(proxy.requests).toEqual([
      `GET http://releases.example/file Basic ${Buffer.from('user:p@ss').toString('base64')}`,
    ]);
  } finally {
    process.env = before;
    await proxy.stop();
  }
});

describe('a cancel', () => {
  test('ends a transfer at once', async () => {
    const cancel = new AbortController();
    const arrived = Promise.withResolvers<void>();
    const left = Promise.withResolvers<void>();
    site.overrides.set('/file', (_, response) => {
      response.on('close', left.resolve).write('a');
      arrived.resolve();
    });
    const refused = refusal(`${site.url}/file`, { signal: cancel.signal });
    await arrived.promise;
    cancel.abort();
    expect((await refused).reason).toBe('cancelled');
    await left.promise;
    expect(log).toEqual([]);
  });

  test('ends a pause', async () => {
    const cancel = new AbortController();
    const url = serve((_, response) => {
      response.on('close', () => cancel.abort());
      response.writeHead(503, { 'Retry-After': '15' }).end();
    });
    expect((await refusal(url, { signal: cancel.signal })).reason).toBe('cancelled');
  });

  test('with a reason of ours gives that reason', async () => {
    const reason = new ActionError('timeout', 'too late');
    expect(await refusal(`${site.url}/file`, { signal: AbortSignal.abort(reason) })).toBe(reason);
  });
});
