import { createHash } from 'node:crypto';
import { ActionError } from '../../errors.ts';

/** File names and their SHA-256, in hex; a name may be there more than once. */
export type Sums = readonly (readonly [name: string, digest: string])[];

/** Reads SHA256SUMS: lines of a digest, two spaces (or a space and an asterisk), a file name. */
export function parseSums(text: string): Sums {
  return [...text.matchAll(/^([0-9a-f]{64}) [ *](\S+)$/gm)].map(
    ([, digest = '', name = '']) => [name, digest] as const,
  );
}

/**
 * Makes sure that the bytes are what the sums say of the file of that name.
 *
 * @throws ActionError `verification`, also where there is no line for it, or more than one
 */
export function verifyDigest(bytes: Uint8Array, name: string, sums: Sums): void {
  const lines = sums.filter(([file]) => file === name);
  const [first] = lines;
  if (first === undefined) throw refused(`${name} is not in SHA256SUMS`);
  if (lines.length > 1) throw refused(`${name} is in SHA256SUMS more than once`);
  const digest = createHash('sha256').update(bytes).digest('hex');
  if (digest !== first[1]) throw refused(`the SHA-256 of ${name} is ${digest}, and SHA256SUMS says ${first[1]}`);
}

function refused(why: string): ActionError {
  return new ActionError('verification', `The release is not what was signed: ${why}. Nothing was run.`, {
    hint: 'Somebody may have changed the release, or the download was damaged: run again, and check `nomad_pack_mirror`.',
  });
}
