import { describe, expect, test } from '@jest/globals';
import { scenarios } from './support/scenario.ts';

const { run } = scenarios('Kinds of jobs');

/** Long enough for real rollouts on a busy machine; nothing waits for it. The tests run side by side, for most of them wait for a timeout. */
const LIMIT = 120_000;

const pack = 'kinds';

/** Of a system job or a service: quick enough for a test, and a rollout that Nomad watches. */
const UPDATE = [
  'min_healthy_time = "500ms"',
  'healthy_deadline = "10s"',
  'progress_deadline = "12s"',
  'health_check = "task_states"',
].join('\n');

describe('a job that no node is fit for has not run, however often it is deployed', () => {
  test.concurrent.each([
    ['batch', { kernel: 'plan9' }, /plan9/],
    ['sysbatch', { kernel: 'plan9' }, /plan9/],
    ['system', { driver: 'docker' }, /lack the driver "docker"/],
    ['sysbatch', { datacenter: 'dc9' }, /no node is fit/],
  ])(
    '%s %j',
    async (type, unfit, words) => {
      const name = `unfit-${type}-${Object.keys(unfit)[0]}`;
      const step = {
        scenario: name,
        pack,
        name,
        variables: { job_name: name, type, script: 'exit 0', ...unfit },
        with: { wait_timeout: '4s' },
      };
      const first = await run(step);
      expect(first).toMatchObject({ exitCode: 1, status: 'pending', health: 'unknown', reason: 'placement' });
      expect(first.firstLine).toMatch(words);
      const again = await run({ ...step, scenario: `${name}, again` });
      expect(again).toMatchObject({ exitCode: 1, status: 'pending', health: 'unknown', reason: 'placement' });
      expect(again.changed).toBe('false');
      const status = await run({ operation: 'status', pack, name });
      expect(status).toMatchObject({ exitCode: 0, status: 'pending', health: 'unknown' });
      expect(status.jobs).toMatchObject([{ status: 'pending', health: 'unknown' }]);
    },
    LIMIT,
  );
});

test.concurrent(
  'what completed in an earlier version has not run in one that no node is fit for',
  async () => {
    const name = 'was-fit';
    const variables = { job_name: name, type: 'sysbatch', script: 'exit 0' };
    const complete = { wait_for: 'complete' };
    const fit = await run({ scenario: 'sysbatch, complete', pack, name, variables, with: complete });
    expect(fit).toMatchObject({ exitCode: 0, status: 'complete', health: 'healthy' });
    const unfit = await run({
      scenario: 'sysbatch, fit once',
      pack,
      name,
      variables: { ...variables, message: 'two', kernel: 'plan9' },
      with: { ...complete, wait_timeout: '4s' },
    });
    expect(unfit).toMatchObject({ exitCode: 1, status: 'pending', health: 'unknown', reason: 'placement' });
    // What the diff of a job without secrets has on its old side is not a secret.
    expect(unfit.firstLine).toContain('${attr.kernel.name} = plan9');
  },
  LIMIT,
);

describe('a job whose preparation goes on has not started', () => {
  test.concurrent.each([
    ['batch', ''],
    ['sysbatch', ''],
    ['service', 'max_parallel = 0'],
  ])(
    '%s',
    async (type, update) => {
      const name = `prepares-${type}`;
      const variables = { job_name: name, type, update, prepare: 'echo migrating >&2; exec sleep 3600' };
      const step = { pack, name, variables, with: { wait_timeout: '8s' } };
      const first = await run({ ...step, scenario: name });
      expect(first).toMatchObject({ exitCode: 1, health: 'unknown', reason: 'timeout' });
      expect(first.firstLine).toMatch(/0 of 1 (started|healthy)/);
      expect(first.summary).toContain('migrating');
      const status = await run({ operation: 'status', pack, name });
      expect(status).toMatchObject({ exitCode: 0, health: 'unknown' });
      const again = await run({ ...step, scenario: `${name}, again`, with: { wait_timeout: '4s' } });
      expect(again).toMatchObject({ exitCode: 1, health: 'unknown', reason: 'timeout', changed: 'false' });
    },
    LIMIT,
  );

  test.concurrent.each([
    ['batch', ''],
    ['service', 'max_parallel = 0'],
  ])(
    'and has when it is over: %s',
    async (type, update) => {
      const name = `prepared-${type}`;
      const variables = { job_name: name, type, update, prepare: 'sleep 2', cleanup: 'exit 0' };
      const outcome = await run({ scenario: name, pack, name, variables });
      expect(outcome).toMatchObject({ exitCode: 0, status: 'running', health: 'healthy' });
      const again = await run({ scenario: `${name}, again`, pack, name, variables });
      expect(again).toMatchObject({ exitCode: 0, status: 'running', health: 'healthy', changed: 'false' });
    },
    LIMIT,
  );
});

