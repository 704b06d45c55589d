import { logIn } from '../acl/login.ts';
import type { AuthMethod } from '../acl/options.ts';
import type { Token, Tokens } from '../acl/tokens.ts';
import type { QueryResult } from '../http/blocking.ts';
import { HttpError, permissionDenied } from '../http/errors.ts';
import { jsonBody } from '../http/request.ts';
import { type Call, query, type Route, type WriteResult, write } from '../http/router.ts';
import type { State } from '../state.ts';

/** Tokens, policies and logging in. @param tokens undefined where ACLs are off. */
export function aclRoutes(state: State, tokens: Tokens | undefined, methods: readonly AuthMethod[]): Route[] {
  if (tokens === undefined)
    return [{ methods: ['GET', 'POST', 'PUT', 'DELETE'], path: /^\/v1\/acl\//, text: disabled }];
  return [
    write(/^\/v1\/acl\/login$/, async ({ request }) => {
      const token = await logIn(tokens, methods, jsonBody(request));
      return { body: token, index: token.CreateIndex };
    }),
    query(/^\/v1\/acl\/token\/self$/, (call) => selfToken(tokens, call)),
    query(/^\/v1\/acl\/tokens$/, (call) => {
      call.access.requireManagement();
      return { index: state.indexOf('acl_token'), body: tokens.all().map(withoutSecret) };
    }),
    query(/^\/v1\/acl\/token\/([^/]+)$/, (call) => oneToken(state, tokens, call)),
    write(/^\/v1\/acl\/token\/([^/]+)$/, (call) => removeToken(tokens, call), ['DELETE']),
    query(/^\/v1\/acl\/policies$/, (call) => {
      call.access.requireManagement();
      const names = Object.keys(tokens.policies).sort();
      const body = names.map((Name) => ({ Name, Description: '', JobACL: null, CreateIndex: 1, ModifyIndex: 1 }));
      return { index: 1, body };
    }),
  ];
}

function disabled(): never {
  throw new HttpError(400, 'ACL support disabled');
}

function selfToken(tokens: Tokens, { request }: Call): QueryResult {
  const token = tokens.bySecretId(request.token);
  if (token === undefined) throw permissionDenied();
  return { index: token.ModifyIndex, body: token };
}

function oneToken(state: State, tokens: Tokens, { request, access, parameters }: Call): QueryResult {
  const token = tokens.byAccessor(parameters[0] ?? '');
  const own = token !== undefined && token.SecretID === request.token;
  if (!own) access.requireManagement();
  if (token === undefined) return { index: state.indexOf('acl_token'), missing: 'ACL token not found' };
  return { index: token.ModifyIndex, body: token };
}

/** Only a management token removes tokens: whoever logged in cannot log out. */
function removeToken(tokens: Tokens, { access, parameters }: Call): WriteResult {
  access.requireManagement();
  const id = parameters[0] ?? '';
  const token = tokens.byAccessor(id);
  if (token === undefined) throw new HttpError(400, `Cannot delete nonexistent tokens: ${id}`);
  return { body: undefined, index: tokens.remove(token) };
}

function withoutSecret({ SecretID, ...rest }: Token): Omit<Token, 'SecretID'> {
  return rest;
}
