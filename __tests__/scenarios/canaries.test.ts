import { describe, expect, test } from '@jest/globals';
import { scenarios } from './support/scenario.ts';

const { run, ask } = scenarios('Canaries');

/** Long enough for a real rollout on a busy machine; nothing waits for it. */
const LIMIT = 90_000;

const ACCEPTED = { wait_for: 'promotion' };

interface Allocation {
  readonly JobVersion: number;
  readonly ClientStatus: string;
}

/** The versions of the job that run, each once per allocation. */
async function running(id: string): Promise<number[]> {
  const allocations = await ask<Allocation[]>(`/v1/job/${id}/allocations`);
  return allocations.filter(({ ClientStatus }) => ClientStatus === 'running').map(({ JobVersion }) => JobVersion);
}

async function message(id: string): Promise<string> {
  const job = await ask<{ TaskGroups: { Tasks: { Env: Record<string, string> }[] }[] }>(`/v1/job/${id}`);
  return job.TaskGroups[0]?.Tasks[0]?.Env['MESSAGE'] ?? '';
}

describe.each([
  ['of a service', 'svc', { canary: 1, count: 2 }, 'promotion'],
  ['of a service that Nomad takes back by itself', 'svc', { canary: 1, auto_revert: true }, 'auto'],
])('canaries %s', (_, pack, more, name) => {
  const deploy = async (text: string, inputs: Readonly<Record<string, string>> = {}, scenario?: string) =>
    await run({
      pack,
      name,
      variables: { job_name: name, message: text, ...more },
      with: inputs,
      ...(scenario !== undefined && { scenario }),
    });

  test(
    'wait for a promotion, which is green where that is waited for',
    async () => {
      await deploy('old');
      const outcome = await deploy('new', ACCEPTED, `${name}: canaries, green`);
      expect(outcome).toMatchObject({ exitCode: 0, status: 'pending', health: 'unknown', changed: 'true', reason: '' });
      expect(outcome.outputs['awaiting-promotion']).toBe('true');
      expect(outcome.annotations.filter(({ level }) => level === 'error')).toEqual([]);
      expect(outcome.jobs).toMatchObject([{ id: name, status: 'pending', awaits_promotion: true }]);

      const again = await deploy('new', ACCEPTED, `${name}: the same again`);
      expect(again).toMatchObject({ exitCode: 0, status: 'pending', changed: 'false' });
      expect(again.outputs['awaiting-promotion']).toBe('true');

      const red = await deploy('new', {}, `${name}: canaries, red`);
      expect(red).toMatchObject({ exitCode: 1, status: 'pending', reason: 'awaiting-promotion' });
      expect(red.outputs['awaiting-promotion']).toBe('true');
    },
    LIMIT,
  );

  test(
    'are taken back by reject, and the version from before is what is deployed',
    async () => {
      const outcome = await run({ scenario: `${name}: rejected`, operation: 'reject', pack, name });
      expect(outcome).toMatchObject({ exitCode: 0, status: 'running', health: 'healthy', changed: 'true', reason: '' });
      expect(outcome.outputs['awaiting-promotion']).toBe('false');
      expect(await message(name)).toBe('old');
      expect(new Set(await running(name))).toEqual(new Set([2]));
      expect(await run({ operation: 'status', pack, name })).toMatchObject({ status: 'running', health: 'healthy' });
      const again = await run({ scenario: `${name}: nothing to reject`, operation: 'reject', pack, name });
      expect(again).toMatchObject({ exitCode: 0, changed: 'false', status: 'running', health: 'healthy' });
    },
    LIMIT,
  );

  test(
    'are promoted afterwards as ever, and a rollback does not wait for anybody',
    async () => {
      await deploy('newer', ACCEPTED);
      const outcome = await run({ scenario: `${name}: promoted`, operation: 'promote', pack, name });
      expect(outcome).toMatchObject({ exitCode: 0, status: 'running', health: 'healthy', changed: 'true' });
      expect(outcome.outputs['awaiting-promotion']).toBe('false');
      expect(await message(name)).toBe('newer');
      const back = await run({ scenario: `${name}: rolled back`, operation: 'rollback', pack, name });
      expect(back).toMatchObject({ exitCode: 0, status: 'running', health: 'healthy', changed: 'true' });
      expect(await message(name)).toBe('old');
    },
    LIMIT,
  );
});

test(
  'canaries of a system job are a percentage of nodes, and count too',
  async () => {
    const name = 'nodes';
    const update = 'health_check = "task_states"\nmin_healthy_time = "500ms"\ncanary = 50\nmax_parallel = 3';
    const deploy = async (script: string) =>
      await run({
        scenario: `${name}: ${script}`,
        pack: 'kinds',
        name,
        variables: { job_name: name, type: 'system', update, script },
        with: ACCEPTED,
      });
    await deploy('exec sleep 3600');
    expect(await deploy('exec sleep 3601')).toMatchObject({
      exitCode: 0,
      status: 'pending',
      outputs: { 'awaiting-promotion': 'true' },
    });
    const outcome = await run({ scenario: `${name}: rejected`, operation: 'reject', pack: 'kinds', name });
    expect(outcome).toMatchObject({ exitCode: 0, status: 'running', health: 'healthy', changed: 'true' });
    expect(await running(name)).toEqual([2]);
  },
  LIMIT,
);

test('there is nothing to reject of a deployment that is not there', async () => {
  expect(await run({ operation: 'reject', name: 'nobody' })).toMatchObject({ exitCode: 1, reason: 'stopped' });
});
