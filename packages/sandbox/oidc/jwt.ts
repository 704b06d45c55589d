import { type KeyObject, sign } from 'node:crypto';

/**
 * A JWT with these claims.
 *
 * @param key a private one: RSA signs with RS256, P-256 with ES256
 */
export function signJwt(claims: Readonly<Record<string, unknown>>, key: KeyObject): string {
  const alg = key.asymmetricKeyType === 'ec' ? 'ES256' : 'RS256';
  const content = [{ alg, typ: 'JWT', kid: 'sandbox' }, claims].map(encode).join('.');
  const signature = sign('sha256', Buffer.from(content), { key, dsaEncoding: 'ieee-p1363' });
  return `${content}.${signature.toString('base64url')}`;
}

function encode(part: unknown): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
