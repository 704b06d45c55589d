import { readFileSync } from 'node:fs';
import type { Environment } from '../settings/inputs.ts';

/** The pull request that the workflow runs for. */
export interface PullRequest {
  readonly owner: string;
  readonly repo: string;
  readonly number: number;
  /** Whether it comes from another repository, whose runs get a token that only reads. */
  readonly fromFork: boolean;
  /** The commit that was looked at; empty where the event does not say. */
  readonly commit: string;
}

interface EventPayload {
  readonly pull_request?: {
    readonly number?: unknown;
    readonly head?: { readonly sha?: string; readonly repo?: { readonly full_name?: string } | null };
  };
  readonly repository?: { readonly private?: unknown };
  readonly workflow_run?: { readonly head_sha?: string };
}

/**
 * The pull request that is to be commented on: of the event that started the workflow, or the one that is asked for; nothing where
 * neither names one.
 */
export function pullRequestOf(environment: Environment, asked: number | undefined): PullRequest | undefined {
  const { GITHUB_EVENT_PATH: path = '', GITHUB_REPOSITORY: repository = '' } = environment;
  const [owner, repo] = repository.split('/');
  if ((path === '' && asked === undefined) || owner === undefined || repo === undefined) return undefined;
  const { pull_request: pullRequest, workflow_run: workflowRun } = readPayload(path);
  if (asked !== undefined && asked !== pullRequest?.number) {
    return { owner, repo, number: asked, fromFork: false, commit: workflowRun?.head_sha ?? '' };
  }
  if (typeof pullRequest?.number !== 'number') return undefined;
  const { head } = pullRequest;
  const fromFork = head?.repo?.full_name !== repository;
  return { owner, repo, number: pullRequest.number, fromFork, commit: head?.sha ?? '' };
}

/** Whether everybody may read the repository's comments; true where the event does not say. */
export function isPublicRepository({ GITHUB_EVENT_PATH: path = '' }: Environment): boolean {
  return readPayload(path).repository?.private !== true;
}

/** Link to the run that this step is part of. */
export function runUrl(environment: Environment): string | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = environment;
  if (server === undefined || repository === undefined || run === undefined) return undefined;
  return `${server}/${repository}/actions/runs/${run}`;
}

/**
 * Link to a page of the action's own, at the version that the workflow uses; undefined for an action that is a folder of the workspace,
 * and on hosts whose links are others.
 */
export function pageUrl(environment: Environment, page: string): string | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_ACTION_REPOSITORY: repository, GITHUB_ACTION_REF: ref } = environment;
  const isGitHub = !environment['GITEA_ACTIONS'] && !environment['FORGEJO_ACTIONS'];
  if (!server || !repository || !ref || !isGitHub) return undefined;
  return `${server}/${repository}/blob/${ref.split('/').map(encodeURIComponent).join('/')}/${page}`;
}

/** Where the run comes from: the commit of the repository, the link to the run, who started it. */
export function originOf(environment: Environment): { commit?: string; run?: string; actor?: string } {
  const { GITHUB_SHA: commit, GITHUB_TRIGGERING_ACTOR: actor = environment['GITHUB_ACTOR'] } = environment;
  const run = runUrl(environment);
  return {
    ...(commit !== undefined && { commit }),
    ...(run !== undefined && { run }),
    ...(actor !== undefined && { actor }),
  };
}

function readPayload(path: string): EventPayload {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as EventPayload;
  } catch {
    // act writes no file for some events.
    return {};
  }
}
