import { LINT, PROPERTIES, Suite, TYPES } from './support/suite.ts';

/** `npm run check`: types, lint and the unit tests, in under a minute: what to run after each change. */
const UNITS = ['errors', 'http', 'nomad', 'nomad-pack', 'report', 'runner', 'settings'];

/** Properties, what mostly waits for rollouts and processes, and the tests of the simulated tools. */
const LONG = [PROPERTIES, '<rootDir>/packages/', 'nomad/rollout/watch', 'nomad-pack/(git|cli)\\.test'];

const suite = new Suite();
await Promise.all([
  suite.check(TYPES, LINT),
  suite.test([`__tests__/(${UNITS.join('|')})\\b`, `--testPathIgnorePatterns=${LONG.join('|')}`]),
]);
suite.end();
