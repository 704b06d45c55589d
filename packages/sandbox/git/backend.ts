import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';

const headEnd = Buffer.from('\r\n\r\n');

/**
 * Answers a request through `git http-backend`, the CGI program that comes with git. Read-only: it serves what is cloned and
 * fetched, and refuses pushes.
 *
 * @param root the folder that holds the bare repository
 * @param path the request's path below the root, as `/packs.git/info/refs`
 */
export async function serveGit(
  request: IncomingMessage,
  response: ServerResponse,
  { root, path, query }: { root: string; path: string; query: string },
): Promise<void> {
  const { headers } = request;
  const child = spawn('git', ['http-backend'], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: {
      PATH: process.env['PATH'],
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_COUNT: '1',
      // The repository may belong to another user than the one that runs the sandbox.
      GIT_CONFIG_KEY_0: 'safe.directory',
      GIT_CONFIG_VALUE_0: '*',
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      GIT_PROTOCOL: text(headers['git-protocol']),
      REQUEST_METHOD: request.method,
      PATH_INFO: path,
      QUERY_STRING: query,
      CONTENT_TYPE: text(headers['content-type']),
      CONTENT_LENGTH: text(headers['content-length']),
      HTTP_CONTENT_ENCODING: text(headers['content-encoding']),
      REMOTE_ADDR: '127.0.0.1',
    },
  });
  const closed = once(child, 'close');
  // The program may end before it has read all of a request that it refuses; a client may leave before it has read the answer.
  child.stdin.on('error', () => undefined);
  request.pipe(child.stdin);
  response.once('close', () => child.kill());
  await answerWith(child.stdout, response);
  await closed;
}

/** Turns the program's output, its head and then the body, into an HTTP response. */
async function answerWith(output: AsyncIterable<Buffer>, response: ServerResponse): Promise<void> {
  let buffered = Buffer.alloc(0);
  for await (const chunk of output) {
    if (response.headersSent) {
      response.write(chunk);
      continue;
    }
    buffered = Buffer.concat([buffered, chunk]);
    const end = buffered.indexOf(headEnd);
    if (end < 0) continue;
    writeHead(response, buffered.subarray(0, end).toString('latin1'));
    response.write(buffered.subarray(end + headEnd.length));
  }
  response.end();
}

function writeHead(response: ServerResponse, head: string): void {
  const headers = head.split('\r\n').map((line): [string, string] => {
    const at = line.indexOf(':');
    return [line.slice(0, at), line.slice(at + 1).trim()];
  });
  const status = headers.find(([name]) => name.toLowerCase() === 'status')?.[1] ?? '200';
  for (const [name, value] of headers) if (name.toLowerCase() !== 'status') response.setHeader(name, value);
  response.writeHead(Number.parseInt(status, 10));
}

function text(header: string | string[] | undefined): string {
  return typeof header === 'string' ? header : '';
}
