import { byTable, type Rule } from './rule.ts';

/** Trouble with the machine, in the words of the system. */
const RUNNER: readonly Rule[] = [
  {
    pattern:
      /no space left on device|disk quota exceeded|read-only file system|too many open files|cannot allocate memory|resource temporarily unavailable|(?:open|mkdir|remove|rename|chmod|write) \S+: permission denied/i,
    reason: 'runner',
    message: ({ command, error }) => `The runner lacks what \`${command}\` needs: ${error}`,
    hint: 'Give the runner space on its disk, memory, or the right to write, as the words above say. Temporary files are in `RUNNER_TEMP`.',
  },
];

export const explainRunner = byTable(RUNNER);
