import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { OPERATIONS } from '../operations.ts';
import type { Operation } from '../result.ts';
import type { InputName, Inputs } from './inputs.ts';
import { misplacedSecrets } from './misplaced.ts';
import { isDirectory, type RegistryInputs, readPack, readRegistry } from './pack.ts';
import { type InputOrigins, InputProblem, inputError } from './problems.ts';
import { type CheckedInputs, inputsSchema } from './schema.ts';
import { secretsWithoutValue } from './secrets.ts';
import type {
  Credentials,
  NomadPackSettings,
  NomadSettings,
  RegistrySettings,
  ReviewSettings,
  RolloutSettings,
  SecretVariables,
  Settings,
} from './settings.ts';
import { got } from './shown.ts';
import { type PemSource, readCaFolder, readPemInput } from './tls.ts';
import { readMapping, readVariableFile, whyUnreadable } from './variables.ts';

export interface LoadOptions extends InputOrigins {
  /** The folder that relative paths are relative to. Absolute. */
  readonly workspace: string;
  /** Puts a text into a file that only this user can read and that is gone after the step; answers its path. */
  readonly keepPrivate: (name: string, text: string) => Promise<string>;
  /** Whether a directory that is the pack may be gone: what is left of a deployment is destroyed without it. */
  readonly packMayBeGone?: boolean;
}

const REGISTRY_INPUTS: readonly InputName[] = ['registry_name', 'registry_source'];

/** What Nomad's own tools take when they are told no address; `render` does not need the cluster, but a template may ask it. */
const NOMAD_DEFAULT_ADDRESS = 'http://127.0.0.1:4646';

/** The inputs, checked: what they ask for, and apart from it what opens doors. */
export interface Loaded {
  readonly settings: Settings;
  readonly credentials: Credentials;
}

/**
 * What the inputs ask for, checked. Files that they name have been looked at; nothing else has been touched.
 *
 * @throws ActionError with the reason `input` (or `variable-file`, when a file of variables is all that is wrong) that names
 *   every wrong input at once
 */
export async function loadSettings(inputs: Inputs, options: LoadOptions): Promise<Loaded> {
  const read = await readSettings(inputs, options);
  if ('problems' in read) throw inputError(read.problems, options);
  return read;
}

/** As `loadSettings`, for who tells by themselves what is wrong. */
export async function readSettings(
  inputs: Inputs,
  options: Omit<LoadOptions, 'variableOf'>,
): Promise<Loaded | { readonly problems: readonly InputProblem[] }> {
  const problems: InputProblem[] = [];
  const read = await readParts(inputs, options, problems);
  return problems.length > 0 ? { problems } : await assemble(inputs, read, options);
}

/** What the inputs name, as far as it could be read: checked values, and what the files say that they name. */
type Parts = Awaited<ReturnType<typeof readParts>>;

/** @param problems gets what is wrong */
async function readParts(
  inputs: Inputs,
  { workspace, packMayBeGone }: Omit<LoadOptions, 'variableOf'>,
  problems: InputProblem[],
) {
  const attempt = async <T>(read: () => T | Promise<T>): Promise<T | undefined> => {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof InputProblem)) throw error;
      problems.push(error);
      return undefined;
    }
  };
  const pem = (input: InputName) => {
    const written = inputs[input];
    return written === undefined ? undefined : attempt(() => readPemInput(input, written, workspace));
  };

  const checked = await checkEach(inputs, problems);
  problems.push(
    ...missing(inputs, checked.operation),
    ...contradictions(inputs),
    ...unwatchedRevert(checked),
    ...unwatchedRedeploy(checked),
    ...onlyForRollback(checked),
    ...misplacedSecrets(inputs),
  );
  const written = checked.pack;
  const pack = written === undefined ? undefined : await attempt(() => readPack(written, workspace, packMayBeGone));
  const registry = await attempt(() => readRegistry(registryInputs(checked), pack, workspace));
  const plain = await attempt(() => readMapping('variables', inputs.variables ?? ''));
  const secret = await attempt(() => readMapping('secret_variables', inputs.secret_variables ?? ''));
  problems.push(...namedTwice(plain ?? {}, secret ?? {}));
  const files = await Promise.all(
    (checked.variable_files ?? []).map((file) => attempt(() => readVariableFile(file, workspace))),
  );
  const signingKey = await attempt(() => readSigningKey(inputs.nomad_pack_signing_key, workspace));
  const caPath = await attempt(() => readCaFolder(inputs.nomad_capath, workspace));
  const [caCert, clientCert, clientKey] = [
    await pem('nomad_cacert'),
    await pem('nomad_client_cert'),
    await pem('nomad_client_key'),
  ];
  return { checked, pack, registry, plain, secret, files, signingKey, caPath, caCert, clientCert, clientKey };
}

