import type { IncomingMessage, ServerResponse } from 'node:http';
import { startWebServer, type WebServer } from '../../../sandbox/http/server.ts';

export interface StoredComment {
  readonly id: number;
  body: string;
  readonly user: { readonly login: string; readonly type: 'Bot' | 'User' };
}

/** What goes wrong with a request, instead of its answer. */
export interface Fault {
  readonly method: string;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly message?: string;
  /** How many requests it meets; all by default. */
  readonly times?: number;
  /** Do what was asked before failing, as when an answer gets lost. */
  readonly after?: boolean;
}

export interface GitHubServer extends WebServer {
  comments: StoredComment[];
  faults: Fault[];
  /** Called when a comment has been created, before it is answered: another run may do the same. */
  onCreate: () => void;
  /** How many requests of a method there were. */
  count(method: string): number;
}

/** Who the server takes the token for. */
export interface Identity {
  readonly login: string;
  readonly type: 'Bot' | 'User';
}

export const BOT: Identity = { login: 'github-actions[bot]', type: 'Bot' };

/** The part of GitHub's REST API that a comment needs: issue comments, in pages, and the user of a token. */
export async function startGitHub(me: Identity = BOT): Promise<GitHubServer> {
  const met = new Map<Fault, number>();
  const state = { comments: [] as StoredComment[], faults: [] as Fault[], onCreate: () => {} };

  const server = await startWebServer(async (request, response, url) => {
    const { method = 'GET' } = request;
    const fault = state.faults.find((one) => one.method === method && (met.get(one) ?? 0) < (one.times ?? Infinity));
    if (fault !== undefined) met.set(fault, (met.get(fault) ?? 0) + 1);
    const body = JSON.parse((await read(request)) || '{}') as { body?: string };
    if (fault !== undefined && fault.after !== true) return fail(response, fault);
    const answer = perform(method, url, body.body ?? '');
    if (fault !== undefined) return fail(response, fault);
    response.writeHead(answer.status, { 'Content-Type': 'application/json', ...answer.headers });
    response.end(answer.status === 204 ? undefined : JSON.stringify(answer.json));
  });

  function perform(method: string, url: URL, body: string): Answer {
    if (url.pathname === '/user') {
      if (me.type === 'Bot') return problem(403, 'Resource not accessible by integration');
      return { status: 200, json: { login: me.login } };
    }
    const id = Number(/^\/repos\/octo\/shop\/issues\/comments\/(\d+)$/.exec(url.pathname)?.[1]);
    const comment = state.comments.find((one) => one.id === id);
    if (url.pathname === '/repos/octo/shop/issues/7/comments') {
      if (method === 'GET') return page(url, state.comments);
      if (body.length > 65_536) return problem(422, 'Validation Failed');
      const created = { id: 1 + Math.max(0, ...state.comments.map((one) => one.id)), body, user: me };
      state.comments.push(created);
      state.onCreate();
      return { status: 201, json: created };
    }
    if (comment === undefined) return problem(404, 'Not Found');
    if (method === 'PATCH') {
      comment.body = body;
      return { status: 200, json: comment };
    }
    state.comments = state.comments.filter((one) => one !== comment);
    return { status: 204, json: undefined };
  }

  return Object.assign(state, server, {
    count: (method: string) => server.requests.filter((request) => request.method === method).length,
  });
}

interface Answer {
  readonly status: number;
  readonly json: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

function page(url: URL, comments: readonly StoredComment[]): Answer {
  const size = Number(url.searchParams.get('per_page') ?? 30);
  const number = Number(url.searchParams.get('page') ?? 1);
  const next = new URL(url);
  next.searchParams.set('page', String(number + 1));
  const more = comments.length > number * size;
  return {
    status: 200,
    json: comments.slice((number - 1) * size, number * size),
    ...(more && { headers: { Link: `<${next.pathname}${next.search}>; rel="next"` } }),
  };
}

function problem(status: number, message: string): Answer {
  return { status, json: { message } };
}

function fail(response: ServerResponse, { status, headers = {}, message = 'fault' }: Fault): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify({ message }));
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
