import { afterEach, expect } from '@jest/globals';

type Ending = () => unknown;

/** By test: `npm run mutation` runs several at a time. */
const endings = new Map<object | undefined, Ending[]>();

afterEach(async () => {
  const test = running();
  const mine = endings.get(test) ?? [];
  endings.delete(test);
  for (const end of mine.reverse()) await end();
});

/** Called after the test that is running, the last one first. */
export function afterwards(end: Ending): void {
  const test = running();
  endings.set(test, [...(endings.get(test) ?? []), end]);
}

function running(): object | undefined {
  return expect.getState().currentTestIdentity?.();
}
