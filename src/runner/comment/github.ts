import * as z from 'zod/mini';
import { connectionFault, isLasting } from '../../http/faults.ts';
import { Http, type HttpRequest, type HttpResponse } from '../../http/http.ts';
import { Again, persist } from '../../http/patience.ts';
import type { PullRequest } from '../event.ts';

const commentSchema = z.object({
  id: z.number(),
  body: z.optional(z.string()),
  user: z.nullable(z.object({ login: z.string() })),
});

const pageSchema = z.array(commentSchema);

const userSchema = z.object({ login: z.string() });

const viewerSchema = z.object({ data: z.object({ viewer: userSchema }) });

/** A comment of a pull request, as far as it matters here. */
export type Comment = z.output<typeof commentSchema>;

export interface GitHubOptions {
  /** Of the API, as in GITHUB_API_URL. */
  readonly url: string;
  readonly token: string;
  /** Ends every request; what they throw then is the signal's reason. */
  readonly signal: AbortSignal;
  readonly debug: (line: string) => void;
  /** How long a second is, while a request waits to be made again. Milliseconds. */
  readonly pause?: number;
}

/** A request takes no longer: GitHub itself gives up then. Milliseconds. */
const TIMEOUT = 10_000;

/** How often a request is made at most. */
const ATTEMPTS = 3;

/** A rate limit that lasts longer is not waited for: the plan is in the summary, too. Seconds. */
const LONGEST_WAIT = 30;

/** A page of a hundred comments of the greatest length has 26 MB. Bytes. */
const LARGEST_RESPONSE = 64 * 1024 * 1024;

/** GitHub answered that it did not do what it was asked, or did not answer at all: then there is no status. */
export class GitHubError extends Error {
  readonly status: number | undefined;
  /** The value of a header of the answer; empty where there is none. */
  readonly header: (name: string) => string;

  constructor(message: string, answer?: Pick<HttpResponse, 'status' | 'header'>, cause?: unknown) {
    super(message, { cause });
    this.status = answer?.status;
    this.header = answer?.header ?? (() => '');
  }
}

/** The comments of one pull request, through GitHub's API. Every method throws `GitHubError`, or the signal's reason. */
export class PullRequestComments {
  readonly #http = new Http();
  readonly #options: GitHubOptions;
  readonly #issues: string;
  readonly #number: number;

  constructor({ owner, repo, number }: PullRequest, options: GitHubOptions) {
    this.#options = options;
    this.#issues = `/repos/${encodeURIComponent(owner)}/${encodeURIComponent(repo)}/issues`;
    this.#number = number;
  }

  /** All of them, oldest first. */
  async list(): Promise<Comment[]> {
    const comments: Comment[] = [];
    let url: string | undefined = this.#url(`${this.#issues}/${this.#number}/comments?per_page=100`);
    while (url !== undefined) {
      const page = await this.#ask('GET', url);
      comments.push(...read(pageSchema, page));
      url = this.#next(page);
    }
    return comments;
  }

  async create(body: string): Promise<Comment> {
    const created = await this.#ask('POST', this.#url(`${this.#issues}/${this.#number}/comments`), { body });
    return read(commentSchema, created);
  }

  async update(id: Comment['id'], body: string): Promise<void> {
    await this.#ask('PATCH', this.#url(`${this.#issues}/comments/${id}`), { body });
  }

  async delete(id: Comment['id']): Promise<void> {
    await this.#ask('DELETE', this.#url(`${this.#issues}/comments/${id}`));
  }

  /**
   * Who the token speaks for; nothing where that cannot be told. A token of an app, such as GITHUB_TOKEN, may not ask for its user, but is
   * told who looks at GraphQL's graph: `github-actions[bot]`.
   */
  async whoAmI(): Promise<string | undefined> {
    try {
      return read(userSchema, await this.#ask('GET', this.#url('/user'))).login;
    } catch (error) {
      if (statusOf(error) !== 403 && statusOf(error) !== 404) throw error;
    }
    try {
      // A GitHub server has it beside its API, not below.
      const url = this.#url('').replace(/\/v3$/, '');
      const answer = await this.#ask('POST', `${url}/graphql`, { query: '{ viewer { login } }' });
      return read(viewerSchema, answer).data.viewer.login;
    } catch (error) {
      if (!(error instanceof GitHubError) || isRateLimited(error)) throw error;
      return undefined;
    }
  }

  /** Ends its connections. */
  async close(): Promise<void> {
    await this.#http.close();
  }

  #url(path: string): string {
    return `${this.#options.url.replace(/\/+$/, '')}${path}`;
  }

