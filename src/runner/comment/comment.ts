import type { Environment } from '../../settings/inputs.ts';
import { type PullRequest, pullRequestOf } from '../event.ts';
import { isRateLimited, PullRequestComments, statusOf } from './github.ts';
import { keepComment } from './keep.ts';

/** What is to be said on the pull request. */
export interface PlanComment {
  /** The hidden first line by which the comment is found again. */
  readonly marker: string;
  /** Whether there is something that a reviewer has to see. */
  readonly hasNews: boolean;
  /**
   * Markdown.
   *
   * @param commit of the pull request; empty where it is not known
   */
  readonly body: (commit: string) => string;
}

export interface CommentOptions {
  readonly environment: Environment;
  readonly log: { info(text: string): void; notice(text: string): void; debug(text: string): void };
  /** Whether a comment is wanted where there is nothing new, and a notice where there is no pull request. */
  readonly always: boolean;
  /** `pull_request_number`, where it is given. */
  readonly pullRequest?: number | undefined;
  /** `github_token`, where it is given. */
  readonly token: string | undefined;
  /** Ends what is under way with GitHub. */
  readonly signal: AbortSignal;
  /** As in `GitHubOptions`. */
  readonly pause?: number;
}

/**
 * Keeps the plan's comment on the pull request up to date. Where the workflow runs for none, or may not write, the summary has to do.
 *
 * @throws Error where GitHub fails in a way that the workflow cannot help
 */
export async function commentOnPullRequest(comment: PlanComment, options: CommentOptions): Promise<void> {
  const { environment, log, always, token, signal, pause } = options;
  const pullRequest = pullRequestOf(environment, options.pullRequest);
  if (pullRequest === undefined) {
    if (always)
      log.notice(
        'There is no comment: the workflow does not run for a pull request, and `pull_request_number` names none.',
      );
    return;
  }
  if (token === undefined) {
    log.notice('There is no comment on the pull request: the input `github_token` is empty.');
    return;
  }
  const comments = new PullRequestComments(pullRequest, {
    url: environment['GITHUB_API_URL'] ?? 'https://api.github.com',
    token,
    signal,
    debug: log.debug,
    ...(pause !== undefined && { pause }),
  });
  try {
    const body = comment.body(pullRequest.commit);
    const kept = await keepComment(comments, comment.marker, body, always || comment.hasNews);
    if (kept !== 'none') log.info(`The comment on pull request #${pullRequest.number} is ${kept}.`);
  } catch (error) {
    const status = statusOf(error);
    if (isRateLimited(error))
      log.notice(
        `There is no comment on pull request #${pullRequest.number}: GitHub’s rate limit is used up. The job summary has the plan.`,
      );
    else if (status === 403 || status === 404) log.notice(whyNot(pullRequest));
    else throw error;
  } finally {
    await comments.close();
  }
}

function whyNot({ number, fromFork }: PullRequest): string {
  const why = fromFork
    ? 'it comes from a fork, whose runs get a token that may not write'
    : '`github_token` may not. Add to the job: `permissions: { contents: read, pull-requests: write }`';
  return `There is no comment on pull request #${number}: ${why}. The job summary has the plan.`;
}
