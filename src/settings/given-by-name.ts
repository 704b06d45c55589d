import { suggestion } from './deployments/problems.ts';
import type { InputName, Inputs } from './inputs.ts';
import { InputProblem } from './problems.ts';

/** What the step gives to single deployments or registries of a file, by their names. */
export interface GivenByName {
  /** By the deployment's name: its variables. A secret one without a value is null. */
  readonly variables: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  readonly secretVariables: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  /** By the registry's name. */
  readonly registryTokens: ReadonlyMap<string, string>;
  readonly registryUsers: ReadonlyMap<string, string>;
}

/** The names that there are in a file, and the origin of each registry that is reached over HTTP(S), which alone can take a token. */
export interface KnownNames {
  readonly deployments: readonly string[];
  readonly origins: ReadonlyMap<string, string | undefined>;
}

/**
 * What `variables`, `secret_variables`, `registry_token` and `registry_user` say beside a file.
 *
 * @throws InputProblem, which repeats no value
 */
export async function readGivenByName(inputs: Inputs, known: KnownNames): Promise<GivenByName> {
  const registryTokens = await readByRegistry('registry_token', inputs, known);
  const registryUsers = await readByRegistry('registry_user', inputs, known);
  const withoutToken = [...registryUsers.keys()].find((name) => !registryTokens.has(name));
  if (withoutToken !== undefined) {
    throw new InputProblem(
      'registry_user',
      `is set for \`${withoutToken}\`, but \`registry_token\`, which is its password, is not`,
    );
  }
  return {
    variables: await readByDeployment('variables', inputs, known),
    secretVariables: await readByDeployment('secret_variables', inputs, known),
    registryTokens,
    registryUsers,
  };
}

async function readByDeployment(
  input: 'variables' | 'secret_variables',
  inputs: Inputs,
  { deployments }: KnownNames,
): Promise<Map<string, Readonly<Record<string, unknown>>>> {
  const text = inputs[input];
  if (text === undefined) return new Map();
  const mapping = await readByName(input, text);
  refuseUnknown(input, mapping, deployments, 'deployment', 'write the variables below the name of their deployment');
  return new Map(
    Object.entries(mapping).flatMap(([name, value]) => {
      if (value === null) return [];
      if (!isMapping(value)) {
        throw new InputProblem(input, `must have a mapping of variables for \`${name}\`, such as \`replicas: 2\``);
      }
      return [[name, value] as const];
    }),
  );
}

/**
 * What is given to each registry. A text that is not a mapping is for all of them that speak HTTP(S), as long as they are on one host: none
 * gets to see what was meant for another.
 */
async function readByRegistry(
  input: 'registry_token' | 'registry_user',
  inputs: Inputs,
  { origins }: KnownNames,
): Promise<Map<string, string>> {
  const text = inputs[input];
  if (text === undefined) return new Map();
  if (!isByName(text)) return forAll(input, text, origins);
  const mapping = await readByName(input, text);
  refuseUnknown(input, mapping, [...origins.keys()], 'registry', 'write it below the name of its registry');
  return new Map(
    Object.entries(mapping).flatMap(([name, value]) => {
      if (value === null || value === '') return [];
      if (typeof value === 'object') throw new InputProblem(input, `must have one text for \`${name}\``);
      if (origins.get(name) === undefined) {
        throw new InputProblem(
          input,
          `is set for \`${name}\`, whose source is not an http(s) address; for SSH, add a key to the agent instead`,
        );
      }
      return [[name, String(value)] as const];
    }),
  );
}

function forAll(input: InputName, text: string, origins: KnownNames['origins']): Map<string, string> {
  const takers = [...origins].filter(([, origin]) => origin !== undefined);
  const hosts = new Set(takers.map(([, origin]) => origin));
  if (hosts.size > 1) {
    throw new InputProblem(
      input,
      `is one text, and the registries of the file are on ${hosts.size} hosts (${[...hosts].map((host) => `\`${host}\``).join(', ')}): write it as a mapping from the registry’s name, such as \`${takers[0]?.[0]}: ...\``,
    );
  }
  if (hosts.size === 0) {
    throw new InputProblem(input, 'is set, but the file has no registry with an http(s) address');
  }
  return new Map(takers.map(([name]) => [name, text]));
}

/** Whether a text is a mapping: neither tokens nor names of users have a colon before white space. */
export function isByName(text: string): boolean {
  return /:(?:\s|$)|^\{/.test(text);
}

/**
 * The mapping that an input holds. A name without a value is kept, as null: an expression gives an empty text where there is no such secret.
 *
 * @throws InputProblem
 */
async function readByName(input: InputName, text: string): Promise<Record<string, unknown>> {
  const { composeYaml, YamlError } = await import('./yaml.ts');
  try {
    const value: unknown = composeYaml(text).document.toJS({ maxAliasCount: 100 });
    if (isMapping(value)) return value;
    throw new YamlError('it is not a mapping of names');
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    throw new InputProblem(input, `must be a YAML mapping beside \`deployments_file\`: ${error.message}`);
  }
}

function refuseUnknown(
  input: InputName,
  mapping: Readonly<Record<string, unknown>>,
  names: readonly string[],
  kind: string,
  todo: string,
): void {
  const unknown = Object.keys(mapping).filter((name) => !names.includes(name));
  if (unknown.length === 0) return;
  const each = unknown.map((name) => `\`${name}\`${suggestion(name, names)}`).join(', ');
  throw new InputProblem(input, `names ${each}, and the file has no such ${kind}; ${todo}`);
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
