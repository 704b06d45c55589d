import { ActionError, type FailureReason } from '../errors.ts';
import { flattenErrors } from './error-list.ts';

/** A response of Nomad that is not a success. What it was asked is in the message; the token never is. */
export class NomadResponseError extends ActionError {
  readonly status: number;
  /** The server's own words. */
  readonly words: string;

  constructor(reason: FailureReason, message: string, hint: string, status: number, words: string) {
    super(reason, message, { hint, passing: isTransient(status, words) });
    this.status = status;
    this.words = words;
  }
}

/** No answer of Nomad's, as far as the request was tried. */
export class NomadUnreachableError extends ActionError {
  /** Nothing of the last attempt has reached Nomad; a request that is not repeatable has no other that did. */
  readonly unsent: boolean;

  constructor(message: string, hint: string, unsent: boolean) {
    super('nomad-unreachable', message, { hint, passing: true });
    this.unsent = unsent;
  }
}

/** Nomad's words for what there is not, with status 404: `CodedError(404, ...)` in its command/agent/*_endpoint.go. */
const MISSING = /^(?:deployment|eval|job(?: versions)?|namespace|variable) not found$/i;

/**
 * Whether Nomad answered that there is no such thing. A 404 in other words is not Nomad's: a gateway that has lost its way to Nomad says
 * nothing of what Nomad has.
 */
export function isMissing(error: unknown): boolean {
  return error instanceof NomadResponseError && error.status === 404 && MISSING.test(error.words);
}

/** A request in the words of an error: what was asked, of which namespace, and whether with a token. */
export interface Asked {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly address: string;
  readonly namespace: string;
  readonly withToken: boolean;
}

/** A response whose status is not one of success. */
interface Refusal extends Asked {
  readonly status: number;
  readonly words: string;
  /** The words without what says nothing on one line: Nomad counts its errors first, and lists them below. */
  readonly plain: string;
}

/** What a refusal means: the first rule that fits says so. */
interface Rule {
  readonly fits: (refusal: Refusal) => boolean;
  readonly reason: FailureReason;
  readonly message: (refusal: Refusal) => string;
  readonly hint: string;
}

/** A proxy of the runner's own network, which asks for a login. */
export const PROXY_LOGIN: Omit<Rule, 'fits' | 'message'> & {
  readonly message: (asked: Pick<Asked, 'address'>) => string;
} = {
  reason: 'nomad-unreachable',
  message: ({ address }) => `A proxy on the way to Nomad at ${address} asks for a user and a password`,
  hint: 'Put them into the proxy’s address, as in `https_proxy: http://user:password@host:port` (`http_proxy` for an http:// address), or name Nomad’s host in `no_proxy`.',
};

const RULES: readonly Rule[] = [
  { fits: ({ status }) => status === 407, ...PROXY_LOGIN },
  {
    fits: (refusal) => isOfGateway(refusal) && (refusal.status === 401 || refusal.status === 403),
    reason: 'nomad-auth',
    message: ofGateway,
    hint: 'Let this runner pass what stands in front of Nomad (a firewall, a proxy that asks for a login), or set `nomad_addr` to the address that Nomad itself answers at. For a user and a password, there is `nomad_http_auth`.',
  },
  {
    fits: isOfGateway,
    reason: 'nomad-error',
    message: ofGateway,
    hint: 'Check that `nomad_addr` is the address of Nomad’s HTTP API, and that a load balancer or proxy in front of Nomad can reach it.',
  },
  {
    fits: (refusal) => isAboutTheToken(refusal) && !refusal.withToken,
    reason: 'nomad-auth',
    message: ({ address, method, path, words }) => `Nomad at ${address} wants a token for ${method} ${path}: ${words}`,
    hint: 'Set `nomad_token` to an ACL token, or `nomad_auth_method` to log in with the workflow’s OIDC token.',
  },
  {
    fits: ({ words }) => refusesToken(words),
    reason: 'nomad-auth',
    message: ({ address, words }) => `Nomad at ${address} does not accept the token: ${words}`,
    hint: 'Set `nomad_token` to the secret ID of a token that exists and has not expired.',
  },
  {
    fits: isAboutTheToken,
    reason: 'nomad-auth',
    message: ({ method, path, namespace, words }) =>
      `The token may not do ${method} ${path} in ${namespace === '*' ? 'any namespace' : `namespace "${namespace}"`}: ${words}`,
    hint: 'Give the policy of `nomad_token` the rights for that namespace, or set `nomad_namespace` to one that it may use. Nomad says the same of a token that does not exist or has expired: `nomad acl token self`.',
  },
  {
    fits: ({ words }) => /nonexistent namespace|namespace .* (not found|does not exist)/i.test(words),
    reason: 'nomad-namespace',
    message: ({ address, plain }) => `Nomad at ${address} has no such namespace: ${plain}`,
    hint: 'Set `nomad_namespace` (or the namespace that the pack’s template names) to one that exists, or create it: `nomad namespace apply NAME`.',
  },
  {
    fits: ({ words }) => /HTTP request to an HTTPS server/i.test(words),
    reason: 'nomad-address',
    message: ({ address }) => `Nomad at ${address} speaks HTTPS, and was asked over HTTP`,
    hint: 'Set `nomad_addr` to an address that begins with https://.',
  },
  {
    fits: ({ words }) => /No path to region/i.test(words),
    reason: 'nomad-error',
    message: ({ address, words }) => `Nomad at ${address} does not know the region: ${words}`,
    hint: 'Set `nomad_region` to a region of the cluster, or leave it empty.',
  },
  {
    fits: ({ status }) => status === 404,
    reason: 'nomad-error',
    message: inItsOwnWords,
    hint: 'Check that `nomad_addr` is the address of Nomad’s HTTP API, and that the cluster is of a version that has this endpoint.',
  },
];

