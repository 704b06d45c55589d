import { describe, expect, test } from '@jest/globals';
import { ask, jobSpecification as job, register } from 'nomad-pack-sandbox/__tests__/support/api.ts';
import { ActionError } from '../../src/errors.ts';
import { jobsIn, olderNomad, openLab } from './support/lab.ts';

const crash = { script: 'exit 3' };

test('a first deploy, the same again, and a change', async () => {
  const lab = await openLab();
  const jobs = [job('web')];
  expect(await lab.step({ jobs })).toMatchObject({
    result: { status: 'running', health: 'healthy', changed: true, jobs: [{ id: 'web', version: 0 }] },
    runs: 1,
  });
  const again = await lab.step({ jobs });
  expect(again).toMatchObject({ result: { status: 'running', health: 'healthy', changed: false }, runs: 0 });
  expect(again.lines).not.toContain('Watch the rollout');
  expect(await lab.step({ jobs: [job('web', { message: 'new' })] })).toMatchObject({
    result: { changed: true, jobs: [{ version: 1 }] },
    reason: '',
    runs: 1,
  });
});

describe('two identical deploys at once', () => {
  const [before, after] = [[job('web')], [job('web', { message: 'new' })]];

  test.each([
    ['is there already', []],
    ['is new', undefined],
  ])('are both green, of a job that %s', async (_, first) => {
    const lab = await openLab();
    lab.fail(olderNomad);
    if (first !== undefined) await lab.step({ jobs: before });
    const slow = await lab.step({
      jobs: after,
      // The other one is through between this one's look and its run.
      run: async (pack) => {
        expect((await lab.step({ jobs: after })).reason).toBe('');
        return await pack.register();
      },
    });
    expect(slow).toMatchObject({ reason: '', result: { status: 'running', health: 'healthy', changed: false } });
    expect(lab.nomad.state.jobVersions('default', 'web')).toHaveLength(first === undefined ? 1 : 2);
  });

  // Nomad takes the version that has a tag for another one than the same job without it.
  test('restart nothing where Nomad has tags for versions, either', async () => {
    const lab = await openLab();
    await lab.step({ jobs: before });
    const slow = await lab.step({
      jobs: after,
      run: async (pack) => {
        expect((await lab.step({ jobs: after })).reason).toBe('');
        return await pack.register();
      },
    });
    expect(slow).toMatchObject({ reason: '', result: { status: 'running', health: 'healthy' } });
    const allocations = lab.nomad.state.jobAllocations('default', 'web', true);
    expect(allocations.filter(({ DesiredStatus }) => DesiredStatus === 'run')).toHaveLength(1);
    expect(allocations).toHaveLength(2);
  });

  test('are told apart from a deploy of something else that came between', async () => {
    const lab = await openLab();
    await lab.step({ jobs: before });
    const slow = await lab.step({
      jobs: after,
      run: async (pack) => {
        const outcome = await pack.register();
        await lab.step({ jobs: [job('web', { message: 'theirs' })] });
        return outcome;
      },
    });
    expect(slow).toMatchObject({ reason: 'superseded', result: { changed: true } });
  });

  test('what somebody else has deployed after it counts, where it says the same', async () => {
    const lab = await openLab();
    await lab.step({ jobs: before });
    const slow = await lab.step({
      jobs: after,
      run: async (pack) => {
        const outcome = await pack.register();
        await lab.step({ jobs: before });
        await lab.step({ jobs: after });
        return outcome;
      },
    });
    expect(slow).toMatchObject({ reason: '', result: { health: 'healthy', jobs: [{ version: 3 }], changed: true } });
    expect(slow.lines.join('\n')).toContain('by somebody else, and just the same: web (default)');
  });

  test('with counts that are kept, another count says the same', async () => {
    const lab = await openLab();
    await lab.step({ jobs: before });
    const slow = await lab.step({
      jobs: after,
      rollout: { preserveCounts: true },
      run: async (pack) => {
        const outcome = await pack.register();
        await lab.step({ jobs: [job('web', { message: 'new', count: 2 })] });
        return outcome;
      },
    });
    expect(slow).toMatchObject({ reason: '', result: { jobs: [{ version: 2, groups: [{ desired: 2 }] }] } });
  });
});

