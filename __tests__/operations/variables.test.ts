import { describe, expect, test } from '@jest/globals';
import { ask, jobSpecification as job, register } from 'nomad-pack-sandbox/__tests__/support/api.ts';
import { ActionError } from '../../src/errors.ts';
import type { NomadVariable } from '../../src/nomad-pack/nomad-variables.ts';
import { type Lab, openLab, type StepOptions } from './support/lab.ts';

function variable(path: string, items?: Readonly<Record<string, string>>, namespace = 'default'): NomadVariable {
  return { name: 'settings', path, namespace, items };
}

const own = variable('nomad/jobs/web', { user: 'web', level: '7' });
const shared = variable('shared/settings', { color: 'red' });

/** A version that writes the Nomad variables which a pack declares. */
const next = { version: '0.4.3', jobs: [job('web')] };

async function write(lab: Lab, { path, namespace }: NomadVariable, Items: Readonly<Record<string, string>>) {
  await ask(lab.nomad, `PUT /v1/var/${path}?namespace=${namespace}`, { Path: path, Namespace: namespace, Items });
}

function stored({ nomad }: Lab): Record<string, unknown> {
  return Object.fromEntries(nomad.state.allVariables().map(({ Path, Items }) => [Path, Items]));
}

/** What a plan says that a deploy would do to the variables. */
async function plan(lab: Lab, step: StepOptions) {
  const { result, ...outcome } = await lab.step({ ...next, ...step, operation: 'plan' });
  const { variables, changed, digest, refusals } = result.planData ?? {};
  return { ...outcome, variables, changed, digest, refusals };
}

describe('a deploy', () => {
  test('writes what the pack declares; the same again changes nothing', async () => {
    const lab = await openLab();
    const step = { ...next, declares: [own, shared] };
    expect(await lab.step(step)).toMatchObject({ reason: '', result: { changed: true, health: 'healthy' } });
    expect(stored(lab)).toEqual({ 'nomad/jobs/web': own.items, 'shared/settings': shared.items });
    expect(await lab.step(step)).toMatchObject({ reason: '', result: { changed: false }, runs: 0 });
    expect((await plan(lab, step)).variables?.map(({ action }) => action)).toEqual(['none', 'none']);
  });

  test('is run for a variable alone, and that is a change', async () => {
    const lab = await openLab();
    await lab.step({ ...next, declares: [own] });
    const changed = variable('nomad/jobs/web', { user: 'web', level: '8' });
    const outcome = await lab.step({ ...next, declares: [changed] });
    expect(outcome).toMatchObject({ reason: '', result: { changed: true, health: 'healthy' }, runs: 1 });
    expect(stored(lab)['nomad/jobs/web']).toEqual({ user: 'web', level: '8' });
  });

  test('that leaves one unwritten is red', async () => {
    const lab = await openLab();
    await lab.step({ ...next, declares: [own] });
    const changed = variable('nomad/jobs/web', { user: 'other' });
    const outcome = await lab.step({
      ...next,
      declares: [changed],
      run: async () => ({ evaluations: [], registered: [], stopped: [] }),
    });
    expect(outcome.reason).toBe('nomad-variable');
    expect(outcome.message).toContain('not what the pack declares: Nomad variable `nomad/jobs/web` (default)');
    expect(outcome.result.changed).toBe(false);
  });

  test('that goes back says that variables stay', async () => {
    const lab = await openLab();
    await lab.step({ ...next, declares: [own] });
    const outcome = await lab.step({
      ...next,
      jobs: [job('web', { script: 'exit 3' })],
      declares: [variable('nomad/jobs/web', { user: 'other' })],
      rollout: { onFailure: 'revert' },
    });
    expect(outcome.reason).toBe('unhealthy');
    expect(outcome.lines.join('\n')).toContain('is not taken back: `nomad/jobs/web` (default).');
  });
});

