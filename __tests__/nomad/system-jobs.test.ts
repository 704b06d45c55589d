import { describe, expect, test } from '@jest/globals';
import { ask, type JobOptions, jobSpecification, register } from 'nomad-pack-sandbox/__tests__/support/api.ts';
import { inRandomOrder } from 'nomad-pack-sandbox/nomad/http/map-order.ts';
import type { SimulatedNomad } from 'nomad-pack-sandbox/nomad/index.ts';
import { start } from './support/clients.ts';

const evaluated = (nomad: SimulatedNomad, job: string) =>
  nomad.until((state) => {
    const evaluations = state.jobEvaluations('default', job);
    return evaluations.length > 0 && evaluations.every(({ Status }) => Status === 'complete') && evaluations;
  });

const ended = (nomad: SimulatedNomad, job: string) =>
  nomad.until((state) => {
    const allocations = state.jobAllocations('default', job);
    return (
      allocations.length > 0 && allocations.every(({ ClientStatus }) => ClientStatus === 'complete') && allocations
    );
  });

const unfit = 'constraint {\n attribute = "${attr.kernel.name}"\n value = "plan9"\n }';

describe('a job on every node', () => {
  const sysbatch = (options: JobOptions = {}) =>
    jobSpecification('it', { type: 'sysbatch', script: 'exit 0', ...options });

  test('that no node fits waits for none, and says why', async () => {
    const nomad = await start();
    await register(nomad, sysbatch({ group: unfit }));
    const [evaluation] = await evaluated(nomad, 'it');
    expect(evaluation).toMatchObject({ QueuedAllocations: { app: 0 }, FailedTGAllocs: { app: { NodesFiltered: 1 } } });
    expect(evaluation).not.toHaveProperty('BlockedEval');
    expect(nomad.state.job('default', 'it')?.Status).toBe('dead');
  });

  test('that there is no node for has nothing to say', async () => {
    const nomad = await start();
    await register(nomad, sysbatch().replace('"dc1"', '"dc9"'));
    const [evaluation] = await evaluated(nomad, 'it');
    expect(evaluation).not.toHaveProperty('FailedTGAllocs');
    expect(nomad.state.job('default', 'it')?.Status).toBe('dead');
  });

  test('that lacks room waits for it', async () => {
    const nomad = await start();
    await register(nomad, sysbatch({ memory: 999_999 }));
    await nomad.until((state) => state.jobEvaluations('default', 'it').some(({ Status }) => Status === 'blocked'));
  });

  test('that no node fits has succeeded in its rollout', async () => {
    const nomad = await start();
    await register(nomad, jobSpecification('it', { type: 'system', group: unfit }));
    const rollout = await nomad.until((state) => state.latestDeployment('default', 'it'));
    expect(rollout).toMatchObject({ Status: 'successful', TaskGroups: { app: { DesiredTotal: 0 } } });
  });

  test('that has run does not run again for what needs no new allocation, and does for what does', async () => {
    const nomad = await start();
    await register(nomad, sysbatch());
    await ended(nomad, 'it');
    await register(nomad, sysbatch({ group: unfit }));
    await evaluated(nomad, 'it');
    expect(nomad.state.job('default', 'it')).toMatchObject({ Version: 1, Status: 'dead' });
    expect(nomad.state.jobAllocations('default', 'it')).toHaveLength(1);
    await register(nomad, sysbatch({ message: 'two' }));
    await nomad.until((state) => state.jobAllocations('default', 'it').length === 2);
  });

  test.each([
    [1, 3],
    [100, 1],
  ])('has canaries in the place of what they replace: %i %%, at most %i', async (canary, most) => {
    const nomad = await start();
    const update = `update {\n min_healthy_time = "50ms"\n health_check = "task_states"\n canary = ${canary}\n max_parallel = ${most}\n }`;
    const system = (message: string) => jobSpecification('it', { type: 'system', job: update, message });
    await register(nomad, system('one'));
    await nomad.until((state) => state.latestDeployment('default', 'it')?.Status === 'successful');
    await register(nomad, system('two'));
    const rollout = await nomad.until((state) => {
      const latest = state.latestDeployment('default', 'it');
      return latest?.JobVersion === 1 && latest.TaskGroups['app']?.HealthyAllocs === 1 && latest;
    });
    expect(rollout).toMatchObject({ Status: 'running', TaskGroups: { app: { DesiredCanaries: 1, DesiredTotal: 1 } } });
    const live = nomad.state.jobAllocations('default', 'it').filter(({ DesiredStatus }) => DesiredStatus === 'run');
    expect(live).toMatchObject([{ Job: { Version: 1 }, DeploymentStatus: { Canary: true, Healthy: true } }]);
    await ask(nomad, `POST /v1/deployment/promote/${rollout.ID}`, { DeploymentID: rollout.ID, All: true });
    await nomad.until((state) => state.latestDeployment('default', 'it')?.Status === 'successful');
  });
});

describe('the order of maps', () => {
  const names = Array.from({ length: 8 }, (_, index) => `task-${index}`);
  const states = () => Object.fromEntries(names.map((name) => [name, { State: 'running', Failed: false }]));
  const body = [{ ID: 'a', TaskStates: states(), TaskGroups: [{ Name: 'app', Count: 1 }] }];

  test('is another one in each answer, and the same for the same seed; structs and lists keep theirs', () => {
    const orders = [1, 2, 3].map((seed) => JSON.stringify(inRandomOrder(body, seed)));
    expect(new Set(orders).size).toBe(3);
    expect(orders[0]).toBe(JSON.stringify(inRandomOrder(body, 1)));
    for (const order of orders) {
      expect(JSON.parse(order)).toEqual(body);
      expect(order).toMatch(/^\[\{"ID":"a","TaskStates":\{.*\},"TaskGroups":\[\{"Name":"app","Count":1\}\]\}\]$/);
      expect(order.match(/"State":"running","Failed":false/g)).toHaveLength(8);
    }
  });

  test('is random in what Nomad answers', async () => {
    const nomad = await start();
    const tasks = names.map(
      (name) => `task "${name}" {\n driver = "raw_exec"\n config {\n command = "/bin/true"\n }\n }`,
    );
    await register(
      nomad,
      `job "it" {\n datacenters = ["dc1"]\n type = "batch"\n group "app" {\n ${tasks.join('\n')}\n }\n }`,
    );
    await ended(nomad, 'it');
    const orders = new Set<string>();
    for (let round = 0; round < 4; round += 1) {
      const { body: allocations } = await ask(nomad, 'GET /v1/job/it/allocations');
      orders.add(Object.keys(allocations[0].TaskStates).join());
    }
    expect(orders.size).toBeGreaterThan(1);
  });
});
