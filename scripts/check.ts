import { LINT, PROPERTIES, Suite, TYPES } from './support/suite.ts';

/** `npm run check`: types, lint and the unit tests, in under a minute: what to run after each change. */
const UNITS = ['errors', 'http', 'nomad', 'nomad-pack', 'report', 'runner', 'settings'];

/** Properties, and what mostly waits for rollouts and processes. */
const LONG = [PROPERTIES, 'nomad/rollout/watch', 'nomad-pack/(git|cli)\\.test'];

const suite = new Suite();
await suite.check(TYPES);
await suite.check(LINT);
await suite.test([`__tests__/(${UNITS.join('|')})\\b`, `--testPathIgnorePatterns=${LONG.join('|')}`]);
suite.end();
