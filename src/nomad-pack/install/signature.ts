import type { Key, Signature } from 'openpgp';
import { ActionError } from '../../errors.ts';
import { RELEASE_KEY, RELEASE_KEY_FINGERPRINT } from './release-key.ts';

type OpenPgp = typeof import('openpgp');

/**
 * Makes sure that a detached OpenPGP signature over the data is by the release key, or by one of `signingKey`, and that this key is
 * valid now: a signature by a key that has expired or was revoked since proves nothing. Loads the OpenPGP library.
 *
 * @param signature binary or armored; absent where the site has none
 * @param signingKey armored certificate that replaces the release key
 * @returns the fingerprint of the certificate, in capitals
 * @throws ActionError `verification`
 */
export async function verifySignature(
  data: Uint8Array,
  signature: Uint8Array | undefined,
  signingKey: string | undefined,
): Promise<string> {
  if (signature === undefined || signature.length === 0) throw refused('there is no signature of it');
  const openpgp = await import('openpgp');
  const keys = await readKeys(openpgp, signingKey);
  const read = await readSignature(openpgp, signature);
  const { signatures } = await openpgp.verify({
    message: await openpgp.createMessage({ binary: data }),
    signature: read,
    verificationKeys: keys,
    format: 'binary',
    // When the validity of a key is extended, its own signatures are younger than those of earlier releases. That the key is valid
    // now is checked below, in any case.
    config: { allowInsecureVerificationWithReformattedKeys: true },
  });

  const problems: string[] = [];
  for (const { keyID, verified } of signatures) {
    const key = keys.find((candidate) => candidate.getKeys(keyID).length > 0);
    if (key === undefined) {
      problems.push(`it is signed by the key ${keyID.toHex().toUpperCase()}, not by ${names(keys)}`);
      continue;
    }
    try {
      if ((await verified) !== true) throw new Error('it is not verified');
      await key.getSigningKey(keyID, new Date());
      return fingerprintOf(key);
    } catch (error) {
      problems.push(`the signature by ${fingerprintOf(key)} is not valid: ${wordsOf(error)}`);
    }
  }
  throw refused(problems[0] ?? 'there is no signature of it');
}

async function readKeys(openpgp: OpenPgp, signingKey: string | undefined): Promise<Key[]> {
  if (signingKey === undefined) {
    const key = await openpgp.readKey({ armoredKey: RELEASE_KEY });
    if (fingerprintOf(key) !== RELEASE_KEY_FINGERPRINT) throw new Error('the release key has another fingerprint');
    return [key];
  }
  try {
    const keys = await openpgp.readKeys({ armoredKeys: signingKey });
    if (keys.length > 0) return keys;
  } catch (error) {
    throw unusableKey(wordsOf(error), error);
  }
  throw unusableKey('it holds no key', undefined);
}

function unusableKey(why: string, cause: unknown): ActionError {
  return new ActionError('verification', `\`nomad_pack_signing_key\` is not an OpenPGP key that can be used: ${why}.`, {
    hint: 'Set `nomad_pack_signing_key` to the armored public key (`gpg --armor --export KEY`), or to the path of a file with it.',
    cause,
  });
}

async function readSignature(openpgp: OpenPgp, bytes: Uint8Array): Promise<Signature> {
  try {
    const text = Buffer.from(bytes).toString('latin1');
    return text.startsWith('-----BEGIN PGP SIGNATURE')
      ? await openpgp.readSignature({ armoredSignature: text })
      : await openpgp.readSignature({ binarySignature: bytes });
  } catch (error) {
    throw refused(`what should be its signature is not one: ${wordsOf(error)}`, error);
  }
}

function refused(why: string, cause?: unknown): ActionError {
  return new ActionError('verification', `SHA256SUMS of the release is not to be trusted: ${why}. Nothing was run.`, {
    hint: 'Somebody may have changed the release: check `nomad_pack_mirror`. If the mirror signs with a key of its own, or the release key was replaced, set `nomad_pack_signing_key` to the new public key or update this action.',
    cause,
  });
}

function names(keys: readonly Key[]): string {
  return keys.map(fingerprintOf).join(' or ');
}

function fingerprintOf(key: Key): string {
  return key.getFingerprint().toUpperCase();
}

/** The library's words without its prefixes, to be read in the middle of a sentence. */
function wordsOf(error: unknown): string {
  return (error as Error).message.replace(/^(?:Error [a-z ]+: )+/, '').replace(/\.$/, '');
}
