import { expect } from '@jest/globals';
import { ActionError } from '../../src/errors.ts';

/** The error that it fails with; expects that it does. */
export async function failure(promise: Promise<unknown>): Promise<ActionError> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ActionError);
  return error as ActionError;
}
