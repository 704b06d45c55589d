import { ActionError, type FailureReason } from '../errors.ts';
import { type ConnectionFault, TooLarge } from '../http/faults.ts';
import { ProxyRefused } from '../http/proxy.ts';
import { NomadUnreachableError, PROXY_LOGIN } from './errors.ts';

/** OpenSSL's words for a certificate that does not hold, those aside that have an explanation of their own. */
const BAD_CERTIFICATE =
  /^(?:CERT_|CRL_|UNABLE_TO_|ERROR_IN_|INVALID_(?:CA|PURPOSE)|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH)/;

const UNKNOWN_AUTHORITY = new Set([
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
]);

/** What to throw for an answer that is too large, or a proxy that cannot be used; undefined for any other exception. */
export function lastingFailure(error: unknown, address: string): ActionError | undefined {
  if (error instanceof TooLarge) {
    return new ActionError(
      'nomad-error',
      `What answers at ${address} sends more than ${error.limit / 1024 / 1024} MiB`,
      {
        hint: 'Check that `nomad_addr` is the address of Nomad’s HTTP API. No cluster answers with that much.',
        cause: error,
      },
    );
  }
  if (error instanceof ProxyRefused) {
    return new ActionError('nomad-unreachable', `Nomad at ${address} could not be asked: ${error.message}`, {
      hint: 'Set `https_proxy` (`http_proxy` for an http:// address) to an HTTP proxy, or name Nomad’s host in `no_proxy`.',
      cause: error,
    });
  }
  return undefined;
}

/** What a fault of the connection that stays means: the first rule that fits says so. */
interface Rule {
  readonly fits: (fault: ConnectionFault) => boolean;
  readonly reason?: FailureReason;
  readonly message: (address: string, text: string) => string;
  readonly hint: string;
}

const RULES: readonly Rule[] = [
  {
    fits: ({ code }) => UNKNOWN_AUTHORITY.has(code),
    message: (address, text) =>
      `The certificate of Nomad at ${address} is signed by an authority that is not known here: ${text}`,
    hint: 'Set `nomad_cacert` to the certificate of the authority that signed it (a path or PEM text).',
  },
  {
    fits: ({ code }) => code === 'ERR_TLS_CERT_ALTNAME_INVALID',
    message: (address, text) => `The certificate of Nomad at ${address} is for another name: ${text}`,
    hint: 'Set `nomad_tls_server_name` to a name in the certificate, such as server.global.nomad, or `nomad_addr` to that name.',
  },
  {
    fits: ({ code }) => code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID',
    message: (address, text) => `The certificate of Nomad at ${address} is not valid now: ${text}`,
    hint: 'Renew it on the cluster.',
  },
  {
    fits: ({ code, text }) =>
      /alert(?: number)? ?(?:certificate required|116)|CERTIFICATE_REQUIRED/i.test(`${code} ${text}`),
    message: (address) => `Nomad at ${address} demands a client certificate`,
    hint: 'Set `nomad_client_cert` and `nomad_client_key` (paths or PEM text) to one that the cluster’s authority signed.',
  },
  {
    fits: ({ code, text }) =>
      /ALERT_(BAD_CERTIFICATE|UNKNOWN_CA|CERTIFICATE_UNKNOWN|CERTIFICATE_EXPIRED)|alert (bad|unknown)/i.test(
        `${code} ${text}`,
      ),
    message: (address, text) => `Nomad at ${address} does not accept the client certificate: ${text}`,
    hint: 'Set `nomad_client_cert` and `nomad_client_key` to ones that the cluster’s authority signed and that have not expired.',
  },
  {
    fits: ({ code }) => BAD_CERTIFICATE.test(code),
    message: (address, text) => `The certificate of Nomad at ${address} does not hold: ${text}`,
    hint: 'Check the certificate of the server, and `nomad_cacert`.',
  },
  {
    fits: ({ code }) => /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG/.test(code),
    reason: 'nomad-address',
    message: (address) => `Nomad at ${address} does not speak HTTPS`,
    hint: 'Set `nomad_addr` to an address that begins with http://, or to the port that speaks HTTPS.',
  },
  {
    fits: ({ code }) => /^ERR_(SSL|TLS|OSSL)_/.test(code),
    message: (address, text) => `No TLS connection with Nomad at ${address} came about: ${text}`,
    hint: 'Check `nomad_addr`, `nomad_cacert`, `nomad_client_cert` and `nomad_client_key`.',
  },
  {
    // The words of undici, without a tunnel and with one.
    fits: ({ text }) => /^Proxy (?:Authentication Required|response) \(407\)/.test(text),
    reason: PROXY_LOGIN.reason,
    message: (address) => PROXY_LOGIN.message({ address }),
    hint: PROXY_LOGIN.hint,
  },
  {
    fits: ({ code }) => code === 'ERR_INVALID_URL',
    reason: 'nomad-address',
    message: (address) => `"${address}" is not the address of a Nomad server`,
    hint: 'Set `nomad_addr` to an address such as https://nomad.example.com:4646.',
  },
];

/**
 * What to throw for a fault that stays at a second attempt: a certificate that is not trusted, a protocol that is not spoken.
 * Undefined where trying again may help.
 */
export function permanentFault(fault: ConnectionFault, address: string): ActionError | undefined {
  const rule = RULES.find(({ fits }) => fits(fault));
  if (rule === undefined) return undefined;
  const { reason = 'nomad-tls', message, hint } = rule;
  return new ActionError(reason, message(address, fault.text), { hint });
}

/** What to throw when patience is over. */
export function unreachable(
  fault: ConnectionFault,
  address: string,
  attempts: number,
  seconds: number,
): NomadUnreachableError {
  const tried = attempts === 1 ? 'one attempt' : `${attempts} attempts in ${seconds} s`;
  return new NomadUnreachableError(
    `Nomad at ${address} could not be reached: ${fault.text} (${tried})`,
    hintOf(fault, address),
    fault.unsent,
  );
}

function hintOf({ code, text }: ConnectionFault, address: string): string {
  if (code !== 'ENOTFOUND')
    return 'Check that `nomad_addr` is right and that this runner may connect to it (firewall, VPN, proxy).';
  return text.endsWith(` ${new URL(address).hostname}`)
    ? 'There is no such host. Set `nomad_addr` to the address of the cluster.'
    : 'The runner’s proxy is at a host that there is not. Correct https_proxy (`http_proxy` for an http:// address), or name Nomad’s host in `no_proxy`.';
}
