import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { newMachine } from '../support/run-action.ts';
import { packs, scenarios } from './support/scenario.ts';

const { run, ask, cluster } = scenarios('Destroy and stop');

const LIMIT = 90_000;

test(
  'destroy finds what another value of a variable named',
  async () => {
    await run({ name: 'renamed', variables: { job_name: 'before' } });
    const outcome = await run({
      scenario: 'destroy with other variables',
      operation: 'destroy',
      name: 'renamed',
      variables: { job_name: 'after' },
    });
    expect(outcome).toMatchObject({ exitCode: 0, status: 'absent', changed: 'true' });
    expect(outcome.log).toMatch(/before/);
    expect(await ask<unknown[]>('/v1/jobs?prefix=before')).toEqual([]);
  },
  LIMIT,
);

test(
  'destroy of a pack that cannot be rendered any more goes by ownership',
  async () => {
    await run({ pack: 'v1/trio', name: 'gone' });
    const machine = await newMachine(packs);
    await rm(join(machine.workspace, 'v1/trio/templates/api.nomad.tpl'));
    await rm(join(machine.workspace, 'v1/trio/variables.hcl'));
    const outcome = await run({
      scenario: 'destroy of a pack that is gone',
      operation: 'destroy',
      pack: 'v1/trio',
      name: 'gone',
      machine,
    });
    expect(outcome).toMatchObject({ exitCode: 0, status: 'absent', changed: 'true' });
    expect(outcome.log).not.toContain('Render the pack');
    expect(await ask<unknown[]>('/v1/jobs?prefix=trio_')).toEqual([]);
  },
  LIMIT,
);

test(
  'there may be nothing to destroy',
  async () => {
    const outcome = await run({ scenario: 'nothing to destroy', operation: 'destroy', name: 'never' });
    expect(outcome).toMatchObject({ exitCode: 0, status: 'absent', health: 'unknown', changed: 'false', reason: '' });
    expect(outcome.log).toMatch(/nothing to destroy/i);
  },
  LIMIT,
);

test(
  'stop keeps the jobs, and deploys start them again',
  async () => {
    const variables = { job_name: 'pausing' };
    await run({ name: 'pausing', variables });
    const stopped = await run({ scenario: 'stop', operation: 'stop', name: 'pausing', variables });
    expect(stopped).toMatchObject({ exitCode: 0, status: 'stopped', changed: 'true' });
    expect(await run({ scenario: 'status of stopped', operation: 'status', name: 'pausing' })).toMatchObject({
      exitCode: 0,
      status: 'stopped',
    });
    const again = await run({ scenario: 'stop again', operation: 'stop', name: 'pausing', variables });
    expect(again).toMatchObject({ exitCode: 0, status: 'stopped', changed: 'false' });
    const started = await run({ scenario: 'deploy of stopped', name: 'pausing', variables });
    expect(started).toMatchObject({ exitCode: 0, status: 'running', health: 'healthy', changed: 'true' });
    const destroyed = await run({ operation: 'destroy', name: 'pausing', variables });
    expect(destroyed).toMatchObject({ exitCode: 0, status: 'absent', changed: 'true' });
  },
  LIMIT,
);

test(
  'destroy leaves another pack of the same name alone',
  async () => {
    await run({ name: 'two', variables: { job_name: 'two_web' } });
    const outcome = await run({
      scenario: 'destroy, another pack has the name',
      operation: 'destroy',
      pack: 'task',
      name: 'two',
    });
    expect(outcome).toMatchObject({ exitCode: 0, status: 'absent', changed: 'false' });
    expect(await ask<{ Stop: boolean }>('/v1/job/two_web')).toMatchObject({ Stop: false });
  },
  LIMIT,
);