function registryInputs(checked: Partial<CheckedInputs>): RegistryInputs {
  return {
    name: checked.registry_name ?? checked.registry,
    source: checked.registry_source,
    ref: checked.registry_ref ?? 'latest',
    target: checked.registry_target,
    token: checked.registry_token,
    user: checked.registry_user,
  };
}

/** The settings and credentials of inputs with which nothing is wrong. */
async function assemble(
  inputs: Inputs,
  { checked, pack, registry, plain, secret, files, signingKey, caPath, caCert, clientCert, clientKey }: Parts,
  options: Omit<LoadOptions, 'variableOf'>,
): Promise<Loaded | { readonly problems: readonly InputProblem[] }> {
  const credentials = credentialsOf(checked, registry, secret ?? {});
  const withoutValue = await secretsWithoutValue(inputs);
  const complete = checked as CheckedInputs;
  const nomadPack: NomadPackSettings = {
    version: complete.nomad_pack_version,
    mirror: complete.nomad_pack_mirror,
    ...(signingKey !== undefined && { signingKey }),
  };
  const common = { nomadPack, passEnv: complete.pass_env };
  if (complete.operation === 'setup') return { settings: { operation: 'setup', ...common }, credentials };
  if (complete.operation === 'matrix') return { problems: [new InputProblem('deployments_file', 'is missing')] };
  if (pack === undefined) return { problems: [new InputProblem('pack', 'is missing or empty')] };
  const settings: Settings = {
    operation: complete.operation,
    ...common,
    deploymentName: complete.deployment_name ?? pack.name,
    pack,
    ...(registry !== undefined && { registry }),
    variables: {
      plain: plain ?? {},
      ...(withoutValue.length > 0 && { withoutValue }),
      files: files.filter((file) => file !== undefined),
      ...(complete.variable_sources.length > 0 && { sources: complete.variable_sources }),
    },
    nomad: nomadSettings(complete, {
      ...(caCert && { caCert: await toPath(caCert, 'ca.pem', options) }),
      ...(caPath !== undefined && { caPath }),
      ...(clientCert && { clientCert: await toPath(clientCert, 'client.pem', options) }),
      ...(clientKey && { clientKey: await toPath(clientKey, 'client-key.pem', options) }),
    }),
    rollout: rolloutSettings(complete),
    rollback: {
      dryRun: complete.dry_run,
      ...(complete.rollback_to !== undefined && { to: complete.rollback_to }),
    },
    review: reviewSettings(complete),
    workspace: options.workspace,
  };
  return { settings, credentials };
}

/** The token of a registry goes with it: a directory has no host that could be given one. */
function credentialsOf(
  inputs: Partial<CheckedInputs>,
  registry: RegistrySettings | undefined,
  secretVariables: SecretVariables,
): Credentials {
  const { registry_token: token, registry_user: user } = inputs;
  return {
    ...(registry?.origin !== undefined &&
      token !== undefined && { registry: { token, ...(user !== undefined && { user }) } }),
    nomad: {
      ...(inputs.nomad_token !== undefined && { token: inputs.nomad_token }),
      ...(inputs.nomad_http_auth !== undefined && { httpAuth: inputs.nomad_http_auth }),
    },
    ...(inputs.github_token !== undefined && { githubToken: inputs.github_token }),
    secretVariables,
  };
}

