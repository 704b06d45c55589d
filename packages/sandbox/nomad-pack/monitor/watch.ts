import type { NomadApi } from '../nomad/client.ts';
import type { Ui } from '../ui.ts';

export interface Watch {
  readonly api: NomadApi;
  readonly ui: Ui;
  readonly signal: AbortSignal;
  readonly verbose: boolean;
  /** An id as it is shown. */
  readonly id: (id: string) => string;
}

/** What became of an evaluation. */
export interface Evaluated {
  readonly exitCode: number;
  /** Whether something could not be placed. */
  readonly unplaced: boolean;
  readonly deployment: string | undefined;
}

/** The time in whole seconds. */
export function now(): string {
  return formatTime(new Date());
}

export function formatTime(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/, 'Z');
}

/**
 * Waits a second, as nomad-pack does between two looks.
 *
 * @returns false when it was interrupted
 */
export async function pause(signal: AbortSignal): Promise<boolean> {
  const { setTimeout } = await import('node:timers/promises');
  return await setTimeout(1000, true, { signal }).catch(() => false);
}
