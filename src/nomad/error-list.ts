/** Nomad counts what it finds wrong, and lists it below: a first line that says nothing. */
const COUNT = /(?<!\d)\d{1,9} errors? occurred:/g;

/**
 * What Nomad lists as wrong on one line, `a: b; c`: a list may stand below each of its members. Words that are not a list stay as they
 * are.
 */
export function flattenErrors(words: string): string {
  const uncounted = words.replace(COUNT, '');
  if (uncounted === words) return words;
  const lines = uncounted
    .split('\n')
    .map((line) => line.replace(/^\s*\*?\s*/, '').trim())
    .filter((line) => line !== '');
  return lines.reduce((text, line) => (text === '' ? line : `${text}${text.endsWith(':') ? ' ' : '; '}${line}`), '');
}

/** Whether Nomad lists what is wrong with what it was sent. */
export function isErrorList(words: string): boolean {
  return words.search(COUNT) === 0;
}
