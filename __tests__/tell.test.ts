import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { failure, fault, type GitHub, startGitHub, workflowToken } from 'nomad-pack-sandbox/github/index.ts';
import { parse } from 'yaml';
import { ActionError } from '../src/errors.ts';
import { WorkRecord } from '../src/record.ts';
import { createLog } from '../src/report/log.ts';
import { Secrets } from '../src/report/redact.ts';
import type { Result } from '../src/result.ts';
import { issueCommand, printLine } from '../src/runner/commands.ts';
import type { Settings } from '../src/settings/settings.ts';
import { tell, tellCombined } from '../src/tell.ts';
import { COMBINED_SCENARIOS } from './report/support/combined-results.ts';
import { hostileResult } from './report/support/hostile.ts';
import { job, SCENARIOS, settingsFor } from './report/support/results.ts';
import { obeyedCommands, parseOutputs } from './report/support/runner.ts';
import { scenarioOf } from './report/support/scenarios.ts';
import { captureStdout } from './report/support/stdout.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'report-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Given {
  readonly secrets?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
}

async function run(result: Result, settings: Settings | undefined, given?: Given) {
  return await telling((step) => tell({ result, settings }, step), given);
}

async function telling(
  write: (step: Parameters<typeof tellCombined>[2]) => Promise<unknown>,
  { secrets: values = {}, environment = {} }: Given = {},
) {
  const output = join(folder, 'output');
  const summary = join(folder, 'summary');
  for (const file of [output, summary]) writeFileSync(file, '');
  const all = {
    GITHUB_OUTPUT: output,
    GITHUB_STEP_SUMMARY: summary,
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REPOSITORY: 'octo/shop',
    GITHUB_RUN_ID: '42',
    ...environment,
  };
  const secrets = new Secrets({ mask: () => {} });
  for (const [name, value] of Object.entries(values)) secrets.add(name, value);
  const record = new WorkRecord(() => 0);
  const elapsed = () => 1_500;
  const { signal } = new AbortController();
  const log = createLog({
    output: { line: printLine, command: issueCommand },
    secrets,
    debugging: false,
    record,
    elapsed,
  });
  const stdout = await captureStdout(() =>
    write({
      environment: all,
      log,
      secrets,
      elapsed,
      signal,
      githubToken: workflowToken,
      part: () => ({ log, record }),
    }),
  );
  return {
    stdout,
    notices: record.history().notices,
    outputs: parseOutputs(readFileSync(output, 'utf8')),
    summary: readFileSync(summary, 'utf8'),
  };
}

const runScenario = (name: string, given?: Given) => run(scenarioOf(name).result, scenarioOf(name).settings, given);

