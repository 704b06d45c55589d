import { BlockList, isIP, isIPv6 } from 'node:net';
import { domainToASCII } from 'node:url';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The proxy that the environment names cannot be used; a second attempt does not help. */
export class ProxyRefused extends Error {}

/**
 * The proxy that a request goes through; undefined where it goes straight. The rules are those of Go's `httpproxy` package
 * (golang.org/x/net/http/httpproxy), so that a request of the action takes the same way as one of nomad-pack: the variables
 * HTTP_PROXY, HTTPS_PROXY and NO_PROXY in upper or lower case, and never a proxy for this machine itself.
 *
 * @throws ProxyRefused for HTTP_PROXY in a CGI environment, where a client could have set it
 */
export function proxyFor(url: URL, environment: Environment): URL | undefined {
  const proxy = parseProxy(proxyVariable(url.protocol, environment));
  if (proxy === undefined) return undefined;
  if (url.protocol === 'http:' && (environment['REQUEST_METHOD'] ?? '') !== '') {
    throw new ProxyRefused('HTTP_PROXY is not used in a CGI environment, which the variable REQUEST_METHOD tells of');
  }
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return isExempt(host, port, firstOf(environment, 'NO_PROXY', 'no_proxy')) ? undefined : proxy;
}

/** The `Proxy-Authorization` of a proxy whose address holds a user; undefined where it holds none. */
export function proxyLogin({ username, password }: URL): string | undefined {
  if (username === '' && password === '') return undefined;
  return `Basic ${Buffer.from(`${decoded(username)}:${decoded(password)}`).toString('base64')}`;
}

function proxyVariable(protocol: string, environment: Environment): string {
  if (protocol === 'https:') return firstOf(environment, 'HTTPS_PROXY', 'https_proxy');
  return protocol === 'http:' ? firstOf(environment, 'HTTP_PROXY', 'http_proxy') : '';
}

function firstOf(environment: Environment, ...names: readonly string[]): string {
  return names.map((name) => environment[name] ?? '').find((value) => value !== '') ?? '';
}

/** A URL, or `host[:port]` of an HTTP proxy. Anything else counts as none, as in Go. */
function parseProxy(text: string): URL | undefined {
  if (text === '') return undefined;
  const whole = URL.canParse(text) ? new URL(text) : undefined;
  if (whole !== undefined && whole.host !== '') return whole;
  return URL.canParse(`http://${text}`) ? new URL(`http://${text}`) : undefined;
}

/** Whether a host is reached without a proxy. */
function isExempt(host: string, port: string, noProxy: string): boolean {
  if (host === 'localhost' || isLoopback(host)) return true;
  const entries = noProxy.split(',').map((entry) => entry.trim().toLowerCase());
  if (entries.includes('*')) return true;
  return entries.some((entry) => entry !== '' && matches(entry, host.toLowerCase(), port));
}

function matches(entry: string, host: string, port: string): boolean {
  const network = /^(.+)\/(\d{1,3})$/.exec(entry);
  if (network !== null) {
    const [, address = '', prefix = ''] = network;
    if (isNetwork(address, Number(prefix))) return isIP(host) !== 0 && inNetwork(host, address, Number(prefix));
  }
  const { name, only } = splitPort(entry);
  if (only !== '' && only !== port) return false;
  if (isIP(name) !== 0) return isIP(host) !== 0 && inNetwork(host, name, isIPv6(name) ? 128 : 32);
  return isOfDomain(host, name);
}

/** Go takes addresses for names here, too: `.0.7` is the end of `10.0.0.7`. `example.com` is that host and all below it, `.example.com` and `*.example.com` only those below. */
function isOfDomain(host: string, entry: string): boolean {
  const wild = entry.startsWith('*.') ? entry.slice(1) : entry;
  const below = wild.startsWith('.');
  const written = below ? wild.slice(1) : wild;
  if (written === '') return false;
  // What is ASCII stays as it is: `0.7` would become an address.
  const domain = /^[\0-\x7f]*$/.test(written) ? written : domainToASCII(written) || written;
  return host.endsWith(`.${domain}`) || (!below && host === domain);
}

/** `host:port`, `[IPv6]:port`, or a host alone, whose `only` port is empty. */
function splitPort(entry: string): { readonly name: string; readonly only: string } {
  const [, name = entry, only = ''] = /^(\[[^\]]*\]|[^:]*):([^:]*)$/.exec(entry) ?? [];
  return { name: name.replace(/^\[(.*)\]$/, '$1'), only };
}

function isNetwork(address: string, prefix: number): boolean {
  return (isIP(address) === 4 && prefix <= 32) || (isIP(address) === 6 && prefix <= 128);
}

function inNetwork(host: string, address: string, prefix: number): boolean {
  const network = new BlockList();
  network.addSubnet(address, prefix, familyOf(address));
  return network.check(host, familyOf(host));
}

function isLoopback(host: string): boolean {
  if (isIP(host) === 0) return false;
  return inNetwork(host, '127.0.0.0', 8) || inNetwork(host, '::1', 128);
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4';
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
