import { createHash } from 'node:crypto';
import type { Result } from '../result.ts';
import type { DeploymentSettings } from '../settings/settings.ts';
import { headline } from './headline.ts';
import { code, details, link, message } from './markdown.ts';
import { deploymentId } from './outputs.ts';
import { changesSections, failureSection, noticesSection, originSection, paragraphs } from './sections.ts';
import { fitted } from './summary.ts';

/** What GitHub takes; its characters are counted as bytes here, which is never too few. */
export const COMMENT_LIMIT = 65_536;

/** For what stands between the parts. */
const MARGIN = 256;

/**
 * The hidden first line by which the comment of a deployment in one environment, and of one label, is found again. A digest, so that nothing in a name can
 * end it.
 */
export function commentMarker(settings: DeploymentSettings): string {
  const { address, namespace, region = '' } = settings.nomad;
  const { commentLabel } = settings.review;
  const parts = [deploymentId(settings), address, namespace, region];
  const identity = JSON.stringify(commentLabel === undefined ? parts : [...parts, commentLabel]);
  return `<!-- nomad-pack-action plan ${createHash('sha256').update(identity).digest('hex').slice(0, 32)} -->`;
}

export interface CommentContext {
  readonly marker: string;
  /** The pull request's commit; empty where it is not known. */
  readonly commit: string;
  readonly runUrl: string | undefined;
}

/**
 * The comment: what a deploy would change, folded away where that is nothing.
 *
 * @param result redacted
 * @param settings redacted
 */
export function commentBody(result: Result, settings: DeploymentSettings, context: CommentContext): string {
  const { marker, commit, runUrl } = context;
  const { icon, text } = headline(result, settings);
  const title = `${icon} ${message(text)}`;
  const summary = runUrl === undefined ? 'the run’s summary' : link('the run’s summary', runUrl);
  const footer = paragraphs([
    originSection(result, settings),
    `<sub>Planned${commit === '' ? '' : ` for ${code(commit.slice(0, 12))}`}; more in ${summary}. This comment is kept up to date.</sub>`,
  ]);
  const room = COMMENT_LIMIT - MARGIN - Buffer.byteLength(marker + title + footer);
  const sections = fitted(
    [failureSection(result), ...changesSections(result), noticesSection(result)],
    room,
    `*Something is left out here, for its length; it is in ${summary}.*`,
  );
  const body = `${sections}\n${footer}`;
  return `${marker}\n${hasNews(result) ? `#### ${title}\n\n${body}` : details(title, body)}\n`;
}

/** Whether there is something that a reviewer has to see. */
export function hasNews({ changed, failure, planData }: Result): boolean {
  return changed || failure !== undefined || (planData?.refusals.length ?? 0) > 0;
}
