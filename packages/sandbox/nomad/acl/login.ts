import { formatDuration, millisecond, parseDuration } from '../clock.ts';
import { fitsFilter } from '../filter/evaluate.ts';
import { parseFilter } from '../filter/parse.ts';
import { HttpError } from '../http/errors.ts';
import { multierror } from '../multierror.ts';
import { type Claims, JwtError, verifyJwt } from './jwt.ts';
import type { AuthMethod, BindingRule } from './options.ts';
import type { Token, Tokens } from './tokens.ts';

/**
 * Trades a JWT for a token, by the rules of the auth method that the body names.
 *
 * @throws HttpError 401 for a JWT that is not accepted, 400 for an unknown method and where no rule binds.
 */
export async function logIn(
  tokens: Tokens,
  methods: readonly AuthMethod[],
  body: Record<string, unknown>,
): Promise<Token> {
  const [name, jwt] = [String(body['AuthMethodName'] ?? ''), String(body['LoginToken'] ?? '')];
  const missing = [
    ...(name === '' ? ['missing auth method name'] : []),
    ...(jwt === '' ? ['missing login token'] : []),
  ];
  if (missing.length > 0) throw new HttpError(400, `invalid login request: ${multierror(missing)}`);
  const method = methods.find((candidate) => candidate.name === name);
  if (method === undefined) throw new HttpError(400, `auth-method "${name}" not found`);
  const values = mapClaims(await acceptedClaims(method, jwt), method.claimMappings ?? {});
  const bound = method.bindingRules.filter((rule) => binds(rule, values));
  const policies = bound.flatMap(({ policy }) => {
    const filled = policy === undefined ? '' : interpolate(policy, values).toLowerCase();
    return Object.hasOwn(tokens.policies, filled) ? filled : [];
  });
  const management = bound.some((rule) => rule.policy === undefined);
  if (policies.length === 0 && !management) throw new HttpError(400, 'no role or policy bindings matched');
  return tokens.create({
    name: tokenName(method, values),
    policies: management ? undefined : policies,
    lifetime: lifetime(method.maxTokenTtl),
  });
}

async function acceptedClaims(method: AuthMethod, jwt: string): Promise<Claims> {
  const { publicKeys, audiences, issuers = [] } = method;
  try {
    return await verifyJwt(jwt, { publicKeys, audiences, issuers });
  } catch (error) {
    if (error instanceof JwtError) throw new HttpError(401, `unable to validate provided token: ${error.message}`);
    throw error;
  }
}

function mapClaims(claims: Claims, mappings: Readonly<Record<string, string>>): Record<string, string> {
  const mapped = Object.entries(mappings).flatMap(([claim, name]) =>
    claims[claim] === undefined ? [] : [[name, String(claims[claim])] as const],
  );
  return Object.fromEntries(mapped);
}

/** A selector that cannot be read or asks for what is not there binds nothing. */
function binds(rule: BindingRule, values: Readonly<Record<string, string>>): boolean {
  if (rule.selector === undefined) return true;
  try {
    return fitsFilter(parseFilter(rule.selector), { value: values, list: {} });
  } catch {
    return false;
  }
}

function interpolate(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{([^}]+)\}/g, (_whole, name: string) => values[name.replace(/^value\./, '')] ?? '');
}

function tokenName(method: AuthMethod, values: Readonly<Record<string, string>>): string {
  const { name, tokenNameFormat } = method;
  if (tokenNameFormat === undefined) return `JWT-${name}`;
  return interpolate(tokenNameFormat, { ...values, auth_method_type: 'JWT', auth_method_name: name });
}

/** Nomad writes a duration with all its units: `10m0s`. */
function lifetime(text: string): { text: string; milliseconds: number } {
  const nanoseconds = parseDuration(text);
  if (nanoseconds === undefined) throw new Error(`maxTokenTtl is not a duration: ${text}`);
  return { text: formatDuration(nanoseconds), milliseconds: nanoseconds / millisecond };
}