describe('outputs', () => {
  test('are those that action.yml names', async () => {
    const declared = Object.keys(parse(readFileSync('action.yml', 'utf8')).outputs);
    const everything = await run(
      { ...hostileResult('x'), nomadPackPath: '/x', renderedPath: '/y', planFile: '/z', matrix: [] },
      settingsFor('deploy'),
    );
    // `results` is of a step over many deployments.
    expect([...Object.keys(everything.outputs), 'results'].sort()).toEqual(declared.sort());
  });

  test('of a deploy', async () => {
    const { outputs } = await runScenario('deploy-good');
    expect(outputs).toMatchObject({
      'deployment-id': 'shop/shop-production',
      status: 'running',
      health: 'healthy',
      changed: 'true',
      'failure-reason': '',
      'registry-sha': 'a94a8fe5ccb19ba61c4c0873d391e987982fbbd3',
      'nomad-pack-version': '0.4.2',
    });
    expect(JSON.parse(outputs['deployment'] ?? '')).toEqual({
      id: 'shop/shop-production',
      name: 'shop-production',
      platform: 'nomad',
      operation: 'deploy',
      status: 'running',
      health: 'healthy',
      changed: true,
      pack: 'shop',
      registry: 'platform',
      registry_source: 'https://github.com/example/packs.git',
      ref: 'v1.4.0',
      commit: 'a94a8fe5ccb19ba61c4c0873d391e987982fbbd3',
      nomad_address: 'https://nomad.example.com:4646',
      namespace: 'production',
      nomad_pack_version: '0.4.2',
      deployed_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      run_url: 'https://github.com/octo/shop/actions/runs/42',
    });
    expect(JSON.parse(outputs['jobs'] ?? '')[0]).toEqual({
      id: 'shop-api',
      namespace: 'production',
      type: 'service',
      status: 'running',
      health: 'healthy',
      version: 12,
      nomad_deployment_id: '0d5f6b8e-2f0c-4c9b-a7a1-5d1a3f7f9c11',
      groups: [{ name: 'shop-api', desired: 3, placed: 3, healthy: 3, unhealthy: 0 }],
      url: 'https://nomad.example.com:4646/ui/jobs/shop-api@production',
    });
  });

  test('of a failure tell why, and the id all the same', async () => {
    const { outputs } = await runScenario('deploy-failed');
    expect(outputs).toMatchObject({
      'deployment-id': 'shop/shop-production',
      'failure-reason': 'unhealthy',
      changed: 'true',
    });
    expect(JSON.parse(outputs['jobs'] ?? '')[0].cause).toContain('exited with code 1');
  });

  test('of wrong inputs are few, but say what is known', async () => {
    expect((await runScenario('input-error')).outputs).toEqual({
      status: 'unknown',
      health: 'unknown',
      changed: 'false',
      'awaiting-promotion': 'false',
      jobs: '[]',
      'failure-reason': 'input',
    });
  });

  test('of a pack that is a directory name it instead of a registry', async () => {
    const settings = {
      ...settingsFor('deploy'),
      pack: { kind: 'directory', name: 'web', path: '/w/packs/web', written: './packs/web' } as const,
    };
    const { outputs } = await run(scenarioOf('deploy-good').result, settings);
    const record = JSON.parse(outputs['deployment'] ?? '');
    expect(record).toMatchObject({ id: 'web/shop-production', directory: './packs/web' });
    expect(record).not.toHaveProperty('registry');
  });

  test('only a deploy that changed something has a time', async () => {
    for (const name of ['deploy-unchanged', 'status', 'destroy']) {
      expect(JSON.parse((await runScenario(name)).outputs['deployment'] ?? '')).not.toHaveProperty('deployed_at');
    }
  });

  test('of a plan are data in the names of the other outputs', async () => {
    const { outputs } = await runScenario('plan-changes');
    const plan = JSON.parse(outputs['plan-json'] ?? '');
    expect(outputs['plan-digest']).toBe(plan.digest);
    expect(plan).toMatchObject({ changed: true, version_changes: ['ref v1.3.2 → v1.4.0'], refusals: [] });
    expect(plan.jobs[1]).toEqual({
      id: 'shop-web',
      namespace: 'production',
      action: 'update',
      groups: [{ name: 'shop-web', create: 0, update_in_place: 3, replace: 0, stop: 0, unchanged: 0 }],
      placement_failures: [],
      based_on: 4711,
      diff: ['~ Meta > pack.version: "v1.3.2" => "v1.4.0"', '~ group "shop-web" > Count: "3" => "4"'],
    });
  });

  test('a plan that is too long is cut, and says where the whole is', async () => {
    const plan = 'a line of the plan\n'.repeat(10_000);
    const { outputs } = await run(
      { ...scenarioOf('plan-changes').result, plan, planFile: '/tmp/plan.txt' },
      settingsFor('plan'),
    );
    expect(outputs['plan']?.length).toBeLessThan(66_000);
    expect(outputs['plan']).toMatch(
      /a line of the plan\n\[cut here, after \d+ of 190000 characters; the whole plan is in \/tmp\/plan\.txt \(output `plan-file`\)\]\n$/,
    );
  });

  test('the data of a plan that is too long go without the differences', async () => {
    const { result } = scenarioOf('plan-changes');
    const planData = result.planData && {
      ...result.planData,
      jobs: result.planData.jobs.map((one) => ({ ...one, diff: Array(5_000).fill('+ a line of the differences') })),
    };
    const plan = JSON.parse(
      (await run({ ...result, ...(planData && { planData }) }, settingsFor('plan'))).outputs['plan-json'] ?? '',
    );
    expect(plan).toMatchObject({ diff_left_out: true, digest: result.planData?.digest });
    expect(plan.jobs.map(({ diff }: { diff: string[] }) => diff)).toEqual([[], [], [], [], []]);
  });
});

