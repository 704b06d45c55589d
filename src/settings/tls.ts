import { readdir, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { InputName } from './inputs.ts';
import { InputProblem } from './problems.ts';
import { isEncodedPem, isPem } from './secrets.ts';
import { whyUnreadable } from './variables.ts';

/** A certificate or a key: a file of the user's, or PEM text that has to be put into one. */
export type PemSource = { readonly path: string } | { readonly text: string };

/**
 * The file or the text that an input holds.
 *
 * @throws InputProblem when the file cannot be read, and for PEM that is encoded once more
 */
export async function readPemInput(input: InputName, written: string, workspace: string): Promise<PemSource> {
  if (isPem(written)) return { text: `${written.trim()}\n` };
  if (isEncodedPem(written))
    throw new InputProblem(input, 'is PEM in base64; give the text itself, with its line breaks');
  const path = resolve(workspace, written);
  await readFile(path).catch((error: unknown) => {
    throw new InputProblem(input, `must be PEM text or a file that can be read: \`${path}\` ${whyUnreadable(error)}`);
  });
  return { path };
}

/**
 * The folder that `nomad_capath` names, as an absolute path.
 *
 * @throws InputProblem when it cannot be read
 */
export async function readCaFolder(written: string | undefined, workspace: string): Promise<string | undefined> {
  if (written === undefined) return undefined;
  const path = resolve(workspace, written);
  await readdir(path).catch((error: unknown) => {
    throw new InputProblem('nomad_capath', `must be a folder that can be read: \`${path}\` ${whyUnreadable(error)}`);
  });
  return path;
}
