import { describe, expect, test } from '@jest/globals';
import { ask, jobSpecification as job, parseJob } from 'nomad-pack-sandbox/__tests__/support/api.ts';
import { jobsIn, olderNomad, openLab, type Run } from './support/lab.ts';

const two = [job('api'), job('web')];

/** nomad-pack renders the pack to these jobs when it runs it, whatever it was rendered to before. */
function otherwise(...jobs: readonly string[]): Run {
  return async (pack) => await pack.with(jobs).register();
}

/** Registers a job as nomad-pack does where it loses its metadata. */
async function registerBare(lab: Awaited<ReturnType<typeof openLab>>, text: string) {
  const { body } = await ask(lab.nomad, 'POST /v1/jobs', { Job: await parseJob(lab.nomad, text, {}) });
  return { evaluations: [body.EvalID as string], registered: [], stopped: [] };
}

describe('a job that is registered otherwise than planned', () => {
  const different = [job('api'), job('web', { message: 'another' })];

  test('is red, and says where it differs and not in what', async () => {
    const lab = await openLab();
    const outcome = await lab.step({ jobs: two, run: otherwise(...different) });
    expect(outcome).toMatchObject({ reason: 'not-as-planned', result: { changed: true, health: 'healthy' } });
    expect(outcome.message).toMatch(
      /^Job "web" in namespace "default" is not what was planned\. It differs in .*Env\[MESSAGE\]/,
    );
    expect(outcome.message).not.toContain('another');
    expect(outcome.message).not.toContain('"api"');
  });

  test('goes back where that is asked for', async () => {
    const lab = await openLab();
    await lab.step({ jobs: two });
    const next = [job('api'), job('web', { message: 'next' })];
    const outcome = await lab.step({ jobs: next, run: otherwise(...different), rollout: { onFailure: 'revert' } });
    expect(outcome).toMatchObject({ reason: 'not-as-planned', result: { status: 'reverted', health: 'healthy' } });
    expect(lab.nomad.state.job('default', 'web')?.TaskGroups[0]?.Tasks[0]?.Env).not.toHaveProperty(
      'MESSAGE',
      'another',
    );
  });

  test('is told beside a rollout that failed', async () => {
    const lab = await openLab();
    const crash = [job('api'), job('web', { script: 'exit 3' })];
    const outcome = await lab.step({ jobs: two, run: otherwise(...crash) });
    expect(outcome.reason).toBe('not-as-planned');
    expect(outcome.lines.join('\n')).toContain('exited with code 3');
  });

  test('is not one that somebody else has changed since', async () => {
    const lab = await openLab();
    const outcome = await lab.step({
      jobs: two,
      run: async (pack) => {
        const report = await pack.register();
        const Meta = lab.nomad.state.job('default', 'web')?.Meta ?? {};
        await ask(lab.nomad, 'POST /v1/jobs', {
          Job: await parseJob(lab.nomad, job('web', { message: 'theirs' }), Meta),
        });
        return report;
      },
    });
    expect(outcome.reason).toBe('superseded');
  });
});

describe('a job that is registered without its metadata', () => {
  test.each([true, false])('is red, watched or not: %s', async (wait) => {
    const lab = await openLab();
    const outcome = await lab.step({
      jobs: [job('web')],
      rollout: { wait },
      run: async () => await registerBare(lab, job('web')),
    });
    expect(outcome.reason).toBe('job-specification');
    expect(outcome.message).toContain('no later step finds it: web (default).');
    expect(outcome.result).toMatchObject({ changed: true, jobs: [{ id: 'web' }] });
    if (!wait) expect(outcome.result.jobs).toMatchObject([{ status: 'unknown', health: 'unknown', version: 0 }]);
    expect(jobsIn(lab)).toEqual(['web 0']);
  });
});

test('a job without its metadata beside one that goes back is stopped, and told of as it was', async () => {
  const lab = await openLab();
  await lab.step({ jobs: [job('api')] });
  const outcome = await lab.step({
    jobs: [job('api', { message: 'next' }), job('web')],
    rollout: { onFailure: 'revert' },
    run: async (pack) => {
      const done = await pack.with([job('api', { message: 'next' })]).register();
      const bare = await registerBare(lab, job('web'));
      return { ...done, evaluations: [...done.evaluations, ...bare.evaluations] };
    },
  });
  expect(outcome).toMatchObject({ reason: 'job-specification', result: { status: 'reverted', health: 'healthy' } });
  expect(jobsIn(lab)).toEqual(['api 2', '[web 1]']);
  expect(outcome.result.jobs).toMatchObject([
    { id: 'api', status: 'running', version: 2 },
    { id: 'web', namespace: 'default', status: 'stopped', health: 'unknown' },
  ]);
});

