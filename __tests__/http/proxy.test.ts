import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Environment, ProxyRefused, proxyFor, proxyLogin } from '../../src/http/proxy.ts';

/** The proxy as Go prints it: without a slash at the end. */
function way(address: string, environment: Environment): string | undefined {
  return proxyFor(new URL(address), environment)?.href.replace(/\/$/, '');
}

// The cases of `proxyForURLTests` in golang.org/x/net/http/httpproxy, but for an address that no URL of JavaScript can hold.
test.each<[environment: Environment, address: string, expected: string | undefined]>([
  [{ HTTP_PROXY: '127.0.0.1:8080' }, 'http://example.com', 'http://127.0.0.1:8080'],
  [{ HTTP_PROXY: 'cache.corp.example.com:1234' }, 'http://example.com', 'http://cache.corp.example.com:1234'],
  [{ HTTP_PROXY: 'cache.corp.example.com' }, 'http://example.com', 'http://cache.corp.example.com'],
  [{ HTTP_PROXY: 'localhost' }, 'http://example.com', 'http://localhost'],
  [{ HTTP_PROXY: 'https://cache.corp.example.com' }, 'http://example.com', 'https://cache.corp.example.com'],
  [{ HTTP_PROXY: 'http://127.0.0.1:8080' }, 'http://example.com', 'http://127.0.0.1:8080'],
  [{ HTTP_PROXY: 'https://127.0.0.1:8080' }, 'http://example.com', 'https://127.0.0.1:8080'],
  [{ HTTP_PROXY: 'socks5://127.0.0.1' }, 'http://example.com', 'socks5://127.0.0.1'],
  [{ HTTP_PROXY: 'foo://host' }, 'http://example.com', 'foo://host'],
  [{ HTTP_PROXY: 'http.proxy.tld', HTTPS_PROXY: 'secure.proxy.tld' }, 'http://insecure.tld/', 'http://http.proxy.tld'],
  [{ HTTP_PROXY: 'http.proxy.tld', HTTPS_PROXY: 'secure.proxy.tld' }, 'https://secure.tld/', 'http://secure.proxy.tld'],
  [
    { HTTP_PROXY: 'http.proxy.tld', HTTPS_PROXY: 'https://secure.proxy.tld' },
    'https://secure.tld/',
    'https://secure.proxy.tld',
  ],
  [{ HTTP_PROXY: 'http.proxy.tld' }, 'https://secure.tld/', undefined],
  [{ HTTP_PROXY: 'http.proxy.tld' }, 'ftp://insecure.tld/', undefined],
  [
    { HTTPS_PROXY: 'https://secure.proxy.tld', REQUEST_METHOD: 'GET' },
    'https://secure.tld/',
    'https://secure.proxy.tld',
  ],
  [{}, 'http://example.com', undefined],
  [{ NO_PROXY: 'example.com', HTTP_PROXY: 'proxy' }, 'http://example.com/', undefined],
  [{ NO_PROXY: '.example.com', HTTP_PROXY: 'proxy' }, 'http://example.com/', 'http://proxy'],
  [{ NO_PROXY: 'ample.com', HTTP_PROXY: 'proxy' }, 'http://example.com/', 'http://proxy'],
  [{ NO_PROXY: 'example.com', HTTP_PROXY: 'proxy' }, 'http://foo.example.com/', undefined],
  [{ NO_PROXY: '.foo.com', HTTP_PROXY: 'proxy' }, 'http://example.com/', 'http://proxy'],
  [{ NO_PROXY: '.示例.com', HTTP_PROXY: 'proxy' }, 'http://www.示例.com', undefined],
  [{ NO_PROXY: 'xn--fsq092h.com', HTTP_PROXY: 'proxy' }, 'http://www.示例.com', undefined],
  [{ NO_PROXY: '示例.com', HTTP_PROXY: 'proxy' }, 'http://www.xn--fsq092h.com', undefined],
  // `TestInvalidNoProxy`
  [{ NO_PROXY: ':1', HTTP_PROXY: 'proxy' }, 'http://example.com', 'http://proxy'],
  // Lower case does as well, and an empty variable is as good as none.
  [{ http_proxy: 'proxy', no_proxy: 'other' }, 'http://example.com', 'http://proxy'],
  [{ HTTP_PROXY: '', http_proxy: 'proxy' }, 'http://example.com', 'http://proxy'],
  // A port of the address that is not the usual one.
  [{ HTTPS_PROXY: 'proxy', NO_PROXY: 'nomad.test:4646' }, 'https://nomad.test:4646', undefined],
  [{ HTTPS_PROXY: 'proxy', NO_PROXY: 'nomad.test:4646' }, 'https://nomad.test', 'http://proxy'],
  [{ HTTPS_PROXY: 'proxy', NO_PROXY: '10.0.0.0/8' }, 'https://10.20.30.40:4646', undefined],
  [{ HTTPS_PROXY: 'proxy', NO_PROXY: '10.0.0.0/8' }, 'https://11.20.30.40:4646', 'http://proxy'],
  [{ HTTPS_PROXY: 'proxy', NO_PROXY: '10.0.0.0/8' }, 'https://10.example.com', 'http://proxy'],
  // Go looks for the end of an address, too.
  [{ HTTPS_PROXY: 'proxy', NO_PROXY: '.0.7' }, 'https://10.1.0.7:4646', undefined],
  [{ HTTPS_PROXY: 'proxy', NO_PROXY: '.0.7' }, 'https://10.1.0.17:4646', 'http://proxy'],
])('%j: %s goes through %s', (environment, address, expected) => {
  expect(way(address, environment)).toBe(expected);
});

