import { describe, expect, test } from '@jest/globals';
import { ask, jobSpecification as job, register } from 'nomad-pack-sandbox/__tests__/support/api.ts';
import { ActionError } from '../../src/errors.ts';
import { jobsIn, type Lab, openLab } from './support/lab.ts';

const two = [job('api'), job('web')];

async function deployed(jobs = two): Promise<Lab> {
  const lab = await openLab({ namespaces: ['prod'] });
  await lab.step({ jobs, rollout: { wait: false } });
  return lab;
}

const deletions = ({ nomad }: Lab) => nomad.requests.filter(({ method }) => method === 'DELETE').length;

test.each([
  ['stop', { status: 'stopped', health: 'unknown', changed: true }, ['[api 1]', '[web 1]']],
  ['destroy', { status: 'absent', health: 'unknown', changed: true, jobs: [] }, []],
] as const)('%s ends the jobs, and a second one has nothing to do', async (operation, result, left) => {
  const lab = await deployed();
  expect(await lab.step({ operation })).toMatchObject({ reason: '', result, runs: 0 });
  expect(jobsIn(lab)).toEqual(left);
  const sent = deletions(lab);
  expect(await lab.step({ operation })).toMatchObject({ reason: '', result: { ...result, changed: false } });
  expect(deletions(lab)).toBe(sent);
});

test('destroy forgets what was stopped before', async () => {
  const lab = await deployed();
  await lab.step({ operation: 'stop' });
  expect(await lab.step({ operation: 'destroy' })).toMatchObject({ result: { status: 'absent', changed: true } });
  expect(jobsIn(lab)).toEqual([]);
});

test('jobs of another pack, name or namespace are left alone', async () => {
  const lab = await deployed();
  const meta = { 'pack.name': 'web', 'pack.deployment_name': 'demo' };
  await register(lab.nomad, job('other'), { ...meta, 'pack.name': 'cms' });
  await register(lab.nomad, job('blog'), { ...meta, 'pack.deployment_name': 'blog' });
  await register(lab.nomad, job('far', { job: 'namespace = "prod"' }), meta);
  // Rendered to know where the deployment is: its templates name no namespace.
  const outcome = await lab.step({ operation: 'destroy', jobs: two });
  expect(outcome).toMatchObject({ reason: '', result: { status: 'absent' } });
  const said = outcome.lines.join('\n');
  expect(said).toContain('in other namespaces, and left alone: far (prod)');
  expect(said).toContain('of other packs, and left alone: other (default)');
  expect(jobsIn(lab)).toEqual(['blog 0', 'far 0', 'other 0']);
});

describe('a sibling that has lost its metadata', () => {
  /** As somebody would who edits the job by hand. */
  const orphan = async (lab: Lab, id: string, meta: Record<string, string> = {}) =>
    await register(lab.nomad, job(id, { script: 'exec sleep 7200' }), meta);

  test.each(['stop', 'destroy'] as const)('makes %s red and stays, and so does the next one', async (operation) => {
    const lab = await deployed();
    await orphan(lab, 'web');
    await orphan(lab, 'theirs');
    for (const changed of [true, false]) {
      const outcome = await lab.step({ operation, jobs: two });
      expect(outcome).toMatchObject({ reason: 'job-conflict', result: { status: 'unknown', changed } });
      expect(outcome.message).toBe(
        'Job "web" in namespace "default" was not deployed by nomad-pack, or has lost nomad-pack’s metadata',
      );
      expect(jobsIn(lab)).toEqual(operation === 'stop' ? ['[api 1]', 'theirs 0', 'web 1'] : ['theirs 0', 'web 1']);
    }
  });

  test('is looked for where the deployment is', async () => {
    const jobs = ['api', 'web'].map((id) => job(id, { job: 'namespace = "prod"' }));
    const lab = await deployed(jobs);
    await orphan(lab, 'api');
    await register(lab.nomad, jobs[1] ?? '', {});
    const outcome = await lab.step({ operation: 'destroy', jobs });
    expect([outcome.reason, outcome.message]).toEqual([
      'job-conflict',
      'Job "web" in namespace "prod" was not deployed by nomad-pack, or has lost nomad-pack’s metadata',
    ]);
  });

  test('is not looked for where nothing runs without an owner, or nobody says where the pack is', async () => {
    const lab = await deployed();
    const outcome = await lab.step({ operation: 'stop', jobs: two });
    expect(outcome).toMatchObject({ reason: '', result: { status: 'stopped' } });
    expect(outcome.lines).not.toContain('Render the pack');
    const other = await deployed();
    await orphan(other, 'web');
    expect(await other.step({ operation: 'destroy', registry: false })).toMatchObject({
      reason: '',
      result: { status: 'absent' },
    });
  });

  test('is told of by `status`', async () => {
    const lab = await deployed();
    await orphan(lab, 'web');
    const outcome = await lab.step({ operation: 'status', jobs: two });
    expect(outcome).toMatchObject({ reason: '', result: { status: 'unknown', health: 'unknown', changed: false } });
    expect(outcome.result.jobs?.map(({ id }) => id)).toEqual(['api']);
    expect(outcome.lines.join('\n')).toContain('Job "web" in namespace "default" was not deployed by nomad-pack');
    const known = await lab.step({ operation: 'status', jobs: [job('api')] });
    expect(known.result.status).toBe('running');
    // Without a registry nothing is known of it.
    expect((await lab.step({ operation: 'status', registry: false })).result.status).toBe('running');
  });

  test('hides no job that has failed', async () => {
    const lab = await openLab();
    const jobs = [job('api', { script: 'exit 3' }), job('web')];
    await lab.step({ jobs });
    await orphan(lab, 'web');
    const outcome = await lab.step({ operation: 'status', jobs });
    expect(outcome.result).toMatchObject({ status: 'failed', health: 'unhealthy' });
  });
});

