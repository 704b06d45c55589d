import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse, request as sendRequest } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { listen } from './server.ts';

/** What can go wrong with a request, as networks, gateways and servers do it. */
export const HTTP_FAULTS = [
  /** No answer, on a connection that stays open. */
  'hang',
  /** The connection is reset before anything is carried out. */
  'reset',
  /** Carried out; the connection ends in the middle of the answer. */
  'cut',
  /** Carried out; the connection is reset instead of an answer. */
  'lost',
  /** A gateway answers 502 at once, and the request is carried out after that. */
  'late',
  '429',
  '503',
  '500',
  /** The 500 of a Nomad that elects its leader. */
  'no-leader',
  /** 200 without a body. */
  'empty',
  /** 200 with the JSON `null`. */
  'null',
  /** 200 with a page in HTML. */
  'garbage',
  /** The 404 of a gateway that has lost its way to the server. */
  'no-route',
] as const;

export type HttpFault = (typeof HTTP_FAULTS)[number];

/** A request that passes the proxy. */
export interface PassingRequest {
  readonly method: string;
  /** Its path without the query, each UUID in it as `:id`. */
  readonly route: string;
  /** The product that asks, as its `User-Agent` begins: `git`, `Go-http-client`; empty where it names none. */
  readonly agent: string;
  /** 1 for the first request of this agent, method and route, and so on. */
  readonly occurrence: number;
}

export interface FaultProxy {
  /** `http://127.0.0.1:PORT`. */
  readonly address: string;
  /** Every request so far. */
  readonly requests: readonly PassingRequest[];
  /** Resolves once everything is carried out that was let through, late requests too. */
  settled(): Promise<void>;
  /** Ends every connection, also those that hang. */
  stop(): Promise<void>;
}

/** How long a gateway that has given up on a request takes to carry it out all the same. Milliseconds. */
const LATENESS = 1_000;

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

const TEXT = 'text/plain; charset=utf-8';

/** What is answered instead, by fault. */
const ANSWERS: Readonly<Partial<Record<HttpFault, readonly [status: number, type: string, body: string]>>> = {
  late: [502, 'text/html', '<html><head><title>502 Bad Gateway</title></head></html>'],
  '429': [429, TEXT, 'Too Many Requests'],
  '503': [503, TEXT, 'Service Unavailable'],
  '500': [500, TEXT, 'Internal Server Error'],
  'no-leader': [500, TEXT, 'No cluster leader'],
  empty: [200, 'application/json', ''],
  null: [200, 'application/json', 'null'],
  'no-route': [404, 'text/html', '<html><head><title>404 Not Found</title></head></html>'],
  garbage: [200, 'text/html', '<!DOCTYPE html><html><body>Sign in to continue</body></html>'],
};

/**
 * Starts a reverse proxy on a free port of 127.0.0.1, which lets requests go wrong.
 *
 * @param target the address that it passes requests on to, `http://127.0.0.1:PORT`
 * @param decide called with each request as it comes; returns what goes wrong with it
 */
export async function startFaultProxy(
  target: string,
  decide: (request: PassingRequest) => HttpFault | undefined,
): Promise<FaultProxy> {
  const requests: PassingRequest[] = [];
  const underWay = new Set<Promise<unknown>>();
  const track = <T>(work: Promise<T>): Promise<T> => {
    const ended: Promise<unknown> = work
      .catch(() => undefined)
      .finally(() => {
        underWay.delete(ended);
      });
    underWay.add(ended);
    return work;
  };
  const server = createServer((incoming, response) => {
    const fault = decide(note(incoming, requests));
    respond(fault, incoming, response).catch(() => response.destroy());
  });

  async function respond(fault: HttpFault | undefined, incoming: IncomingMessage, response: ServerResponse) {
    const body = await readAll(incoming);
    const passOn = async () => await track(forward({ target, incoming, body, response }));
    if (fault === 'hang') return;
    if (fault === 'reset') return reset(response);
    if (fault === 'lost') {
      await passOn();
      return reset(response);
    }
    const instead = fault && ANSWERS[fault];
    if (instead === undefined) return send(await passOn(), response, fault === 'cut');
    const [status, type, text] = instead;
    response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(text) }).end(text);
    if (fault === 'late') await track(delay(LATENESS).then(passOn));
  }

  return {
    address: `http://${await listen(server)}`,
    requests,
    settled: async () => {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function note({ method = 'GET', url = '/', headers }: IncomingMessage, requests: PassingRequest[]): PassingRequest {
  const route = new URL(url, 'http://proxy').pathname.replace(UUID, ':id');
  const agent = headers['user-agent']?.split('/')[0] ?? '';
  const occurrence = requests.filter(isSameAs({ method, route, agent })).length + 1;
  requests.push({ method, route, agent, occurrence });
  return { method, route, agent, occurrence };
}

/** Whether a request asks the same. */
export function isSameAs(one: Omit<PassingRequest, 'occurrence'>): (other: PassingRequest) => boolean {
  return (other) => other.method === one.method && other.route === one.route && other.agent === one.agent;
}

interface Passage {
  readonly target: string;
  readonly incoming: IncomingMessage;
  readonly body: Buffer;
  readonly response: ServerResponse;
}

interface Answer {
  readonly status: number;
  /** Names and values in turn, without those of the connection. */
  readonly headers: string[];
  readonly body: Buffer;
}

/** A read that nobody waits for any more ends; a write that was sent is carried out. */
async function forward({ target, incoming, body, response }: Passage): Promise<Answer> {
  const { method = 'GET', url = '/', rawHeaders } = incoming;
  const { hostname, port } = new URL(target);
  const onward = sendRequest({
    hostname,
    port,
    agent: false,
    method,
    path: url,
    headers: [...endToEnd(rawHeaders), 'Content-Length', String(body.length)],
  });
  if (method === 'GET') response.once('close', () => onward.destroy());
  onward.end(body);
  const [answer] = (await once(onward, 'response')) as [IncomingMessage];
  return {
    status: answer.statusCode ?? 502,
    headers: endToEnd(answer.rawHeaders),
    body: await readAll(answer),
  };
}

/** Those of one connection alone, and the length, which is set anew. */
const OWN_HEADERS = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length']);

function endToEnd(rawHeaders: readonly string[]): string[] {
  return rawHeaders.filter((_, index) => !OWN_HEADERS.has(rawHeaders[index - (index % 2)]?.toLowerCase() ?? ''));
}

function send({ status, headers, body }: Answer, response: ServerResponse, cut: boolean): void {
  // Of an empty body a byte is missing, too.
  const length = cut ? Math.max(body.length, 1) : body.length;
  response.writeHead(status, [...headers, 'Content-Length', String(length)]);
  if (!cut) {
    response.end(body);
    return;
  }
  response.flushHeaders();
  response.write(body.subarray(0, body.length >> 1));
  response.socket?.destroySoon();
}

function reset(response: ServerResponse): void {
  response.socket?.resetAndDestroy();
}

async function readAll(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
