import type { Access } from '../acl/access.ts';
import type { QueryResult } from './blocking.ts';
import { HttpError } from './errors.ts';
import type { ApiRequest } from './request.ts';

/** A request on its way to the code that answers it. */
export interface Call {
  readonly request: ApiRequest;
  /** What its token may do. */
  readonly access: Access;
  /** The parts of the path that the route leaves open. */
  readonly parameters: readonly string[];
}

/** What a write answers. Without an index the answer has no `X-Nomad-Index`. */
export interface WriteResult {
  readonly body: unknown;
  readonly index?: number;
}

/**
 * A route answers one path. A `query` may block until its result changes; a `write` answers once; a `text` answers with
 * plain text.
 */
export type Route = { readonly methods: readonly string[]; readonly path: RegExp } & (
  | { readonly query: (call: Call) => QueryResult }
  | { readonly write: (call: Call) => WriteResult | Promise<WriteResult> }
  | { readonly text: (call: Call) => string }
);

export function query(path: RegExp, run: (call: Call) => QueryResult, methods: readonly string[] = ['GET']): Route {
  return { methods, path, query: run };
}

export function write(
  path: RegExp,
  run: (call: Call) => WriteResult | Promise<WriteResult>,
  methods: readonly string[] = ['POST', 'PUT'],
): Route {
  return { methods, path, write: run };
}

/**
 * @returns the first route that fits, and what its path leaves open.
 * @throws HttpError 404 where no route has the path, 405 where one has it for other methods.
 */
export function findRoute(routes: readonly Route[], request: ApiRequest): { route: Route; parameters: string[] } {
  const onPath = routes.filter((route) => route.path.test(request.path));
  const route = onPath.find((candidate) => candidate.methods.includes(request.method));
  if (route !== undefined) return { route, parameters: [...(route.path.exec(request.path) ?? [])].slice(1) };
  if (onPath.length > 0) throw new HttpError(405, 'Invalid method');
  // Without a word, as Nomad's `handleRootFallthrough` does.
  throw new HttpError(404, '');
}
