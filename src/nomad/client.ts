import type * as z from 'zod/mini';
import { ActionError } from '../errors.ts';
import { connectionFault } from '../http/faults.ts';
import type { HttpResponse } from '../http/http.ts';
import { Again, type Patience, persist, type Tries } from '../http/patience.ts';
import { throwIfAborted } from '../http/signals.ts';
import type { NomadSettings } from '../settings/settings.ts';
import { readAnswer, UnreadableAnswer } from './answers.ts';
import { type Connection, connect } from './connection.ts';
import { type Asked, isTransient, NomadResponseError, refusesToken, responseError } from './errors.ts';
import { lastingFailure, permanentFault, unreachable } from './faults.ts';

export interface ClientOptions {
  /** Ends every request; what they throw then is the signal's reason. */
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
  /** Of the inputs, or come by through a login. */
  readonly token?: string;
  /** `user:password` of a proxy before Nomad that asks for basic authentication. */
  readonly httpAuth?: string;
  /** Called when the token has expired; resolves to the one to go on with. */
  readonly renew?: () => Promise<string>;
  /** How long a request is tried again when Nomad cannot be reached or is not ready. Milliseconds; default 10,000. */
  readonly patience?: number;
}

export interface RequestOptions {
  /** Besides `namespace` and `region`, which the settings give unless they are here. */
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  /** Lets the request wait on the server until something changed after `index`, for at most `wait` milliseconds. */
  readonly blocking?: { readonly index: number; readonly wait: number };
  /** Ends this request, besides the client's own signal. */
  readonly signal?: AbortSignal;
  /** Instead of the client's own: `Infinity` for a watch, which a signal ends. Milliseconds. */
  readonly patience?: number;
  /** Told once when the request has to be tried again, why, in words. */
  readonly onFault?: (words: string) => void;
}

export interface PostOptions extends RequestOptions {
  /** The request changes nothing, or the same thing when it comes twice: it may be sent again after any fault. */
  readonly repeatable?: boolean;
}

export interface NomadResponse<Body> {
  readonly body: Body;
  /** `X-Nomad-Index`, for the next blocking query; 0 where the response carries none. */
  readonly index: number;
}

interface Plan extends RequestOptions {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly payload?: unknown;
  readonly repeatable: boolean;
}

const DEFAULT_PATIENCE = 10_000;
const PAUSES: Pick<Patience, 'firstPause' | 'longestPause'> = { firstPause: 100, longestPause: 2_000 };

/** How long the attempts of one request may take together where Nomad hangs. Milliseconds. */
const LONGEST_REQUEST = 30_000;
/** A request that may be repeated is given up earlier the first time: it, or its answer, may be lost. Milliseconds. */
const FIRST_ATTEMPT = 5_000;
/** Of a request that Nomad has left without an answer before. Milliseconds. */
const LAST_ATTEMPT = 3_000;

/** More than the job list of any cluster that Nomad is made for, and less than would exhaust a runner. Bytes. */
const LARGEST_RESPONSE = 64 * 1024 * 1024;

/**
 * Nomad's HTTP API. Requests that may be repeated are tried again while Nomad cannot be reached or has no leader; no redirect
 * is followed, for the token would go along. Patience is spent once: what was given up, and while nothing is answered everything else, gets
 * one short attempt, so that looks after a failure do not wait as long again.
 *
 * All methods throw an `ActionError`: `nomad-unreachable`, `nomad-address`, `nomad-tls`, or for a response that is not a success a
 * `NomadResponseError` with `nomad-auth`, `nomad-namespace` or `nomad-error`.
 */
export class NomadClient {
  readonly settings: NomadSettings;
  readonly log: (line: string) => void;
  private readonly signal: AbortSignal;
  private readonly renew: (() => Promise<string>) | undefined;
  private readonly patience: number;
  private token: string | undefined;
  private readonly httpAuth: string | undefined;
  private renewal: Promise<string> | undefined;
  private connection: Promise<Connection> | undefined;
  /** What Nomad was asked in vain, and has not answered since. */
  private readonly givenUp = new Set<string>();
  /** Whether it has answered nothing since. */
  private isSilent = false;
  private readonly closing = new AbortController();

  constructor(settings: NomadSettings, options: ClientOptions) {
    this.settings = settings;
    this.log = options.log;
    this.signal = options.signal;
    this.renew = options.renew;
    this.patience = options.patience ?? DEFAULT_PATIENCE;
    this.token = options.token;
    this.httpAuth = options.httpAuth;
  }

  /** Whether Nomad is asked without a token, by which it takes one for anybody. */
  get isAnonymous(): boolean {
    return this.token === undefined;
  }

  /**
   * @param path Nomad's, such as `/v1/jobs`, its parts encoded
   * @param schema of the endpoint; an answer that it does not read is a fault, and asked for again
   */
  async get<Body>(
    path: string,
    schema: z.ZodMiniType<Body>,
    options: RequestOptions = {},
  ): Promise<NomadResponse<Body>> {
    return await this.request({ ...options, method: 'GET', path, repeatable: true }, schema);
  }

