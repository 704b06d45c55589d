import { describe, expect, test } from '@jest/globals';
import { ask, jobSpecification as job, register } from 'nomad-pack-sandbox/__tests__/support/api.ts';
import { ActionError } from '../../src/errors.ts';
import { jobsIn, type Lab, olderNomad, openLab, type StepOptions } from './support/lab.ts';

const COMMIT = 'c0ffee'.padEnd(40, '0');
const origin = { commit: COMMIT, run: 'https://github.com/octo/shop/actions/runs/7', actor: 'octocat' };

const rollback = { operation: 'rollback' } as const;
const message = ({ nomad }: Lab, id: string) =>
  nomad.state.job('default', id)?.TaskGroups[0]?.Tasks[0]?.Env?.['MESSAGE'] ?? '';
const tags = ({ nomad }: Lab, id: string) =>
  nomad.state
    .jobVersions('default', id)
    .map(({ Version, VersionTag }) => `${Version} ${VersionTag?.Description ?? '-'}`);

/** Deploys each text in turn. */
async function deployed(texts: readonly string[], more: StepOptions = {}): Promise<Lab> {
  const lab = await openLab();
  for (const text of texts) {
    const { reason } = await lab.step({ jobs: [job('web', { message: text })], ...more });
    expect(reason).toBe('');
  }
  return lab;
}

describe('the unit', () => {
  test('a further rollback goes further back, never forth again', async () => {
    const lab = await deployed(['a', 'b', 'c']);
    expect(await lab.step(rollback)).toMatchObject({ reason: '', result: { changed: true, health: 'healthy' } });
    expect(message(lab, 'web')).toBe('b');
    expect(await lab.step(rollback)).toMatchObject({ reason: '', result: { changed: true } });
    expect(message(lab, 'web')).toBe('a');
    expect(await lab.step(rollback)).toMatchObject({ reason: 'no-earlier-version' });
    expect(message(lab, 'web')).toBe('a');
  });

  test('a job that was added is stopped, and a further rollback leaves it so', async () => {
    const lab = await openLab();
    await lab.step({ jobs: [job('api', { message: 'a' })] });
    await lab.step({ jobs: [job('api', { message: 'b' })] });
    await lab.step({ jobs: [job('api', { message: 'b' }), job('cache')] });
    expect(await lab.step(rollback)).toMatchObject({ reason: '', result: { changed: true, health: 'healthy' } });
    expect(jobsIn(lab)).toEqual(['api 1', '[cache 1]']);
    expect(await lab.step(rollback)).toMatchObject({ reason: '' });
    expect(message(lab, 'api')).toBe('a');
    expect(jobsIn(lab)).toEqual(['api 2', '[cache 1]']);
  });

  test('one that got stuck half-way is brought to its end', async () => {
    const lab = await openLab();
    const jobs = (text: string) => [job('api', { message: text }), job('web', { message: text })];
    await lab.step({ jobs: jobs('a') });
    await lab.step({ jobs: jobs('b') });
    lab.fail(({ path }) => (path === '/v1/job/web/revert' ? { kind: 'respond', status: 500, body: 'no' } : undefined));
    expect(await lab.step(rollback)).toMatchObject({ reason: 'revert-failed', result: { changed: true } });
    expect([message(lab, 'api'), message(lab, 'web')]).toEqual(['a', 'b']);
    lab.fail(undefined);
    expect(await lab.step(rollback)).toMatchObject({ reason: '', result: { changed: true, health: 'healthy' } });
    expect([message(lab, 'api'), message(lab, 'web')]).toEqual(['a', 'a']);
  });

  test('what failed is passed over', async () => {
    const lab = await deployed(['a']);
    await lab.step({ jobs: [job('web', { message: 'b', script: 'exit 3' })] });
    await lab.step({ jobs: [job('web', { message: 'c' })] });
    expect(await lab.step(rollback)).toMatchObject({ reason: '' });
    expect(message(lab, 'web')).toBe('a');
  });

  test('what on_failure has taken back is where a rollback begins, also for jobs that were well', async () => {
    const lab = await openLab();
    const jobs = (text: string, script = 'exec sleep 3600') => [
      job('api', { message: text }),
      job('web', { message: text, script }),
    ];
    await lab.step({ jobs: jobs('a'), origin });
    await lab.step({ jobs: jobs('b'), origin });
    const failed = await lab.step({ jobs: jobs('c', 'exit 3'), origin, rollout: { onFailure: 'revert' } });
    expect(failed).toMatchObject({ reason: 'unhealthy', result: { status: 'reverted' } });
    expect(tags(lab, 'api')[0]).toMatch(/commit=c0ffee .* back_to=1$/);
    expect(await lab.step(rollback)).toMatchObject({ reason: '', result: { changed: true, health: 'healthy' } });
    expect([message(lab, 'api'), message(lab, 'web')]).toEqual(['a', 'a']);
  });

  test('a deployment that was stopped in between goes back to what ran before that', async () => {
    const lab = await deployed(['a']);
    await lab.step({ operation: 'stop' });
    await lab.step({ jobs: [job('web', { message: 'b' })] });
    expect(await lab.step(rollback)).toMatchObject({ reason: '' });
    expect(message(lab, 'web')).toBe('a');
  });

  test('batch jobs run again as they were', async () => {
    const lab = await openLab();
    const batch = (text: string) => [job('load', { type: 'batch', message: text, script: 'exit 0' })];
    await lab.step({ jobs: batch('a') });
    await lab.step({ jobs: batch('b') });
    expect(await lab.step(rollback)).toMatchObject({ reason: '', result: { status: 'complete' } });
    expect(message(lab, 'load')).toBe('a');
  });
});