const ANY_OTHER: Omit<Rule, 'fits'> = {
  reason: 'nomad-error',
  message: inItsOwnWords,
  hint: 'Those are Nomad’s own words; the log of its servers may say more.',
};

/** What to throw for a response whose status is not one of success. */
export function responseError(asked: Asked, status: number, body: string): NomadResponseError {
  const words = body.trim() || noWords(status);
  const refusal = { ...asked, status, words, plain: flattenErrors(words) };
  const { reason, message, hint } = RULES.find(({ fits }) => fits(refusal)) ?? ANY_OTHER;
  return new NomadResponseError(reason, message(refusal), hint, status, words);
}

/**
 * Whether what refused is not Nomad, but something before it: Nomad answers in plain text, and says nothing at all only to a path that it
 * does not know.
 */
export function isOfGateway({ status, words }: Pick<NomadResponseError, 'status' | 'words'>): boolean {
  return PAGE.test(words) || (status !== 404 && words === noWords(status));
}

/** How pages in HTML begin, and what proxies without one say. */
const PAGE = /^<|^404 page not found$|^default backend - 404$/i;

function ofGateway({ address, method, path, status, words }: Refusal): string {
  const [, title] = /<title[^>]*>([^<]*)<\/title>/i.exec(words) ?? [];
  const said = title ?? (PAGE.test(words) && !words.startsWith('<') ? words : undefined);
  const page = said === undefined ? '' : `: ${said.trim()}`;
  return `What answered ${method} ${path} at ${address} is not Nomad. It said status ${status}${page}`;
}

function noWords(status: number): string {
  return `status ${status}`;
}

function isAboutTheToken({ status, words }: Refusal): boolean {
  return status === 403 || refusesToken(words);
}

function inItsOwnWords({ method, path, status, plain }: Refusal): string {
  return `Nomad answered ${method} ${path} with status ${status}: ${plain}`;
}

/** Whether words of Nomad's mean that it knows no such token (any more). Some endpoints say so with status 500. */
export function refusesToken(words: string): boolean {
  return /ACL token (?:not found|expired|is invalid)|failed to parse signed token|missing key ID header/i.test(words);
}

/** Words with which Nomad answers status 500 although it will say the same again. */
const LASTING =
  /errors? occurred|not found|nonexistent namespace|No path to (?:region|node)|enforcing version|UUID must be|cannot unmarshal/i;

/** Whether the same request may well succeed a moment later. */
export function isTransient(status: number, body: string): boolean {
  if (status === 429) return true;
  if (status === 404) return PAGE.test(body.trim());
  if (status < 500 || status === 501 || status === 505) return false;
  return status !== 500 || !(LASTING.test(body) || refusesToken(body));
}
