import type { NomadPackSettings } from '../../settings/settings.ts';
import type { Installation, InstallOptions } from './installation.ts';
import { platformOf } from './platform.ts';
import { findInstalled } from './system.ts';

/**
 * Makes nomad-pack available: the one on PATH, or a release that was verified.
 *
 * @throws ActionError `nomad-pack-missing`, or as `installRelease` does
 */
export async function installNomadPack(settings: NomadPackSettings, options: InstallOptions): Promise<Installation> {
  const { environment, signal } = options;
  if (settings.version === 'system') return await findInstalled(environment, platformOf().program, signal);
  // Loaded where there is something to verify and unpack.
  const { installRelease } = await import('./install-release.ts');
  return await installRelease(settings, options);
}
