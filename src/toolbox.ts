import { join } from 'node:path';
import { NomadPack } from './nomad-pack/cli.ts';
import { isDebugLine } from './nomad-pack/output.ts';
import type { Log, SecretKeeper, Tools } from './operations/tools.ts';
import { OPERATIONS } from './operations.ts';
import type { Findings } from './result.ts';
import { addPath } from './runner/commands.ts';
import type { PrivateFolder } from './runner/private-folder.ts';
import type { Environment } from './settings/inputs.ts';
import type { Credentials, NomadSettings, Settings } from './settings/settings.ts';

export interface ToolboxOptions {
  readonly settings: Settings;
  readonly credentials: Omit<Credentials, 'githubToken'>;
  readonly environment: Environment;
  readonly log: Log & { foreign(line: string, isTracing: boolean): void };
  readonly secrets: SecretKeeper;
  readonly findings: Findings;
  readonly folder: PrivateFolder;
  readonly temporary: string;
  readonly signal: AbortSignal;
  readonly lastMoment: AbortSignal;
  readonly elapsed: () => number;
}

/** The tools of an operation. Each is made when it is first asked for, and once. */
export function createToolbox(options: ToolboxOptions): Tools & { close(): Promise<void> } {
  const { settings, credentials, environment, log, secrets, findings, folder, signal } = options;

  const nomadToken = once(async () => {
    const { login } = nomadSettings(settings);
    return login === undefined ? credentials.nomad.token : await logIn(settings, options);
  });
  const makeClient = async (until: AbortSignal) => {
    const [{ NomadClient }, token] = await Promise.all([import('./nomad/client.ts'), nomadToken()]);
    const { httpAuth } = credentials.nomad;
    return new NomadClient(nomadSettings(settings), {
      signal: until,
      log: (line) => log.debug(line),
      ...(token !== undefined && { token }),
      ...(httpAuth !== undefined && { httpAuth }),
      ...(nomadSettings(settings).login !== undefined && { renew: async () => await logIn(settings, options) }),
    });
  };
  const nomad = once(async () => await makeClient(signal));
  const install = once(async () => {
    const { installNomadPack } = await import('./nomad-pack/install/install.ts');
    const installation = await installNomadPack(settings.nomadPack, {
      environment,
      signal,
      log: (line) => log.info(line),
      warn: (line) => log.warning(line),
      // `setup` installs for the steps that follow; else it goes away with the step. `.cache` hides no file of the workspace.
      ...(settings.operation !== 'setup' && { into: join(folder.path, '.cache', 'bin') }),
    });
    installation.version.then(
      (version) => {
        findings.nomadPackVersion = version;
      },
      () => undefined,
    );
    return installation;
  });
  // At once, while the code of the operation is still to be loaded. A failure is thrown where it is awaited.
  if (OPERATIONS[settings.operation].runsNomadPack) install().catch(() => undefined);
  const nomadPack = once(async () => {
    // At once, too: it is under way while nomad-pack is installed.
    nomadToken().catch(() => undefined);
    const { withAuthorities } = await import('./nomad-pack/trust.ts');
    const [{ path, version }, trusting] = await Promise.all([install(), withAuthorities(environment, folder)]);
    const { passEnv } = settings;
    return new NomadPack({
      path,
      version,
      folder,
      environment: trusting,
      passEnv,
      registryCredentials: credentials.registry,
      nomadToken,
      httpAuth: credentials.nomad.httpAuth,
      signal,
      onLine: (line) => log.foreign(line, isDebugLine(line)),
      log: (line) => log.info(line),
    });
  });

  return {
    log,
    findings,
    signal,
    secrets,
    secretVariables: credentials.secretVariables,
    folder,
    temporary: options.temporary,
    elapsed: options.elapsed,
    nomad,
    lastNomad: async () => await makeClient(options.lastMoment),
    nomadPack,
    install,
    addPath: (folder) => addPath(environment, folder),
    close: async () => {
      if (nomad.begun())
        await nomad().then(
          (client) => client.close(),
          () => undefined,
        );
    },
  };
}

function nomadSettings(settings: Settings): NomadSettings {
  if (settings.operation === 'setup') throw new Error('`setup` has no cluster');
  return settings.nomad;
}

/** Logs in to Nomad with the workflow's identity; the token is masked before anything else happens. */
async function logIn(
  settings: Settings,
  { credentials, environment, log, secrets, signal }: ToolboxOptions,
): Promise<string> {
  const nomad = nomadSettings(settings);
  if (nomad.login === undefined) throw new Error('there is no auth method to log in with');
  const [{ NomadClient }, { logIn }, { identityToken }] = await Promise.all([
    import('./nomad/client.ts'),
    import('./nomad/login.ts'),
    import('./runner/identity-token.ts'),
  ]);
  const debug = (line: string) => log.debug(line);
  const { httpAuth } = credentials.nomad;
  const client = new NomadClient(nomad, { signal, log: debug, ...(httpAuth !== undefined && { httpAuth }) });
  try {
    const { secret, expires } = await logIn(client, nomad.login, async (audience) => {
      const token = await identityToken({ environment, audience, signal, log: debug });
      secrets.add('OIDC token', token);
      return token;
    });
    secrets.add('Nomad token', secret);
    log.info(`Logged in to Nomad with the auth method ${nomad.login.method}, until ${expires.toISOString()}.`);
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
