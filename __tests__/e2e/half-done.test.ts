import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { jobSpecification, register } from 'nomad-pack-sandbox/__tests__/support/api.ts';
import type { Faults } from 'nomad-pack-sandbox/nomad/index.ts';
import type { Job } from 'nomad-pack-sandbox/nomad/types.ts';
import { repository } from 'nomad-pack-sandbox/runner/action.ts';
import type { JobState } from '../../src/result.ts';
import { newMachine } from '../support/run-action.ts';
import { LIMIT, prepareMachine, step, useSandbox } from './support/sandbox.ts';

let faults: Faults | undefined;
const sandbox = useSandbox({ nomad: { namespaces: ['prod'], faults: (request) => faults?.(request) } });

afterEach(() => {
  faults = undefined;
});

const svc = { pack: './svc' };
const scenarioPacks = join(repository, '__tests__', 'scenarios', 'packs');

/** A pack of two jobs, each of which waits with one canary for its promotion. */
function twoWithCanaries(message: string, other = message): Record<string, string> {
  const job = (id: string, text: string) => `job "${id}" {
  datacenters = ["dc1"]
  group "app" {
    update {
      canary           = 1
      min_healthy_time = "10ms"
      health_check     = "task_states"
    }
    task "server" {
      driver = "raw_exec"
      config {
        command = "/bin/sh"
        args    = ["-c", "exec sleep 3600"]
      }
      env {
        MESSAGE = "${text}"
      }
    }
  }
}
`;
  return {
    'both/metadata.hcl': 'app {\n  url = ""\n}\npack {\n  name    = "both"\n  version = "0.1.0"\n}\n',
    'both/variables.hcl': '',
    'both/templates/one.nomad.tpl': job('both_one', message),
    'both/templates/two.nomad.tpl': job('both_two', other),
  };
}

test(
  'a destroy that Nomad refuses has changed nothing',
  async () => {
    const machine = await newMachine(scenarioPacks);
    const inputs = { ...svc, deployment_name: 'refused', variables: 'job_name: refused' };
    expect((await step(sandbox(), { machine, inputs })).exitCode).toBe(0);
    faults = ({ method }) =>
      method === 'DELETE' ? { kind: 'respond', status: 403, body: 'Permission denied' } : undefined;
    const { exitCode, outputs } = await step(sandbox(), { machine, inputs: { ...inputs, operation: 'destroy' } });
    expect([exitCode, outputs['failure-reason'], outputs['changed']]).toEqual([1, 'nomad-auth', 'false']);
  },
  LIMIT,
);

test(
  'a destroy that is cancelled tells of no other environment’s jobs',
  async () => {
    const meta = { 'pack.name': 'svc', 'pack.deployment_name': 'ended' };
    for (const namespace of ['default', 'prod']) {
      await register(sandbox().nomad, jobSpecification('ended', { job: `namespace = "${namespace}"` }), meta);
    }
    let running: ChildProcess | undefined;
    faults = ({ method }) => {
      if (method !== 'DELETE') return undefined;
      running?.kill('SIGINT');
      return { kind: 'respond', status: 503 };
    };
    const { outputs } = await step(sandbox(), {
      machine: await newMachine(scenarioPacks),
      inputs: { ...svc, deployment_name: 'ended', operation: 'destroy' },
      onLog: (_, child) => {
        running = child;
      },
    });
    expect([outputs['status'], outputs['failure-reason']]).toEqual(['cancelled', 'cancelled']);
    const jobs: JobState[] = JSON.parse(outputs['jobs'] ?? '');
    expect(jobs.map(({ id, namespace }) => [id, namespace])).toEqual([['ended', 'default']]);
  },
  LIMIT,
);

const launched = (parent: Job, id: string): Job => ({
  ...parent,
  ID: id,
  Name: id,
  ParentID: parent.ID,
  Periodic: null,
});

test(
  'a destroy takes what a job launches while it is destroyed',
  async () => {
    const { state } = sandbox().nomad;
    const machine = await newMachine(scenarioPacks);
    const inputs = { pack: './nightly', deployment_name: 'nightly' };
    await step(sandbox(), { machine, inputs });
    faults = ({ method, path }) => {
      const parent = state.job('default', 'nightly');
      if (method === 'DELETE' && path === '/v1/job/nightly' && parent !== undefined) {
        state.commit(() => state.putJobVersion(launched(parent, 'nightly/periodic-1')));
      }
      return undefined;
    };
    const { exitCode, outputs } = await step(sandbox(), { machine, inputs: { ...inputs, operation: 'destroy' } });
    expect([exitCode, outputs['status'], outputs['changed'], outputs['jobs']]).toEqual([0, 'absent', 'true', '[]']);
    expect(state.allJobs().map(({ ID }) => ID)).not.toContain('nightly/periodic-1');
  },
  LIMIT,
);