test(
  'destroy leaves what the same job launched in another namespace alone',
  async () => {
    const variables = { script: 'exec sleep 3600' };
    const namespaces = ['dev', 'prod'];
    for (const nomad_namespace of namespaces) {
      await run({ pack: 'nightly', name: 'nightly', variables, with: { nomad_namespace } });
    }
    for (const nomad_namespace of namespaces) {
      const force = `${cluster().address}/v1/job/nightly/periodic/force?namespace=${nomad_namespace}`;
      expect((await fetch(force, { method: 'POST' })).status).toBe(200);
    }
    const outcome = await run({
      scenario: 'destroy, a child elsewhere',
      operation: 'destroy',
      pack: 'nightly',
      name: 'nightly',
      variables,
      with: { nomad_namespace: 'dev' },
    });
    expect(outcome).toMatchObject({ exitCode: 0, status: 'absent', changed: 'true' });
    const children = async (namespace: string) =>
      await ask<{ Stop: boolean }[]>(`/v1/jobs?prefix=nightly/&namespace=${namespace}`);
    expect(await children('dev')).toEqual([]);
    expect((await children('prod')).map(({ Stop }) => Stop)).toEqual([false]);
  },
  LIMIT,
);

describe('what a periodic job launched goes', () => {
  const variables = { script: 'exec sleep 3600' };
  const launch = async (name: string) => {
    await run({ pack: 'nightly', name, variables });
    const force = `${cluster().address}/v1/job/nightly/periodic/force`;
    expect((await fetch(force, { method: 'POST' })).status).toBe(200);
  };
  const end = async (query = '') => await fetch(`${cluster().address}/v1/job/nightly${query}`, { method: 'DELETE' });
  const children = async () => await ask<{ Stop: boolean }[]>('/v1/jobs?prefix=nightly/');
  const status = async () => await run({ operation: 'status', pack: 'nightly', name: 'orphans' });

  test(
    'with a stop, though the job itself was stopped before',
    async () => {
      await launch('orphans');
      await end();
      expect((await status()).log).toMatch(
        /by jobs that are stopped or gone, and not over: nightly.periodic-.* \(default\)/,
      );
      const step = { operation: 'stop', pack: 'nightly', name: 'orphans', variables };
      const outcome = await run({ ...step, scenario: 'stop, only children run' });
      expect(outcome).toMatchObject({ exitCode: 0, status: 'stopped', changed: 'true', jobs: [{ id: 'nightly' }] });
      expect((await children()).map(({ Stop }) => Stop)).toEqual([true]);
      expect(await run({ ...step, scenario: 'the same again' })).toMatchObject({ status: 'stopped', changed: 'false' });
      await run({ operation: 'destroy', pack: 'nightly', name: 'orphans', variables });
    },
    LIMIT,
  );

  test(
    'with a destroy, though the job itself is gone',
    async () => {
      await launch('orphans');
      await end('?purge=true');
      expect((await status()).log).toMatch(
        /by jobs that are stopped or gone, and not over: nightly.periodic-.* \(default\)/,
      );
      const step = { operation: 'destroy', pack: 'nightly', name: 'orphans', variables };
      const outcome = await run({ ...step, scenario: 'destroy, only children left' });
      expect(outcome).toMatchObject({ exitCode: 0, status: 'absent', changed: 'true', jobs: [] });
      expect(await children()).toEqual([]);
      expect(await run({ ...step, scenario: 'the same again' })).toMatchObject({ status: 'absent', changed: 'false' });
    },
    LIMIT,
  );
});

test(
  'status says that nothing is there',
  async () => {
    const outcome = await run({ scenario: 'status of nothing', operation: 'status', name: 'never' });
    expect(outcome).toMatchObject({ exitCode: 0, status: 'absent', changed: 'false' });
    const red = await run({
      scenario: 'status of nothing, red',
      operation: 'status',
      name: 'never',
      with: { fail_on_unhealthy: 'true' },
    });
    expect(red).toMatchObject({ exitCode: 1, status: 'absent', reason: 'unhealthy' });
    expect(red.log).toContain('check `deployment_name`, `pack` and `nomad_namespace`');
  },
  LIMIT,
);
