import type { Inputs } from './inputs.ts';
import { loadSettings } from './load.ts';
import { misplacedSecrets } from './misplaced.ts';
import { InputProblem, inputError } from './problems.ts';
import { BESIDE_A_FILE, type Run, type RunLoadOptions } from './run.ts';

/**
 * What the inputs ask for, checked: one operation on one deployment, or on those of a file. Files that they name have been looked at; nothing
 * else has been touched.
 *
 * @throws ActionError with the reason `deployments-file` that tells all that is wrong with the file, and those of `loadSettings`
 */
export async function loadRun(inputs: Inputs, options: RunLoadOptions): Promise<Run> {
  const written = inputs.deployments_file;
  if (written === undefined) {
    const problems = BESIDE_A_FILE.filter((name) => inputs[name] !== undefined).map(
      (name) => new InputProblem(name, 'is set without `deployments_file`, which it belongs to'),
    );
    if (problems.length === 0) return { kind: 'single', loaded: await loadSettings(inputs, options) };
    throw inputError([...misplacedSecrets(inputs), ...problems], options);
  }
  try {
    // Loaded where there is a file.
    const { FileRunLoader } = await import('./run-loader.ts');
    return await new FileRunLoader(inputs, written, options).load();
  } catch (error) {
    if (error instanceof InputProblem) throw inputError([error], options);
    throw error;
  }
}
