import { describe, expect, test } from '@jest/globals';
import type { DiffType, JobDiff, ObjectDiff } from '../../src/nomad/api.ts';
import { changesOf } from '../../src/nomad/diff.ts';
import { SecretPlaces } from '../../src/nomad/secret-places.ts';

type Field = readonly [name: string, old: string, next: string];

const typeOf = (old: string, next: string): DiffType => (old === '' ? 'Added' : next === '' ? 'Deleted' : 'Edited');

function object(name: string, fields: readonly Field[]): ObjectDiff {
  const Fields = fields.map(([Name, Old, New]) => ({ Type: typeOf(Old, New), Name, Old, New }));
  return { Type: 'Edited', Name: name, Fields, Objects: null };
}

/** A job whose task has these variables and templates. */
function job(env: readonly Field[], templates: readonly Field[] = []): JobDiff {
  const objects = [object('Env', env), ...templates.map((template) => object('Template', [template]))];
  const task = { ...object('', []), Name: 'server', Objects: objects, Annotations: null };
  const group = { ...object('', []), Name: 'app', Tasks: [task], Updates: null };
  return { ...object('', []), ID: 'web', TaskGroups: [group] } as unknown as JobDiff;
}

/** The old secrets of each change, by its path; `false` where no secret stands. */
function learn(real: JobDiff, probe: JobDiff | null): Record<string, readonly string[] | false> {
  const places = SecretPlaces.between(real, probe);
  return Object.fromEntries(
    changesOf(real).map((change) => {
      const old = places.oldSecrets(change);
      if (!places.has(change)) expect(old).toEqual([]);
      return [change.path.split(' > ').slice(2).join(' > '), places.has(change) && old];
    }),
  );
}

describe('where a secret stands', () => {
  test('is where the probe differs', () => {
    const real = job([
      ['PASSWORD', 'old-secret', 'new-secret'],
      ['GREETING', 'good day', 'hello'],
    ]);
    const probe = job([
      ['PASSWORD', 'old-secret', 'xyz-qrstuv'],
      ['GREETING', 'good day', 'hello'],
    ]);
    expect(learn(real, probe)).toEqual({ 'Env > PASSWORD': ['old-secret'], 'Env > GREETING': false });
  });

  test.each([
    [
      'where only the probe has the field',
      job([['A', 'one', 'two']]),
      job([
        ['A', 'one', 'two'],
        ['B', '', 'x'],
      ]),
      false,
    ],
    ['where the probe lacks it', job([['A', 'one', 'two']]), job([]), ['one']],
    ['where it is taken away', job([['A', 'one', '']]), job([['A', 'one', '']]), false],
  ])('%s', (_, real, probe, expected) => {
    expect(learn(real, probe)).toEqual({ 'Env > A': expected });
  });

  test('is nowhere without any', () => {
    expect(SecretPlaces.none.has({ path: 'Env > A', field: { Type: 'Edited', Name: 'A', Old: 'a', New: 'b' } })).toBe(
      false,
    );
    expect(SecretPlaces.between(null, null)).toEqual(SecretPlaces.none);
  });

  test('is every member of a list whose members may have moved', () => {
    const places = SecretPlaces.between(job([['LIST[0]', 'one', 'two']]), job([['LIST[0]', 'one', 'six']]));
    const at = (index: number) => ({
      path: `group "app" > task "server" > Env > LIST[${index}]`,
      field: { Type: 'Edited', Name: `LIST[${index}]`, Old: 'one', New: 'two' } as const,
    });
    expect([places.has(at(0)), places.has(at(17))]).toEqual([true, true]);
  });

  test('does not depend on the order of a list', () => {
    const [one, other] = [['Data', 'a', 'x'] as const, ['Data', 'b', 'y'] as const];
    expect(learn(job([], [one, other]), job([], [other, one]))).toEqual({ 'Template > Data': false });
  });
});

