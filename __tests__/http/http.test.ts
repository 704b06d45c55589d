import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startProxy } from 'nomad-pack-sandbox/http/proxy.ts';
import { listen, startWebServer } from 'nomad-pack-sandbox/http/server.ts';
import { Authority, read } from 'nomad-pack-sandbox/tls/certificates.ts';
import { authorities, certificatesIn, namesAuthorities } from '../../src/http/authorities.ts';
import { isLasting, TimedOut, TooLarge } from '../../src/http/faults.ts';
import { Http, type HttpOptions, type HttpRequest } from '../../src/http/http.ts';
import { Again, persist } from '../../src/http/patience.ts';
import { joinSignals, pause, withSignals } from '../../src/http/signals.ts';
import { afterwards } from '../support/afterwards.ts';

let ours: Authority;
let theirs: Authority;
let folder: string;

beforeAll(() => {
  ours = new Authority();
  theirs = new Authority();
  folder = mkdtempSync(join(tmpdir(), 'authorities-'));
});

afterAll(() => {
  ours.remove();
  theirs.remove();
  rmSync(folder, { recursive: true });
});

const pem = ({ ca }: Authority) => certificatesIn(readFileSync(ca, 'utf8'))[0] ?? '';

/** No store of the machine. */
const NONE = { SSL_CERT_FILE: '/nowhere', SSL_CERT_DIR: '/nowhere' };

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void, secure = false) {
  const tls = secure ? read(ours.issue('server', 'subjectAltName=IP:127.0.0.1,DNS:site.test')) : undefined;
  const { address, stop } = await startWebServer((request, response) => void answer(request, response), tls);
  afterwards(stop);
  return address;
}

async function send(url: string, options: HttpOptions = {}, request: Partial<HttpRequest> = {}) {
  const http = new Http({ environment: NONE, ...options });
  afterwards(() => http.close());
  return await http.send({ url, timeout: 10_000, limit: 1024 * 1024, signals: [], ...request });
}

describe('a request', () => {
  test('gives status, headers and body, and no user of the address away', async () => {
    let seen: string | undefined;
    const address = await serve((request, response) => {
      seen = request.headers.authorization;
      response.writeHead(201, { 'X-One': '1' }).end('hello');
    });
    const { status, header, body } = await send(address.replace('//', '//user:secret@'));
    expect([status, header('x-one'), header('x-two'), body.toString()]).toEqual([201, '1', '', 'hello']);
    expect(seen).toBeUndefined();
  });

  test.each([
    [256, 256],
    [257, 0],
    [10_000, 0],
  ])('keeps of a refusal of %i KiB %i KiB: all or nothing', async (size, kept) => {
    const address = await serve((_, response) => response.writeHead(500).end(Buffer.alloc(size * 1024, 'x')));
    expect((await send(address, {}, { limit: 1 })).body).toHaveLength(kept * 1024);
  });

  test.each(['announced', 'not announced'])('is ended by a response that is too large, %s', async (how) => {
    const address = await serve((_, response) => {
      if (how === 'announced') response.setHeader('Content-Length', 2000);
      response.end(Buffer.alloc(2000));
    });
    const error = await send(address, {}, { limit: 1000 }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(TooLarge);
    expect(isLasting(error)).toBe(true);
  });

  test('goes through a proxy that speaks TLS itself', async () => {
    const site = await serve((_, response) => response.end('through'));
    const environment = { ...NONE, https_proxy: 'https://user:pw@127.0.0.1:1' };
    const error = await send('https://site.test', { environment }).catch((reason: unknown) => reason);
    expect(String(error)).toContain('ECONNREFUSED');
    const proxy = await startProxy(site);
    afterwards(proxy.stop);
    expect((await send('http://site.test', { environment: { http_proxy: proxy.host } })).body.toString()).toBe(
      'through',
    );
  });
});

test('a proxy that never opens the tunnel outlasts neither the time limit nor a cancel', async () => {
  const server = createServer();
  const asked = new Promise<void>((resolve) => server.once('connect', () => resolve()));
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket)).on('connect', () => undefined);
  const environment = { https_proxy: await listen(server) };
  afterwards(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const late = await send('https://site.test', { environment }, { timeout: 100 }).catch((reason: unknown) => reason);
  expect(late).toBeInstanceOf(TimedOut);
  const cancel = new AbortController();
  const cancelled = send('https://site.test', { environment }, { signals: [cancel.signal] });
  await asked;
  cancel.abort(new Error('cancelled'));
  await expect(cancelled).rejects.toThrow('cancelled');
});

