import { Deployment } from './deployment/deployment.ts';
import { NomadPack } from './nomad-pack/cli.ts';
import type { Installation } from './nomad-pack/install/installation.ts';
import { isDebugLine } from './nomad-pack/output.ts';
import { once } from './once.ts';
import type { SetupTools, Tools } from './operations/tools.ts';
import { OPERATIONS } from './operations.ts';
import type { WorkRecord } from './record.ts';
import type { ActionLog } from './report/log.ts';
import type { Secrets } from './report/redact.ts';
import { addPath } from './runner/commands.ts';
import { originOf } from './runner/event.ts';
import type { PrivateFolder } from './runner/private-folder.ts';
import { StepStore } from './runner/step-store.ts';
import type { Environment } from './settings/inputs.ts';
import type { Credentials, DeploymentSettings, SetupSettings } from './settings/settings.ts';
import { install, type Workshop } from './workshop.ts';

interface CommonOptions {
  readonly environment: Environment;
  readonly temporary: string;
  readonly log: ActionLog;
  readonly record: WorkRecord;
  readonly signal: AbortSignal;
}

export interface ToolboxOptions extends CommonOptions {
  readonly settings: DeploymentSettings;
  readonly credentials: Omit<Credentials, 'githubToken'>;
  readonly secrets: Secrets;
  readonly folder: PrivateFolder;
  readonly workshop: Workshop;
  /** Whether the step works on other deployments beside it, which may be of the same registry and cluster. */
  readonly isOneOfMany: boolean;
  /** Of the deployment in its file, where it has one. */
  readonly name?: string;
}

/** The tools of `setup`, which installs for the steps that follow. */
export function createSetupTools(options: CommonOptions & { readonly settings: SetupSettings }): SetupTools {
  const { settings, environment, log, record } = options;
  const store = new StepStore(environment, options.temporary);
  const installation = once(async () => noting(await install(settings.nomadPack, store, options), record));
  // At once, while the code of the operation is still to be loaded. A failure is thrown where it is awaited.
  installation().catch(() => undefined);
  return {
    log,
    record,
    install: installation,
    addPath: (folder) => addPath(environment, folder),
  };
}

/** A deployment, and the tools of an operation on it. Each is made when it is first asked for, and once. */
export interface Toolbox {
  readonly deployment: Deployment;
  readonly tools: Tools;
}

export function createToolbox(options: ToolboxOptions): Toolbox {
  const { settings, credentials, environment, log, secrets, record, folder, signal, workshop, temporary, isOneOfMany } =
    options;
  const cluster = workshop.cluster(settings.nomad, credentials.nomad);
  const { token: nomadToken, nomad, lastNomad, look } = cluster;
  const shares = isOneOfMany && !OPERATIONS[settings.operation].changesCluster;
  const installation = once(async () => noting(await workshop.installation(), record));
  // At once, as above.
  if (OPERATIONS[settings.operation].runsNomadPack) installation().catch(() => undefined);
  const nomadPack = once(async () => {
    // At once, too: it is under way while nomad-pack is installed.
    nomadToken().catch(() => undefined);
    const { withAuthorities } = await import('./nomad-pack/trust.ts');
    const trusting = await withAuthorities(environment, folder);
    // Thrown where they are awaited.
    const program = installation().then(({ path }) => path);
    const version = installation().then(async ({ version }) => await version);
    for (const awaited of [program, version]) awaited.catch(() => undefined);
    return new NomadPack({
      program,
      version,
      folder,
      environment: trusting,
      passEnv: settings.passEnv,
      registryCredentials: credentials.registry,
      nomadToken,
      httpAuth: credentials.nomad.httpAuth,
      signal,
      store: workshop.store,
      ...(isOneOfMany && { clones: workshop.clones }),
      onLine: (line) => log.foreign(line, isDebugLine(line)),
      log: (line) => log.info(line),
    });
  });
  const installed = async () => await (await nomadPack()).program;
  const { secretVariables } = credentials;
  return {
    deployment: new Deployment(settings, { nomad, lastNomad, ...(shares && { look }) }),
    tools: {
      log,
      record,
      origin: originOf(environment),
      signal,
      secrets,
      secretVariables,
      folder,
      temporary,
      reserve: (jobs) => workshop.reservations.take(options.name ?? settings.deploymentName, settings.nomad, jobs),
      nomadPack,
      // Over a file the step has told it before.
      untilInstalled: async () => await (isOneOfMany ? installed() : log.phase('Install nomad-pack', installed)),
    },
  };
}

/** Notes the version, as soon as it is known. */
function noting(installation: Installation, record: WorkRecord): Installation {
  installation.version.then(
    (version) => record.know({ nomadPackVersion: version }),
    () => undefined,
  );
  return installation;
}
