import { LINT, Suite, TYPES } from './support/suite.ts';

/**
 * `npm run check`: types, lint and the unit tests, in under a minute: what to run after each change. Unit tests are those that start
 * neither the action nor a simulated Nomad, properties aside, which try ten thousand cases each.
 */
const UNITS = ['errors', 'http', 'nomad', 'nomad-pack', 'report', 'runner', 'settings'];

const suite = new Suite();
await suite.check(TYPES);
await suite.check(LINT);
await suite.test([`__tests__/(${UNITS.join('|')})\\b`, '--testPathIgnorePatterns=propert(y|ies)\\.test']);
suite.end();
