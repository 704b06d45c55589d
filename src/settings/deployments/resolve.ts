import { type DeploymentEntry, type DeploymentsFile, ENVIRONMENT_PLACEHOLDER, type PlaceSettings } from './schema.ts';

/** A deployment of the file in one environment: all places merged, `${environment}` replaced. */
export interface ResolvedDeployment {
  /** Its name in the file. */
  readonly key: string;
  /** Its name in the cluster. */
  readonly name: string;
  /** `registry/pack` or a directory. */
  readonly pack: string;
  /** Only where it is set for this deployment: in place of the registry's. */
  readonly ref?: string;
  readonly state: 'present' | 'absent';
  readonly needs: readonly string[];
  readonly settings: PlaceSettings;
}

/**
 * The deployments of the file in an environment, in the order of the file. Later places win: defaults, the environment, the deployment,
 * its entry for the environment. Variables win one by one, files of variables add up.
 *
 * @param environment undefined for a file that has none
 */
export function resolveDeployments(file: DeploymentsFile, environment: string | undefined): ResolvedDeployment[] {
  return Object.entries(file.deployments).map(([key, entry]) => resolveOne(file, environment, key, entry));
}

function resolveOne(
  { defaults = {}, environments = {} }: DeploymentsFile,
  environment: string | undefined,
  key: string,
  { pack, needs = [], environments: own = {}, ...entry }: DeploymentEntry,
): ResolvedDeployment {
  const ofEnvironment = at(environments, environment) ?? {};
  const ofBoth = at(own, environment) ?? {};
  const merged = [defaults, ofEnvironment, entry, ofBoth].reduce(mergePlaces) as typeof entry;
  const { name = key, ref, state = 'present', ...settings } = replaced(merged, environment);
  return {
    key,
    name,
    pack: replaced(pack, environment),
    ...(ref !== undefined && { ref }),
    state,
    needs,
    settings,
  };
}

/** What the file says there itself: `constructor` is a name like any other. */
function at<Value>(mapping: Readonly<Record<string, Value>>, key: string | undefined): Value | undefined {
  return key !== undefined && Object.hasOwn(mapping, key) ? mapping[key] : undefined;
}

function mergePlaces(earlier: PlaceSettings, later: PlaceSettings): PlaceSettings {
  const variables = { ...earlier.variables, ...later.variables };
  const files = [...(earlier.variable_files ?? []), ...(later.variable_files ?? [])];
  return { ...earlier, ...later, variables, variable_files: files };
}

/** The value with `${environment}` replaced wherever it is; anything else that looks like an expression stays as it is. */
function replaced<Value>(value: Value, environment: string | undefined): Value {
  if (environment === undefined) return value;
  const walk = (part: unknown): unknown => {
    if (typeof part === 'string') return part.replaceAll(ENVIRONMENT_PLACEHOLDER, environment);
    if (Array.isArray(part)) return part.map(walk);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([key, member]) => [key, walk(member)]));
  };
  return walk(value) as Value;
}
