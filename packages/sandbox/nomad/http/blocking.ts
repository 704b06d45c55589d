import { millisecond, parseDuration } from '../clock.ts';
import type { State } from '../state.ts';
import { HttpError } from './errors.ts';
import type { ApiRequest } from './request.ts';

/** What a query found, and the index of the last change to it. */
export type QueryResult =
  | { readonly index: number; readonly body: unknown }
  | { readonly index: number; readonly missing: string };

const defaultWait = 300_000;
const longestWait = 600_000;

/**
 * Runs a query; one with `index` waits until the result is newer than that index, or `wait` is over, whichever comes
 * first.
 *
 * @throws HttpError 400 where `index` or `wait` cannot be read; whatever the query throws.
 */
export async function blockingQuery(
  state: State,
  request: ApiRequest,
  gone: AbortSignal,
  run: () => QueryResult,
): Promise<QueryResult> {
  const minimum = minimumIndex(request);
  const deadline = Date.now() + waitMilliseconds(request);
  for (;;) {
    const result = run();
    const remaining = deadline - Date.now();
    if (minimum === 0 || result.index > minimum || remaining <= 0 || gone.aborted) return result;
    await nextChange(state, gone, remaining);
  }
}

function minimumIndex(request: ApiRequest): number {
  const index = request.query.get('index') ?? '';
  if (index === '') return 0;
  if (!/^\d+$/.test(index)) throw new HttpError(400, 'Invalid index');
  return Number(index);
}

function waitMilliseconds(request: ApiRequest): number {
  const wait = request.query.get('wait') ?? '';
  if (wait === '') return defaultWait;
  const nanoseconds = parseDuration(wait);
  if (nanoseconds === undefined) throw new HttpError(400, 'Invalid wait time');
  return nanoseconds === 0 ? defaultWait : Math.min(nanoseconds / millisecond, longestWait);
}

function nextChange(state: State, gone: AbortSignal, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      state.events.off('change', done);
      gone.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    state.events.once('change', done);
    gone.addEventListener('abort', done, { once: true });
  });
}
