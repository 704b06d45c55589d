import { readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import tls from 'node:tls';
import type { Environment } from './proxy.ts';

/** Where Linux distributions keep the authorities that the machine trusts: the first file that there is, and all folders. As in Go's crypto/x509. */
const SYSTEM_FILES: readonly string[] = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/tls/cacert.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/cert.pem',
];
const SYSTEM_FOLDERS: readonly string[] = ['/etc/ssl/certs', '/etc/pki/tls/certs'];

/** The variables that change whom a program trusts. */
const VARIABLES = ['SSL_CERT_FILE', 'SSL_CERT_DIR', 'NODE_EXTRA_CA_CERTS'] as const;

/** One reading serves all requests of the step; tests change the variables. */
const known = new Map<string, Promise<readonly string[]>>();

/**
 * The authorities that every HTTPS request of the action trusts, unless it is told of others: those that Go's programs trust on this
 * machine (its store, or what SSL_CERT_FILE and SSL_CERT_DIR name instead), and those of NODE_EXTRA_CA_CERTS. PEM, one certificate
 * each. A machine without any has Node's own.
 */
export async function authorities(environment: Environment): Promise<readonly string[]> {
  const key = JSON.stringify(VARIABLES.map((name) => environment[name]));
  const reading = known.get(key) ?? readAuthorities(environment);
  known.set(key, reading);
  return await reading;
}

/**
 * Whether the environment names authorities that the programs of this machine do not all heed: Go's heed SSL_CERT_FILE and
 * SSL_CERT_DIR, Node's NODE_EXTRA_CA_CERTS, and git neither.
 */
export function namesAuthorities(environment: Environment): boolean {
  return VARIABLES.some((name) => (environment[name] ?? '') !== '');
}

/** The certificates in a text; anything else in it is passed over. */
export function certificatesIn(text: string): string[] {
  return text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
}

/** The certificates of all files below a folder, as Nomad reads NOMAD_CAPATH. Throws what reading throws. */
export async function certificatesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const texts = await Promise.all(
    entries
      .filter((entry) => !entry.isDirectory())
      .map(async (entry) => await readFile(join(entry.parentPath, entry.name), 'utf8')),
  );
  return texts.flatMap(certificatesIn);
}

async function readAuthorities(environment: Environment): Promise<readonly string[]> {
  const [system, extra] = await Promise.all([
    systemAuthorities(environment),
    readIfThere(environment['NODE_EXTRA_CA_CERTS']),
  ]);
  if (system.length === 0) return [...new Set([...nodeAuthorities(), ...certificatesIn(extra)])];
  return [...new Set([...system, ...certificatesIn(extra)])];
}

async function systemAuthorities(environment: Environment): Promise<readonly string[]> {
  // Both systems fetch some authorities only when they meet them, and keep others apart: what Node brings is needed besides.
  if (process.platform === 'darwin' || process.platform === 'win32') {
    return [...nodeAuthorities(), ...(tls.getCACertificates?.('system') ?? [])];
  }
  const file = environment['SSL_CERT_FILE'] || undefined;
  const folders = environment['SSL_CERT_DIR'] || undefined;
  const texts = await Promise.all([
    firstThatIsThere(file === undefined ? SYSTEM_FILES : [file]),
    ...(folders?.split(':') ?? SYSTEM_FOLDERS).map(readFolder),
  ]);
  return [...new Set(texts.flatMap(certificatesIn))];
}

/** Those that Node brings, and those of its own variable. Older versions tell only the former. */
function nodeAuthorities(): readonly string[] {
  return tls.getCACertificates?.('default') ?? tls.rootCertificates;
}

async function firstThatIsThere(paths: readonly string[]): Promise<string> {
  for (const path of paths) {
    const text = await readIfThere(path);
    if (text !== '') return text;
  }
  return '';
}

/** All files of a folder; links within it have the same content under another name. */
async function readFolder(folder: string): Promise<string> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const texts = entries.map(async (entry) => {
    const path = join(folder, entry.name);
    const target = entry.isSymbolicLink() ? await readlink(path).catch(() => '') : '/';
    return target.includes('/') ? await readIfThere(path) : '';
  });
  return (await Promise.all(texts)).join('\n');
}

/** Empty where there is no such file, or it cannot be read: what else is trusted has to do. */
async function readIfThere(path: string | undefined): Promise<string> {
  return path === undefined || path === '' ? '' : await readFile(path, 'utf8').catch(() => '');
}
