import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { ask, jobSpecification as job, register } from 'nomad-pack-sandbox/__tests__/support/api.ts';
import { ActionError } from '../../src/errors.ts';
import { jobsIn, type Lab, openLab } from './support/lab.ts';

const actions = ({ result }: Awaited<ReturnType<Lab['step']>>) =>
  result.planData?.jobs.map(({ id, action }) => `${id} ${action}`);

test('a plan tells what a deploy would do, and does none of it', async () => {
  const lab = await openLab();
  await lab.step({ jobs: [job('api'), job('old'), job('web')] });
  const before = jobsIn(lab);
  const outcome = await lab.step({
    operation: 'plan',
    jobs: [job('api', { count: 2 }), job('new'), job('web', { message: 'new' })],
  });
  expect(actions(outcome)).toEqual(['api update', 'new create', 'web replace', 'old stop']);
  expect(outcome).toMatchObject({
    reason: '',
    result: { changed: true, status: 'running', health: 'healthy' },
    runs: 0,
  });
  expect(jobsIn(lab)).toEqual(before);
});

test.each([
  [true, 'changes'],
  [false, ''],
])('`fail_on_changes: %s` makes a plan of changes end with the reason %j', async (failOnChanges, reason) => {
  const lab = await openLab();
  const step = { operation: 'plan', review: { failOnChanges } } as const;
  await lab.step({ jobs: [job('web')] });
  expect(await lab.step({ ...step, jobs: [job('web')] })).toMatchObject({ reason: '', result: { changed: false } });
  const red = await lab.step({ ...step, jobs: [job('web', { count: 2 })] });
  expect(red).toMatchObject({ reason, result: { changed: true } });
  if (failOnChanges) expect(red.message).toBe('A deploy would change web (update).');
});

test('what a deploy would change is named, each with what becomes of it', async () => {
  const lab = await openLab();
  const step = { operation: 'plan', review: { failOnChanges: true } } as const;
  await lab.step({ jobs: [job('api'), job('old'), job('same'), job('web')] });
  const declares = [{ name: 'x', path: 'app/x', namespace: 'default', items: { a: 'b' } }];
  const jobs = [job('api', { count: 2 }), job('new'), job('same'), job('web', { message: 'new' })];
  const all = await lab.step({ ...step, jobs, declares, version: '0.4.3' });
  expect([all.reason, all.message]).toEqual([
    'changes',
    'A deploy would change api (update), new (create), web (replace), old (stop), Nomad variable `app/x` (default).',
  ]);
  expect(all.result.failure?.hint).toContain('undo what was changed by hand');
  const same = [job('api'), job('old'), job('same'), job('web')];
  const variable = await lab.step({ ...step, jobs: same, declares, version: '0.4.3' });
  expect(variable.message).toBe('A deploy would change Nomad variable `app/x` (default).');
});

test('what a redeploy would replace is part of the plan, and no difference', async () => {
  const lab = await openLab();
  const periodic = job('nightly', { type: 'batch', job: 'periodic {\n cron = "0 0 1 1 *"\n }' });
  const jobs = [job('api', { count: 2 }), periodic];
  await lab.step({ jobs });
  const step = { operation: 'plan', jobs, review: { failOnChanges: true } } as const;
  const plain = await lab.step(step);
  expect(actions(plain)).toEqual(['api none', 'nightly none']);
  expect(plain.result.changed).toBe(false);
  const outcome = await lab.step({ ...step, rollout: { redeploy: true } });
  expect(actions(outcome)).toEqual(['api redeploy', 'nightly none']);
  expect(outcome).toMatchObject({ reason: '', result: { changed: true } });
  expect(outcome.result.planData?.jobs[0]?.groups).toMatchObject([{ replace: 2, unchanged: 0 }]);
  expect(outcome.result.planData?.digest).not.toBe(plain.result.planData?.digest);
});

test('nomad-pack’s words are kept in a file, as they are shown', async () => {
  const lab = await openLab();
  const words = ['+ Job: "web"', 'the password is hunter2, \u202eand more'];
  const { result } = await lab.step({ operation: 'plan', jobs: [job('web')], words, secrets: { password: 'hunter2' } });
  expect(result.plan).toBe('+ Job: "web"\nthe password is ***, \\u202eand more');
  expect(await readFile(result.planFile ?? '', 'utf8')).toBe(result.plan);
});

