import { expect, test } from '@jest/globals';
import { newMemory } from '../../../src/nomad/rollout/moment.ts';
import { judgeUnplaced } from '../../../src/nomad/rollout/unplaced.ts';
import { counts, group, moment, noUpdate, specification } from './support/moments.ts';

const within = (seconds: number) => ({ Update: { ...noUpdate, ProgressDeadline: seconds * 1e9 } });

const spec = specification({ TaskGroups: [group('app', within(10)), group('side', within(20)), group('slow')] });

const noRoom = (...names: string[]) => new Map(names.map((name) => [name, 'no room']));

function at(now: number, groups: Parameters<typeof counts>[], memory = newMemory(), backoff = 200) {
  return moment({ now, backoff, memory, specification: spec, groups: groups.map((one) => counts(...one)) });
}

const words = 'group "app" cannot be placed: no room';

test('a group without an allocation is given up after its progress deadline', () => {
  const memory = newMemory();
  const judgeAt = (now: number) => judgeUnplaced(at(now, [['app', [1, 0, 0, 0]]], memory, 5_000), noRoom('app'));
  expect(judgeAt(100)).toEqual({ kind: 'waiting', missing: words, blocked: true, lookAgain: 5_000 });
  expect(judgeAt(7_100)).toMatchObject({ kind: 'waiting', lookAgain: 3_000 });
  expect(judgeAt(10_099)).toMatchObject({ kind: 'waiting', lookAgain: 1 });
  expect(judgeAt(10_100)).toEqual({ kind: 'bad', reason: 'placement', cause: words });
});

test('the first deadline of several counts', () => {
  const memory = newMemory();
  const groups: Parameters<typeof counts>[] = [
    ['side', [1, 0, 0, 0]],
    ['app', [1, 0, 0, 0]],
  ];
  judgeUnplaced(at(0, groups, memory), noRoom('app', 'side'));
  expect(judgeUnplaced(at(9_999, groups, memory), noRoom('app', 'side')).kind).toBe('waiting');
  expect(judgeUnplaced(at(10_000, groups, memory), noRoom('app', 'side'))).toMatchObject({
    cause: `${words}; group "side" cannot be placed: no room`,
  });
});

test.each<[string, Parameters<typeof counts>[]]>([
  ['one of several was placed', [['app', [2, 1, 0, 0]]]],
  ['one of them failed', [['app', [2, 0, 0, 1]]]],
  ['one was placed, and is not healthy', [['app', [2, 1, 0, 1]]]],
  ['it has no deadline', [['slow', [1, 0, 0, 0]]]],
  ['it is another group that is not placed', [['side', [1, 0, 0, 0]]]],
])('Nomad is waited for where %s', (_, groups) => {
  const memory = newMemory();
  const blocked = noRoom('app', 'slow');
  judgeUnplaced(at(0, groups, memory), blocked);
  expect(judgeUnplaced(at(99_999, groups, memory), blocked)).toMatchObject({ kind: 'waiting', lookAgain: 200 });
});

test('what was placed meanwhile begins anew', () => {
  const memory = newMemory();
  const look = (now: number, placed: number) =>
    judgeUnplaced(at(now, [['app', [1, placed, 0, 0]]], memory), noRoom('app')).kind;
  expect([look(0, 0), look(9_000, 1), look(9_500, 0), look(19_499, 0), look(19_500, 0)]).toEqual([
    'waiting',
    'waiting',
    'waiting',
    'waiting',
    'bad',
  ]);
});

test('what has room meanwhile begins anew, and the other does not', () => {
  const memory = newMemory();
  const groups: Parameters<typeof counts>[] = [
    ['app', [1, 0, 0, 0]],
    ['side', [1, 0, 0, 0]],
  ];
  judgeUnplaced(at(0, groups, memory), noRoom('app', 'side'));
  judgeUnplaced(at(9_000, groups, memory), noRoom('side'));
  judgeUnplaced(at(9_500, groups, memory), noRoom('app', 'side'));
  expect(judgeUnplaced(at(19_499, groups, memory), noRoom('app', 'side')).kind).toBe('waiting');
  expect([...memory.unplacedSince]).toEqual([
    ['side', 0],
    ['app', 9_500],
  ]);
});
