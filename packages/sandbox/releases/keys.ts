import { createMessage, generateKey, type PrivateKey, sign } from 'openpgp';

/** An OpenPGP key of the sandbox that releases are signed with. Its user id says that they are simulated. */
export interface SigningKey {
  /** Armored: what `nomad_pack_signing_key` takes. */
  readonly publicKey: string;
  /** The last eight digits of the fingerprint, in capitals, as in `SHA256SUMS.72D7468F.sig`. */
  readonly id: string;
  /** A detached signature, binary. */
  sign(data: Uint8Array): Promise<Uint8Array>;
}

export interface SigningKeyOptions {
  /** Default `sandbox`. Two keys of one name are the same key within a process. */
  readonly name?: string;
  /** Makes a key that was valid for a day, long ago, and signs within that day. */
  readonly expired?: boolean;
}

const day = 24 * 60 * 60;
const keys = new Map<string, Promise<SigningKey>>();

/** A key, made when it is first asked for. */
export function signingKey({ name = 'sandbox', expired = false }: SigningKeyOptions = {}): Promise<SigningKey> {
  const id = `${name} ${expired}`;
  const key = keys.get(id) ?? makeKey(name, expired);
  keys.set(id, key);
  return key;
}

async function makeKey(name: string, expired: boolean): Promise<SigningKey> {
  const date = expired ? new Date('2020-01-01T00:00:00Z') : new Date(Date.now() - day * 1000);
  const generated = await generateKey({
    type: 'curve25519',
    userIDs: [{ name: `${name} (simulated releases)`, email: `${name}@example.com` }],
    date,
    format: 'object',
    ...(expired && { keyExpirationTime: day }),
  });
  const privateKey: PrivateKey = generated.privateKey;
  return {
    publicKey: generated.publicKey.armor(),
    id: generated.publicKey.getFingerprint().slice(-8).toUpperCase(),
    sign: async (data) => {
      const message = await createMessage({ binary: data });
      const signed = { message, signingKeys: privateKey, detached: true, format: 'binary', date } as const;
      return (await sign(signed)) as Uint8Array;
    },
  };
}
