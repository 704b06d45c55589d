/** An answer of the API. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An error in the form that the API gives it. */
export function failure(status: number, message: string, more: Readonly<Record<string, unknown>> = {}): Answer {
  const body = { message, ...more, documentation_url: 'https://docs.github.com/rest', status: String(status) };
  return { status, body };
}

/** For a token that may read but not write, as a pull request from a fork has. */
export const forbidden = failure(403, 'Resource not accessible by integration');

/** For a token that nobody has. */
export const badCredentials = failure(401, 'Bad credentials');

/** For what is not there, and for what a token must not know of. */
export const notFound = failure(404, 'Not Found');

/** For a comment whose body is missing, empty or too long. */
export function invalidBody(message: string): Answer {
  return failure(422, 'Validation Failed', {
    errors: [{ resource: 'IssueComment', code: 'unprocessable', field: 'data', message }],
  });
}

/**
 * The limit of requests per hour is used up.
 *
 * @param seconds until there are new ones
 */
export function primaryRateLimit(seconds: number): Answer {
  const reset = Math.ceil(Date.now() / 1000) + seconds;
  const headers = { 'x-ratelimit-limit': '1000', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset) };
  return { ...failure(403, 'API rate limit exceeded for installation ID 4711.'), headers };
}

/**
 * There were too many requests at once.
 *
 * @param status GitHub answers either
 * @param seconds what `Retry-After` says
 */
export function secondaryRateLimit(status: 403 | 429, seconds: number): Answer {
  const message = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
  return { ...failure(status, message), headers: { 'retry-after': String(seconds), 'x-ratelimit-remaining': '900' } };
}
