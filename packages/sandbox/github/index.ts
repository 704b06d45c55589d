import type { IncomingMessage } from 'node:http';
import { seenRequest, startWebServer } from '../http/server.ts';
import { type Answer, badCredentials, forbidden, invalidBody, notFound } from './answers.ts';
import { type Comment, Comments, type User } from './comments.ts';
import type { GitHubRequest, Injection } from './faults.ts';

export { type Answer, failure, notFound, primaryRateLimit, secondaryRateLimit } from './answers.ts';
export type { Comment, User } from './comments.ts';
export { type Fault, fault, type GitHubRequest, type Injection } from './faults.ts';

/** A token, and whose it is. */
export interface GitHubToken {
  readonly user: User;
  /** False for one that may only read, as in a pull request from a fork. */
  readonly write: boolean;
}

export interface GitHubOptions {
  /** `owner/name`; default `octo/shop`. */
  readonly repository?: string;
  /** Numbers of the pull requests that there are; default 1. */
  readonly pullRequests?: readonly number[];
  /** By their text; default `github-token-1234567890`, which the workflow's own bot writes with. */
  readonly tokens?: Readonly<Record<string, GitHubToken>>;
  /** The path below which its API is, as on a server of one's own: `/api/v3`; default none. */
  readonly prefix?: string;
  /** Whether it says of each user what kind it is; Gitea and Forgejo do not. Default true. */
  readonly userTypes?: boolean;
  /** Whether it can be asked whose a workflow's token is. Default true. */
  readonly whoAmI?: boolean;
}

/** A simulated GitHub: the part of its REST API that comments on pull requests need. */
export interface GitHub {
  /** What `GITHUB_API_URL` is. */
  readonly address: string;
  /** Every request so far. */
  readonly requests: readonly GitHubRequest[];
  /** Comments of a pull request, oldest first. */
  comments(pullRequest: number): readonly Comment[];
  /** Puts in a comment that somebody wrote. */
  write(pullRequest: number, body: string, user: User): Comment;
  /** From now on requests are answered so where the injection answers; undefined: as they should be. */
  inject(injection: Injection | undefined): void;
  stop(): Promise<void>;
}

/** The bot that a workflow's own token writes as. */
export const workflowBot: User = { login: 'github-actions[bot]', type: 'Bot' };

/** The text of the token that there is unless the options say otherwise. */
export const workflowToken = 'github-token-1234567890';

/** GitHub's own limit for the body of a comment. Characters. */
const longestBody = 65_536;

/** Starts a simulated GitHub on a free port of 127.0.0.1. */
export async function startGitHub(options: GitHubOptions = {}): Promise<GitHub> {
  const { repository = 'octo/shop', pullRequests = [1], prefix = '', userTypes = true, whoAmI = true } = options;
  const tokens = options.tokens ?? { [workflowToken]: { user: workflowBot, write: true } };
  const comments = new Comments(repository, pullRequests);
  const requests: GitHubRequest[] = [];
  let injection: Injection | undefined;
  const server = await startWebServer(async (incoming, response) => {
    const request = await readRequest(incoming);
    requests.push(request);
    const url = new URL(request.path, server.address);
    const call = { request, url, path: pathBelow(prefix, url), repository, comments, tokens, whoAmI };
    const perform = () => answer(call);
    const { status, body, headers = {} } = injection?.(request, perform) ?? perform();
    response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', ...headers });
    const hidden = (name: string, value: unknown) => (name === 'type' && !userTypes ? undefined : value);
    response.end(body === undefined ? undefined : JSON.stringify(body, hidden));
  });
  return {
    address: server.address,
    requests,
    comments: (pullRequest) => comments.of(pullRequest) ?? [],
    write: (pullRequest, body, user) => comments.add(pullRequest, body, user),
    inject: (changed) => {
      injection = changed;
    },
    stop: server.stop,
  };
}

async function readRequest(incoming: IncomingMessage): Promise<GitHubRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return {
    ...seenRequest(incoming),
    token: /^(?:bearer|token) (.+)$/i.exec(incoming.headers.authorization ?? '')?.[1] ?? '',
    body: text === '' ? undefined : JSON.parse(text),
  };
}

interface Call {
  readonly request: GitHubRequest;
  readonly url: URL;
  /** Below the API's prefix. */
  readonly path: string;
  readonly whoAmI: boolean;
  readonly repository: string;
  readonly comments: Comments;
  readonly tokens: Readonly<Record<string, GitHubToken>>;
}

/** GitHub's server has its graph beside the versions of its API. */
function pathBelow(prefix: string, { pathname }: URL): string {
  if (pathname === `${prefix.replace(/\/v3$/, '')}/graphql`) return '/graphql';
  return pathname.startsWith(prefix) ? pathname.slice(prefix.length) : '';
}

function answer({ request, url, path, whoAmI, repository, comments, tokens }: Call): Answer {
  const { method, token: text, body } = request;
  const token = Object.hasOwn(tokens, text) ? tokens[text] : undefined;
  if (token === undefined) return badCredentials;
  if (!whoAmI && ['/user', '/graphql'].includes(path)) return notFound;
  // An app's token has no user to show.
  if (path === '/user') return token.user.type === 'Bot' ? forbidden : { status: 200, body: token.user };
  if (path === '/graphql') return { status: 200, body: { data: { viewer: { login: token.user.login } } } };
  const issues = `/repos/${repository}/issues/`;
  if (!path.startsWith(issues)) return notFound;
  const { list, one } =
    /^(?:(?<list>\d+)\/comments|comments\/(?<one>\d+))$/.exec(path.slice(issues.length))?.groups ?? {};
  const listed = list === undefined ? undefined : comments.of(Number(list));
  const comment = one === undefined ? undefined : comments.byId(Number(one));
  if (listed === undefined && comment === undefined) return notFound;
  if (method === 'GET') return comment === undefined ? page(listed ?? [], url) : { status: 200, body: comment };
  if (!token.write) return forbidden;
  if (method === 'DELETE' && comment !== undefined) {
    comments.remove(comment);
    return { status: 204 };
  }
  const words = (body as { body?: unknown } | undefined)?.body;
  if (typeof words !== 'string' || words.trim() === '') return invalidBody('Body cannot be blank');
  if (words.length > longestBody) return invalidBody(`Body is too long (maximum is ${longestBody} characters)`);
  if (method === 'PATCH' && comment !== undefined) return { status: 200, body: comments.update(comment, words) };
  if (method === 'POST' && list !== undefined)
    return { status: 201, body: comments.add(Number(list), words, token.user) };
  return notFound;
}

/** One page of a list, with the links to the others. */
function page(comments: readonly Comment[], url: URL): Answer {
  const number = (name: string, fallback: number) => Math.max(1, Number(url.searchParams.get(name) ?? fallback) || 1);
  const size = Math.min(100, number('per_page', 30));
  const current = number('page', 1);
  const last = Math.max(1, Math.ceil(comments.length / size));
  const link = (relation: string, target: number) => {
    const address = new URL(url);
    address.searchParams.set('page', String(target));
    return `<${address.href}>; rel="${relation}"`;
  };
  const links = [
    ...(current > 1 ? [link('prev', current - 1)] : []),
    ...(current < last ? [link('next', current + 1), link('last', last)] : []),
    ...(current > 1 ? [link('first', 1)] : []),
  ];
  const body = comments.slice((current - 1) * size, current * size);
  return { status: 200, body, ...(links.length > 0 && { headers: { link: links.join(', ') } }) };
}