// `UseProxyTests` of the same package.
const NO_PROXY =
  'foobar.com, .barbaz.net, *.wildcard.io, 192.168.1.1, 192.168.1.2:81, 192.168.1.3:80, 10.0.0.0/30, 2001:db8::52:0:1, [2001:db8::52:0:2]:443, [2001:db8::52:0:3]:80, 2002:db8:a::45/64';

const HOSTS: readonly [host: string, throughProxy: boolean][] = [
  ['localhost', false],
  ['127.0.0.1', false],
  ['127.0.0.2', false],
  ['[::1]', false],
  ['[::2]', true],
  ['192.168.1.1', false],
  ['192.168.1.2', true],
  ['192.168.1.3', false],
  ['192.168.1.4', true],
  ['10.0.0.2', false],
  ['[2001:db8::52:0:1]', false],
  ['[2001:db8::52:0:2]', true],
  ['[2001:db8::52:0:3]', false],
  ['[2002:db8:a::123]', false],
  ['[fe80::424b:c8be:1643:a1b6]', true],
  ['barbaz.net', true],
  ['www.barbaz.net', false],
  ['foobar.com', false],
  ['www.foobar.com', false],
  ['foofoobar.com', true],
  ['baz.com', true],
  ['localhost.net', true],
  ['local.localhost', true],
  ['barbarbaz.net', true],
  ['wildcard.io', true],
  ['nested.wildcard.io', false],
  ['awildcard.io', true],
];

test.each(HOSTS)('%s through the proxy: %s', (host, throughProxy) => {
  const asked = `http://${host}:80`;
  expect(way(asked, { HTTP_PROXY: 'proxy', NO_PROXY })).toBe(throughProxy ? 'http://proxy' : undefined);
  expect(way(asked, { HTTP_PROXY: 'proxy', NO_PROXY: '*' })).toBeUndefined();
});

test('HTTP_PROXY is refused in a CGI environment, where a client could have set it', () => {
  const environment = { HTTP_PROXY: 'http://10.1.2.3:8080', REQUEST_METHOD: 'PUT' };
  expect(() => way('http://example.com', environment)).toThrow(ProxyRefused);
});

test.each([
  ['http://proxy', undefined],
  ['http://user@proxy', 'user:'],
  ['http://user:p%40ss%3A@proxy', 'user:p@ss:'],
  ['http://user:100%@proxy', 'user:100%'],
])('the login of %s is %s', (address, login) => {
  expect(proxyLogin(new URL(address))).toBe(login && `Basic ${Buffer.from(login).toString('base64')}`);
});

describe('whatever the variables hold', () => {
  const entry = fc.oneof(
    fc.string(),
    fc.domain(),
    fc.domain().map((domain) => `.${domain}`),
    fc.ipV4(),
    fc.tuple(fc.ipV4(), fc.nat(40)).map(([address, prefix]) => `${address}/${prefix}`),
    fc.tuple(fc.ipV6(), fc.nat(140)).map(([address, prefix]) => `${address}/${prefix}`),
    fc.tuple(fc.domain(), fc.nat(70_000)).map(([domain, port]) => `${domain}:${port}`),
  );
  const list = fc.array(entry).map((entries) => entries.join(','));
  const host = fc.oneof(
    fc.domain(),
    fc.ipV4(),
    fc.ipV6().map((address) => `[${address}]`),
  );

  test('there is a decision, and this machine is reached straight', () => {
    fc.assert(
      fc.property(list, host, fc.oneof(fc.string(), fc.constant('proxy:8080')), (no_proxy, name, http_proxy) => {
        expect(() => way(`http://${name}`, { http_proxy, no_proxy })).not.toThrow();
        expect(way('http://127.1.2.3', { http_proxy, no_proxy })).toBeUndefined();
        expect(way(`http://${name}`, { http_proxy, no_proxy: `${no_proxy},*` })).toBeUndefined();
      }),
      { numRuns: 10_000 },
    );
  });

  test('a network exempts an address by its first bits', () => {
    const bits = (address: string) => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
    fc.assert(
      fc.property(fc.ipV4(), fc.ipV4(), fc.nat(32), (address, network, prefix) => {
        const size = 2 ** (32 - prefix);
        const within = Math.floor(bits(address) / size) === Math.floor(bits(network) / size);
        const straight = within || address.startsWith('127.');
        const environment = { https_proxy: 'proxy', no_proxy: `x.test, ${network}/${prefix}` };
        expect(way(`https://${address}`, environment)).toBe(straight ? undefined : 'http://proxy');
      }),
      { numRuns: 10_000 },
    );
  });
});
