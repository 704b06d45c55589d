import { createPublicKey } from 'node:crypto';
import { compactVerify, errors } from 'jose';

/** Why a JWT is not accepted, in the words of the library that Nomad uses. */
export class JwtError extends Error {}

export interface JwtRules {
  /** Public keys in PEM, one of which must have signed the token. */
  readonly publicKeys: readonly string[];
  /** Accepted `aud` values; any where empty. */
  readonly audiences: readonly string[];
  /** Accepted `iss` values; any where empty. */
  readonly issuers: readonly string[];
}

export type Claims = Readonly<Record<string, unknown>>;

/** Clocks may be this far apart, in seconds. */
const leeway = 60;

/** A token that says not when it ends is good for this long, in seconds. */
const defaultLifetime = 150;

/**
 * Checks a token's signature, audience, times and issuer.
 *
 * @returns its claims
 * @throws JwtError
 */
export async function verifyJwt(token: string, rules: JwtRules): Promise<Claims> {
  const claims = await verifySignature(token, rules.publicKeys);
  const reason = claimProblem(claims, rules);
  if (reason !== undefined) throw new JwtError(`unable to verify signature of JWT token: ${reason}`);
  const issuer = claims['iss'];
  if (rules.issuers.length > 0 && !rules.issuers.includes(String(issuer))) {
    throw new JwtError(`invalid JWT issuer: ${String(issuer)}`);
  }
  return claims;
}

async function verifySignature(token: string, publicKeys: readonly string[]): Promise<Claims> {
  let reason = 'no known key successfully validated the token signature';
  for (const pem of publicKeys) {
    try {
      const { payload } = await compactVerify(token, createPublicKey(pem), { algorithms: ['RS256', 'ES256'] });
      return JSON.parse(Buffer.from(payload).toString('utf8')) as Claims;
    } catch (error) {
      if (error instanceof errors.JWSInvalid) reason = 'malformed jwt';
    }
  }
  throw new JwtError(`unable to verify signature of JWT token: error verifying token signature: ${reason}`);
}

function claimProblem(claims: Claims, rules: JwtRules): string | undefined {
  const audiences = [claims['aud'] ?? []].flat();
  if (rules.audiences.length > 0 && !rules.audiences.some((audience) => audiences.includes(audience))) {
    return 'invalid audience (aud) claim: audience claim does not match any expected audience';
  }
  const [issued, from, until] = [seconds(claims['iat']), seconds(claims['nbf']), seconds(claims['exp'])];
  if (issued === 0 && from === 0 && until === 0) {
    return 'no issued at (iat), not before (nbf), or expiration time (exp) claims in token';
  }
  const now = Date.now() / 1000;
  const end = until === 0 ? Math.max(issued, from) + defaultLifetime : until;
  if (now + leeway < (from === 0 ? issued : from)) return 'invalid not before (nbf) claim: token not yet valid';
  if (now - leeway > end) return 'invalid expiration time (exp) claim: token is expired';
  return now + leeway < issued ? 'invalid issued at (iat) claim: token issued in the future' : undefined;
}

function seconds(claim: unknown): number {
  return typeof claim === 'number' ? claim : 0;
}
