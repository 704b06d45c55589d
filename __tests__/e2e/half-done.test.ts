import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import type { Faults } from '../../sandbox/nomad/index.ts';
import { repository } from '../../sandbox/runner/action.ts';
import { newMachine } from '../support/run-action.ts';
import { LIMIT, prepareMachine, step, useSandbox } from './support/sandbox.ts';

let faults: Faults | undefined;
const sandbox = useSandbox({ nomad: { faults: (request) => faults?.(request) } });

afterEach(() => {
  faults = undefined;
});

const svc = { pack: './svc' };
const scenarioPacks = join(repository, '__tests__', 'scenarios', 'packs');

/** A pack of two jobs, each of which waits with one canary for its promotion. */
function twoWithCanaries(message: string): Record<string, string> {
  const job = (id: string) => `job "${id}" {
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
        MESSAGE = "${message}"
      }
    }
  }
}
`;
  return {
    'both/metadata.hcl': 'app {\n  url = ""\n}\npack {\n  name    = "both"\n  version = "0.1.0"\n}\n',
    'both/variables.hcl': '',
    'both/templates/one.nomad.tpl': job('both_one'),
    'both/templates/two.nomad.tpl': job('both_two'),
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
  },
  LIMIT,
);
