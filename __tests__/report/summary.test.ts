import { describe, expect, test } from '@jest/globals';
import { toHtml } from '../../scripts/preview/render.ts';
import { ActionError } from '../../src/errors.ts';
import { worstDiagnosis } from '../../src/report/annotation.ts';
import { ganttChart } from '../../src/report/gantt.ts';
import { SUMMARY_LIMIT, summaryOf } from '../../src/report/summary.ts';
import type { Result } from '../../src/result.ts';
import { mermaid } from '../support/mermaid.ts';
import { hostileResult, PAYLOADS, prose, structure } from './support/hostile.ts';
import { job, SCENARIOS, settingsFor } from './support/results.ts';
import { scenarioOf } from './support/scenarios.ts';

const settings = settingsFor('deploy');
const summary = (result: Result) => summaryOf(result, settings, 20_000);

function scenario(name: string): string {
  const { result, settings, end } = scenarioOf(name);
  return summaryOf(result, settings, end);
}

describe('the first line says it all', () => {
  test.each([
    ['deploy-good', '✅ `shop-production` is deployed: 3 jobs running and healthy'],
    ['deploy-unchanged', '✅ `shop-production` was deployed already: nothing changed, 3 jobs running and healthy'],
    ['deploy-pending', '⏳ `shop-production` is registered, and nobody waited for its rollout (1 job)'],
    [
      'deploy-failed',
      '❌ `deploy` of `shop-production` failed: Job "shop-api" is not healthy: task "server" of group "api" exited with code 1: no such table: users',
    ],
    [
      'deploy-reverted',
      '↩️ `deploy` of `shop-production` failed and was reverted: Job "shop-api" is not healthy: task "server" of group "api" exited with code 1',
    ],
    ['deploy-cancelled', '🚫 `deploy` of `shop-production` was cancelled'],
    ['plan-changes', '📝 A deploy of `shop-production` would create 1 job, update 1 job, replace 1 job, stop 1 job'],
    ['plan-none', '✅ A deploy of `shop-production` would change nothing'],
    ['plan-refused', '⛔ A deploy of `shop-production` would be refused'],
    [
      'status',
      '❌ `shop-production` is running and unhealthy: job "shop-api": task "server" of group "api" exited with code 1: no such table: users',
    ],
    ['destroy', '✅ `shop-production` is destroyed'],
    ['destroy-absent', '✅ `shop-production` is absent: there was nothing to destroy'],
    ['input-error', '❌ `deploy` failed: 3 inputs are wrong.'],
    ['setup', '✅ nomad-pack 0.4.2 is installed'],
  ])('%s', (name, line) => {
    expect(scenario(name).split('\n')[0]).toBe(`### ${line}`);
  });
});

test('a plan names the jobs that get new allocations and stay as they are', () => {
  const { result } = scenarioOf('plan-changes');
  const jobs = (result.planData?.jobs ?? [])
    .slice(0, 1)
    .map((job) => ({ ...job, action: 'redeploy' as const, diff: [], fields: [] }));
  const planData = { ...result.planData, jobs, versionChanges: [] } as unknown as NonNullable<typeof result.planData>;
  const text = summaryOf({ ...result, planData }, settingsFor('plan'), 1);
  expect(text.split('\n')[0]).toBe('### 📝 A deploy of `shop-production` would redeploy 1 job');
  expect(text).toMatch(/🔁&nbsp;redeploy \| .*shop-api.*1 replace, 2 unchanged.* \| – \|/);
  expect(text).toContain('Digest of the plan');
});

describe('the first line of', () => {
  const good = scenarioOf('deploy-unchanged').result;
  test.each([
    ['promote', true, '✅ `shop-production` is promoted: 3 jobs running and healthy'],
    ['promote', false, '✅ `shop-production` has nothing to promote'],
    ['stop', true, '✅ `shop-production` is stopped'],
    ['stop', false, '✅ `shop-production` had nothing to stop'],
    ['render', false, '✅ Pack `shop` is rendered'],
    ['status', false, '✅ `shop-production` is running and healthy (3 jobs)'],
  ] as const)('%s (changed: %s)', (operation, changed, line) => {
    const result = { ...good, operation, changed };
    expect(summaryOf(result, settingsFor(operation), 1).split('\n')[0]).toBe(`### ${line}`);
  });
});

