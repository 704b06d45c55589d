import { ActionError } from '../errors.ts';
import type { VariableSettings, VariableValue } from '../settings/settings.ts';
import type { NomadPack, PackTarget } from './cli.ts';
import { wrongType } from './failures.ts';

/** The longest value that is worth a place in a process's environment; Linux takes 128 KiB. Characters. */
const LONGEST = 64 * 1024;

/**
 * Holds the variables of the inputs against the types that the pack declares. nomad-pack 0.4 does so for values from the environment
 * or the command line only; a wrong one from a file ends up in the job as it is.
 *
 * @throws ActionError with the reason `variable-type` that names the variable
 */
export async function checkTypes(nomadPack: NomadPack, target: PackTarget, variables: VariableSettings): Promise<void> {
  const literals = Object.entries({ ...variables.plain, ...variables.secret })
    .map(([name, value]) => [name, hclLiteral(value)] as const)
    // A dependency's variable has a dot in its name, which no environment variable may have.
    .filter(([name, literal]) => !name.includes('.') && literal.length <= LONGEST);
  if (literals.length === 0) return;
  const complaint = await nomadPack.complaintAboutTypes(target, Object.fromEntries(literals));
  if (complaint === undefined) return;
  const culprit = await firstCulprit(nomadPack, target, literals);
  const { reason, message, hint } = wrongType(target.pack.name, culprit?.name, culprit?.complaint ?? complaint, '');
  throw new ActionError(reason, message, { hint });
}

async function firstCulprit(
  nomadPack: NomadPack,
  target: PackTarget,
  literals: readonly (readonly [string, string])[],
) {
  for (const [name, literal] of literals) {
    const complaint = await nomadPack.complaintAboutTypes(target, { [name]: literal });
    if (complaint !== undefined) return { name, complaint };
  }
  return undefined;
}

/** The value as an expression of HCL: JSON, in which `${` and `%{` would begin a template, and which has two escapes more. */
function hclLiteral(value: VariableValue): string {
  return JSON.stringify(value)
    .replace(/\\./g, (pair) => ({ '\\b': '\\u0008', '\\f': '\\u000c' })[pair] ?? pair)
    .replace(/[$%]\{/g, (opening) => `${opening[0]}${opening}`);
}
