import { describe, expect, test } from '@jest/globals';
import { ActionError } from '../../src/errors.ts';
import { Secrets } from '../../src/report/redact.ts';
import { reportOf } from '../../src/report/report.ts';
import type { DeploymentSettings } from '../../src/settings/settings.ts';
import { scenarioOf } from './support/scenarios.ts';

const { result, ...planned } = scenarioOf('plan-changes');
const settings = planned.settings as DeploymentSettings;
const failure = new ActionError(
  'nomad-unreachable',
  `Nomad at ${settings.nomad.address} cannot be reached: getaddrinfo ENOTFOUND nomad.example.com`,
);

function texts(
  isPublic: boolean,
  commentAddress: boolean,
  { address = settings.nomad.address, words = failure } = {},
): { comment: string; summary: string } {
  const context = { secrets: new Secrets({ mask: () => {} }), took: 1, now: new Date(0), runUrl: undefined, isPublic };
  const end = {
    result: { ...result, failure: words },
    settings: {
      ...settings,
      nomad: { ...settings.nomad, address },
      review: { ...settings.review, ...(commentAddress && { commentAddress }) },
    },
  };
  const report = reportOf(end, context);
  return { comment: report.comment?.body('') ?? '', summary: report.summary() };
}

describe('the address of the cluster', () => {
  test('is not shown in a comment that everybody reads, and is in the summary', () => {
    const { comment, summary } = texts(true, false);
    expect(comment).not.toContain('example.com:4646');
    expect(comment).not.toContain('nomad.example.com');
    expect(comment).toContain('Nomad at (address) cannot be reached');
    expect(comment).toContain('in namespace `production`');
    expect(summary).toContain('nomad.example.com');
  });

  test.each([
    [
      'http://127.0.0.1:4646',
      'asked 127.0.0.1:4646; proxy to 127.0.0.1:9000',
      'asked (address); proxy to 127.0.0.1:9000',
    ],
    ['http://nomad:4646', 'nomad-pack asked nomad:4646', 'nomad-pack asked (address)'],
    ['https://10.1.2.3:4646', '10.1.2.3 and 10.1.2.30 and 110.1.2.3', '(address) and 10.1.2.30 and 110.1.2.3'],
    [
      'https://nomad.example.com',
      'nomad.example.com. x.nomad.example.com, nomad.example.community',
      '(address). x.nomad.example.com, nomad.example.community',
    ],
    ['https://[fd00::1]:4646', 'at [fd00::1]:4646', 'at (address)'],
  ])('of %s hides nothing else', (address, said, shown) => {
    const { comment } = texts(true, false, { address, words: new ActionError('nomad-unreachable', said) });
    expect(comment).toContain(shown);
  });

  test.each([
    [true, true],
    [false, false],
  ])('is shown to everybody (%p) where that is asked for (%p), and to those who may read the repository', (...how) => {
    expect(texts(...how).comment).toContain('nomad.example.com');
  });
});

test('nothing is green in a red result', () => {
  const failed = scenarioOf('deploy-failed');
  const report = reportOf(failed, {
    secrets: new Secrets({ mask: () => {} }),
    took: 1,
    now: new Date(0),
    runUrl: undefined,
  });
  expect(report.summary()).toContain('⚪&nbsp;running');
  expect(report.summary()).not.toContain('🟢');
});