describe('the end of the log', () => {
  test('says how each job fares, and the whole', async () => {
    expect((await runScenario('deploy-good')).stdout).toBe(
      [
        '  shop-api (production): running, health healthy, shop-api 3/3',
        '  shop-web (production): running, health healthy, web 4/4',
        '  shop-cleanup (production): running, health healthy',
        '✅ `shop-production` is deployed: 3 jobs running and healthy',
        '',
      ].join('\n'),
    );
  });

  test('is an annotation where it failed: the cause first, what to do, then the worst job', async () => {
    const commands = obeyedCommands((await runScenario('deploy-failed')).stdout);
    expect(commands).toHaveLength(1);
    const lines = commands[0]?.data.replaceAll('%0A', '\n').split('\n') ?? [];
    expect(lines[0]).toBe(
      'Job "shop-api" is not healthy: task "server" of group "api" exited with code 1: no such table: users',
    );
    expect(lines[2]).toMatch(/^The end of the task’s log is below/);
    expect(lines[4]).toMatch(/^Job shop-api: task "server"/);
    expect(lines).toEqual(
      expect.arrayContaining(['Last events of api/server:', 'End of its log:', 'panic: no such table: users']),
    );
  });

  test('is short enough for a reader, whatever a task printed', async () => {
    const huge = hostileResult('x'.repeat(100_000));
    const failure = new ActionError('unhealthy', 'short', { hint: 'short' });
    const [command] = obeyedCommands((await run({ ...huge, failure }, settingsFor('deploy'))).stdout);
    expect(command?.data.length).toBeLessThan(4_096);
  });

  test('names the job that is worse where several have trouble', async () => {
    const diagnosis = { cause: 'out of room', reason: 'placement', events: [], log: '' } as const;
    const jobs = [job('a', { health: 'unknown', diagnosis }), job('b', { health: 'unhealthy', diagnosis })];
    const { stdout } = await run({ ...scenarioOf('deploy-failed').result, jobs }, settingsFor('deploy'));
    expect(stdout).toContain('%0AJob b (and 1 more, see the summary): out of room');
  });
});

describe('nothing secret leaves', () => {
  const secret = 'p@ss*word_|`1`<x>';

  test.each(
    SCENARIOS.filter(({ settings }) => settings !== undefined && settings.operation !== 'setup').map(({ name }) => [
      name,
    ]),
  )('%s', async (name) => {
    const { result, settings } = scenarioOf(name);
    const texts = hostileResult(`before ${secret} after`);
    const failure = result.failure && texts.failure;
    const leaky = { ...texts, operation: result.operation, changed: result.changed, ...(failure && { failure }) };
    const { failure: _, ...green } = leaky;
    const said = await run(failure === undefined ? green : leaky, settings, { secrets: { password: secret } });

    const everything = JSON.stringify([said, JSON.parse(said.outputs['jobs'] ?? '')]);
    expect(everything).not.toContain('p@ss');
    expect(everything).not.toContain('word_');
    expect(said.summary).toContain('before');
    expect(said.outputs['jobs']).toContain('before *** after');
  });

  test('while the action’s own words stay, whatever a secret is called', async () => {
    const secrets = { a: 'running', b: 'healthy', c: 'unhealthy', d: 'reverted', e: 'shop-production', f: 'deploy' };
    const { outputs } = await runScenario('deploy-good', { secrets });
    expect(outputs).toMatchObject({ status: 'running', health: 'healthy', 'deployment-id': 'shop/shop-production' });
    expect(JSON.parse(outputs['deployment'] ?? '')).toMatchObject({
      status: 'running',
      name: '***',
      operation: 'deploy',
    });
    expect(JSON.parse(outputs['jobs'] ?? '')[0]).toMatchObject({ status: 'running', health: 'healthy' });
    expect((await runScenario('deploy-failed', { secrets })).outputs['failure-reason']).toBe('unhealthy');
  });
});

