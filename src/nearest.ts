/** The names, the ones most like the wanted one first (by edit distance, then by the alphabet). Only the beginnings of long ones count. */
export function nearestFirst(wanted: string, names: readonly string[]): string[] {
  return names
    .map((name) => ({ name, distance: editDistance(beginning(wanted), beginning(name)) }))
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .map(({ name }) => name);
}

/** The name that somebody probably meant: it differs in a third of its letters at most; the case of letters does not count. */
export function nearMiss(wanted: string, names: readonly string[]): string | undefined {
  const [nearest] = nearestFirst(wanted, names);
  if (nearest === undefined) return undefined;
  const distance = editDistance(beginning(wanted), beginning(nearest));
  return distance <= Math.max(1, Math.floor(nearest.length / 3)) ? nearest : undefined;
}

function beginning(text: string): string {
  return text.slice(0, LONGEST).toLowerCase();
}

/** Longer texts are not names that somebody mistyped, and the comparison takes the product of both lengths. Characters. */
const LONGEST = 200;

/** How many letters have to be added, dropped, changed, or swapped with the next one to make one text of the other. */
function editDistance(a: string, b: string): number {
  let beforeThat: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = swapped ? (beforeThat[j - 2] ?? 0) + 1 : substitution;
      current.push(Math.min(substitution, swap, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    beforeThat = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
}
