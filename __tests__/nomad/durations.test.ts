import { expect, test } from '@jest/globals';
import { readableDuration } from '../../src/nomad/durations.ts';

test.each([
  ['10000000000', '10s'],
  ['60000000000', '1m'],
  ['59000000000', '59s'],
  ['61000000000', '1m1s'],
  ['3599000000000', '59m59s'],
  ['3600000000000', '1h'],
  ['5400000000000', '1h30m'],
  ['90061500000000', '25h1m1.5s'],
  ['1500000000', '1.5s'],
  ['1000000000', '1s'],
  ['999000000', '999ms'],
  ['1000000', '1ms'],
  // Not a whole millisecond, a count, another word, more than a number holds.
  ['1000001', '1000001'],
  ['999999', '999999'],
  ['0', '0'],
  ['10s', '10s'],
  ['x10000000000', 'x10000000000'],
  ['10000000000x', '10000000000x'],
  ['1000000000000000000', '1000000000000000000'],
])('%s ns is %s', (value, words) => {
  expect(readableDuration('Interval', value)).toBe(words);
  expect(readableDuration('Count', value)).toBe(value);
});
