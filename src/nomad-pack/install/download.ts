import { setTimeout as sleep } from 'node:timers/promises';
import { getProxyUrl } from '@actions/http-client/lib/proxy';
import type { Dispatcher } from 'undici';
import { ActionError, cancelled } from '../../errors.ts';

/** How long a download may take, and how often it is tried. Milliseconds. */
export interface Patience {
  /** For one file, all attempts together. */
  readonly total: number;
  /** Without a single byte. */
  readonly stall: number;
  readonly attempts: number;
  /** Before the second attempt; twice as long before each further one. */
  readonly backoff: number;
}

const PATIENCE: Patience = { total: 300_000, stall: 20_000, attempts: 4, backoff: 1000 };

const REDIRECTS = [301, 302, 303, 307, 308];

const MOST_REDIRECTS = 5;

/** Downloads files into memory. */
export interface Downloader {
  /**
   * @param limit bytes that the file may have
   * @param signal ends this download, besides the signal that ends all
   * @returns undefined where the site says that there is no such file
   * @throws ActionError `download`, `cancelled`
   */
  get(url: string, limit: number, signal?: AbortSignal): Promise<Buffer | undefined>;
  close(): Promise<void>;
}

interface DownloaderOptions {
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
  readonly patience?: Patience;
}

/**
 * A downloader for one installation. It sends no credentials, follows the proxy variables, limits size and time while the data
 * comes in, and tries again where that can help. The HTTP library is the one that talks to Nomad: it can be told to follow no
 * redirect, to give up a stalled transfer and to stop at once, which `@actions/http-client` cannot. It is loaded here, so that
 * whoever finds nomad-pack in the tool cache does not wait for it.
 */
export async function createDownloader({ signal, log, patience = PATIENCE }: DownloaderOptions): Promise<Downloader> {
  const { Agent, ProxyAgent, request } = await import('../../undici.ts');
  const timeouts = { connectTimeout: 10_000, headersTimeout: patience.stall, bodyTimeout: patience.stall };
  const dispatchers = new Map<string, Dispatcher>();

  const dispatcherFor = (url: URL): Dispatcher => {
    const proxy = getProxyUrl(url);
    const key = proxy?.href ?? '';
    const made = dispatchers.get(key) ?? (proxy === undefined ? new Agent(timeouts) : throughProxy(proxy));
    dispatchers.set(key, made);
    return made;
  };
  const throughProxy = (proxy: URL): Dispatcher => {
    const login = Buffer.from(`${proxy.username}:${proxy.password}`).toString('base64');
    return new ProxyAgent({
      ...timeouts,
      uri: proxy.origin,
      ...(proxy.username !== '' && { token: `Basic ${login}` }),
    });
  };

  const attempt = async (start: URL, limit: number, stop: AbortSignal): Promise<Buffer | undefined> => {
    let url = start;
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      const { statusCode, headers, body } = await request(url, { dispatcher: dispatcherFor(url), signal: stop });
      // A body that is left unread ends with an error, which is no news.
      body.on('error', () => undefined);
      try {
        if (statusCode === 200) return await readBounded(body, Number(headers['content-length'] ?? 0), limit);
      } finally {
        body.destroy();
      }
      if (statusCode === 404 || statusCode === 410) return undefined;
      if (!REDIRECTS.includes(statusCode)) throw new StatusError(statusCode, String(headers['retry-after'] ?? ''));
      url = redirectTarget(String(headers['location'] ?? ''), url, start);
    }
    throw new Refusal(`it redirects more than ${MOST_REDIRECTS} times`);
  };

  return {
    get: async (address, limit, only) => {
      const url = new URL(address);
      const timer = AbortSignal.timeout(patience.total);
      const stop = AbortSignal.any([signal, timer, ...(only === undefined ? [] : [only])]);
      for (let number = 1; ; number++) {
        try {
          return await attempt(url, limit, stop);
        } catch (error) {
          if (signal.aborted) throw cancelled(signal);
          const why = timer.aborted ? `it took longer than ${seconds(patience.total)}` : whyFailed(error);
          const pause = pauseAfter(error, patience.backoff * 2 ** (number - 1));
          if (stop.aborted || !canHelp(error) || number >= patience.attempts || pause > patience.total) {
            throw notDownloaded(address, why, error);
          }
          log(`${address} could not be downloaded: ${why}. Trying again in ${seconds(pause)}.`);
          // What ends the pause is told by the next attempt.
          await sleep(pause, undefined, { signal: stop }).catch(() => undefined);
        }
      }
    },
    close: async () => {
      await Promise.all([...dispatchers.values()].map((dispatcher) => dispatcher.destroy()));
    },
  };
}

/** A fault that stays the same at the next attempt. */
class Refusal extends Error {}

class StatusError extends Error {
  readonly status: number;
  readonly retryAfter: string;

  constructor(status: number, retryAfter: string) {
    super(`the site answers with status ${status}`);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

async function readBounded(body: AsyncIterable<Buffer>, announced: number, limit: number): Promise<Buffer> {
  const tooLarge = new Refusal(`it is larger than ${Math.round(limit / 1024 / 1024)} MiB`);
  if (announced > limit) throw tooLarge;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > limit) throw tooLarge;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A mirror that is reached by https stays so; one that is not may redirect within itself, or to https. */
function redirectTarget(location: string, from: URL, start: URL): URL {
  const target = URL.canParse(location, from.href) ? new URL(location, from) : undefined;
  if (target === undefined) throw new Refusal('it redirects to what is no address');
  const allowed = target.protocol === 'https:' || (target.protocol === 'http:' && target.origin === start.origin);
  if (!allowed) throw new Refusal(`it redirects to ${target.origin}, which is not https`);
  target.username = '';
  target.password = '';
  return target;
}

function canHelp(error: unknown): boolean {
  if (error instanceof StatusError) return error.status >= 500 || error.status === 408 || error.status === 429;
  return !(error instanceof Refusal);
}

/** The pause before the next attempt: what the site asks for, else our own. Milliseconds. */
function pauseAfter(error: unknown, own: number): number {
  if (!(error instanceof StatusError) || error.retryAfter === '') return own;
  const wish = /^\d+$/.test(error.retryAfter)
    ? Number(error.retryAfter) * 1000
    : Date.parse(error.retryAfter) - Date.now();
  return Number.isNaN(wish) ? own : Math.max(wish, own);
}

function whyFailed(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (code === 'UND_ERR_BODY_TIMEOUT' || code === 'UND_ERR_HEADERS_TIMEOUT') return 'the site sends nothing any more';
  // An error for several addresses of one name has no message.
  return message === '' ? code : message;
}

function notDownloaded(address: string, why: string, cause: unknown): ActionError {
  return new ActionError('download', `${address} could not be downloaded: ${why}.`, {
    hint: 'Check the network and the proxy variables (`https_proxy`, `no_proxy`), or set `nomad_pack_mirror` to a site that the runner reaches.',
    cause,
  });
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(milliseconds < 1000 ? 1 : 0)} s`;
}
