import type { Result } from '../../result.ts';
import { type PullRequest, pullRequestOf } from '../../runner/event.ts';
import type { Environment } from '../../settings/inputs.ts';
import type { DeploymentSettings, ReviewSettings } from '../../settings/settings.ts';
import type { ActionLog } from '../log.ts';
import { commentBody, hasNews } from './body.ts';
import { isRateLimited, PullRequestComments, statusOf } from './github.ts';
import { keepComment } from './keep.ts';

export interface CommentOptions {
  readonly environment: Environment;
  readonly log: ActionLog;
  readonly mode: ReviewSettings['comment'];
  /** `github_token`, where it is given. */
  readonly token: string | undefined;
  /** What `commentMarker` makes of the settings as they are. */
  readonly marker: string;
  readonly runUrl: string | undefined;
  /** Ends what is under way with GitHub. */
  readonly signal: AbortSignal;
  /** As in `GitHubOptions`. */
  readonly pause?: number;
}

/**
 * Keeps the plan's comment on the pull request up to date. Where the workflow runs for none, or may not write, the summary has to do.
 *
 * @param result redacted
 * @param settings redacted
 * @throws Error where GitHub fails in a way that the workflow cannot help
 */
export async function commentOnPullRequest(
  result: Result,
  settings: DeploymentSettings,
  options: CommentOptions,
): Promise<void> {
  const { environment, log, token, mode, marker, runUrl, signal, pause } = options;
  const pullRequest = pullRequestOf(environment);
  if (pullRequest === undefined) {
    if (mode === 'always') log.notice('There is no comment: the workflow does not run for a pull request.');
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
  const body = commentBody(result, settings, { marker, commit: pullRequest.commit, runUrl });
  try {
    const kept = await keepComment(comments, marker, body, mode === 'always' || hasNews(result));
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
