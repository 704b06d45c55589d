import { describe, expect, test } from '@jest/globals';
import { Secrets } from '../../src/report/redact.ts';

function keeper(values: Readonly<Record<string, string>>) {
  const masks: string[] = [];
  const short: string[] = [];
  const secrets = new Secrets({ mask: (value) => masks.push(value), onShort: (name) => short.push(name) });
  for (const [name, value] of Object.entries(values)) secrets.add(name, value);
  return { secrets, masks, short };
}

const KEY = '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0\nBAQEF+/a=\n}\n-----END PRIVATE KEY-----\n';

const SHAPES: readonly [shape: string, value: string][] = [
  ['a token', 'ghs_0123456789abcdef'],
  ['one of six characters', 'p4ssw0'],
  ['quotes', `it's "quoted" \\ and \\n`],
  ['signs of a URL', 'a+b/c=d&e f?g'],
  ['signs of HTML', '<script>&"x"</script>'],
  ['signs of a regular expression', '^(.*)$[a-z]+'],
  ['Unicode', 'pässwörd-密码-🔑'],
  ['control characters', 'bell\x07tab\tvt\x0bdel\x7fend'],
  ['signs of Markdown', '**bold** `code` |cell|'],
  ['a number', '4815162342'],
  ['signs of HCL', 'a${b}-%{c}$$'],
  ['signs of a format', '100%done-%s %5.2f-%%-50%'],
];

