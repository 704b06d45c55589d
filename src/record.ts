import type { ActionError } from './errors.ts';
import type { Facts, History, Operation, Outcome, Result } from './result.ts';

/** What is noted down. Milliseconds since the step began. */
type Entry =
  | { readonly kind: 'phase'; readonly name: string; readonly at: number }
  | { readonly kind: 'end'; readonly phase: Entry; readonly at: number }
  | { readonly kind: 'progress'; readonly text: string; readonly job?: string; readonly at: number }
  | { readonly kind: 'notice'; readonly text: string; readonly at: number }
  | { readonly kind: 'facts'; readonly facts: Facts; readonly at: number };

/**
 * What happens in the course of an operation, and what becomes known, one entry after the other: none is ever changed or taken back, so a
 * fault loses nothing. Only the end of the step reads it; what operations have to tell each other travels as values.
 */
export class WorkRecord {
  readonly #elapsed: () => number;
  readonly #entries: Entry[] = [];

  /** @param elapsed milliseconds since the step began */
  constructor(elapsed: () => number) {
    this.#elapsed = elapsed;
  }

  /** A phase begins. @returns what ends it; that returns how long it took, in milliseconds */
  phase(name: string): () => number {
    const phase: Entry = { kind: 'phase', name, at: this.#elapsed() };
    this.#entries.push(phase);
    return () => {
      const at = this.#elapsed();
      this.#entries.push({ kind: 'end', phase, at });
      return at - phase.at;
    };
  }

  /** Something has happened in the rollout. */
  progress(text: string, job?: string): void {
    this.#entries.push({ kind: 'progress', text, at: this.#elapsed(), ...(job !== undefined && { job }) });
  }

  /** Something that a reader should know; noted once, however often it is said. */
  notice(text: string): void {
    if (this.#entries.some((entry) => entry.kind === 'notice' && entry.text === text)) return;
    this.#entries.push({ kind: 'notice', text, at: this.#elapsed() });
  }

  /** Something has become known. What was known of it before is out of date. */
  know(facts: Facts): void {
    this.#entries.push({ kind: 'facts', facts, at: this.#elapsed() });
  }

  /** What is known, as far as the entries tell. */
  known(): Facts {
    return Object.assign({}, ...this.#of('facts').map(({ facts }) => facts));
  }

  /** What has happened so far. */
  history(): History {
    const ends = new Map(this.#of('end').map(({ phase, at }) => [phase, at]));
    return {
      phases: this.#of('phase').map((phase) => ({
        name: phase.name,
        start: phase.at,
        duration: (ends.get(phase) ?? phase.at) - phase.at,
      })),
      timeline: this.#of('progress').map(({ at, text, job }) => ({ at, text, ...(job !== undefined && { job }) })),
      notices: this.#of('notice').map(({ text }) => text),
    };
  }

  #of<Kind extends Entry['kind']>(kind: Kind): Extract<Entry, { kind: Kind }>[] {
    return this.#entries.filter((entry): entry is Extract<Entry, { kind: Kind }> => entry.kind === kind);
  }
}

/** How an operation ended. */
export type End = Outcome | { readonly error: ActionError };

/**
 * The end of a step: its outcome, or, where an error ended it, what was known by then and nothing that it only hoped for. The one place that
 * makes a `Result`.
 */
export function conclude(operation: Operation, end: End, record: WorkRecord): Result {
  const known = record.known();
  const base = { ...record.history(), ...known, operation };
  if (!('error' in end)) return { ...base, ...end };
  const { error } = end;
  return {
    ...base,
    status: error.reason === 'cancelled' ? 'cancelled' : (known.status ?? 'unknown'),
    health: known.health ?? 'unknown',
    changed: known.changed ?? false,
    jobs: known.jobs ?? [],
    failure: error,
  };
}
