import { createHash } from 'node:crypto';
import type { CombinedEnd } from '../combined.ts';
import { OPERATIONS } from '../operations.ts';
import type { ReviewSettings } from '../settings/settings.ts';
import { deploymentParts, deploymentsTable, digestLine, headlineOfAll, worstFirst } from './combined-sections.ts';
import { COMMENT_LIMIT, hasNews } from './comment.ts';
import { code, details, link, message } from './markdown.ts';
import type { Comment, ReportContext } from './report.ts';
import { failureSection, paragraphs } from './sections.ts';
import { withoutAddresses } from './without-address.ts';

/** For what stands between the parts. UTF-8 bytes. */
const MARGIN = 512;

/**
 * The comment of a plan over the deployments of a file: one for each environment. Undefined where none is wanted.
 *
 * @param end redacted
 * @param given as it is: what happens to be secret in one run does not lose the comment
 */
export function combinedComment(
  end: CombinedEnd,
  given: CombinedEnd,
  review: ReviewSettings,
  { runUrl, isPublic = false }: Pick<ReportContext, 'runUrl' | 'isPublic'>,
): Comment | undefined {
  const wanted = OPERATIONS[end.operation].keepsComment && review.comment !== 'never';
  if (!wanted || end.failure?.reason === 'cancelled') return undefined;
  const marker = combinedMarker(given, review);
  return {
    marker,
    hasNews: end.deployments.some(({ result }) => hasNews(result)),
    always: review.comment === 'always',
    pullRequest: review.pullRequest,
    body: (commit) => {
      const hides = isPublic && review.commentAddress !== true;
      return combinedCommentBody(hides ? withoutAddresses(end) : end, { marker, commit, runUrl });
    },
  };
}

/** The hidden first line by which the comment of a file in one environment, and of one label, is found again. */
export function combinedMarker({ file, environment = '' }: CombinedEnd, { commentLabel = '' }: ReviewSettings): string {
  const identity = JSON.stringify(['file', file, environment, commentLabel]);
  return `<!-- nomad-pack-action plan ${createHash('sha256').update(identity).digest('hex').slice(0, 32)} -->`;
}

export interface CombinedCommentContext {
  readonly marker: string;
  /** The pull request's commit; empty where it is not known. */
  readonly commit: string;
  readonly runUrl: string | undefined;
}

/**
 * The comment: a table of all deployments, and a part to unfold for each that would change or failed. Whatever their number, it fits.
 *
 * @param end redacted
 */
export function combinedCommentBody(end: CombinedEnd, { marker, commit, runUrl }: CombinedCommentContext): string {
  const { icon, text } = headlineOfAll(end);
  const title = `${icon} ${message(text)}`;
  const summary = runUrl === undefined ? 'the run’s summary' : link('the run’s summary', runUrl);
  const footer = paragraphs([
    digestLine(end),
    `<sub>File ${code(end.file)}. Planned${commit === '' ? '' : ` for ${code(commit.slice(0, 12))}`}; more in ${summary}. This comment is kept up to date.</sub>`,
  ]);
  const room = COMMENT_LIMIT - MARGIN - Buffer.byteLength(marker + title + footer);
  const sorted = worstFirst(end.deployments);
  const newsworthy = sorted.filter(({ result }) => hasNews(result));
  const failure = newsworthy.length === 0 ? failureSection(end) : '';
  // Half of it, so that there is room for parts.
  const table = deploymentsTable(end, sorted, Math.floor(room / 2));
  const parts = deploymentParts(newsworthy, room - Buffer.byteLength(table + failure));
  const body = paragraphs([failure, table, ...parts, footer]);
  const isNews = newsworthy.length > 0 || end.failure !== undefined;
  return `${marker}\n${isNews ? `#### ${title}\n\n${body}` : details(title, body)}\n`;
}