test('jobs that another deployment of the step has are refused: a plan says so, and nothing is run', async () => {
  const lab = await openLab();
  const taken = new ActionError('job-conflict', 'Two deployments have the job web.', { hint: 'Name one otherwise.' });
  const outcome = await lab.step({ operation: 'plan', jobs: [job('web')], taken });
  expect(outcome).toMatchObject({
    reason: '',
    result: { planData: { refusals: ['Two deployments have the job web.'], advice: ['Name one otherwise.'] } },
  });
  expect(await lab.step({ jobs: [job('web')], taken })).toMatchObject({ reason: 'job-conflict', runs: 0 });
});

describe('old values', () => {
  const plan = async (probe?: readonly string[]) => {
    const lab = await openLab();
    await lab.step({ jobs: [job('web', { message: 'old-message', memory: 33 })] });
    const jobs = [job('web', { message: 'new-message', memory: 34 })];
    const secrets = { password: 'a-secret-value' };
    const { result } = await lab.step({ operation: 'plan', jobs, secrets, ...(probe !== undefined && { probe }) });
    return result.planData?.jobs.flatMap(({ diff }) => diff).join('\n') ?? '';
  };

  test('are all hidden where the pack takes no other values for its secrets', async () => {
    const diff = await plan();
    expect(diff).toContain('Env[MESSAGE]: "***" => "new-message"');
    expect(diff).toContain('MemoryMB: "***" => "34"');
    expect(diff).not.toContain('old-message');
  });

  test('are hidden only where the secret stands, where it does', async () => {
    const diff = await plan([job('web', { message: 'other-value', memory: 34 })]);
    expect(diff).toContain('Env[MESSAGE]: "***" =>');
    expect(diff).toContain('MemoryMB: "33" => "34"');
  });

  test('are looked for in the namespace that a sibling names, as nomad-pack does', async () => {
    const lab = await openLab({ namespaces: ['prod'] });
    const two = (message: string) => [job('api', { job: 'namespace = "prod"' }), job('web', { message })];
    const secrets = { password: 'a-secret-value' };
    const outcome = await lab.step({ operation: 'plan', jobs: two('new'), probe: two('other'), secrets });
    expect(outcome.result.planData?.jobs.map(({ id, namespace }) => `${id} ${namespace}`)).toEqual([
      'api prod',
      'web prod',
    ]);
    expect(outcome.lines.join('\n')).not.toContain('takes no other values');
  });
});

describe('counts that are kept', () => {
  const scaled = async () => {
    const lab = await openLab();
    await lab.step({ jobs: [job('web')] });
    await lab.step({ jobs: [job('web', { count: 3 })] });
    return lab;
  };
  const preserveCounts = { preserveCounts: true };

  test('are not a change of the plan, nor of the deploy', async () => {
    const lab = await scaled();
    const jobs = [job('web')];
    expect(actions(await lab.step({ operation: 'plan', jobs }))).toEqual(['web update']);
    expect(actions(await lab.step({ operation: 'plan', jobs, rollout: preserveCounts }))).toEqual(['web none']);
    expect(await lab.step({ jobs, rollout: preserveCounts })).toMatchObject({ result: { changed: false }, runs: 0 });
    expect(jobsIn(lab)).toEqual(['web 1']);
  });

  test('stay where something else changes', async () => {
    const lab = await scaled();
    const jobs = [job('web', { message: 'new' })];
    const outcome = await lab.step({ jobs, rollout: preserveCounts });
    expect(outcome).toMatchObject({
      reason: '',
      result: { jobs: [{ version: 2, groups: [{ desired: 3, healthy: 3 }] }] },
    });
  });

  test('are part of the digest: a plan with them is not one without', async () => {
    const lab = await scaled();
    const jobs = [job('web', { message: 'new' })];
    const digest = async (rollout = {}) =>
      (await lab.step({ operation: 'plan', jobs, rollout })).result.planData?.digest ?? '';
    const [kept, reset] = [await digest(preserveCounts), await digest()];
    expect(kept).not.toBe(reset);
    expect(await digest(preserveCounts)).toBe(kept);
    const refused = await lab.step({ jobs, review: { digest: kept } });
    expect(refused).toMatchObject({ reason: 'plan-changed', result: {}, runs: 0 });
    expect(refused.message).toContain(`The plan’s digest is ${reset} now, \`plan_digest\` is ${kept}.`);
    expect(await lab.step({ jobs, rollout: preserveCounts, review: { digest: kept } })).toMatchObject({
      reason: '',
      result: { changed: true },
    });
  });
});

