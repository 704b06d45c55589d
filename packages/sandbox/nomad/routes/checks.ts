import type { Client } from '../client/client.ts';
import { HttpError } from '../http/errors.ts';
import { query, type Route } from '../http/router.ts';
import type { State } from '../state.ts';

/** What came of the health checks of an allocation, by their ids. */
export function checkRoutes(state: State, client: Client): Route[] {
  return [
    query(/^\/v1\/client\/allocation\/([^/]+)\/checks$/, ({ access, parameters }) => {
      const alloc = state.allocation(parameters[0] ?? '');
      if (alloc === undefined) throw new HttpError(404, `Unknown allocation "${parameters[0]}"`);
      access.require(alloc.Namespace, 'read-job');
      const results = client.checkResults(alloc.ID);
      return { index: alloc.ModifyIndex, body: Object.fromEntries(results.map((result) => [result.ID, result])) };
    }),
  ];
}
