import { stripVTControlCharacters } from 'node:util';

/** Everything that some reader of the log takes for the end of a line. */
export const LINE_END = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/;

/** The lines of a text, without colour codes and control characters. */
export function tidyLines(text: string): string[] {
  return stripVTControlCharacters(text)
    .split(LINE_END)
    .map((line) => line.replace(/[^\P{Cc}\t]/gu, '').trimEnd());
}

/**
 * A line that the runner prints and does not obey. It obeys what begins with `::` after white space, and, in the older form, `##[`
 * wherever it is.
 */
export function neutralise(line: string): string {
  const harmless = line.replaceAll('##[', '## [');
  return /^[^\p{L}\p{N}\p{P}\p{S}]*::/u.test(harmless) ? `| ${harmless}` : harmless;
}
