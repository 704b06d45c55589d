import { describe, expect, test } from '@jest/globals';
import { describeTrace, type Trace, tagName, timeOf, traceOf } from '../../src/nomad/trace.ts';

const trace: Trace = {
  deployed: '2026-11-26T00:36:23.123Z',
  commit: 'c0ffee'.padEnd(40, '0'),
  run: 'https://github.com/octo/shop/actions/runs/7',
  actor: 'dependabot[bot]',
  undoes: '2026-11-25T00:00:00.000Z',
  backTo: 12,
};

const version = (Version: number, Name: string, Description: string) => ({
  Version,
  VersionTag: { Name, Description },
});

test('a trace that is written is read again, with all of its parts or few', () => {
  for (const one of [trace, { deployed: trace.deployed }])
    expect(traceOf(version(7, tagName(7), describeTrace(one)))).toStrictEqual(one);
});

test('a tag is shorter than what Nomad takes for one', () => {
  expect(describeTrace(trace).length).toBeLessThan(1_000);
});

describe('no trace', () => {
  test.each([
    ['without a tag', { Version: 7, VersionTag: null }],
    ['of a Nomad without tags', { Version: 7 }],
    ['with a tag of somebody else', version(7, 'golden', describeTrace(trace))],
    ['with the tag of the version that it was made of', version(8, tagName(7), describeTrace(trace))],
    ['with a tag that says nothing', version(7, tagName(7), 'mine')],
  ])('has a version %s', (_, job) => {
    expect(traceOf(job)).toBeUndefined();
  });
});

test('what is not of the form that it is written in is left out', () => {
  const forged = 'deployed=2026-11-26T00:36:23.123Z commit=<b> run=javascript:alert(1) actor=a|b back_to=-1';
  expect(traceOf(version(7, tagName(7), forged))).toStrictEqual({ deployed: trace.deployed });
});

test.each([
  ['commit', ['zc0ffee0', 'c0ffee0z', 'c0ffe', 'c'.repeat(65)]],
  ['run', ['xhttps://a', 'https://a"b', 'https://', 'ftp://a', 'https://a?b']],
  ['actor', ['a"', '<a', 'a|']],
  ['undoes', ['x2026-11-25T00:00:00.000Z', '2026-11-25T00:00:00.000Zx', 'yesterday']],
  ['back_to', ['3x', 'x3', '-3', '']],
])('no part %s has a value that is not one', (key, values) => {
  for (const value of values) {
    const read = traceOf(version(7, tagName(7), `deployed=${trace.deployed} ${key}=${value}`));
    expect(read).toStrictEqual({ deployed: trace.deployed });
  }
});

test.each([`x${trace.deployed}`, `${trace.deployed}x`, '2026-11-26', ''])(
  'a time that is not one is no trace: %j',
  (time) => {
    expect(traceOf(version(7, tagName(7), `deployed=${time} commit=c0ffee0`))).toBeUndefined();
  },
);

test('http is a link, too, and a short commit a commit', () => {
  const one = { deployed: trace.deployed, commit: 'C0FFEE', run: 'http://a/b:80/@%20.', actor: 'a' };
  expect(traceOf(version(7, tagName(7), describeTrace(one)))).toStrictEqual(one);
});

test('what holds a space is not written: it would be read as something else', () => {
  expect(describeTrace({ deployed: trace.deployed, actor: 'a commit=c0ffee00' })).toBe(`deployed=${trace.deployed}`);
});

test('a time of Nomad’s is rounded up', () => {
  expect(timeOf(1_795_653_038_846_000_000 + 512)).toBe('2026-11-26T00:30:38.847Z');
});