describe.each([
  [403, 'nomad-auth'],
  [500, 'nomad-error'],
])('what status %i keeps from ending', (refused, reason) => {
  const ids = ['trio_api', 'trio_cache', 'trio_worker'];

  test.each([
    ['destroy', [['trio_cache', 'running']]],
    ['stop', ids.map((id) => [id, id === 'trio_cache' ? 'running' : 'stopped'])],
  ])(
    'is what the outputs of a %s tell of',
    async (operation, left) => {
      const machine = await newMachine(scenarioPacks);
      const inputs = { pack: './v1/trio', deployment_name: `trio-${refused}-${operation}` };
      expect((await step(sandbox(), { machine, inputs })).exitCode).toBe(0);
      faults = ({ method, path }) =>
        method === 'DELETE' && path === '/v1/job/trio_cache'
          ? { kind: 'respond', status: refused, body: 'not today' }
          : undefined;
      const { exitCode, outputs, log } = await step(sandbox(), { machine, inputs: { ...inputs, operation } });
      expect([exitCode, outputs['failure-reason'], outputs['changed']]).toEqual([1, reason, 'true']);
      expect([outputs['status'], outputs['health']]).toEqual(['running', 'healthy']);
      const jobs: JobState[] = JSON.parse(outputs['jobs'] ?? '');
      expect(jobs.map(({ id, status }) => [id, status])).toEqual(left);
      expect(log).toContain('Still there: trio_cache (default).');
      faults = undefined;
      await step(sandbox(), { machine, inputs: { ...inputs, operation: 'destroy' } });
    },
    LIMIT,
  );
});

test(
  'a deploy that goes back starts again what it stopped, also where that came late',
  async () => {
    const { state } = sandbox().nomad;
    const machine = await newMachine(scenarioPacks);
    const inputs = { ...svc, deployment_name: 'back', variables: 'job_name: back' };
    await step(sandbox(), { machine, inputs });
    faults = ({ path }) => {
      const job = state.job('default', 'back');
      // After the first look at who owns what.
      if (path === '/v1/job/back/plan' && job !== undefined && state.job('default', 'late') === undefined) {
        state.commit(() => state.putJobVersion({ ...job, ID: 'late', Name: 'late' }));
      }
      return undefined;
    };
    const variables = 'job_name: back\nscript: exit 3';
    const { outputs, log } = await step(sandbox(), { machine, inputs: { ...inputs, variables, on_failure: 'revert' } });
    expect([outputs['status'], outputs['failure-reason']]).toEqual(['reverted', 'unhealthy']);
    expect(log).toContain('Job "late" (default) went back to version 0, as version 2.');
    expect(state.job('default', 'late')?.Stop).toBe(false);
  },
  LIMIT,
);

test(
  'a deploy that goes back stops again what did not run before',
  async () => {
    const machine = await newMachine(scenarioPacks);
    const inputs = { ...svc, deployment_name: 'asleep', variables: 'job_name: asleep' };
    await step(sandbox(), { machine, inputs });
    await step(sandbox(), { machine, inputs: { ...inputs, operation: 'stop' } });
    const variables = 'job_name: asleep\nscript: exit 3';
    const { outputs, annotations } = await step(sandbox(), {
      machine,
      inputs: { ...inputs, variables, on_failure: 'revert' },
    });
    expect([outputs['status'], outputs['failure-reason'], outputs['changed']]).toEqual([
      'stopped',
      'unhealthy',
      'true',
    ]);
    expect(JSON.parse(outputs['jobs'] ?? '')).toMatchObject([{ id: 'asleep', status: 'stopped', health: 'unknown' }]);
    expect(annotations.find(({ level }) => level === 'error')?.message).toContain(
      'What this step had started was stopped.',
    );
  },
  LIMIT,
);

