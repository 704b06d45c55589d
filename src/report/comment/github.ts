import { Octokit } from '@octokit/core';
import { paginateRest } from '@octokit/plugin-paginate-rest';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { EnvHttpProxyAgent, fetch } from 'undici';
import type { PullRequest } from './event.ts';

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
  /** What is waited before a request is tried again, times 1, 4, and so on. Milliseconds. */
  readonly pause?: number;
}

/** A request takes no longer; GitHub itself gives up after 10 seconds. Milliseconds. */
const TIMEOUT = 15_000;

/** A rate limit that lasts longer is not waited for: the plan is in the summary, too. Seconds. */
const LONGEST_WAIT = 30;

const Client = Octokit.plugin(paginateRest, retry, throttling);

/** The comments of one pull request, through GitHub's API. Every method throws what Octokit throws; `status` of it tells why. */
export class PullRequestComments {
  readonly #octokit: InstanceType<typeof Client>;
  readonly #place: { readonly owner: string; readonly repo: string };
  readonly #number: number;

  constructor({ owner, repo, number }: PullRequest, { url, token, debug, pause = 1000 }: GitHubOptions) {
    const dispatcher = new EnvHttpProxyAgent();
    const waitOnce = (seconds: number, _request: unknown, _octokit: unknown, tries: number) =>
      tries < 1 && seconds <= LONGEST_WAIT;
    this.#octokit = new Client({
      auth: token,
      baseUrl: url,
      userAgent: 'nomad-pack-action',
      log: { debug, info: debug, warn: debug, error: debug },
      request: {
        fetch: (address: string, init: Parameters<typeof fetch>[1]) =>
          fetch(address, { ...init, dispatcher, signal: AbortSignal.timeout(TIMEOUT) }),
      },
      retry: { retries: 2, retryAfterBaseValue: pause },
      throttle: { onRateLimit: waitOnce, onSecondaryRateLimit: waitOnce, retryAfterBaseValue: pause },
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

/** The HTTP status of an error of Octokit's. */
export function statusOf(error: unknown): number | undefined {
  return error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : undefined;
}
