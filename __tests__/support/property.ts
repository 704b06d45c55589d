import fc from 'fast-check';

/** How many texts each property is held against. */
const RUNS = 10_000;

/**
 * Holds a property against generated values and prints the seed; `PROPERTY_SEED` repeats a run.
 *
 * @param runs fewer where each takes long
 * @throws with the smallest value that it does not hold for
 */
export function holds<T>(name: string, values: fc.Arbitrary<T>, property: (value: T) => void, runs = RUNS): void {
  const seed = Number(process.env['PROPERTY_SEED'] ?? Date.now() % 2 ** 31);
  process.stdout.write(`${name}: ${runs} cases, seed ${seed}\n`);
  fc.assert(fc.property(values, property), { numRuns: runs, seed });
}

/** Texts of a language: pieces that mean something to it, strung together, cut and mixed with anything. */
export function textOf(pieces: readonly string[]): fc.Arbitrary<string> {
  const piece = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...pieces) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
    { weight: 1, arbitrary: fc.constantFrom('\0', '\ufeff', '\u2028', '\r\n', '\n', ' ', '\t', '\ud800', '__proto__') },
  );
  return fc.array(piece, { maxLength: 40 }).map((parts) => parts.join(''));
}
