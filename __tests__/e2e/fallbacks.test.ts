import { cp } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { jobSpecification, register } from 'nomad-pack-sandbox/__tests__/support/api.ts';
import type { Faults } from 'nomad-pack-sandbox/nomad/index.ts';
import type { JobState } from '../../src/result.ts';
import { packs as scenarioPacks } from '../scenarios/support/scenario.ts';
import { LIMIT, prepareMachine, step, useSandbox } from './support/sandbox.ts';

/** A job that somebody deployed as `NAME` of the pack `svc`. */
const meta = (name: string, pack = 'svc') => ({ 'pack.name': pack, 'pack.deployment_name': name, 'pack.job': 'svc' });

async function machineWithPacks(program = '') {
  const machine = await prepareMachine({ program });
  await cp(scenarioPacks, machine.workspace, { recursive: true });
  return machine;
}

const firstLine = (annotations: readonly { readonly level: string; readonly message: string }[]) =>
  annotations.find(({ level }) => level === 'error')?.message.split('\n')[0];

describe('a Nomad that is too old to list the jobs of one deployment', () => {
  const sandbox = useSandbox({ nomad: { filter: false } });

  test(
    'is asked through nomad-pack, whose table says nothing of health but that a job runs',
    async () => {
      const { nomad } = sandbox();
      await register(nomad, jobSpecification('web'), meta('old'));
      await register(nomad, jobSpecification('api'), meta('old'));
      await register(nomad, jobSpecification('other'), meta('else'));
      // Of a Nomad that does not filter, one that nomad-pack knows nothing of gives it away.
      await register(nomad, jobSpecification('stranger'));
      await nomad.until((state) => state.job('default', 'api')?.Status === 'running');
      const inputs = { operation: 'status', deployment_name: 'old', pack: 'svc' };
      const { exitCode, outputs, log } = await step(sandbox(), { inputs });
      expect([exitCode, outputs['status'], outputs['health']]).toEqual([0, 'running', 'healthy']);
      expect(
        JSON.parse(outputs['jobs'] ?? '')
          .map(({ id }: { id: string }) => id)
          .sort(),
      ).toEqual(['api', 'web']);
      expect(log).toContain('This Nomad cannot list the jobs of one deployment, so nomad-pack is asked');
      const none = await step(sandbox(), { inputs: { ...inputs, deployment_name: 'none' } });
      expect([none.exitCode, none.outputs['status']]).toEqual([0, 'absent']);
    },
    LIMIT,
  );

  test.each(['deploy', 'destroy', 'promote'])(
    'refuses to %s, because nobody knows whose jobs would be touched',
    async (operation) => {
      const machine = await machineWithPacks();
      const { exitCode, outputs, annotations } = await step(sandbox(), {
        machine,
        inputs: { operation, deployment_name: 'old', pack: './svc' },
      });
      expect([exitCode, outputs['failure-reason'], outputs['changed']]).toEqual([1, 'nomad-error', 'false']);
      expect(firstLine(annotations)).toContain('cannot list the jobs of one deployment');
    },
    LIMIT,
  );
});

describe('namespaces that the templates name', () => {
  const sandbox = useSandbox({ nomad: { namespaces: ['prod'] } });
  const variables = JSON.stringify({ namespace: 'prod', job_name: 'there' });

  test(
    'are found by the render, and what is elsewhere is left alone and named',
    async () => {
      const machine = await machineWithPacks();
      const inputs = { deployment_name: 'there', pack: './svc' };
      expect((await step(sandbox(), { machine, inputs: { ...inputs, variables } })).exitCode).toBe(0);

      const status = await step(sandbox(), { machine, inputs: { ...inputs, operation: 'status' } });
      expect([status.exitCode, status.outputs['status'], status.outputs['health']]).toEqual([0, 'unknown', 'unknown']);
      expect(status.log).toContain('The same pack runs under the same name elsewhere: there (prod)');

      const elsewhere = await step(sandbox(), { machine, inputs: { ...inputs, operation: 'destroy' } });
      expect([elsewhere.exitCode, elsewhere.outputs['changed']]).toEqual([0, 'false']);
      expect(elsewhere.log).toContain('in other namespaces, and left alone: there (prod)');

      const unrendered = await step(sandbox(), {
        machine,
        inputs: { ...inputs, operation: 'destroy', variables: 'nosuch: 1' },
      });
      expect([unrendered.exitCode, unrendered.outputs['status'], unrendered.outputs['changed']]).toEqual([
        0,
        'unknown',
        'false',
      ]);
      expect(unrendered.log).toContain('The pack cannot be rendered any more');

      const gone = await step(sandbox(), { machine, inputs: { ...inputs, operation: 'destroy', variables } });
      expect([gone.exitCode, gone.outputs['status'], gone.outputs['changed']]).toEqual([0, 'absent', 'true']);
    },
    LIMIT,
  );

  test(
    'may be where nobody could look: what is left there is not called absent',
    async () => {
      const { nomad } = sandbox();
      const inputs = { deployment_name: 'split', pack: './svc', operation: 'destroy', variables: 'nosuch: 1' };
      await register(nomad, jobSpecification('split'), meta('split'));
      await register(nomad, jobSpecification('split', { job: 'namespace = "prod"' }), meta('split'));
      const { exitCode, outputs } = await step(sandbox(), { machine: await machineWithPacks(), inputs });
      expect([exitCode, outputs['status'], outputs['changed']]).toEqual([0, 'unknown', 'true']);
      expect(nomad.state.job('default', 'split')).toBeUndefined();
      expect(nomad.state.job('prod', 'split')?.Stop).toBe(false);

      const promotion = await step(sandbox(), {
        inputs: { operation: 'promote', deployment_name: 'split', pack: 'svc' },
      });
      expect(promotion.annotations.find(({ level }) => level === 'error')?.message).toContain(
        'The same pack runs under the same name elsewhere: split (prod). Set `nomad_namespace`',
      );
    },
    LIMIT,
  );

  test(
    'a deployment that is not there cannot be promoted',
    async () => {
      const { exitCode, outputs, annotations } = await step(sandbox(), {
        inputs: { operation: 'promote', deployment_name: 'nobody', pack: 'svc' },
      });
      expect([exitCode, outputs['failure-reason'], outputs['changed']]).toEqual([1, 'stopped', 'false']);
      expect(firstLine(annotations)).toContain('There is no deployment nobody of pack svc');
    },
    LIMIT,
  );
});

