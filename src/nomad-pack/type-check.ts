import { ActionError } from '../errors.ts';
import type { VariableValue } from '../settings/settings.ts';
import type { NomadPack, PackTarget } from './cli.ts';
import { describePlace, wrongType } from './failures.ts';
import { locateVariable, type PreparedFile } from './variable-files.ts';

/** The longest value that is worth a place in a process's environment; Linux takes 128 KiB. Characters. */
const LONGEST = 64 * 1024;

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
  const given = givenValues(target.files);
  if (given.length === 0) return;
  const complaint = await complain(nomadPack, target, given);
  if (complaint === undefined) return;
  const culprit = await firstCulprit(nomadPack, target, given);
  if (culprit === undefined && mayBeOptional(complaint)) return;
  const location = culprit && locateVariable(culprit.file, culprit.name);
  const { reason, message, hint } = wrongType(
    target.pack.name,
    culprit?.name,
    culprit?.complaint ?? complaint,
    culprit === undefined ? '' : describePlace(culprit.file, location),
  );
  throw new ActionError(reason, message, { hint, ...(location !== undefined && { location }) });
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
  return (
    [...new Map(all.map((given) => [given.name, given])).values()]
      // A dependency's variable has a dot in its name, which no environment variable may have.
      .filter(({ name, literal }) => !name.includes('.') && literal !== 'null' && literal.length <= LONGEST)
  );
}

async function complain(nomadPack: NomadPack, target: PackTarget, given: readonly Given[]) {
  return await nomadPack.complaintAboutTypes(
    target,
    Object.fromEntries(given.map(({ name, literal }) => [name, literal])),
  );
}

async function firstCulprit(nomadPack: NomadPack, target: PackTarget, given: readonly Given[]) {
  for (const one of given) {
    const complaint = await complain(nomadPack, target, [one]);
    if (complaint !== undefined && !mayBeOptional(complaint)) return { ...one, complaint };
  }
  return undefined;
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