test('Nomad variables that the token may not list are named where the pack declares some', async () => {
  const declares = [{ name: 'web', path: 'nomad/jobs/web', namespace: 'default', items: { key: 'value' } }];
  for (const [declared, told] of [
    [declares, true],
    [[], false],
  ] as const) {
    const lab = await deployed();
    lab.fail(({ path }) =>
      path === '/v1/vars' ? { kind: 'respond', status: 403, body: 'Permission denied' } : undefined,
    );
    const outcome = await lab.step({ operation: 'destroy', declares: declared });
    expect(outcome).toMatchObject({ reason: '', result: { status: 'absent', changed: true } });
    const said = outcome.lines.join('\n');
    expect(said.includes('may be left: `nomad/jobs/web` (default).')).toBe(told);
  }
});

test('where nobody knows which namespace is the deployment’s, its status is unknown', async () => {
  const lab = await deployed();
  await register(lab.nomad, job('far', { job: 'namespace = "prod"' }), {
    'pack.name': 'web',
    'pack.deployment_name': 'demo',
  });
  const outcome = await lab.step({ operation: 'destroy', registry: false });
  expect(outcome).toMatchObject({ reason: '', result: { status: 'unknown', changed: true } });
  expect(await lab.step({ operation: 'destroy', registry: false })).toMatchObject({
    result: { status: 'unknown', changed: false },
  });
  expect(jobsIn(lab)).toEqual(['far 0']);
});

test('a namespace that does not exist does not mean that the deployment is gone', async () => {
  const lab = await openLab();
  expect(await lab.step({ operation: 'destroy', namespace: 'none' })).toMatchObject({ reason: 'nomad-namespace' });
});

test.each(['stop', 'destroy'] as const)(
  'a leftover that comes back after a %s is red, and named',
  async (operation) => {
    const lab = await deployed();
    const { state } = lab.nomad;
    const own = state.job('default', 'web');
    let isBack = false;
    lab.fail(({ method, path }) => {
      // The look after the deletions.
      if (method === 'GET' && path === '/v1/jobs' && deletions(lab) === 2 && !isBack && own !== undefined) {
        isBack = true;
        state.commit(() => state.putJobVersion({ ...own, Stop: false }));
      }
      return undefined;
    });
    const outcome = await lab.step({ operation });
    expect([outcome.reason, outcome.message]).toEqual([
      'nomad-error',
      `There again after the ${operation}: web (default).`,
    ]);
    expect(outcome.result.changed).toBe(true);
    expect(outcome.result.jobs?.map(({ id }) => id)).toContain('web');
  },
);

describe('a deletion whose answer is lost', () => {
  const once = (lab: Lab, fault: Parameters<Lab['fail']>[0]) => {
    let done = false;
    lab.fail((request) => {
      if (done || request.method !== 'DELETE') return undefined;
      done = true;
      return fault?.(request);
    });
  };

  test('and that was carried out is not sent again', async () => {
    const lab = await deployed([job('web')]);
    once(lab, () => ({ kind: 'reset', afterwards: true }));
    expect(await lab.step({ operation: 'destroy' })).toMatchObject({ reason: '', result: { changed: true } });
    expect(deletions(lab)).toBe(1);
  });

  test('and that was not is sent again', async () => {
    const lab = await deployed([job('web')]);
    once(lab, () => ({ kind: 'reset' }));
    expect(await lab.step({ operation: 'destroy' })).toMatchObject({ reason: '', result: { changed: true } });
    expect(deletions(lab)).toBe(2);
  });

  test('does not hit a job that somebody has registered anew under the id', async () => {
    const lab = await deployed([job('web')]);
    const { state } = lab.nomad;
    once(lab, () => {
      const own = state.job('default', 'web');
      state.commit(() => {
        state.deleteJob('default', 'web');
        if (own !== undefined) state.putJobVersion({ ...own, Meta: { ...own.Meta, 'pack.deployment_name': 'theirs' } });
      });
      return { kind: 'reset' };
    });
    expect(await lab.step({ operation: 'destroy' })).toMatchObject({ reason: '', result: { changed: true } });
    expect(deletions(lab)).toBe(1);
    expect(jobsIn(lab)).toEqual(['web 0']);
  });

  test('is a leftover where the deployment itself has registered the job anew', async () => {
    const lab = await deployed([job('web')]);
    const { state } = lab.nomad;
    once(lab, () => {
      const own = state.job('default', 'web');
      state.commit(() => {
        state.deleteJob('default', 'web');
        if (own !== undefined) state.putJobVersion(own);
      });
      return { kind: 'reset' };
    });
    const outcome = await lab.step({ operation: 'destroy' });
    expect([outcome.reason, outcome.message]).toEqual(['nomad-error', 'There again after the destroy: web (default).']);
    expect(deletions(lab)).toBe(1);
  });
});

