import { describe, expect, test } from '@jest/globals';
import { scenarios } from './support/scenario.ts';

const { run } = scenarios('Cancel');

const LIMIT = 90_000;

/** The runner kills a step 7.5 seconds after the first signal. Milliseconds. */
const RUNNER_PATIENCE = 7_500;

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
      let signalled = Number.POSITIVE_INFINITY;
      const outcome = await run({
        scenario: `cancelled ${phase} (${name})`,
        name: deployment,
        variables: { job_name: deployment, min_healthy_time: '8s' },
        onLog: (log, child) => {
          if (signalled !== Number.POSITIVE_INFINITY || !when.test(log)) return;
          signalled = performance.now();
          child.once('exit', () => {
            signalled = performance.now() - signalled;
          });
          child.kill(name);
        },
      });
      expect(outcome).toMatchObject({ exitCode: 1, status: 'cancelled', reason: 'cancelled' });
      expect(signalled).toBeLessThan(RUNNER_PATIENCE);
      expect(outcome.leftovers.filter(({ place }) => place !== 'home').map(({ path }) => path)).toEqual([]);
      if (phase.endsWith('watched')) {
        expect(outcome).toMatchObject({ changed: 'true' });
        expect(outcome.jobs).toMatchObject([{ id: deployment }]);
      }
    },
    LIMIT,
  );
});
