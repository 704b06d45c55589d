import { join } from 'node:path';
import type { Clients, SharedLook } from './deployment/deployment.ts';
import { Reservations } from './deployments/reservations.ts';
import type { JobRef } from './nomad/api.ts';
import type { NomadClient } from './nomad/client.ts';
import { Clones } from './nomad-pack/clones.ts';
import type { Installation } from './nomad-pack/install/installation.ts';
import { once } from './once.ts';
import type { ActionLog } from './report/log.ts';
import type { Secrets } from './report/redact.ts';
import type { PrivateFolder } from './runner/private-folder.ts';
import { StepStore } from './runner/step-store.ts';
import type { Environment } from './settings/inputs.ts';
import type { NomadCredentials, NomadPackSettings, NomadSettings } from './settings/settings.ts';

export interface WorkshopOptions {
  readonly environment: Environment;
  readonly temporary: string;
  readonly log: ActionLog;
  readonly secrets: Secrets;
  readonly signal: AbortSignal;
  readonly lastMoment: AbortSignal;
  /** Of the step. */
  readonly folder: PrivateFolder;
}

/** A cluster as the step's deployments reach it. */
export interface Cluster extends Required<Clients> {
  /** What Nomad is shown: of the inputs, or of a login that is made once. */
  readonly token: () => Promise<string | undefined>;
}

/**
 * What the deployments of a step share: nomad-pack is installed once, each cluster logged in to once, and each registry fetched once. Each
 * is made when it is first asked for.
 */
export class Workshop {
  /** What the steps of a job leave for each other. */
  readonly store: StepStore;
  readonly clones: Clones;
  /** Which deployment registers which jobs. */
  readonly reservations = new Reservations();
  /** nomad-pack, installed and verified. */
  readonly installation: () => Promise<Installation>;
  readonly #options: WorkshopOptions;
  readonly #sessions = new Map<string, Session>();
  readonly #clients = new Map<string, () => Promise<NomadClient>>();
  readonly #looks = new Map<string, SharedLook>();
  readonly #made: Promise<NomadClient>[] = [];

  constructor(nomadPack: NomadPackSettings, options: WorkshopOptions) {
    const { environment, temporary, folder } = options;
    this.#options = options;
    this.store = new StepStore(environment, temporary);
    this.clones = new Clones(folder);
    // Where it cannot be left for later steps, it goes away with this one. `.cache` hides no file of the workspace.
    const into = join(folder.path, '.cache', 'bin');
    this.installation = once(async () => await install(nomadPack, this.store, options, into));
  }

  /** Deployments with the same settings and credentials get the same client, and those that differ in the namespace alone, the same login. */
  cluster(settings: NomadSettings, credentials: NomadCredentials): Cluster {
    const { namespace: _, ...reached } = settings;
    const session = recall(this.#sessions, [reached, credentials], () => this.#open(settings, credentials));
    const make = async (signal: AbortSignal) => await this.#connect(settings, credentials, session, signal);
    const nomad = recall(this.#clients, [settings, credentials], () =>
      once(async () => {
        const client = make(this.#options.signal);
        this.#made.push(client);
        return await client;
      }),
    );
    const look = recall(this.#looks, [reached, credentials], () => lookThrough(nomad));
    return { token: session.token, nomad, lastNomad: async () => await make(this.#options.lastMoment), look };
  }

  /** Ends all connections. */
  async close(): Promise<void> {
    const clients = await Promise.allSettled(this.#made);
    await Promise.all(clients.map(async (made) => made.status === 'fulfilled' && (await made.value.close())));
  }

  #open(settings: NomadSettings, credentials: NomadCredentials): Session {
    const { login } = settings;
    if (login === undefined) return { token: async () => credentials.token };
    let token: Promise<string> | undefined;
    const renew = async () => {
      token = logIn(settings, login, credentials, this.#options);
      return await token;
    };
    return { token: async () => await (token ?? renew()), renew };
  }

  async #connect(
    settings: NomadSettings,
    { httpAuth }: NomadCredentials,
    session: Session,
    signal: AbortSignal,
  ): Promise<NomadClient> {
    const [{ NomadClient }, token] = await Promise.all([import('./nomad/client.ts'), session.token()]);
    const { log } = this.#options;
    return new NomadClient(settings, {
      signal,
      log: (line) => log.debug(line),
      ...(token !== undefined && { token }),
      ...(httpAuth !== undefined && { httpAuth }),
      ...(session.renew !== undefined && { renew: session.renew }),
    });
  }
}

/** Each thing is asked for once, when it is first wanted. */
function lookThrough(nomad: () => Promise<NomadClient>): SharedLook {
  const survey = once(async () => {
    const { surveyCluster } = await import('./nomad/survey.ts');
    return await surveyCluster(await nomad());
  });
  const ownerless = new Map<string, () => Promise<readonly JobRef[]>>();
  const list = async (namespaces: ReadonlySet<string>) => {
    const { listOwnerless } = await import('./nomad/survey.ts');
    return await listOwnerless(await nomad(), namespaces);
  };
  return {
    survey: async (name) => (await survey())(name),
    ownerless: async (namespaces) =>
      await recall(ownerless, [...namespaces].sort(), () => once(async () => await list(namespaces)))(),
  };
}

/** The token by which a cluster knows the step. */
interface Session {
  /** The newest one. */
  readonly token: () => Promise<string | undefined>;
  /** Logs in again; absent where the token is of the inputs. */
  readonly renew?: () => Promise<string>;
}

/** @param into the folder to install into; without it nomad-pack stays for later steps */
export async function install(
  nomadPack: NomadPackSettings,
  store: StepStore,
  { environment, log, signal }: Pick<WorkshopOptions, 'environment' | 'log' | 'signal'>,
  into?: string,
): Promise<Installation> {
  const { installNomadPack } = await import('./nomad-pack/install/install.ts');
  return await installNomadPack(nomadPack, {
    environment,
    signal,
    store,
    log: (line) => log.info(line),
    warn: (line) => log.warning(line),
    ...(into !== undefined && { into }),
  });
}

/** Logs in to Nomad with the workflow's identity; the token is masked before anything else happens. */
async function logIn(
  settings: NomadSettings,
  login: NonNullable<NomadSettings['login']>,
  { httpAuth }: NomadCredentials,
  { environment, log, secrets, signal }: WorkshopOptions,
): Promise<string> {
  const [{ NomadClient }, { exchangeToken }, { identityToken }] = await Promise.all([
    import('./nomad/client.ts'),
    import('./nomad/login.ts'),
    import('./runner/identity-token.ts'),
  ]);
  const debug = (line: string) => log.debug(line);
  const client = new NomadClient(settings, { signal, log: debug, ...(httpAuth !== undefined && { httpAuth }) });
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

/** What was made for the same before. */
function recall<T>(made: Map<string, T>, what: unknown, make: () => T): T {
  const key = JSON.stringify(what);
  const known = made.get(key);
  if (known !== undefined) return known;
  const one = make();
  made.set(key, one);
  return one;
}
