import { nearMiss } from '../nearest.ts';

/**
 * The inputs of `action.yml`, as text. An input that is empty is absent: an expression such as `${{ vars.NOMAD_ADDR }}` gives
 * an empty text where nothing is set.
 */
export const INPUT_NAMES = [
  'operation',
  'deployments_file',
  'environment',
  'only',
  'only_with_needs',
  'changed_since',
  'parallelism',
  'fail_fast',
  'deployment_name',
  'pack',
  'registry_name',
  'registry_source',
  'registry_ref',
  'registry_target',
  'registry_token',
  'registry_user',
  'registry',
  'variables',
  'secret_variables',
  'variable_files',
  'variable_sources',
  'nomad_addr',
  'nomad_token',
  'nomad_namespace',
  'nomad_region',
  'nomad_http_auth',
  'nomad_cacert',
  'nomad_capath',
  'nomad_client_cert',
  'nomad_client_key',
  'nomad_tls_server_name',
  'nomad_skip_verify',
  'nomad_auth_method',
  'nomad_auth_audience',
  'nomad_pack_version',
  'nomad_pack_mirror',
  'nomad_pack_signing_key',
  'wait',
  'wait_timeout',
  'wait_for',
  'on_failure',
  'allow_replace',
  'adopt_jobs',
  'preserve_counts',
  'redeploy',
  'rollback_to',
  'dry_run',
  'pass_env',
  'plan_digest',
  'fail_on_changes',
  'fail_on_unhealthy',
  'comment',
  'comment_label',
  'comment_address',
  'pull_request_number',
  'github_token',
] as const;

export type InputName = (typeof INPUT_NAMES)[number];

export type Inputs = Readonly<Partial<Record<InputName, string>>>;

export type Environment = Readonly<Record<string, string | undefined>>;

/** A copy of a process's variables, by the names that `variableName` gives. */
export function environmentOf(variables: Environment, platform: string = process.platform): Environment {
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [variableName(name, platform), value]));
}

/** The name of a variable in an `Environment`. Windows ignores case in names, and has a `Path`; a copy does not, so there all are in capitals. */
export function variableName(name: string, platform: string = process.platform): string {
  return platform === 'win32' ? name.toUpperCase() : name;
}

/** Inputs that fall back to a variable of the step's environment: the ones that Nomad's own tools read, by the same names. */
const FALLBACKS: Partial<Record<InputName, string>> = {
  nomad_addr: 'NOMAD_ADDR',
  nomad_token: 'NOMAD_TOKEN',
  nomad_namespace: 'NOMAD_NAMESPACE',
  nomad_region: 'NOMAD_REGION',
  nomad_http_auth: 'NOMAD_HTTP_AUTH',
  nomad_cacert: 'NOMAD_CACERT',
  nomad_capath: 'NOMAD_CAPATH',
  nomad_client_cert: 'NOMAD_CLIENT_CERT',
  nomad_client_key: 'NOMAD_CLIENT_KEY',
  nomad_tls_server_name: 'NOMAD_TLS_SERVER_NAME',
  nomad_skip_verify: 'NOMAD_SKIP_VERIFY',
};

/** The inputs that are set, without surrounding white space. */
export function readInputs(environment: Environment): Inputs {
  const inputs: Partial<Record<InputName, string>> = {};
  for (const name of INPUT_NAMES) {
    const text = given(environment, name);
    if (text !== '') inputs[name] = text;
  }
  return inputs;
}

/** Inputs that are set and do not exist, and the one that each is probably meant to be; those that resemble none are somebody else's variables. */
export function mistypedInputs(environment: Environment): { readonly given: string; readonly meant: InputName }[] {
  const known = new Set<string>(INPUT_NAMES);
  return Object.keys(environment).flatMap((variable) => {
    const given = /^INPUT_(.+)$/.exec(variable)?.[1]?.toLowerCase() ?? '';
    const meant = given === '' || known.has(given) ? undefined : nearMiss(given, INPUT_NAMES);
    return meant === undefined ? [] : [{ given, meant: meant as InputName }];
  });
}

/** The variable that an input's value came from, when it was not set as an input. */
export function fallbackOf(environment: Environment, name: InputName): string | undefined {
  const variable = FALLBACKS[name];
  if (variable === undefined || setInput(environment, name) !== '') return undefined;
  return (environment[variable] ?? '').trim() === '' ? undefined : variable;
}

function given(environment: Environment, name: InputName): string {
  const input = setInput(environment, name);
  if (input !== '') return input;
  const variable = loginIsAsked(environment, name) ? undefined : FALLBACKS[name];
  return variable === undefined ? '' : (environment[variable] ?? '').trim();
}

/** A login replaces the token: one that the job's environment happens to hold is not the user's wish for this step. */
function loginIsAsked(environment: Environment, name: InputName): boolean {
  return name === 'nomad_token' && setInput(environment, 'nomad_auth_method') !== '';
}

function setInput(environment: Environment, name: InputName): string {
  return (environment[`INPUT_${name.toUpperCase()}`] ?? '').trim();
}
