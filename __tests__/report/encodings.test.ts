import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Secrets } from '../../src/report/redact.ts';

/**
 * What nomad-pack 0.4.2 renders of a variable through each function that writes it in another way: of every ASCII character, of characters
 * beyond that some functions escape, and, where it must be part of a URL, of every one that can be printed.
 */
const RECORDED = JSON.parse(
  readFileSync(new URL('./fixtures/template-functions.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, { readonly value: string; readonly made: Readonly<Record<string, string>> }>>;

function redact(secret: string, text: string): string {
  const secrets = new Secrets({ mask: () => {} });
  secrets.add('password', secret);
  return secrets.redact(text);
}

/** What may stand beside the value: quotes, `{"k":`, the beginning of a URL, and the end of a group of base64. */
const BESIDE =
  /^[^\p{L}]*(?:\(string\) \(len=\d+\) "|https:\/\/h\/(?:p#)?|\W*k\W*|[\w+/=]{0,8})?\*\*\*[\w+/=]{0,4}\W*$/u;

describe.each(Object.entries(RECORDED))('a secret of %s characters', (_, { value, made }) => {
  test.each(Object.entries(made))('is redacted as the function `%s` writes it', (_function, written) => {
    expect(redact(value, written).replace(/%22|&#34;/g, '"')).toMatch(BESIDE);
  });
});

describe('a secret is redacted as other languages write it', () => {
  const secret = `п-ñ🔑 a'b"c<d>&e/f`;

  test.each([
    ['JSON of Python', `\\u043f-\\u00f1\\ud83d\\udd11 a'b\\"c<d>&e/f`],
    ['HTML of Python', 'п-ñ🔑 a&#x27;b&quot;c&lt;d&gt;&amp;e/f'],
    ['XML', 'п-ñ🔑 a&apos;b&quot;c&lt;d&gt;&amp;e/f'],
    ['a URL of .NET', '%d0%bf-%c3%b1%f0%9f%94%91+a%27b%22c%3cd%3e%26e%2ff'],
  ])('%s', (_, written) => {
    expect(redact(secret, `<${written}>`)).toBe('<***>');
  });
});

describe('a secret that is JSON', () => {
  const secret = JSON.stringify({
    user: 'svc-deploy',
    key: { pem: 'LINE-ONE-0001\nLINE-TWO-0002' },
    id: 84_120_033,
    on: true,
  });

  test.each(['svc-deploy', 'LINE-ONE-0001', 'LINE-TWO-0002', '84120033', secret, JSON.stringify(secret)])(
    'hides the values in it: %s',
    (text) => {
      expect(redact(secret, `<${text}>`)).toMatch(/^<"?\*\*\*"?>$/);
    },
  );

  test('hides them where it is itself in base64, or in JSON', () => {
    expect(redact(Buffer.from(secret).toString('base64'), 'user svc-deploy')).toBe('user ***');
    expect(redact(JSON.stringify({ config: secret }), 'user svc-deploy')).toBe('user ***');
  });

  test('hides no short value and no name', () => {
    expect(redact(JSON.stringify({ region: 'eu', account: 'x' }), 'region eu account true')).toBe(
      'region eu account true',
    );
  });

  test('hides a key that is not just a name', () => {
    const keys = JSON.stringify({
      'k3y-9f21': 'ci',
      'ops@example.com': 1,
      user_name: 'x',
      'eu-west-1': 'x',
      smtp2: 'x',
    });
    expect(redact(keys, 'k3y-9f21 ops@example.com user_name eu-west-1 smtp2')).toBe(
      '*** *** user_name eu-west-1 smtp2',
    );
  });

  test('may be nested deeply', () => {
    expect(redact(`${'['.repeat(100_000)}"deep-secret"${']'.repeat(100_000)}`, 'a deep-secret')).toBe('a ***');
  });
});
