import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { afterwards } from '../support/afterwards.ts';
import { scenarios } from './support/scenario.ts';

const { run, ask } = scenarios('Redeploy');

/** Long enough for a real rollout on a busy machine; nothing waits for it. */
const LIMIT = 90_000;

interface Options {
  readonly type: string;
  readonly count?: number;
  readonly script?: string;
  readonly message?: string;
}

function job(id: string, { type, count = 1, script = 'exec sleep 3600', message = 'hello' }: Options): string {
  const service = `update {
      max_parallel      = 1
      health_check      = "task_states"
      min_healthy_time  = "500ms"
      healthy_deadline  = "10s"
      progress_deadline = "12s"
    }
    migrate {
      health_check     = "task_states"
      min_healthy_time = "500ms"
      healthy_deadline = "10s"
    }
    reschedule {
      attempts  = 0
      unlimited = false
    }`;
  return `job "${id}" {
  datacenters = ["dc1"]
  type        = "${type}"
  group "app" {
    ${type === 'system' ? '' : `count = ${count}`}
    ${type === 'service' ? service : ''}
    restart {
      attempts = 0
      mode     = "fail"
    }
    task "server" {
      driver       = "raw_exec"
      kill_timeout = "1s"
      config {
        command = "/bin/sh"
        args    = ["-c", ${JSON.stringify(script)}]
      }
      env {
        MESSAGE = "${message}"
      }
      resources {
        cpu    = 20
        memory = 16
      }
    }
  }
}`;
}

interface Allocation {
  readonly ID: string;
  readonly ClientStatus: string;
  readonly CreateTime: number;
}

async function allocations(id: string, status: string): Promise<Allocation[]> {
  const all = await ask<Allocation[]>(`/v1/job/${id}/allocations`);
  return all.filter(({ ClientStatus }) => ClientStatus === status).sort((a, b) => a.CreateTime - b.CreateTime);
}

const idsOf = (all: readonly Allocation[]) => all.map(({ ID }) => ID);

const deploy = async (name: string, text: string, inputs: Readonly<Record<string, string>> = {}, scenario?: string) =>
  await run({
    pack: 'anyjob',
    name,
    variables: { first: text },
    with: inputs,
    ...(scenario !== undefined && { scenario }),
  });

const AGAIN = { redeploy: 'true' };

const planned = async (name: string, text: string, inputs: Readonly<Record<string, string>>, scenario: string) =>
  await run({ operation: 'plan', pack: 'anyjob', name, variables: { first: text }, with: inputs, scenario });

test(
  'a plan says which jobs get new allocations, and its digest lets them have these only',
  async () => {
    const text = job('again-plan', { type: 'service', count: 2 });
    await deploy('again-plan', text);
    const before = idsOf(await allocations('again-plan', 'running'));
    const [without, plan] = [
      await planned('again-plan', text, { fail_on_changes: 'true' }, 'plan without `redeploy`'),
      await planned('again-plan', text, { ...AGAIN, fail_on_changes: 'true' }, 'plan with `redeploy`'),
    ];
    expect(without).toMatchObject({ exitCode: 0, changed: 'false', plan: [{ action: 'none' }] });
    expect(plan).toMatchObject({
      exitCode: 0,
      changed: 'true',
      plan: [{ id: 'again-plan', action: 'redeploy', groups: [{ name: 'app', replace: 2, unchanged: 0 }], diff: [] }],
    });
    const digestOf = ({ outputs }: typeof plan) => ({ plan_digest: outputs['plan-digest'] ?? '' });
    const refused = await deploy('again-plan', text, { ...AGAIN, ...digestOf(without) }, 'not what was reviewed');
    expect(refused).toMatchObject({ exitCode: 1, reason: 'plan-changed', changed: 'false' });
    expect(idsOf(await allocations('again-plan', 'running')).sort()).toEqual([...before].sort());
    const outcome = await deploy('again-plan', text, { ...AGAIN, ...digestOf(plan) }, 'as reviewed');
    expect(outcome).toMatchObject({ exitCode: 0, changed: 'true', plan: [{ action: 'redeploy' }] });
    const after = idsOf(await allocations('again-plan', 'running'));
    expect(after.filter((id) => before.includes(id))).toEqual([]);
  },
  LIMIT,
);

test.each([
  ['service', 2],
  ['system', 1],
])(
  'a %s gets new allocations, and no new version',
  async (type, count) => {
    const name = `again-${type}`;
    const text = job(name, { type, count });
    await deploy(name, text);
    const before = await allocations(name, 'running');
    expect(before).toHaveLength(count);
    const outcome = await deploy(name, text, AGAIN, `${type}, unchanged`);
    expect(outcome).toMatchObject({ exitCode: 0, status: 'running', health: 'healthy', changed: 'true', reason: '' });
    expect(outcome.jobs).toMatchObject([{ id: name, version: 0 }]);
    const after = await allocations(name, 'running');
    expect(after).toHaveLength(count);
    expect(idsOf(after).filter((id) => idsOf(before).includes(id))).toEqual([]);
    if (type === 'service') {
      // One after the other, as `max_parallel` says.
      const [first, second] = after;
      expect((second?.CreateTime ?? 0) - (first?.CreateTime ?? 0)).toBeGreaterThan(500_000_000);
    }
    const unchanged = await deploy(name, text, {}, `${type}, and nothing after it`);
    expect(unchanged).toMatchObject({ exitCode: 0, changed: 'false' });
    expect(idsOf(await allocations(name, 'running')).sort()).toEqual(idsOf(after).sort());
  },
  LIMIT,
);

