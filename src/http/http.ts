import { createSecureContext, type SecureContext } from 'node:tls';
import type { buildConnector, Dispatcher } from 'undici';
import { authorities } from './authorities.ts';
import { TimedOut, TooLarge } from './faults.ts';
import { type Environment, ProxyRefused, proxyFor, proxyLogin } from './proxy.ts';
import { unlessAborted, withSignals } from './signals.ts';

export interface HttpOptions {
  /** Names proxies and authorities. Default: that of this process. */
  readonly environment?: Environment;
  readonly tls?: TlsOptions;
  /** A Unix socket that all requests go to, whatever their host. */
  readonly socketPath?: string;
  /** How many connections one host may have at once. Default: any number. */
  readonly connections?: number;
}

/** Certificates are PEM. */
export interface TlsOptions {
  /** The only authorities that are trusted, instead of those of the machine and the environment. */
  readonly ca?: readonly string[];
  readonly cert?: string;
  readonly key?: string;
  /** The name that the certificate must be for, where it is not the host's. */
  readonly serverName?: string;
  /** Accept any certificate. */
  readonly skipVerify?: boolean;
}

export interface HttpRequest {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly url: string | URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Until the whole response must be there. Milliseconds. */
  readonly timeout: number;
  /** How long nothing may come of it. Default: as long as the whole response may take. Milliseconds. */
  readonly stall?: number;
  /** Bytes that the body of a good response may have. */
  readonly limit: number;
  readonly signals: readonly AbortSignal[];
}

export interface HttpResponse {
  readonly status: number;
  /** The value of a header; empty where there is none. */
  readonly header: (name: string) => string;
  readonly body: Buffer;
}

const CONNECT_TIMEOUT = 10_000;

/** Of the body of a response that is not a good one; of a larger one nothing is kept. Bytes. */
const LARGEST_REFUSAL = 256 * 1024;

/**
 * Sends HTTP requests: through the proxy that the environment names, trusting the authorities of the machine, following no redirect
 * and keeping its limits. Who asks, and what an answer means, is not its business. The HTTP library is loaded with the first request.
 */
export class Http {
  readonly #options: HttpOptions;
  readonly #environment: Environment;
  readonly #dispatchers = new Map<string, Promise<Dispatcher>>();
  #context: Promise<SecureContext> | undefined;

  constructor(options: HttpOptions = {}) {
    this.#options = options;
    this.#environment = options.environment ?? process.env;
  }

  /**
   * One request and its whole response, whatever the status.
   *
   * @throws what the HTTP library throws; `TimedOut`, `TooLarge`, `ProxyRefused`; the reason of a signal that is aborted
   */
  async send({
    method = 'GET',
    headers = {},
    body,
    timeout,
    stall = 0,
    limit,
    signals,
    ...to
  }: HttpRequest): Promise<HttpResponse> {
    const url = new URL(to.url);
    // A proxy's login is the proxy's alone, and a user in the address nobody's.
    url.username = '';
    url.password = '';
    return await withSignals(signals, { after: timeout, reason: new TimedOut(timeout) }, async (signal) => {
      const dispatcher = await this.#dispatcherFor(url);
      signal.throwIfAborted();
      const { origin, pathname, search } = url;
      const requested = dispatcher.request({
        method,
        origin,
        path: `${pathname}${search}`,
        headers,
        body: body ?? null,
        signal,
        headersTimeout: stall,
        bodyTimeout: stall,
      });
      // undici heeds a signal only once it is connected, and waits for a proxy's tunnel for minutes.
      const response = await unlessAborted(signal, requested);
      // A body that is left unread ends with an error, which is not news.
      response.body.on('error', () => undefined);
      try {
        const { statusCode: status } = response;
        const good = status >= 200 && status < 300;
        return {
          status,
          header: (name) => String(response.headers[name] ?? ''),
          body: await (good ? readAll(response, limit) : readSome(response)),
        };
      } finally {
        response.body.destroy();
      }
    });
  }

  /** Closes all connections; requests under way fail. */
  async close(): Promise<void> {
    const dispatchers = await Promise.allSettled(this.#dispatchers.values());
    await Promise.all(dispatchers.map(async (made) => made.status === 'fulfilled' && (await made.value.destroy())));
  }

  async #dispatcherFor(url: URL): Promise<Dispatcher> {
    const proxy = this.#options.socketPath === undefined ? proxyFor(url, this.#environment) : undefined;
    const key = `${url.protocol} ${proxy?.href ?? ''}`;
    const made = this.#dispatchers.get(key) ?? this.#connect(url.protocol === 'https:', proxy);
    this.#dispatchers.set(key, made);
    return await made;
  }

  async #connect(secure: boolean, proxy: URL | undefined): Promise<Dispatcher> {
    const { connections, socketPath } = this.#options;
    const { Agent, buildConnector, Pool, ProxyAgent } = await import('./undici.ts');
    const common = { connectTimeout: CONNECT_TIMEOUT, ...(connections !== undefined && { connections }) };
    if (socketPath !== undefined) return new Agent({ ...common, connect: { socketPath } });
    const tls = secure ? await this.#tls() : {};
    if (proxy === undefined) {
      return new Agent({ ...common, connect: firstErrorCounts(buildConnector({ ...tls, timeout: CONNECT_TIMEOUT })) });
    }
    if (proxy.protocol !== 'http:' && proxy.protocol !== 'https:') {
      throw new ProxyRefused(`the proxy of this runner is a ${proxy.protocol}// one, which is not supported`);
    }
    const login = proxyLogin(proxy);
    return new ProxyAgent({
      ...common,
      uri: proxy.origin,
      requestTls: tls,
      ...(proxy.protocol === 'https:' && { proxyTls: { ca: [...(await authorities(this.#environment))] } }),
      // As all other clients do: many proxies let nothing but TLS through a tunnel.
      proxyTunnel: secure,
      ...(login !== undefined && { token: login }),
      factory: (to, options: PoolOptions) =>
        new Pool(to, { ...options, ...(options.connect && { connect: firstErrorCounts(options.connect) }) }),
    });
  }

  async #tls(): Promise<buildConnector.BuildOptions> {
    const { ca, cert, key, serverName, skipVerify = false } = this.#options.tls ?? {};
    this.#context ??= (async () =>
      createSecureContext({
        ca: [...(ca ?? (await authorities(this.#environment)))],
        ...(cert !== undefined && { cert }),
        ...(key !== undefined && { key }),
      }))();
    return {
      secureContext: await this.#context,
      rejectUnauthorized: !skipVerify,
      ...(serverName !== undefined && { servername: serverName }),
    };
  }
}

interface PoolOptions {
  readonly connect?: buildConnector.connector;
}

/**
 * From TLS 1.3 on, a server says only after the connection stands that it wants another client certificate, and closes it. Of the two
 * errors, undici would report the second one, `other side closed`.
 */
function firstErrorCounts(connector: buildConnector.connector): buildConnector.connector {
  return (options, callback) =>
    connector(options, (...result) => {
      const [, socket] = result;
      socket?.once('error', () => socket.removeAllListeners('end'));
      callback(...result);
    });
}

async function readAll({ headers, body }: Dispatcher.ResponseData, limit: number): Promise<Buffer> {
  if (Number(headers['content-length'] ?? 0) > limit) throw new TooLarge(limit);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw new TooLarge(limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Nothing of a body that is larger than it may be: what is repeated in it may be a secret, and half of one is recognised by nobody. */
async function readSome({ body }: Dispatcher.ResponseData): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > LARGEST_REFUSAL) return Buffer.alloc(0);
  }
  return Buffer.concat(chunks);
}
