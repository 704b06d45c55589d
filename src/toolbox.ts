import { join } from 'node:path';
import { Deployment } from './deployment/deployment.ts';
import type { JobStore } from './job-store.ts';
import { NomadPack } from './nomad-pack/cli.ts';
import type { Installation } from './nomad-pack/install/installation.ts';
import { isDebugLine } from './nomad-pack/output.ts';
import type { SetupTools, Tools } from './operations/tools.ts';
import { OPERATIONS } from './operations.ts';
import type { WorkRecord } from './record.ts';
import type { ActionLog } from './report/log.ts';
import type { Secrets } from './report/redact.ts';
import { addPath } from './runner/commands.ts';
import type { PrivateFolder } from './runner/private-folder.ts';
import { StepStore } from './runner/step-store.ts';
import type { Environment } from './settings/inputs.ts';
import type { Credentials, DeploymentSettings, NomadSettings, Settings, SetupSettings } from './settings/settings.ts';

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
  readonly lastMoment: AbortSignal;
}

/** The tools of `setup`, which installs for the steps that follow. */
export function createSetupTools(options: CommonOptions & { readonly settings: SetupSettings }): SetupTools {
  const { settings, environment, log, record } = options;
  const store = new StepStore(environment, options.temporary);
  const installation = once(async () => await install(settings, store, options));
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
  close(): Promise<void>;
}

export function createToolbox(options: ToolboxOptions): Toolbox {
  const { settings, credentials, environment, log, secrets, record, folder, signal } = options;
  const { token: givenToken, httpAuth } = credentials.nomad;
  const { login } = settings.nomad;

  const renew = login && (async () => await logIn(login, options));
  const nomadToken = once(async () => (renew === undefined ? givenToken : await renew()));
  const makeClient = async (until: AbortSignal) => {
    const [{ NomadClient }, token] = await Promise.all([import('./nomad/client.ts'), nomadToken()]);
    return new NomadClient(settings.nomad, {
      signal: until,
      log: (line) => log.debug(line),
      ...(token !== undefined && { token }),
      ...(httpAuth !== undefined && { httpAuth }),
      ...(renew !== undefined && { renew }),
    });
  };
  const nomad = once(async () => await makeClient(signal));
  const store = new StepStore(environment, options.temporary);
  // Where it cannot be left for later steps, it goes away with this one. `.cache` hides no file of the workspace.
  const installation = once(async () => await install(settings, store, options, join(folder.path, '.cache', 'bin')));
  // At once, as above.
  if (OPERATIONS[settings.operation].runsNomadPack) installation().catch(() => undefined);
  const nomadPack = once(async () => {
    // At once, too: it is under way while nomad-pack is installed.
    nomadToken().catch(() => undefined);
    const { withAuthorities } = await import('./nomad-pack/trust.ts');
    const [{ path, version }, trusting] = await Promise.all([installation(), withAuthorities(environment, folder)]);
    return new NomadPack({
      path,
      version,
      folder,
      environment: trusting,
      passEnv: settings.passEnv,
      registryCredentials: credentials.registry,
      nomadToken,
      httpAuth,
      signal,
      store,
      onLine: (line) => log.foreign(line, isDebugLine(line)),
      log: (line) => log.info(line),
    });
  });

  const { secretVariables } = credentials;
  const { temporary } = options;
  return {
    deployment: new Deployment(settings, { nomad, lastNomad: async () => await makeClient(options.lastMoment) }),
    tools: { log, record, signal, secrets, secretVariables, folder, temporary, nomadPack },
    close: async () => {
      if (nomad.begun())
        await nomad().then(
          (client) => client.close(),
          () => undefined,
        );
    },
  };
}

/** @param into the folder to install into; without it nomad-pack stays for later steps */
async function install(
  { nomadPack }: Settings,
  store: JobStore,
  { environment, log, record, signal }: CommonOptions,
  into?: string,
): Promise<Installation> {
  const { installNomadPack } = await import('./nomad-pack/install/install.ts');
  const installation = await installNomadPack(nomadPack, {
    environment,
    signal,
    store,
    log: (line) => log.info(line),
    warn: (line) => log.warning(line),
    ...(into !== undefined && { into }),
  });
  installation.version.then(
    (version) => {
      record.know({ nomadPackVersion: version });
    },
    () => undefined,
  );
  return installation;
}

/** Logs in to Nomad with the workflow's identity; the token is masked before anything else happens. */
async function logIn(
  login: NonNullable<NomadSettings['login']>,
  { settings, credentials, environment, log, secrets, signal }: ToolboxOptions,
): Promise<string> {
  const [{ NomadClient }, { exchangeToken }, { identityToken }] = await Promise.all([
    import('./nomad/client.ts'),
    import('./nomad/login.ts'),
    import('./runner/identity-token.ts'),
  ]);
  const debug = (line: string) => log.debug(line);
  const { httpAuth } = credentials.nomad;
  const client = new NomadClient(settings.nomad, { signal, log: debug, ...(httpAuth !== undefined && { httpAuth }) });
  try {
    const { secret, expires } = await exchangeToken(client, login, async (audience) => {
      const token = await identityToken({ environment, audience, signal, log: debug });
      secrets.add('OIDC token', token);
      return token;
    });
    secrets.add('Nomad token', secret);
    log.info(`Logged in to Nomad with the auth method ${login.method}, until ${expires.toISOString()}.`);
    return secret;
  } finally {
    await client.close();
  }
}

function once<T>(make: () => Promise<T>): (() => Promise<T>) & { begun(): boolean } {
  let made: Promise<T> | undefined;
  const get = () => {
    made ??= make();
    return made;
  };
  return Object.assign(get, { begun: () => made !== undefined });
}
