import { ActionError } from '../../errors.ts';
import type { FileProblem } from './problems.ts';

/** One error that tells all that is wrong with a file of deployments, each problem where it is. */
export function fileError(written: string, problems: readonly FileProblem[]): ActionError {
  const located = problems.map(({ message, line, column }) => ({
    message,
    location: { file: written, ...(line !== undefined && { line }), ...(column !== undefined && { column }) },
  }));
  const [first] = located;
  const hint =
    'Correct the file; docs/deployments-file.md says what it may have, and `schema/deployments.json` tells editors.';
  if (first !== undefined && located.length === 1) {
    return new ActionError('deployments-file', `\`${written}\`${placeOf(first.location)}: ${first.message}`, {
      hint,
      location: first.location,
    });
  }
  const lines = located.map(({ message, location }) => `${written}${placeOf(location)}: ${message}`);
  return new ActionError(
    'deployments-file',
    [`${located.length} things are wrong in \`${written}\`.`, ...lines].join('\n'),
    {
      hint,
      annotations: located,
    },
  );
}

function placeOf({ line, column }: { readonly line?: number; readonly column?: number }): string {
  if (line === undefined) return '';
  return `, line ${line}${column === undefined ? '' : `, column ${column}`}`;
}
