import { createHash } from 'node:crypto';
import { relative } from 'node:path';

/** Where a mutant is, and what it is; as much as tells it from all others. Counts lines and columns from 1. */
export interface Identity {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly replacement: string;
}

/** The variable that tells the checker the sample: `10 7` for ten percent, chosen by the seed 7. */
export const SAMPLE = 'MUTATION_SAMPLE';

/** Whether a mutant is one of the sample. The same seed chooses the same ones. */
export function isSampled({ file, line, column, replacement }: Identity, sample: string): boolean {
  const [percent = '100', seed = ''] = sample.split(' ');
  const hash = createHash('sha256')
    .update(JSON.stringify([seed, file, line, column, replacement]))
    .digest();
  return hash.readUInt32BE() < (Number(percent) / 100) * 2 ** 32;
}

interface Mutant {
  readonly id: string;
  readonly fileName: string;
  /** Counted from 0. */
  readonly location: { readonly start: { readonly line: number; readonly column: number } };
  readonly replacement: string;
}

/**
 * Lets Stryker try a sample of the mutants: a checker, as a plugin, that calls all others faulty. In the report they are left out by the same
 * rule, for those that no test reaches are never shown to a checker.
 */
class Sample {
  async init(): Promise<void> {}

  async group(mutants: readonly Mutant[]): Promise<string[][]> {
    return [mutants.map(({ id }) => id)];
  }

  async check(mutants: readonly Mutant[]) {
    const sample = process.env[SAMPLE] ?? '';
    return Object.fromEntries(
      mutants.map(({ id, fileName, location: { start }, replacement }) => {
        const file = relative(process.cwd(), fileName).replace(/^.*?\bsrc\//, 'src/');
        const identity = { file, line: start.line + 1, column: start.column + 1, replacement };
        const chosen = isSampled(identity, sample);
        return [id, chosen ? { status: 'passed' } : { status: 'compileError', reason: 'not of the sample' }];
      }),
    );
  }
}

export const strykerPlugins = [{ kind: 'Checker', name: 'sample', injectableClass: Sample }];
