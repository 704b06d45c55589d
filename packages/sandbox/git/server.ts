import type { IncomingMessage } from 'node:http';
import { basename, dirname } from 'node:path';
import { type SeenRequest, startWebServer } from '../http/server.ts';
import { serveGit } from './backend.ts';

/** A repository that the server has. */
export interface ServedRepository {
  /** The repository's folder: a bare one, or the `.git` of one with a work tree. Absolute. */
  readonly path: string;
  /** Makes it private: it then wants HTTP Basic with this as the password of any user, or as the user, as GitHub takes both. */
  readonly token?: string;
}

/** What a repository does instead of being there. */
export type Misbehaviour =
  | { readonly kind: 'status'; readonly status: number }
  /** Answers every request with a redirect to the same path of another origin. */
  | { readonly kind: 'redirect'; readonly to: string }
  | { readonly kind: 'hang' }
  /** Ends the connection instead of answering. */
  | { readonly kind: 'reset' };

/** Which requests a misbehaviour is for. */
export interface Occasion {
  /** The first ones are spared; default none. */
  readonly after?: number;
  /** Only for so many of them; default all. */
  readonly times?: number;
  /** Only for those whose method, path and query this fits. */
  readonly of?: RegExp;
}

export interface GitServerOptions {
  /** By the name that goes before `.git` in the URL; slashes are fine: `private/packs`. */
  readonly repositories: Readonly<Record<string, ServedRepository>>;
}

export interface GitServer {
  /** `http://127.0.0.1:PORT`. */
  readonly address: string;
  /** Every request so far. */
  readonly requests: readonly SeenRequest[];
  /** The URL to clone a repository from. */
  url(name: string): string;
  /** From now on a repository behaves so; undefined: as it should. */
  misbehave(name: string, how: Misbehaviour | undefined, occasion?: Occasion): void;
  stop(): Promise<void>;
}

/** Serves repositories over HTTP, read-only, through the real `git http-backend`, on a free port of 127.0.0.1. */
export async function startGitServer({ repositories }: GitServerOptions): Promise<GitServer> {
  const misbehaviours = new Map<string, { how: Misbehaviour; of: RegExp; spared: number; left: number }>();
  const misbehaviourFor = (name: string, request: string): Misbehaviour | undefined => {
    const misbehaviour = misbehaviours.get(name);
    if (misbehaviour === undefined || misbehaviour.left === 0 || !misbehaviour.of.test(request)) return undefined;
    if (misbehaviour.spared > 0) {
      misbehaviour.spared -= 1;
      return undefined;
    }
    misbehaviour.left -= 1;
    return misbehaviour.how;
  };
  const server = await startWebServer(async (request, response, { pathname, search }) => {
    const { name = '', rest = '' } =
      /^\/(?<name>.+?)(?:\.git)?(?<rest>\/(?:info\/refs|HEAD|objects\/.*|git-.*))$/.exec(pathname)?.groups ?? {};
    const repository = Object.hasOwn(repositories, name) ? repositories[name] : undefined;
    const misbehaviour = misbehaviourFor(name, `${request.method} ${pathname}${search}`);
    if (misbehaviour?.kind === 'hang') return;
    if (misbehaviour?.kind === 'reset') {
      request.socket.resetAndDestroy();
      return;
    }
    if (misbehaviour?.kind === 'redirect') {
      response.writeHead(302, { Location: new URL(`${pathname}${search}`, misbehaviour.to).href }).end();
    } else if (misbehaviour?.kind === 'status' || repository === undefined) {
      response.writeHead(misbehaviour?.status ?? 404, { 'Content-Type': 'text/plain' }).end('sandbox');
    } else if (repository.token !== undefined && !loginOf(request).includes(repository.token)) {
      response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="sandbox"' }).end();
    } else {
      const { path } = repository;
      await serveGit(request, response, {
        root: dirname(path),
        path: `/${basename(path)}${rest}`,
        query: search.slice(1),
      });
    }
  });
  return {
    address: server.address,
    requests: server.requests,
    url: (name) => `${server.address}/${name}.git`,
    misbehave: (name, how, { after = 0, times = Number.POSITIVE_INFINITY, of = /^/ } = {}) => {
      if (how === undefined) misbehaviours.delete(name);
      else misbehaviours.set(name, { how, of, spared: after, left: times });
    },
    stop: server.stop,
  };
}

/** User and password of a request's HTTP Basic credentials; nothing without any. */
function loginOf({ headers }: IncomingMessage): string[] {
  const encoded = /^basic (.+)$/i.exec(headers.authorization ?? '')?.[1] ?? '';
  return Buffer.from(encoded, 'base64').toString('utf8').split(':');
}
