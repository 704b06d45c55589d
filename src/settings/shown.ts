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
  const meant = nearMiss(value, words) ?? alike(value, words);
  // One line, and nothing that a log or a terminal would act on.
  const shown = JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll('\\\\', '\\').replaceAll('`', "'");
  return ` (got \`${shown}\`${meant === undefined ? '' : `; did you mean \`${meant}\`?`})`;
}

/** Of a few words, the only one that begins with the same letter. */
function alike(value: string, words: readonly string[]): string | undefined {
  const [word, another] = words.filter((one) => one.startsWith(value.charAt(0).toLowerCase()));
  return another === undefined ? word : undefined;
}
