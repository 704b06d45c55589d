import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { Progress } from '../../../src/nomad/rollout/progress.ts';
import { good, waiting } from '../../../src/nomad/rollout/verdict.ts';
import type { JobState } from '../../../src/result.ts';

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
});

const state = (id: string, healthy: number): JobState => ({
  id,
  namespace: 'default',
  type: 'service',
  status: 'running',
  health: 'unknown',
  version: 0,
  groups: [{ name: 'app', desired: 2, placed: 2, healthy, unhealthy: 0 }],
  url: '',
});

function begin(...ids: string[]) {
  const lines: string[] = [];
  const progress = new Progress(
    ids.map((id) => ({ id, namespace: 'default' })),
    (line) => lines.push(line),
  );
  return { lines, progress };
}

test('a change is told once', () => {
  const { lines, progress } = begin('web');
  progress.job(state('web', 0), 'rollout running', waiting('some'));
  jest.advanceTimersByTime(4_000);
  progress.job(state('web', 0), 'rollout running', waiting('some'));
  progress.job(state('web', 1), 'rollout running', waiting('some'));
  progress.close();
  expect(lines).toEqual([
    'web: waiting: some; app 0/2 healthy, 2 placed; rollout running',
    'web: waiting: some; app 1/2 healthy, 2 placed; rollout running',
  ]);
});

test('every 30 s there is a line, and since when it is so', () => {
  const { lines, progress } = begin('web', 'api');
  progress.job(state('web', 0), '', waiting('some'));
  progress.job(state('api', 2), '', good);
  progress.waits([{ id: 'web', namespace: 'default' }]);
  jest.advanceTimersByTime(65_000);
  progress.close();
  expect(lines.slice(2)).toEqual([
    'No change. web: waiting: some; app 0/2 healthy, 2 placed, for 30 s',
    'No change. web: waiting: some; app 0/2 healthy, 2 placed, for 60 s',
  ]);
});

test('many jobs make a short line', () => {
  const { lines, progress } = begin('a', 'b', 'c', 'd', 'e', 'f', 'g');
  jest.advanceTimersByTime(30_000);
  progress.close();
  expect(lines).toEqual(['No change. a | b | c | d | e | 2 more']);
});

test('a fault is told, and that it has passed when it took long', () => {
  const { lines, progress } = begin('web');
  progress.fault('no leader');
  expect(progress.silence).toBe('Nomad has not answered for 0 s: no leader');
  progress.fault('no leader');
  jest.advanceTimersByTime(35_000);
  progress.fault(undefined);
  expect(progress.silence).toBeUndefined();
  progress.fault('again');
  progress.fault(undefined);
  progress.close();
  expect(lines).toEqual([
    'Nomad does not answer as it should (no leader), which is waited out',
    'Nomad has not answered for 30 s: no leader',
    'Nomad answers again, after 35 s',
    'Nomad does not answer as it should (again), which is waited out',
  ]);
});

test('closed, it keeps no timer', () => {
  const { progress } = begin('web');
  progress.close();
  expect(jest.getTimerCount()).toBe(0);
});