describe('canaries that come of going back', () => {
  const jobs = (text: string) => [job('api', { update: 'canary = 1', message: text }), job('web', { message: text })];
  const promotions = ({ nomad }: Lab) =>
    nomad.requests.filter(({ path }) => path.startsWith('/v1/deployment/promote/'));

  async function promoted(): Promise<Lab> {
    const lab = await openLab();
    await lab.step({ jobs: jobs('a') });
    await lab.step({ jobs: jobs('b'), rollout: { waitFor: 'promotion' } });
    expect(await lab.step({ operation: 'promote' })).toMatchObject({ reason: '' });
    expect(promotions(lab)).toHaveLength(1);
    return lab;
  }

  test('are promoted: somebody has decided on that version before', async () => {
    const lab = await promoted();
    const outcome = await lab.step(rollback);
    expect(outcome).toMatchObject({ reason: '', result: { status: 'running', health: 'healthy', changed: true } });
    expect(promotions(lab)).toHaveLength(2);
    expect([message(lab, 'api'), message(lab, 'web')]).toEqual(['a', 'a']);
    const told = outcome.result.jobs?.map(({ id, version, awaitsPromotion }) => [id, version, awaitsPromotion]);
    expect(told?.sort()).toEqual([
      ['api', 2, undefined],
      ['web', 2, undefined],
    ]);
  });

  test('are not where Nomad refuses that, which is red', async () => {
    const lab = await promoted();
    lab.fail(({ path }) =>
      path.startsWith('/v1/deployment/promote/') ? { kind: 'respond', status: 403, body: 'no' } : undefined,
    );
    const outcome = await lab.step(rollback);
    expect(outcome).toMatchObject({ reason: 'nomad-auth', result: { changed: true } });
  });
});

