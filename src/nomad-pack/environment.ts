import { variableName } from '../settings/inputs.ts';
import type { NomadCredentials, NomadSettings } from '../settings/settings.ts';

/**
 * What nomad-pack needs of the step's environment. A pack's templates can read all of what nomad-pack is given (`env`), so nothing
 * else is: no `INPUT_*`, no token of GitHub or the runner, no credential of a cloud.
 */
const NEEDED: readonly RegExp[] = [
  /^(?:PATH|SHELL|USER|LOGNAME|LANG|LANGUAGE|LC_[A-Z]+|TZ|TMPDIR|TEMP|TMP)$/,
  /^(?:https?_proxy|no_proxy|all_proxy)$/i,
  /^(?:SSL_CERT_FILE|SSL_CERT_DIR)$/,
  // Exit codes have to mean what they mean, and what the steps of a job leave for each other is not for packs.
  /^NOMAD_PACK_(?!PLAN_EXIT_CODE_|ACTION_)/,
  /^(?:CONSUL|VAULT)_/,
  /^(?:SystemRoot|SystemDrive|ComSpec|PATHEXT|windir|NUMBER_OF_PROCESSORS|PROCESSOR_ARCHITECTURE)$/i,
];

/** What git needs besides, to clone a registry: the user's own settings, keys and agents. */
const NEEDED_BY_GIT: readonly RegExp[] = [
  /^GIT_/,
  /^SSH_/,
  /^XDG_CONFIG_HOME$/,
  /^(?:USERPROFILE|HOMEDRIVE|HOMEPATH|APPDATA|ProgramData)$/i,
];

/** What would let git be told from outside to write elsewhere or to run something. */
const REFUSED_OF_GIT =
  /^GIT_(?:DIR|WORK_TREE|INDEX_FILE|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|CONFIG_(?:COUNT|KEY_|VALUE_|PARAMETERS)|TRACE|CURL_VERBOSE|EXEC_PATH|TEMPLATE_DIR|EXTERNAL_DIFF|PAGER|EDITOR)/;

export type Environment = Readonly<Record<string, string | undefined>>;

/** The variables of the step that nomad-pack may see: what it needs, and what `pass_env` names. */
export function baseEnvironment(
  step: Environment,
  passEnv: readonly string[],
  platform: string = process.platform,
): Record<string, string> {
  const passed = new Set(passEnv.map((name) => variableName(name, platform)));
  return pick(step, (name) => NEEDED.some((pattern) => pattern.test(name)) || passed.has(name));
}

/** The variables of the step that git may see when nomad-pack runs it. */
export function gitEnvironment(step: Environment): Record<string, string> {
  return pick(step, (name) => NEEDED_BY_GIT.some((pattern) => pattern.test(name)) && !REFUSED_OF_GIT.test(name));
}

/** How nomad-pack is told of the cluster. */
export function nomadEnvironment(nomad: NomadSettings, { token, httpAuth }: NomadCredentials): Record<string, string> {
  const { tls } = nomad;
  return {
    NOMAD_ADDR: nomad.address,
    NOMAD_NAMESPACE: nomad.namespace,
    ...(token !== undefined && { NOMAD_TOKEN: token }),
    ...(httpAuth !== undefined && { NOMAD_HTTP_AUTH: httpAuth }),
    ...(nomad.region !== undefined && { NOMAD_REGION: nomad.region }),
    ...(tls.caCert !== undefined && { NOMAD_CACERT: tls.caCert }),
    ...(tls.caPath !== undefined && { NOMAD_CAPATH: tls.caPath }),
    ...(tls.clientCert !== undefined && { NOMAD_CLIENT_CERT: tls.clientCert }),
    ...(tls.clientKey !== undefined && { NOMAD_CLIENT_KEY: tls.clientKey }),
    ...(tls.serverName !== undefined && { NOMAD_TLS_SERVER_NAME: tls.serverName }),
    // nomad-pack takes any value, `false` and an empty one too, for a wish not to verify.
    ...(tls.skipVerify && { NOMAD_SKIP_VERIFY: 'true' }),
  };
}

function pick(step: Environment, wanted: (name: string) => boolean): Record<string, string> {
  const entries = Object.entries(step).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && wanted(entry[0]),
  );
  return Object.fromEntries(entries);
}
