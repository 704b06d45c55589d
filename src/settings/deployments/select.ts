import { type Needs, withNeeds } from './graph.ts';
import { suggestion } from './problems.ts';
import type { ResolvedDeployment } from './resolve.ts';

/** Names or patterns that fit no deployment; the message reads on after the input's name. */
export class SelectionError extends Error {
  override readonly name = 'SelectionError';
}

/**
 * The deployments that are asked for, in the order of the file.
 *
 * @param only names, or patterns in which `*` stands for any text; empty for all
 * @param alsoNeeds whether what they need is part of it
 * @throws SelectionError for a name or pattern that fits none
 */
export function selectDeployments(
  deployments: readonly ResolvedDeployment[],
  only: readonly string[],
  alsoNeeds: boolean,
): ResolvedDeployment[] {
  if (only.length === 0) return [...deployments];
  const names = deployments.map(({ key }) => key);
  const chosen = new Set(only.flatMap((pattern) => fitting(pattern, names)));
  const selected = alsoNeeds ? withNeeds(chosen, needsOf(deployments)) : chosen;
  return deployments.filter(({ key }) => selected.has(key));
}

/** What each of the deployments needs, by name. */
export function needsOf(deployments: readonly ResolvedDeployment[]): Needs {
  return new Map(deployments.map(({ key, needs }) => [key, needs]));
}

function fitting(pattern: string, names: readonly string[]): string[] {
  const found = names.filter((name) => fits(pattern, name));
  if (found.length > 0) return found;
  throw new SelectionError(
    `names \`${pattern}\`, which no deployment of the file is called${suggestion(pattern, names)}. There are: ${names.map((name) => `\`${name}\``).join(', ')}`,
  );
}

/** Matches piece by piece, in linear time: a pattern of many `*` as a regular expression can take for ever. */
function fits(pattern: string, name: string): boolean {
  const pieces = pattern.split('*');
  const [first = '', ...rest] = pieces;
  if (rest.length === 0) return pattern === name;
  const last = rest.pop() ?? '';
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const piece of rest) {
    const found = name.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}
