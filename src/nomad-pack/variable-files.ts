import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { ActionError, type FileLocation } from '../errors.ts';
import type { PrivateFolder } from '../runner/private-folder.ts';
import type { SecretVariables, VariableFile, VariableSettings, VariableValue } from '../settings/settings.ts';
import { decodeText } from '../settings/variables.ts';
import { type Assignment, readAssignments } from './hcl-assignments.ts';

/** A file system takes names of 255 bytes. */
const LONGEST_LABEL = 100;

/** A file of variables as nomad-pack is given it, and what it stands for. */
export interface PreparedFile {
  /** Its name in the private folder. */
  readonly name: string;
  /** The input or the user's file. */
  readonly origin: string;
  /** The user's file, when its lines are the lines of this one. */
  readonly sameLinesAs?: string;
  /** The variable on each line, 1-based, of a file that we wrote. */
  readonly variables: readonly string[];
  /** What it sets, if it is not HCL. */
  readonly values?: Readonly<Record<string, VariableValue>>;
  /** What it sets, if it is HCL, as far as that can be told here: all of it can only nomad-pack read. */
  readonly assignments?: readonly Assignment[];
  /** The line of the user's file that sets a variable, 1-based, where that is known. */
  readonly lines?: ReadonlyMap<string, number>;
}

/**
 * Puts the variables into files of the private folder, in the order in which later ones win: the user's files, `variables`,
 * `secret_variables`. The names sort in that order, because nomad-pack 0.4 sorts the files by path whatever the command line says.
 */
export async function prepareVariables(
  variables: VariableSettings,
  secret: SecretVariables,
  folder: PrivateFolder,
): Promise<PreparedFile[]> {
  const prepared: PreparedFile[] = [];
  const nameOf = (label: string, kind: string) => `${String(prepared.length + 1).padStart(4, '0')}-${label}.${kind}`;
  for (const file of variables.files) {
    const label = basename(file.path)
      .replace(/\.[^.]*$/, '')
      .replace(/[^A-Za-z0-9_-]/g, '_')
      .slice(0, LONGEST_LABEL);
    const text = await readAgain(file);
    if (file.kind === 'yaml') {
      // Loaded where there is YAML to read: most steps have none.
      const { keyLines, parseYamlMapping } = await import('../settings/yaml.ts');
      const written = await writeVariables(folder, nameOf(label, 'json'), file.written, parseYamlMapping(text));
      prepared.push({ ...written, lines: keyLines(text) });
    } else {
      const name = nameOf(label, file.kind);
      await folder.write(name, text);
      const set = file.kind === 'json' ? await setByJson(text) : setByHcl(text);
      prepared.push({ name, origin: file.written, sameLinesAs: file.written, variables: [], ...set });
    }
  }
  for (const [label, origin, mapping] of [
    ['variables', 'variables', variables.plain],
    ['secret-variables', 'secret_variables', secret],
  ] as const) {
    if (Object.keys(mapping).length > 0)
      prepared.push(await writeVariables(folder, nameOf(label, 'json'), origin, mapping));
  }
  return prepared;
}

/**
 * The text of a file that the settings have found to be readable.
 *
 * @throws ActionError when that has changed since
 */
async function readAgain({ path, written }: VariableFile): Promise<string> {
  try {
    return decodeText(await readFile(path));
  } catch (error) {
    throw new ActionError(
      'variable-file',
      `\`${written}\` of \`variable_files\` changed while the step ran and cannot be read any more.`,
      {
        hint: 'Let nothing write to the files of variables while the step runs.',
        cause: error,
      },
    );
  }
}

/** What a place in one of the prepared files is to the user: a line of a file of theirs, or a variable of an input. */
export function explainPlace(
  files: readonly PreparedFile[],
  range: string,
): { readonly file: PreparedFile; readonly variable?: string; readonly location?: FileLocation } | undefined {
  const [, name, lineText] = /^(?:.*[/\\])?([^/\\:]+):(\d+),/.exec(range) ?? [];
  const file = files.find((candidate) => candidate.name === name);
  if (file === undefined) return undefined;
  const line = Number(lineText);
  const variable = file.variables[line - 1];
  const location =
    file.sameLinesAs === undefined ? locateVariable(file, variable ?? '') : { file: file.sameLinesAs, line };
  return {
    file,
    ...(variable !== undefined && variable !== '' && { variable }),
    ...(location !== undefined && { location }),
  };
}

/** Where a file of the user's sets a variable, where that is known. */
export function locateVariable({ origin, lines }: PreparedFile, variable: string): FileLocation | undefined {
  const line = lines?.get(variable);
  return line === undefined ? undefined : { file: origin, line };
}

function setByHcl(text: string): Pick<PreparedFile, 'assignments' | 'lines'> {
  const assignments = readAssignments(text);
  return { assignments, lines: new Map(assignments.map(({ name, line }) => [name, line])) };
}

/** Nothing of a text that is not JSON, or not a mapping: nomad-pack says what is wrong with it. */
async function setByJson(text: string): Promise<Pick<PreparedFile, 'values' | 'lines'>> {
  const values = readJson(text);
  if (values === undefined) return {};
  const { outlineJson } = await import('../settings/json.ts');
  return { values, lines: outlineJson(text).lines };
}

function readJson(text: string): Record<string, VariableValue> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && !Array.isArray(value)
      ? ((value ?? undefined) as Record<string, VariableValue> | undefined)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Puts variables into a file: one a line, so that the line that nomad-pack complains of names the variable. */
export async function writeVariables(
  folder: PrivateFolder,
  name: string,
  origin: string,
  mapping: Readonly<Record<string, VariableValue>>,
): Promise<PreparedFile> {
  const members = Object.entries(mapping).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  await folder.write(name, `{\n${members.join(',\n')}\n}\n`);
  return { name, origin, variables: ['', ...Object.keys(mapping)], values: mapping };
}
