import { describe, expect, test } from '@jest/globals';
import { findCycle, reversed, withDependents, withNeeds } from '../../../src/settings/deployments/graph.ts';
import type { ResolvedDeployment } from '../../../src/settings/deployments/resolve.ts';
import { SelectionError, selectDeployments } from '../../../src/settings/deployments/select.ts';

/** `web` needs `api`, which needs `db` and `queue`; `site` stands alone. */
const NEEDS = new Map([
  ['web', ['api']],
  ['api', ['db', 'queue']],
  ['db', []],
  ['queue', []],
  ['site', []],
]);

const deployments = [...NEEDS].map(
  ([key, needs]): ResolvedDeployment => ({ key, name: key, pack: `./${key}`, state: 'present', needs, settings: {} }),
);

describe('needs', () => {
  test('of some, directly or not', () => {
    expect([...withNeeds(['api', 'site'], NEEDS)].sort()).toEqual(['api', 'db', 'queue', 'site']);
  });

  test('of who needs one of them', () => {
    expect([...withDependents(['queue'], NEEDS)].sort()).toEqual(['api', 'queue', 'web']);
  });

  test('the other way round', () => {
    expect(Object.fromEntries(reversed(NEEDS))).toEqual({
      web: [],
      api: ['web'],
      db: ['api'],
      queue: ['api'],
      site: [],
    });
  });

  test('in a circle, and by itself', () => {
    expect(findCycle(NEEDS)).toBeUndefined();
    expect(
      findCycle(
        new Map([
          ['a', ['b']],
          ['b', ['b']],
        ]),
      ),
    ).toEqual(['b']);
  });
});

describe('a selection', () => {
  const select = (only: readonly string[], alsoNeeds = false) =>
    selectDeployments(deployments, only, alsoNeeds).map(({ key }) => key);

  test('keeps the order of the file', () => {
    expect(select([])).toEqual(['web', 'api', 'db', 'queue', 'site']);
    expect(select(['site', 'api'])).toEqual(['api', 'site']);
    expect(select(['api'], true)).toEqual(['api', 'db', 'queue']);
  });

  test.each([
    ['*', ['web', 'api', 'db', 'queue', 'site']],
    ['*e*', ['web', 'queue', 'site']],
    ['s*e', ['site']],
    ['q*', ['queue']],
    ['*b', ['web', 'db']],
    ['d*b*', ['db']],
  ])('by the pattern %s', (pattern, expected) => {
    expect(select([pattern])).toEqual(expected);
  });

  test('of none is an error that names the near one', () => {
    expect(() => select(['appi'])).toThrow(SelectionError);
    expect(() => select(['appi'])).toThrow(
      'names `appi`, which no deployment of the file is called (did you mean `api`?). There are: `web`, `api`, `db`, `queue`, `site`',
    );
    // A text that both ends of a pattern would have to share fits neither.
    expect(() => select(['sit*ite'])).toThrow(SelectionError);
  });
});