describe('a report that fails', () => {
  test('is a warning, and its other parts are written', async () => {
    const { stdout, outputs } = await runScenario('deploy-good', {
      environment: { GITHUB_STEP_SUMMARY: join(folder, 'no', 'such', 'folder') },
    });
    expect(stdout).toMatch(/::warning::The job summary could not be written: (Error: )?ENOENT/);
    expect(outputs).toMatchObject({ status: 'running' });
  });

  test.each(['one', 'many'])(
    'is an error where it is the outputs, for later steps go by them: of %s',
    async (which) => {
      const [combined] = COMBINED_SCENARIOS;
      const review = { failOnChanges: false, failOnUnhealthy: false, comment: 'never' } as const;
      let untold: ActionError | undefined;
      const { stdout, outputs, summary } = await telling(
        async (step) => {
          untold =
            which === 'one' || combined === undefined
              ? await tell(scenarioOf('deploy-good'), step)
              : await tellCombined(combined.end, review, step);
        },
        { environment: { GITHUB_OUTPUT: join(folder, 'no', 'such', 'folder') } },
      );
      expect(untold?.reason).toBe('runner');
      expect(stdout).toMatch(/::error title=Nomad Pack%3A runner::The outputs could not be written/);
      expect(outputs).toEqual({});
      expect(summary).not.toBe('');
    },
  );

  test('where there is no runner writes nothing, and says nothing of it', async () => {
    const { stdout } = await runScenario('deploy-good', {
      environment: { GITHUB_OUTPUT: '', GITHUB_STEP_SUMMARY: '' },
    });
    expect(obeyedCommands(stdout)).toEqual([]);
  });
});

describe('the comment', () => {
  let github: GitHub;

  beforeEach(async () => {
    github = await startGitHub({ pullRequests: [7] });
  });

  afterEach(() => github.stop());

  /** What the runner tells a step of a pull request. */
  function pullRequest() {
    const event = join(folder, 'event.json');
    writeFileSync(
      event,
      JSON.stringify({ pull_request: { number: 7, head: { sha: 'abc', repo: { full_name: 'octo/shop' } } } }),
    );
    return { GITHUB_EVENT_PATH: event, GITHUB_API_URL: github.address };
  }

  async function comment(name: string, comment: 'auto' | 'never' = 'auto') {
    const { result, settings } = scenarioOf(name);
    if (settings === undefined || settings.operation === 'setup') throw new Error('no deployment');
    const review = { ...settings.review, comment };
    return await run(result, { ...settings, review }, { environment: pullRequest() });
  }

  test('is written for a plan', async () => {
    expect((await comment('plan-changes')).stdout).toContain('The comment on pull request #7 is created.');
    expect(github.comments(7)).toHaveLength(1);
  });

  test.each([
    ['plan-changes', 'never'],
    ['deploy-good', 'auto'],
  ] as const)('is not for %s with `%s`', async (name, mode) => {
    await comment(name, mode);
    expect(github.requests).toEqual([]);
  });

  test('of a plan over a file is one, kept up to date', async () => {
    const end = COMBINED_SCENARIOS.find(({ name }) => name === 'many-plan')?.end;
    if (end === undefined) throw new Error('there is no such scenario');
    const review = { failOnChanges: false, failOnUnhealthy: false, comment: 'auto' } as const;
    const tellOnce = async () =>
      await telling((step) => tellCombined(end, review, step), { environment: pullRequest() });
    expect((await tellOnce()).stdout).toContain('The comment on pull request #7 is created.');
    await tellOnce();
    const [only, ...others] = github.comments(7);
    expect(others).toEqual([]);
    expect(only?.body).toContain('Planned for `abc`');
  });

  test('that GitHub refuses is a warning', async () => {
    github.inject(fault({ method: 'POST', answer: failure(422, 'Validation Failed') }));
    expect((await comment('plan-changes')).notices).toEqual([
      expect.stringMatching(/^The comment on the pull request could not be written: Validation Failed/),
    ]);
  });
});

test('of very many jobs the log tells the first, and where the others are', async () => {
  const { result, settings } = scenarioOf('deploy-good');
  const jobs = Array.from({ length: 53 }, (_, index) => job(`job-${index}`));
  const { stdout } = await run({ ...result, jobs }, settings);
  expect(stdout.match(/^ {2}job-\d+ \(production\): running/gm)).toHaveLength(50);
  expect(stdout).toContain('  3 more jobs; the output `jobs` has all.\n');
});