test.each(['true', 'false'])(
  'a job that is gone as soon as it is registered is red, with wait: %s',
  async (wait) => {
    const { state } = sandbox().nomad;
    const machine = await newMachine(scenarioPacks);
    faults = ({ path }) => {
      // The first thing that is asked about a registration.
      if (path.startsWith('/v1/evaluation/')) state.commit(() => state.deleteJob('default', 'brief'));
      return undefined;
    };
    const inputs = { ...svc, deployment_name: 'brief', variables: 'job_name: brief', wait };
    const { exitCode, outputs, annotations } = await step(sandbox(), { machine, inputs });
    expect([exitCode, outputs['failure-reason'], outputs['status']]).toEqual([1, 'stopped', 'absent']);
    expect(JSON.parse(outputs['jobs'] ?? '')).toMatchObject([{ id: 'brief', status: 'absent' }]);
    expect(annotations.find(({ level }) => level === 'error')?.message).toMatch(
      /^Job "brief": it is not there, though it was to be registered\n\nFind out who stopped it/,
    );
  },
  LIMIT,
);

test(
  'a job that is gone when it is looked at is red, though it was registered',
  async () => {
    const { state } = sandbox().nomad;
    const machine = await newMachine(scenarioPacks);
    let isRegistered = false;
    faults = ({ method, path }) => {
      if (path.startsWith('/v1/evaluation/')) isRegistered = true;
      if (isRegistered && method === 'GET' && path === '/v1/jobs') {
        state.commit(() => state.deleteJob('default', 'short'));
      }
      return undefined;
    };
    const inputs = { ...svc, deployment_name: 'short', variables: 'job_name: short', wait: 'false' };
    const { exitCode, outputs } = await step(sandbox(), { machine, inputs });
    expect([exitCode, outputs['failure-reason'], outputs['status']]).toEqual([1, 'stopped', 'absent']);
  },
  LIMIT,
);

test(
  'a promotion that Nomad refuses for one of two jobs has changed the other',
  async () => {
    const inputs = { pack: './both', deployment_name: 'both' };
    await step(sandbox(), { machine: await prepareMachine({ files: twoWithCanaries('old') }), inputs });
    const machine = await prepareMachine({ files: twoWithCanaries('new') });
    const waiting = await step(sandbox(), { machine, inputs });
    expect(waiting.outputs['failure-reason']).toBe('awaiting-promotion');
    let promotions = 0;
    faults = ({ path }) => {
      if (!path.startsWith('/v1/deployment/promote/')) return undefined;
      promotions += 1;
      return promotions === 2 ? { kind: 'respond', status: 403, body: 'Permission denied' } : undefined;
    };
    const { exitCode, outputs } = await step(sandbox(), { machine, inputs: { ...inputs, operation: 'promote' } });
    expect([exitCode, outputs['failure-reason'], outputs['changed']]).toEqual([1, 'nomad-auth', 'true']);
    expect(JSON.parse(outputs['jobs'] ?? '')).toMatchObject([{ id: 'both_one' }, { id: 'both_two' }]);
    faults = undefined;
    await step(sandbox(), { machine, inputs: { ...inputs, operation: 'destroy' } });
  },
  LIMIT,
);

test(
  'a promotion tells of the jobs, too, that had nothing to promote',
  async () => {
    const inputs = { pack: './both', deployment_name: 'both' };
    await step(sandbox(), { machine: await prepareMachine({ files: twoWithCanaries('old') }), inputs });
    const machine = await prepareMachine({ files: twoWithCanaries('new', 'old') });
    await step(sandbox(), { machine, inputs });
    const { exitCode, outputs } = await step(sandbox(), { machine, inputs: { ...inputs, operation: 'promote' } });
    expect([exitCode, outputs['status'], outputs['health']]).toEqual([0, 'running', 'healthy']);
    const jobs: JobState[] = JSON.parse(outputs['jobs'] ?? '');
    expect(jobs.map(({ id, version, health }) => [id, version, health])).toEqual([
      ['both_one', 1, 'healthy'],
      ['both_two', 0, 'healthy'],
    ]);
  },
  LIMIT,
);

test(
  'a deploy whose jobs are registered has changed the cluster, though Nomad says no more',
  async () => {
    const machine = await newMachine(scenarioPacks);
    faults = ({ path }) =>
      path.startsWith('/v1/evaluation/') ? { kind: 'respond', status: 403, body: 'Permission denied' } : undefined;
    const inputs = { ...svc, deployment_name: 'mute', variables: 'job_name: mute' };
    const { exitCode, outputs } = await step(sandbox(), { machine, inputs });
    expect(sandbox().nomad.state.job('default', 'mute')?.Stop).toBe(false);
    expect([exitCode, outputs['failure-reason'], outputs['changed']]).toEqual([1, 'nomad-auth', 'true']);
    expect(JSON.parse(outputs['jobs'] ?? '')).toMatchObject([{ id: 'mute' }]);
  },
  LIMIT,
);