describe('a run that registers nothing', () => {
  const nothing = async () => ({ evaluations: [], registered: [], stopped: [] });

  test('though the plan foresaw a change is red', async () => {
    const lab = await openLab();
    await lab.step({ jobs: [job('web')] });
    const outcome = await lab.step({ jobs: [job('web', { message: 'new' })], run: nothing });
    expect(outcome).toMatchObject({ reason: 'nomad-pack-failed', result: { changed: false } });
    expect(outcome.message).toContain('web (default), which is at version 0');
  });

  test('of a new job, says that it is not there', async () => {
    const lab = await openLab();
    const outcome = await lab.step({ jobs: [job('web')], run: nothing });
    expect(outcome).toMatchObject({ reason: 'nomad-pack-failed', result: { changed: false } });
    expect(outcome.message).toContain('web (default), which is not there');
  });

  test('does not matter where it was to change nothing: it may have been run for another job', async () => {
    const lab = await openLab();
    await lab.step({ jobs: [job('web')] });
    const outcome = await lab.step({ jobs: [job('web'), job('new')] });
    expect(outcome).toMatchObject({ reason: '', result: { changed: true }, runs: 1 });
    expect(jobsIn(lab)).toEqual(['new 0', 'web 0']);
  });

  test('and fails has changed nothing', async () => {
    const lab = await openLab();
    const failure = new ActionError('job-conflict', 'no');
    const outcome = await lab.step({ jobs: [job('web')], run: async () => ({ ...(await nothing()), failure }) });
    expect(outcome).toMatchObject({ reason: 'job-conflict', result: { changed: false } });
  });
});

describe('a run that fails', () => {
  test('after it has registered all is watched', async () => {
    const lab = await openLab();
    const failure = new ActionError('nomad-pack-failed', 'outputs');
    const outcome = await lab.step({
      jobs: [job('web')],
      run: async (pack) => ({ ...(await pack.register()), failure }),
    });
    expect(outcome).toMatchObject({ reason: '', result: { changed: true, health: 'healthy' } });
    expect(outcome.lines).toContain('Every job is registered, though nomad-pack failed: outputs');
  });

  test('half-way watches what it has registered, and is red', async () => {
    const lab = await openLab();
    let registrations = 0;
    lab.fail(({ method, path }) => {
      if (method !== 'POST' || path !== '/v1/jobs') return undefined;
      registrations += 1;
      return registrations === 2 ? { kind: 'respond', status: 500, body: 'no' } : undefined;
    });
    const outcome = await lab.step({ jobs: [job('web'), job('new')] });
    expect(outcome).toMatchObject({ reason: 'nomad-pack-failed', result: { changed: true, jobs: [{ id: 'web' }] } });
  });

  test.each([
    ['Unexpected response code: 502 (Bad Gateway)', 'nomad-error'],
    ['Put "http://nomad/v1/jobs": EOF', 'nomad-unreachable'],
  ] as const)('without an answer is looked after: %s', async (words, reason) => {
    const lab = await openLab();
    const failure = new ActionError(reason, words, { passing: true });
    const outcome = await lab.step({
      jobs: [job('web')],
      run: async (pack) => {
        setTimeout(() => void pack.register(), 1_200);
        return { evaluations: [], registered: [], stopped: [], failure };
      },
    });
    expect(outcome).toMatchObject({ reason: '', result: { changed: true, health: 'healthy' } });
  });
});

