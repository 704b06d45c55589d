import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readActionFile } from '../../scripts/support/action-file.ts';
import { ROOT } from '../../scripts/support/paths.ts';
import { ActionError, FAILURE_REASONS } from '../../src/errors.ts';
import { OPERATION_NAMES, OPERATIONS } from '../../src/operations.ts';
import { combinedReportOf } from '../../src/report/combined.ts';
import { outputsOf } from '../../src/report/outputs.ts';
import type { Result } from '../../src/result.ts';
import { INPUT_NAMES, type InputName } from '../../src/settings/inputs.ts';
import { loadSettings } from '../../src/settings/load.ts';
import { inputsSchema } from '../../src/settings/schema.ts';
import { scenarioOf } from '../report/support/scenarios.ts';

const action = readActionFile();

const PAGES_AND_EXAMPLES = ['README.md', 'docs', 'examples/workflows', 'examples/fleet/.github/workflows'].flatMap(
  (path) =>
    path.endsWith('.md')
      ? [join(ROOT, path)]
      : globSync(`${path}/*.{md,yml}`, { cwd: ROOT }).map((name) => join(ROOT, name)),
);

describe('action.yml and what the action does with it', () => {
  test('has the inputs that the action reads, in the same order', () => {
    expect(Object.keys(action.inputs)).toEqual([...INPUT_NAMES]);
  });

  // Of the runner, which the schema cannot know.
  const schemaless: InputName[] = ['github_token'];
  // They fall back to the environment first, so action.yml must not set them.
  const fromEnvironment: InputName[] = ['nomad_namespace', 'nomad_skip_verify'];

  test.each(INPUT_NAMES.filter((name) => !schemaless.includes(name)))('has the default of %s', async (name) => {
    const schema = inputsSchema.shape[name];
    const without = await schema.safeParseAsync(undefined);
    expect(without.success).toBe(true);
    const { default: set, description = '' } = action.inputs[name] ?? {};
    // An input that is set wins over a deployments file: what that may say, too, has its default in the description only.
    const written = set ?? /Defaults to `([a-z0-9]+)`/.exec(description)?.[1];
    if (written !== undefined) expect(await schema.parseAsync(written)).toEqual(without.data);
    else if (!fromEnvironment.includes(name)) expect([undefined, '', []]).toContainEqual(without.data);
  });

  test('describes every input and output in sentences', () => {
    for (const { description } of [...Object.values(action.inputs), ...Object.values(action.outputs)]) {
      expect(description.trim()).toMatch(/^[A-Z`].*\.$/s);
    }
  });

  test('has the outputs that a step with everything to tell sets', async () => {
    const { settings } = await loadSettings(
      { deployment_name: 'production', pack: './examples/packs/web', nomad_addr: 'http://127.0.0.1:4646' },
      { workspace: ROOT, variableOf: () => undefined, keepPrivate: async () => '' },
    );
    const result: Required<Result> = {
      operation: 'plan',
      status: 'running',
      health: 'healthy',
      changed: true,
      isDryRun: false,
      jobs: [scenarioOf('deploy-good').result.jobs[0] as Result['jobs'][number]],
      failure: new ActionError('changes', 'It would change.'),
      registrySha: 'c0ffee',
      nomadPackVersion: '0.4.2',
      nomadPackPath: '/nomad-pack',
      plan: 'Plan',
      planData: { jobs: [], changed: true, digest: 'sha256:0', versionChanges: [], refusals: [] },
      renderedPath: '/rendered',
      matrix: [],
      planFile: '/plan',
      phases: [],
      timeline: [],
      notices: [],
    };
    const outputs = outputsOf(result, settings, { id: 'web/production', now: new Date(0) });
    const { failure, planData, ...rest } = result;
    const combined = combinedReportOf(
      { ...rest, file: 'nomad-packs.yaml', planDigest: planData.digest, deployments: [], failure },
      { failOnChanges: false, failOnUnhealthy: false, comment: 'never' },
      { secrets: { redact: (text) => text }, took: 0, now: new Date(0), runUrl: undefined },
    );
    const names = new Set([...Object.keys(outputs), ...Object.keys(combined.outputs())]);
    expect([...names].sort()).toEqual(Object.keys(action.outputs).sort());
  });

  test('has its operations in README.md and docs/operations.md, with what they need and change', () => {
    const rows = (page: string) => [...readFileSync(join(ROOT, page), 'utf8').matchAll(/^\| \[?`(\w+)`(.*)\|$/gm)];
    const isOperation = ([, name = '']: string[]) => (OPERATION_NAMES as string[]).includes(name);
    expect(
      rows('README.md')
        .filter(isOperation)
        .map(([, name]) => name),
    ).toEqual(expect.arrayContaining([...OPERATION_NAMES]));
    const documented = rows('docs/operations.md')
      .filter(([row]) => row.startsWith('| [`'))
      .map(([row, name = '']) => {
        const [, , , needs, changes] = row.split('|').map((cell) => cell.trim());
        return { name, needs, changes };
      });
    const expected = OPERATION_NAMES.map((name) => {
      const { needs, changesCluster } = OPERATIONS[name];
      const has = (input: InputName) => (needs as readonly InputName[]).includes(input);
      const parts = [
        ...(has('registry_source') ? ['pack', 'registry'] : []),
        ...(has('nomad_addr') ? ['cluster'] : []),
      ].join(', ');
      return { name, needs: parts || 'nothing', changes: changesCluster ? 'yes' : 'no' };
    });
    const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
    expect(documented.sort(byName)).toEqual(expected.sort(byName));
  });

  test('has its failure reasons in docs/failure-reasons.md, each once', () => {
    const page = readFileSync(join(ROOT, 'docs', 'failure-reasons.md'), 'utf8');
    const documented = [...page.matchAll(/^\| `([a-z-]+)` \|/gm)].map((match) => match[1]);
    expect(documented.sort()).toEqual([...FAILURE_REASONS].sort());
    const anchors = [...page.matchAll(/^\| `([a-z-]+)` \| <a id="([a-z-]+)"><\/a>/gm)];
    expect(anchors.map(([, reason, id]) => [reason, id])).toEqual(anchors.map(([, reason]) => [reason, reason]));
    expect(anchors).toHaveLength(FAILURE_REASONS.length);
  });
});

test('every failure-reason that a page or an example names is one', () => {
  const named = PAGES_AND_EXAMPLES.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/failure-reason(?:'\]|`)? ?(?:==|!=|:|is) ?['"`]([a-z-]+)['"`]/g)].map(
      (match) => [file, match[1]],
    ),
  );
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter(([, reason]) => !(FAILURE_REASONS as readonly string[]).includes(reason ?? ''))).toEqual([]);
});
