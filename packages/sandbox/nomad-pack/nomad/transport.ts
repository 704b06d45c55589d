import type { IncomingMessage, RequestOptions } from 'node:http';

/** How Nomad is reached, from flags and the environment. */
export interface Connection {
  readonly address: string;
  readonly token: string | undefined;
  /** `user:password` of a proxy before Nomad. */
  readonly httpAuth: string | undefined;
  readonly tls: {
    readonly ca: string | undefined;
    /** A folder, which counts where there is no file. */
    readonly caPath: string | undefined;
    readonly cert: string | undefined;
    readonly key: string | undefined;
    readonly serverName: string | undefined;
    readonly skipVerify: boolean;
  };
}

export interface Answer {
  readonly body: unknown;
  /** `X-Nomad-Index`. */
  readonly index: number;
}

/** Nomad's refusal, in the words of its API client for Go. */
export class ResponseError extends Error {
  readonly status: number;

  constructor(status: number, text: string) {
    super(`Unexpected response code: ${status} (${text})`);
    this.status = status;
  }
}

/** An answer that cannot be read, in the words of Go's decoder. */
class DecodeError extends Error {}

/** What Go calls the errors that a connection can fail with. */
const goErrors: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset by peer',
  EHOSTUNREACH: 'no route to host',
  ENETUNREACH: 'network is unreachable',
  ENOENT: 'no such file or directory',
};

/**
 * Sends one request.
 *
 * @throws ResponseError, or an Error in Go's words where there is no answer, or none that can be read
 */
export async function send(
  connection: Connection,
  method: 'GET' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<Answer> {
  const shown = `${connection.address.startsWith('unix://') ? 'http://127.0.0.1' : connection.address}${path}`;
  const fail = (reason: string): never => {
    const verb = method.charAt(0) + method.slice(1).toLowerCase();
    throw new Error(`${verb} "${URL.canParse(shown) ? shown : path}": ${reason}`);
  };
  if (!/^(?:https?|unix):\/\//.test(connection.address)) fail(unusable(connection.address));
  try {
    const response = await exchange(connection, method, path, body, signal);
    return await readAnswer(response);
  } catch (error) {
    if (error instanceof ResponseError || error instanceof DecodeError || signal?.aborted === true) throw error;
    return fail(inGo(error as NodeJS.ErrnoException & { address?: string; port?: number }));
  }
}

function unusable(address: string): string {
  return `unsupported protocol scheme "${/^([a-z][a-z0-9+.-]*):\/\//i.exec(address)?.[1] ?? ''}"`;
}

async function exchange(
  { address, token, httpAuth, tls }: Connection,
  method: string,
  path: string,
  body: unknown,
  signal: AbortSignal | undefined,
): Promise<IncomingMessage> {
  const secure = address.startsWith('https://');
  const { request, Agent } = secure ? await import('node:https') : await import('node:http');
  const files = secure ? await readTls(tls) : {};
  const payload = body === undefined ? undefined : JSON.stringify(body);
  const options: RequestOptions = {
    method,
    ...(address.startsWith('unix://') && { socketPath: address.slice('unix://'.length) }),
    ...files,
    ...(signal !== undefined && { signal }),
    ...(throughProxy(address) && { agent: new Agent({ proxyEnv: process.env }) }),
    headers: {
      'User-Agent': 'Go-http-client/1.1',
      ...(token !== undefined && { 'X-Nomad-Token': token }),
      ...(httpAuth !== undefined && { Authorization: `Basic ${Buffer.from(httpAuth).toString('base64')}` }),
      ...(payload !== undefined && {
        'Content-Type': 'application/json',
        'Content-Length': Buffer.byteLength(payload),
      }),
    },
  };
  const url = address.startsWith('unix://') ? `http://127.0.0.1${path}` : address.replace(/\/$/, '') + path;
  return await new Promise((resolve, reject) => {
    const sent = request(url, options, resolve);
    sent.on('error', reject);
    sent.end(payload);
  });
}

/** Whether Go looks at the proxy variables: not for this machine. */
function throughProxy(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol !== 'unix:' && hostname !== 'localhost' && hostname !== '[::1]' && !hostname.startsWith('127.');
}

async function readTls({ ca, caPath, cert, key, serverName, skipVerify }: Connection['tls']) {
  const { readdirSync, readFileSync } = await import('node:fs');
  const { join } = await import('node:path');
  const file = ca ?? (caPath === undefined ? process.env['SSL_CERT_FILE'] : undefined);
  const trusted =
    file === undefined || file === ''
      ? caPath && readdirSync(caPath).map((name) => readFileSync(join(caPath, name)))
      : readFileSync(file);
  return {
    rejectUnauthorized: !skipVerify,
    ...(trusted && { ca: trusted }),
    ...(cert !== undefined && key !== undefined && { cert: readFileSync(cert), key: readFileSync(key) }),
    ...(serverName !== undefined && { servername: serverName }),
  };
}

async function readAnswer(response: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of response) chunks.push(chunk as Buffer);
  } catch {
    throw new DecodeError('unexpected EOF');
  }
  const text = Buffer.concat(chunks).toString();
  const status = response.statusCode ?? 0;
  if (status !== 200) throw new ResponseError(status, text.trim());
  return { body: decode(text), index: Number(response.headers['x-nomad-index'] ?? 0) };
}

/** @throws DecodeError */
function decode(text: string): unknown {
  if (text === '') throw new DecodeError('Got 0 byte response with non-nil decode object');
  try {
    return JSON.parse(text);
  } catch {
    throw new DecodeError(`invalid character '${text.trimStart().charAt(0)}' looking for beginning of value`);
  }
}

function inGo(error: NodeJS.ErrnoException & { address?: string; port?: number; hostname?: string }): string {
  const { code = '', message } = error;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `dial tcp: lookup ${error.hostname}: no such host`;
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ISSUER/.test(code)) {
    return `tls: failed to verify certificate: x509: ${/ALTNAME/.test(code) ? message : 'certificate signed by unknown authority'}`;
  }
  if (code === 'EPROTO') return `tls: ${message.trim()}`;
  if (/socket hang up/.test(message)) return 'EOF';
  const reason = goErrors[code] ?? message;
  if (error.address !== undefined && error.port === undefined) return `dial unix ${error.address}: connect: ${reason}`;
  return error.address === undefined ? reason : `dial tcp ${error.address}:${error.port}: connect: ${reason}`;
}