describe('a dry run', () => {
  test('tells what a rollback would do, and does none of it', async () => {
    const lab = await openLab();
    await lab.step({ jobs: [job('api'), job('web', { message: 'a' })], ref: 'v2' });
    await lab.step({ jobs: [job('api'), job('web', { message: 'b', count: 2 }), job('new')], ref: 'v2' });
    const posts = lab.nomad.requests.length;
    const outcome = await lab.step({ ...rollback, rollback: { dryRun: true } });
    expect(outcome).toMatchObject({
      reason: '',
      result: { status: 'running', health: 'healthy', changed: true, isDryRun: true },
    });
    expect(outcome.result.jobs?.map(({ id }) => id).sort()).toEqual(['api', 'new', 'web']);
    const { planData } = outcome.result;
    expect(planData?.jobs.map(({ id, action }) => `${action} ${id}`).sort()).toEqual([
      'none api',
      'replace web',
      'stop new',
    ]);
    expect(planData).toMatchObject({ changed: true, refusals: [], versionChanges: ['web version 1 → 0'] });
    const diff = planData?.jobs.flatMap((one) => one.diff).join('\n');
    // Nobody knows which values of an older version are secret.
    expect(diff).toContain('Env[MESSAGE]: "***" => "***"');
    expect(diff).toContain('Count: "2" => "1"');
    const sent = lab.nomad.requests
      .slice(posts)
      .filter(({ method, path }) => method !== 'GET' && !/\/plan|statuses/.test(path));
    expect(sent).toEqual([]);
    expect(outcome.lines).not.toContain('Go back');
    // It is the plan that a rollback is held against.
    const review = { digest: planData?.digest ?? '' };
    const other = await lab.step({ ...rollback, review: { digest: 'sha256:other' } });
    expect(other).toMatchObject({ reason: 'plan-changed', result: { changed: false } });
    expect(jobsIn(lab)).toEqual(['api 0', 'new 0', 'web 1']);
    expect(await lab.step({ ...rollback, review })).toMatchObject({ reason: '', result: { changed: true } });
    expect(jobsIn(lab)).toEqual(['api 0', '[new 1]', 'web 2']);
  });

  test('shows that the pack is another version', async () => {
    const lab = await openLab();
    for (const ref of ['v1', 'v2']) await lab.step({ jobs: [job('web')], ref });
    const { result } = await lab.step({ ...rollback, rollback: { dryRun: true } });
    expect(result.planData?.jobs[0]?.diff).toContain('~ Meta[pack.version]: "v2" => "v1"');
  });

  test('of what is at that version already would change nothing', async () => {
    const lab = await deployed(['a', 'b']);
    const step = { ...rollback, rollback: { to: '1', dryRun: true } };
    const { result } = await lab.step(step);
    expect(result).toMatchObject({
      changed: false,
      planData: { changed: false, jobs: [{ id: 'web', action: 'none' }] },
    });
    const outcome = await lab.step({ ...rollback, rollback: { to: '1' } });
    expect(outcome).toMatchObject({ reason: '', result: { changed: false, health: 'healthy' } });
    expect(outcome.lines).toContain('Nothing to change: every job is at that version already.');
    expect(jobsIn(lab)).toEqual(['web 1']);
  });
});

describe('a rollback', () => {
  test('that nobody waits for tells of the jobs as they are', async () => {
    const lab = await deployed(['a', 'b']);
    const outcome = await lab.step({ ...rollback, rollout: { wait: false } });
    expect(outcome).toMatchObject({ reason: '', result: { status: 'pending', health: 'unknown', changed: true } });
    expect(outcome.lines).not.toContain('Watch the rollout');
    expect(outcome.lines).toContain('Job "web" (default) went back to version 0, as version 2.');
    expect(message(lab, 'web')).toBe('a');
  });

  test('tells of what it has stopped, too, and leaves a trace on it', async () => {
    const lab = await openLab();
    await lab.step({ jobs: [job('web', { message: 'a' })], origin });
    await lab.step({ jobs: [job('web', { message: 'a' }), job('new')], origin });
    const outcome = await lab.step({ ...rollback, origin });
    expect(outcome.result.jobs?.map(({ id, status }) => `${id} ${status}`).sort()).toEqual([
      'new stopped',
      'web running',
    ]);
    expect(outcome.lines).toContain('Job "new" (default) was not there before, so it was stopped.');
    expect(tags(lab, 'new')[0]).toMatch(/^1 deployed=\S+ run=\S+ actor=octocat undoes=\S+$/);
  });

  test('of nothing says where else to look', async () => {
    const lab = await openLab({ namespaces: ['prod'] });
    const nothing = await lab.step(rollback);
    expect(nothing).toMatchObject({ reason: 'no-earlier-version', result: { changed: false } });
    expect(nothing.message).toBe(
      'There is nothing to go back to: nothing is there of the deployment demo of pack web.',
    );
    expect(nothing.result.failure?.hint).toContain('What was destroyed cannot go back');
    await lab.step({ jobs: [job('web')] });
    const elsewhere = await lab.step({ ...rollback, namespace: 'prod', registry: false });
    expect(elsewhere.result.failure?.hint).toContain(
      'elsewhere: web (default). Set `nomad_namespace` to roll back there.',
    );
    expect(await lab.step({ ...rollback, namespace: 'none' })).toMatchObject({ reason: 'nomad-namespace' });
  });

  test('goes to where the templates of the pack say', async () => {
    const lab = await openLab({ namespaces: ['prod'] });
    const inProd = (text: string) => [job('web', { message: text, job: 'namespace = "prod"' })];
    for (const text of ['a', 'b']) await lab.step({ jobs: inProd(text) });
    expect(await lab.step({ ...rollback, jobs: inProd('b') })).toMatchObject({ reason: '', result: { changed: true } });
    expect(lab.nomad.state.job('prod', 'web')?.Version).toBe(2);
  });

  test('that is cancelled while it goes back says what it has changed', async () => {
    for (const [path, changed] of [
      ['/v1/job/web/revert', true],
      ['/v1/job/web/plan', false],
    ] as const) {
      const lab = await deployed(['a', 'b']);
      const abort = new AbortController();
      lab.fail((request) => {
        if (request.path === path)
          setTimeout(() => abort.abort(new ActionError('cancelled', 'The step was cancelled.')), 30);
        return request.path === path && !changed ? { kind: 'delay', milliseconds: 300 } : undefined;
      });
      const outcome = await lab.step({ ...rollback, signal: abort.signal });
      expect(outcome).toMatchObject({ reason: 'cancelled', result: { changed } });
    }
  });
});

