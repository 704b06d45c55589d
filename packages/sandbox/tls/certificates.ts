import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Paths of PEM files. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** An authority that nobody trusts but who is told to, made by the machine's `openssl`; it lasts two days. */
export class Authority {
  readonly directory = mkdtempSync(join(tmpdir(), 'certificates-'));
  readonly ca: string;

  constructor() {
    this.ca = this.path('ca.pem');
    this.openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2',
      '-subj', '/CN=test authority', '-keyout', 'ca-key.pem', '-out', 'ca.pem'); // biome-ignore format: one command
  }

  path(name: string): string {
    return join(this.directory, name);
  }

  /** @param extensions lines of OpenSSL's configuration, such as `subjectAltName=DNS:nomad.test`. */
  issue(name: string, extensions: string, days = 2): Certificate {
    writeFileSync(this.path(`${name}.ext`), extensions);
    this.openssl('req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes',
      '-subj', `/CN=${name}`, '-keyout', `${name}-key.pem`, '-out', `${name}.csr`); // biome-ignore format: one command
    this.openssl('x509', '-req', '-in', `${name}.csr`, '-CA', 'ca.pem', '-CAkey', 'ca-key.pem', '-CAcreateserial',
      '-days', String(days), '-extfile', `${name}.ext`, '-out', `${name}.pem`); // biome-ignore format: one command
    return { cert: this.path(`${name}.pem`), key: this.path(`${name}-key.pem`) };
  }

  remove(): void {
    rmSync(this.directory, { recursive: true });
  }

  private openssl(...args: string[]): void {
    execFileSync('openssl', args, { cwd: this.directory, stdio: 'ignore' });
  }
}

/** The texts of a certificate's files. */
export function read({ cert, key }: Certificate): { cert: string; key: string } {
  return { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') };
}
