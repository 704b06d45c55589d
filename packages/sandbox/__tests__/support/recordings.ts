import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A response of a real Nomad. */
export interface Recorded {
  readonly request: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

const tests = join(import.meta.dirname, '..', '..', '..', '..', '__tests__');

/** Where the recordings of the real tools are. */
export const recordingsDirectory = join(tests, 'fixtures', 'recordings');

/** The file of the recorded responses in one state. */
export function responsesFile(state: string): string {
  return join(recordingsDirectory, 'nomad-http', `${state}.json`);
}

/** The recorded responses, by state and name. */
export function readRecordings(): Record<string, Record<string, Recorded>> {
  const files = readdirSync(join(recordingsDirectory, 'nomad-http')).filter((file) => file.endsWith('.json'));
  const states = files.map((file) => file.replace(/\.json$/, ''));
  const read = (state: string) => JSON.parse(readFileSync(responsesFile(state), 'utf8')) as Record<string, Recorded>;
  return Object.fromEntries(states.map((state) => [state, read(state)]));
}

/**
 * What differs between any two runs is replaced by its kind: ids, times, indexes, names of nodes. Records in lists are
 * put in the order in which they were made.
 */
export function mask(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return sorted(value).map((item) => mask(item, key));
  if (typeof value === 'object' && value !== null) return maskObject(value as Record<string, unknown>, key);
  if (typeof value === 'number') {
    if (/Index$/.test(key)) return value === 0 ? 0 : '<index>';
    if (/Time$/.test(key) && value > 1e15) return '<time>';
    if (key === 'AllocationTime') return '<duration>';
  }
  if (typeof value !== 'string') return value;
  return maskText(value, key);
}

function maskObject(object: Record<string, unknown>, key: string): unknown {
  const entries = Object.entries(object).map(([name, item]) => {
    const masked = key === 'ClassEligibility' ? '<class>' : name;
    return [masked, mask(item, name)] as const;
  });
  return Object.fromEntries(entries);
}

function maskText(text: string, key: string): string {
  if (key === 'NodeName') return '<node>';
  if (key === 'Hash') return '<hash>';
  return text
    .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<id>')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, '<time>');
}

function sorted(items: readonly unknown[]): unknown[] {
  const index = (item: unknown) => (item as { CreateIndex?: number } | null)?.CreateIndex ?? 0;
  const version = (item: unknown) => (item as { Version?: number } | null)?.Version ?? 0;
  return [...items].sort((a, b) => version(a) - version(b) || index(a) - index(b));
}
