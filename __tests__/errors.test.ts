import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ActionError, asActionError } from '../src/errors.ts';

test('an error of the action stays what it is', () => {
  const error = new ActionError('placement', 'no room', { hint: 'Add nodes.', cause: new Error('x') });
  expect(asActionError(error)).toBe(error);
  expect(error.cause).toEqual(new Error('x'));
  expect(new ActionError('placement', 'no room')).toMatchObject({ hint: '', location: undefined });
});

test.each([
  [new TypeError('x is not a function'), 'x is not a function'],
  ['text', 'text'],
])('anything else is a fault of the action: %s', (thrown, words) => {
  const error = asActionError(thrown);
  expect([error.reason, error.message]).toEqual(['internal', expect.stringContaining(words)]);
  expect(error.hint).toContain('report');
  expect(error.cause).toBe(thrown);
});

test('what the system says of the runner is not a fault of the action', async () => {
  const refused = await mkdir(join(import.meta.filename, 'folder')).catch((error: unknown) => error);
  const { reason, message, hint } = asActionError(refused);
  expect([reason, message]).toEqual([
    'runner',
    `The runner could not do what this step needs at \`${join(import.meta.filename, 'folder')}\`: a part of the path is a file (ENOTDIR, mkdir).`,
  ]);
  expect(hint).toContain('Remove that file');
  const full = Object.assign(new Error('write'), { code: 'ENOSPC', syscall: 'write' });
  expect(asActionError(full).message).toContain('the disk is full (ENOSPC, write)');
  const socket = Object.assign(new Error('connect'), { code: 'EACCES', syscall: 'connect' });
  expect(asActionError(socket).reason).toBe('internal');
});