describe('a Nomad without tags', () => {
  test('goes back, and tells nothing of it', async () => {
    const lab = await openLab();
    lab.fail(olderNomad);
    for (const text of ['a', 'b']) await lab.step({ jobs: [job('web', { message: text })], origin });
    const outcome = await lab.step(rollback);
    expect(outcome).toMatchObject({ reason: '', result: { changed: true, notices: [] } });
    expect(message(lab, 'web')).toBe('a');
  });

  test('knows the ref that nomad-pack recorded', async () => {
    const lab = await openLab();
    lab.fail(olderNomad);
    for (const ref of ['v1.0.0', 'v1.1.0', 'v1.2.0']) await lab.step({ jobs: [job('web', { message: ref })], ref });
    expect(await lab.step({ ...rollback, rollback: { to: 'v1.0.0' } })).toMatchObject({ reason: '' });
    expect(message(lab, 'web')).toBe('v1.0.0');
  });
});

describe('guards', () => {
  test('a job that somebody changes meanwhile is left alone', async () => {
    const lab = await deployed(['a', 'b']);
    let isChanged = false;
    lab.fail(({ path }) => {
      if (path !== '/v1/job/web/revert' || isChanged) return undefined;
      isChanged = true;
      const { nomad } = lab;
      const now = nomad.state.job('default', 'web');
      if (now !== undefined) nomad.state.commit(() => nomad.state.putJobVersion({ ...now, Priority: 60 }));
      return undefined;
    });
    const outcome = await lab.step(rollback);
    expect(outcome).toMatchObject({ reason: 'superseded' });
    expect(message(lab, 'web')).toBe('b');
  });

  test('versions of another pack are nothing to go back to', async () => {
    const lab = await openLab();
    await lab.step({ pack: 'other', jobs: [job('web', { message: 'theirs' })] });
    await lab.step({ jobs: [job('web', { message: 'ours' })], rollout: { allowReplace: true } });
    const outcome = await lab.step(rollback);
    expect(outcome).toMatchObject({ reason: 'no-earlier-version' });
    expect(outcome.message).not.toContain('version 0');
    expect(message(lab, 'web')).toBe('ours');
  });

  test('nor are those that Nomad has forgotten', async () => {
    const lab = await openLab();
    lab.fail(olderNomad);
    for (const text of 'abcdefghi') await lab.step({ jobs: [job('web', { message: text })] });
    expect(await lab.step({ ...rollback, rollback: { to: '0' } })).toMatchObject({ reason: 'no-earlier-version' });
    expect(message(lab, 'web')).toBe('i');
  });

  test('a number that jobs were at at different times is refused', async () => {
    const lab = await openLab();
    await lab.step({ jobs: [job('api', { message: 'a' }), job('web', { message: 'a' })] });
    await lab.step({ jobs: [job('api', { message: 'b' }), job('web', { message: 'a' })] });
    await lab.step({ jobs: [job('api', { message: 'c' }), job('web', { message: 'c' })] });
    await lab.step({ jobs: [job('api', { message: 'd' }), job('web', { message: 'd' })] });
    const outcome = await lab.step({ ...rollback, rollback: { to: '1' } });
    expect(outcome).toMatchObject({ reason: 'no-earlier-version' });
    expect(outcome.message).toContain('at different times');
    expect(await lab.step({ ...rollback, rollback: { to: '0' } })).toMatchObject({ reason: '' });
    expect([message(lab, 'api'), message(lab, 'web')]).toEqual(['a', 'a']);
  });
});

