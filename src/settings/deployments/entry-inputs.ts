import type { InputName, Inputs } from '../inputs.ts';
import { isDirectory } from './check.ts';
import type { FilePath } from './problems.ts';
import type { ResolvedDeployment } from './resolve.ts';
import { type DeploymentsFile, ENVIRONMENT_PLACEHOLDER, type PlaceSettings } from './schema.ts';

/** The input that says the same for a single deployment, where its name differs. */
const INPUT_OF = { namespace: 'nomad_namespace', region: 'nomad_region' } as const satisfies Partial<
  Record<keyof PlaceSettings, InputName>
>;

type PlaceKey = keyof PlaceSettings;

/** The input that a setting of the file stands for. */
function inputOf(key: PlaceKey): InputName {
  return key in INPUT_OF ? INPUT_OF[key as keyof typeof INPUT_OF] : (key as Exclude<PlaceKey, keyof typeof INPUT_OF>);
}

/** What the file says of a deployment, as the inputs of a step for it alone, so that one check serves both. */
export function entryInputs(file: DeploymentsFile, deployment: ResolvedDeployment): Inputs {
  const { name, settings } = deployment;
  const inputs: Partial<Record<InputName, string>> = { deployment_name: name, ...packInputs(file, deployment) };
  for (const [key, value] of Object.entries(settings)) {
    if (value !== undefined) inputs[inputOf(key as PlaceKey)] = asText(value);
  }
  return inputs;
}

function packInputs({ registries = {} }: DeploymentsFile, { pack, ref }: ResolvedDeployment): Inputs {
  if (isDirectory(pack)) return { pack };
  const [registry = '', name = ''] = pack.split('/');
  const { source, ref: common } = registries[registry] ?? { source: '' };
  const wanted = ref ?? common;
  return {
    pack: name,
    registry_name: registry,
    registry_source: source,
    ...(wanted !== undefined && { registry_ref: wanted }),
  };
}

/** The registry of the file that a pack comes from; undefined for a directory. */
export function registryOf({ pack }: Pick<ResolvedDeployment, 'pack'>): string | undefined {
  return isDirectory(pack) ? undefined : pack.split('/')[0];
}

/** JSON is YAML: lists and mappings are read back as they were. */
function asText(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/**
 * Where the file says what an input of a deployment is: the place that won.
 *
 * @param written what is wrong, where it is one of a list: the text as it was after `${environment}` was replaced
 * @returns undefined where the file does not say it
 */
export function placeOf(
  file: DeploymentsFile,
  environment: string | undefined,
  { key, pack }: ResolvedDeployment,
  input: InputName,
  written?: string,
): FilePath | undefined {
  const registry = registryOf({ pack });
  const own: FilePath = ['deployments', key];
  switch (input) {
    case 'pack':
    case 'registry_name':
      return [...own, 'pack'];
    case 'registry_source':
      return registry === undefined ? undefined : ['registries', registry, 'source'];
    case 'registry_ref':
      return lastPlace(file, environment, key, 'ref') ?? ['registries', registry ?? '', 'ref'];
    case 'deployment_name':
      return lastPlace(file, environment, key, 'name') ?? own;
  }
  const setting = Object.entries(INPUT_OF).find(([, name]) => name === input)?.[0] ?? input;
  const place = lastPlace(file, environment, key, setting, (value) => holds(value, environment, written));
  const index = place === undefined ? -1 : indexIn(valueAt(file, place), environment, written);
  return place === undefined || index === -1 ? place : [...place, index];
}

/** The latest of the places that set it, which is the one that counts. */
function lastPlace(
  file: DeploymentsFile,
  environment: string | undefined,
  key: string,
  setting: string,
  fits: (value: unknown) => boolean = () => true,
): FilePath | undefined {
  const own: FilePath = ['deployments', key];
  const places: FilePath[] = [
    ...(environment === undefined ? [] : [[...own, 'environments', environment, setting]]),
    [...own, setting],
    ...(environment === undefined ? [] : [['environments', environment, setting]]),
    ['defaults', setting],
  ];
  return places.find((place) => {
    const value = valueAt(file, place);
    return value !== undefined && fits(value);
  });
}

function valueAt(file: unknown, path: FilePath): unknown {
  let value = file;
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<string | number, unknown>)[part];
  }
  return value;
}

/** Lists add up over all places: the one that holds the text is meant. */
function holds(value: unknown, environment: string | undefined, written: string | undefined): boolean {
  return written === undefined || !Array.isArray(value) || indexIn(value, environment, written) !== -1;
}

function indexIn(value: unknown, environment: string | undefined, written: string | undefined): number {
  if (!Array.isArray(value)) return -1;
  return value.findIndex(
    (member) =>
      typeof member === 'string' && member.replaceAll(ENVIRONMENT_PLACEHOLDER, environment ?? '$&') === written,
  );
}