test.concurrent(
  'a task that is to announce the others, and fails, is not well, though nobody watches it',
  async () => {
    const name = 'announces';
    const task = (title: string, script: string, lifecycle: string) => `task "${title}" {
      driver = "raw_exec"
      ${lifecycle}
      config {
        command = "/bin/sh"
        args    = ["-c", "${script}"]
      }
      resources {
        cpu    = 20
        memory = 16
      }
    }`;
    const first = `job "${name}" {
  datacenters = ["dc1"]
  group "app" {
    update {
      max_parallel     = 0
      min_healthy_time = "100ms"
    }
    restart {
      attempts = 1
      interval = "24h"
      delay    = "1h"
    }
    ${task('server', 'exec sleep 3600', '')}
    ${task('announce', 'exit 3', 'lifecycle {\n        hook = "poststart"\n      }')}
  }
}
`;
    const step = { pack: 'anyjob', name, variables: { first }, with: { wait_timeout: '6s' } };
    const outcome = await run({ scenario: name, ...step });
    expect(outcome).toMatchObject({ exitCode: 1, health: 'unknown', reason: 'timeout' });
    expect(outcome.firstLine).toContain('task "announce" of group "app" exited with code 3');
    const status = await run({ operation: 'status', pack: 'anyjob', name });
    expect(status).toMatchObject({ exitCode: 0, health: 'unknown' });
  },
  LIMIT,
);

test.concurrent(
  'several tasks that nobody watches are well, in whatever order Nomad tells of them',
  async () => {
    const name = 'many-tasks';
    const beside = Array.from({ length: 7 }, () => 'exec sleep 3600');
    const variables = { job_name: name, update: 'max_parallel = 0', beside };
    const outcome = await run({ scenario: name, pack, name, variables, with: { on_failure: 'revert' } });
    expect(outcome).toMatchObject({ exitCode: 0, status: 'running', health: 'healthy' });
  },
  LIMIT,
);

test.concurrent(
  'a main task that does not start beside one that runs is waited for',
  async () => {
    const name = 'half-started';
    const variables = { job_name: name, type: 'batch', beside: ['exit 3'] };
    const outcome = await run({ scenario: name, pack, name, variables });
    expect(outcome).toMatchObject({ exitCode: 1, status: 'failed', reason: 'unhealthy' });
    expect(outcome.firstLine).toMatch(/beside-0.*exited with code 3/);
  },
  LIMIT,
);

test.concurrent(
  'canaries of a system job, of a percentage of the nodes, wait for their promotion',
  async () => {
    const name = 'everywhere-canary';
    const variables = { job_name: name, type: 'system', update: `${UPDATE}\ncanary = 50\nmax_parallel = 3` };
    expect(await run({ pack, name, variables })).toMatchObject({ exitCode: 0, health: 'healthy' });
    const next = { ...variables, message: 'new' };
    const waiting = await run({ scenario: name, pack, name, variables: next, with: { on_failure: 'revert' } });
    expect(waiting).toMatchObject({ exitCode: 1, status: 'pending', reason: 'awaiting-promotion' });
    expect(waiting.jobs).toMatchObject([{ version: 1 }]);
    const promoted = await run({ scenario: `${name}, promoted`, operation: 'promote', pack, name });
    expect(promoted).toMatchObject({ exitCode: 0, status: 'running', health: 'healthy', changed: 'true' });
  },
  LIMIT,
);

