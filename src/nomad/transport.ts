import type { Dispatcher } from 'undici';
import { ActionError } from '../errors.ts';
import type { request } from '../undici.ts';

export interface RawRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Milliseconds until the whole response must be there. */
  readonly timeout: number;
  readonly signals: readonly AbortSignal[];
}

export interface RawResponse {
  readonly status: number;
  readonly text: string;
  readonly index: number;
  /** Where a redirect points; empty where there is none. */
  readonly location: string;
}

/** More than the job list of any cluster that Nomad is made for, and less than would exhaust a runner. */
const largestResponse = 64 * 1024 * 1024;

/**
 * One request and its whole response, whatever the status; redirects are not followed.
 *
 * @throws what the HTTP library throws, an error with the code `ETIMEDOUT` after the timeout, or the reason of the signal that
 *   aborted; ActionError `nomad-error` for a response beyond 64 MiB.
 */
export async function send(
  perform: typeof request,
  dispatcher: Dispatcher,
  { method, url, headers, body, timeout, signals }: RawRequest,
): Promise<RawResponse> {
  // Not AbortSignal.any: the step's own signal outlives thousands of requests and would remember each of them.
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(new TimeoutError(timeout)), timeout);
  const onAbort = () => abort.abort(signals.find((signal) => signal.aborted)?.reason);
  for (const signal of signals) signal.addEventListener('abort', onAbort, { once: true });
  // One that was aborted before tells nobody any more.
  if (signals.some((signal) => signal.aborted)) onAbort();
  try {
    const response = await perform(url, {
      dispatcher,
      method,
      headers: body === undefined ? headers : { ...headers, 'Content-Type': 'application/json' },
      body: body ?? null,
      signal: abort.signal,
      // One clock is enough, and ours covers connecting, too.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    const text = await readBounded(response.body);
    return {
      status: response.statusCode,
      text,
      index: Number(response.headers['x-nomad-index'] ?? 0),
      location: String(response.headers['location'] ?? ''),
    };
  } finally {
    clearTimeout(timer);
    for (const signal of signals) signal.removeEventListener('abort', onAbort);
  }
}

class TimeoutError extends Error {
  readonly code = 'ETIMEDOUT';

  constructor(milliseconds: number) {
    super(`no answer within ${Math.round(milliseconds / 1000)} s`);
  }
}

async function readBounded(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > largestResponse) {
      throw new ActionError('nomad-error', `Nomad’s answer is larger than ${largestResponse / 1024 / 1024} MiB`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
