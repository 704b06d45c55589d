import { isPlainName } from '../plain-name.ts';
import type { JobDiff } from './api.ts';
import { type Change, changesOf } from './diff.ts';

/** A text of a job at one place, and the same text where other values stand for the secrets. */
interface Pair {
  readonly text: string;
  readonly probe: string;
}

/**
 * The fields of a job whose value comes of a secret variable. They are found by what Nomad plans for the job and for a probe: the same
 * job rendered with other values for the secrets. What differs between the two comes of a secret, however it was computed.
 */
export class SecretPlaces {
  readonly #places: ReadonlyMap<string, readonly Pair[]>;
  /** The mappings whose keys come of a secret. */
  readonly #keyed: ReadonlySet<string>;

  private constructor(places: ReadonlyMap<string, readonly Pair[]>, keyed: ReadonlySet<string>) {
    this.#places = places;
    this.#keyed = keyed;
  }

  /** None: no secret has a part in the job. */
  static readonly none = new SecretPlaces(new Map(), new Set());

  static between(job: JobDiff | null, probe: JobDiff | null): SecretPlaces {
    const [real, other] = [newValues(job), newValues(probe)];
    const places = new Map<string, readonly Pair[]>();
    const keyed = new Set<string>();
    for (const place of new Set([...real.keys(), ...other.keys()])) {
      const [texts, probes] = [real.get(place) ?? [], other.get(place) ?? []];
      if (texts.join('\0') === probes.join('\0')) continue;
      const key = keyOf(place);
      if (key !== undefined && (texts.length === 0 || probes.length === 0)) keyed.add(key.mapping);
      places.set(
        place,
        texts.map((text, index) => ({ text, probe: probes[index] ?? '' })),
      );
    }
    return new SecretPlaces(places, keyed);
  }

  has({ path }: Pick<Change, 'path' | 'field'>): boolean {
    return this.#places.has(placeOf(path));
  }

  /**
   * What a secret was before, as far as it can be told from what stands around it now; else the lines of the old text that the new one
   * does not have. Nothing where no secret stands. A key that is gone of a mapping whose keys come of a secret was one, too.
   */
  oldSecrets({ path, field }: Pick<Change, 'path' | 'field'>): string[] {
    const key = field.Type === 'Deleted' ? unusualKey(path) : undefined;
    if (key !== undefined && this.#keyed.has(key.mapping)) return [key.name];
    const pairs = this.#places.get(placeOf(path));
    if (pairs === undefined || field.Type === 'Added' || field.Old === field.New) return [];
    const lines = pairs.flatMap(linesOf);
    const now = new Set(pairs.flatMap(({ text }) => text.split('\n')));
    return field.Old.split('\n')
      .filter((line) => !now.has(line))
      .flatMap((line) => lines.map((pair) => between(line, pair)).find((found) => found !== undefined) ?? line);
  }
}

/** The key of a mapping at a place, where it is not just a name. */
export function unusualKey(path: string): ReturnType<typeof keyOf> {
  const key = keyOf(placeOf(path));
  return key === undefined || isPlainName(key.name) ? undefined : key;
}

/** `task "web" > Env[NAME]` has the key `NAME` of the mapping `task "web" > Env`. */
function keyOf(path: string): { readonly mapping: string; readonly name: string } | undefined {
  const [, mapping, name] = /^(.+)\[([^[\]]+)\]$/s.exec(path) ?? [];
  return mapping === undefined || name === undefined ? undefined : { mapping, name };
}

/** The values that fields would have, by place; sorted, for a list has no fixed order. */
function newValues(diff: JobDiff | null): Map<string, string[]> {
  const values = new Map<string, string[]>();
  for (const { path, field } of diff === null ? [] : changesOf(diff)) {
    if (field.Type === 'Deleted') continue;
    const place = placeOf(path);
    values.set(place, [...(values.get(place) ?? []), field.New]);
  }
  for (const texts of values.values()) texts.sort();
  return values;
}

/** All members of a list are one place: one that is put in moves the others. */
function placeOf(path: string): string {
  return path.replace(/\[\d+\]/g, '[]');
}

/** The lines that hold a secret, where the secret has not changed the number of lines. */
function linesOf({ text, probe }: Pair): Pair[] {
  const [texts, probes] = [text.split('\n'), probe.split('\n')];
  if (texts.length !== probes.length) return [];
  return texts
    .map((line, index) => ({ text: line, probe: probes[index] ?? '' }))
    .filter((line) => line.text !== line.probe);
}

/** What stands in a line between what stands around the secret; nothing where that is something else. */
function between(line: string, { text, probe }: Pair): string | undefined {
  const longest = Math.min(text.length, probe.length);
  let head = 0;
  while (head < longest && text[head] === probe[head]) head++;
  let tail = 0;
  while (tail < longest - head && text.at(-1 - tail) === probe.at(-1 - tail)) tail++;
  const [before, after] = [text.slice(0, head), text.slice(text.length - tail)];
  if (line.length < head + tail || !line.startsWith(before) || !line.endsWith(after)) return undefined;
  return line.slice(head, line.length - tail);
}
