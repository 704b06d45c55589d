import { jsonBody, namespaceOf } from '../http/request.ts';
import { type Route, write } from '../http/router.ts';
import type { Children } from '../jobs/children.ts';

/** Launching a periodic job by hand, and dispatching a parameterized one. */
export function childRoutes(children: Children): Route[] {
  return [
    write(/^\/v1\/job\/(.+)\/periodic\/force$/, ({ request, access, parameters }) => {
      const namespace = namespaceOf(request);
      access.require(namespace, 'dispatch-job', 'submit-job', 'force-periodic-job');
      const change = children.force(namespace, parameters[0] ?? '');
      const body = { EvalID: change.evaluationId, EvalCreateIndex: change.evaluationIndex, Index: change.index };
      return { body, index: change.index };
    }),
    write(/^\/v1\/job\/(.+)\/dispatch$/, ({ request, access, parameters }) => {
      const namespace = namespaceOf(request);
      access.require(namespace, 'dispatch-job');
      const body = request.body === '' ? {} : jsonBody(request);
      const meta = (body['Meta'] as Record<string, string> | null | undefined) ?? {};
      const payload = (body['Payload'] as string | null | undefined) ?? '';
      const change = children.dispatch(namespace, parameters[0] ?? '', meta, payload);
      const answer = {
        DispatchedJobID: change.id,
        EvalID: change.evaluationId,
        EvalCreateIndex: change.evaluationIndex,
        JobCreateIndex: change.index,
        Index: change.index,
      };
      return { body: answer, index: change.index };
    }),
  ];
}
