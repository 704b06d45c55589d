/** Go's `%q`, as nomad-pack quotes values. */
const QUOTED = /"(?:[^"\\]|\\.)*"/g;

/**
 * Leaves values out of a line of nomad-pack's plan, which writes `+ NAME: "new"`, `- NAME: "old"`, `+/- NAME: "old" => "new"`, and, for
 * the text of a template, each of its lines after `+ ` or `- `.
 *
 * @param values as they are
 * @param quote as `%q` writes a text, quotes included
 */
export function withoutValues(values: ReadonlySet<string>, quote: (text: string) => string): (line: string) => string {
  const literals = new Set([...values].map(quote));
  const lines = new Set([...values].flatMap((value) => value.split('\n').map((line) => line.trim())));
  lines.delete('');
  return (line) => {
    const [, head = '', rest] = /^(\s*(?:\+\/-|-|\+) )(.*)$/.exec(line) ?? [];
    if (rest === undefined) return line;
    if (lines.has(rest.trim())) return `${head}***`;
    return head + rest.replace(QUOTED, (literal) => (literals.has(literal) ? '"***"' : literal));
  };
}

/**
 * Leaves out what nomad-pack advises after each job: to run the job by hand with an index that makes no sense for a pack of several.
 * Each line is to be given once, in order.
 *
 * @returns the line, or what is to be seen of it; undefined for one that is left out
 */
export function withoutAdvice(): (line: string) => string | undefined {
  let isAdvice = false;
  return (line) => {
    if (line.startsWith('To submit the job with version verification run:')) isAdvice = true;
    if (!isAdvice) return line;
    // The next thing that it says follows on the same line.
    const end = /^(?:changed, another user .*)?potentially invalid\.(.*)$/.exec(line);
    if (end === null) return undefined;
    isAdvice = false;
    return end[1] || undefined;
  };
}
