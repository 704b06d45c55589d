import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { withinTime } from '../../src/operations/within-time.ts';
import { failure } from '../support/failure.ts';

test('an answer in time is the answer, a failure the failure', async () => {
  expect(await withinTime(Promise.resolve('yes'), 60_000, 'anything')).toBe('yes');
  await expect(withinTime(Promise.reject(new Error('no')), 60_000, 'anything')).rejects.toThrow('no');
});

test('a question that is not answered in time is given up, whatever becomes of it', async () => {
  const question = delay(200).then(() => {
    throw new Error('much later');
  });
  expect(await failure(withinTime(question, 20, 'what came of it'))).toMatchObject({
    reason: 'nomad-unreachable',
    message: 'Nomad did not say within 0 s what came of it.',
    hint: expect.stringContaining('`operation: status`'),
  });
  await delay(300);
});
