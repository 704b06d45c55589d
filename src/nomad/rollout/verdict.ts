import type { Diagnosis } from '../../result.ts';

/** What is to be said of a job at one moment of its rollout. */
export type Verdict = Good | Waiting | Bad;

export interface Good {
  readonly kind: 'good';
}

export interface Waiting {
  readonly kind: 'waiting';
  /** What is missing, in words that follow "waiting: ". */
  readonly missing: string;
  /** Nothing could be placed so far; else it is just a matter of time. */
  readonly blocked?: boolean;
  /** Look again after so many milliseconds, for Nomad will not tell when this changes. */
  readonly lookAgain?: number;
}

export interface Bad {
  readonly kind: 'bad';
  readonly reason: Diagnosis['reason'];
  /** What is known without looking at the tasks, without a full stop at the end. */
  readonly cause: string;
  /** The job is not at its end yet: a version that Nomad went back to is still being rolled out. Why it is worth a wait. */
  readonly unsettled?: string;
}

export const good: Good = { kind: 'good' };

export function waiting(missing: string, more: Omit<Waiting, 'kind' | 'missing'> = {}): Waiting {
  return { kind: 'waiting', missing, ...more };
}

export function bad(reason: Bad['reason'], cause: string, unsettled?: string): Bad {
  return { kind: 'bad', reason, cause, ...(unsettled !== undefined && { unsettled }) };
}

/** Whether there is no use in looking any longer. */
export function isSettled(verdict: Verdict | undefined): boolean {
  if (verdict === undefined) return false;
  return verdict.kind === 'bad' ? verdict.unsettled === undefined : verdict.kind === 'good';
}
