import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

export interface Asked {
  readonly path: string;
  /** All values of the header, in their order. */
  readonly authorization: readonly string[];
}

export interface GitServerOptions {
  /** Below it are the repositories. */
  readonly root: string;
  /** `user:password` that a request has to show; default: none. */
  readonly login?: string;
  /** Answers everything with this status instead, and this header. */
  readonly answer?: { readonly status: number; readonly location?: (path: string) => string };
}

/** Git's own HTTP server, `git http-backend`, behind Node's. */
export class GitServer {
  readonly requests: Asked[] = [];
  readonly #options: GitServerOptions;
  readonly #server: Server;

  private constructor(options: GitServerOptions) {
    this.#options = options;
    this.#server = createServer((request, response) => this.#answer(request, response));
  }

  static async start(options: GitServerOptions): Promise<GitServer> {
    const server = new GitServer(options);
    server.#server.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.#server.once('listening', resolve));
    return server;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const { root, login, answer } = this.#options;
    const authorization = request.headersDistinct['authorization'] ?? [];
    const path = request.url ?? '/';
    this.requests.push({ path, authorization });
    if (answer !== undefined) {
      const location = answer.location?.(path);
      response.writeHead(answer.status, location === undefined ? {} : { Location: location }).end();
      return;
    }
    const wanted = login === undefined ? undefined : `Basic ${Buffer.from(login).toString('base64')}`;
    if (wanted !== undefined && authorization[0] !== wanted) {
      response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="registry"' }).end();
      return;
    }
    const url = new URL(path, 'http://git');
    const backend = spawn('git', ['http-backend'], {
      env: {
        PATH: process.env['PATH'] ?? '',
        GIT_PROJECT_ROOT: root,
        GIT_HTTP_EXPORT_ALL: '1',
        GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
        HTTP_CONTENT_ENCODING: String(request.headers['content-encoding'] ?? ''),
        REQUEST_METHOD: request.method ?? 'GET',
        PATH_INFO: url.pathname,
        QUERY_STRING: url.search.slice(1),
        CONTENT_TYPE: String(request.headers['content-type'] ?? ''),
        REMOTE_ADDR: '127.0.0.1',
      },
    });
    request.pipe(backend.stdin);
    const chunks: Buffer[] = [];
    backend.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    backend.on('close', () => {
      const output = Buffer.concat(chunks);
      const end = output.indexOf('\r\n\r\n');
      let status = 200;
      for (const line of output.subarray(0, end).toString('latin1').split('\r\n')) {
        const [name = '', value = ''] = line.split(': ');
        if (name === 'Status') status = Number(value.slice(0, 3));
        else response.setHeader(name, value);
      }
      response.writeHead(status).end(output.subarray(end + 4));
    });
  }
}

/** Makes a registry: a bare repository `root/NAME.git` with these packs and a tag `v1.0.0`; answers its commit. */
export function makeRegistry(root: string, name: string, packs: readonly string[]): string {
  const work = join(root, `${name}-work`);
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.com', ...args], {
      cwd: work,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  mkdirSync(work, { recursive: true });
  git('init', '-b', 'main', '.');
  for (const pack of packs) {
    mkdirSync(join(work, 'packs', pack, 'templates'), { recursive: true });
    writeFileSync(join(work, 'packs', pack, 'metadata.hcl'), `pack {\n  name = "${pack}"\n}\n`);
  }
  git('add', '.');
  git('commit', '-m', 'packs');
  git('tag', 'v1.0.0');
  git('clone', '--bare', work, join(root, `${name}.git`));
  return git('rev-parse', 'HEAD');
}