describe('what this step changed', () => {
  const stopping = async (lab: Awaited<ReturnType<typeof openLab>>, faults: { look: boolean }) => {
    const abort = new AbortController();
    return await lab.step({
      jobs: [job('web', { message: 'new', minHealthyTime: '5s' })],
      signal: abort.signal,
      run: async (pack) => {
        const outcome = await pack.register();
        if (!faults.look) lab.fail(() => ({ kind: 'respond', status: 503 }));
        abort.abort(new ActionError('cancelled', 'The step was cancelled.'));
        return outcome;
      },
    });
  };

  test('is looked up after a cancel', async () => {
    const lab = await openLab();
    await lab.step({ jobs: [job('web')] });
    expect(await stopping(lab, { look: true })).toMatchObject({
      reason: 'cancelled',
      result: { changed: true, jobs: [{ id: 'web', version: 1 }] },
    });
  });

  test('is taken for a change after a cancel where Nomad does not say', async () => {
    const lab = await openLab();
    await lab.step({ jobs: [job('web')] });
    expect(await stopping(lab, { look: false })).toMatchObject({ reason: 'cancelled', result: { changed: true } });
  });

  test('is nothing after a cancel before nomad-pack has done anything, whatever became of other jobs', async () => {
    const lab = await openLab();
    await lab.step({ jobs: [job('web'), job('old')] });
    const abort = new AbortController();
    const outcome = await lab.step({
      jobs: [job('web', { message: 'new' })],
      signal: abort.signal,
      run: async () => {
        // Nomad forgets what is over.
        await ask(lab.nomad, 'DELETE /v1/job/old?purge=true');
        abort.abort(new ActionError('cancelled', 'The step was cancelled.'));
        return { evaluations: [], registered: [], stopped: [] };
      },
    });
    expect(outcome).toMatchObject({ reason: 'cancelled', result: { changed: false } });
  });

  test('is taken for a change where Nomad does not say in time what came of the run', async () => {
    const lab = await openLab();
    lab.fail(({ path }) => (path.startsWith('/v1/evaluation/') ? { kind: 'delay', milliseconds: 60_000 } : undefined));
    const began = performance.now();
    const outcome = await lab.step({ jobs: [job('web')], rollout: { timeout: 1_000 } });
    expect(outcome).toMatchObject({ reason: 'nomad-unreachable', result: { changed: true, jobs: [{ id: 'web' }] } });
    expect(outcome.message).toBe('Nomad did not say within 10 s what came of the registration.');
    // Far less than a request that hangs may take.
    expect(performance.now() - began).toBeLessThan(25_000);
  }, 60_000);

  test('is taken for a change where Nomad refuses to say what came of the run', async () => {
    const lab = await openLab();
    const outcome = await lab.step({
      jobs: [job('web')],
      run: async (pack) => {
        const done = await pack.register();
        lab.fail(({ path }) => (path.endsWith('/versions') ? { kind: 'respond', status: 403, body: 'no' } : undefined));
        return done;
      },
    });
    expect(outcome).toMatchObject({ reason: 'nomad-auth', result: { changed: true, jobs: [{ id: 'web' }] } });
  });
});

describe('a rollout that goes on, though nothing changes', () => {
  test('is watched to its end, without a run', async () => {
    const lab = await openLab();
    const jobs = [job('web', { minHealthyTime: '2s' })];
    expect((await lab.step({ jobs, rollout: { wait: false } })).result).toMatchObject({ status: 'pending' });
    expect(await lab.step({ jobs, rollout: { wait: false } })).toMatchObject({
      result: { status: 'pending', health: 'unknown', changed: false },
      runs: 0,
    });
    const outcome = await lab.step({ jobs });
    expect(outcome).toMatchObject({ result: { status: 'running', health: 'healthy', changed: false }, runs: 0 });
    expect(lab.nomad.state.latestDeployment('default', 'web')?.Status).toBe('successful');
  });

  test('is red where it fails', async () => {
    const lab = await openLab();
    const jobs = [job('web', { script: 'sleep 2; exit 3', minHealthyTime: '5s' })];
    await lab.step({ jobs, rollout: { wait: false } });
    expect(await lab.step({ jobs })).toMatchObject({ reason: 'unhealthy', result: { changed: false }, runs: 0 });
  });

  test('of tasks that nobody watches is not over when they start', async () => {
    const lab = await openLab();
    const jobs = [job('web', { script: 'sleep 2; exit 3', minHealthyTime: '5s', update: 'max_parallel = 0' })];
    await lab.step({ jobs, rollout: { wait: false } });
    await lab.nomad.until((state) => state.jobAllocations('default', 'web')[0]?.ClientStatus === 'running');
    expect(await lab.step({ jobs })).toMatchObject({ reason: 'unhealthy', result: { changed: false } });
  });

  test('of a batch job ends when it is over, where its end is waited for', async () => {
    const lab = await openLab();
    const jobs = [job('task', { type: 'batch', script: 'sleep 1' })];
    await lab.step({ jobs, rollout: { wait: false } });
    const rollout = { waitFor: 'complete' } as const;
    expect((await lab.step({ jobs, rollout })).result).toMatchObject({ status: 'complete', health: 'healthy' });
  });
});

