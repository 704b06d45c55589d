import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Secrets, SHORTEST } from '../../src/report/redact.ts';

const SEED = Date.now();
const RUNS = { seed: SEED, numRuns: 10_000 };
process.stdout.write(`redaction: seed ${SEED}\n`);

type Write = (text: string) => string;

/** Written apart from the code that is tested, as other tools write. */
const WAYS: Readonly<Record<string, Write>> = {
  plain: (text) => text,
  JSON: (text) => JSON.stringify(text).slice(1, -1),
  'JSON in JSON': (text) => JSON.stringify(JSON.stringify(text)).slice(3, -3),
  base64: (text) => Buffer.from(text).toString('base64'),
  base64url: (text) => Buffer.from(text).toString('base64url'),
  'base64 of JSON': (text) => Buffer.from(JSON.stringify(text).slice(1, -1)).toString('base64'),
  'base64 of base64': (text) => Buffer.from(Buffer.from(text).toString('base64')).toString('base64'),
  hex: (text) => Buffer.from(text).toString('hex'),
  URL: (text) => encodeURIComponent(text.toWellFormed()),
  'JSON in a URL': (text) =>
    new URLSearchParams({ x: JSON.stringify(text).slice(1, -1) })
      .toString()
      .slice(2)
      .replaceAll('*', '%2A')
      .replaceAll('%7E', '~'),
  HTML: (text) =>
    text
      .replaceAll('\0', '\ufffd')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&#34;')
      .replaceAll("'", '&#39;'),
};

const unit = fc
  .constantFrom<'binary' | 'grapheme'>('binary', 'grapheme')
  .chain((kind) => fc.string({ unit: kind, maxLength: 12 }));
const nasty = fc
  .array(fc.constantFrom(...'abAB019 "\'\\<>&%${}=+/*:;\n\t\r\0\x07\u00a0\u2028\u200b\ud800秘🔑'), { maxLength: 12 })
  .map((signs) => signs.join(''));
const anyText = fc.oneof(unit, nasty);
const secret = anyText.filter((text) => text.trim().length >= SHORTEST);

function keeper(values: readonly string[]): Secrets {
  const secrets = new Secrets({ mask: () => {} });
  for (const [index, value] of values.entries()) secrets.add(`secret_${index}`, value);
  return secrets;
}

describe('whatever the text and the secrets', () => {
  test('no secret leaves, in any of the ways to write it', () => {
    fc.assert(
      fc.property(secret, fc.constantFrom(...Object.keys(WAYS)), anyText, anyText, (value, way, before, after) => {
        const written = WAYS[way]?.(value.trim()) ?? '';
        const redacted = keeper([value]).redact(`${before}${written}${after}`);
        expect(redacted.includes(written)).toBe(false);
        expect(redacted.includes(value.trim())).toBe(false);
      }),
      RUNS,
    );
  });

  test('none of several leaves, however they overlap, and what is redacted once stays as it is', () => {
    fc.assert(
      fc.property(
        fc.array(secret, { minLength: 1, maxLength: 2 }),
        fc.array(fc.nat(), { maxLength: 6 }),
        anyText,
        (values, order, glue) => {
          const text = order.map((number) => values[number % values.length]).join(glue.slice(0, 2));
          const secrets = keeper(values);
          const redacted = secrets.redact(text);
          for (const value of values) expect(redacted.includes(value.trim())).toBe(false);
          expect(secrets.redact(redacted)).toBe(redacted);
        },
      ),
      RUNS,
    );
  });
});

describe('the time grows with the text alone', () => {
  // A search of each secret at each place would take 10^10 steps.
  test.each([
    ['a secret that repeats itself', ['a'.repeat(20_000)], `${'a'.repeat(19_999)}b`.repeat(50)],
    [
      'many secrets with one beginning',
      Array.from({ length: 500 }, (_, index) => `${'x'.repeat(500)}${index}`),
      'x'.repeat(1_000_000),
    ],
    ['secrets that come about as others are hidden', ['***abc', 'abcabc'], `abc${'abc'.repeat(300_000)}`],
  ])('%s', (_, values, text) => {
    const secrets = keeper(values);
    const redacted = secrets.redact(text);
    for (const value of values) expect(redacted.includes(value)).toBe(false);
  });
});
