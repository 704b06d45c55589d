import { describe, expect, test } from '@jest/globals';
import { ask, jobSpecification as job } from 'nomad-pack-sandbox/__tests__/support/api.ts';
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
