import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { InputProblem } from '../problems.ts';
import { decodeText, whyUnreadable } from '../variables.ts';
import { whyOutside } from '../workspace.ts';
import { YAML_LIMIT } from '../yaml.ts';

/**
 * The text of the file that `deployments_file` names.
 *
 * @throws InputProblem
 */
export async function readFileText(written: string, workspace: string): Promise<string> {
  const problem = (message: string) => new InputProblem('deployments_file', `names \`${written}\`, which ${message}`);
  const outside = await whyOutside(written, workspace);
  if (outside !== undefined) throw problem(outside);
  const path = resolve(workspace, written);
  const cannotBeRead = (error: unknown) => {
    throw problem(
      `${whyUnreadable(error)} (looked at ${path}); check the path, and that the repository was checked out`,
    );
  };
  const found = await stat(path).catch(cannotBeRead);
  if (!found.isFile() && !found.isDirectory()) throw problem('is not a regular file');
  if (found.size > YAML_LIMIT) throw problem(`is larger than ${YAML_LIMIT / 1024} KiB`);
  const bytes = await readFile(path).catch(cannotBeRead);
  try {
    return decodeText(bytes);
  } catch {
    throw problem('is not encoded as UTF-8');
  }
}
