import { afterEach } from '@jest/globals';

type Ending = () => unknown;

const endings: Ending[] = [];

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** Called after the test that is running, the last one first. */
export function afterwards(end: Ending): void {
  endings.push(end);
}
