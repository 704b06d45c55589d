import { nearMiss } from '../nearest.ts';
import type { InputName } from './inputs.ts';
import { holdsCredential, MAY_HOLD_SECRETS } from './misplaced.ts';

/** A longer value tells nobody what is wrong with it. Characters. */
const LONGEST = 80;

/**
 * ` (got \`rollback\`; did you mean \`revert\`?)`, to follow what an input must be; empty where the value may be a secret, or is long.
 *
 * @param words the values that would be right, where there are few
 */
export function got(input: InputName, value: string, words: readonly string[] = []): string {
  return MAY_HOLD_SECRETS.has(input) ? '' : gotText(value, words);
}

/** As `got`, of a text that has no input of its own. */
export function gotText(value: string, words: readonly string[] = []): string {
  if (value === '' || value.length > LONGEST || holdsCredential(value)) return '';
  // `True` and `TRUE` are as good as `true`, and are not proposed.
  const proposals = [...new Set(words.map((word) => word.toLowerCase()))];
  const meant = booleanOf(value, proposals) ?? nearMiss(value, proposals) ?? alike(value, proposals);
  // One line, and nothing that a log or a terminal would act on.
  const shown = JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll('\\\\', '\\').replaceAll('`', "'");
  return ` (got \`${shown}\`${meant === undefined ? '' : `; did you mean \`${meant}\`?`})`;
}

/** What shells and YAML 1.1 take for a boolean, where a boolean is wanted. */
function booleanOf(value: string, words: readonly string[]): string | undefined {
  if (!words.includes('true')) return undefined;
  if (/^(?:1|y|yes|on)$/i.test(value)) return 'true';
  return /^(?:0|n|no|off)$/i.test(value) ? 'false' : undefined;
}

/** Of a few words, the only one that begins with the same letter. */
function alike(value: string, words: readonly string[]): string | undefined {
  const [word, another] = words.filter((one) => one.startsWith(value.charAt(0).toLowerCase()));
  return another === undefined ? word : undefined;
}
