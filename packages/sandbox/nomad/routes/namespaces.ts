import type { QueryResult } from '../http/blocking.ts';
import { HttpError } from '../http/errors.ts';
import { jsonBody } from '../http/request.ts';
import { type Call, query, type Route, type WriteResult, write } from '../http/router.ts';
import { multierror } from '../multierror.ts';
import type { State } from '../state.ts';

/** Namespaces: listed, read, made and removed. */
export function namespaceRoutes(state: State): Route[] {
  return [
    query(/^\/v1\/namespaces$/, (call) => {
      const visible = state.allNamespaces().filter(({ Name }) => mayRead(call, Name));
      return { index: state.indexOf('namespaces'), body: visible };
    }),
    query(/^\/v1\/namespace\/([^/]+)$/, (call) => one(state, call)),
    write(/^\/v1\/namespaces?(?:\/([^/]+))?$/, (call) => put(state, call)),
    write(/^\/v1\/namespace\/([^/]+)$/, (call) => remove(state, call), ['DELETE']),
  ];
}

function mayRead({ access }: Call, namespace: string): boolean {
  return access.allows(namespace, 'list-jobs', 'read-job', 'submit-job', 'register-job');
}

function one(state: State, call: Call): QueryResult {
  const name = call.parameters[0] ?? '';
  const found = mayRead(call, name) ? state.namespace(name) : undefined;
  if (found === undefined) return { index: state.indexOf('namespaces'), missing: 'Namespace not found' };
  return { index: found.ModifyIndex, body: found };
}

function put(state: State, { request, access, parameters }: Call): WriteResult {
  access.requireManagement();
  const body = jsonBody(request);
  const name = String(body['Name'] ?? parameters[0] ?? '');
  if (parameters[0] !== undefined && parameters[0] !== name) {
    throw new HttpError(400, 'Namespace name does not match request path');
  }
  if (!/^[a-zA-Z0-9-]{1,128}$/.test(name)) {
    throw new HttpError(500, `invalid namespace: invalid name "${name}". Must match regex ^[a-zA-Z0-9-]{1,128}$`);
  }
  const Meta = (body['Meta'] as Record<string, string> | null | undefined) ?? null;
  const index = state.commit(() =>
    state.putNamespace({ Name: name, Description: String(body['Description'] ?? ''), Meta }),
  );
  return { body: undefined, index };
}

function remove(state: State, { access, parameters }: Call): WriteResult {
  access.requireManagement();
  const name = parameters[0] ?? '';
  if (name === 'default') throw new HttpError(500, 'can not delete default namespace');
  if (state.namespace(name) === undefined) throw new HttpError(500, multierror([`namespace "${name}" not found`]));
  const running = state.allJobs().some((job) => job.Namespace === name && job.Status !== 'dead');
  if (running) {
    const reason = `namespace "${name}" has non-terminal jobs in regions: [global]`;
    throw new HttpError(500, multierror([reason]));
  }
  return { body: undefined, index: state.commit(() => state.deleteNamespace(name)) };
}
