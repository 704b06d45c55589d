import { ActionError, cancelled } from '../../errors.ts';
import { connectionFault, isLasting, TimedOut, TooLarge } from '../../http/faults.ts';
import { Http, type HttpRequest } from '../../http/http.ts';
import { Again, persist } from '../../http/patience.ts';

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
 * A downloader for one installation. It sends no credentials, follows redirects of the site, limits size and time while the data
 * comes in, and tries again where that can help.
 */
export function createDownloader({ signal, log, patience = PATIENCE }: DownloaderOptions): Downloader {
  const http = new Http();
  const { total, stall, attempts, backoff } = patience;

  const attempt = async (start: URL, request: Pick<HttpRequest, 'limit' | 'timeout' | 'signals'>) => {
    let url = start;
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      const { status, body, header } = await http.send({ url, stall, ...request });
      if (status === 200) return body;
      if (status === 404 || status === 410) return undefined;
      if (!REDIRECTS.includes(status)) throw new StatusError(status, header('retry-after'));
      url = redirectTarget(header('location'), url, start);
    }
    throw new Refusal(`it redirects more than ${MOST_REDIRECTS} times`);
  };

  return {
    get: async (address, limit, only) => {
      const url = new URL(address);
      const signals = only === undefined ? [signal] : [signal, only];
      const onAgain = (words: string, pause: number) =>
        log(`${address} could not be downloaded: ${words}. Trying again in ${seconds(pause)}.`);
      try {
        return await persist(
          { patience: { total, attempts, firstPause: backoff }, signals, onAgain },
          async (tries) => {
            try {
              return await attempt(url, { limit, timeout: total - tries.elapsed, signals });
            } catch (error) {
              const why = error instanceof TimedOut ? `it took longer than ${seconds(total)}` : whyFailed(error);
              const failure = () => notDownloaded(address, why, error);
              throw canHelp(error) ? new Again(why, failure, wishOf(error)) : failure();
            }
          },
        );
      } catch (error) {
        if (signal.aborted) throw cancelled(signal);
        throw error;
      }
    },
    close: async () => await http.close(),
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

/** A mirror that is reached by https stays so; one that is not may redirect within itself, or to https. */
function redirectTarget(location: string, from: URL, start: URL): URL {
  const target = URL.canParse(location, from.href) ? new URL(location, from) : undefined;
  if (target === undefined) throw new Refusal('it redirects to what is not an address');
  const allowed = target.protocol === 'https:' || (target.protocol === 'http:' && target.origin === start.origin);
  if (!allowed) throw new Refusal(`it redirects to ${target.origin}, which is not https`);
  target.username = '';
  target.password = '';
  return target;
}

function canHelp(error: unknown): boolean {
  if (error instanceof StatusError) return error.status >= 500 || error.status === 408 || error.status === 429;
  return !(error instanceof Refusal || error instanceof TimedOut || isLasting(error));
}

/** How long the site wants to be left alone. Milliseconds. */
function wishOf(error: unknown): number {
  if (!(error instanceof StatusError) || error.retryAfter === '') return 0;
  const wish = /^\d+$/.test(error.retryAfter)
    ? Number(error.retryAfter) * 1000
    : Date.parse(error.retryAfter) - Date.now();
  return Number.isNaN(wish) ? 0 : Math.max(wish, 0);
}

function whyFailed(error: unknown): string {
  if (error instanceof TooLarge) return `it is ${error.message}`;
  const { code, text } = connectionFault(error);
  if (code === 'UND_ERR_BODY_TIMEOUT' || code === 'UND_ERR_HEADERS_TIMEOUT') return 'the site sends nothing any more';
  return text;
}

function notDownloaded(address: string, why: string, cause: unknown): ActionError {
  return new ActionError('download', `${address} could not be downloaded: ${why}.`, {
    hint: 'Check the network and the proxy variables (`https_proxy`, `no_proxy`), and that the runner trusts the site’s certificate (`NODE_EXTRA_CA_CERTS`), or set `nomad_pack_mirror` to a site that the runner reaches.',
    cause,
  });
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(milliseconds < 1000 ? 1 : 0)} s`;
}