describe('a failure', () => {
  test('says what to do, shows the jobs, the events and the end of the log', () => {
    const html = toHtml(scenario('deploy-failed'));
    expect(html).toContain('<strong>What to do:</strong> The end of the task’s log is below.');
    expect(html).toContain('<code>failure-reason</code>: <code>unhealthy</code>');
    expect(html).toContain(
      '<a href="https://nomad.example.com:4646/ui/jobs/shop-api@production"><code>shop-api</code></a>',
    );
    expect(html).toContain('<code>api</code> 1 / 3, 2 unhealthy<br><code>migrate</code> 1 / 1');
    expect(html).toContain('<li>Terminated: Exit Code: 1</li>');
    expect(html).toContain('panic: no such table: users');
  });

  test('of which there is no more to say is not folded', () => {
    const placement = { cause: 'group "app": no room', reason: 'placement', events: [], log: '' } as const;
    const result: Result = {
      operation: 'deploy',
      status: 'pending',
      health: 'unknown',
      changed: true,
      jobs: [job('huge', { diagnosis: placement })],
      phases: [],
      timeline: [],
      notices: [],
    };
    expect(summary(result)).toContain('\n`huge`: group "app": no room\n');
    expect(summary(result)).not.toContain('<details open>');
  });

  test('of several jobs begins with one that is unhealthy', () => {
    const ill = (id: string, health: 'unhealthy' | 'unknown') =>
      job(id, { health, diagnosis: { cause: 'why', reason: 'unhealthy', events: ['boom'], log: '' } });
    const result: Result = {
      operation: 'deploy',
      status: 'failed',
      health: 'unhealthy',
      changed: true,
      jobs: [job('well'), ill('waits', 'unknown'), ill('fails', 'unhealthy')],
      phases: [],
      timeline: [],
      notices: [],
    };
    expect(summary(result)).toMatch(
      /<details open>\n<summary><code>fails<\/code>: why[\s\S]*<details>\n<summary><code>waits<\/code>: why/,
    );
    expect(worstDiagnosis(result)).toMatch(/^Job fails \(and 1 more, see the summary\): why/);
  });

  test('of the inputs lists each of them', () => {
    expect(toHtml(scenario('input-error'))).toContain(
      '<li>Input <code>on_failure</code> must be one of <code>keep</code>, <code>revert</code> (got <code>rollback</code>; did you mean <code>revert</code>?).</li>\n<li>Input <code>pack</code> is',
    );
  });

  test('that another program explains is shown as that said it', () => {
    const failure = new ActionError('nomad-pack-failed', 'It failed:\n! Title\n!   Error: boo');
    expect(summary({ ...hostileResult('x'), failure })).toContain('```\n! Title\n!   Error: boo\n```');
  });
});

test('a plan shows a table of what would change, then the differences', () => {
  const markdown = scenario('plan-changes');
  expect(markdown).toContain(
    '| ♻️&nbsp;replace | `shop-api` | `production` | `shop-api`: 1 replace, 2 unchanged | fits |',
  );
  expect(markdown).toContain('⚠️ shop-search: no node has 16,384 MB of memory free');
  expect(markdown).toContain(
    '<details open>\n<summary><code>shop-api</code>: 4 differences</summary>\n\n```diff\n! group "api"',
  );
  expect(markdown).toContain('From what to what: ref v1.3.2 → v1.4.0.');
  expect(markdown.indexOf('| Action |')).toBeLessThan(markdown.indexOf('| Job | Namespace | Type |'));
});

test('how long it took is a table, then a picture', () => {
  const markdown = scenario('deploy-failed');
  expect(markdown).toContain('| Watch the rollout | 2.1 s | 18 s |');
  expect(markdown).toContain('| 8.4 s | `shop-web` | 2 of 3 healthy |');
  expect(markdown.indexOf('| Phase |')).toBeLessThan(markdown.indexOf('```mermaid'));
});

describe('nothing that others write breaks out', () => {
  test.each(PAYLOADS)('%j', (payload) => {
    const markdown = summary(hostileResult(payload));
    expect(structure(markdown)).toEqual(structure(summary(hostileResult('harmless'))));
    expect(prose(markdown)).not.toMatch(/[@#][a-z0-9]/i);
  });

  test.each(PAYLOADS)('of the first line: %j', (payload) => {
    const failure = new ActionError('unhealthy', payload);
    const [line = ''] = summaryOf(
      { ...hostileResult(payload), failure },
      { ...settings, deploymentName: payload },
      1,
    ).split('\n');
    expect(structure(line)).toEqual(['<h3', '</h3']);
    expect(prose(line)).not.toMatch(/[@#][a-z0-9]/i);
  });
});

describe('Mermaid draws the picture', () => {
  test.each(
    [...SCENARIOS.map(({ name, result, end }) => [name, ganttChart(result, end)] as const)].filter(
      ([, chart]) => chart !== '',
    ),
  )('of %s', async (_, chart) => {
    await expect(mermaid.parse(chart)).resolves.toMatchObject({ diagramType: 'gantt' });
  });

  test.each([
    ...PAYLOADS,
    '',
    'título – 任务',
    'done',
    'title x',
    'todayMarker off',
    'dateFormat X',
    'crit',
    'milestone',
  ])('whatever a job is called: %j', async (name) => {
    const timeline = [
      { at: 1, text: name, job: name },
      { at: 5, text: name },
    ];
    const chart = ganttChart({ phases: [{ name, start: 0, duration: 1 }], timeline }, 10);

    await expect(mermaid.parse(chart)).resolves.toMatchObject({ diagramType: 'gantt' });
    expect(chart.match(/^ {4}.* : 2000-/gm)).toHaveLength(3);
  });
});

describe('it fits, whatever the pack', () => {
  const huge = '`<&🔑'.repeat(400_000);
  const many = Array.from({ length: 3_000 }, (_, index) => index);

  test.each<[string, Result]>([
    ['every text is huge', hostileResult(huge)],
    [
      'there are thousands of jobs',
      { ...hostileResult('x'), jobs: many.map((index) => job(`job-${index}-${'x'.repeat(100)}`)) },
    ],
    [
      'there are thousands of notices',
      { ...hostileResult('x'), notices: many.map((index) => `notice ${index} ${huge.slice(0, 3000)}`) },
    ],
    [
      'there are thousands of events',
      { ...hostileResult('x'), timeline: many.map((at) => ({ at, text: huge.slice(0, 900), job: `job-${at}` })) },
    ],
  ])('when %s', (_, result) => {
    const markdown = summary(result);
    expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(SUMMARY_LIMIT);
    expect(markdown).toMatch(/^### ❌ `plan` of `shop-production` failed/);
    expect(markdown).toMatch(/left out|not shown|more with trouble/);
  });
});
