import { getEventListeners } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ask, type JobOptions, jobSpecification as job } from 'nomad-pack-sandbox/__tests__/support/api.ts';
import type { Faults, SimulatedNomad } from 'nomad-pack-sandbox/nomad/index.ts';
import { afterwards } from '../../support/afterwards.ts';
import { failure } from '../../support/failure.ts';
import { clientOf, start } from '../support/clients.ts';
import { deploy, follow, gist, submit, well } from './support/rollout.ts';

const crash = 'echo starting; echo boom >&2; exit 3';

/** A service that crashes. However slow the machine, it is not taken for a healthy one before. */
const crashing = { script: crash, minHealthyTime: '9s' };

/** A job that asks for more than there is. */
const huge = (name: string, options: JobOptions = {}) => job(name, { memory: 999_999, ...options });

/** The watch waits for a change of what has been running for a while. */
async function blocked(nomad: SimulatedNomad): Promise<void> {
  const isRunning = () =>
    nomad.state.jobAllocations('default', 'web').some((alloc) => alloc.ClientStatus === 'running');
  await nomad.until(isRunning);
  const index = Math.max(...nomad.state.jobAllocations('default', 'web').map((alloc) => alloc.ModifyIndex));
  while (!nomad.requests.some(({ path }) => path.includes(`index=${index}`))) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe('a service', () => {
  test('is healthy when Nomad says that its rollout was successful', async () => {
    const nomad = await start();
    const { outcome, lines } = await deploy(nomad, [job('web', { count: 2 })]);
    expect(gist(outcome)).toEqual(well);
    expect(outcome.jobs).toEqual([
      {
        id: 'web',
        namespace: 'default',
        type: 'service',
        status: 'running',
        health: 'healthy',
        version: 0,
        nomadDeploymentId: nomad.state.latestDeployment('default', 'web')?.ID,
        groups: [{ name: 'app', desired: 2, placed: 2, healthy: 2, unhealthy: 0 }],
        url: `${nomad.address}/ui/jobs/web@default`,
      },
    ]);
    expect(lines.at(-1)).toMatch(/^web: running, healthy; app 2\/2 healthy, 2 placed; rollout successful$/);
  });

  test('that crashes fails with the exit code and the end of its log', async () => {
    const nomad = await start();
    const { outcome, lines } = await deploy(nomad, [job('web', crashing)]);
    expect(gist(outcome)).toEqual({
      status: 'failed',
      health: 'unhealthy',
      reason: 'unhealthy',
      first: 'Job "web": task "server" of group "app" exited with code 3: boom',
    });
    expect(outcome.jobs[0]?.diagnosis).toMatchObject({ log: 'boom', task: 'app/server', reason: 'unhealthy' });
    expect(outcome.jobs[0]?.diagnosis?.events.join('\n')).toMatch(/Terminated: Exit Code: 3/);
    expect(outcome.failure?.hint).toContain('nomad job status -namespace default web');
    expect(lines.at(-1)).toContain('task "server" of group "app" exited with code 3: boom');
  });

  test('that Nomad rolled back is reverted, whatever runs now', async () => {
    const nomad = await start();
    const update = 'auto_revert = true';
    await deploy(nomad, [job('web', { update })]);
    const { outcome } = await deploy(nomad, [job('web', { update, ...crashing })]);
    expect(gist(outcome)).toEqual({
      status: 'reverted',
      health: 'healthy',
      reason: 'reverted',
      first:
        'Job "web": task "server" of group "app" exited with code 3: boom; Nomad rolled the job back to version 0, which runs as version 2 now',
    });
    expect(outcome.jobs[0]).toMatchObject({ version: 2, groups: [{ healthy: 1 }], diagnosis: { log: 'boom' } });
  });

  test('that had nothing to be rolled back to has failed', async () => {
    const nomad = await start();
    const { outcome } = await deploy(nomad, [job('web', { update: 'auto_revert = true', ...crashing })]);
    expect(gist(outcome)).toMatchObject({ status: 'failed', reason: 'unhealthy' });
  });

  test('of which nothing can be placed says so at once, and fails in the end', async () => {
    const nomad = await start();
    const { outcome, lines } = await deploy(nomad, [huge('web')], { timeout: 1_500 });
    const words = 'group "app" cannot be placed: no node has 999,999 MB of memory free: 1 of 1 nodes exhausted';
    expect(gist(outcome)).toEqual({
      status: 'pending',
      health: 'unknown',
      reason: 'placement',
      first: `Job "web": ${words}`,
    });
    expect(lines[0]).toContain(words);
  });

  test('of which nothing could be placed until its progress deadline fails before the timeout', async () => {
    const nomad = await start();
    const hopeless = huge('web').replace('"15s"', '"600ms"').replace('"10s"', '"500ms"');
    const { outcome } = await deploy(nomad, [hopeless]);
    expect(gist(outcome)).toMatchObject({ reason: 'placement' });
  });

  test('that waits for room gets it', async () => {
    const nomad = await start({ node: { MemoryMB: 100 } });
    await deploy(nomad, [job('first', { memory: 80 })]);
    const submission = await submit(nomad, [job('web', { memory: 80 })]);
    const { outcome, lines } = await follow(submission, {
      onProgress: (line) => {
        if (line.includes('cannot be placed')) ask(nomad, 'DELETE /v1/job/first');
      },
    });
    expect(gist(outcome)).toEqual(well);
    expect(lines[0]).toContain('no node has 80 MB of memory free');
  });

  test('that takes too long says what is missing', async () => {
    const nomad = await start();
    const { outcome } = await deploy(
      nomad,
      [job('web', { script: 'echo waiting for db >&2; sleep 60', minHealthyTime: '9s' })],
      {
        timeout: 700,
      },
    );
    expect(gist(outcome)).toEqual({
      status: 'running',
      health: 'unknown',
      reason: 'timeout',
      first: expect.stringMatching(
        /^Job "web" did not get there in time: group "app": 0 of 1 healthy \(after \d+ s\)$/,
      ),
    });
    expect(outcome.jobs[0]?.diagnosis?.log).toBe('waiting for db');
  });

  test('that is restarted over and over is told from one that is slow', async () => {
    const nomad = await start();
    const again = job('web', crashing).replace(
      'attempts = 0\n      mode',
      'attempts = 50\n delay = "50ms"\n interval = "1h"\n      mode',
    );
    const { outcome } = await deploy(nomad, [again], { timeout: 1_000 });
    expect(gist(outcome)).toMatchObject({
      reason: 'timeout',
      first: 'Job "web" did not get there in time: task "server" of group "app" exited with code 3: boom',
    });
  });

  test('whose command is not there could not be started', async () => {
    const nomad = await start();
    const { outcome } = await deploy(nomad, [job('web').replace('/bin/sleep', '/nowhere')]);
    expect(gist(outcome).first).toMatch(/^Job "web": task "server" of group "app" could not be started: .*\/nowhere/);
  });

  test('whose canaries wait for their promotion is pending', async () => {
    const nomad = await start();
    const options = { count: 2, update: 'canary = 1' };
    await deploy(nomad, [job('web', options)]);
    const { outcome } = await deploy(nomad, [job('web', { ...options, message: 'two' })]);
    expect(gist(outcome)).toEqual({
      status: 'pending',
      health: 'unknown',
      reason: 'awaiting-promotion',
      first: 'Job "web": its canaries are healthy and wait to be promoted',
    });
    expect(outcome.jobs[0]?.groups).toEqual([{ name: 'app', desired: 2, placed: 1, healthy: 1, unhealthy: 0 }]);
    expect(outcome.failure?.hint).toContain(outcome.jobs[0]?.nomadDeploymentId);
  });

  test('whose canaries promote themselves needs nobody', async () => {
    const nomad = await start();
    const options = { count: 2, update: 'canary = 1\n auto_promote = true' };
    await deploy(nomad, [job('web', options)]);
    expect(gist((await deploy(nomad, [job('web', { ...options, message: 'two' })])).outcome)).toEqual(well);
  });

  test('that a newer deploy has taken the place of is superseded', async () => {
    const nomad = await start();
    const submission = await submit(nomad, [job('web', { minHealthyTime: '5s' })]);
    await submit(nomad, [job('web', { message: 'newer' })]);
    const { outcome } = await follow(submission);
    expect(gist(outcome)).toMatchObject({
      reason: 'superseded',
      first: 'Job "web": version 1 by somebody else has taken the place of version 0',
    });
  });

  test.each([
    ['stopped', 'DELETE /v1/job/web', 'somebody stopped the job', 'stopped'],
    ['purged', 'DELETE /v1/job/web?purge=true', 'somebody purged the job', 'absent'],
  ])('that somebody has %s meanwhile', async (_, request, cause, status) => {
    const nomad = await start();
    const submission = await submit(nomad, [job('web', { minHealthyTime: '9s' })]);
    const watch = follow(submission);
    await blocked(nomad);
    await ask(nomad, request);
    expect(gist((await watch).outcome)).toMatchObject({ status, reason: 'stopped', first: `Job "web": ${cause}` });
  });

  test('that was purged and registered anew under the same version is another one', async () => {
    const nomad = await start();
    const submission = await submit(nomad, [job('web', { minHealthyTime: '9s' })]);
    const watch = follow(submission);
    await blocked(nomad);
    nomad.state.commit(() => {
      const own = nomad.state.job('default', 'web');
      if (own === undefined) throw new Error('no job');
      nomad.state.deleteJob('default', 'web');
      nomad.state.putJobVersion({ ...own, SubmitTime: own.SubmitTime + 1e9 });
    });
    expect((await watch).outcome.failure?.reason).toBe('superseded');
  });

  test('whose rollout is paused is waited for', async () => {
    const nomad = await start();
    // Long enough for the pause to come first on any machine; it goes on while the rollout is paused.
    const submission = await submit(nomad, [job('web', { minHealthyTime: '3s' })]);
    const id = await nomad.until((state) => state.latestDeployment('default', 'web')?.ID);
    const pause = async (Pause: boolean) =>
      await ask(nomad, `POST /v1/deployment/pause/${id}`, { DeploymentID: id, Pause });
    await pause(true);
    const { outcome, lines } = await follow(submission, {
      onProgress: (line) => {
        if (line.includes('paused')) pause(false);
      },
    });
    expect(lines.join('\n')).toContain('its rollout is paused');
    expect(gist(outcome)).toEqual(well);
  });

  test('that wants no allocation is done', async () => {
    const nomad = await start();
    expect(gist((await deploy(nomad, [job('web', { count: 0 })])).outcome)).toEqual({ ...well, status: 'complete' });
  });
});

describe('an unchanged job', () => {
  test('that is healthy is well at once', async () => {
    const nomad = await start();
    await deploy(nomad, [job('web')]);
    const asked = nomad.requests.length;
    const { outcome, submitted } = await deploy(nomad, [job('web')]);
    expect(submitted[0]).toMatchObject({ change: 'unchanged', version: 0 });
    expect(gist(outcome)).toEqual(well);
    const statuses = nomad.requests.slice(asked).filter(({ path }) => path.startsWith('/v1/jobs/statuses'));
    expect(statuses).toHaveLength(2);
  });

  test('that is not healthy is red', async () => {
    const nomad = await start();
    await deploy(nomad, [job('web', crashing)]);
    const { outcome, submitted } = await deploy(nomad, [job('web', crashing)]);
    expect(submitted[0]).toMatchObject({ change: 'unchanged' });
    expect(gist(outcome)).toMatchObject({
      status: 'failed',
      reason: 'unhealthy',
      first: 'Job "web": task "server" of group "app" exited with code 3: boom',
    });
  });

  test('that died after its rollout had succeeded is red', async () => {
    const nomad = await start();
    const dying = job('web', { script: 'sleep 0.5; exit 4' });
    await deploy(nomad, [dying]);
    await nomad.until((state) =>
      state.jobAllocations('default', 'web').every(({ ClientStatus }) => ClientStatus === 'failed'),
    );
    const { outcome } = await deploy(nomad, [dying]);
    expect(gist(outcome)).toMatchObject({
      reason: 'unhealthy',
      first: 'Job "web": task "server" of group "app" exited with code 4',
    });
  });
});

describe('kinds without a rollout', () => {
  const withoutUpdates = (name: string, options: JobOptions = {}) =>
    job(name, { minHealthyTime: '1s', ...options, update: 'max_parallel = 0' });

  test('a service and a system job are well when their tasks last', async () => {
    const nomad = await start();
    const agent = job('agent', { type: 'system', job: 'update {\n max_parallel = 0\n }' });
    const { outcome, lines } = await deploy(nomad, [withoutUpdates('web'), agent]);
    expect(gist(outcome)).toEqual(well);
    expect(outcome.jobs.map(({ id, groups, nomadDeploymentId }) => [id, groups, nomadDeploymentId])).toEqual([
      ['web', [{ name: 'app', desired: 1, placed: 1, healthy: 1, unhealthy: 0 }], undefined],
      ['agent', [{ name: 'app', desired: 1, placed: 1, healthy: 1, unhealthy: 0 }], undefined],
    ]);
    expect(lines.join('\n')).toContain('web: waiting: running, and watched for 1 s');
    expect(lines.join('\n')).toContain('agent: waiting: running, and watched for 5 s');
  }, 20_000);

  test('a system job has a rollout, too, where it has settings for updates', async () => {
    const nomad = await start();
    const { outcome } = await deploy(nomad, [
      job('agent', { type: 'system', job: 'update {\n min_healthy_time = "50ms"\n }' }),
    ]);
    expect(gist(outcome)).toEqual(well);
    expect(outcome.jobs[0]?.nomadDeploymentId).toBeDefined();
  });

  test.each([
    ['service', withoutUpdates('it', { script: 'sleep 0.3; exit 3' })],
    ['system', job('it', { type: 'system', script: 'sleep 0.3; exit 3' })],
  ])('a %s that dies soon has failed', async (_, specification) => {
    const nomad = await start();
    expect(gist((await deploy(nomad, [specification])).outcome)).toEqual({
      status: 'failed',
      health: 'unhealthy',
      reason: 'unhealthy',
      first: 'Job "it": task "server" of group "app" exited with code 3',
    });
  });

  test('a system job that no node is fit for is not placed', async () => {
    const nomad = await start();
    const nowhere = job('agent', { type: 'system' }).replace('"raw_exec"', '"docker"');
    const { outcome } = await deploy(nomad, [nowhere], { timeout: 1_500 });
    expect(gist(outcome).first).toBe(
      'Job "agent": group "app" cannot be placed: 1 of 1 nodes lack the driver "docker"',
    );
    expect(outcome).toMatchObject({ status: 'pending', health: 'unknown', failure: { reason: 'placement' } });
  });

  test('a system job that no node is there for is not placed', async () => {
    const nomad = await start();
    const nowhere = job('agent', { type: 'system' }).replace('"dc1"', '"dc9"');
    const { outcome } = await deploy(nomad, [nowhere], { timeout: 1_500 });
    expect(outcome).toMatchObject({ status: 'pending', health: 'unknown', failure: { reason: 'placement' } });
  });

  test.each([
    ['periodic', 'periodic {\n crons = ["0 0 1 1 *"]\n }'],
    ['parameterized', 'parameterized {\n meta_optional = ["who"]\n }'],
  ])('a %s job is well when it is registered', async (kind, block) => {
    const nomad = await start();
    const { outcome, submitted } = await deploy(nomad, [job('it', { type: 'batch', script: 'exit 1', job: block })]);
    expect(submitted[0]).toMatchObject({ launches: kind, change: 'created' });
    expect(gist(outcome)).toEqual(well);
    expect(outcome.jobs[0]).toMatchObject({ type: `batch (${kind})`, groups: [] });
    const again = await submit(nomad, [job('it', { type: 'batch', script: 'exit 2', job: block })]);
    expect(again.submitted[0]).toMatchObject({ change: 'updated', version: 1 });
  });
});

describe('a batch job', () => {
  const batch = (script: string, options: JobOptions = {}) => job('task', { type: 'batch', script, ...options });

  test('that was started is well', async () => {
    const nomad = await start();
    const { outcome } = await deploy(nomad, [batch('sleep 60')]);
    expect(gist(outcome)).toEqual(well);
  });

  test('is waited for to its end when that is asked for', async () => {
    const nomad = await start();
    const { outcome, lines } = await deploy(nomad, [batch('sleep 0.5', { count: 2 })], { waitFor: 'complete' });
    expect(gist(outcome)).toEqual({ ...well, status: 'complete' });
    expect(lines.join('\n')).toContain('waiting: 2 of its allocations still running');
  });

  test.each(['started', 'complete'] as const)('that fails at once has failed (wait_for: %s)', async (waitFor) => {
    const nomad = await start();
    const { outcome } = await deploy(nomad, [batch(crash)], { waitFor });
    expect(gist(outcome)).toEqual({
      status: 'failed',
      health: 'unhealthy',
      reason: 'unhealthy',
      first: 'Job "task": task "server" of group "app" exited with code 3: boom',
    });
  });

  test('that fails once and is tried again is well in the end', async () => {
    const nomad = await start();
    const directory = mkdtempSync(join(tmpdir(), 'nomad-test-'));
    afterwards(() => rmSync(directory, { recursive: true }));
    const specification = batch(`mkdir ${directory}/first && exit 1; exit 0`).replace(
      'reschedule {\n attempts = 0\n unlimited = false\n }',
      'reschedule {\n attempts = 1\n interval = "1h"\n delay = "5s"\n unlimited = false\n }',
    );
    const { outcome, lines } = await deploy(nomad, [specification], { waitFor: 'complete' });
    expect(gist(outcome)).toMatchObject({ status: 'complete', health: 'healthy' });
    expect(lines.join('\n')).toContain('Nomad will replace what failed');
  }, 20_000);

  test('that is complete is as well when it is deployed unchanged', async () => {
    const nomad = await start();
    await deploy(nomad, [batch('true')], { waitFor: 'complete' });
    const { outcome } = await deploy(nomad, [batch('true')], { waitFor: 'complete' });
    expect(gist(outcome)).toEqual({ ...well, status: 'complete' });
  });

  test('of which nothing can be placed waits for room', async () => {
    const nomad = await start();
    const { outcome, lines } = await deploy(nomad, [huge('task', { type: 'batch', script: 'true' })], {
      timeout: 1_200,
    });
    expect(gist(outcome)).toMatchObject({ status: 'pending', reason: 'placement' });
    expect(lines.some((line) => line.includes('999,999 MB'))).toBe(true);
  });

  test('on every node counts the nodes', async () => {
    const nomad = await start();
    const specification = job('task', { type: 'sysbatch', script: 'true' });
    const { outcome } = await deploy(nomad, [specification], { waitFor: 'complete' });
    expect(gist(outcome)).toEqual({ ...well, status: 'complete' });
  });
});

describe('several jobs', () => {
  test('one of three fails: the others are followed to their end', async () => {
    const nomad = await start();
    const { outcome } = await deploy(nomad, [
      job('one', { minHealthyTime: '400ms' }),
      job('two', crashing),
      job('three', { type: 'batch', script: 'true' }),
    ]);
    expect(outcome.jobs.map(({ id, status, health }) => [id, status, health])).toEqual([
      ['one', 'running', 'healthy'],
      ['two', 'failed', 'unhealthy'],
      ['three', 'complete', 'healthy'],
    ]);
    expect(gist(outcome)).toEqual({
      status: 'failed',
      health: 'unhealthy',
      reason: 'unhealthy',
      first: 'Job "two": task "server" of group "app" exited with code 3: boom',
    });
  });

  test('groups are counted each by itself', async () => {
    const nomad = await start();
    const app = job('web', { count: 2 });
    const other = app
      .slice(app.indexOf('group "app"'), app.lastIndexOf('}'))
      .replace('"app"', '"extra"')
      .replace('count = 2', 'count = 1');
    const two = `${app.slice(0, app.lastIndexOf('}'))}${other.replace('/bin/sleep', '/nowhere')}}`;
    const { outcome } = await deploy(nomad, [two]);
    expect(gist(outcome).first).toMatch(/^Job "web": task "server" of group "extra" could not be started/);
    expect(outcome.jobs[0]?.groups).toMatchObject([
      { name: 'app', desired: 2, placed: 2, unhealthy: 0 },
      { name: 'extra', desired: 1, placed: 0, healthy: 0, unhealthy: 1 },
    ]);
  });

  test('fifty are watched over few connections', async () => {
    const nomad = await start({ node: { CPU: 100_000, MemoryMB: 100_000 } });
    const specifications = Array.from({ length: 50 }, (_, index) => job(`web-${index}`, index === 7 ? crashing : {}));
    const { signal } = new AbortController();
    const submission = await submit(nomad, specifications);
    const connections = nomad.connections;
    const watching = clientOf(nomad.address);
    const { outcome } = await follow({ ...submission, client: watching }, { signal });
    expect(gist(outcome)).toMatchObject({ reason: 'unhealthy', first: expect.stringContaining('Job "web-7"') });
    expect(outcome.jobs.filter(({ health }) => health === 'healthy')).toHaveLength(49);
    expect(nomad.connections - connections).toBeLessThan(16);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  }, 60_000);

  test('jobs of two namespaces are told apart', async () => {
    const nomad = await start({ namespaces: ['prod'] });
    const { outcome, lines } = await deploy(nomad, [
      job('web'),
      job('web', { ...crashing, job: 'namespace = "prod"' }),
    ]);
    expect(gist(outcome).first).toBe('Job "web (prod)": task "server" of group "app" exited with code 3: boom');
    expect(lines.some((line) => line.startsWith('web (default): running, healthy'))).toBe(true);
  });
});

describe('faults of the API', () => {
  test('waits for a change no longer than leaves time to ask again, where the question hangs', async () => {
    const nomad = await start();
    await deploy(nomad, [huge('web')], { timeout: 1_200 });
    const waits = nomad.requests.flatMap(({ path }) => /[?&]wait=(\d+)ms/.exec(path)?.[1] ?? []);
    expect(waits).not.toEqual([]);
    expect(Math.max(...waits.map(Number))).toBeLessThanOrEqual(300);
  });

  const every = (n: number, fault: ReturnType<Faults>): Faults => {
    let count = 0;
    return ({ path, method }) => {
      const watched = path === '/v1/jobs/statuses' || (method === 'GET' && path.startsWith('/v1/job/'));
      if (!watched) return undefined;
      count += 1;
      return count % n === 0 ? fault : undefined;
    };
  };

  test.each([
    ['no leader', { kind: 'respond', status: 500, body: 'No cluster leader' }],
    ['an answer that nobody knows', { kind: 'respond', status: 500, body: 'oops' }],
    ['a proxy in trouble', { kind: 'respond', status: 502, body: '<html>' }],
    ['a page in its place', { kind: 'respond', status: 200, body: '<html>' }],
    ['broken connections', { kind: 'reset' }],
    ['broken connections afterwards', { kind: 'reset', afterwards: true }],
    ['delays', { kind: 'delay', milliseconds: 200 }],
  ] as const)(
    'are waited out: %s',
    async (kind, fault) => {
      let faulty: Faults = () => undefined;
      const nomad = await start({ faults: (request) => faulty(request) });
      const submission = await submit(nomad, [job('web'), job('bad', crashing)]);
      faulty = every(3, fault);
      const { outcome, lines } = await follow(submission);
      expect(gist(outcome)).toMatchObject({ reason: 'unhealthy' });
      expect(outcome.jobs.map(({ health }) => health)).toEqual(['healthy', 'unhealthy']);
      const told = lines.filter((line) => line.startsWith('Nomad does not answer as it should'));
      expect(told).toHaveLength(kind === 'delays' ? 0 : 1);
    },
    20_000,
  );

  test('that last until the timeout are what is told', async () => {
    let down = false;
    const nomad = await start({ faults: () => (down ? { kind: 'reset' } : undefined) });
    const submission = await submit(nomad, [job('web')]);
    down = true;
    const { outcome } = await follow(submission, { timeout: 800 });
    expect(gist(outcome)).toMatchObject({ status: 'unknown', reason: 'nomad-unreachable' });
    expect(gist(outcome).first).toMatch(/^Job "web": Nomad has not answered for \d s/);
  }, 20_000);

  test('that last until the timeout are what is told, though other questions are answered', async () => {
    let broken = false;
    const nomad = await start({
      faults: ({ path }) =>
        broken && path.includes('/web/versions') ? { kind: 'respond', status: 502, body: 'Bad Gateway' } : undefined,
    });
    const submission = await submit(nomad, [job('web'), job('api')]);
    broken = true;
    const { outcome } = await follow(submission, { timeout: 1_500 });
    expect(gist(outcome)).toMatchObject({ reason: 'nomad-unreachable' });
    expect(outcome.failure?.message).not.toContain('did not get there in time');
  }, 20_000);

  test.each([404, 405])(
    'a server without the endpoint (%i) is asked job by job',
    async (status) => {
      const nomad = await start({
        faults: ({ path }) => (path === '/v1/jobs/statuses' ? { kind: 'respond', status, body: 'no' } : undefined),
      });
      const { outcome } = await deploy(nomad, [job('web'), job('bad', crashing)]);
      expect(outcome.jobs.map(({ health }) => health)).toEqual(['healthy', 'unhealthy']);
    },
    20_000,
  );

  test('a token that is refused ends the watch', async () => {
    let expired = false;
    const nomad = await start({
      faults: () => (expired ? { kind: 'respond', status: 403, body: 'ACL token not found' } : undefined),
    });
    const submission = await submit(
      nomad,
      [job('web', { minHealthyTime: '2s' })],
      clientOf(nomad.address, { token: 'x' }),
    );
    const watch = follow(submission, {
      onState: () => {
        expired = true;
      },
    });
    expect((await failure(watch)).reason).toBe('nomad-auth');
  });
});

describe('a cancel', () => {
  test.each([
    ['while it waits for a change', job('web', { minHealthyTime: '9s' })],
    ['while nothing can be placed', huge('web')],
  ])('ends the watch at once, and keeps what is known: %s', async (_, specification) => {
    const nomad = await start();
    const submission = await submit(nomad, [specification]);
    const cancel = new AbortController();
    const reason = new Error('cancelled');
    let last: unknown;
    let at = 0;
    const watch = follow(submission, {
      signal: cancel.signal,
      onState: (jobs) => {
        last = jobs[0]?.status;
      },
      onProgress: () => {
        setTimeout(() => {
          at = performance.now();
          cancel.abort(reason);
        }, 100);
      },
    });
    await expect(watch).rejects.toBe(reason);
    // A request that waits for a change would take twice as long.
    expect(performance.now() - at).toBeLessThan(5_000);
    expect(['running', 'pending']).toContain(last);
  });

  test('that came before it never asks', async () => {
    const nomad = await start();
    const submission = await submit(nomad, [job('web')]);
    const asked = nomad.requests.length;
    await expect(follow(submission, { signal: AbortSignal.abort(new Error('no')) })).rejects.toThrow('no');
    expect(nomad.requests).toHaveLength(asked);
  });
});

describe('secrets', () => {
  test('are redacted in cause, events and log', async () => {
    const nomad = await start();
    const script = 'echo token is hunter2hunter2 >&2; exit 1';
    const { outcome } = await deploy(nomad, [job('web', { script })], {
      redact: (text) => text.replaceAll('hunter2hunter2', '***'),
    });
    expect(outcome.failure?.message).toBe('Job "web": task "server" of group "app" exited with code 1: token is ***');
    expect(JSON.stringify(outcome.jobs)).not.toContain('hunter2');
  });
});
