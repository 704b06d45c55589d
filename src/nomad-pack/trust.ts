import { authorities, namesAuthorities } from '../http/authorities.ts';
import type { PrivateFolder } from '../runner/private-folder.ts';
import type { Environment } from './environment.ts';

/**
 * The environment in which nomad-pack and git trust the same authorities as the action's own requests. By themselves neither heeds
 * NODE_EXTRA_CA_CERTS, and git heeds SSL_CERT_FILE no more; a GIT_SSL_CAINFO of the user's stays. On macOS and Windows Go's programs
 * trust what the system trusts, whatever the environment says.
 */
export async function withAuthorities(environment: Environment, folder: PrivateFolder): Promise<Environment> {
  if (!namesAuthorities(environment)) return environment;
  const bundle = await folder.write('.nomad-pack-authorities.pem', `${(await authorities(environment)).join('\n')}\n`);
  return { ...environment, SSL_CERT_FILE: bundle, GIT_SSL_CAINFO: environment['GIT_SSL_CAINFO'] || bundle };
}
