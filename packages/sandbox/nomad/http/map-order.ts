/**
 * The fields that are maps in Go, at any depth of an answer; all others are structs, whose fields keep their order. `TaskGroups` is
 * a list in a job and a map in a deployment.
 */
const maps: ReadonlySet<string> = new Set([
  'Attributes',
  'ClassEligibility',
  'ClassExhausted',
  'ClassFiltered',
  'Config',
  'ConstraintFiltered',
  'DesiredTGUpdates',
  'Details',
  'DimensionExhausted',
  'Drivers',
  'Env',
  'FailedTGAllocs',
  'Meta',
  'NodesAvailable',
  'QueuedAllocations',
  'ResourcesExhausted',
  'Summary',
  'TaskGroups',
  'TaskStates',
]);

/** A body whose maps come in an order of their own, as each of Nomad's answers has it. The same seed gives the same order. */
export function inRandomOrder(body: unknown, seed: number): unknown {
  return shuffled(body, generator(seed), false);
}

function shuffled(value: unknown, random: () => number, isMap: boolean): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => shuffled(item, random, false));
  const entries = Object.entries(value).map(([key, item]) => [key, shuffled(item, random, maps.has(key))] as const);
  return Object.fromEntries(isMap ? shuffle(entries, random) : entries);
}

/** Fisher and Yates'. */
function shuffle<Item>(items: Item[], random: () => number): Item[] {
  for (let index = items.length - 1; index > 0; index -= 1) {
    const other = Math.floor(random() * (index + 1));
    [items[index], items[other]] = [items[other] as Item, items[index] as Item];
  }
  return items;
}

/** Numbers from 0 to 1 that look random (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
