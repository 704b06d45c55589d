import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Access } from '../acl/access.ts';
import type { State } from '../state.ts';
import { blockingQuery } from './blocking.ts';
import { HttpError } from './errors.ts';
import type { Fault, Faults } from './faults.ts';
import { inRandomOrder } from './map-order.ts';
import { type ApiRequest, tokenOf } from './request.ts';
import { type Call, findRoute, type Route } from './router.ts';

/** Certificates in PEM. With `ca`, a client has to show a certificate that it signed. */
export interface TlsOptions {
  readonly cert: string;
  readonly key: string;
  readonly ca?: string;
}

/** A request as it came, for tests to look at. `path` includes the query. */
export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  readonly token: string;
  readonly body: string;
}

export interface HttpServerOptions {
  readonly state: State;
  readonly routes: readonly Route[];
  /** The server's own. Requests that name another go nowhere. */
  readonly region: string;
  /** What a token's secret may do. @throws HttpError for a token that is not valid. */
  readonly authenticate: (secret: string) => Access;
  readonly faults?: Faults | undefined;
  readonly tls?: TlsOptions | undefined;
  /** The path of a Unix socket to listen on instead of a free loopback port. */
  readonly socket?: string | undefined;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const connectionLimit = 100;

/** Listens for HTTP and answers with what the routes say. */
export class HttpServer {
  readonly requests: LoggedRequest[] = [];
  /** How many connections were opened so far. */
  connections = 0;
  /** The address as `NOMAD_ADDR` takes it. */
  address = '';
  private readonly options: HttpServerOptions;
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private readonly stopping = new AbortController();

  static async start(options: HttpServerOptions): Promise<HttpServer> {
    const server = new HttpServer(options);
    await server.listen();
    return server;
  }

  private constructor(options: HttpServerOptions) {
    this.options = options;
    const answer = (request: IncomingMessage, response: ServerResponse) => {
      this.answer(request, response).catch((error: Error) => response.destroy(error));
    };
    const { tls } = options;
    this.server =
      tls === undefined
        ? createHttpServer(answer)
        : createHttpsServer({ ...tls, requestCert: tls.ca !== undefined, rejectUnauthorized: true }, answer);
    this.server.on('connection', (socket: Socket) => this.admit(socket));
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    const closed = once(this.server, 'close');
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private async listen(): Promise<void> {
    const { socket, tls } = this.options;
    if (socket === undefined) this.server.listen(0, '127.0.0.1');
    else this.server.listen(socket);
    await once(this.server, 'listening');
    if (socket !== undefined) this.address = `unix://${socket}`;
    else {
      const { port } = this.server.address() as AddressInfo;
      this.address = `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`;
    }
  }

  /** Nomad closes the door on who holds too many connections (`http_max_conns_per_client`). */
  private admit(socket: Socket): void {
    this.connections += 1;
    this.sockets.add(socket);
    socket.once('close', () => this.sockets.delete(socket));
    if (this.sockets.size <= connectionLimit) return;
    const body = 'Your IP is issuing too many concurrent connections, please rate limit your calls\n';
    const head = `HTTP/1.1 429 Too Many Requests\r\nContent-Type: text/plain\r\nContent-Length: ${body.length}`;
    socket.end(`${head}\r\nConnection: close\r\n\r\n${body}`);
  }

  private async answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await readRequest(incoming);
    const { method, token, body } = request;
    this.requests.push({ method, path: incoming.url ?? '', token, body });
    const fault = this.options.faults?.(request);
    if (fault?.kind === 'delay') await delay(fault.milliseconds, undefined, { ref: false });
    if (fault?.kind === 'reset' && fault.afterwards !== true) {
      incoming.socket.resetAndDestroy();
      return;
    }
    const answer = fault?.kind === 'respond' ? faultyAnswer(fault) : await this.carryOut(request, response);
    if (fault?.kind === 'reset') {
      incoming.socket.resetAndDestroy();
      return;
    }
    response.writeHead(answer.status, { ...answer.headers, 'X-Nomad-Sandbox': 'simulated' });
    response.end(answer.body);
  }

  private async carryOut(request: ApiRequest, response: ServerResponse): Promise<Answer> {
    const gone = new AbortController();
    const leave = () => gone.abort();
    response.once('close', leave);
    this.stopping.signal.addEventListener('abort', leave, { once: true });
    try {
      const region = request.query.get('region') || this.options.region;
      if (region !== this.options.region) throw new HttpError(500, 'No path to region');
      const { route, parameters } = findRoute(this.options.routes, request);
      const access = this.options.authenticate(request.token);
      return await this.run(route, { request, access, parameters }, gone.signal);
    } catch (error) {
      // Nomad answers 500 and the error's text to whatever goes wrong on the way.
      const status = error instanceof HttpError ? error.status : 500;
      return plain(status, (error as Error).message);
    } finally {
      response.off('close', leave);
      this.stopping.signal.removeEventListener('abort', leave);
    }
  }

  private async run(route: Route, call: Call, gone: AbortSignal): Promise<Answer> {
    if ('text' in route) return plain(200, route.text(call));
    if ('write' in route) {
      const { body, index } = await route.write(call);
      return this.json(body, index === undefined ? {} : { 'X-Nomad-Index': String(index) });
    }
    const result = await blockingQuery(this.options.state, call.request, gone, () => route.query(call));
    const headers = {
      'X-Nomad-Index': String(result.index),
      'X-Nomad-KnownLeader': 'true',
      'X-Nomad-LastContact': '0',
    };
    if ('missing' in result) return { ...plain(404, result.missing), headers: { ...headers, ...plainHeaders } };
    return this.json(result.body, headers);
  }

  /** Nomad answers a write that has nothing to say with an empty body. */
  private json(body: unknown, headers: Readonly<Record<string, string>>): Answer {
    if (body === undefined) return { status: 200, headers, body: '' };
    const text = JSON.stringify(inRandomOrder(body, this.requests.length));
    return { status: 200, headers: { 'Content-Type': 'application/json', ...headers }, body: text };
  }
}

const plainHeaders = { 'Content-Type': 'text/plain; charset=utf-8' };

function plain(status: number, body: string): Answer {
  return { status, headers: plainHeaders, body };
}

function faultyAnswer(fault: Fault & { kind: 'respond' }): Answer {
  return plain(fault.status, fault.body ?? '');
}

async function readRequest(incoming: IncomingMessage): Promise<ApiRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const url = new URL(incoming.url ?? '/', 'http://nomad');
  return {
    method: incoming.method ?? 'GET',
    path: decodePath(url.pathname),
    query: url.searchParams,
    token: tokenOf(incoming.headers),
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
