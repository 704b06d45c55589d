import { expect, test } from '@jest/globals';
import type { AllocationMetric, Evaluation } from '../../../src/nomad/api.ts';
import { readOutlook } from '../../../src/nomad/rollout/outlook.ts';

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
