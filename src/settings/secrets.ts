import { isPlainName } from '../plain-name.ts';
import { isByName } from './given-by-name.ts';
import type { InputName, Inputs } from './inputs.ts';
import { InputProblem } from './problems.ts';
import type { VariableValue } from './settings.ts';
import { parseInputMapping, readMapping } from './variables.ts';

/** A value that nobody may see, and the name that it is told by. */
export interface Secret {
  readonly name: string;
  readonly value: string;
}

/** The inputs that hold nothing but a token. */
export const TOKEN_INPUTS: readonly InputName[] = ['registry_token', 'nomad_token', 'github_token'];

/**
 * Every secret among the inputs. It is called before anything else looks at them, so it takes wrong ones too: where
 * `secret_variables` cannot be read, each of its lines is one.
 */
export async function secretsOf(inputs: Inputs): Promise<Secret[]> {
  const secrets: Secret[] = [];
  const isBesideFile = inputs.deployments_file !== undefined;
  for (const name of TOKEN_INPUTS) {
    const value = inputs[name];
    if (value === undefined) continue;
    if (name === 'registry_token' && isBesideFile && isByName(value))
      secrets.push(...(await leavesOf(name, value, true)));
    else secrets.push({ name, value });
  }
  // The password is a secret by itself, too; the user is not.
  const httpAuth = inputs.nomad_http_auth;
  if (httpAuth !== undefined) {
    const password = httpAuth.slice(httpAuth.indexOf(':') + 1);
    secrets.push({ name: 'nomad_http_auth', value: httpAuth }, { name: 'nomad_http_auth', value: password });
  }
  const key = inputs.nomad_client_key;
  if (key !== undefined && (isPem(key) || isEncodedPem(key))) secrets.push({ name: 'nomad_client_key', value: key });
  if (inputs.secret_variables !== undefined)
    secrets.push(...(await leavesOf('secret_variables', inputs.secret_variables, isBesideFile, isBesideFile ? 2 : 1)));
  return secrets;
}

/**
 * The names in `secret_variables` that have no value. An expression gives none where it asks for a secret that does not exist, or that
 * belongs to an environment which the job does not name: the pack's default, or an empty text, would take its place unnoticed.
 *
 * @param inputs that `secretsOf` and `loadSettings` found nothing wrong with
 */
export async function secretsWithoutValue({ secret_variables: text }: Inputs): Promise<string[]> {
  if (text === undefined) return [];
  const mapping = await readMapping('secret_variables', text);
  const { keyLines } = await import('./yaml.ts');
  // `<<` brings in the keys of another mapping.
  return [...keyLines(text).keys()].filter((name) => name !== '<<' && (mapping[name] ?? '') === '');
}

/** Whether the text is PEM itself, not the path of a file that holds it. */
export function isPem(text: string): boolean {
  return text.includes('-----BEGIN ');
}

/** Whether the text is PEM in base64, as people keep it who fear for its line breaks: `-----BEGIN` reads like that. */
export function isEncodedPem(text: string): boolean {
  return text.startsWith('LS0tLS1CRUdJT');
}

/**
 * Each value of a mapping; each line, where it cannot be read.
 *
 * @param anyName whether names need not be what variables may be called
 * @param named how many levels of keys are the names of deployments, registries and variables
 */
async function leavesOf(input: InputName, text: string, anyName: boolean, named = 1): Promise<Secret[]> {
  try {
    const mapping = await (anyName ? parseInputMapping : readMapping)(input, text);
    return Object.entries(mapping).flatMap(([name, value]) => leaves(name, value, named - 1));
  } catch (error) {
    if (!(error instanceof InputProblem)) throw error;
    return text.split('\n').map((line) => ({ name: input, value: line.trim() }));
  }
}

/** Every value in it that is neither a list nor a mapping, and every key that is not just a name, under the path that leads to it. */
function leaves(name: string, value: VariableValue, named = 0): Secret[] {
  if (value === null) return [];
  if (typeof value !== 'object') return [{ name, value: String(value) }];
  if (Array.isArray(value)) return value.flatMap((member, index) => leaves(`${name}.${index}`, member));
  return Object.entries(value).flatMap(([key, member]) =>
    named > 0 || isPlainName(key)
      ? leaves(`${name}.${key}`, member, named - 1)
      : [{ name, value: key }, ...leaves(name, member)],
  );
}
