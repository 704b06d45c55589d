import { isNativeError } from 'node:util/types';

/**
 * The stable words of the output `failure-reason`. Workflows compare with them: a word once published keeps its meaning.
 */
export const FAILURE_REASONS = [
  'input',
  'deployments-file',
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
  'variable-invalid',
  'variable-file',
  'variable-source',
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
  'nomad-variable',
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
  'no-earlier-version',
  'plan-changed',
  'not-as-planned',
  'changes',
  'skipped',
  'cancelled',
  'runner',
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

/** One of several mistakes in a file, told where it is. */
export interface FileAnnotation {
  readonly message: string;
  readonly location: FileLocation;
}

interface ActionErrorDetails {
  /** What to do about it, in a sentence or two, naming the input to change. */
  readonly hint?: string;
  readonly location?: FileLocation;
  /** Where there are several mistakes: each of them. The message has them all, too. */
  readonly annotations?: readonly FileAnnotation[];
  readonly cause?: unknown;
  /** Whether the same may well succeed a moment later. */
  readonly passing?: boolean;
  /** Link to what the documentation says of the reason; given when it is told. */
  readonly link?: string | undefined;
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
  readonly annotations: readonly FileAnnotation[];
  readonly passing: boolean;
  readonly link: string | undefined;

  constructor(reason: FailureReason, message: string, details: ActionErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.reason = reason;
    this.hint = details.hint ?? '';
    this.location = details.location;
    this.annotations = details.annotations ?? [];
    this.passing = details.passing ?? false;
    this.link = details.link;
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

/** What the system says when the runner lacks something, by its code, with what to do about it. */
const RUNNER_FAULTS: Readonly<Record<string, readonly [what: string, hint: string]>> = {
  ENOSPC: ['the disk is full', 'Free some space on the runner, or use one with a larger disk.'],
  EDQUOT: ['the quota of the disk is used up', 'Free some space on the runner, or raise the quota of its user.'],
  EROFS: ['the file system is read-only', 'Give the runner a folder that it can write to.'],
  EACCES: ['this user may not do that', 'Give the user that the runner works as the right to read and write there.'],
  EPERM: ['this user may not do that', 'Give the user that the runner works as the right to read and write there.'],
  ENOTDIR: ['a part of the path is a file', 'Remove that file, or name another folder.'],
  EISDIR: ['it is a folder', 'Remove that folder, or name a file.'],
  EEXIST: ['something is in the way', 'Remove what is there, or name another folder.'],
  ENOENT: ['it is not there', 'Look for what removes files on the runner while the step runs.'],
  ENAMETOOLONG: ['the path is too long', 'Use shorter names, or a folder nearer to the root.'],
  ELOOP: ['its links lead round in circles', 'Remove those links.'],
  EMFILE: ['too many files are open', 'Raise the limit of open files on the runner (`ulimit -n`).'],
  ENFILE: ['too many files are open on the whole machine', 'Raise the limit of open files on the runner.'],
  ENOMEM: ['the memory is used up', 'Use a runner with more memory, or run fewer things at once.'],
  EAGAIN: ['no further process may be started', 'Raise the limit of processes on the runner (`ulimit -u`).'],
  EIO: ['the disk does not work', 'Check the disk of the runner.'],
};

/** What a system's error says of the runner: a disk that is full, a file that may not be written. Undefined for all others. */
export function runnerFault(error: unknown): ActionError | undefined {
  if (!isNativeError(error)) return undefined;
  const { code = '', path, dest, syscall } = error as NodeJS.ErrnoException & { dest?: string };
  const fault = RUNNER_FAULTS[code];
  // Sockets fail with some of these codes, too.
  if (fault === undefined || syscall === 'connect') return undefined;
  const [what, hint] = fault;
  const where = dest ?? path;
  return new ActionError(
    'runner',
    `The runner could not do what this step needs${where === undefined ? '' : ` at \`${where}\``}: ${what} (${code}${syscall === undefined ? '' : `, ${syscall}`}).`,
    { hint: `${hint} Temporary files are in \`RUNNER_TEMP\`, downloads in \`RUNNER_TOOL_CACHE\`.`, cause: error },
  );
}

/**
 * The error as an `ActionError`: itself, `runner` where the system says that the runner lacks something, or, for a fault of our own that
 * nobody foresaw, one with the reason `internal`.
 */
export function asActionError(error: unknown): ActionError {
  if (error instanceof ActionError) return error;
  const fault = runnerFault(error);
  if (fault !== undefined) return fault;
  const message = error instanceof Error ? error.message : String(error);
  return new ActionError('internal', `The action failed in a way it does not know: ${message}`, {
    hint: 'This is a fault of the action. Run again with debug logging (ACTIONS_STEP_DEBUG) and report what it prints.',
    cause: error,
  });
}
