import { beforeAll, test } from '@jest/globals';

/** A test that needs nothing of the others of its file. */
export interface Case {
  readonly name: string;
  run(): Promise<void>;
}

/** As many as keep two cores busy while each waits for the processes that it started. */
const AT_ONCE = 4;

/** Longer than any case takes on a busy machine, behind all others. Milliseconds. */
const LIMIT = 300_000;

/**
 * Runs the cases side by side, in their order, each as a test of its own.
 *
 * @param prepare what all of them need, before the first
 */
export function sideBySide(cases: readonly Case[], prepare: () => Promise<void> = async () => undefined): void {
  const runs = new Map<Case, Promise<void>>();

  beforeAll(async () => {
    await prepare();
    let slots = AT_ONCE;
    const waiting: (() => void)[] = [];
    for (const one of cases) {
      const turn = new Promise<void>((resolve) => {
        if (slots > 0) {
          slots -= 1;
          resolve();
        } else waiting.push(resolve);
      });
      const run = turn
        .then(() => one.run())
        .finally(() => {
          const next = waiting.shift();
          if (next === undefined) slots += 1;
          else next();
        });
      // It is awaited by its test; until then a failure must not count as unhandled.
      run.catch(() => undefined);
      runs.set(one, run);
    }
  }, LIMIT);

  test.each(cases.map((one) => [one.name, one] as const))(
    '%s',
    async (_, one) => {
      await runs.get(one);
    },
    LIMIT,
  );
}
