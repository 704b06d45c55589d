import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came, for tests to look at. */
export interface SeenRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** All values of each header, in their order; `headers` has but the first `Authorization` of several. */
  readonly headersDistinct: IncomingMessage['headersDistinct'];
}

export interface WebServer {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
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

/** Listens for HTTP on a free port of 127.0.0.1. An answer that throws becomes a 500 with its message. */
export async function startWebServer(answer: Answer): Promise<WebServer> {
  const requests: SeenRequest[] = [];
  const server = createServer((request, response) => {
    const seen = seenRequest(request);
    requests.push(seen);
    Promise.resolve()
      .then(() => answer(request, response, new URL(seen.path, 'http://sandbox')))
      .catch((error: Error) => {
        if (response.headersSent) response.destroy(error);
        else response.writeHead(500, { 'Content-Type': 'text/plain' }).end(error.message);
      });
  });
  return {
    address: await listen(server),
    requests,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Lets a server listen on a free port of 127.0.0.1. @returns its address, as that of a `WebServer` */
export async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export function seenRequest({ method = 'GET', url = '/', headers, headersDistinct }: IncomingMessage): SeenRequest {
  return { method, path: url, headers, headersDistinct };
}
