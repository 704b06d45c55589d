import { setTimeout } from 'node:timers/promises';
import { getProxyUrl } from '@actions/http-client/lib/proxy';
import { Octokit } from '@octokit/core';
import { paginateRest } from '@octokit/plugin-paginate-rest';
import { RequestError } from '@octokit/request-error';
import { Agent, type Dispatcher, fetch, ProxyAgent } from 'undici';
import type { PullRequest } from '../../runner/event.ts';

/** A comment of a pull request, as far as it matters here. */
export interface Comment {
  readonly id: number | bigint;
  readonly body?: string | undefined;
  readonly user: { readonly login: string; readonly type: string } | null;
}

export interface GitHubOptions {
  /** Of the API, as in GITHUB_API_URL. */
  readonly url: string;
  readonly token: string;
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

const Client = Octokit.plugin(paginateRest);

/** The comments of one pull request, through GitHub's API. Every method throws what Octokit throws; `status` of it tells why. */
export class PullRequestComments {
  readonly #octokit: InstanceType<typeof Client>;
  readonly #place: { readonly owner: string; readonly repo: string };
  readonly #number: number;

  constructor({ owner, repo, number }: PullRequest, { url, token, debug, pause = 1000 }: GitHubOptions) {
    const dispatcher = wayTo(url);
    this.#octokit = new Client({
      auth: token,
      baseUrl: url,
      userAgent: 'nomad-pack-action',
      log: { debug, info: debug, warn: debug, error: debug },
      request: {
        fetch: (address: string, init: Parameters<typeof fetch>[1]) =>
          fetch(address, { ...init, dispatcher, signal: AbortSignal.timeout(TIMEOUT) }),
      },
    });
    this.#octokit.hook.wrap('request', async (request, options) => {
      for (let attempt = 1; ; attempt++) {
        try {
          return await request(options);
        } catch (error) {
          const seconds = attempt < ATTEMPTS ? secondsToWait(error, attempt) : undefined;
          if (seconds === undefined) throw error;
          debug(`GitHub answered ${statusOf(error)}; the request is made again in ${seconds} s`);
          await setTimeout(seconds * pause);
        }
      }
    });
    this.#place = { owner, repo };
    this.#number = number;
  }

  /** All of them, oldest first. */
  async list(): Promise<Comment[]> {
    return await this.#octokit.paginate('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', {
      ...this.#place,
      issue_number: this.#number,
      per_page: 100,
    });
  }

  async create(body: string): Promise<Comment> {
    const { data } = await this.#octokit.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
      ...this.#place,
      issue_number: this.#number,
      body,
    });
    return data;
  }

  async update(id: Comment['id'], body: string): Promise<void> {
    await this.#octokit.request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', {
      ...this.#place,
      comment_id: id,
      body,
    });
  }

  async delete(id: Comment['id']): Promise<void> {
    await this.#octokit.request('DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}', {
      ...this.#place,
      comment_id: id,
    });
  }

  /** Who the token speaks for; nothing for a token of an app, such as GITHUB_TOKEN, which may not ask. */
  async whoAmI(): Promise<string | undefined> {
    try {
      const { data } = await this.#octokit.request('GET /user');
      return data.login;
    } catch (error) {
      if (statusOf(error) === 403 || statusOf(error) === 404) return undefined;
      throw error;
    }
  }
}

/** Straight, or through the proxy that the environment names; Node's own `fetch` knows none. */
function wayTo(url: string): Dispatcher {
  const proxy = getProxyUrl(new URL(url));
  if (proxy === undefined) return new Agent();
  const login = Buffer.from(`${proxy.username}:${proxy.password}`).toString('base64');
  return new ProxyAgent({ uri: proxy.origin, ...(proxy.username !== '' && { token: `Basic ${login}` }) });
}

/** The HTTP status of an error of Octokit's. */
export function statusOf(error: unknown): number | undefined {
  return error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : undefined;
}

/** Whether GitHub wants to be asked less often. It says so with 403 as well as with 429. */
export function isRateLimited(error: unknown): boolean {
  const status = statusOf(error);
  if (status !== 403 && status !== 429) return false;
  return (
    status === 429 || headerOf(error, 'x-ratelimit-remaining') === '0' || headerOf(error, 'retry-after') !== undefined
  );
}

/** How long to wait before the same request may succeed; nothing where it will not, or not soon. */
function secondsToWait(error: unknown, attempt: number): number | undefined {
  const status = statusOf(error);
  if (!isRateLimited(error))
    return status === 409 || (status !== undefined && status >= 500) ? attempt ** 2 : undefined;
  const seconds = Number(headerOf(error, 'retry-after') ?? secondsToReset(error) ?? attempt ** 2);
  return seconds <= LONGEST_WAIT ? seconds : undefined;
}

function secondsToReset(error: unknown): number | undefined {
  const reset = headerOf(error, 'x-ratelimit-reset');
  return reset === undefined ? undefined : Math.max(0, Math.ceil(Number(reset) - Date.now() / 1000));
}

function headerOf(error: unknown, name: string): string | undefined {
  const value = error instanceof RequestError ? error.response?.headers[name] : undefined;
  return value === undefined ? undefined : String(value);
}
