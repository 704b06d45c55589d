import { setTimeout as delay } from 'node:timers/promises';
import { ActionError } from '../errors.ts';
import type { NomadSettings } from '../settings/settings.ts';
import { type Connection, connect } from './connection.ts';
import { type Asked, isTransient, NomadResponseError, refusesToken, responseError } from './errors.ts';
import { type ConnectionFault, connectionFault, permanentFault, unreachable } from './faults.ts';
import { type RawResponse, send } from './transport.ts';

export interface ClientOptions {
  /** Ends every request; what they throw then is the signal's reason. */
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
  /** A token that was come by otherwise than through the settings: by logging in. */
  readonly token?: string;
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

const defaultPatience = 10_000;
const requestTimeout = 30_000;
const firstPause = 100;
const longestPause = 2_000;

/**
 * Nomad's HTTP API. Requests that may be repeated are tried again while Nomad cannot be reached or has no leader; no redirect
 * is followed, for the token would go along.
 *
 * All methods throw an `ActionError`: `nomad-unreachable`, `nomad-address`, `nomad-tls`, or for a response that is no success a
 * `NomadResponseError` with `nomad-auth`, `nomad-namespace` or `nomad-error`.
 */
export class NomadClient {
  readonly settings: NomadSettings;
  readonly log: (line: string) => void;
  private readonly signal: AbortSignal;
  private readonly renew: (() => Promise<string>) | undefined;
  private readonly patience: number;
  private token: string | undefined;
  private renewal: Promise<string> | undefined;
  private connection: Promise<Connection> | undefined;
  private readonly closing = new AbortController();

  constructor(settings: NomadSettings, options: ClientOptions) {
    this.settings = settings;
    this.log = options.log;
    this.signal = options.signal;
    this.renew = options.renew;
    this.patience = options.patience ?? defaultPatience;
    this.token = options.token ?? settings.token;
  }

  /** `path` is Nomad's, such as `/v1/jobs`, its parts encoded. */
  async get<Body>(path: string, options: RequestOptions = {}): Promise<NomadResponse<Body>> {
    return decode(await this.request({ ...options, method: 'GET', path, repeatable: true }));
  }

  async getText(path: string, options: RequestOptions = {}): Promise<string> {
    return (await this.request({ ...options, method: 'GET', path, repeatable: true })).text;
  }

  async post<Body>(path: string, payload: unknown, options: PostOptions = {}): Promise<NomadResponse<Body>> {
    return decode(await this.request({ repeatable: false, ...options, method: 'POST', path, payload }));
  }

  /** A deletion may come twice: the second time there is nothing to delete. */
  async delete<Body>(path: string, options: RequestOptions = {}): Promise<NomadResponse<Body>> {
    return decode(await this.request({ ...options, method: 'DELETE', path, repeatable: true }));
  }

  /** Closes all connections; requests under way fail, and are not tried again. */
  async close(): Promise<void> {
    this.closing.abort(new Error('The client was closed'));
    const connection = await this.connection?.catch(() => undefined);
    await connection?.dispatcher.destroy();
  }

  private async request(plan: Plan): Promise<RawResponse> {
    this.throwIfAborted(plan);
    this.connection ??= connect(this.settings);
    const connection = await this.connection;
    const patience = new Patience(plan.patience ?? this.patience);
    let renewed = false;
    for (;;) {
      this.throwIfAborted(plan);
      const token = this.token;
      const attempt = await this.attempt(connection, plan, token);
      if ('response' in attempt) {
        const { response } = attempt;
        if (response.status < 300) {
          if (patience.attempts > 0) this.log(`Nomad answers again after ${patience.seconds} s`);
          return response;
        }
        const refused = refusal(this.asked(plan, token), response);
        if (this.renew !== undefined && !renewed && (await this.hasExpired(connection, refused, token))) {
          renewed = await this.renewToken(token, patience, plan);
          continue;
        }
        const again = response.status === 429 || (plan.repeatable && isTransient(response.status, response.text));
        if (!again || patience.isOver()) throw refused;
        await this.pause(patience, plan, refused.words);
      } else {
        const { fault } = attempt;
        const permanent = permanentFault(fault, this.settings.address);
        if (permanent !== undefined) throw permanent;
        const again = plan.repeatable || fault.unsent;
        if (!again || patience.isOver()) {
          throw unreachable(fault, this.settings.address, patience.attempts + 1, patience.seconds);
        }
        await this.pause(patience, plan, fault.text);
      }
    }
  }

