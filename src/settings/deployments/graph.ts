/** What each deployment needs, by name. */
export type Needs = ReadonlyMap<string, readonly string[]>;

/** The deployments of a circle of needs, each needing the next one; undefined where there is none. */
export function findCycle(needs: Needs): string[] | undefined {
  const done = new Set<string>();
  const visit = (name: string, way: readonly string[]): string[] | undefined => {
    const start = way.indexOf(name);
    if (start !== -1) return way.slice(start);
    if (done.has(name)) return undefined;
    for (const need of needs.get(name) ?? []) {
      const found = visit(need, [...way, name]);
      if (found !== undefined) return found;
    }
    done.add(name);
    return undefined;
  };
  for (const name of needs.keys()) {
    const found = visit(name, []);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** These deployments, and all that they need, directly or not. */
export function withNeeds(names: Iterable<string>, needs: Needs): Set<string> {
  const all = new Set<string>();
  const add = (name: string) => {
    if (all.has(name)) return;
    all.add(name);
    for (const need of needs.get(name) ?? []) add(need);
  };
  for (const name of names) add(name);
  return all;
}

/** These deployments, and all that need one of them, directly or not. */
export function withDependents(names: Iterable<string>, needs: Needs): Set<string> {
  return withNeeds(names, reversed(needs));
}

/** Who needs whom, the other way round: the order in which deployments are taken away. */
export function reversed(needs: Needs): Needs {
  const dependents = new Map<string, string[]>([...needs.keys()].map((name) => [name, []]));
  for (const [name, needed] of needs) for (const need of needed) dependents.get(need)?.push(name);
  return dependents;
}

/**
 * What each of the chosen needs among the chosen: where one in between is not chosen, what that needs in its place, for the order still
 * holds.
 */
export function needsAmong(chosen: ReadonlySet<string>, needs: Needs): Needs {
  const nearest = (name: string, seen: Set<string>): string[] =>
    (needs.get(name) ?? []).flatMap((need) => {
      if (seen.has(need)) return [];
      seen.add(need);
      return chosen.has(need) ? [need] : nearest(need, seen);
    });
  return new Map([...chosen].map((name) => [name, nearest(name, new Set())]));
}