/** The inputs that are right by themselves; what is wrong with the others is added to the problems. */
async function checkEach(inputs: Inputs, problems: InputProblem[]): Promise<Partial<CheckedInputs>> {
  const checked: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(inputsSchema.shape)) {
    const result = await schema.safeParseAsync(inputs[name as InputName]);
    if (result.success) checked[name] = result.data;
    else {
      const [issue] = result.error.issues;
      const words = issue?.code === 'invalid_value' ? issue.values.map(String) : [];
      const input = name as InputName;
      problems.push(new InputProblem(input, `${issue?.message}${got(input, inputs[input] ?? '', words)}`));
    }
  }
  return checked as Partial<CheckedInputs>;
}

function missing(inputs: Inputs, operation: Operation | undefined): InputProblem[] {
  if (operation === undefined) return [];
  const given = (name: InputName) =>
    inputs[name] !== undefined ||
    (name === 'registry_name' && inputs.registry !== undefined) ||
    (isDirectory(inputs.pack ?? '') && REGISTRY_INPUTS.includes(name));
  const unless = (name: InputName) => {
    if (name === 'nomad_addr') return ' (or the environment variable NOMAD_ADDR)';
    return name === 'registry_source' && inputs.pack !== undefined
      ? `, unless \`pack\` is a directory, as in \`./${inputs.pack}\``
      : '';
  };
  return OPERATIONS[operation].needs
    .filter((name) => !given(name))
    .map((name) => new InputProblem(name, `is missing or empty; \`${operation}\` needs it${unless(name)}`));
}

/** Inputs that cannot be meant together. */
function contradictions(inputs: Inputs): InputProblem[] {
  const problems: InputProblem[] = [];
  const add = (input: InputName, message: string) => problems.push(new InputProblem(input, message));
  if (inputs.nomad_auth_method !== undefined && inputs.nomad_token !== undefined) {
    add(
      'nomad_auth_method',
      'and `nomad_token` are both set; a login gets a token of its own, so leave one of them out',
    );
  }
  if (inputs.nomad_auth_audience !== undefined && inputs.nomad_auth_method === undefined) {
    add('nomad_auth_audience', 'is set without `nomad_auth_method`, which it belongs to');
  }
  if ((inputs.nomad_client_cert === undefined) !== (inputs.nomad_client_key === undefined)) {
    const absent = inputs.nomad_client_cert === undefined ? 'nomad_client_cert' : 'nomad_client_key';
    add(absent, 'is missing; a client certificate and its key go together');
  }
  if (inputs.registry !== undefined && inputs.registry_name !== undefined && inputs.registry !== inputs.registry_name) {
    add(
      'registry',
      `is the old name of \`registry_name\`, and they differ (\`${inputs.registry}\` and \`${inputs.registry_name}\`); drop it`,
    );
  }
  return problems;
}

/** A rollout that nobody watches is not known to fail. */
function unwatchedRevert({ operation, wait, on_failure }: Partial<CheckedInputs>): InputProblem[] {
  if (operation !== 'deploy' || wait !== false || on_failure !== 'revert') return [];
  return [
    new InputProblem(
      'on_failure',
      'is `revert`, and `wait` is `false`: a rollout that is not waited for is never taken back. Leave out one of them',
    ),
  ];
}

/** How fast allocations are replaced depends on how the new ones fare. */
function unwatchedRedeploy({ operation, wait, redeploy }: Partial<CheckedInputs>): InputProblem[] {
  if (operation !== 'deploy' || wait !== false || redeploy !== true) return [];
  return [
    new InputProblem(
      'redeploy',
      'is `true`, and `wait` is `false`: allocations are replaced one after the other, as the new ones become healthy. Leave out one of them',
    ),
  ];
}