  private async attempt(
    { origin, dispatcher, request }: Connection,
    plan: Plan,
    token: string | undefined,
  ): Promise<{ response: RawResponse } | { fault: ConnectionFault }> {
    const wait = plan.blocking?.wait ?? 0;
    try {
      const response = await send(request, dispatcher, {
        method: plan.method,
        url: `${origin}${plan.path}?${this.query(plan)}`,
        headers: token === undefined ? {} : { 'X-Nomad-Token': token },
        ...(plan.payload !== undefined && { body: JSON.stringify(plan.payload) }),
        // Nomad adds up to a sixteenth of the wait, so that not all queries end at once.
        timeout: requestTimeout + wait + wait / 16,
        signals: this.signals(plan),
      });
      return { response };
    } catch (error) {
      this.throwIfAborted(plan);
      if (error instanceof ActionError) throw error;
      return { fault: connectionFault(error) };
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
    const attempt = await this.attempt(connection, self, token);
    return !('response' in attempt) || attempt.response.status !== 200;
  }

  /**
   * Requests that find the same token expired at the same time share one renewal.
   *
   * @returns false when Nomad could not be reached for it, and there is patience left to try again.
   */
  private async renewToken(expired: string | undefined, patience: Patience, plan: Plan): Promise<boolean> {
    if (this.token !== expired || this.renew === undefined) return true;
    this.renewal ??= this.renew().finally(() => {
      this.renewal = undefined;
    });
    try {
      this.token = await this.renewal;
      return true;
    } catch (error) {
      const again = error instanceof ActionError && error.reason === 'nomad-unreachable';
      if (!again || patience.isOver()) throw error;
      await this.pause(patience, plan, error.message);
      return false;
    }
  }

  private throwIfAborted(plan: Plan): void {
    for (const signal of this.signals(plan)) signal.throwIfAborted();
  }

  private signals(plan: Plan): AbortSignal[] {
    const own = [this.signal, this.closing.signal];
    return plan.signal === undefined ? own : [...own, plan.signal];
  }

  private async pause(patience: Patience, plan: Plan, why: string): Promise<void> {
    if (patience.attempts === 0) {
      this.log(`Nomad does not answer (${why}), trying again`);
      plan.onFault?.(why);
    }
    const pause = patience.next();
    await delayUnless(this.signals(plan), pause);
  }
}

/** How often, and since when, a request was tried in vain. */
class Patience {
  attempts = 0;
  private readonly limit: number;
  private readonly began = performance.now();

  constructor(limit: number) {
    this.limit = limit;
  }

  get seconds(): number {
    return Math.round((performance.now() - this.began) / 1000);
  }

  isOver(): boolean {
    return performance.now() - this.began >= this.limit;
  }

  /** Counts a failed attempt. Milliseconds until the next one. */
  next(): number {
    const left = this.limit - (performance.now() - this.began);
    const pause = Math.min(firstPause * 2 ** this.attempts, longestPause, Math.max(left, 0));
    this.attempts += 1;
    return pause;
  }
}

async function delayUnless(signals: readonly AbortSignal[], milliseconds: number): Promise<void> {
  for (const signal of signals) signal.throwIfAborted();
  const stop = new AbortController();
  const onAbort = () => stop.abort();
  for (const signal of signals) signal.addEventListener('abort', onAbort, { once: true });
  try {
    await delay(milliseconds, undefined, { signal: stop.signal }).catch(() => undefined);
  } finally {
    for (const signal of signals) signal.removeEventListener('abort', onAbort);
  }
  for (const signal of signals) signal.throwIfAborted();
}

function refusal(asked: Asked, { status, text, location }: RawResponse): NomadResponseError {
  if (status >= 400) return responseError(asked, status, text);
  const target = location === '' ? 'nowhere' : withoutSecrets(location, asked.address);
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
  if (!URL.canParse(location, base)) return 'an address that is none';
  const { protocol, origin, pathname } = new URL(location, base);
  return protocol === 'unix:' ? pathname : `${origin}${pathname}`;
}

function decode<Body>({ text, index }: RawResponse): NomadResponse<Body> {
  if (text === '') return { body: undefined as Body, index };
  try {
    return { body: JSON.parse(text) as Body, index };
  } catch (cause) {
    throw new ActionError('nomad-error', `What answered is no Nomad: ${JSON.stringify(text.slice(0, 80))} is no JSON`, {
      hint: 'Check that `nomad_addr` is the address of Nomad’s HTTP API.',
      cause,
    });
  }
}
