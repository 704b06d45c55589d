import type { Result } from '../result.ts';
import type { Settings } from '../settings/settings.ts';
import { headline } from './headline.ts';
import { message } from './markdown.ts';
import { deploymentSettings } from './outputs.ts';
import {
  changesSections,
  diagnosisSection,
  failureSection,
  jobsSection,
  noticesSection,
  originSection,
  paragraphs,
  planWordsSection,
  timeSection,
} from './sections.ts';

/** A tenth of what GitHub takes from a step: more is never read. UTF-8 bytes. */
export const SUMMARY_LIMIT = 100 * 1024;

/**
 * The job summary as Markdown: one line that says it all, then what ended the step, the jobs and what changes, what to know, and how long
 * it took. Whatever the pack, it fits.
 *
 * @param result redacted
 * @param settings redacted
 * @param end how long the step took, in milliseconds
 */
export function summaryOf(result: Result, settings: Settings | undefined, end: number): string {
  const { icon, text } = headline(result, settings);
  const deployment = deploymentSettings(settings);
  return fitted(
    [
      `### ${icon} ${message(text)}`,
      failureSection(result),
      ...bodyOf(result),
      noticesSection(result),
      timeSection(result, end),
      deployment === undefined ? '' : originSection(result, deployment),
    ],
    SUMMARY_LIMIT,
    '*Something is left out here, for its length.*',
  );
}

/** Of a plan one reads first what would change, of anything else how the jobs fare. */
function bodyOf(result: Result): string[] {
  const changes = [...changesSections(result), planWordsSection(result)];
  const jobs = [jobsSection(result), diagnosisSection(result)];
  return result.operation === 'plan' ? [...changes, ...jobs] : [...jobs, ...changes];
}

/**
 * As many of the parts as fit, in their order; one that does not is left out for a note.
 *
 * @param limit UTF-8 bytes
 * @param note Markdown
 */
export function fitted(parts: readonly string[], limit: number, note: string): string {
  const present = parts.filter((part) => part !== '');
  const sizeOf = (part: string) => Buffer.byteLength(part) + 2;
  let room = limit - sizeOf(note);
  const kept: string[] = [];
  for (const part of present) {
    // What is left out side by side needs one note only.
    const shown = sizeOf(part) <= room ? part : note;
    if (shown === note && (kept.at(-1) === note || sizeOf(note) > room)) continue;
    kept.push(shown);
    room -= sizeOf(shown);
  }
  return `${paragraphs(kept)}\n`;
}