describe('what a secret was', () => {
  const url = (login: string) => `postgres://web:${login}@db/shop`;

  test.each([
    ['stands where the new one does', url('old-one'), url('new-one'), url('qwe-rty'), ['old-one']],
    ['may be longer', url('a-much-longer-one'), url('new-one'), url('qwe-rty'), ['a-much-longer-one']],
    ['may be empty', url(''), url('new-one'), url('qwe-rty'), ['']],
    [
      'is the whole text where that is another one',
      'mysql://web:old@db',
      url('new-one'),
      url('qwe-rty'),
      ['mysql://web:old@db'],
    ],
    ['is the whole text where only its end fits', 'x@db/shop', url('new-one'), url('qwe-rty'), ['x@db/shop']],
    [
      'is the whole text where only its beginning fits',
      'postgres://web:x',
      url('new-one'),
      url('qwe-rty'),
      ['postgres://web:x'],
    ],
    ['is the whole text where the surroundings overlap', 'ab', 'ab1bc', 'ab2bc', ['ab']],
    ['is what differs, where the probe begins and ends alike', 'key=old!', 'key=aXa!', 'key=aYYa!', ['key=old!']],
    ['is not known where it stays', url('new-one'), url('new-one'), url('qwe-rty'), []],
    ['is nothing where there was none', '', url('new-one'), url('qwe-rty'), []],
  ])('%s', (_, old, next, probe, expected) => {
    expect(learn(job([['A', old, next]]), job([['A', old, probe]]))).toEqual({ 'Env > A': expected });
  });

  test('is looked for line by line, in those that are gone', () => {
    const text = (...secrets: string[]) =>
      ['# settings', `user=${secrets[0]}`, 'level=info', `password=${secrets[1]}`].join('\n');
    const real = job([['CONFIG', text('old-user', 'old-word'), text('new-user', 'new-word')]]);
    const probe = job([['CONFIG', text('old-user', 'old-word'), text('abc-defg', 'hij-klmn')]]);
    expect(learn(real, probe)).toEqual({ 'Env > CONFIG': ['old-user', 'old-word'] });
  });

  test('is every line that is gone, where the secret has lines of its own', () => {
    const real = job([['KEY', 'begin\nold-1\nold-2\nend', 'begin\nnew-1\nnew-2\nend']]);
    const probe = job([['KEY', 'begin\nold-1\nold-2\nend', 'begin\nqwerty\nend']]);
    expect(learn(real, probe)).toEqual({ 'Env > KEY': ['old-1', 'old-2'] });
  });

  test('is looked for in each of several at one place', () => {
    const templates = (a: string, b: string): Field[] => [
      ['Data', 'token=old-a', `token=${a}`],
      ['Data', 'secret=old-b', `secret=${b}`],
    ];
    const places = SecretPlaces.between(job([], templates('new-a', 'new-b')), job([], templates('xxx-x', 'yyy-y')));
    const old = changesOf(job([], templates('new-a', 'new-b'))).map((change) => places.oldSecrets(change));
    expect(old).toEqual([['old-a'], ['old-b']]);
  });
});

describe('what a secret was, where the texts are odd', () => {
  test.each([
    ['with another number of lines, it is the whole line', 'pw=old', 'pw=AAA\nx', 'pw=BBB', ['pw=old']],
    ['where its neighbours overlap, it is the whole line', 'ab', 'abXb', 'abYb', ['ab']],
    ['where the one is the beginning of the other, it is what follows', 'k=ab', 'k=a', 'k=aa', ['b']],
    ['where it was nothing, it is nothing', 'pw=;', 'pw=AAA;', 'pw=BBB;', ['']],
    ['where the rest has changed, too, it is the whole line', 'user=old', 'pw=AAA', 'pw=BBB', ['user=old']],
  ])('%s', (_, old, next, probe, expected) => {
    expect(learn(job([['A', old, next]]), job([['A', old, probe]]))).toEqual({ 'Env > A': expected });
  });
});