describe('`changed` of a removal that fails', () => {
  test.each([
    [403, false],
    [500, false],
  ])('is false where Nomad answers %i and the job is as it was', async (status) => {
    const lab = await deployed();
    lab.fail(({ method }) => (method === 'DELETE' ? { kind: 'respond', status, body: 'no' } : undefined));
    const outcome = await lab.step({ operation: 'destroy' });
    expect(outcome.result).toMatchObject({ changed: false, jobs: [{ id: 'api' }, { id: 'web' }] });
    expect(outcome.lines).toContain('Still there: api (default), web (default).');
  });

  test('is false where nothing was sent', async () => {
    const lab = await deployed();
    lab.fail(({ path }) => (path.startsWith('/v1/job/') ? { kind: 'respond', status: 403, body: 'no' } : undefined));
    expect(await lab.step({ operation: 'destroy' })).toMatchObject({
      reason: 'nomad-auth',
      result: { changed: false },
    });
    expect(deletions(lab)).toBe(0);
  });

  test('is true where one of two is gone', async () => {
    const lab = await deployed();
    lab.fail(({ method, path }) =>
      method === 'DELETE' && path === '/v1/job/web' ? { kind: 'respond', status: 403, body: 'no' } : undefined,
    );
    const outcome = await lab.step({ operation: 'destroy' });
    expect(outcome).toMatchObject({ reason: 'nomad-auth', result: { changed: true, status: 'running' } });
    expect(outcome.lines).toContain('Still there: web (default).');
  });

  test('is true where nobody can tell', async () => {
    const lab = await deployed([job('web')]);
    let sent = false;
    lab.fail(({ method }) => {
      sent ||= method === 'DELETE';
      return sent ? { kind: 'reset' } : undefined;
    });
    expect(await lab.step({ operation: 'destroy' })).toMatchObject({
      reason: 'nomad-unreachable',
      result: { changed: true },
    });
  });

  test('is true after a cancel while a deletion is under way, and false before', async () => {
    for (const [method, changed] of [
      ['DELETE', true],
      ['GET', false],
    ] as const) {
      const lab = await deployed([job('web')]);
      const abort = new AbortController();
      lab.fail((request) => {
        if (request.method !== method || request.path !== '/v1/job/web' || abort.signal.aborted) return undefined;
        abort.abort(new ActionError('cancelled', 'The step was cancelled.'));
        return { kind: 'delay', milliseconds: 300 };
      });
      const outcome = await lab.step({ operation: 'destroy', signal: abort.signal });
      expect(outcome).toMatchObject({ reason: 'cancelled', result: { changed } });
    }
  });
});

test('what is launched while the jobs are stopped is stopped too, and a child that is over is not', async () => {
  const lab = await deployed([
    job('cron', { type: 'batch', script: 'true', job: 'periodic {\n crons = ["0 0 1 1 *"]\n }' }),
  ]);
  const { state } = lab.nomad;
  await ask(lab.nomad, 'POST /v1/job/cron/periodic/force');
  await lab.nomad.until(() => state.allJobs().some(({ ParentID, Status }) => ParentID === 'cron' && Status === 'dead'));
  lab.fail(({ method, path }) => {
    const parent = state.job('default', 'cron');
    if (method === 'DELETE' && path === '/v1/job/cron' && parent !== undefined) {
      state.commit(() => state.putJobVersion({ ...parent, ID: 'cron/late', ParentID: 'cron', Periodic: null }));
    }
    return undefined;
  });
  const outcome = await lab.step({ operation: 'stop' });
  expect(outcome).toMatchObject({ reason: '', result: { status: 'stopped', changed: true } });
  expect(outcome.lines).toContain('Stopped: cron (default), cron/late (default).');
});
