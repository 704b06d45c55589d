/**
 * The stable words of the output `failure-reason`. Workflows compare with them: a word once published keeps its meaning.
 */
export const FAILURE_REASONS = [
  'input',
  'nomad-pack-missing',
  'version-not-found',
  'platform-unsupported',
  'download',
  'verification',
  'git-missing',
  'registry-auth',
  'registry-unreachable',
  'registry-ref-not-found',
  'registry-target-not-found',
  'registry-invalid',
  'pack-not-found',
  'pack-invalid',
  'variable-missing',
  'variable-undeclared',
  'variable-type',
  'variable-file',
  'template',
  'job-specification',
  'nomad-unreachable',
  'nomad-address',
  'nomad-auth',
  'nomad-tls',
  'nomad-namespace',
  'nomad-error',
  'login',
  'job-conflict',
  'would-stop-others',
  'secret-in-job',
  'unhealthy',
  'placement',
  'reverted',
  'superseded',
  'stopped',
  'timeout',
  'awaiting-promotion',
  'revert-failed',
  'plan-changed',
  'changes',
  'cancelled',
  'output-not-understood',
  'nomad-pack-failed',
  'internal',
] as const;

export type FailureReason = (typeof FAILURE_REASONS)[number];

/** Where a mistake is, when it is in a file of the workspace: an annotation then points at it. */
export interface FileLocation {
  /** Path as the user would write it, relative to the workspace where it is inside. */
  readonly file: string;
  /** 1-based. */
  readonly line?: number;
  /** 1-based. */
  readonly column?: number;
}

interface ActionErrorDetails {
  /** What to do about it, in a sentence or two, naming the input to change. */
  readonly hint?: string;
  readonly location?: FileLocation;
  readonly cause?: unknown;
}

/**
 * Whatever ends a step red. It is thrown where the trouble is found and turned into an annotation, outputs and an exit code
 * in `main.ts` only. The message says what happened, and where an input is at fault, which; the hint says what to do.
 */
export class ActionError extends Error {
  override readonly name = 'ActionError';
  readonly reason: FailureReason;
  readonly hint: string;
  readonly location: FileLocation | undefined;

  constructor(reason: FailureReason, message: string, details: ActionErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.reason = reason;
    this.hint = details.hint ?? '';
    this.location = details.location;
  }
}

/** The error of a step that was cancelled: the one that its signal was aborted with, where it is one of ours. */
export function cancelled(signal: AbortSignal): ActionError {
  if (signal.reason instanceof ActionError) return signal.reason;
  return new ActionError('cancelled', 'The step was cancelled.', {
    hint: 'Run the workflow again when you want it to go on.',
    cause: signal.reason,
  });
}

/** The error as an `ActionError`: itself, or, for a fault of our own that nobody foresaw, one with the reason `internal`. */
export function asActionError(error: unknown): ActionError {
  if (error instanceof ActionError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new ActionError('internal', `The action failed in a way it does not know: ${message}`, {
    hint: 'This is a fault of the action. Run again with debug logging (ACTIONS_STEP_DEBUG) and report what it prints.',
    cause: error,
  });
}
