/** Texts, brackets and signs, and whatever stands between them. */
const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g;

/**
 * JSON with a line for each member, as one reads it; undefined where the text is not an object or list of JSON. Nothing but white space
 * changes: a text in it that was looked through for secrets is written as it was.
 */
export function prettyJson(text: string): string | undefined {
  if (!/^\s*[[{]/.test(text) || !isJson(text)) return undefined;
  let depth = 0;
  let previous = '';
  const written = (text.match(TOKENS) ?? []).map((token) => {
    const isEmpty = (previous === '{' && token === '}') || (previous === '[' && token === ']');
    if ('}]'.includes(token)) depth -= 1;
    const startsLine = !isEmpty && (',{['.includes(previous) || '}]'.includes(token));
    if ('{['.includes(token)) depth += 1;
    const indent = '{['.includes(token) ? depth - 1 : depth;
    const piece = `${startsLine && previous !== '' ? `\n${'  '.repeat(indent)}` : ''}${token}${token === ':' ? ' ' : ''}`;
    previous = token;
    return piece;
  });
  return written.join('');
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
