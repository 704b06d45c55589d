import { afterAll } from '@jest/globals';
import { sideBySide } from './side-by-side.ts';
import type { Outcome } from './step.ts';

/** Something that somebody could do to the action. */
export interface Attack {
  readonly attack: string;
  /**
   * Does it, and expects that it comes to nothing.
   *
   * @returns the step, and in words what happened where the step's own first line does not tell
   */
  run(): Promise<Outcome | readonly [Outcome, string]>;
}

/** The attacks as tests, and after them a table of what happened. */
export function attacks(list: readonly Attack[], prepare?: () => Promise<void>): void {
  const rows = new Map<string, string>();
  sideBySide(
    list.map(({ attack, run }) => ({
      name: attack,
      run: async () => {
        const came = await run();
        const [outcome, words = outcome.error.split('\n')[0] ?? ''] = isPair(came) ? came : [came];
        rows.set(attack, [ending(outcome), words].filter((part) => part !== '').join(': '));
      },
    })),
    prepare,
  );
  afterAll(() => {
    const width = Math.max(...list.map(({ attack }) => attack.length));
    const lines = list.map(
      ({ attack }) => `${attack.padEnd(width)} | ${rows.get(attack) ?? '(no outcome: see the tests)'}`,
    );
    process.stdout.write(`\n${'attack'.padEnd(width)} | what happened\n${lines.join('\n')}\n`);
  });
}

function isPair(came: Outcome | readonly [Outcome, string]): came is readonly [Outcome, string] {
  return Array.isArray(came);
}

function ending({ exitCode, status, reason }: Outcome): string {
  return exitCode === 0 ? `green, ${status}` : `red, ${status}, ${reason}`;
}
