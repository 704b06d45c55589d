import { expect, test } from '@jest/globals';
import { Secrets } from '../../src/report/redact.ts';
import { redactEnd } from '../../src/report/redact-end.ts';
import { job } from './support/results.ts';
import { scenarioOf } from './support/scenarios.ts';

/** What is shown of a task's log. */
function shown(log: string, secret?: string): string {
  const secrets = new Secrets({ mask: () => {} });
  if (secret !== undefined) secrets.add('password', secret);
  const jobs = [job('web', { diagnosis: { cause: 'why', reason: 'unhealthy', events: [], log } })];
  const { result } = redactEnd(
    { result: { ...scenarioOf('deploy-good').result, jobs }, settings: undefined },
    { secrets },
  );
  return result.jobs[0]?.diagnosis?.log ?? '';
}

test('of a log at most twenty lines', () => {
  const log = Array.from({ length: 50 }, (_, index) => `line ${index}`).join('\n');
  expect(shown(log).split('\n')).toHaveLength(20);
  expect(shown(log)).toMatch(/^line 30\n.*\nline 49$/s);
});

test('of a log at most 4,096 characters, of a line that is longer its end', () => {
  expect(shown(`${'x'.repeat(10_000)}end`)).toBe(`${'x'.repeat(4_093)}end`);
});

test('nothing of a secret that the cut would go through', () => {
  const secret = 'hunter2-hunter2-hunter2';
  const [, before, after] = /^(.*?)(y+)$/.exec(shown(`first ${secret}${'y'.repeat(4_090)}`, secret)) ?? [];
  expect([before, after?.length]).toEqual(['st ***', 4_090]);
});
