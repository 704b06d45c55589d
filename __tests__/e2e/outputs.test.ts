import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { repository } from 'nomad-pack-sandbox/runner/action.ts';
import { parse } from 'yaml';
import type { StepResult } from '../support/run-action.ts';
import { LIMIT, prepareMachine, registryInputs, type Sandbox, step, useSandbox } from './support/sandbox.ts';

const sandbox = useSandbox();

/** One step after the other, on one deployment. */
const STEPS = [
  'plan',
  'deploy',
  'status',
  'plan again',
  'render',
  'promote',
  'stop',
  'destroy',
  'setup',
  'a failure',
] as const;

type Step = (typeof STEPS)[number];

const results = new Map<Step, StepResult>();

beforeAll(async () => {
  const machine = await prepareMachine({});
  for (const name of STEPS) results.set(name, await step(sandbox(), { machine, inputs: inputsOf(name, sandbox()) }));
}, LIMIT);

function inputsOf(name: Step, parts: Sandbox): Record<string, string> {
  const operation = name === 'a failure' ? 'deploy' : (name.split(' ')[0] ?? '');
  const registry_ref = name === 'a failure' ? 'v9' : 'v1';
  const inputs = { ...registryInputs(parts), registry_ref, pack: 'echo', deployment_name: 'shop', operation };
  return { ...inputs, variables: 'job_name: front' };
}

const result = (name: Step): StepResult => {
  const found = results.get(name);
  if (found === undefined) throw new Error(`${name} was not run`);
  return found;
};

const json = (name: Step, output: string): unknown => JSON.parse(result(name).outputs[output] ?? '');

/** What every step says. */
const COMMON = ['awaiting-promotion', 'changed', 'failure-reason', 'health', 'jobs', 'status'];
/** What a step says that is about a deployment. */
const DEPLOYMENT = [...COMMON, 'deployment', 'deployment-id'];
/** What a step says that is about a deployment which has jobs. */
const WITH_JOBS = [...DEPLOYMENT, 'url'];
/** What a step says that ran nomad-pack on the pack. */
const PACK = [...DEPLOYMENT, 'nomad-pack-version', 'registry-sha'];

describe('outputs', () => {
  test.each<[Step, readonly string[]]>([
    ['plan', [...PACK, 'plan', 'plan-digest', 'plan-file', 'plan-json']],
    ['deploy', [...PACK, 'url', 'plan-digest', 'plan-json']],
    ['status', WITH_JOBS],
    ['plan again', [...PACK, 'url', 'plan', 'plan-digest', 'plan-file', 'plan-json']],
    ['render', [...PACK, 'rendered-path']],
    ['promote', WITH_JOBS],
    ['stop', WITH_JOBS],
    ['destroy', DEPLOYMENT],
    ['setup', [...COMMON, 'nomad-pack-path', 'nomad-pack-version']],
    ['a failure', [...DEPLOYMENT, 'nomad-pack-version']],
  ])('of %s', (name, outputs) => {
    expect(Object.keys(result(name).outputs).sort()).toEqual([...outputs].sort());
  });

  test('are all that action.yml names', async () => {
    const { outputs } = parse(await readFile(join(repository, 'action.yml'), 'utf8')) as { outputs: object };
    const said = new Set([...results.values()].flatMap((one) => Object.keys(one.outputs)));
    // Those of a step over a file.
    expect([...said, 'matrix', 'results'].sort()).toEqual(Object.keys(outputs).sort());
  });

  test.each<[Step, number, string, string, string, string]>([
    ['plan', 0, 'absent', 'unknown', 'true', ''],
    ['deploy', 0, 'running', 'healthy', 'true', ''],
    ['status', 0, 'running', 'healthy', 'false', ''],
    ['plan again', 0, 'running', 'healthy', 'false', ''],
    ['render', 0, 'unknown', 'unknown', 'false', ''],
    ['promote', 0, 'running', 'healthy', 'false', ''],
    ['stop', 0, 'stopped', 'unknown', 'true', ''],
    ['destroy', 0, 'absent', 'unknown', 'true', ''],
    ['setup', 0, 'complete', 'unknown', 'false', ''],
    ['a failure', 1, 'unknown', 'unknown', 'false', 'registry-ref-not-found'],
  ])('of %s: exit code, status, health, changed, reason', (name, ...expected) => {
    const { exitCode, outputs } = result(name);
    const { status, health, changed, 'failure-reason': reason } = outputs;
    expect([exitCode, status, health, changed, reason]).toEqual(expected);
  });

  test.each(STEPS.filter((name) => name !== 'setup'))('of %s: the same id every time', (name) => {
    expect(result(name).outputs['deployment-id']).toBe('echo/shop');
  });
});