test('nomad-pack is told whether a job has changed meanwhile, for then it is not run again', async () => {
  const lab = await openLab();
  await lab.step({ jobs: two });
  const answers: (boolean | undefined)[] = [];
  const next = [job('api'), job('web', { message: 'next' })];
  await lab.step({
    jobs: next,
    run: async (pack) => {
      const ask = async () => answers.push(await pack.options?.isUntouched());
      await ask();
      lab.fail(({ path }) => (path.endsWith('/versions') ? { kind: 'respond', status: 403, body: 'no' } : undefined));
      await ask();
      lab.fail(undefined);
      const report = await pack.register();
      await ask();
      return report;
    },
  });
  expect(answers).toEqual([true, false, false]);
});

describe('a deploy that is not watched, of what is deployed already', () => {
  test.each([
    ['is well where that is', {}, 'running', 'healthy', 'are healthy'],
    ['is pending where its rollout goes on', { minHealthyTime: '9s' }, 'pending', 'unknown', 'their rollout goes on'],
  ])('%s', async (_, options, status, health, words) => {
    const lab = await openLab();
    const jobs = [job('web', options)];
    await lab.step({ jobs, rollout: { wait: health === 'healthy' } });
    const outcome = await lab.step({ jobs, rollout: { wait: false } });
    expect(outcome).toMatchObject({ reason: '', runs: 0, result: { status, health, changed: false } });
    expect(outcome.lines).toContain(`Nothing to change: the same jobs are deployed already, and ${words}.`);
    expect(outcome.lines).not.toContain('Watch the rollout');
  });
});

test('what is registered is told, with the versions', async () => {
  const lab = await openLab();
  await lab.step({ jobs: two });
  const { lines } = await lab.step({ jobs: [job('api', { message: 'next' }), job('web')] });
  expect(lines).toContain('Registered: api (default) version 1, web (default) unchanged, version 0.');
  const nothing = await lab.step({
    jobs: [job('new')],
    run: async () => ({ evaluations: [], registered: [], stopped: [] }),
  });
  expect(nothing.lines).toContain('Registered: nothing.');
  expect(nothing.message).toBe(
    'nomad-pack ended without an error but did not register what the pack renders to: new (default), which is not there.',
  );
  expect(nothing.result.failure?.hint).toContain('Look at what nomad-pack printed');
});

describe('a deploy that is not watched', () => {
  const unwatched = { wait: false } as const;

  test('tells of the jobs as they are', async () => {
    const lab = await openLab();
    const outcome = await lab.step({ jobs: two, rollout: unwatched });
    expect(outcome).toMatchObject({ reason: '', result: { status: 'pending', health: 'unknown', changed: true } });
    expect(outcome.result.jobs?.map(({ id }) => id)).toEqual(['api', 'web']);
  });

  test('is red where a job is not there', async () => {
    const lab = await openLab();
    const outcome = await lab.step({ jobs: two, rollout: unwatched, run: otherwise(job('api')) });
    expect(outcome.reason).not.toBe('');
    expect(jobsIn(lab)).toEqual(['api 0']);
  });

  test('is red where somebody purges a job right after', async () => {
    const lab = await openLab();
    const outcome = await lab.step({
      jobs: two,
      rollout: unwatched,
      run: async (pack) => {
        const report = await pack.register();
        await ask(lab.nomad, 'DELETE /v1/job/web?purge=true');
        return report;
      },
    });
    expect(outcome).toMatchObject({ reason: 'stopped', result: { status: 'pending' } });
    expect(outcome.message).toContain('it is not there, though it was to be registered');
    expect(outcome.result.jobs).toMatchObject([{ id: 'api' }, { id: 'web', status: 'absent', health: 'unknown' }]);
  });

  test('goes back nowhere', async () => {
    const lab = await openLab();
    // Where versions have tags, the same job once more is another version.
    lab.fail(olderNomad);
    await lab.step({ jobs: two });
    const next = [job('api'), job('web', { message: 'next' })];
    const step = { jobs: next, rollout: { ...unwatched, onFailure: 'revert' } } as const;
    expect(await lab.step({ ...step, run: otherwise(...two) })).not.toMatchObject({ reason: '' });
    expect(jobsIn(lab)).toEqual(['api 0', 'web 0']);
  });
});
