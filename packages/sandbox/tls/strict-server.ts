import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Certificate } from './certificates.ts';

export interface StrictServer {
  /** `https://127.0.0.1:PORT`. */
  readonly address: string;
  stop(): Promise<void>;
}

/**
 * Starts the machine's `openssl` as a server that demands a client certificate. Node's own server closes the connection without a
 * word where there is none; OpenSSL's says why, as Nomad's does.
 *
 * @param ca path of the authority that client certificates have to be of
 */
export async function startStrictServer({ cert, key }: Certificate, ca: string): Promise<StrictServer> {
  const args = ['s_server', '-accept', '127.0.0.1:0', '-www', '-Verify', '1', '-verify_return_error'];
  const child = spawn('openssl', [...args, '-cert', cert, '-key', key, '-CAfile', ca], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const ended = once(child, 'close');
  const address = new Promise<string>((resolve) => {
    createInterface(child.stdout).on('line', (line) => {
      const port = /^ACCEPT .*:(\d+)$/.exec(line)?.[1];
      if (port !== undefined) resolve(`https://127.0.0.1:${port}`);
    });
  });
  return {
    address: await address,
    stop: async () => {
      child.kill();
      await ended;
    },
  };
}
