import type { CombinedEnd } from '../combined.ts';
import type { ActionError } from '../errors.ts';
import type { Result } from '../result.ts';
import type { DeploymentSettings } from '../settings/settings.ts';
import { redactFailure, redactLeaves } from './redact-end.ts';

type Hide = (text: string) => string;

/** The same without the cluster's address, for a comment that everybody may read. */
export function withoutAddress<Told extends { readonly result: Result; readonly settings: DeploymentSettings }>(
  told: Told,
  hide = hiding([told.settings.nomad.address]),
): Told {
  const { failure, ...rest } = told.result;
  const { settings } = told;
  return {
    ...told,
    result: {
      ...redactLeaves(rest, { redact: hide }),
      ...(failure !== undefined && { failure: hiddenIn(failure, hide) }),
    },
    settings: { ...settings, nomad: { ...settings.nomad, address: '' } },
  };
}

/** The same of many deployments. */
export function withoutAddresses(end: CombinedEnd): CombinedEnd {
  const hide = hiding(end.deployments.map(({ settings }) => settings.nomad.address));
  const { failure } = end;
  return {
    ...end,
    ...(failure !== undefined && { failure: hiddenIn(failure, hide) }),
    deployments: end.deployments.map((one) => withoutAddress(one, hide)),
  };
}

function hiddenIn(failure: ActionError, hide: Hide): ActionError {
  return redactFailure(failure, { secrets: { redact: hide }, reasonsUrl: failure.link?.split('#')[0] });
}

/** The addresses as they are written, and their hosts alone, as errors of the system name them. */
function hiding(addresses: readonly string[]): Hide {
  const forms = addresses.flatMap((address) => {
    const { host, hostname } = URL.canParse(address) ? new URL(address) : { host: '', hostname: '' };
    return [address, host, ...(isTelling(hostname) ? [hostname] : [])];
  });
  const present = [...new Set(forms)].filter((form) => form !== '');
  if (present.length === 0) return (text) => text;
  // A name that is longer is another one.
  const pattern = new RegExp(`(?<![\\w.-])(?:${present.map(literal).join('|')})(?![\\w-]|\\.\\w)`, 'g');
  return (text) => text.replace(pattern, '(address)');
}

/** Whether a host tells where the cluster is: every machine calls itself \`127.0.0.1\`, and \`nomad\` is a word of many texts. */
function isTelling(hostname: string): boolean {
  return /[.:]/.test(hostname) && !/^(?:127\.|\[::1\]$|localhost\.)/.test(hostname);
}

/** The text as a pattern that only it fits. */
function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
