import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { listen } from './server.ts';

export interface HttpProxy {
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  /** What it was asked, and with what login: `CONNECT nomad.test:4646 Basic dXNlcg==`. */
  readonly requests: readonly string[];
  /** Ends every connection, tunnels too. */
  stop(): Promise<void>;
}

/**
 * Starts a proxy, which takes requests and opens tunnels, on a free port of 127.0.0.1.
 *
 * @param target an address whose port on 127.0.0.1 stands for every host
 */
export async function startProxy(target: string): Promise<HttpProxy> {
  const port = Number(new URL(target).port);
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  const note = ({ method, url, headers }: IncomingMessage) =>
    requests.push(`${method} ${url} ${headers['proxy-authorization'] ?? ''}`.trim());
  const server = createServer((request, response) => {
    note(request);
    const { pathname, search } = new URL(request.url ?? '');
    const { method, headers } = request;
    const onward = httpRequest({ host: '127.0.0.1', port, method, headers, path: pathname + search }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  server.on('connection', (socket: Socket) => sockets.add(socket));
  server.on('connect', (request: IncomingMessage, client: Duplex) => {
    note(request);
    const tunnel = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      client.pipe(tunnel).pipe(client);
    });
    sockets.add(tunnel);
    client.on('error', () => tunnel.destroy());
    // What came before still reaches the client.
    tunnel.on('error', () => client.end());
  });
  return {
    host: await listen(server),
    requests,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
