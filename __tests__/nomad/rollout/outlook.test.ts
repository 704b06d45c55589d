import { expect, test } from '@jest/globals';
import type { AllocationMetric, Evaluation } from '../../../src/nomad/api.ts';
import { describeBlocked, readOutlook } from '../../../src/nomad/rollout/outlook.ts';
import { group, specification } from './support/moments.ts';

const metric: AllocationMetric = {
  NodesEvaluated: 1,
  NodesFiltered: 0,
  NodesExhausted: 1,
  NodesAvailable: { dc1: 1 },
  ClassFiltered: null,
  ConstraintFiltered: null,
  ClassExhausted: null,
  DimensionExhausted: { memory: 1 },
  QuotaExhausted: null,
  CoalescedFailures: 0,
};

let index = 0;

function evaluation(fields: Partial<Evaluation>): Evaluation {
  index += 1;
  return {
    ID: `e${index}`,
    JobID: 'web',
    Namespace: 'default',
    JobModifyIndex: 1,
    Status: 'complete',
    TriggeredBy: 'job-register',
    CreateIndex: index,
    ModifyIndex: index,
    ...fields,
  };
}

const failed = { FailedTGAllocs: { app: metric } };
const later = '2100-01-01T00:00:00Z';
const unset = '0001-01-01T00:00:00Z';

test.each<[string, readonly Evaluation[], string]>([
  ['nothing is left to do', [evaluation({})], 'idle'],
  ['nothing is known', [], 'idle'],
  ['an evaluation is pending', [evaluation({}), evaluation({ Status: 'pending', WaitUntil: unset })], 'scheduling'],
  ['one waits for its time', [evaluation({}), evaluation({ Status: 'pending', WaitUntil: later })], 'rescheduling'],
  ['one waits for room', [evaluation(failed), evaluation({ Status: 'blocked', ...failed })], 'blocked'],
  [
    'one waits for room, though another went through',
    [evaluation({ Status: 'blocked', ...failed }), evaluation({})],
    'blocked',
  ],
  ['a system job fits no node', [evaluation(failed)], 'blocked'],
  ['room was found', [evaluation(failed), evaluation({ Status: 'canceled', ...failed }), evaluation({})], 'idle'],
])('%s', (_, evaluations, kind) => {
  expect(readOutlook(evaluations).kind).toBe(kind);
  expect(readOutlook([...evaluations].reverse()).kind).toBe(kind);
});

test('what Nomad gave up is told in its words', () => {
  const trouble = 'maximum attempts reached (5)';
  expect(readOutlook([evaluation({ Status: 'failed', StatusDescription: trouble })])).toEqual({
    kind: 'idle',
    trouble,
  });
  const next = evaluation({ Status: 'pending', TriggeredBy: 'failed-follow-up' });
  expect(
    readOutlook([evaluation({ Status: 'failed', StatusDescription: trouble, NextEval: next.ID }), next]).kind,
  ).toBe('scheduling');
});

test('groups without a place are told of by name, in whatever order they came, with the drivers that they need', () => {
  const missing = { ...metric, DimensionExhausted: null, ConstraintFiltered: { 'missing drivers': 1 } };
  const job = specification({ TaskGroups: [group('b', { Tasks: [{ Name: 'server', Driver: 'docker' }] })] });
  const told = (FailedTGAllocs: Evaluation['FailedTGAllocs']) => {
    const outlook = readOutlook([evaluation({ Status: 'blocked', FailedTGAllocs })], job);
    return outlook.kind === 'blocked' ? describeBlocked(outlook.groups) : '';
  };
  const words =
    'group "a" cannot be placed: not enough memory: 1 of 1 nodes exhausted; group "b" cannot be placed: 1 of 1 nodes lack the driver "docker"';
  expect(told({ b: missing, a: metric })).toBe(words);
  expect(told({ a: metric, b: missing })).toBe(words);
});

test('the newest word counts: of what waits for room, and of what was last looked at', () => {
  const other = { FailedTGAllocs: { side: metric } };
  const groupsOf = (...evaluations: Evaluation[]) => {
    const outlook = readOutlook(evaluations);
    return outlook.kind === 'blocked' ? [...outlook.groups.keys()] : outlook.kind;
  };
  expect(groupsOf(evaluation({ Status: 'blocked', ...failed }), evaluation({ Status: 'blocked', ...other }))).toEqual([
    'side',
  ]);
  expect(groupsOf(evaluation(other), evaluation(failed))).toEqual(['app']);
  expect(groupsOf(evaluation({ Status: 'blocked' }), evaluation({}))).toBe('scheduling');
  expect(groupsOf(evaluation({ Status: 'blocked' }), evaluation(failed))).toEqual(['app']);
});