test('an unchanged deployment that is gone when its health is asked for is run again', async () => {
  const lab = await openLab();
  const jobs = [job('web')];
  await lab.step({ jobs });
  let isGone = false;
  lab.fail(({ path }) => {
    if (path === '/v1/jobs/statuses' && !isGone) {
      isGone = true;
      lab.nomad.state.commit(() => lab.nomad.state.deleteJob('default', 'web'));
    }
    return undefined;
  });
  expect(await lab.step({ jobs })).toMatchObject({ reason: '', result: { changed: true }, runs: 1 });
});

test('an unchanged deployment that is not well is run again', async () => {
  const lab = await openLab();
  const jobs = [job('web', crash)];
  await lab.step({ jobs });
  expect(await lab.step({ jobs })).toMatchObject({ reason: 'unhealthy', runs: 1, result: { changed: false } });
});

describe('jobs that carry the name and are not in the pack', () => {
  test('stop, and that is a change', async () => {
    const lab = await openLab();
    await lab.step({ jobs: [job('web'), job('old')] });
    const outcome = await lab.step({ jobs: [job('web')] });
    expect(outcome).toMatchObject({ reason: '', result: { changed: true } });
    expect(outcome.lines.join('\n')).toContain('No longer in the pack, so they were stopped: old (default).');
    expect(jobsIn(lab)).toEqual(['[old 1]', 'web 0']);
  });

  test.each([
    ['0.4.1', false],
    ['0.4.2', true],
    ['0.4.3', true],
  ])('stop with nomad-pack %s: %s', async (version, stops) => {
    const lab = await openLab();
    const jobs = [job('web')];
    await lab.step({ jobs: [job('web'), job('old')] });
    const planned = await lab.step({ operation: 'plan', jobs, version });
    expect(planned.result.planData?.jobs.map(({ id, action }) => [id, action])).toEqual([
      ['web', 'none'],
      ...(stops ? [['old', 'stop']] : []),
    ]);
    expect((await lab.step({ jobs, version })).result.changed).toBe(stops);
  });

  test('of which nomad-pack only says that it stopped them are not believed to be stopped', async () => {
    const lab = await openLab();
    await lab.step({ jobs: [job('other')], name: 'other', pack: 'other' });
    const outcome = await lab.step({
      jobs: [job('web')],
      run: async (pack) => ({ ...(await pack.register()), stopped: ['other', 'web', 'none'] }),
    });
    expect(outcome).toMatchObject({ reason: '', result: { changed: true } });
  });

  test.each([
    ['runs', '0.4.1'],
    ['had been stopped before', '0.4.2'],
  ])('of another pack that nomad-pack says it stopped, and that %s, make nothing red', async (state, version) => {
    const lab = await openLab();
    await register(lab.nomad, job('other'), { 'pack.deployment_name': 'demo', 'pack.name': 'cms' });
    if (state !== 'runs') {
      await ask(lab.nomad, 'DELETE /v1/job/other');
      await lab.nomad.until((nomad) => nomad.job('default', 'other')?.Status === 'dead');
    }
    await lab.step({ jobs: [job('web')], version });
    const outcome = await lab.step({
      jobs: [job('web', { message: 'new' })],
      version,
      run: async (pack) => ({ ...(await pack.register()), stopped: ['other'] }),
    });
    expect(outcome).toMatchObject({ reason: '', result: { health: 'healthy' } });
    // That it said so is not a change either.
    const failure = new ActionError('job-conflict', 'no');
    const refused = await lab.step({
      jobs: [job('web', { message: 'newer' })],
      version,
      run: async () => ({ evaluations: [], registered: [], stopped: ['other'], failure }),
    });
    expect(refused).toMatchObject({ reason: 'job-conflict', result: { changed: false } });
  });

  test('that ran no more when nomad-pack came to them are not a change of its own', async () => {
    const lab = await openLab();
    await lab.step({ jobs: [job('web'), job('old')] });
    await lab.step({ jobs: [job('web')] });
    const failure = new ActionError('job-conflict', 'no');
    const outcome = await lab.step({
      jobs: [job('web', { message: 'new' })],
      run: async () => ({ evaluations: [], registered: [], stopped: [], failure }),
    });
    expect(outcome).toMatchObject({ reason: 'job-conflict', result: { changed: false } });
  });

  test('that were stopped although the run failed after that are a change', async () => {
    const lab = await openLab();
    await lab.step({ jobs: [job('web'), job('old')] });
    const failure = new ActionError('nomad-pack-failed', 'no');
    const outcome = await lab.step({
      jobs: [job('web', { message: 'new' })],
      run: async () => {
        await ask(lab.nomad, 'DELETE /v1/job/old');
        return { evaluations: [], registered: [], stopped: [], failure };
      },
    });
    expect(outcome).toMatchObject({ reason: 'nomad-pack-failed', result: { changed: true } });
  });

  test('of another pack that came late, and was stopped, is red', async () => {
    const lab = await openLab();
    const outcome = await lab.step({
      jobs: [job('web')],
      run: async (pack) => {
        await lab.step({ jobs: [job('late')], pack: 'other', run: async (other) => await other.register() });
        return await pack.register();
      },
    });
    expect(outcome).toMatchObject({ reason: 'would-stop-others', result: { changed: true } });
    expect(outcome.message).toContain('nomad-pack stopped late (default)');
  });
});

