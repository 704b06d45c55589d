import { expect, test } from '@jest/globals';
import { Reservations } from '../../src/deployments/reservations.ts';
import { failure } from '../support/failure.ts';

const here = { address: 'http://here' };
const job = (id: string, namespace = 'default') => ({ id, namespace });

test('a job is one deployment’s in a step', async () => {
  const reservations = new Reservations();
  reservations.take('left', here, [job('web')]);
  // Again, after a look at a plan.
  reservations.take('left', here, [job('web'), job('api')]);
  const { reason, message } = await failure((async () => reservations.take('right', here, [job('db'), job('web')]))());
  expect([reason, message]).toEqual([
    'job-conflict',
    'Job web (default) of `right` is one of `left`, too, which this step deploys as well.',
  ]);
  // Of what is refused, nothing is taken.
  reservations.take('third', here, [job('db')]);
});

test('jobs of one id in another namespace, region or cluster are others', () => {
  const reservations = new Reservations();
  reservations.take('left', here, [job('web')]);
  reservations.take('right', here, [job('web', 'prod')]);
  reservations.take('right', { ...here, region: 'eu' }, [job('web')]);
  reservations.take('right', { address: 'http://there' }, [job('web')]);
});
