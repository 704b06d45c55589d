import type { Trouble } from './cases.ts';
import type { Operation } from './operations.ts';

const OF_NOMAD = ['nomad-unreachable', 'nomad-error'];

const OF_GIT = ['registry-unreachable'];

const OF_PROCESSES = ['nomad-pack-failed', 'timeout'];

/** Whether the word says what went wrong. */
export function isTrueReason(operation: Operation, trouble: Trouble | undefined, reason: string): boolean {
  // The step may be red by itself: what went wrong besides was ridden out, or kept it from going back.
  if (operation.clean.exitCode !== 0 && [operation.clean.reason, 'revert-failed'].includes(reason)) return true;
  return trueReasons(trouble).includes(reason);
}

function trueReasons(trouble: Trouble | undefined): readonly string[] {
  if (trouble === undefined) return [];
  if (trouble.kind === 'cancel') return ['cancelled'];
  if (trouble.kind === 'request') return trouble.server === 'git' ? OF_GIT : OF_NOMAD;
  return trouble.call.command.startsWith('git') ? [...OF_GIT, ...OF_PROCESSES] : OF_PROCESSES;
}
