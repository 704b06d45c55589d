import { createServer, type IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { afterwards } from '../../support/afterwards.ts';

/**
 * A gateway before Nomad that gives up on some requests, and passes them on all the same, later; gone after the test.
 *
 * @param givesUp whether it answers 502 to a request, told as `METHOD /path`
 * @param milliseconds how much later it passes such a request on
 * @returns its address
 */
export async function startGateway(
  nomad: string,
  givesUp: (request: string) => boolean,
  milliseconds: number,
): Promise<string> {
  const server = createServer(async (request, response) => {
    const { method = '', url = '' } = request;
    const body = await read(request);
    const pass = async () => await fetch(`${nomad}${url}`, { method, ...(body.length > 0 && { body }) });
    if (givesUp(`${method} ${url.split('?')[0]}`)) {
      response.writeHead(502).end('Bad Gateway');
      await delay(milliseconds, undefined, { ref: false });
      await pass().catch(() => undefined);
      return;
    }
    const answer = await pass().catch(() => undefined);
    if (answer === undefined) {
      response.destroy();
      return;
    }
    const index = answer.headers.get('X-Nomad-Index');
    response.writeHead(answer.status, index === null ? {} : { 'X-Nomad-Index': index });
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterwards(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as { readonly port: number };
  return `http://127.0.0.1:${port}`;
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
