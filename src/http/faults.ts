import { isNativeError } from 'node:util/types';
import { ProxyRefused } from './proxy.ts';

/** System calls that come before a request is sent: when they fail, even one that is not repeatable may be sent again. */
const BEFORE_SENDING = new Set(['connect', 'getaddrinfo']);

/** Words of OpenSSL's and Node's for a certificate that is not trusted, or not for this host. */
const BAD_CERTIFICATE =
  /^(?:CERT_|CRL_|UNABLE_TO_|ERROR_IN_|INVALID_(?:CA|PURPOSE)|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH|SELF_SIGNED_|DEPTH_ZERO_|ERR_TLS_|ERR_SSL_|ERR_OSSL_)/;

/** The whole response was not there in time. */
export class TimedOut extends Error {
  readonly code = 'ETIMEDOUT';

  /** @param milliseconds that it had */
  constructor(milliseconds: number) {
    super(`no answer within ${Math.round(milliseconds / 1000)} s`);
  }
}

/** The response is larger than it may be. */
export class TooLarge extends Error {
  /** Bytes. */
  readonly limit: number;

  constructor(limit: number) {
    super(`larger than ${Math.round(limit / 1024 / 1024)} MiB`);
    this.limit = limit;
  }
}

/** Something went wrong on the way: the connection, not an answer. */
export interface ConnectionFault {
  /** The system's or undici's word for it, such as `ECONNREFUSED`. */
  readonly code: string;
  /** In words for a reader. */
  readonly text: string;
  /** Nothing of the request has reached the server. */
  readonly unsent: boolean;
}

/** What an exception of the HTTP library says about the connection. */
export function connectionFault(error: unknown): ConnectionFault {
  const cause = innermost(error);
  const code = codeOf(cause) ?? codeOf(error) ?? 'UNKNOWN';
  const message = isNativeError(cause) ? cause.message : String(cause);
  const { syscall } = cause as { syscall?: string };
  const unsent = code === 'UND_ERR_CONNECT_TIMEOUT' || (syscall !== undefined && BEFORE_SENDING.has(syscall));
  return { code, text: message === '' ? code : message, unsent };
}

/** Whether the same would happen at the next attempt: a certificate that is not trusted, a limit, a proxy that cannot be used. */
export function isLasting(error: unknown): boolean {
  return (
    error instanceof TooLarge || error instanceof ProxyRefused || BAD_CERTIFICATE.test(connectionFault(error).code)
  );
}

/** A connection attempt to several addresses fails with all of their errors; the first one tells enough. */
function innermost(error: unknown): unknown {
  if (isNativeError(error) && 'errors' in error && Array.isArray(error.errors) && error.errors.length > 0) {
    return innermost(error.errors[0]);
  }
  if (isNativeError(error) && isNativeError(error.cause)) return innermost(error.cause);
  return error;
}

function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : undefined;
}
