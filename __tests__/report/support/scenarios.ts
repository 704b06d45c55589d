import { SCENARIOS, type Scenario } from './results.ts';

/** The preview's scenario of this name. */
export function scenarioOf(name: string): Scenario {
  const found = SCENARIOS.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no scenario ${name}`);
  return found;
}
