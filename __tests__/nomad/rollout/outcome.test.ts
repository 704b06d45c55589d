import { describe, expect, test } from '@jest/globals';
import { concludeRollout } from '../../../src/nomad/rollout/outcome.ts';
import { bad, good, isSettled, waiting } from '../../../src/nomad/rollout/verdict.ts';
import type { Diagnosis, JobState } from '../../../src/result.ts';

const job = (id: string, reason?: Diagnosis['reason'], more: Partial<JobState> = {}): JobState => ({
  id,
  namespace: 'prod',
  type: 'service',
  status: 'running',
  health: 'healthy',
  version: 1,
  groups: [],
  url: '',
  ...(reason !== undefined && { diagnosis: { cause: `cause of ${id}`, reason, events: [], log: '' } }),
  ...more,
});

const conclude = (...jobs: JobState[]) => concludeRollout(jobs, ({ id }) => `<${id}>`);

test('without a diagnosis all is well', () => {
  expect(conclude(job('a'), job('b'))).toEqual({ jobs: [job('a'), job('b')], status: 'running', health: 'healthy' });
});

test('what tells most decides, each has its line, and the jobs keep their order', () => {
  const reasons = [
    'unhealthy',
    'reverted',
    'placement',
    'stopped',
    'superseded',
    'timeout',
    'nomad-unreachable',
    'awaiting-promotion',
  ] as const;
  const jobs = [...reasons].reverse().map((reason) => job(reason, reason));
  const { failure, jobs: kept } = conclude(job('well'), ...jobs);
  expect(kept.map(({ id }) => id)).toEqual(['well', ...jobs.map(({ id }) => id)]);
  expect(failure?.reason).toBe('unhealthy');
  expect(failure?.message.split('\n')).toEqual(
    reasons.map((reason) =>
      reason === 'timeout'
        ? 'Job "<timeout>" did not get there in time: cause of timeout'
        : `Job "<${reason}>": cause of ${reason}`,
    ),
  );
});

test('of two alike, the first one given decides', () => {
  const { failure } = conclude(job('b', 'stopped'), job('a', 'stopped'));
  expect(failure?.message).toBe('Job "<b>": cause of b\nJob "<a>": cause of a');
  expect(failure?.hint).toContain('nomad job history -namespace prod b');
});

describe('what to do about it', () => {
  test.each<[Diagnosis['reason'], string]>([
    [
      'unhealthy',
      '`on_failure: revert` takes a failed deployment back by itself. More: `nomad job status -namespace prod a`',
    ],
    ['reverted', 'The version from before runs again.'],
    ['placement', 'wait_timeout'],
    ['stopped', 'nomad job history -namespace prod a'],
    ['superseded', 'concurrency group'],
    [
      'timeout',
      'Set `wait_timeout` to a longer time if it only needs more of it. More: `nomad job status -namespace prod a`',
    ],
    ['awaiting-promotion', 'nomad deployment promote d1'],
  ])('%s', (reason, hint) => {
    expect(conclude(job('a', reason, { nomadDeploymentId: 'd1' })).failure?.hint).toContain(hint);
  });

  test('what a template waits for has to be created, and a sysbatch job that has run has to differ', () => {
    const cause =
      'task "main" of group "app" could not be started: Missing: nomad.var.block(nomad/jobs/a@default.global)';
    const waits = job('a', undefined, { diagnosis: { cause, reason: 'timeout', events: [], log: '' } });
    expect(conclude(waits).failure?.hint).toMatch(/^Create what the template of the task waits for/);
    const hintOf = (version: number) => conclude(job('a', 'placement', { type: 'sysbatch', version })).failure?.hint;
    expect(hintOf(1)).toMatch(/^Nomad does not run the same sysbatch job again where it has run/);
    expect(hintOf(0)).toMatch(/^Let the pack ask for less/);
  });

  test('without a rollout there is none to name', () => {
    expect(conclude(job('a', 'awaiting-promotion')).failure?.hint).toMatch(/`nomad deployment promote ID`\)/);
  });
});

test('there is no use in looking any longer at what is good, or bad for good', () => {
  expect(
    [undefined, good, waiting('some'), bad('stopped', 'x'), bad('reverted', 'x', 'not yet')].map(isSettled),
  ).toEqual([false, true, false, true, false]);
});
