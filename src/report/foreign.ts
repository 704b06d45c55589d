import { stripVTControlCharacters } from 'node:util';

/** Everything that some reader of the log takes for the end of a line. */
export const LINE_END = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/;

/**
 * Characters that nobody sees, and that show a text otherwise than it is: those that turn the direction of what follows, zero-width ones,
 * tags. What joins and colours emoji stays where it does that.
 */
const INVISIBLE =
  /(?<!\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)\u200d|\u200d(?!\p{Extended_Pictographic})|(?!\u200d|\ufe0e|\ufe0f)\p{Default_Ignorable_Code_Point}/gu;

/** The text with invisible characters as escapes, as in `\u202e`. */
export function visible(text: string): string {
  return text.replace(INVISIBLE, (sign) => {
    const code = (sign.codePointAt(0) ?? 0).toString(16);
    return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
  });
}

/** The lines of a text, without colour codes and control characters; invisible ones as escapes. */
export function tidyLines(text: string): string[] {
  return visible(stripVTControlCharacters(text))
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