describe('somebody else at the same time', () => {
  const sandbox = useSandbox();

  test(
    'whose job nomad-pack stopped, for it came after the check, is named in red',
    async () => {
      const { nomad } = sandbox();
      const job = { ID: 'late', Name: 'late', Type: 'service', Datacenters: ['dc1'], Meta: meta('race', 'other') };
      const group = {
        Name: 'app',
        Tasks: [{ Name: 'server', Driver: 'raw_exec', Config: { command: '/bin/sleep', args: ['3600'] } }],
      };
      const body = JSON.stringify({ Job: { ...job, TaskGroups: [group] } });
      const program = `[ "$1" = run ] && ${process.execPath} -e 'await fetch("${nomad.address}/v1/jobs", { method: "POST", body: process.argv[1] })' --input-type=module '${body}'
exec STANDIN "$@"`;
      const machine = await machineWithPacks(program);
      const { exitCode, outputs, annotations } = await step(sandbox(), {
        machine,
        env: { PATH: machine.path },
        inputs: { deployment_name: 'race', pack: './svc', nomad_pack_version: 'system', variables: 'job_name: race' },
      });
      expect([exitCode, outputs['failure-reason'], outputs['changed']]).toEqual([1, 'would-stop-others', 'true']);
      expect(firstLine(annotations)).toContain(
        'nomad-pack stopped late (default), which carried the name race only after this step had looked',
      );
    },
    LIMIT,
  );
});

describe('a job of the deployment’s own', () => {
  let atRegistration: (() => void) | undefined;
  const faults: Faults = ({ method, path }) => {
    if (path === '/v1/jobs' && method !== 'GET') atRegistration?.();
    return undefined;
  };
  const sandbox = useSandbox({ nomad: { faults } });

  test(
    'that was launched after the check, and that nomad-pack stopped, is nobody else’s',
    async () => {
      const { state } = sandbox().nomad;
      const machine = await machineWithPacks();
      const inputs = { deployment_name: 'nightly', pack: './nightly', variables: 'script: exec sleep 3600' };
      await step(sandbox(), { machine, inputs });
      const ID = 'nightly/periodic-1';
      atRegistration = () => {
        const parent = state.job('default', 'nightly');
        if (parent === undefined || state.job('default', ID) !== undefined) return;
        state.commit(() => state.putJobVersion({ ...parent, ID, Name: ID, ParentID: 'nightly', Periodic: null }));
      };
      const { exitCode, outputs, log } = await step(sandbox(), {
        machine,
        inputs: { ...inputs, variables: 'script: exec sleep 1800' },
      });
      expect(log).toContain(`Job '${ID}' stopped successfully`);
      expect([exitCode, outputs['failure-reason'], outputs['status']]).toEqual([0, '', 'running']);
    },
    LIMIT,
  );
});

describe('a way back that fails', () => {
  const faults: Faults = ({ path }) =>
    /(svc|worker).revert$/.test(path) ? { kind: 'respond', status: 500, body: 'no way' } : undefined;
  const sandbox = useSandbox({ nomad: { faults } });

  test(
    'is told beside what it was to fix',
    async () => {
      const machine = await machineWithPacks();
      const inputs = { deployment_name: 'svc', pack: './svc' };
      await step(sandbox(), { machine, inputs });
      const { exitCode, outputs, annotations } = await step(sandbox(), {
        machine,
        inputs: { ...inputs, on_failure: 'revert', variables: JSON.stringify({ script: 'echo no table >&2; exit 3' }) },
      });
      expect([exitCode, outputs['failure-reason'], outputs['status']]).toEqual([1, 'revert-failed', 'failed']);
      expect(annotations.find(({ level }) => level === 'error')?.message).toMatch(
        /no table\nGoing back failed, too: .*no way/,
      );
    },
    LIMIT,
  );

  test(
    'for one job is told with how the others are',
    async () => {
      const machine = await machineWithPacks();
      const trio = { deployment_name: 'trio', on_failure: 'revert' };
      await step(sandbox(), { machine, inputs: { ...trio, pack: './v1/trio' } });
      const { outputs } = await step(sandbox(), {
        machine,
        inputs: { ...trio, pack: './v2/trio', variables: 'worker_script: exit 3' },
      });
      expect([outputs['failure-reason'], outputs['status'], outputs['health']]).toEqual([
        'revert-failed',
        'failed',
        'unhealthy',
      ]);
      const jobs: JobState[] = JSON.parse(outputs['jobs'] ?? '');
      expect(jobs.map(({ id, status, version }) => [id, status, version])).toEqual([
        ['trio_api', 'running', 0],
        ['trio_worker', 'failed', 1],
        // It is looked at as soon as it is started, and not watched.
        ['trio_cache', expect.stringMatching(/^(running|pending)$/), 2],
      ]);
    },
    LIMIT,
  );
});
