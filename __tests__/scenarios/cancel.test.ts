import { describe, expect, test } from '@jest/globals';
import { cancel } from './support/cancel.ts';
import { scenarios } from './support/scenario.ts';

const { run } = scenarios('Cancel');

const LIMIT = 90_000;

/** From the first signal on, of the 7.5 seconds that the runner gives a step. What other processes take from it does not count. Milliseconds. */
const PROMISED = 5_000;

describe.each(['SIGINT', 'SIGTERM'] as const)('%s', (name) => {
  test.each([
    ['while nomad-pack is installed', /Install nomad-pack/],
    ['while the pack is fetched', /Install nomad-pack \(/],
    ['while nomad-pack runs', /Compare with the cluster \(/],
    ['while the rollout is watched', /Registered/],
  ])(
    '%s',
    async (phase, when) => {
      const deployment = `cancel-${name}-${phase.split(' ').at(-1)}`.toLowerCase();
      let taken: (() => number) | undefined;
      const outcome = await run({
        scenario: `cancelled ${phase} (${name})`,
        name: deployment,
        variables: { job_name: deployment, min_healthy_time: '8s' },
        onLog: (log, child) => {
          if (taken === undefined && when.test(log)) taken = cancel(child, name);
        },
      });
      expect(outcome).toMatchObject({ exitCode: 1, status: 'cancelled', reason: 'cancelled' });
      expect(taken?.()).toBeLessThan(PROMISED);
      expect(outcome.leftovers.filter(({ place }) => place !== 'home').map(({ path }) => path)).toEqual([]);
      if (phase.endsWith('watched')) {
        expect(outcome).toMatchObject({ changed: 'true' });
        expect(outcome.jobs).toMatchObject([{ id: deployment }]);
      }
    },
    LIMIT,
  );
});