describe('the children of a job', () => {
  const periodic = (script: string) =>
    job('cron', { type: 'batch', script, job: 'periodic {\n crons = ["0 0 1 1 *"]\n }' });
  const launch = async (lab: Awaited<ReturnType<typeof openLab>>) => {
    await lab.step({ jobs: [periodic('sleep 3600')] });
    await ask(lab.nomad, 'POST /v1/job/cron/periodic/force');
    const child = await lab.nomad.until((state) => state.allJobs().find(({ ParentID }) => ParentID === 'cron'));
    await lab.nomad.until((state) => state.job('default', child.ID)?.Status === 'running');
    return child.ID;
  };

  test.each([
    ['0.4.2', true],
    ['0.4.3', false],
  ])('with nomad-pack %s stop along with a change: %s', async (version, stops) => {
    const lab = await openLab();
    const child = await launch(lab);
    const jobs = [periodic('sleep 3600')];
    const unchanged = await lab.step({ operation: 'plan', jobs, version, review: { failOnChanges: true } });
    expect(unchanged).toMatchObject({ reason: '', result: { changed: false } });
    expect(await lab.step({ jobs, version })).toMatchObject({ result: { changed: false }, runs: 0 });

    const changed = [periodic('sleep 3601')];
    const planned = await lab.step({ operation: 'plan', jobs: changed, version });
    expect(planned.result.planData?.jobs.map(({ id }) => id)).toEqual(stops ? ['cron', child] : ['cron']);
    const outcome = await lab.step({ jobs: changed, version });
    expect(outcome).toMatchObject({ reason: '', result: { changed: true } });
    expect(lab.nomad.state.job('default', child)?.Stop).toBe(stops);
    expect(outcome.lines.some((line) => line.startsWith('Launched by jobs'))).toBe(stops);
  });

  test('stop where an unchanged deployment is run because a job of it is not well, and the plan says so', async () => {
    const lab = await openLab();
    const jobs = [periodic('sleep 3600'), job('web', crash)];
    const child = await launch(lab);
    await lab.step({ jobs, version: '0.4.3' });
    const planned = await lab.step({ operation: 'plan', jobs });
    expect(planned.result).toMatchObject({ changed: true });
    expect(planned.result.planData?.jobs.map(({ id, action }) => [id, action])).toContainEqual([child, 'stop']);
    expect((await lab.step({ jobs })).result.changed).toBe(true);
    expect(lab.nomad.state.job('default', child)?.Stop).toBe(true);
  });
});