describe('traces', () => {
  test('say commit, run and actor of each version, and a rollback those of what it went back to', async () => {
    const lab = await deployed(['a', 'b'], { origin });
    await lab.step({ ...rollback, origin: { ...origin, actor: 'mona' } });
    const [third = '', second = '', first = ''] = tags(lab, 'web');
    for (const tag of [first, second]) expect(tag).toMatch(/ commit=c0ffee run=https:\/\/github\S+ actor=octocat$/);
    expect(third).toMatch(/^2 deployed=\S+ commit=c0ffee run=\S+ actor=mona undoes=\S+ back_to=0$/);
  });

  test('are shown by status', async () => {
    const lab = await deployed(['a'], { origin });
    const { result } = await lab.step({ operation: 'status' });
    expect(result.jobs).toMatchObject([
      { id: 'web', origin: { ...origin, commit: 'c0ffee', deployed: expect.stringMatching(/Z$/) } },
    ]);
  });

  test('no more than six of a job', async () => {
    const lab = await deployed(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'], { origin });
    const tagged = tags(lab, 'web').filter((tag) => !tag.endsWith('-'));
    expect(tagged.map((tag) => tag[0])).toEqual(['8', '7', '6', '5', '4', '3']);
  });

  test('stay, and nothing is registered anew, where a job of the pack did not change', async () => {
    const lab = await openLab();
    await lab.step({ jobs: [job('api'), job('web', { message: 'a' })], origin });
    const before = tags(lab, 'api');
    await lab.step({ jobs: [job('api'), job('web', { message: 'b' })], origin });
    expect(tags(lab, 'api')).toEqual(before);
    expect(jobsIn(lab)).toEqual(['api 0', 'web 1']);
  });

  test('leave alone a tag that somebody else has set, and a batch job, which would run again', async () => {
    const lab = await openLab();
    const batch = job('load', { type: 'batch', script: 'exit 0' });
    await lab.step({ jobs: [batch, job('web', { message: 'a' })], origin });
    expect(tags(lab, 'load')).toEqual(['0 -']);
    await ask(lab.nomad, 'DELETE /v1/job/web/versions/nomad-pack-v0/tag');
    await ask(lab.nomad, 'POST /v1/job/web/versions/golden/tag', { Version: 0, Description: 'mine' });
    await lab.step({ jobs: [batch, job('web', { message: 'b' })], origin });
    expect(tags(lab, 'web')).toEqual([expect.stringMatching(/^1 deployed/), '0 mine']);
    expect(lab.nomad.state.jobAllocations('default', 'load', true)).toHaveLength(1);
  });

  test('are left on what a deploy has stopped, and not on what was somebody else’s', async () => {
    const lab = await openLab();
    await lab.step({ jobs: [job('web'), job('old')], origin });
    await register(lab.nomad, job('theirs'), { 'pack.name': 'cms', 'pack.deployment_name': 'demo' });
    expect(await lab.step({ jobs: [job('web')], origin, rollout: { allowReplace: true } })).toMatchObject({
      reason: '',
    });
    expect(jobsIn(lab)).toEqual(['[old 1]', '[theirs 1]', 'web 0']);
    expect(tags(lab, 'old')[0]).toMatch(/^1 deployed=\S+ commit=c0ffee run=\S+ actor=octocat$/);
    expect(tags(lab, 'theirs')[0]).not.toMatch(/^1 deployed=/);
  });

  test('are none without a word of it where Nomad has no tags, but for the debug log', async () => {
    const lab = await openLab();
    lab.fail(olderNomad);
    const words = 'This Nomad has no tags for the versions of jobs; 1.9 and newer have.';
    expect((await lab.step({ jobs: [job('web')], origin })).lines).toContain(words);
    lab.fail(undefined);
    expect((await lab.step({ jobs: [job('web', { message: 'b' })], origin })).lines).not.toContain(words);
  });

  test('that a cancel keeps from being written are no notice', async () => {
    const lab = await openLab();
    const abort = new AbortController();
    lab.fail(({ path }) => {
      if (!path.endsWith('/tag')) return undefined;
      abort.abort(new ActionError('cancelled', 'The step was cancelled.'));
      return { kind: 'delay', milliseconds: 300 };
    });
    const outcome = await lab.step({ jobs: [job('web')], origin, signal: abort.signal });
    expect(outcome).toMatchObject({ reason: 'cancelled', result: { changed: true } });
    expect(outcome.lines.join('\n')).not.toContain('No tag says');
  });

  test('that cannot be written are a notice', async () => {
    const lab = await openLab();
    lab.fail(({ path }) =>
      path.endsWith('/tag') ? { kind: 'respond', status: 403, body: 'Permission denied' } : undefined,
    );
    const outcome = await lab.step({ jobs: [job('web')], origin });
    expect(outcome).toMatchObject({ reason: '', result: { changed: true } });
    expect(outcome.lines.join('\n')).toContain('No tag says where the versions came from');
  });
});
