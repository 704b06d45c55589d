import type { PrivateFolder } from '../runner/private-folder.ts';
import type { RegistryCredentials, RegistrySettings } from '../settings/settings.ts';
import { placeRegistry, registryFolder } from './cache.ts';

interface Clone {
  readonly folder: PrivateFolder;
  readonly registry: RegistrySettings;
  readonly commit: string | undefined;
}

/**
 * The registries of a step over many deployments: each is fetched once at each ref, however many take a pack of it. Each in a folder of its
 * own, because nomad-pack cannot fetch two registries into one cache at the same time.
 */
export class Clones {
  readonly #folder: PrivateFolder;
  readonly #clones = new Map<string, Promise<Clone>>();

  /** @param folder of the step */
  constructor(folder: PrivateFolder) {
    this.#folder = folder;
  }

  /**
   * Puts a registry where nomad-pack looks for it.
   *
   * @param credentials what was fetched with one token is not handed to a deployment with another
   * @param folder of the deployment
   * @param fetch fetches it into the folder that it is given
   * @returns the commit, where there is one
   * @throws what `fetch` throws, to all that ask for the same
   */
  async place(
    registry: RegistrySettings,
    credentials: RegistryCredentials | undefined,
    folder: PrivateFolder,
    fetch: (folder: PrivateFolder) => Promise<string | undefined>,
  ): Promise<string | undefined> {
    const key = JSON.stringify([registry.source, registry.ref, credentials]);
    const known = this.#clones.get(key);
    const clone = known ?? this.#make(registry, fetch);
    if (known === undefined) this.#clones.set(key, clone);
    const made = await clone;
    await placeRegistry(registryFolder(made.folder.path, made.registry), folder.path, registry);
    return made.commit;
  }

  async #make(
    registry: RegistrySettings,
    fetch: (folder: PrivateFolder) => Promise<string | undefined>,
  ): Promise<Clone> {
    const folder = await this.#folder.within(`clone-${this.#clones.size}`);
    return { folder, registry, commit: await fetch(folder) };
  }
}
