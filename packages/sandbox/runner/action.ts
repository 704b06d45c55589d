import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

/** The root of this repository. */
export const repository = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

interface ActionFile {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
}

/** The one expression that a default of `action.yml` may hold. */
const TOKEN_EXPRESSION = '${{ github.token }}';

/**
 * The environment variables that the runner makes of a step's `with:`: each input of `action.yml`, its default where it is not
 * given, and whatever else is written there.
 *
 * @param token what `github.token` is in the step
 */
export function inputEnvironment(inputs: Readonly<Record<string, string>>, token: string): Record<string, string> {
  const { inputs: declared } = parse(readFileSync(join(repository, 'action.yml'), 'utf8')) as ActionFile;
  const defaults = Object.entries(declared).flatMap(([name, input]) =>
    input.default === undefined ? [] : [[name, String(input.default).replace(TOKEN_EXPRESSION, token)] as const],
  );
  const all = {
    ...Object.fromEntries(Object.keys(declared).map((name) => [name, ''])),
    ...Object.fromEntries(defaults),
  };
  return Object.fromEntries(
    Object.entries({ ...all, ...inputs }).map(([name, value]) => [
      `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`,
      value,
    ]),
  );
}