test('a reviewed registration is held against the index that was reviewed', async () => {
  const lab = await openLab();
  await lab.step({ jobs: [job('web')] });
  const jobs = [job('web', { message: 'new' })];
  const digest = (await lab.step({ operation: 'plan', jobs })).result.planData?.digest ?? '';
  const outcome = await lab.step({
    jobs,
    review: { digest },
    run: async (pack) => {
      await lab.step({ jobs: [job('web', { message: 'theirs' })] });
      return await pack.register();
    },
  });
  expect(outcome).toMatchObject({ reason: 'nomad-pack-failed', result: { changed: false }, runs: 1 });
  expect(outcome.message).toContain('Enforcing job modify index');
  expect(jobsIn(lab)).toEqual(['web 1']);
});

test('a reviewed registration of several jobs goes ahead: nomad-pack takes one index for all of them', async () => {
  const lab = await openLab();
  await lab.step({ jobs: [job('api'), job('web')] });
  const jobs = [job('api', { message: 'new' }), job('web', { message: 'new' })];
  const digest = (await lab.step({ operation: 'plan', jobs })).result.planData?.digest ?? '';
  expect(await lab.step({ jobs, review: { digest } })).toMatchObject({ reason: '', result: { changed: true } });
  expect(jobsIn(lab)).toEqual(['api 1', 'web 1']);
});

describe('what belongs to others', () => {
  const others = async () => {
    const lab = await openLab({ namespaces: ['prod'] });
    const meta = { 'pack.name': 'cms', 'pack.deployment_name': 'demo' };
    await register(lab.nomad, job('taken'), meta);
    await register(lab.nomad, job('web'), meta);
    return lab;
  };

  test('is refused, and a plan says so', async () => {
    const lab = await others();
    const refusals = (await lab.step({ operation: 'plan', jobs: [job('web')] })).result.planData?.refusals;
    expect(refusals).toEqual([
      expect.stringContaining('would stop job "taken" of pack "cms"'),
      expect.stringContaining('would replace job "web" of pack "cms"'),
    ]);
    const outcome = await lab.step({ jobs: [job('web')] });
    expect(outcome).toMatchObject({ reason: 'would-stop-others', result: {}, runs: 0 });
    expect(outcome.result.changed ?? false).toBe(false);
    expect(outcome.result).not.toHaveProperty('planData');
    expect(jobsIn(lab)).toEqual(['taken 0', 'web 0']);
  });

  test('goes where that is allowed, with a warning each', async () => {
    const lab = await others();
    const rollout = { allowReplace: true };
    const planned = await lab.step({ operation: 'plan', jobs: [job('web')], rollout });
    expect(planned.result.planData?.refusals).toEqual([]);
    expect(actions(planned)).toEqual(
      ['web replace', 'taken stop'].map((one) => expect.stringMatching(one.split(' ')[0] ?? '')),
    );
    const outcome = await lab.step({ jobs: [job('web', { message: 'new' })], rollout });
    expect(outcome).toMatchObject({ reason: '', result: { changed: true } });
    expect(outcome.lines.filter((line) => line.endsWith('allowed by `allow_replace`.'))).toHaveLength(2);
    expect(jobsIn(lab)).toEqual(['[taken 1]', 'web 1']);
  });

  test('comes back where the deploy that stopped and replaced it fails', async () => {
    const lab = await others();
    const rollout = { allowReplace: true, onFailure: 'revert' } as const;
    const outcome = await lab.step({ jobs: [job('web', { script: 'exit 3' })], rollout });
    expect(outcome).toMatchObject({ reason: 'unhealthy', result: { status: 'reverted' } });
    expect(jobsIn(lab)).toEqual(['taken 2', 'web 2']);
    expect(lab.nomad.state.job('default', 'web')?.Meta?.['pack.name']).toBe('cms');
  });

  test('by its id is a conflict, whatever is allowed', async () => {
    const lab = await others();
    await register(lab.nomad, job('free'));
    const outcome = await lab.step({ jobs: [job('free')], rollout: { allowReplace: true } });
    expect(outcome).toMatchObject({ reason: 'job-conflict', runs: 0 });
  });

  test('is looked at again right before nomad-pack runs', async () => {
    const lab = await openLab();
    lab.fail(({ path }) => {
      if (path !== '/v1/job/web/plan' || lab.nomad.state.job('default', 'late') !== undefined) return undefined;
      const seed = lab.nomad.state.job('default', 'seed');
      lab.nomad.state.commit(() => {
        if (seed !== undefined) {
          const Meta = { 'pack.deployment_name': 'demo', 'pack.name': 'cms' };
          lab.nomad.state.putJobVersion({ ...seed, ID: 'late', Name: 'late', Meta });
        }
      });
      return undefined;
    });
    await register(lab.nomad, job('seed'));
    expect(await lab.step({ jobs: [job('web')] })).toMatchObject({ reason: 'would-stop-others', runs: 0 });
  });
});