const JOB = {
  id: 'front',
  namespace: 'default',
  type: 'service',
  status: 'running',
  health: 'healthy',
  version: 0,
  nomad_deployment_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
  groups: [{ name: 'app', desired: 1, placed: 1, healthy: 1, unhealthy: 0 }],
};

describe('the jobs', () => {
  test.each<[Step]>([['deploy'], ['status'], ['plan again'], ['promote']])('of %s', (name) => {
    const url = `${sandbox().nomad.address}/ui/jobs/front@default`;
    expect(json(name, 'jobs')).toMatchObject([{ ...JOB, url }]);
  });

  test('of a stop: the job that is over', () => {
    expect(json('stop', 'jobs')).toMatchObject([{ id: 'front', status: 'stopped', health: 'unknown' }]);
  });

  test.each<[Step]>([['plan'], ['render'], ['destroy'], ['setup'], ['a failure']])('of %s: none', (name) => {
    expect(json(name, 'jobs')).toEqual([]);
  });
});

describe('the record of the deployment', () => {
  const record = (operation: string, more: Readonly<Record<string, unknown>>) => ({
    id: 'echo/shop',
    name: 'shop',
    platform: 'nomad',
    operation,
    pack: 'echo',
    registry: 'packs',
    registry_source: sandbox().git.url('packs'),
    ref: 'v1',
    nomad_address: sandbox().nomad.address,
    namespace: 'default',
    run_url: 'https://github.com/octo/shop/actions/runs/4711',
    ...more,
  });

  test('of a deploy, with commit and time', () => {
    const now = Date.now();
    const found = json('deploy', 'deployment') as { deployed_at: string };
    expect(found).toEqual(
      record('deploy', {
        status: 'running',
        health: 'healthy',
        changed: true,
        commit: sandbox().registry.commit,
        nomad_pack_version: '0.4.2',
        deployed_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      }),
    );
    expect(Math.abs(now - Date.parse(found.deployed_at))).toBeLessThan(LIMIT);
  });

  test('of what only looks, without a time', () => {
    expect(json('status', 'deployment')).toEqual(
      record('status', { status: 'running', health: 'healthy', changed: false }),
    );
  });

  test('of a failure: what is known', () => {
    expect(json('a failure', 'deployment')).toEqual(
      record('deploy', {
        ref: 'v9',
        status: 'unknown',
        health: 'unknown',
        changed: false,
        nomad_pack_version: '0.4.2',
      }),
    );
  });
});

describe('the plan', () => {
  const group = { name: 'app', create: 0, replace: 0, stop: 0, unchanged: 0, update_in_place: 0 };

  test('of what is new, and of what is there', () => {
    expect(json('plan', 'plan-json')).toEqual({
      changed: true,
      digest: result('plan').outputs['plan-digest'],
      version_changes: [],
      refusals: [],
      jobs: [
        {
          id: 'front',
          namespace: 'default',
          action: 'create',
          groups: [{ ...group, create: 1 }],
          placement_failures: [],
          based_on: 0,
          diff: expect.arrayContaining(['+ Name: "front"', '+ group "app" > Count: "1"']),
        },
      ],
    });
    expect(json('plan again', 'plan-json')).toMatchObject({
      changed: false,
      jobs: [{ id: 'front', action: 'none', groups: [{ ...group, unchanged: 1 }], diff: [] }],
    });
  });

  test('has the digest that the deploy has found, and another one once it is deployed', () => {
    const [plan, deploy, again] = (['plan', 'deploy', 'plan again'] as const).map(
      (name) => result(name).outputs['plan-digest'],
    );
    expect(plan).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(deploy).toBe(plan);
    expect(again).not.toBe(plan);
  });

  test('in nomad-pack’s words, as output and as a file for later steps', async () => {
    const { outputs, leftovers } = result('plan');
    expect(outputs['plan']).toMatch(/^\+ Job: "front"\n/);
    expect(outputs['plan']).not.toContain('debug:');
    expect(await readFile(outputs['plan-file'] ?? '', 'utf8')).toBe(outputs['plan']);
    expect(leftovers.map(({ path }) => path)).toEqual([outputs['plan-file']]);
  });
});

test('the rendered files are where the output says, and nothing else is left', async () => {
  const { outputs, leftovers } = result('render');
  const file = join(outputs['rendered-path'] ?? '', 'echo', 'echo.nomad');
  expect(await readFile(file, 'utf8')).toContain('job "front" {');
  expect(leftovers.map(({ path }) => path)).toEqual([file]);
});

test.each<[Step]>([['deploy'], ['status'], ['promote'], ['stop'], ['destroy'], ['a failure']])(
  '%s leaves nothing',
  (name) => {
    expect(result(name).leftovers).toEqual([]);
  },
);
