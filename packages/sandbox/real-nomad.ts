import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, constants, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** A real `nomad agent -dev` of one's own. */
export interface RealNomad {
  readonly address: string;
  /** A token that may do everything, where ACLs are on. */
  readonly managementToken: string | undefined;
  stop(): Promise<void>;
}

const TOOLS = ['nomad', 'nomad-pack'] as const;

/** Which of the real tools are not on the PATH; empty where all of them are. */
export async function missingTools(): Promise<(typeof TOOLS)[number][]> {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const isMissing = async (name: string) =>
    (await Promise.all(folders.map((folder) => isExecutable(join(folder, name))))).every((found) => !found);
  const missing = await Promise.all(TOOLS.map(isMissing));
  return TOOLS.filter((_, index) => missing[index]);
}

export interface RealNomadOptions {
  /** Besides `default`. */
  readonly namespaces?: readonly string[];
  /** Turns ACLs on. */
  readonly acl?: boolean;
}

/**
 * Starts the `nomad` on the PATH as a development agent with `raw_exec`, on free ports of 127.0.0.1.
 *
 * @throws when it does not come up within half a minute, with the end of its log
 */
export async function startRealNomad({ namespaces = [], acl = false }: RealNomadOptions = {}): Promise<RealNomad> {
  const folder = await mkdtemp(join(tmpdir(), 'nomad-dev-'));
  const [http, rpc, serf] = [await freePort(), await freePort(), await freePort()];
  const file = join(folder, 'agent.hcl');
  await writeFile(file, configuration({ http, rpc, serf }, acl));
  // This agent needs no CA bundle for a cloud, and ends over one that it cannot read.
  const { AWS_CA_BUNDLE: _, ...env } = process.env;
  const agent = spawn('nomad', ['agent', '-dev', '-bind=127.0.0.1', `-config=${file}`], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(agent, 'exit');
  let log = '';
  for (const stream of [agent.stdout, agent.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      log = (log + chunk.toString()).slice(-4_000);
    });
  }
  const address = `http://127.0.0.1:${http}`;
  const stop = async () => {
    agent.kill('SIGINT');
    const killed = setTimeout(() => agent.kill('SIGKILL'), 10_000);
    await exited;
    clearTimeout(killed);
    await rm(folder, { recursive: true, force: true });
  };
  const patience = AbortSignal.timeout(30_000);
  const until = async <Found>(look: () => Promise<Found | undefined>): Promise<Found> => {
    for (;;) {
      const found = await look().catch(() => undefined);
      if (found !== undefined) return found;
      if (patience.aborted || agent.exitCode !== null) {
        if (agent.exitCode === null) await stop();
        throw new Error(`\`nomad agent -dev\` did not come up. The end of its log:\n${log}`);
      }
      await delay(100);
    }
  };
  const managementToken = acl ? await until(async () => await bootstrap(address)) : undefined;
  const headers = managementToken === undefined ? {} : { 'X-Nomad-Token': managementToken };
  await until(async () => await readyNode(address, headers));
  for (const Name of namespaces) {
    await fetch(`${address}/v1/namespace/${Name}`, { method: 'PUT', headers, body: JSON.stringify({ Name }) });
  }
  return { address, managementToken, stop };
}

/** No fingerprint of a cloud: each waits for an answer that never comes. */
function configuration(
  ports: { readonly http: number; readonly rpc: number; readonly serf: number },
  acl: boolean,
): string {
  return `acl {
  enabled = ${acl}
}

ports {
  http = ${ports.http}
  rpc  = ${ports.rpc}
  serf = ${ports.serf}
}

plugin "raw_exec" {
  config {
    enabled = true
  }
}

client {
  options = {
    "fingerprint.denylist" = "env_aws,env_gce,env_azure,env_digitalocean"
  }
}
`;
}

/** The first token of a cluster with ACLs; undefined while there is no leader to give it. */
async function bootstrap(address: string): Promise<string | undefined> {
  const response = await fetch(`${address}/v1/acl/bootstrap`, { method: 'POST' });
  return response.ok ? ((await response.json()) as { readonly SecretID: string }).SecretID : undefined;
}

/** A node that takes jobs, which there is once the server has a leader. */
async function readyNode(address: string, headers: Readonly<Record<string, string>>): Promise<object | undefined> {
  const nodes = (await (await fetch(`${address}/v1/nodes`, { headers })).json()) as { readonly Status: string }[];
  return nodes.find(({ Status }) => Status === 'ready');
}

async function isExecutable(path: string): Promise<boolean> {
  return await access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
