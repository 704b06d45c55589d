import { addPath, getIDToken } from '@actions/core';
import { ActionError } from './errors.ts';
import type { NomadClient } from './nomad/client.ts';
import { NomadPack } from './nomad-pack/cli.ts';
import type { Installation } from './nomad-pack/install/install.ts';
import type { Log, SecretKeeper, Tools } from './operations/tools.ts';
import type { PrivateFolder } from './private-folder.ts';
import type { Findings } from './result.ts';
import type { Environment } from './settings/inputs.ts';
import type { NomadSettings, Settings } from './settings/settings.ts';

export interface ToolboxOptions {
  readonly settings: Settings;
  readonly environment: Environment;
  readonly log: Log & { foreign(line: string): void };
  readonly secrets: SecretKeeper;
  readonly findings: Findings;
  readonly folder: PrivateFolder;
  readonly outputFolder: string;
  readonly signal: AbortSignal;
  readonly elapsed: () => number;
}

/** The tools of an operation. Each is made when it is first asked for, and once. */
export function createToolbox(options: ToolboxOptions): Tools & { close(): Promise<void> } {
  const { settings, environment, log, secrets, findings, folder, signal } = options;

  const login = once(async () => await logIn(nomadSettings(settings), options));
  const nomadToken = once(async () =>
    nomadSettings(settings).login === undefined ? nomadSettings(settings).token : (await login()).token,
  );
  const nomad = once(async () => {
    const { NomadClient } = await import('./nomad/client.ts');
    const token = await nomadToken();
    return new NomadClient(nomadSettings(settings), {
      signal,
      log: (line) => log.debug(line),
      ...(token !== undefined && { token }),
      ...(nomadSettings(settings).login !== undefined && {
        renew: async () => (await logIn(nomadSettings(settings), options)).token,
      }),
    });
  });
  const install = once(async () => {
    const { installNomadPack } = await import('./nomad-pack/install/install.ts');
    const installation = await installNomadPack(settings.nomadPack, {
      environment,
      signal,
      log: (line) => log.info(line),
      warn: (line) => log.warning(line),
    });
    findings.nomadPackVersion = installation.version;
    return installation;
  });
  const nomadPack = once(async () => {
    const { path, version } = await install();
    const { passEnv } = settings;
    return new NomadPack({ path, version, folder, environment, passEnv, signal, onLine: (line) => log.foreign(line) });
  });

  return {
    log,
    findings,
    signal,
    secrets,
    folder,
    outputFolder: options.outputFolder,
    elapsed: options.elapsed,
    nomad,
    nomadToken,
    nomadPack,
    install,
    addPath,
    close: async () => {
      if (nomad.begun())
        await nomad().then(
          (client: NomadClient) => client.close(),
          () => undefined,
        );
    },
  };
}

export type { Installation };

function nomadSettings(settings: Settings): NomadSettings {
  if (settings.operation === 'setup') throw new Error('`setup` has no cluster');
  return settings.nomad;
}

async function logIn(nomad: NomadSettings, { log, secrets, signal }: ToolboxOptions): Promise<{ token: string }> {
  const { login } = nomad;
  if (login === undefined) throw new Error('there is no auth method to log in with');
  const { logIn: logInToNomad } = await import('./nomad/login.ts');
  const session = await logInToNomad(nomad, login, {
    signal,
    log: (line: string) => log.debug(line),
    identityToken: async (audience?: string) => await identityToken(audience, secrets),
  });
  secrets.add('Nomad token', session.token);
  log.info(`Logged in to Nomad with the auth method ${login.method}, until ${session.expires.toISOString()}.`);
  return session;
}

/**
 * The workflow's OIDC token.
 *
 * @throws ActionError with the reason `login`
 */
async function identityToken(audience: string | undefined, secrets: SecretKeeper): Promise<string> {
  try {
    const token = await getIDToken(audience);
    secrets.add('OIDC token', token);
    return token;
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    if (/ACTIONS_ID_TOKEN_REQUEST/.test(words)) {
      throw new ActionError(
        'login',
        'The workflow may not ask for an OIDC token, which `nomad_auth_method` logs in with.',
        {
          hint: 'Add to the job:\n  permissions:\n    id-token: write\n    contents: read\nA pull request from a fork never gets one.',
          cause: error,
        },
      );
    }
    throw new ActionError('login', `GitHub gave no OIDC token: ${words.split('\n')[0] ?? ''}`, {
      hint: 'Run the job again; if it stays so, check `nomad_auth_audience` and the permissions of the job.',
      cause: error,
    });
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
