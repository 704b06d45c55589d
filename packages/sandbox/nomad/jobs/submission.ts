import { HttpError } from '../http/errors.ts';
import type { ApiRequest } from '../http/request.ts';
import { canonicalizeJob } from '../jobspec/canonicalize.ts';
import type { JobDraft } from '../jobspec/parse.ts';
import type { Job } from '../types.ts';

/**
 * The job that a request submits. The query's namespace and region win over the body's, and those over the job's own.
 *
 * @throws HttpError 400 without a job or without its id.
 */
export function readSubmission(request: ApiRequest, body: Record<string, unknown>): Job {
  const draft = body['Job'] as JobDraft | null | undefined;
  if (draft === null || draft === undefined) throw new HttpError(400, 'Job must be specified');
  if (typeof draft['ID'] !== 'string') throw new HttpError(400, "Job ID hasn't been provided");
  const namespace = request.query.get('namespace') || body['Namespace'] || draft['Namespace'];
  const region = request.query.get('region') || body['Region'] || draft['Region'];
  return canonicalizeJob({ ...draft, Namespace: namespace, Region: region });
}