test.concurrent(
  'a health that somebody has to tell is named',
  async () => {
    const name = 'by-hand';
    const variables = { job_name: name, update: UPDATE.replace('task_states', 'manual') };
    const outcome = await run({ scenario: name, pack, name, variables, with: { wait_timeout: '4s' } });
    expect(outcome).toMatchObject({ exitCode: 1, health: 'unknown', reason: 'timeout' });
    expect(outcome.firstLine).toMatch(/health_check is "manual"/);
  },
  LIMIT,
);

/** One that Nomad itself asks. */
const checked = (check: string, port = 'http') => `network {
  port "http" {}
}

service {
  name     = "checked"
  provider = "nomad"
  port     = "${port}"

  check {
    ${check}
    interval = "1s"
    timeout  = "1s"
  }
}`;

describe('a health check that fails is named', () => {
  // At a port where nobody listens.
  test.concurrent.each([
    ['tcp', 'name = "alive"\ntype = "tcp"', /health check "alive" of service "checked" fails: .*refused/],
    ['http', 'type = "http"\npath = "/up"', /health check of service "checked" fails: .*\/up.*refused/],
    [
      'port',
      'name = "alive"\ntype = "tcp"\nport = "nope"',
      /health check "alive" of service "checked" fails: .*port label not found/,
    ],
  ])(
    '%s',
    async (type, check, words) => {
      const name = `checked-${type}`;
      const update = 'min_healthy_time = "500ms"\nhealthy_deadline = "4s"\nprogress_deadline = "5s"';
      const variables = { job_name: name, update, services: checked(check) };
      const outcome = await run({ scenario: name, pack, name, variables });
      expect(outcome).toMatchObject({ exitCode: 1, status: 'failed', health: 'unhealthy', reason: 'unhealthy' });
      expect(outcome.firstLine).toMatch(words);
    },
    LIMIT,
  );
});

test.concurrent(
  'a health check that is not part of the rollout may fail',
  async () => {
    const name = 'unready';
    const services = checked('name = "ready"\ntype = "tcp"\non_update = "ignore"');
    const variables = { job_name: name, update: UPDATE.replace('task_states', 'checks'), services };
    const outcome = await run({ scenario: name, pack, name, variables });
    expect(outcome).toMatchObject({ exitCode: 0, status: 'running', health: 'healthy' });
  },
  LIMIT,
);

/** By Nomad's defaults it would be replaced half a minute later, over and over, until its progress deadline. */
describe('what can never start is red at once, and says why', () => {
  test.concurrent.each([
    [
      'an argument that the driver does not know',
      'service',
      { config: 'arguments = ["x"]' },
      /task "server" of group "app" is not valid: .*No argument or block type is named "arguments"/,
    ],
    [
      'an argument of the wrong type',
      'service',
      { config: 'work_dir = ["x"]' },
      /is not valid: .*Inappropriate value for attribute "work_dir": string required/,
    ],
    [
      'a batch job',
      'batch',
      { config: 'arguments = ["x"]' },
      /is not valid: .*No argument or block type is named "arguments"/,
    ],
    [
      'the port of a service',
      'service',
      { services: checked('name = "alive"\ntype = "tcp"', 'nope') },
      /task "server" of group "app" could not be set up: .*service "checked": invalid port "nope": port label not found/,
    ],
  ])(
    '%s',
    async (what, type, wrong, words) => {
      const name = `never-${what.replaceAll(' ', '-')}`;
      const update = type === 'service' ? UPDATE.replace('"12s"', '"60s"') : '';
      const outcome = await run({
        scenario: name,
        pack,
        name,
        variables: { job_name: name, type, update, reschedules: true, ...wrong },
        // Far longer than it takes.
        with: { wait_timeout: '50s' },
      });
      expect(outcome).toMatchObject({ exitCode: 1, status: 'failed', health: 'unhealthy', reason: 'unhealthy' });
      expect(outcome.firstLine).toMatch(words);
      expect(outcome.duration).toBeLessThan(45_000);
    },
    LIMIT,
  );
});