const WRITTEN: readonly [way: string, write: (value: string) => string][] = [
  ['as it is', (value) => value],
  ['in base64', (value) => Buffer.from(value).toString('base64')],
  ['in base64 for URLs', (value) => Buffer.from(value).toString('base64url')],
  ['in a URL', encodeURIComponent],
  ['in a form', (value) => new URLSearchParams({ v: value }).toString().slice(2)],
  ['in JSON', (value) => JSON.stringify(value)],
  ['in HCL', (value) => JSON.stringify(value).replace(/[$%](?=\{)/g, '$&$&')],
  ['in Go’s JSON', (value) => JSON.stringify(value).replace(/[<>&]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`)],
  [
    'quoted by Go',
    (value) => JSON.stringify(value).replace('\\u0007', '\\a').replace('\\u000b', '\\v').replace('\x7f', '\\x7f'),
  ],
];

describe.each(SHAPES)('a secret with %s', (_, value) => {
  test.each(WRITTEN)('is redacted %s, and masked', (_way, write) => {
    const { secrets, masks } = keeper({ password: value });
    const written = write(value);

    expect(secrets.redact(`before ${written} after`)).toMatch(/^before "?\*\*\*=*"? after$/);
    expect(masks.some((mask) => written.includes(mask))).toBe(true);
  });

  test.each([0, 1, 2, 3])('is redacted inside longer base64, %s bytes in', (offset) => {
    const { secrets } = keeper({ password: value });
    const encoded = Buffer.from(`${'x'.repeat(offset)}${value}tail`).toString('base64');

    const redacted = secrets.redact(encoded);

    expect(redacted).toContain('***');
    // What is left of it says no more than a part of one byte at each end.
    const left = Buffer.from(redacted.split('***')[0] ?? '', 'base64').toString('latin1');
    expect(left.slice(0, offset)).toBe('x'.repeat(offset).slice(0, left.length));
    expect(redacted.length).toBeLessThan(encoded.length - value.length + 6);
  });
});

describe('a secret of several lines', () => {
  test('is redacted line by line, and no line of less than six characters is', () => {
    const { secrets } = keeper({ key: KEY });

    expect(secrets.redact('log: MIIEvQIBADANBgkqhkiG9w0')).toBe('log: ***');
    expect(secrets.redact(KEY)).toBe('***\n');
    expect(secrets.redact('{ }')).toBe('{ }');
  });

  test('is never given to the runner as one: it would mask each line, however short', () => {
    const { masks } = keeper({ key: KEY, json: '{\n  "password": "hunter22"\n}' });

    expect(masks.filter((mask) => /[\r\n]/.test(mask))).toEqual([]);
    expect(masks.filter((mask) => mask.length < 6)).toEqual([]);
    expect(masks).toEqual(expect.arrayContaining(['BAQEF+/a=', '"password": "hunter22"']));
  });

  test.each(['\r\n', '\r', '\u2028'])('may have lines that end in %j', (end) => {
    const { secrets } = keeper({ key: `first-line${end}second-line` });
    expect(secrets.redact('second-line')).toBe('***');
  });
});

describe('what nomad-pack makes of a secret', () => {
  test.each([
    ['p%40ss%2Fw0rd', 'p%!s(MISSING)s%!F(MISSING)w0rd'],
    ['100%done %-5.2f', '100%!d(MISSING)one %!f(MISSING)'],
    ['50%% off', '50% off'],
    ['word%{b}', 'word%!{(MISSING)b}'],
    ['word%{b}', 'word%{b}'],
  ])('as a format: %s becomes %s', (value, printed) => {
    expect(keeper({ password: value }).secrets.redact(`: ${printed} |`)).toBe(': *** |');
  });

  test('as a format: what the percent sign at its end becomes depends on what follows', () => {
    const { secrets } = keeper({ password: '%dall-100%' });
    expect(secrets.redact('%!d(MISSING)all-100%!|(MISSING)')).toBe('***%!|(MISSING)');
    expect(secrets.redact('%dall-100%')).toBe('***');
  });

  test('as an error, which it cuts: the end of a line goes where it is long enough to be no word', () => {
    const { secrets } = keeper({ config: 'password: "0123456789abcd",\nregion: "europe"' });
    expect(secrets.redact('Error: "0123456789abcd",')).toBe('Error: ***');
    expect(secrets.redact('in "europe"')).toBe('in "europe"');
  });
});

describe('a secret that is too short', () => {
  test.each(['', '   ', '\n'])('is none where there is nothing: %j', (value) => {
    expect(keeper({ x: value })).toMatchObject({ short: [], masks: [] });
  });

  test('is told by its name, once, and neither masked nor redacted', () => {
    const { secrets, masks, short } = keeper({ 'db.password': 'abcde' });
    secrets.add('db.password', 'fghij');

    expect(short).toEqual(['db.password']);
    expect(masks).toEqual([]);
    expect(secrets.redact('abcde fghij')).toBe('abcde fghij');
  });
});

describe('several secrets', () => {
  test('of which one holds another leave nothing of the longer', () => {
    const { secrets } = keeper({ short: 'secret', long: 'top-secret-word' });
    expect(secrets.redact('a top-secret-word, a secret')).toBe('a ***, a ***');
  });

  test('that overlap go as one', () => {
    const { secrets } = keeper({ one: 'abcdefgh', two: 'efghijkl' });
    expect(secrets.redact('<abcdefghijkl>')).toBe('<***>');
  });

  test('of which one repeats itself', () => {
    const { secrets } = keeper({ one: 'aaaaaa' });
    expect(secrets.redact('xaaaaaaaaay')).toBe('x***y');
  });

  test('are redacted from a big text in no time', () => {
    const values = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [`s${index}`, `secret-value-${index}-x`]),
    );
    const { secrets } = keeper(values);
    const line = 'The quick brown fox jumps over the lazy dog, secret-value-7-x included.\n';
    const text = line.repeat(Math.ceil(2 ** 20 / line.length));

    const begin = process.cpuUsage().user;
    const redacted = secrets.redact(text);

    // Of the processor, whatever else it does. Measured: 0.1 s. A search that is quadratic takes minutes.
    expect((process.cpuUsage().user - begin) / 1000).toBeLessThan(5_000);
    expect(redacted).not.toContain('secret-value-7-x');
  });
});

describe('a token', () => {
  const token = 'tok_0123456789abcdef';
  test.each(['registry_token', 'nomad_token', 'github_token', 'Nomad token', 'OIDC token', 'GitHub token'])(
    '%s is found',
    (name) => {
      const { secrets } = keeper({ [name]: token });
      const basic = Buffer.from(`x-access-token:${token}`).toString('base64');

      expect(secrets.holdsToken(`job "x" { env { T = "${token}" } }`)).toBe(true);
      expect(secrets.holdsToken(`authorization: basic ${basic}`)).toBe(true);
      expect(secrets.holdsToken(Buffer.from(`abc${token}`).toString('base64url'))).toBe(true);
      expect(secrets.holdsToken('job "x" {}')).toBe(false);
    },
  );

  test('is not a variable: a job is where a secret variable belongs', () => {
    const { secrets } = keeper({ 'database.password': 'hunter2-hunter2' });
    expect(secrets.holdsToken('password = "hunter2-hunter2"')).toBe(false);
  });
});
