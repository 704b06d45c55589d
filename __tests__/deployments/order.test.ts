import { expect, test } from '@jest/globals';
import { inOrder, waits } from '../../src/deployments/order.ts';
import { OPERATION_NAMES, OPERATIONS } from '../../src/operations.ts';

/** `web` needs `api`, which needs `db`; `old` needs `web`, and both are to go. */
const deployments = [
  { key: 'web', needs: ['api'], isAbsent: false },
  { key: 'api', needs: ['db', 'elsewhere'], isAbsent: false },
  { key: 'db', needs: [], isAbsent: false },
  { key: 'old', needs: ['older', 'web'], isAbsent: true },
  { key: 'older', needs: [], isAbsent: true },
];

const order = (operation: (typeof OPERATION_NAMES)[number]) => inOrder(waits(operation, deployments));

test('what is needed is deployed first, and what should go is destroyed before what it needs, if that should go too', () => {
  expect(Object.fromEntries(waits('deploy', deployments))).toEqual({
    web: ['api'],
    api: ['db'],
    db: [],
    old: ['web'],
    older: ['old'],
  });
  expect(order('deploy')).toEqual(['db', 'api', 'web', 'old', 'older']);
});

test('what is taken away goes before what it needs', () => {
  for (const operation of ['destroy', 'stop', 'rollback'] as const) {
    expect(order(operation)).toEqual(['old', 'web', 'api', 'db', 'older']);
  }
});

test('what changes nothing waits for nothing', () => {
  for (const operation of OPERATION_NAMES.filter((name) => !OPERATIONS[name].changesCluster)) {
    expect([...waits(operation, deployments).values()].flat()).toEqual([]);
    expect(order(operation)).toEqual(deployments.map(({ key }) => key));
  }
});
