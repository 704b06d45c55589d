import { createHash } from 'node:crypto';
import type { JobChange } from '../result.ts';
import { byNamespaceAndId } from './dry-run.ts';

/**
 * `sha256:` and the digest, in hex, of what a deploy would do: the same for the same changes to the same versions of the same
 * jobs. Whether there is room on the nodes at the moment is not part of it. Secrets are not part of it either, where the changes
 * were redacted: a secret that alone differs does not change the digest.
 */
export function planDigest(jobs: readonly Omit<JobChange, 'fields'>[]): string {
  const reviewed = [...jobs].sort(byNamespaceAndId).map(({ id, namespace, action, groups, basedOn, diff }) => ({
    id,
    namespace,
    action,
    groups: groups.map(({ name, create, updateInPlace, replace, stop, unchanged }) => ({
      name,
      create,
      updateInPlace,
      replace,
      stop,
      unchanged,
    })),
    basedOn,
    diff: diff.map(withoutEdges),
  }));
  return `sha256:${createHash('sha256').update(JSON.stringify(reviewed)).digest('hex')}`;
}

/** A secret in base64 shares a character at each end with what stands beside it, and its length decides how the whole is padded. */
function withoutEdges(line: string): string {
  return line.replace(/[\w+/-]{0,2}\*\*\*[\w+/-]{0,2}=*/g, '***');
}
