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
    const url = URL.canParse(address) ? new URL(address) : undefined;
    return [address, url?.host ?? '', url?.hostname ?? ''];
  });
  const present = [...new Set(forms)].filter((form) => form !== '');
  return (text) => present.reduce((shown, form) => shown.replaceAll(form, '(address)'), text);
}