describe('authorities', () => {
  test('of all the places that Go and Node look at, each once', async () => {
    mkdirSync(join(folder, 'dir'));
    writeFileSync(join(folder, 'dir', 'one.pem'), `text\n${pem(ours)}\nmore\n${pem(ours)}\n`);
    writeFileSync(join(folder, 'dir', 'nonsense'), 'nonsense');
    symlinkSync('one.pem', join(folder, 'dir', 'hash.0'));
    const SSL_CERT_DIR = `/nowhere:${join(folder, 'dir')}`;
    const environment = { SSL_CERT_FILE: '/nowhere', SSL_CERT_DIR, NODE_EXTRA_CA_CERTS: theirs.ca };
    expect(await authorities(environment)).toEqual([pem(ours), pem(theirs)]);
    expect(await authorities({ ...NONE, SSL_CERT_FILE: theirs.ca })).toEqual([pem(theirs)]);
  });

  test('of Node where the machine has none', async () => {
    const all = await authorities({ ...NONE, NODE_EXTRA_CA_CERTS: ours.ca });
    expect(all.length).toBeGreaterThan(50);
    expect(all).toContain(pem(ours));
  });

  test('that not everybody heeds are known by their variables', () => {
    expect(namesAuthorities({ SSL_CERT_FILE: '', PATH: '/bin' })).toBe(false);
    expect(namesAuthorities({ NODE_EXTRA_CA_CERTS: '/x' })).toBe(true);
  });

  test('of the environment hold for a request, and those that it is given replace them', async () => {
    const address = await serve((_, response) => response.end('secure'), true);
    const environment = { ...NONE, NODE_EXTRA_CA_CERTS: ours.ca };
    expect((await send(address, { environment })).body.toString()).toBe('secure');
    const error = await send(address, { environment, tls: { ca: [pem(theirs)] } }).catch((reason: unknown) => reason);
    expect(isLasting(error)).toBe(true);
    expect((await send(address, { tls: { skipVerify: true } })).status).toBe(200);
  });
});

describe('signals', () => {
  test('are one until they are released', () => {
    const [a, b] = [new AbortController(), new AbortController()];
    const joined = joinSignals([a.signal, b.signal]);
    const released = joinSignals([a.signal, b.signal]);
    released.release();
    b.abort('b');
    a.abort('a');
    expect([joined.signal.reason, released.signal.aborted]).toEqual(['b', false]);
    expect(joinSignals([a.signal]).signal.reason).toBe('a');
  });

  test('a time limit has its own reason; one that no timer can run is not one', async () => {
    const over = withSignals([], { after: 1, reason: 'over' }, async (signal) => await pause(60_000, [signal]));
    await expect(over).rejects.toBe('over');
    const { signal, release } = joinSignals([], { after: Number.POSITIVE_INFINITY, reason: 'over' });
    await pause(5, []);
    expect(signal.aborted).toBe(false);
    release();
  });
});

describe('persistence', () => {
  const patience = { total: 60_000, attempts: 3, firstPause: 1 };

  test('ends with the failure that knows how often it was tried', async () => {
    const told: string[] = [];
    const onAgain = (words: string) => told.push(words);
    const tried = persist({ patience, signals: [], onAgain }, async () => {
      throw new Again('no', ({ failed }) => new Error(`${failed} times`));
    });
    await expect(tried).rejects.toThrow('3 times');
    expect(told).toEqual(['no', 'no']);
  });

  test('does not wait longer than there is patience', async () => {
    let times = 0;
    const tried = persist({ patience, signals: [], onAgain: () => undefined }, async () => {
      times += 1;
      throw new Again('busy', () => new Error('too late'), 3_600_000);
    });
    await expect(tried).rejects.toThrow('too late');
    expect(times).toBe(1);
  });
});
