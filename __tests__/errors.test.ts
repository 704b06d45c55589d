import { expect, test } from '@jest/globals';
import { ActionError, asActionError } from '../src/errors.ts';

test('an error of the action stays what it is', () => {
  const error = new ActionError('placement', 'no room', { hint: 'Add nodes.', cause: new Error('x') });
  expect(asActionError(error)).toBe(error);
  expect(error.cause).toEqual(new Error('x'));
  expect(new ActionError('placement', 'no room')).toMatchObject({ hint: '', location: undefined });
});

test.each([
  [new TypeError('x is no function'), 'x is no function'],
  ['text', 'text'],
])('anything else is a fault of the action: %s', (thrown, words) => {
  const error = asActionError(thrown);
  expect([error.reason, error.message]).toEqual(['internal', expect.stringContaining(words)]);
  expect(error.hint).toContain('report');
  expect(error.cause).toBe(thrown);
});
