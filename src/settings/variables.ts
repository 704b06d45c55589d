import { readFile, stat } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import type { InputName } from './inputs.ts';
import { InputProblem } from './problems.ts';
import type { VariableFile, VariableValue } from './settings.ts';
import { whyOutside } from './workspace.ts';

const KINDS: Readonly<Record<string, VariableFile['kind']>> = {
  '.hcl': 'hcl',
  '.json': 'json',
  '.yaml': 'yaml',
  '.yml': 'yaml',
};

/** Much more than variables need, little enough to be read at once. Bytes. */
const LARGEST_FILE = 16 * 1024 * 1024;

/** What HCL takes for the name of a variable. A name with dots sets the variable of a dependency. */
export const VARIABLE_NAME = /^[\p{ID_Start}_][\p{ID_Continue}-]*(?:\.[\p{ID_Start}_][\p{ID_Continue}-]*)*$/u;

/**
 * The mapping of variables that an input holds.
 *
 * @throws InputProblem, which repeats no value: the input may hold secrets
 */
export async function readMapping(input: InputName, text: string): Promise<Record<string, VariableValue>> {
  const mapping = await parseInputMapping(input, text);
  const wrong = Object.keys(mapping).filter((key) => !VARIABLE_NAME.test(key));
  if (wrong.length > 0)
    throw new InputProblem(
      input,
      `must set names that a variable can have: letters, digits, \`_\` and \`-\`, not ${wrong.map((key) => `\`${key}\``).join(', ')}`,
    );
  return mapping;
}

/**
 * The mapping that an input holds, whatever its names are.
 *
 * @throws InputProblem, which repeats no value
 */
export async function parseInputMapping(input: InputName, text: string): Promise<Record<string, VariableValue>> {
  return await parseMapping(
    text,
    (message) => new InputProblem(input, `must be a YAML mapping of variables: ${message}`),
  );
}

/**
 * The file, once it has been read: one that is missing, unreadable, or not what its name says is told before anything else
 * happens.
 *
 * @throws InputProblem
 */
export async function readVariableFile(written: string, workspace: string): Promise<VariableFile> {
  const problem = (message: string, hint: string, line?: number) =>
    new InputProblem('variable_files', `names \`${written}\`, which ${message}`, {
      location: { file: written, ...(line !== undefined && { line }) },
      hint,
    });
  const kind = KINDS[extname(written).toLowerCase()];
  if (kind === undefined) {
    throw problem(
      'is not an `.hcl`, `.json` or `.yaml` file',
      'Name the file in `variable_files` by what it is: `.hcl` (`name = value`), `.json`, `.yaml` or `.yml`.',
    );
  }
  const outside = await whyOutside(written, workspace);
  if (outside !== undefined) {
    throw problem(
      outside,
      'Copy the file into the workspace, or write its absolute path where it belongs to the runner.',
    );
  }
  const path = resolve(workspace, written);
  const cannotBeRead = (error: unknown) => {
    throw problem(
      `${whyUnreadable(error)} (looked at ${path})`,
      written.includes(',')
        ? 'Name one file a line in `variable_files`: no comma parts them.'
        : 'Correct the path in `variable_files`, which is relative to the workspace, and check that the repository was checked out.',
    );
  };
  const found = await stat(path).catch(cannotBeRead);
  // Reading a device would never end, and a pipe might never begin.
  const readable = found.isFile() || found.isDirectory();
  if (!readable || found.size > LARGEST_FILE) {
    const why = readable ? `is larger than ${LARGEST_FILE / 1024 / 1024} MiB` : 'is not a regular file';
    throw problem(why, 'Name a file of variables in `variable_files`.');
  }
  const bytes = await readFile(path).catch(cannotBeRead);
  const encoding = whyNotUtf8(bytes);
  if (encoding !== undefined) throw problem(encoding, 'Save the file as UTF-8.');
  const text = decodeText(bytes);
  await checkText(kind, text, problem);
  return { path, written, kind };
}

/** Holds what is written in a file against what its name says. HCL is nomad-pack's to read. */
async function checkText(
  kind: VariableFile['kind'],
  text: string,
  problem: (message: string, hint: string, line?: number) => InputProblem,
): Promise<void> {
  if (kind === 'json') {
    const { outlineJson } = await import('./json.ts');
    const { DEEPEST } = await import('./yaml.ts');
    if (outlineJson(text).depth > DEEPEST)
      throw problem(`is nested more than ${DEEPEST} levels deep`, 'Name a file of variables in `variable_files`.');
  }
  if (kind === 'yaml') {
    await parseMapping(text, (message, line) =>
      problem(
        `is not a YAML mapping of variables: ${message}`,
        'Correct that file: names of variables and their values, like `count: 3`.',
        line,
      ),
    );
  }
}

/**
 * The text of a file in UTF-8, without a byte order mark: nomad-pack takes one for a character that does not belong there.
 *
 * @throws TypeError when it is not UTF-8
 */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}

/**
 * In words that follow the name of a file, why its bytes are not a text in UTF-8; nothing where they are. nomad-pack refuses other encodings in
 * HCL, and in JSON takes what it cannot read for the character U+FFFD.
 */
function whyNotUtf8(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  const isUtf16 =
    (first === 0xff && second === 0xfe) ||
    (first === 0xfe && second === 0xff) ||
    (bytes.length > 1 && (first === 0 || second === 0));
  if (isUtf16) return 'is encoded as UTF-16, which nomad-pack does not read';
  try {
    decodeText(bytes);
    return undefined;
  } catch {
    return 'is not encoded as UTF-8';
  }
}

async function parseMapping(
  text: string,
  problem: (message: string, line?: number) => InputProblem,
): Promise<Record<string, VariableValue>> {
  if (text === '') return {};
  // Loaded where there is YAML to read: an input error elsewhere is told sooner.
  const { parseYamlMapping, YamlError } = await import('./yaml.ts');
  try {
    return parseYamlMapping(text);
  } catch (error) {
    throw error instanceof YamlError ? problem(error.message, error.line) : error;
  }
}

/** In words, why a file could not be read: the system's own code where it is not one of the usual ones. */
export function whyUnreadable(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'does not exist';
  if (code === 'EISDIR') return 'is a folder';
  return `cannot be read (${String(code)})`;
}
