import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { JobDiff } from '../../src/nomad/api.ts';
import { differences } from '../../src/nomad/diff.ts';
import { readableDuration } from '../../src/nomad/durations.ts';
import { differenceLines } from '../../src/report/difference.ts';
import { lineDiff } from '../../src/report/line-diff.ts';
import { prettyJson } from '../../src/report/pretty-json.ts';
import { Secrets } from '../../src/report/redact.ts';

const lines = fc.array(fc.stringMatching(/^[a-z ]{0,6}$/), { maxLength: 12 });

describe('the differences of two texts', () => {
  test('are the lines that differ, and three around them', () => {
    const before = Array.from({ length: 20 }, (_, index) => `line ${index}`).join('\n');
    expect(lineDiff(before, before.replace('line 9', 'another'))).toEqual([
      '  [6 lines are the same]',
      '  line 6',
      '  line 7',
      '  line 8',
      '- line 9',
      '+ another',
      '  line 10',
      '  line 11',
      '  line 12',
      '  [7 lines are the same]',
    ]);
    expect(lineDiff('', 'a\nb\n')).toEqual(['+ a', '+ b']);
    expect(lineDiff('a\nb\n', '')).toEqual(['- a', '- b']);
  });

  test('hold what makes one text of the other', () => {
    fc.assert(
      fc.property(lines, lines, (old, now) => {
        const found = lineDiff(old.join('\n'), now.join('\n'));
        const of = (sign: string) => found.filter((line) => line.startsWith(sign)).map((line) => line.slice(2));
        const count = (list: readonly string[], line: string) => list.filter((one) => one === line).length;
        for (const line of new Set([...old, ...now])) {
          if (line === '') continue;
          expect(count(of('+ '), line) - count(of('- '), line)).toBe(count(now, line) - count(old, line));
        }
      }),
    );
  });

  test('are both texts where they have little in common', () => {
    const text = (word: string) => Array.from({ length: 3_000 }, (_, index) => `${word} ${index}`).join('\n');
    const found = lineDiff(text('a'), text('b'));
    expect([found.length, found[0], found[3_000]]).toEqual([6_000, '- a 0', '+ b 0']);
  });

  test('never call two lines the same that are both hidden', () => {
    expect(lineDiff('a\n***\nb', 'a\n***\nb')).toEqual(['  a', '- ***', '+ ***', '  b']);
  });
});

describe('JSON', () => {
  test('has a line for each member, and is otherwise as it was', () => {
    const text = '{"a":[1,{"b":null}],"c":{},"d":"\\u0061 {,}","e":[]}';
    const pretty = prettyJson(text) ?? '';
    expect(pretty).toBe(JSON.stringify(JSON.parse(text), null, 2).replace('"a {,}"', '"\\u0061 {,}"'));
  });

  test('of any kind stays what it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        const pretty = prettyJson(text);
        if (typeof value !== 'object' || value === null) expect(pretty).toBeUndefined();
        else expect(pretty).toBe(JSON.stringify(JSON.parse(text), null, 2));
      }),
    );
  });

  test.each(['{', '[1,]', '{"a":***}', 'text', ''])('is not one: %j', (text) => {
    expect(prettyJson(text)).toBeUndefined();
  });
});

test.each([
  ['MinHealthyTime', '10000000000', '10s'],
  ['Interval', '5400000000000', '1h30m'],
  ['KillTimeout', '1500000000', '1.5s'],
  ['Splay', '250000000', '250ms'],
  ['Max', '3', '3'],
  ['Env[Interval]', '10000000000', '10000000000'],
  ['MemoryMB', '10000000000', '10000000000'],
  ['Delay', '1000001', '1000001'],
])('the duration %s of %s reads as %s', (name, value, shown) => {
  expect(readableDuration(name, value)).toBe(shown);
});

describe('what is hidden', () => {
  const jobDiff = (Old: string, New: string): JobDiff => ({
    Type: 'Edited',
    ID: 'web',
    Fields: [{ Type: 'Edited', Name: 'EmbeddedTmpl', Old, New }],
    Objects: null,
    TaskGroups: null,
  });
  const shown = (old: string, now: string, secrets: Secrets, hidesOld: boolean) =>
    differenceLines({
      fields: differences(jobDiff(old, now), {
        redact: (text) => secrets.redact(text),
        hidesOld: () => hidesOld,
        hidesNew: () => false,
      }).map(({ field }) => field),
    });
  // Letters that nothing else in the texts has.
  const secret = fc.array(fc.stringMatching(/^[XYZ]{6,12}$/), { minLength: 2, maxLength: 6 });

  test('of a text of many lines shows in none of them', () => {
    fc.assert(
      fc.property(
        lines,
        lines,
        secret,
        secret,
        fc.nat(12),
        fc.nat(12),
        fc.boolean(),
        (a, b, past, next, i, j, hides) => {
          const secrets = new Secrets({ mask: () => {} });
          secrets.add('password', next.join('\n'));
          // What a secret was is known, or the place hides it.
          if (!hides) secrets.add('old value of a secret', past.join('\n'));
          const text = (around: readonly string[], at: number, hidden: readonly string[]) =>
            [...around.slice(0, at), ...hidden, ...around.slice(at)].join('\n');
          expect(shown(text(a, i, past), text(b, j, next), secrets, hides).join('\n')).not.toMatch(/[XYZ]/);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('shows the lines that everybody sees in the new text, and not how long the others are', () => {
    const secrets = new Secrets({ mask: () => {} });
    secrets.add('password', 'new-secret');
    const old = 'host=db\npassword=old-secret\nsecond line of it\nport=5432\n';
    expect(shown(old, 'host=db\npassword=new-secret\nport=5432\n', secrets, true)).toEqual([
      '@@ EmbeddedTmpl @@',
      '  host=db',
      '- ***',
      '+ password=***',
      '  port=5432',
    ]);
  });
});