  /** The next page. A link to another host is taken for one to this: the token goes nowhere else. */
  #next({ header }: HttpResponse): string | undefined {
    const link = /<([^>]*)>\s*;[^,]*\brel="?next"?/.exec(header('link'))?.[1];
    if (link === undefined || !URL.canParse(link, this.#options.url)) return undefined;
    const { pathname, search } = new URL(link, this.#options.url);
    return `${new URL(this.#options.url).origin}${pathname}${search}`;
  }

  async #ask(method: HttpRequest['method'], url: string, payload?: object): Promise<HttpResponse> {
    const { signal, token, debug, pause = 1000 } = this.#options;
    const patience = { total: Number.POSITIVE_INFINITY, attempts: ATTEMPTS, firstPause: 0 };
    const onAgain = (words: string) => debug(`${words}; the request is made again`);
    return await persist({ patience, signals: [signal], onAgain }, async ({ failed }) => {
      try {
        return await this.#send({
          method: method ?? 'GET',
          url,
          headers: {
            Accept: 'application/vnd.github+json',
            Authorization: `token ${token}`,
            'User-Agent': 'nomad-pack-action',
            ...(payload !== undefined && { 'Content-Type': 'application/json' }),
          },
          ...(payload !== undefined && { body: JSON.stringify(payload) }),
          timeout: TIMEOUT,
          limit: LARGEST_RESPONSE,
          signals: [signal],
        });
      } catch (error) {
        const seconds = error instanceof GitHubError ? secondsToWait(error, failed + 1) : undefined;
        if (seconds === undefined) throw error;
        throw new Again((error as Error).message, () => error, seconds * pause);
      }
    });
  }

  async #send(request: HttpRequest): Promise<HttpResponse> {
    const response = await this.#http.send(request).catch((error: unknown) => {
      this.#options.signal.throwIfAborted();
      throw new GitHubError(`GitHub did not answer: ${connectionFault(error).text}`, undefined, error);
    });
    const { status, body } = response;
    if (status >= 200 && status < 300) return response;
    throw new GitHubError(`${messageOf(body)} (GitHub’s answer, with status ${status})`, response);
  }
}

function read<Schema extends z.ZodMiniType>(schema: Schema, { body }: HttpResponse): z.output<Schema> {
  try {
    return schema.parse(JSON.parse(body.toString('utf8')));
  } catch {
    throw new GitHubError('GitHub’s answer is not what its API documents');
  }
}

/** What GitHub says that was wrong. */
function messageOf(body: Buffer): string {
  const text = body.toString('utf8');
  try {
    return z.object({ message: z.string() }).parse(JSON.parse(text)).message;
  } catch {
    return text;
  }
}

/** The HTTP status of an error of GitHub's. */
export function statusOf(error: unknown): number | undefined {
  return error instanceof GitHubError ? error.status : undefined;
}

/** Whether GitHub wants to be asked less often. It says so with 403 as well as with 429. */
export function isRateLimited(error: unknown): boolean {
  if (!(error instanceof GitHubError)) return false;
  const { status, header } = error;
  if (status === 429) return true;
  return status === 403 && (header('x-ratelimit-remaining') === '0' || header('retry-after') !== '');
}

/** How long to wait before the same request may succeed; nothing where it will not, or not soon. */
function secondsToWait(error: GitHubError, attempt: number): number | undefined {
  const { status, cause, header } = error;
  if (status === undefined) return isLasting(cause) ? undefined : attempt ** 2;
  if (!isRateLimited(error)) return status === 409 || status >= 500 ? attempt ** 2 : undefined;
  const seconds = Number(header('retry-after') || (secondsToReset(header('x-ratelimit-reset')) ?? attempt ** 2));
  return seconds <= LONGEST_WAIT ? seconds : undefined;
}

function secondsToReset(reset: string): number | undefined {
  return reset === '' ? undefined : Math.max(0, Math.ceil(Number(reset) - Date.now() / 1000));
}
