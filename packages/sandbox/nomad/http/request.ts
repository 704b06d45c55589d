import { HttpError } from './errors.ts';

/** An HTTP request, read as Nomad reads it. */
export interface ApiRequest {
  readonly method: string;
  /** The path, with `%2F` and the like decoded: a child's id holds slashes. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** The ACL token's secret, empty without one. */
  readonly token: string;
  readonly body: string;
}

/** The token of a request: Nomad takes its own header, or a bearer token. */
export function tokenOf(headers: NodeJS.Dict<string | string[]>): string {
  const own = headers['x-nomad-token'];
  if (typeof own === 'string' && own !== '') return own;
  const authorization = headers['authorization'];
  return typeof authorization === 'string' ? (/^bearer (.+)$/i.exec(authorization)?.[1]?.trim() ?? '') : '';
}

/** The namespace that a request names, `default` where it names none. */
export function namespaceOf(request: ApiRequest): string {
  return request.query.get('namespace') || 'default';
}

/** @throws HttpError 400 where the body is no JSON object. */
export function jsonBody(request: ApiRequest): Record<string, unknown> {
  if (request.body === '') throw new HttpError(400, 'Request body is empty');
  let parsed: unknown;
  try {
    parsed = JSON.parse(request.body);
  } catch (error) {
    throw new HttpError(400, (error as Error).message);
  }
  if (typeof parsed !== 'object' || parsed === null) throw new HttpError(400, 'json: cannot unmarshal into a request');
  return parsed as Record<string, unknown>;
}

/** A switch in the query, by the words that Go takes for true; false where it is missing. */
export function flag(request: ApiRequest, name: string): boolean {
  return ['1', 't', 'T', 'true', 'TRUE', 'True'].includes(request.query.get(name) ?? '');
}
