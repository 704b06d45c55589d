/** Several problems as Go's multierror lists them. */
export function multierror(problems: readonly string[]): string {
  const title = problems.length === 1 ? '1 error occurred:' : `${problems.length} errors occurred:`;
  return `${title}\n${problems.map((problem) => `\t* ${problem}`).join('\n')}\n\n`;
}