describe('what a plan says of a variable', () => {
  test.each<[string, NomadVariable, Record<string, string> | undefined, object]>([
    ['that is new', own, undefined, { action: 'create', items: ['level', 'user'] }],
    ['that stays', own, { user: 'web', level: '7' }, { action: 'none', items: [] }],
    ['of which an item differs', own, { user: 'me', level: '7' }, { action: 'update', items: ['user'] }],
    ['that gets an item', own, { user: 'web' }, { action: 'update', items: ['level'] }],
    ['that loses one', own, { user: 'web', level: '7', old: 'x' }, { action: 'update', items: ['old'] }],
    ['whose items nobody can read', variable('a/b'), { a: '1' }, { action: 'unknown', items: [] }],
    [
      'whose JSON is written otherwise',
      variable('a/b', { json: '{"a": [1, {"c": null, "b": 2}], "d": 1.0}' }),
      { json: '{"d":1,"a":[1,{"b":2,"c":null}]}' },
      { action: 'none', items: [] },
    ],
    [
      'whose JSON differs in the order of a list',
      variable('a/b', { json: '[1, 2]' }),
      { json: '[2, 1]' },
      { action: 'update', items: ['json'] },
    ],
  ])('%s', async (_, declared, items, expected) => {
    const lab = await openLab();
    if (items !== undefined) await write(lab, declared, items);
    const { path, namespace } = declared;
    expect((await plan(lab, { declares: [declared] })).variables).toEqual([{ path, namespace, ...expected }]);
  });

  test('that the token may not read', async () => {
    const lab = await openLab();
    lab.fail(({ path }) => (path.startsWith('/v1/var/') ? { kind: 'respond', status: 403, body: 'no' } : undefined));
    expect((await plan(lab, { declares: [own] })).variables).toMatchObject([{ action: 'unknown' }]);
  });

  test('is part of the digest, by the names of its items', async () => {
    const lab = await openLab();
    await lab.step({ ...next, declares: [own] });
    const digests = [];
    for (const declares of [
      [],
      [own],
      [variable(own.path, { user: 'a', level: '7' })],
      [variable(own.path, { user: 'b', level: '7' })],
    ]) {
      digests.push(await plan(lab, { declares }));
    }
    const [none, same, one, other] = digests;
    expect(same?.digest).toBe(none?.digest);
    expect([none?.changed, same?.changed, one?.changed]).toEqual([false, false, true]);
    expect(one?.digest).not.toBe(none?.digest);
    expect(other?.digest).toBe(one?.digest);
  });
});

describe('the variable of another’s job', () => {
  const theirs = variable('nomad/jobs/blog/app', { user: 'x' });

  async function withBlog(meta: Record<string, string>): Promise<Lab> {
    const lab = await openLab();
    await register(lab.nomad, job('blog'), meta);
    return lab;
  }

  test.each([
    [
      'of another deployment',
      { 'pack.name': 'web', 'pack.deployment_name': 'other' },
      'job "blog" of deployment "other" of pack "web"',
    ],
    ['of another pack', { 'pack.name': 'cms', 'pack.deployment_name': 'blog' }, 'of pack "cms"'],
    ['without an owner', {}, 'which belongs to job "blog"'],
  ])('is refused: %s', async (_, meta, words) => {
    const lab = await withBlog(meta);
    const step = { ...next, declares: [theirs] };
    const outcome = await lab.step(step);
    expect(outcome).toMatchObject({ reason: 'nomad-variable', runs: 0 });
    expect(outcome.message).toContain(words);
    expect((await plan(lab, step)).refusals).toEqual([expect.stringContaining(words)]);
    expect((await plan(lab, { ...step, rollout: { allowReplace: true } })).refusals).toEqual([]);
    expect(await lab.step({ ...step, rollout: { allowReplace: true } })).toMatchObject({ reason: '' });
    expect(stored(lab)).toEqual({ 'nomad/jobs/blog/app': { user: 'x' } });
  });

  test('may stay as it is', async () => {
    const lab = await withBlog({});
    await write(lab, theirs, { user: 'x' });
    expect(await lab.step({ ...next, declares: [theirs] })).toMatchObject({ reason: '' });
  });

  test('is the pack’s where it is one of its jobs, also before that is registered', async () => {
    const lab = await openLab();
    await register(lab.nomad, job('web'), { 'pack.name': 'web', 'pack.deployment_name': 'demo' });
    expect(await lab.step({ ...next, declares: [own, variable('nomad/jobs/nobody', { a: 'b' })] })).toMatchObject({
      reason: '',
    });
  });
});

