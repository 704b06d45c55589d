import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';

/** A request as it came, for tests to look at. */
export interface SeenRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** All values of each header, in their order; `headers` has but the first `Authorization` of several. */
  readonly headersDistinct: IncomingMessage['headersDistinct'];
}

/** A server of the sandbox, or of a test. */
export interface WebServer {
  /** `http://127.0.0.1:PORT`, or `https://`, without a slash at the end. */
  readonly address: string;
  /** Every request so far. */
  readonly requests: SeenRequest[];
  /** Ends every connection, also those that wait for an answer. */
  stop(): Promise<void>;
}

/**
 * Answers a request. One that resolves without ending the response leaves the client hanging.
 *
 * @param url of the request, its host aside
 */
export type Answer = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void> | void;

/**
 * Listens on a free port of 127.0.0.1. Each answer says in the header `X-Sandbox` that it comes from a sandbox. An answer
 * that throws becomes a 500 with its message.
 *
 * @param tls the server's certificate and key in PEM, which make it HTTPS
 */
export async function startWebServer(
  answer: Answer,
  tls?: { readonly cert: string; readonly key: string },
): Promise<WebServer> {
  const requests: SeenRequest[] = [];
  const receive: RequestListener = (request, response) => {
    response.setHeader('X-Sandbox', 'true');
    const seen = seenRequest(request);
    requests.push(seen);
    Promise.resolve()
      .then(() => answer(request, response, new URL(seen.path, 'http://sandbox')))
      .catch((error: Error) => {
        if (response.headersSent) response.destroy(error);
        else response.writeHead(500, { 'Content-Type': 'text/plain' }).end(error.message);
      });
  };
  const server = tls === undefined ? createServer(receive) : createSecureServer(tls, receive);
  const host = await listen(server);
  return {
    address: `${tls === undefined ? 'http' : 'https'}://${host}`,
    requests,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Lets a server listen on a free port. @returns `127.0.0.1:PORT` */
export async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What of a request is kept. */
export function seenRequest({ method = 'GET', url = '/', headers, headersDistinct }: IncomingMessage): SeenRequest {
  return { method, path: url, headers, headersDistinct };
}
