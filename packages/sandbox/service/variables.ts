import { randomUUID } from 'node:crypto';
import type { Sandbox } from '../index.ts';

/** Environment variables, by name. */
export type Variables = Readonly<Record<string, string>>;

/** What a workflow or a shell needs to know of a sandbox. */
export function variablesOf({ inputs, git }: Sandbox): Variables {
  const input = (name: string) => inputs[name] ?? '';
  return {
    SANDBOX_NOMAD_ADDR: input('nomad_addr'),
    SANDBOX_NOMAD_TOKEN: input('nomad_token'),
    SANDBOX_REGISTRY_SOURCE: input('registry_source'),
    SANDBOX_REGISTRY_TOKEN: input('registry_token'),
    SANDBOX_PUBLIC_REGISTRY_SOURCE: git.url('packs'),
    SANDBOX_MIRROR: input('nomad_pack_mirror'),
    SANDBOX_SIGNING_KEY: input('nomad_pack_signing_key'),
  };
}

/** In the form of the file behind `GITHUB_ENV`. */
export function toEnvironmentFile(variables: Variables): string {
  const entries = Object.entries(variables).map(([name, value]) => {
    if (!value.includes('\n')) return `${name}=${value}\n`;
    const delimiter = `EOF-${randomUUID()}`;
    return `${name}<<${delimiter}\n${value}\n${delimiter}\n`;
  });
  return entries.join('');
}

/** As commands for a shell to evaluate. */
export function toShell(variables: Variables): string {
  const quote = (value: string) => `'${value.replaceAll("'", "'\\''")}'`;
  return Object.entries(variables)
    .map(([name, value]) => `export ${name}=${quote(value)}\n`)
    .join('');
}