describe('a destroy', () => {
  const destroy = { ...next, operation: 'destroy' } as const;

  async function deployed(declares: readonly NomadVariable[]): Promise<Lab> {
    const lab = await openLab();
    await lab.step({ ...next, declares });
    return lab;
  }

  test('deletes what the pack declares, and nothing else', async () => {
    const lab = await deployed([own, shared]);
    await write(lab, variable('nomad/jobs/other'), { a: 'b' });
    const outcome = await lab.step({ ...destroy, declares: [own, shared, variable('gone', { a: 'b' })] });
    expect(outcome).toMatchObject({ reason: '', result: { status: 'absent', changed: true } });
    expect(stored(lab)).toEqual({ 'nomad/jobs/other': { a: 'b' } });
    expect(outcome.lines.filter((line) => line.startsWith('Deleted the Nomad variable'))).toHaveLength(2);
  });

  test('is a change where only a variable was left', async () => {
    const lab = await deployed([own]);
    await lab.step({ ...destroy, version: '0.4.2' });
    expect(stored(lab)).toHaveProperty(['nomad/jobs/web']);
    expect(await lab.step({ ...destroy, declares: [own] })).toMatchObject({
      reason: '',
      result: { status: 'absent', health: 'unknown', changed: true, jobs: [] },
    });
    expect(await lab.step({ ...destroy, declares: [own] })).toMatchObject({ reason: '', result: { changed: false } });
  });

  test('of what is not deployed leaves a variable that is not as the pack declares it', async () => {
    const lab = await openLab();
    await write(lab, own, { secret: 'of somebody else' });
    const outcome = await lab.step({ ...destroy, declares: [own] });
    expect(outcome).toMatchObject({ reason: '', result: { status: 'absent', changed: false } });
    expect(outcome.lines.join('\n')).toContain('stays: no job of the deployment was there');
    expect(stored(lab)).toEqual({ 'nomad/jobs/web': { secret: 'of somebody else' } });
  });

  test('leaves what another deployment of the pack has too', async () => {
    const lab = await deployed([own, shared]);
    await lab.step({ ...next, name: 'blue', jobs: [job('blue')] });
    const outcome = await lab.step({ ...destroy, declares: [own, shared] });
    expect(outcome).toMatchObject({ reason: '', result: { status: 'absent' } });
    expect(outcome.lines.join('\n')).toContain('stays: it belongs to the same pack, deployed as blue too');
    expect(Object.keys(stored(lab))).toHaveLength(2);
    // Once that is stopped, it no longer counts.
    await lab.step({ operation: 'stop', name: 'blue' });
    await lab.step({ ...destroy, declares: [own, shared] });
    expect(stored(lab)).toEqual({});
  });

  test('leaves what belongs to another’s job by its path', async () => {
    const lab = await deployed([shared]);
    await register(lab.nomad, job('blog'), {});
    const theirs = variable('nomad/jobs/blog', { a: 'b' });
    await write(lab, theirs, { a: 'b' });
    const outcome = await lab.step({ ...destroy, declares: [shared, theirs] });
    expect(outcome.lines.join('\n')).toContain('`nomad/jobs/blog` (default) stays: it belongs to job "blog" too');
    expect(stored(lab)).toEqual({ 'nomad/jobs/blog': { a: 'b' } });
  });

  test.each([
    [
      'the inputs do not say where the pack is',
      { registry: false, declares: [own] },
      'do not say where the pack is',
      1,
    ],
    ['nomad-pack writes none', { version: '0.4.2' }, '', 1],
    ['there are none', { declares: [] }, '', 1],
  ])('deletes none where %s', async (_, step, words, left) => {
    const lab = await deployed([own]);
    const outcome = await lab.step({ ...destroy, ...step });
    expect(outcome).toMatchObject({ reason: '', result: { status: 'absent' } });
    expect(outcome.lines.join('\n')).toContain(words);
    expect(Object.keys(stored(lab))).toHaveLength(left);
  });

  test('says so where the pack cannot be fetched, unless that was cancelled', async () => {
    const lab = await deployed([own]);
    const unfetchable = new ActionError('registry-unreachable', 'Nobody is there.', { hint: 'Look.' });
    const outcome = await lab.step({ ...destroy, declares: [own], unfetchable });
    expect(outcome).toMatchObject({ reason: '', result: { status: 'absent', changed: true } });
    expect(outcome.lines.join('\n')).toContain('stay, because it cannot be fetched: Nobody is there.');
    const cancelled = new ActionError('cancelled', 'The step was cancelled.', { hint: '' });
    expect(await lab.step({ ...destroy, declares: [own], unfetchable: cancelled })).toMatchObject({
      reason: 'cancelled',
    });
    // A version that writes none has none to delete, wherever the pack is.
    const older = await lab.step({ ...destroy, version: '0.4.2', unfetchable });
    expect(older).toMatchObject({ reason: '' });
    expect(older.lines.join('\n')).not.toContain('cannot be fetched');
  });

  test('asks for no pack where Nomad has no variable', async () => {
    const lab = await openLab();
    await lab.step({ jobs: [job('web')] });
    const outcome = await lab.step({ ...destroy, declares: [own] });
    expect(outcome).toMatchObject({ reason: '', result: { status: 'absent', changed: true } });
    expect(outcome.lines).not.toContain('Fetch the pack');
  });

  test.each([
    ['names them, where the token may not list any', [own], true],
    ['says nothing, where the pack declares none', [], false],
  ] as const)('%s', async (_, declares, told) => {
    const lab = await deployed([own]);
    lab.fail(({ path }) => (path === '/v1/vars' ? { kind: 'respond', status: 403, body: 'no' } : undefined));
    const outcome = await lab.step({ ...destroy, declares });
    expect(outcome).toMatchObject({ reason: '', result: { status: 'absent', changed: true } });
    expect(outcome.lines.join('\n').includes('may be left: `nomad/jobs/web` (default).')).toBe(told);
    expect(Object.keys(stored(lab))).toHaveLength(1);
  });

  test('is red where Nomad refuses to delete one', async () => {
    const lab = await deployed([own]);
    lab.fail(({ method, path }) =>
      method === 'DELETE' && path.startsWith('/v1/var/') ? { kind: 'respond', status: 403, body: 'no' } : undefined,
    );
    const outcome = await lab.step({ ...destroy, declares: [own] });
    expect(outcome).toMatchObject({ reason: 'nomad-auth', result: { changed: true } });
  });
});
