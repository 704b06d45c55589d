import { describe, expect, test } from '@jest/globals';
import { scenarios } from './support/scenario.ts';

const { run, ask } = scenarios('Plans');

const LIMIT = 90_000;

describe('a plan', () => {
  test(
    'of something new, unchanged and changed',
    async () => {
      const name = 'planned';
      const variables = { job_name: 'planned' };
      const fresh = await run({ scenario: 'new', operation: 'plan', name, variables });
      expect(fresh).toMatchObject({
        exitCode: 0,
        changed: 'true',
        status: 'absent',
        plan: [{ id: 'planned', action: 'create' }],
      });
      expect(fresh.outputs['plan']).toContain('planned');
      expect(await ask<unknown[]>('/v1/jobs?prefix=planned')).toEqual([]);

      await run({ name, variables });
      const same = await run({ scenario: 'unchanged', operation: 'plan', name, variables });
      expect(same).toMatchObject({ exitCode: 0, changed: 'false', plan: [{ action: 'none' }] });

      const changed = await run({
        scenario: 'changed',
        operation: 'plan',
        name,
        variables: { ...variables, message: 'bye' },
      });
      expect(changed).toMatchObject({ exitCode: 0, changed: 'true', status: 'running', plan: [{ action: 'replace' }] });
      expect(changed.plan[0]?.diff.join('\n')).toMatch(/MESSAGE.*"hello" => "bye"/);

      const inPlace = await run({
        scenario: 'changed in place',
        operation: 'plan',
        name,
        variables: { ...variables, count: 3 },
      });
      expect(inPlace).toMatchObject({ changed: 'true', plan: [{ action: 'update' }] });
    },
    LIMIT,
  );

  test(
    'of something that cannot be placed says so',
    async () => {
      const outcome = await run({
        scenario: 'unplaceable',
        operation: 'plan',
        name: 'huge',
        variables: { job_name: 'huge', memory: 999_999 },
      });
      expect(outcome).toMatchObject({ exitCode: 0, changed: 'true' });
      expect(JSON.parse(outcome.outputs['plan-json'] ?? '').jobs[0].placement_failures.join()).toMatch(/999,999 MB/);
    },
    LIMIT,
  );

  test(
    'of three jobs, of which one is gone, shows what stops',
    async () => {
      await run({ pack: 'v1/trio', name: 'trio' });
      const outcome = await run({ scenario: 'removed job', operation: 'plan', pack: 'v2/trio', name: 'trio' });
      expect(outcome).toMatchObject({ exitCode: 0, changed: 'true' });
      expect(outcome.plan.map(({ id, action }) => `${id} ${action}`).sort()).toEqual([
        'trio_api none',
        'trio_cache stop',
        'trio_worker none',
      ]);
    },
    LIMIT,
  );

  test(
    'of a job that belongs to another deployment says that a deploy would be refused',
    async () => {
      await run({ name: 'owner', variables: { job_name: 'mine' } });
      const outcome = await run({
        scenario: 'conflict',
        operation: 'plan',
        name: 'thief',
        variables: { job_name: 'mine' },
      });
      expect(outcome.exitCode).toBe(0);
      expect(JSON.parse(outcome.outputs['plan-json'] ?? '').refusals.join()).toMatch(/mine.*owner/);
    },
    LIMIT,
  );
});

test(
  'a dependency of the pack is planned, deployed and destroyed with it, and takes its variables by its name',
  async () => {
    const step = { pack: 'parent', name: 'family' };
    const planned = await run({ ...step, scenario: 'dependency', operation: 'plan' });
    expect(planned.plan.map(({ id, action }) => `${id} ${action}`)).toEqual(['child create', 'parent create']);
    expect(await run(step)).toMatchObject({ exitCode: 0, status: 'running', health: 'healthy', changed: 'true' });
    const variables = { 'child.script': 'exec sleep 3601' };
    const changed = await run({ ...step, scenario: 'dependency, its variable', operation: 'plan', variables });
    expect(changed.plan.map(({ id, action }) => `${id} ${action}`)).toEqual(['child replace', 'parent none']);
    expect(await run({ ...step, operation: 'destroy' })).toMatchObject({ exitCode: 0, status: 'absent' });
    expect(await ask<unknown[]>('/v1/jobs?prefix=child')).toEqual([]);
  },
  LIMIT,
);

test(
  'drift is red where it is asked to be',
  async () => {
    const variables = { job_name: 'drift' };
    await run({ name: 'drift', variables });
    const green = await run({
      scenario: 'no drift',
      operation: 'plan',
      name: 'drift',
      variables,
      with: { fail_on_changes: 'true' },
    });
    expect(green).toMatchObject({ exitCode: 0, changed: 'false' });
    const red = await run({
      scenario: 'drift',
      operation: 'plan',
      name: 'drift',
      variables: { ...variables, count: 2 },
      with: { fail_on_changes: 'true' },
    });
    expect(red).toMatchObject({ exitCode: 1, changed: 'true', reason: 'changes' });
  },
  LIMIT,
);

describe('a deploy of a reviewed plan', () => {
  const name = 'reviewed';
  const variables = { job_name: 'reviewed' };

  test(
    'goes ahead where the plan is the same, and else is refused',
    async () => {
      await run({ name, variables });
      const wanted = { ...variables, count: 2 };
      const { outputs } = await run({ operation: 'plan', name, variables: wanted });
      const digest = { plan_digest: outputs['plan-digest'] ?? '' };
      expect(digest.plan_digest).toMatch(/^sha256:/);

      const variable = await run({
        scenario: 'digest, changed variable',
        name,
        variables: { ...wanted, message: 'x' },
        with: digest,
      });
      expect(variable).toMatchObject({ exitCode: 1, reason: 'plan-changed', changed: 'false' });

      const equal = await run({ scenario: 'digest equal', name, variables: wanted, with: digest });
      expect(equal).toMatchObject({ exitCode: 0, status: 'running', changed: 'true' });

      const cluster = await run({ scenario: 'digest, changed cluster', name, variables: wanted, with: digest });
      expect(cluster).toMatchObject({ exitCode: 1, reason: 'plan-changed', changed: 'false' });
    },
    LIMIT,
  );

  test(
    'is refused where the pack is another one meanwhile',
    async () => {
      await run({ pack: 'v1/trio', name: 'trio' });
      const { outputs } = await run({ operation: 'plan', pack: 'v1/trio', name: 'trio' });
      const digest = { plan_digest: outputs['plan-digest'] ?? '' };
      const pack = await run({ scenario: 'digest, changed pack', pack: 'v2/trio', name: 'trio', with: digest });
      expect(pack).toMatchObject({ exitCode: 1, reason: 'plan-changed', changed: 'false' });
    },
    LIMIT,
  );
});

test(
  'render leaves the job specifications in files',
  async () => {
    const outcome = await run({ scenario: 'render', operation: 'render', pack: 'v1/trio', name: 'rendered' });
    expect(outcome).toMatchObject({ exitCode: 0, changed: 'false' });
    const files = outcome.leftovers.filter(({ path }) => path.startsWith(outcome.outputs['rendered-path'] ?? '?'));
    expect(files.map(({ path }) => path.split('/').at(-1)).sort()).toEqual([
      'api.nomad',
      'cache.nomad',
      'worker.nomad',
    ]);
  },
  LIMIT,
);
