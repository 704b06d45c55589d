import type { QueryResult } from '../http/blocking.ts';
import { jsonBody, namespaceOf } from '../http/request.ts';
import { type Call, query, type Route, type WriteResult, write } from '../http/router.ts';
import type { State } from '../state.ts';

/** Nomad variables: listed, read, written and deleted. A namespace that does not exist is as good as any. */
export function variableRoutes(state: State): Route[] {
  return [
    query(/^\/v1\/vars$/, (call) => list(state, call)),
    query(/^\/v1\/var\/(.+)$/, (call) => one(state, call)),
    write(/^\/v1\/var\/(.+)$/, (call) => put(state, call)),
    write(/^\/v1\/var\/(.+)$/, (call) => remove(state, call), ['DELETE']),
  ];
}

function list(state: State, { request, access }: Call): QueryResult {
  const namespace = namespaceOf(request);
  const prefix = request.query.get('prefix') ?? '';
  const body = state
    .allVariables()
    .filter(({ Path, Namespace }) => Path.startsWith(prefix) && (namespace === '*' || Namespace === namespace))
    .filter(({ Namespace }) => access.allows(Namespace, 'submit-job'))
    .map(({ Items: _, ...metadata }) => metadata);
  return { index: state.indexOf('variables'), body };
}

function one(state: State, { request, access, parameters }: Call): QueryResult {
  access.require(namespaceOf(request), 'submit-job');
  const found = state.variable(namespaceOf(request), pathOf(parameters));
  if (found === undefined) return { index: state.indexOf('variables'), missing: 'variable not found' };
  return { index: found.ModifyIndex, body: found };
}

/** What is there already is overwritten. The body's namespace wins. */
function put(state: State, { request, access, parameters }: Call): WriteResult {
  const body = jsonBody(request);
  const namespace = String(body['Namespace'] ?? '') || namespaceOf(request);
  access.require(namespace, 'submit-job');
  const items = Object.fromEntries(
    Object.entries((body['Items'] as Record<string, unknown> | null) ?? {}).map(([key, value]) => [key, String(value)]),
  );
  const index = state.commit(() => state.putVariable({ Path: pathOf(parameters), Namespace: namespace, Items: items }));
  return { body: state.variable(namespace, pathOf(parameters)), index };
}

function remove(state: State, { request, access, parameters }: Call): WriteResult {
  access.require(namespaceOf(request), 'submit-job');
  const index = state.commit(() => state.deleteVariable(namespaceOf(request), pathOf(parameters)));
  return { body: undefined, index };
}

function pathOf([path = '']: readonly string[]): string {
  return path;
}
