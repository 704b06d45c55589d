import { describe, expect, test } from '@jest/globals';
import type { JobDiff } from '../../src/nomad/api.ts';
import { changesOf } from '../../src/nomad/diff.ts';
import { SecretPlaces, unusualKey } from '../../src/nomad/secret-places.ts';
import { another } from '../../src/operations/probe.ts';

describe('another value for a secret', () => {
  test.each([
    'hunter2',
    'A',
    '7',
    'postgres://u:p4ss@db:5432/x?y=1',
    'c2VjcmV0Cg==',
    '{"a":["x1",true,7]}',
    '{ no JSON',
    'a{"x":1}',
    'a {"x":1}',
    '',
    '***',
  ])('has the shape of %j, and nothing of it', (value) => {
    const other = String(another(value));
    expect(other).not.toBe(value);
    const shape = (text: string) => text.replace(/\d/g, '0').replace(/[a-z]/g, 'a').replace(/[A-Z]/g, 'A');
    if (/[A-Za-z0-9]/.test(value) && !value.startsWith('{"')) expect(shape(other)).toBe(shape(value));
    if (value.startsWith('{"')) expect(Object.keys(JSON.parse(other))).toEqual(['a']);
  });

  test('is the same JSON in other words, wherever that begins', () => {
    const other = JSON.parse(String(another('\n  {"user":"abc","ports":[1]}')));
    expect(other).toEqual({ user: expect.stringMatching(/^[a-z]{3}$/), ports: [2] });
    expect(other.user).not.toBe('abc');
    expect(JSON.parse(String(another('\t["a"]')))).toEqual([expect.stringMatching(/^[b-z]$/)]);
  });

  test('is of the same type', () => {
    expect([another(41), another(true), another(null)]).toEqual([42, false, null]);
    expect(another(['a', 1])).toEqual([expect.stringMatching(/^[b-z]$/), 2]);
    expect(another({ a: { b: false } })).toEqual({ a: { b: true } });
  });

  test('has a member where nothing is in it any more', () => {
    expect(another([])).toEqual([expect.stringMatching(/^\w+$/)]);
    for (const value of [another({}), JSON.parse(String(another('{}')))]) expect(Object.keys(value)).toHaveLength(1);
  });

  test('has other keys, where they are not just names', () => {
    const [key] = Object.keys(another({ 'k3y-9f21': 'ci' }) as object);
    expect(key).toMatch(/^\w{3}-\w{4}$/);
    expect(key).not.toBe('k3y-9f21');
  });
});

describe('a place of a secret', () => {
  const field = (Name: string, Old: string, New: string) => ({ Type: 'Edited' as const, Name, Old, New });
  const diff = (...Fields: ReturnType<typeof field>[]): JobDiff => ({
    Type: 'Edited',
    ID: 'x',
    Fields,
    Objects: null,
    TaskGroups: null,
  });
  const real = diff(
    field('Env[URL]', 'u:old-secret@db', 'u:new-secret@db'),
    field('Env[PLAIN]', 'a', 'b'),
    field('args[0]', 'c', 'd'),
    field('Text', 'same\nkey=old-key\nother', 'same\nkey=new-key\nmore'),
  );
  const probe = diff(
    field('Env[URL]', 'u:old-secret@db', 'u:xyz-abcdef@db'),
    field('Env[PLAIN]', 'a', 'b'),
    field('args[1]', 'c', 'e'),
    field('Text', 'same\nkey=old-key\nother', 'same\nkey=xyz-abc\nmore'),
  );
  const places = SecretPlaces.between(real, probe);
  const changes = changesOf(real);

  test('is where the job differs when the secret does, in whatever member of a list', () => {
    expect(changes.map((change) => [change.path, places.has(change)])).toEqual([
      ['Env[URL]', true],
      ['Env[PLAIN]', false],
      ['args[0]', true],
      ['Text', true],
    ]);
  });

  test('may be a key, which is told as what the secret was before where it is gone', () => {
    const gone = (name: string) => ({ Type: 'Deleted' as const, Name: name, Old: 'x', New: '' });
    const old = [
      gone('Meta[k3y-0ld1x]'),
      gone('Meta[plain_name]'),
      gone('Env[k3y-0ld2x]'),
      gone('labels[0][k3y-0ld3x]'),
    ];
    const added = (name: string) => ({ Type: 'Added' as const, Name: name, Old: '', New: 'ci' });
    const between = SecretPlaces.between(
      { ...diff(), Fields: [...old, added('Meta[k3y-n3w1x]'), added('labels[0][k3y-n3w3x]')] },
      { ...diff(), Fields: [...old, added('Meta[a9b-c8d7e]'), added('labels[0][f6g-h5i4j]')] },
    );
    const found = changesOf({ ...diff(), Fields: old }).map((change) => between.oldSecrets(change));
    expect(found).toEqual([['k3y-0ld1x'], [], [], ['k3y-0ld3x']]);
    expect(['Meta[pack.name]', 'args[12]', 'Text'].map(unusualKey)).toEqual([undefined, undefined, undefined]);
  });

  test('tells what the secret was before by what stands around it; else the lines that are gone', () => {
    expect(changes.filter((change) => places.has(change)).map((change) => places.oldSecrets(change))).toEqual([
      ['old-secret'],
      ['c'],
      ['old-key', 'other'],
    ]);
  });
});
