import { describe, expect, test } from '@jest/globals';
import type { CombinedEnd } from '../../src/combined.ts';
import { ActionError } from '../../src/errors.ts';
import { COMBINED_SUMMARY_LIMIT, combinedReportOf, combinedSummary } from '../../src/report/combined.ts';
import { combinedCommentBody, combinedMarker } from '../../src/report/combined-comment.ts';
import { needsGraph } from '../../src/report/combined-sections.ts';
import { COMMENT_LIMIT } from '../../src/report/comment.ts';
import type { ReviewSettings } from '../../src/settings/settings.ts';
import { mermaid } from '../support/mermaid.ts';
import { COMBINED_SCENARIOS, deploymentsOf, planOf, SHOP } from './support/combined-results.ts';
import { hostileResult } from './support/hostile.ts';

const REVIEW: ReviewSettings = { failOnChanges: false, failOnUnhealthy: false, comment: 'auto' };
const CONTEXT = {
  secrets: { redact: (text: string) => text },
  took: 1,
  now: new Date(0),
  runUrl: 'https://github.com/r',
};

function scenario(name: string): CombinedEnd {
  const found = COMBINED_SCENARIOS.find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no scenario ${name}`);
  return found.end;
}

const failed = scenario('many-failed');
const planned = scenario('many-plan');

const HOSTILE = '</details> | `x` <script> @everyone ```\n';

/** A file of so many deployments, each needing the one before. */
function chain(length: number): Record<string, readonly string[]> {
  return Object.fromEntries(
    Array.from({ length }, (_, index) => [`service-${index}`, index === 0 ? [] : [`service-${index - 1}`]]),
  );
}

function comment(end: CombinedEnd, review: Partial<ReviewSettings> = {}) {
  return combinedReportOf(end, { ...REVIEW, ...review }, CONTEXT).comment;
}

/** Mermaid looks at labels with the help of a browser, so it is given the picture without them; what they hold cannot end them. */
async function expectPicture(graph: string): Promise<void> {
  const labels = [...graph.matchAll(/\[(.*)\]/g)].map((match) => match[1] ?? '');
  expect(labels.length).toBeGreaterThan(0);
  for (const label of labels) expect(label).toMatch(/^"[A-Za-z0-9][A-Za-z0-9._-]*"$/);
  expect((await mermaid.parse(graph.replace(/\[.*\]/g, ''))).diagramType).toMatch(/^flowchart/);
}

describe('the summary', () => {
  test('says it all in a line, then has the worst first, and a part for each', () => {
    const text = combinedSummary(failed);
    expect(text).toMatch(/^### ❌ `deploy` of 10 deployments in `production`&#58; 7 went well, 1 failed, 2 skipped$/m);
    const rows = [...text.matchAll(/^\| `([\w-]+)` \|/gm)].map((match) => match[1]);
    expect(rows.slice(0, 10)).toEqual([
      'orders',
      'api',
      'web',
      'accounts',
      'old',
      'db',
      'queue',
      'cache',
      'search',
      'docs',
    ]);
    const parts = [...text.matchAll(/^<details( open)?>\n<summary>. ?<code>([\w-]+)<\/code>/gmu)];
    expect(text.match(/<summary>\S+ <code>/g)).toHaveLength(10);
    expect(text).toMatch(/<details open>\n<summary>❌ <code>orders<\/code>/);
    expect(text).toContain('**What to do:** The end of the task’s log is below.');
    expect(parts.length).toBeGreaterThan(0);
  });

  test('has a picture of what needs what, coloured by result', async () => {
    const graph = needsGraph(failed);
    await expectPicture(graph);
    expect(graph).toContain('["orders"]:::bad');
    expect(graph).toContain('["web"]:::idle');
    expect(graph).toContain('["db"]:::good');
    expect(needsGraph(planned)).toContain('["orders"]:::changed');
    expect(combinedSummary(failed)).toContain('```mermaid\nflowchart LR');
    // `end`, `default` and the like mean something to Mermaid.
    const words = { end: [], default: ['end'], class: ['default'], '0.1_x-y': ['class'] };
    const odd = { ...failed, deployments: deploymentsOf('deploy', words, () => ({})) };
    await expectPicture(needsGraph(odd));
  });

  test('has no picture where nothing needs anything, or where nobody could read it', () => {
    const of = (needs: Record<string, readonly string[]>) =>
      needsGraph({ ...failed, deployments: deploymentsOf('deploy', needs, () => ({})) });
    expect(of({ a: [], b: ['elsewhere'] })).toBe('');
    expect(of(chain(100))).not.toBe('');
    expect(of(chain(101))).toBe('');
  });

  test.each([0, 1, 200, 3000])('of %d deployments fits, whatever came of them', (length) => {
    const deployments = deploymentsOf('deploy', chain(length), () => ({
      ...hostileResult(HOSTILE),
      operation: 'deploy',
    }));
    const text = combinedSummary({ ...failed, deployments });
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(COMBINED_SUMMARY_LIMIT);
    if (length === 200) expect(text.match(/<summary>\S+ <code>service-\d+<\/code>/g)).toHaveLength(200);
    if (length === 3000) expect(text).toMatch(/more deployments; the output `results` has all\./);
    if (length === 0) expect(text).toContain('`deploy` of 0 deployments in `production`&#58; nothing to do');
  });

  test('tells what ended the step as such', () => {
    const failure = new ActionError('download', 'nomad-pack could not be downloaded.', { hint: 'Wait.' });
    expect(combinedSummary({ ...failed, failure, deployments: [] })).toContain('**What to do:** Wait.');
  });
});

describe('the comment', () => {
  test('is kept for a plan, one for each file, environment and label', () => {
    expect(comment(failed)).toBeUndefined();
    expect(comment(planned, { comment: 'never' })).toBeUndefined();
    expect(comment({ ...planned, failure: new ActionError('cancelled', 'Cancelled.') })).toBeUndefined();
    expect(comment(planned)).toMatchObject({ hasNews: true, always: false });
    const { environment: _, ...without } = planned;
    const markers = [
      combinedMarker(planned, REVIEW),
      combinedMarker({ ...planned, environment: 'staging' }, REVIEW),
      combinedMarker({ ...planned, file: 'other.yaml' }, REVIEW),
      combinedMarker(planned, { ...REVIEW, commentLabel: 'blue' }),
      combinedMarker(without, REVIEW),
    ];
    expect(new Set(markers).size).toBe(5);
    for (const marker of markers) expect(marker).toMatch(/^<!-- nomad-pack-action plan [0-9a-f]{32} -->$/);
  });

  test('has the table first, then a part for each that changes, and the one digest', () => {
    const text = comment(planned)?.body('8f2d1bc0a4ff00') ?? '';
    expect(text).toContain('#### 📝 `plan` of 10 deployments in `production`&#58; 4 would change, 6 would not');
    expect(text).toContain('| `old` (`state: absent`) | 📝 would stop 1 job |');
    expect(text).toContain('| `web` | 📝 would update 1 job | ref v1.3.2 → v1.4.0 |');
    expect(text.indexOf('| `web`')).toBeLessThan(text.indexOf('<details>'));
    expect(text.match(/<summary>/g)?.length).toBeGreaterThanOrEqual(4);
    expect(text).toContain(`\`plan_digest\`: \`${planned.planDigest}\``);
    expect(text).toContain('Planned for `8f2d1bc0a4ff`');
  });

  test('is folded away where nothing would change', () => {
    const deployments = deploymentsOf('plan', SHOP, (key) => planOf(key, 'none'));
    const quiet = comment({ ...planned, changed: false, deployments });
    expect(quiet?.hasNews).toBe(false);
    expect(quiet?.body('')).not.toContain('plan_digest');
    expect(quiet?.body('')).toMatch(/<details>\n<summary>✅ <code>plan<\/code> of 10 deployments/);
  });

  test('says what would be refused', () => {
    const deployments = deploymentsOf('plan', { web: [] }, (key) => {
      const plan = planOf(key, 'update');
      return {
        ...plan,
        ...(plan.planData && {
          planData: { ...plan.planData, refusals: ['It would stop somebody else’s job.'], advice: ['Ask them.'] },
        }),
      };
    });
    expect(comment({ ...planned, deployments })?.body('')).toContain(
      '#### ⛔ `plan` of 1 deployment in `production`&#58; 0 would change, 1 would be refused',
    );
    expect(comment({ ...planned, deployments })?.body('')).toContain('**What to do:** Ask them.');
    expect(needsGraph({ ...planned, deployments })).toBe('');
  });

  test.each([1, 200, 2000])('of %d deployments fits, whatever they are', (length) => {
    const deployments = deploymentsOf('plan', chain(length), () => ({ ...hostileResult(HOSTILE), operation: 'plan' }));
    const context = { marker: combinedMarker(planned, REVIEW), commit: 'f'.repeat(40), runUrl: CONTEXT.runUrl };
    const body = combinedCommentBody({ ...planned, deployments }, context);
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(COMMENT_LIMIT);
    expect(body).toContain('This comment is kept up to date.');
    // What failed is nothing to approve.
    expect(body).not.toContain('Digest over all plans');
  });
});

test('the log ends with a table', () => {
  const lines = combinedReportOf(failed, REVIEW, CONTEXT).lines();
  expect(lines[0]).toBe('  Deployment  Status   Health     Changed');
  expect(lines).toContain(
    '  api         unknown  unknown    no       ⏭️ `api` was not begun: `orders`, which it needs, failed.',
  );
  expect(lines.at(-1)).toBe('❌ `deploy` of 10 deployments in `production`: 7 went well, 1 failed, 2 skipped');
  expect(combinedReportOf({ ...failed, deployments: [] }, REVIEW, CONTEXT).lines()).toHaveLength(1);
});
