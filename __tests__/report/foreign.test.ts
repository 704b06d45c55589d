import { describe, expect, test } from '@jest/globals';
import { tidyLines, visible } from '../../src/report/foreign.ts';
import { Secrets } from '../../src/report/redact.ts';
import { redactEnd } from '../../src/report/redact-end.ts';
import { hostileResult } from './support/hostile.ts';

describe('an invisible character', () => {
  test.each([
    ['turns the direction', 'a\u202eb\u2066c\u2069d', 'a\\u202eb\\u2066c\\u2069d'],
    [
      'has no width',
      'a\u200bb\u200cc\u200dd\u200ee\u200ff\ufeffg\u2060h',
      'a\\u200bb\\u200cc\\u200dd\\u200ee\\u200ff\\ufeffg\\u2060h',
    ],
    ['is a tag', 'a\u{e0041}b', 'a\\u{e0041}b'],
    ['only looks like a space', 'a\u3164b\u115fc', 'a\\u3164b\\u115fc'],
    ['is a soft hyphen', 'a\u00adb', 'a\\u00adb'],
    ['joins nothing', '\u200d👩', '\\u200d👩'],
  ])('that %s is shown as an escape', (_, text, shown) => {
    expect(visible(text)).toBe(shown);
    expect(tidyLines(text)).toEqual([shown]);
  });

  test.each(['👩‍🚀', '👩🏽‍💻', '❤️‍🔥', '👨‍👩‍👧', 'ñ', 'न', 'سلام', '日本語', 'a b'])(
    'stays where it is seen: %s',
    (text) => {
      expect(visible(text)).toBe(text);
    },
  );

  test('is in nothing that is reported', () => {
    const text = JSON.stringify(
      redactEnd(
        { result: hostileResult('a\u202eb\u200b'), settings: undefined },
        { secrets: new Secrets({ mask: () => {} }) },
      ),
    );
    expect(text).not.toMatch(/[\u202e\u200b]/);
    expect(text).toContain('a\\\\u202eb\\\\u200b');
  });
});

describe('a message', () => {
  test('is redacted before it is shortened', () => {
    const secrets = new Secrets({ mask: () => {} });
    secrets.add('password', 'hunter2-hunter2');
    for (const length of [1_990, 1_995, 1_999, 7_990]) {
      const result = hostileResult(`${'x'.repeat(length)}hunter2-hunter2${'y'.repeat(9_000)}`);
      const text = JSON.stringify(redactEnd({ result, settings: undefined }, { secrets }).result.failure?.message);
      expect(text).not.toContain('hun');
      expect(text.length).toBeLessThan(9_000);
    }
  });
});