test('a plan of an old ref says from which to which the deployment goes', async () => {
  const lab = await openLab();
  await lab.step({ jobs: [job('web')] });
  const { state } = lab.nomad;
  const own = state.job('default', 'web');
  state.commit(() => {
    if (own !== undefined) state.putJobVersion({ ...own, Meta: { ...own.Meta, 'pack.version': 'v0' } });
  });
  const { result } = await lab.step({ operation: 'plan', jobs: [job('web')] });
  expect(result.planData?.versionChanges).toEqual(['ref v0 → v1']);
});

describe('status', () => {
  test('tells of what is there, of what launched it, and of what is elsewhere', async () => {
    const lab = await openLab({ namespaces: ['prod'] });
    const step = { operation: 'status' } as const;
    expect((await lab.step(step)).result).toMatchObject({ status: 'absent', health: 'unknown', changed: false });
    await lab.step({ jobs: [job('web')] });
    expect((await lab.step(step)).result).toMatchObject({ status: 'running', health: 'healthy', changed: false });
    const elsewhere = await lab.step({ ...step, namespace: 'prod' });
    expect(elsewhere.result).toMatchObject({ status: 'unknown', health: 'unknown', jobs: [{ id: 'web' }] });
    expect(elsewhere.lines.join('\n')).toContain('Nothing of demo is in the namespace prod.');
    const other = await lab.step({ ...step, pack: 'cms' });
    expect(other.result.status).toBe('absent');
    expect(other.lines.join('\n')).toContain('of other packs: web (default)');
  });

  test.each([
    ['healthy', undefined, ''],
    ['unhealthy', { script: 'exit 3' }, 'unhealthy'],
  ])('with `fail_on_unhealthy`, of what is %s', async (_, options, reason) => {
    const lab = await openLab();
    await lab.step({ jobs: [job('web', options)] });
    const review = { failOnUnhealthy: true };
    const outcome = await lab.step({ operation: 'status', review });
    expect(outcome.reason).toBe(reason);
    if (reason !== '') expect(outcome.result.jobs?.[0]?.diagnosis?.cause).toContain('exited with code 3');
    expect((await lab.step({ operation: 'status' })).reason).toBe('');
    expect((await lab.step({ operation: 'status', review, name: 'none' })).reason).toBe('unhealthy');
  });

  test('with `fail_on_unhealthy`, of a batch job that has ended well', async () => {
    const lab = await openLab();
    await lab.step({ jobs: [job('task', { type: 'batch', script: 'true' })], rollout: { waitFor: 'complete' } });
    const outcome = await lab.step({ operation: 'status', review: { failOnUnhealthy: true } });
    expect(outcome).toMatchObject({ reason: '', result: { status: 'complete', health: 'healthy' } });
  });

  test('names what goes on though the job that launched it is stopped', async () => {
    const lab = await openLab();
    await lab.step({
      jobs: [job('cron', { type: 'batch', script: 'sleep 3600', job: 'periodic {\n crons = ["0 0 1 1 *"]\n }' })],
    });
    await ask(lab.nomad, 'POST /v1/job/cron/periodic/force');
    const child = await lab.nomad.until((state) =>
      state.allJobs().find(({ ParentID, Status }) => ParentID === 'cron' && Status === 'running'),
    );
    const says = async () => (await lab.step({ operation: 'status' })).lines.join('\n');
    expect(await says()).not.toContain('Launched by');
    await ask(lab.nomad, 'DELETE /v1/job/cron');
    expect(await says()).toContain(`not over: ${child.ID} (default)`);
  });
});
