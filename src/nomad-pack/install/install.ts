import type { Environment } from '../../settings/inputs.ts';
import type { NomadPackSettings } from '../../settings/settings.ts';
import type { Patience } from './download.ts';
import type { Installation } from './installation.ts';
import { currentPlatform } from './platform.ts';
import { findInstalled } from './system.ts';

export interface InstallOptions {
  readonly environment: Environment;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
  readonly warn: (line: string) => void;
  /**
   * Where the program goes, a folder for nothing else: absolute. Default: one of the job, which stays when the step has ended. The
   * program on PATH stays where it is.
   */
  readonly into?: string;
  /** How long downloads may take, where it is not what real sites need. */
  readonly patience?: Patience;
}

/**
 * Makes nomad-pack available: the one on PATH, or a release that was verified.
 *
 * @throws ActionError `nomad-pack-missing`, or as `installRelease` does
 */
export async function installNomadPack(settings: NomadPackSettings, options: InstallOptions): Promise<Installation> {
  const { environment, signal } = options;
  if (settings.version === 'system') return await findInstalled(environment, currentPlatform().program, signal);
  // Loaded where there is something to verify and unpack.
  const { installRelease } = await import('./install-release.ts');
  return await installRelease(settings, options);
}