  async getText(path: string, options: RequestOptions = {}): Promise<string> {
    return (await this.request({ ...options, method: 'GET', path, repeatable: true }, undefined)).body;
  }

  async post<Body>(
    path: string,
    schema: z.ZodMiniType<Body>,
    payload: unknown,
    options: PostOptions = {},
  ): Promise<NomadResponse<Body>> {
    return await this.request({ repeatable: false, ...options, method: 'POST', path, payload }, schema);
  }

  /** Not sent again unless it is told to be: by then what was deleted may be there anew, and somebody else's. */
  async delete<Body>(
    path: string,
    schema: z.ZodMiniType<Body>,
    options: PostOptions = {},
  ): Promise<NomadResponse<Body>> {
    return await this.request({ repeatable: false, ...options, method: 'DELETE', path }, schema);
  }

  /** Closes all connections; requests under way fail, and are not tried again. */
  async close(): Promise<void> {
    this.closing.abort(new Error('The client was closed'));
    const connection = await this.connection?.catch(() => undefined);
    await connection?.http.close();
  }

  private async request<Body>(plan: Plan, schema: z.ZodMiniType<Body>): Promise<NomadResponse<Body>>;
  private async request(plan: Plan, schema: undefined): Promise<NomadResponse<string>>;
  private async request<Body>(
    plan: Plan,
    schema: z.ZodMiniType<Body> | undefined,
  ): Promise<NomadResponse<Body | string>> {
    this.throwIfAborted(plan);
    this.connection ??= connect(this.settings);
    const connection = await this.connection;
    const what = `${plan.method} ${plan.path}`;
    const isLast = plan.repeatable && plan.patience === undefined && (this.isSilent || this.givenUp.has(what));
    const total = isLast ? 0 : (plan.patience ?? this.patience);
    let renewed = false;
    const attempt = async (tries: Tries): Promise<NomadResponse<Body | string>> => {
      const token = this.token;
      const response = await this.send(connection, plan, token, isLast ? LAST_ATTEMPT : timeoutOf(plan, total, tries));
      if (response.status < 300) {
        const answer = this.read(plan, schema, response);
        this.givenUp.delete(what);
        this.isSilent = false;
        if (tries.failed > 0) this.log(`Nomad answers again after ${seconds(tries)} s`);
        return answer;
      }
      const refused = refusal(this.asked(plan, token), response);
      if (this.renew !== undefined && !renewed && (await this.hasExpired(connection, refused, token))) {
        await this.renewToken(token);
        renewed = true;
        return await attempt(tries);
      }
      const again = response.status === 429 || (plan.repeatable && isTransient(response.status, refused.words));
      throw again ? new Again(refused.words, () => refused) : refused;
    };
    try {
      return await persist(
        {
          patience: { total, ...PAUSES },
          signals: this.signals(plan),
          onAgain: (words, _pause, { failed }) => {
            if (failed > 1) return;
            this.log(`Nomad does not answer (${words}), trying again`);
            plan.onFault?.(words);
          },
        },
        attempt,
      );
    } catch (error) {
      if (plan.repeatable && plan.patience === undefined && error instanceof ActionError && error.passing) {
        this.givenUp.add(what);
        this.isSilent = true;
      }
      throw error;
    }
  }

  /** One attempt. Throws `Again` where another one may succeed. */
  private async send(
    { origin, http }: Connection,
    plan: Plan,
    token: string | undefined,
    timeout: number,
  ): Promise<HttpResponse> {
    const { address } = this.settings;
    const { httpAuth } = this;
    try {
      return await http.send({
        method: plan.method,
        url: `${origin}${plan.path}?${this.query(plan)}`,
        headers: {
          ...(token !== undefined && { 'X-Nomad-Token': token }),
          ...(httpAuth !== undefined && { Authorization: basicAuth(httpAuth) }),
          ...(plan.payload !== undefined && { 'Content-Type': 'application/json' }),
        },
        ...(plan.payload !== undefined && { body: JSON.stringify(plan.payload) }),
        timeout,
        limit: LARGEST_RESPONSE,
        signals: this.signals(plan),
      });
    } catch (error) {
      this.throwIfAborted(plan);
      const fault = connectionFault(error);
      const lasting = lastingFailure(error, address) ?? permanentFault(fault, address);
      if (lasting !== undefined) throw lasting;
      const failure = (tries?: Tries) => unreachable(fault, address, tries?.failed ?? 1, seconds(tries));
      throw plan.repeatable || fault.unsent ? new Again(fault.text, failure) : failure();
    }
  }

  /** Without a schema the answer is text. Throws `Again` where another attempt may be answered better. */
  private read<Body>(
    plan: Plan,
    schema: z.ZodMiniType<Body> | undefined,
    { body, header }: HttpResponse,
  ): NomadResponse<Body | string> {
    const text = body.toString('utf8');
    const index = readIndex(header('x-nomad-index'));
    if (schema === undefined) return { body: text, index };
    try {
      return { body: readAnswer(schema, this.asked(plan, this.token), text), index };
    } catch (error) {
      throw plan.repeatable && error instanceof UnreadableAnswer ? new Again(error.words, () => error) : error;
    }
  }

