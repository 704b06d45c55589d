import { ActionError } from '../errors.ts';
import { nearMiss } from '../nearest.ts';
import type { VariableValue } from '../settings/settings.ts';
import type { NomadPack, PackTarget } from './cli.ts';
import { describePlace, wrongType } from './failure-rules/variables.ts';
import { locateVariable, type PreparedFile } from './variable-files.ts';

/**
 * The longest value that every system takes as a variable of a process's environment: Windows 32,767 characters, Linux 128 KiB. A longer one is
 * not looked at. Bytes.
 */
const LONGEST = 31 * 1024;

/** How much of all values one process is given: macOS takes 1 MiB of arguments and environment, Linux a quarter of the stack. Bytes. */
const LARGEST_CHUNK = 256 * 1024;

/** What a variable of the environment can be called everywhere; a dependency's variable has a dot in its name. */
const ENVIRONMENT_NAME = /^[\p{ID_Start}_][\p{ID_Continue}-]*$/u;

/** A number as HCL and nomad-pack read one; `1.10` and `007`, which the settings keep as text, among them. */
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** A variable's value as it is put into the environment, and where the user set it. */
interface Given {
  readonly name: string;
  readonly literal: string;
  readonly file: PreparedFile;
}

/**
 * Holds the variables of the inputs and of the files against the types that the pack declares. nomad-pack 0.4 does so for values from the
 * environment or the command line only; a wrong one from a file ends up in the job as it is. Values of HCL that are computed are not
 * looked at.
 *
 * @throws ActionError with the reason `variable-type` that names the variable and where it is set
 */
export async function checkTypes(nomadPack: NomadPack, target: PackTarget): Promise<void> {
  const declared = nomadPack.declaredVariables(target);
  const given = givenValues(target.files).filter(({ name }) => declared.size === 0 || declared.has(name));
  const culprits: Culprit[] = [];
  for (const chunk of inChunks(given)) culprits.push(...(await findCulprits(nomadPack, target, chunk)));
  const [first] = culprits;
  if (first === undefined) return;
  const location = first.given && locateVariable(first.given.file, first.given.name);
  const explained = culprits.map(({ given: one, complaint }) => {
    const place = one && locateVariable(one.file, one.name);
    return wrongType(target.pack.name, one?.name, complaint, one?.file, place);
  });
  throw new ActionError('variable-type', explained.map(({ message }) => message).join('\n'), {
    hint: explained[0]?.hint ?? '',
    ...(location !== undefined && { location }),
  });
}

/**
 * Refuses the variables of packs that the pack does not depend on: nomad-pack passes over them without a word.
 *
 * @throws ActionError with the reason `variable-undeclared`
 */
export async function checkDependencies(nomadPack: NomadPack, target: PackTarget): Promise<void> {
  const dotted = target.files.flatMap((file) =>
    namesIn(file).flatMap((name) => (name.includes('.') ? [{ name, file, packs: name.split('.').slice(0, -1) }] : [])),
  );
  if (dotted.length === 0) return;
  const known = await nomadPack.dependencyNames(target);
  const unknown = dotted.flatMap((one) => {
    const missing = one.packs.find((pack) => !known.includes(pack));
    return missing === undefined ? [] : [{ ...one, missing }];
  });
  const [first] = unknown;
  if (first === undefined) return;
  const location = locateVariable(first.file, first.name);
  const sentences = unknown.map(({ name, file, missing }) => {
    const meant = nearMiss(missing, known);
    const where = describePlace(file, locateVariable(file, name));
    return `Pack \`${target.pack.name}\` does not depend on a pack \`${missing}\`, of which \`${name}\` is set${where}${meant === undefined ? '.' : `; did you mean \`${meant}\`?`}`;
  });
  throw new ActionError('variable-undeclared', sentences.join('\n'), {
    hint: `Correct the name: nomad-pack would ignore it without a word. The pack’s own variables have no name of a pack before them. ${known.length === 0 ? 'It has no dependencies.' : `It depends on ${known.map((name) => `\`${name}\``).join(', ')}.`}`,
    ...(location !== undefined && { location }),
  });
}

function namesIn({ values, assignments }: PreparedFile): string[] {
  return [...Object.keys(values ?? {}), ...(assignments ?? []).map(({ name }) => name)];
}

/** The values that count, of those that can be checked: later files win. */
function givenValues(files: readonly PreparedFile[]): Given[] {
  const all = files.flatMap((file) => [
    ...Object.entries(file.values ?? {}).map(([name, value]) => ({ name, literal: hclLiteral(value), file })),
    ...(file.assignments ?? []).map(({ name, expression }) => ({
      name,
      literal: withoutNeedlessQuotes(expression),
      file,
    })),
  ]);
  return [...new Map(all.map((given) => [given.name, given])).values()]
    .filter(({ name, literal }) => ENVIRONMENT_NAME.test(name) && literal !== 'null' && !literal.includes('\0'))
    .filter((one) => sizeOf(one) <= LONGEST);
}

/** Bytes that the value takes in an environment. */
function sizeOf({ name, literal }: Given): number {
  return Buffer.byteLength(name) + Buffer.byteLength(literal);
}

/** The values, parted so that a process can be given each part. */
function inChunks(given: readonly Given[]): Given[][] {
  const chunks: Given[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const one of given) {
    size += sizeOf(one);
    if (size > LARGEST_CHUNK) {
      chunks.push([]);
      size = sizeOf(one);
    }
    chunks.at(-1)?.push(one);
  }
  return chunks;
}

/** A complaint of nomad-pack's, and the value that it is about, where that is known. */
interface Culprit {
  readonly complaint: string;
  readonly given?: Given;
}

/** nomad-pack complains of every wrong value at once and names none of them: so half of the values are given to it at a time. */
async function findCulprits(nomadPack: NomadPack, target: PackTarget, given: readonly Given[]): Promise<Culprit[]> {
  const variables = Object.fromEntries(given.map(({ name, literal }) => [name, literal]));
  const complaints = (await nomadPack.complaintsAboutTypes(target, variables)).filter((text) => !mayBeOptional(text));
  const [complaint] = complaints;
  const [only] = given;
  if (complaint === undefined || only === undefined) return [];
  if (given.length === 1) return [{ complaint, given: only }];
  const middle = Math.ceil(given.length / 2);
  const found = await findCulprits(nomadPack, target, given.slice(0, middle));
  if (found.length < complaints.length) found.push(...(await findCulprits(nomadPack, target, given.slice(middle))));
  return found.length > 0 ? found : [{ complaint }];
}

/** nomad-pack forgets `optional()` where it checks, and misses what need not be there. From a file it takes such a value. */
function mayBeOptional(complaint: string): boolean {
  return /attribute "[^"]*" is required/.test(complaint);
}

/** The value as an expression of HCL. */
function hclLiteral(value: VariableValue): string {
  // JSON is HCL, but that `${` and `%{` would begin a template, and that it has two escapes more.
  return withoutNeedlessQuotes(
    JSON.stringify(value)
      .replace(/\\./g, (pair) => ({ '\\b': '\\u0008', '\\f': '\\u000c' })[pair] ?? pair)
      .replace(/[$%]\{/g, (opening) => `${opening[0]}${opening}`),
  );
}

/**
 * nomad-pack reads a value from the environment as an expression of HCL for most types, but for a string or a number as the text that it
 * is. So a text that is a number, which fits both, goes without quotes; with them it would be no number.
 */
function withoutNeedlessQuotes(expression: string): string {
  const text = expression.slice(1, -1);
  return expression.startsWith('"') && NUMBER.test(text) ? text : expression;
}
