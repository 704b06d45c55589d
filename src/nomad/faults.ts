import { ActionError } from '../errors.ts';
import { type ConnectionFault, TooLarge } from '../http/faults.ts';
import { ProxyRefused } from '../http/proxy.ts';
import { NomadUnreachableError } from './errors.ts';

/** OpenSSL's words for a certificate that does not hold, those aside that have an explanation of their own. */
const badCertificate =
  /^(?:CERT_|CRL_|UNABLE_TO_|ERROR_IN_|INVALID_(?:CA|PURPOSE)|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH)/;

const unknownAuthority = new Set([
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
]);

/** What to throw for an answer that is too large, or a proxy that cannot be used; undefined for any other exception. */
export function lastingFailure(error: unknown, address: string): ActionError | undefined {
  if (error instanceof TooLarge) {
    return new ActionError('nomad-error', `Nomad’s answer is larger than ${error.limit / 1024 / 1024} MiB`);
  }
  if (error instanceof ProxyRefused) {
    return new ActionError('nomad-unreachable', `Nomad at ${address} could not be asked: ${error.message}`, {
      hint: 'Set https_proxy (http_proxy for an http:// address) to an HTTP proxy, or name Nomad’s host in no_proxy.',
      cause: error,
    });
  }
  return undefined;
}

/**
 * What to throw for a fault that stays at a second attempt: a certificate that is not trusted, a protocol that is not spoken.
 * Undefined where trying again may help.
 */
export function permanentFault({ code, text }: ConnectionFault, address: string): ActionError | undefined {
  const fail = (message: string, hint: string) => new ActionError('nomad-tls', message, { hint });
  if (unknownAuthority.has(code)) {
    return fail(
      `The certificate of Nomad at ${address} is signed by an authority that is not known here: ${text}`,
      'Set `nomad_cacert` to the certificate of the authority that signed it (a path or PEM text).',
    );
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return fail(
      `The certificate of Nomad at ${address} is for another name: ${text}`,
      'Set `nomad_tls_server_name` to a name in the certificate, such as server.global.nomad, or `nomad_addr` to that name.',
    );
  }
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') {
    return fail(`The certificate of Nomad at ${address} is not valid now: ${text}`, 'Renew it on the cluster.');
  }
  if (/alert(?: number)? ?(?:certificate required|116)|CERTIFICATE_REQUIRED/i.test(`${code} ${text}`)) {
    return fail(
      `Nomad at ${address} demands a client certificate`,
      'Set `nomad_client_cert` and `nomad_client_key` (paths or PEM text) to one that the cluster’s authority signed.',
    );
  }
  if (
    /ALERT_(BAD_CERTIFICATE|UNKNOWN_CA|CERTIFICATE_UNKNOWN|CERTIFICATE_EXPIRED)|alert (bad|unknown)/i.test(
      `${code} ${text}`,
    )
  ) {
    return fail(
      `Nomad at ${address} does not accept the client certificate: ${text}`,
      'Set `nomad_client_cert` and `nomad_client_key` to ones that the cluster’s authority signed and that have not expired.',
    );
  }
  if (badCertificate.test(code)) {
    return fail(
      `The certificate of Nomad at ${address} does not hold: ${text}`,
      'Check the certificate of the server, and `nomad_cacert`.',
    );
  }
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG/.test(code)) {
    return new ActionError('nomad-address', `Nomad at ${address} does not speak HTTPS`, {
      hint: 'Set `nomad_addr` to an address that begins with http://, or to the port that speaks HTTPS.',
    });
  }
  if (/^ERR_(SSL|TLS|OSSL)_/.test(code)) {
    return fail(
      `No TLS connection with Nomad at ${address} came about: ${text}`,
      'Check `nomad_addr`, `nomad_cacert`, `nomad_client_cert` and `nomad_client_key`.',
    );
  }
  if (code === 'ERR_INVALID_URL') {
    return new ActionError('nomad-address', `"${address}" is no address of a Nomad server`, {
      hint: 'Set `nomad_addr` to an address such as https://nomad.example.com:4646.',
    });
  }
  return undefined;
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
    fault.code === 'ENOTFOUND'
      ? 'There is no such host. Set `nomad_addr` to the address of the cluster.'
      : 'Check that `nomad_addr` is right and that this runner may connect to it (firewall, VPN, proxy).',
    fault.unsent,
  );
}
