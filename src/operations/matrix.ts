import type { MatrixRow, Outcome } from '../result.ts';

/** Tells the deployments of a file, for a job each. */
export async function matrix(rows: readonly MatrixRow[]): Promise<Outcome> {
  return { status: 'complete', health: 'unknown', changed: false, jobs: [], matrix: rows };
}
