import { BlockList, isIP } from 'node:net';
import { OPERATIONS } from '../operations.ts';
import type { Environment } from './inputs.ts';
import type { Credentials, Settings } from './settings.ts';

/** Something to say of inputs that are not wrong. */
export interface Remark {
  /** `info` where the network may well be the user's own: they know, and a warning at every deploy would teach them to read none. */
  readonly level: 'warning' | 'info';
  readonly text: string;
}

const HERE = new BlockList();
HERE.addSubnet('127.0.0.0', 8, 'ipv4');
HERE.addAddress('::1', 'ipv6');

/** RFC 1918, RFC 6598 (which VPNs use), RFC 4193. */
const PRIVATE = new BlockList();
PRIVATE.addSubnet('10.0.0.0', 8, 'ipv4');
PRIVATE.addSubnet('172.16.0.0', 12, 'ipv4');
PRIVATE.addSubnet('192.168.0.0', 16, 'ipv4');
PRIVATE.addSubnet('100.64.0.0', 10, 'ipv4');
PRIVATE.addSubnet('fc00::', 7, 'ipv6');

/**
 * The tokens that plain http carries beyond this machine.
 *
 * Git hosts speak https, so a registry's token is always worth a warning. Many a cluster in a private network speaks http only: that is a
 * warning where the runner is one of GitHub's own, which is in nobody's network, and the address is not one that only a VPN leads to.
 */
export function tokensInTheClear(settings: Settings, credentials: Credentials, environment: Environment): Remark[] {
  if (settings.operation === 'setup') return [];
  const { operation, nomad } = settings;
  const registry = OPERATIONS[operation].fetchesRegistry ? settings.registry : undefined;
  const remarks: Remark[] = [];
  if (credentials.registry !== undefined && registry?.origin !== undefined && isReadable(registry.origin)) {
    remarks.push({
      level: 'warning',
      text: `\`registry_token\` goes to ${registry.origin} over plain http: whoever is in between can read it. Use an https address as \`registry_source\`.`,
    });
  }
  // Rendering sends Nomad nothing by itself, and a template that asks it does so with the token.
  if ((credentials.nomad.token !== undefined || nomad.login !== undefined) && isReadable(nomad.address)) {
    const isPublic = environment['RUNNER_ENVIRONMENT'] === 'github-hosted' && !isIn(PRIVATE, nomad.address);
    remarks.push({
      level: isPublic ? 'warning' : 'info',
      text: `The token for Nomad goes to ${nomad.address} over plain http: whoever is in between can read it, unless a VPN carries it. Use an https address as \`nomad_addr\`.`,
    });
  }
  return remarks;
}

/** Whether others can read what is sent there. */
function isReadable(address: string): boolean {
  if (!address.startsWith('http://')) return false;
  const name = hostOf(address);
  return name !== 'localhost' && !name.endsWith('.localhost') && !isIn(HERE, address);
}

function isIn(list: BlockList, address: string): boolean {
  const host = hostOf(address);
  const version = isIP(host);
  return version !== 0 && list.check(host, version === 4 ? 'ipv4' : 'ipv6');
}

function hostOf(address: string): string {
  return new URL(address).hostname.replace(/^\[|\]$/g, '');
}
