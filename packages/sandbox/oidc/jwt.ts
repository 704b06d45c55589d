import type { KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';

/**
 * A JWT with these claims.
 *
 * @param key a private one: RSA signs with RS256, P-256 with ES256
 */
export async function signJwt(claims: Readonly<Record<string, unknown>>, key: KeyObject): Promise<string> {
  const alg = key.asymmetricKeyType === 'ec' ? 'ES256' : 'RS256';
  return await new SignJWT(claims).setProtectedHeader({ alg, typ: 'JWT', kid: 'sandbox' }).sign(key);
}