/** A deploy that somebody takes for a trial would be none. */
function onlyForRollback({ operation, dry_run, rollback_to }: Partial<CheckedInputs>): InputProblem[] {
  if (operation === undefined || operation === 'rollback') return [];
  const problems: InputProblem[] = [];
  if (dry_run === true)
    problems.push(
      new InputProblem(
        'dry_run',
        'is `true`, which only `rollback` knows; `operation: plan` says what a deploy would do',
      ),
    );
  if (rollback_to !== undefined)
    problems.push(
      new InputProblem('rollback_to', `is set, which only \`rollback\` knows (\`operation\` is \`${operation}\`)`),
    );
  return problems;
}

function namedTwice(plain: object, secret: object): InputProblem[] {
  return Object.keys(plain)
    .filter((name) => Object.hasOwn(secret, name))
    .map(
      (name) => new InputProblem('variables', `and \`secret_variables\` both set \`${name}\`; leave one of them out`),
    );
}

async function readSigningKey(written: string | undefined, workspace: string): Promise<string | undefined> {
  if (written === undefined || written.includes('-----BEGIN PGP')) return written;
  const path = resolve(workspace, written);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new InputProblem(
      'nomad_pack_signing_key',
      `must be an armored OpenPGP key or a file that can be read: \`${path}\` ${whyUnreadable(error)}`,
    );
  });
  if (!text.includes('-----BEGIN PGP'))
    throw new InputProblem('nomad_pack_signing_key', `names \`${path}\`, which does not hold an armored OpenPGP key`);
  return text;
}

async function toPath(
  source: PemSource,
  name: string,
  { keepPrivate }: Pick<LoadOptions, 'keepPrivate'>,
): Promise<string> {
  return 'path' in source ? source.path : await keepPrivate(name, source.text);
}

function nomadSettings(
  inputs: CheckedInputs,
  files: { caCert?: string; caPath?: string; clientCert?: string; clientKey?: string },
): NomadSettings {
  return {
    address: inputs.nomad_addr ?? NOMAD_DEFAULT_ADDRESS,
    ...(inputs.nomad_addr === undefined && { isAssumed: true }),
    namespace: inputs.nomad_namespace,
    ...(inputs.nomad_region !== undefined && { region: inputs.nomad_region }),
    tls: {
      ...files,
      ...(inputs.nomad_tls_server_name !== undefined && { serverName: inputs.nomad_tls_server_name }),
      skipVerify: inputs.nomad_skip_verify,
    },
    ...(inputs.nomad_auth_method !== undefined && {
      login: {
        method: inputs.nomad_auth_method,
        ...(inputs.nomad_auth_audience !== undefined && { audience: inputs.nomad_auth_audience }),
      },
    }),
  };
}

function rolloutSettings(inputs: CheckedInputs): RolloutSettings {
  return {
    wait: inputs.wait,
    timeout: inputs.wait_timeout,
    waitFor: inputs.wait_for,
    onFailure: inputs.on_failure,
    allowReplace: inputs.allow_replace,
    adoptJobs: inputs.adopt_jobs,
    preserveCounts: inputs.preserve_counts,
    redeploy: inputs.redeploy,
  };
}

/** What is said of reviews and comments. */
export function reviewSettings(
  inputs: Pick<
    CheckedInputs,
    | 'fail_on_changes'
    | 'fail_on_unhealthy'
    | 'comment'
    | 'comment_label'
    | 'comment_address'
    | 'pull_request_number'
    | 'plan_digest'
  >,
): ReviewSettings {
  return {
    failOnChanges: inputs.fail_on_changes,
    failOnUnhealthy: inputs.fail_on_unhealthy,
    comment: inputs.comment,
    ...(inputs.comment_label !== undefined && { commentLabel: inputs.comment_label }),
    ...(inputs.comment_address && { commentAddress: true }),
    ...(inputs.pull_request_number !== undefined && { pullRequest: inputs.pull_request_number }),
    ...(inputs.plan_digest !== undefined && { digest: inputs.plan_digest }),
  };
}
