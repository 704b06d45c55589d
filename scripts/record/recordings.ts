import { createTwoFilesPatch } from 'diff';

/** A recording, and the same recorded anew. */
export interface Recorded<Recording> {
  readonly name: string;
  readonly before: Recording;
  readonly after: Recording;
  /** Of both, without what differs between any two runs. */
  readonly texts: readonly string[];
}

/**
 * Prints what differs.
 *
 * @returns how many differ, and all of them: those that differ as they are now, the others as they were
 */
export function differencesOf<Recording>(
  title: string,
  recordings: readonly Recorded<Recording>[],
): { readonly differing: number; readonly kept: readonly Recording[] } {
  const differs = ({ texts: [before, after] }: Recorded<Recording>) => before !== after;
  const differing = recordings.filter(differs);
  console.log(`${title}: ${recordings.length} recorded, ${differing.length} differ`);
  for (const { name, texts } of differing) {
    const [before = '', after = ''] = texts;
    console.log(createTwoFilesPatch(`${name}, recorded`, `${name}, now`, before, after, '', '', { context: 2 }));
  }
  return { differing: differing.length, kept: recordings.map((one) => (differs(one) ? one.after : one.before)) };
}

/** As the recordings are kept. */
export function trimmed(recordings: unknown): string {
  return JSON.stringify(recordings, undefined, 1);
}

/** The keys in order: Nomad writes maps in a random one. */
export function sortedJson(value: unknown): string {
  const inOrder = (_: string, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one;
  return JSON.stringify(value, inOrder, 1);
}
