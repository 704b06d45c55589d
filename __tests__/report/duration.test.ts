import { expect, test } from '@jest/globals';
import { formatDuration } from '../../src/report/duration.ts';

test.each([
  [0, '0.0 s'],
  [380, '0.4 s'],
  [9_949, '9.9 s'],
  [9_950, '10 s'],
  [59_400, '59 s'],
  [59_600, '1 min 0 s'],
  [125_000, '2 min 5 s'],
  [3_720_000, '1 h 2 min'],
])('%s ms read as %s', (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text);
});
