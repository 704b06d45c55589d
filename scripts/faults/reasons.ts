import type { Operation } from './operations.ts';
import { askerOf, type Trouble } from './trouble.ts';

const OF_NOMAD = ['nomad-unreachable', 'nomad-error'];

const OF_GIT = ['registry-unreachable'];

/** Whether the word says what went wrong. */
export function isTrueReason({ clean }: Operation, trouble: Trouble | undefined, reason: string): boolean {
  // The step may be red by itself: what went wrong besides was ridden out, or kept it from going back.
  if (clean.exitCode !== 0 && [clean.reason, 'revert-failed'].includes(reason)) return true;
  return trouble !== undefined && trueReasons(trouble).includes(reason);
}

function trueReasons(trouble: Trouble): readonly string[] {
  if (trouble.kind === 'cancel') return ['cancelled'];
  if (trouble.kind === 'call') return ofCall(trouble);
  const asker = askerOf(trouble.request);
  // Going back is what a rollback is for: that Nomad refuses it has a word of its own.
  if (trouble.request.route.endsWith('/revert')) return [...OF_NOMAD, 'revert-failed'];
  // git takes a line that is not a list of refs for an empty one, and so cannot tell it from an empty repository.
  if (asker === 'git') return isNoList(trouble) ? [...OF_GIT, 'registry-ref-not-found'] : OF_GIT;
  // nomad-pack panics over a `null`.
  return asker === 'nomad-pack' && trouble.fault === 'null' ? [...OF_NOMAD, 'nomad-pack-failed'] : OF_NOMAD;
}

function isNoList({ request, fault }: Extract<Trouble, { readonly kind: 'request' }>): boolean {
  return request.route.endsWith('/info/refs') && (fault === 'empty' || fault === 'null' || fault === 'garbage');
}

/** What `changed_since` asks of git. */
const OF_WORKSPACE = /^git (?:rev-parse|cat-file|diff|ls-files)$/;

function ofCall({ call, fault }: Extract<Trouble, { readonly kind: 'call' }>): readonly string[] {
  const isGit = call.command.startsWith('git ');
  if (fault.startsWith('killed')) return isGit ? ['runner', ...OF_GIT] : ['runner'];
  // It looks at the workspace alone.
  if (OF_WORKSPACE.test(call.command)) return ['timeout', ...OF_GIT];
  // Whether Nomad or the registry keeps it waiting, or nobody, cannot be seen from outside.
  if (isGit || call.command === 'nomad-pack registry add') return OF_GIT;
  return call.command === 'nomad-pack version' ? ['timeout'] : ['nomad-unreachable'];
}
