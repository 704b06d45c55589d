import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { type SeenRequest, startWebServer } from '../http/server.ts';
import { signJwt } from './jwt.ts';

export interface OidcOptions {
  /** Claims besides the ones of the sandbox's own workflow run, or in their place. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** How long a token is good for, from its issue on; negative: it has expired. Seconds; default 300, as GitHub's. */
  readonly lifetime?: number;
  /** Answers with this status instead of a token. */
  readonly status?: number;
}

/** Simulates what gives a job its OIDC tokens. They say that GitHub issued them, which only `publicKey` bears out. */
export interface Oidc {
  readonly address: string;
  /** The `iss` of its tokens. */
  readonly issuer: string;
  /** In PEM: what an auth method of Nomad verifies with. */
  readonly publicKey: string;
  /** Variables that a job with `id-token: write` has. */
  readonly env: Readonly<Record<string, string>>;
  /** Every request so far. */
  readonly requests: readonly SeenRequest[];
  /** From now on tokens are given so. */
  change(options: OidcOptions): void;
  /** A token, as a request would get it. */
  issue(audience?: string): Promise<string>;
  stop(): Promise<void>;
}

const issuer = 'https://token.actions.githubusercontent.com';

/** Claims of a push to the main branch of `octo/shop`. */
const standardClaims = {
  iss: issuer,
  sub: 'repo:octo/shop:ref:refs/heads/main',
  repository: 'octo/shop',
  repository_owner: 'octo',
  ref: 'refs/heads/main',
  ref_type: 'branch',
  event_name: 'push',
  workflow: 'Deploy',
  actor: 'octocat',
  run_id: '4711',
  runner_environment: 'self-hosted',
};

/** Starts a simulated issuer of OIDC tokens on a free port of 127.0.0.1, with a key of its own. */
export async function startOidc(start: OidcOptions = {}): Promise<Oidc> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const requestToken = `request-${randomUUID()}`;
  let options = start;

  const issue = async (audience = 'https://github.com/octo'): Promise<string> => {
    const now = Math.floor(Date.now() / 1000);
    const { lifetime = 300, claims = {} } = options;
    // One that has expired was issued before it did.
    const issued = Math.min(now, now + lifetime);
    const times = { iat: issued, nbf: issued, exp: now + lifetime };
    return await signJwt({ jti: randomUUID(), aud: audience, ...standardClaims, ...times, ...claims }, privateKey);
  };

  const server = await startWebServer(async (request, response, { pathname, searchParams }) => {
    const answer = (status: number, body: unknown) =>
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    if (pathname !== '/token') return void answer(404, { message: 'not found' });
    if (options.status !== undefined) return void answer(options.status, { message: 'sandbox' });
    if (request.headers.authorization !== `Bearer ${requestToken}`)
      return void answer(401, { message: 'unauthorized' });
    answer(200, { count: 1, value: await issue(searchParams.get('audience') ?? undefined) });
  });
  return {
    address: server.address,
    issuer,
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    env: {
      // The toolkit adds `&audience=...` to it.
      ACTIONS_ID_TOKEN_REQUEST_URL: `${server.address}/token?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
    },
    requests: server.requests,
    change: (changed) => {
      options = changed;
    },
    issue,
    stop: server.stop,
  };
}
