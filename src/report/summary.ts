import type { Result } from '../result.ts';
import type { Settings } from '../settings/settings.ts';
import { headline } from './headline.ts';
import { message } from './markdown.ts';
import { deploymentSettings } from './outputs.ts';
import {
  changesSection,
  diagnosisSection,
  failureSection,
  jobsSection,
  noticesSection,
  originSection,
  paragraphs,
  timeSection,
} from './sections.ts';

/** A tenth of what GitHub takes from a step: more is never read. UTF-8 bytes. */
export const SUMMARY_LIMIT = 100 * 1024;

export interface SummaryContext {
  /** The operation as it was asked for. */
  readonly operation: string;
  /** How long the step took. Milliseconds. */
  readonly end: number;
}

/**
 * The job summary as Markdown: one line that says it all, then what ended the step, the jobs, what changes, what to know, and how long
 * it took. Whatever the pack, it fits.
 *
 * @param result redacted
 * @param settings redacted
 */
export function summaryOf(result: Result, settings: Settings | undefined, { operation, end }: SummaryContext): string {
  const { icon, text } = headline(result, settings, operation);
  const deployment = deploymentSettings(settings);
  return fitted(
    [
      `### ${icon} ${message(text)}`,
      failureSection(result),
      jobsSection(result),
      diagnosisSection(result),
      changesSection(result),
      noticesSection(result),
      timeSection(result, end),
      deployment === undefined ? '' : originSection(result, deployment),
    ],
    SUMMARY_LIMIT,
  );
}

/** As many of the parts as fit; what is left out is said in its place. UTF-8 bytes. */
export function fitted(parts: readonly string[], limit: number): string {
  const note = '*A part of this summary is left out here: it was too long.*';
  let room = limit - parts.length * (note.length + 2);
  return `${paragraphs(
    parts.map((part) => {
      const size = Buffer.byteLength(part) + 2;
      if (size > room) return note;
      room -= size;
      return part;
    }),
  )}\n`;
}