test(
  'a sysbatch job that runs is left alone, for Nomad would not run it again',
  async () => {
    const text = job('again-sysbatch', { type: 'sysbatch' }).replace('count = 1', '');
    await deploy('again-sysbatch', text);
    const outcome = await deploy('again-sysbatch', text, AGAIN, 'sysbatch, unchanged');
    expect(outcome).toMatchObject({ exitCode: 0, status: 'running', health: 'healthy', changed: 'false' });
    expect(outcome.annotations.find(({ level }) => level === 'warning')?.message).toMatch(
      /^Job "again-sysbatch" \(default\) stays as it is: Nomad does not run the same sysbatch job again/,
    );
    expect(await allocations('again-sysbatch', 'running')).toHaveLength(1);
    const done = job('done-sysbatch', { type: 'sysbatch', script: 'exit 0' }).replace('count = 1', '');
    await deploy('done-sysbatch', done, { wait_for: 'complete' });
    const stopped = await run({ operation: 'stop', name: 'done-sysbatch', pack: 'anyjob', variables: { first: done } });
    expect(stopped).toMatchObject({ exitCode: 0, status: 'stopped' });
    const again = await deploy('done-sysbatch', done, { wait_timeout: '4s' }, 'sysbatch, after a stop');
    expect(again).toMatchObject({ exitCode: 1, status: 'pending', health: 'unknown', reason: 'placement' });
    const words = again.annotations.find(({ level }) => level === 'error')?.message ?? '';
    expect(words).toContain('Nomad does not run the same sysbatch job again where it has run');
  },
  LIMIT,
);

test(
  'a batch job runs again',
  async () => {
    const text = job('again-batch', { type: 'batch', script: 'exit 0' });
    const inputs = { wait_for: 'complete' };
    await deploy('again-batch', text, inputs);
    expect(await allocations('again-batch', 'complete')).toHaveLength(1);
    const outcome = await deploy('again-batch', text, { ...inputs, ...AGAIN }, 'batch, unchanged');
    expect(outcome).toMatchObject({ exitCode: 0, status: 'complete', health: 'healthy', changed: 'true' });
    expect(await allocations('again-batch', 'complete')).toHaveLength(2);
    expect(await deploy('again-batch', text, inputs)).toMatchObject({ exitCode: 0, changed: 'false' });
    expect(await allocations('again-batch', 'complete')).toHaveLength(2);
  },
  LIMIT,
);

test(
  'what is not healthy any more ends it: the rest runs as it did, and the step is red',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'redeploy-'));
    afterwards(() => rm(folder, { recursive: true, force: true }));
    const file = join(folder, 'secret');
    await writeFile(file, 'there');
    const script = `cat ${file} || { echo the secret is gone >&2; exit 3; }; exec sleep 3600`;
    const text = job('again-bad', { type: 'service', count: 2, script });
    await deploy('again-bad', text);
    const before = await allocations('again-bad', 'running');
    await rm(file);
    const outcome = await deploy('again-bad', text, AGAIN, 'service, that does not start any more');
    expect(outcome).toMatchObject({ exitCode: 1, health: 'unhealthy', changed: 'true', reason: 'unhealthy' });
    const after = idsOf(await allocations('again-bad', 'running'));
    expect(after).toHaveLength(1);
    expect(idsOf(before)).toEqual(expect.arrayContaining(after));
  },
  LIMIT,
);

test(
  'beside a job that changes, the others are redeployed',
  async () => {
    const trio = async (script: string, inputs: Readonly<Record<string, string>> = {}) =>
      await run({
        scenario: `trio, ${script}`,
        pack: 'v2/trio',
        name: 'trio-again',
        variables: { worker_script: script },
        with: inputs,
      });
    await trio('exec sleep 3600');
    const before = await allocations('trio_api', 'running');
    const outcome = await trio('exec sleep 3601', AGAIN);
    expect(outcome).toMatchObject({ exitCode: 0, changed: 'true', status: 'running', health: 'healthy' });
    const versions = outcome.jobs.map(({ id, version }) => `${id} ${version}`).sort();
    expect(versions).toEqual(['trio_api 0', 'trio_worker 1']);
    expect(idsOf(await allocations('trio_api', 'running'))).not.toEqual(idsOf(before));
    expect(await allocations('trio_worker', 'complete')).toHaveLength(1);
  },
  LIMIT,
);

test(
  'a batch job whose meta differs runs at each deploy',
  async () => {
    const text = (id: string) =>
      job('again-meta', { type: 'batch', script: 'exit 0' }).replace(
        'group "app"',
        `meta {\n    run = "${id}"\n  }\n  group "app"`,
      );
    for (const [index, id] of ['101-1', '102-1'].entries()) {
      const outcome = await deploy('again-meta', text(id), { wait_for: 'complete' }, `batch, run ${id}`);
      expect(outcome).toMatchObject({ exitCode: 0, status: 'complete', changed: 'true' });
      expect(await allocations('again-meta', 'complete')).toHaveLength(index + 1);
    }
    expect(await run({ operation: 'status', pack: 'anyjob', name: 'again-meta' })).toMatchObject({
      status: 'complete',
    });
  },
  LIMIT,
);
