import { describe, expect, test } from '@jest/globals';
import { ask, jobSpecification as job, register } from 'nomad-pack-sandbox/__tests__/support/api.ts';
import { type Lab, type Outcome, openLab, type StepOptions } from './support/lab.ts';

const two = [job('api'), job('web')];

async function deployed(jobs = two): Promise<Lab> {
  const lab = await openLab({ namespaces: ['prod'] });
  await lab.step({ jobs });
  return lab;
}

const said = ({ lines }: Outcome) => lines.join('\n');

/** Words that only some situations are told in. */
const RARE =
  /left alone|Still there|other packs|elsewhere|Launched by|Takes over|No longer in the pack|taken back|Going back/;

describe('where there is nothing special, nothing special is said', () => {
  test.each<[string, StepOptions]>([
    ['a deploy', { jobs: [job('api'), job('web', { message: 'next' })] }],
    ['a deploy that changes nothing', { jobs: two }],
    ['a plan', { operation: 'plan', jobs: [job('api'), job('web', { message: 'next' })] }],
    ['status', { operation: 'status', jobs: two }],
    ['a stop', { operation: 'stop', jobs: two }],
    ['a destroy', { operation: 'destroy', jobs: two }],
    ['a promotion', { operation: 'promote' }],
  ])('%s', async (_, step) => {
    const lab = await deployed();
    const outcome = await lab.step(step);
    expect(outcome.reason).toBe('');
    expect(outcome.result).not.toHaveProperty('failure');
    expect(said(outcome)).not.toMatch(RARE);
  });
});

describe('what is known of a removal', () => {
  test.each(['stop', 'destroy'] as const)('%s: which jobs, and what there is to do about others', async (operation) => {
    const lab = await deployed();
    const done = operation === 'stop' ? 'Stopped' : 'Destroyed';
    expect(said(await lab.step({ operation }))).toContain(`${done}: api (default), web (default).`);
    await register(lab.nomad, job('web', { script: 'exec sleep 7200' }), {});
    await register(lab.nomad, job('api', { script: 'exec sleep 7200' }), {
      'pack.name': 'cms',
      'pack.deployment_name': 'other',
    });
    const outcome = await lab.step({ operation, jobs: two });
    expect(outcome.reason).toBe('job-conflict');
    expect(outcome.message).not.toContain('"api"');
    expect(outcome.result.failure?.hint).toContain('`adopt_jobs: web`');
    if (operation === 'destroy') expect(said(outcome)).toMatch(/Job "api" .*other/);
  });

  test('what it could not stop is said, and only that', async () => {
    const lab = await deployed();
    lab.fail(({ method, path }) =>
      method === 'DELETE' && path.includes('/web') ? { kind: 'respond', status: 403, body: 'no' } : undefined,
    );
    const outcome = await lab.step({ operation: 'stop' });
    expect(outcome.reason).toBe('nomad-auth');
    expect(outcome.lines).toContain('Still there: web (default).');
  });
});

