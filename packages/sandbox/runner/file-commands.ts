/** A file command that the runner would refuse: it fails the step. */
class FileCommandError extends Error {}

/**
 * Reads the file behind `GITHUB_OUTPUT`, `GITHUB_ENV` or `GITHUB_STATE`: `name=value`, or `name<<DELIMITER`, lines, `DELIMITER`.
 *
 * @throws FileCommandError
 */
export function parsePairs(text: string): Record<string, string> {
  const pairs: Record<string, string> = {};
  const lines = text.split('\n');
  while (lines.length > 0) {
    const line = lines.shift() ?? '';
    if (line === '') continue;
    const [equals, heredoc] = [line.indexOf('='), line.indexOf('<<')];
    if (heredoc > 0 && (equals < 0 || heredoc < equals)) {
      const [name, delimiter] = [line.slice(0, heredoc), line.slice(heredoc + 2)];
      const end = lines.indexOf(delimiter);
      if (delimiter === '' || end < 0) throw new FileCommandError(`Matching delimiter not found '${delimiter}'`);
      pairs[name] = lines
        .splice(0, end + 1)
        .slice(0, -1)
        .join('\n');
    } else if (equals > 0) {
      pairs[line.slice(0, equals)] = line.slice(equals + 1);
    } else {
      throw new FileCommandError(`Invalid format '${line}'`);
    }
  }
  return pairs;
}
