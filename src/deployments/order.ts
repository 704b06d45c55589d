import { OPERATIONS } from '../operations.ts';
import type { Operation } from '../result.ts';
import { type Needs, reversed } from '../settings/deployments/graph.ts';
import type { RunEntry } from '../settings/run.ts';

/** What is to be known of a deployment to put it in its place. */
type Ordered = Pick<RunEntry, 'key' | 'needs' | 'isAbsent'>;

/**
 * What each deployment waits for, by name. Operations that change nothing wait for nothing, so that each deployment is told of, whatever
 * comes of the others.
 */
export function waits(operation: Operation, deployments: readonly Ordered[]): Needs {
  const names = new Set(deployments.map(({ key }) => key));
  const needs = new Map(deployments.map((one) => [one.key, one.needs.filter((need) => names.has(need))]));
  switch (OPERATIONS[operation].order) {
    case 'needed first':
      return amongAbsent(needs, deployments);
    case 'needed last':
      return reversed(needs);
    case 'any':
      return new Map([...names].map((name) => [name, []]));
  }
}

/** A deployment that should not be there may wait for others, such as for the one that takes its place. */
function amongAbsent(needs: Needs, deployments: readonly Ordered[]): Needs {
  const absent = new Set(deployments.filter(({ isAbsent }) => isAbsent).map(({ key }) => key));
  const dependents = reversed(needs);
  return new Map(
    [...needs].map(([name, needed]) => {
      if (!absent.has(name)) return [name, needed];
      const before = (dependents.get(name) ?? []).filter((dependent) => absent.has(dependent));
      return [name, [...needed.filter((need) => !absent.has(need)), ...before]];
    }),
  );
}

/** The names so that each comes after all that it waits for; else in the order in which they are given. */
export function inOrder(needs: Needs): string[] {
  const ordered = new Set<string>();
  const place = (name: string) => {
    if (ordered.has(name)) return;
    for (const need of needs.get(name) ?? []) place(need);
    ordered.add(name);
  };
  for (const name of needs.keys()) place(name);
  return [...ordered];
}