  private query({ query, blocking }: Plan): URLSearchParams {
    const { namespace, region } = this.settings;
    const all: Record<string, string | number | boolean> = {
      namespace,
      ...(region !== undefined && { region }),
      ...query,
      ...(blocking !== undefined && { index: blocking.index, wait: `${Math.ceil(blocking.wait)}ms` }),
    };
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries(all)) parameters.set(name, String(value));
    return parameters;
  }

  private asked({ method, path, query }: Plan, token: string | undefined): Asked {
    const { address, namespace } = this.settings;
    const asked = String(query?.['namespace'] ?? namespace);
    return { method, path, address, namespace: asked, withToken: token !== undefined };
  }

  /**
   * Whether the token is why the request was refused. Most of Nomad's endpoints answer `Permission denied` to a token that has
   * expired as they do to one without the right; only asked about the token itself, Nomad tells.
   */
  private async hasExpired(
    connection: Connection,
    refused: NomadResponseError,
    token: string | undefined,
  ): Promise<boolean> {
    if (refusesToken(refused.words)) return true;
    if (refused.status !== 403) return false;
    const self = { method: 'GET', path: '/v1/acl/token/self', repeatable: true } as const;
    try {
      return (await this.send(connection, self, token, FIRST_ATTEMPT)).status !== 200;
    } catch (error) {
      if (error instanceof Again) return true;
      throw error;
    }
  }

  /** Requests that find the same token expired at the same time share one renewal. */
  private async renewToken(expired: string | undefined): Promise<void> {
    if (this.token !== expired || this.renew === undefined) return;
    this.renewal ??= this.renew().finally(() => {
      this.renewal = undefined;
    });
    try {
      this.token = await this.renewal;
    } catch (error) {
      const again = error instanceof ActionError && error.reason === 'nomad-unreachable';
      throw again ? new Again(error.message, () => error) : error;
    }
  }

  private throwIfAborted(plan: Plan): void {
    throwIfAborted(this.signals(plan));
  }

  private signals(plan: Plan): AbortSignal[] {
    const own = [this.signal, this.closing.signal];
    return plan.signal === undefined ? own : [...own, plan.signal];
  }
}

/** How long the next attempt of a request may take. Milliseconds. */
function timeoutOf({ repeatable, blocking }: Plan, patience: number, tries: Tries): number {
  const wait = blocking?.wait ?? 0;
  // Nomad adds up to a sixteenth of the wait, so that not all queries end at once.
  const waited = wait + wait / 16;
  const first = Math.min(FIRST_ATTEMPT, patience / 2);
  if (!repeatable || first === 0) return LONGEST_REQUEST + waited;
  if (tries.failed === 0) return first + waited;
  return patience === Number.POSITIVE_INFINITY
    ? LONGEST_REQUEST + waited
    : Math.max(LONGEST_REQUEST - tries.elapsed, FIRST_ATTEMPT) + waited;
}

function seconds(tries: Tries | undefined): number {
  return Math.round((tries?.elapsed ?? 0) / 1000);
}

/** 0, which waits for nothing, for what is not an index: Nomad would refuse to be asked with it. */
function readIndex(text: string): number {
  const index = Number(text);
  return Number.isSafeInteger(index) && index > 0 ? index : 0;
}

/** As Go has it: what has no colon is the user alone. */
function basicAuth(httpAuth: string): string {
  const login = httpAuth.includes(':') ? httpAuth : `${httpAuth}:`;
  return `Basic ${Buffer.from(login).toString('base64')}`;
}

function refusal(asked: Asked, { status, body, header }: HttpResponse): NomadResponseError {
  if (status === 401 && /^basic\b/i.test(header('www-authenticate'))) {
    return new NomadResponseError(
      'nomad-auth',
      `What answers at ${asked.address} asks for a user and a password`,
      'Set `nomad_http_auth` to `user:password` of the proxy before Nomad.',
      status,
      'a user and a password are asked for',
    );
  }
  const location = header('location');
  if (status >= 400 || location === '') return responseError(asked, status, body.toString('utf8'));
  const target = withoutSecrets(location, asked.address);
  return new NomadResponseError(
    'nomad-address',
    `Nomad at ${asked.address} redirects to ${target}. That is not followed, for the token would go along`,
    'Set `nomad_addr` to the address that Nomad itself answers at.',
    status,
    `redirects to ${target}`,
  );
}

/** Where a redirect points, without user, password and query. */
function withoutSecrets(location: string, base: string): string {
  if (!URL.canParse(location, base)) return 'an address that is not one';
  const { protocol, origin, pathname } = new URL(location, base);
  return protocol === 'unix:' ? pathname : `${origin}${pathname}`;
}