describe('what is known of a plan', () => {
  test('which jobs it takes over', async () => {
    const lab = await openLab();
    await register(lab.nomad, job('web'), {});
    const step = { jobs: [job('web')], rollout: { adoptJobs: ['web'] } } as const;
    const words = 'Takes over, as `adopt_jobs` asks for, what no deployment owns: web (default).';
    expect(said(await lab.step({ ...step, operation: 'plan' }))).toContain(words);
    expect(said(await lab.step(step))).toContain(words);
  });

  test('none of nomad-pack’s words where a job is refused, which they would show', async () => {
    const lab = await openLab();
    await register(lab.nomad, job('web', { message: 'theirs' }), {
      'pack.name': 'cms',
      'pack.deployment_name': 'other',
    });
    const step = { operation: 'plan', jobs: [job('web')], words: ['~ MESSAGE: "theirs"'] } as const;
    const { result } = await lab.step(step);
    expect(result.plan).toBeUndefined();
    expect(result.planData?.jobs[0]?.diff).toEqual([]);
  });

  test('what a reviewed deploy would do now, in words', async () => {
    const lab = await deployed();
    const review = { digest: 'sha256:other' };
    const next = [job('api'), job('web', { count: 2 })];
    const outcome = await lab.step({ jobs: next, review });
    expect(outcome).toMatchObject({ reason: 'plan-changed', runs: 0 });
    expect(outcome.message).toContain('it would update web (default).');
    expect((await lab.step({ jobs: two, review })).message).toContain('it would change nothing.');
  });

  test('from which refs it goes, of the pack’s own jobs that run', async () => {
    const lab = await openLab();
    for (const [id, ref, pack] of [
      ['b', 'v3', 'web'],
      ['a', 'v2', 'web'],
      ['c', 'v9', 'cms'],
      ['gone', 'v0', 'web'],
    ] as const) {
      await register(lab.nomad, job(id), { 'pack.name': pack, 'pack.deployment_name': 'demo', 'pack.version': ref });
    }
    await ask(lab.nomad, 'DELETE /v1/job/gone');
    const { result } = await lab.step({
      operation: 'plan',
      jobs: [job('a'), job('b')],
      rollout: { allowReplace: true },
    });
    expect(result.planData?.versionChanges).toEqual(['ref v2 → v1', 'ref v3 → v1']);
  });
});

describe('a step that fails before it has changed anything', () => {
  test('looks for nothing afterwards', async () => {
    const lab = await deployed();
    const asked = lab.nomad.requests.length;
    const outcome = await lab
      .step({
        jobs: [job('api'), job('web', { message: 'next' })],
        run: async () => {
          throw new Error('nothing was sent');
        },
      })
      .catch((error: Error) => error.message);
    expect(outcome).toBe('nothing was sent');
    expect(lab.nomad.requests.length).toBeGreaterThan(asked);
  });
});

describe('status', () => {
  test('asks whether there is such a namespace only where nothing is found', async () => {
    const lab = await deployed();
    const namespaces = () => lab.nomad.requests.filter(({ path }) => path.startsWith('/v1/namespace/')).length;
    await lab.step({ operation: 'status' });
    expect(namespaces()).toBe(0);
    await lab.step({ operation: 'status', name: 'none' });
    expect(namespaces()).toBe(1);
  });

  test('looks for a cause of those that are not well, and of no others', async () => {
    const lab = await openLab();
    await lab.step({ jobs: [job('bad', { script: 'exit 3' }), job('good')] });
    const { result } = await lab.step({ operation: 'status' });
    expect(result.jobs?.map(({ id, diagnosis }) => [id, diagnosis?.cause])).toEqual([
      ['bad', 'task "server" of group "app" exited with code 3'],
      ['good', undefined],
    ]);
  });

  test('looks for strangers by the names of pack and deployment where the pack is not known', async () => {
    const lab = await openLab();
    await register(lab.nomad, job('demo'), {});
    for (const step of [{ registry: false }, { jobs: ['job "web" {'] }] as const) {
      const outcome = await lab.step({ operation: 'status', ...step });
      expect(outcome.result.status).toBe('unknown');
      expect(said(outcome)).toContain('Job "demo" in namespace "default" was not deployed by nomad-pack');
    }
    expect(said(await lab.step({ operation: 'status', jobs: ['job "web" {'] }))).toContain(
      'The pack cannot be rendered, so only the usual ids of its jobs are looked at',
    );
  });

  test('of a pack for another region says so, and knows nothing', async () => {
    const lab = await openLab();
    const outcome = await lab.step({ operation: 'status', jobs: [job('web', { job: 'region = "eu"' })] });
    expect(outcome).toMatchObject({ reason: '', result: { status: 'unknown' } });
    expect(said(outcome)).toContain('"eu"');
  });
});
