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
  stop(): Promise<void>;
}

/** Which of the real tools are not on the PATH; empty where all of them are. */
export async function missingTools(): Promise<string[]> {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const isMissing = async (name: string) =>
    (await Promise.all(folders.map((folder) => isExecutable(join(folder, name))))).every((found) => !found);
  const tools = ['nomad', 'nomad-pack'];
  const missing = await Promise.all(tools.map(isMissing));
  return tools.filter((_, index) => missing[index]);
}

/**
 * Starts the `nomad` on the PATH as a development agent with `raw_exec`, on free ports of 127.0.0.1.
 *
 * @throws when it does not come up within half a minute, with the end of its log
 */
export async function startRealNomad({
  namespaces = [],
}: {
  readonly namespaces?: readonly string[];
} = {}): Promise<RealNomad> {
  const folder = await mkdtemp(join(tmpdir(), 'nomad-dev-'));
  const [http, rpc, serf] = [await freePort(), await freePort(), await freePort()];
  const file = join(folder, 'agent.hcl');
  await writeFile(file, configuration({ http, rpc, serf }));
  // A CA bundle for a cloud is nothing that this agent needs, and one that it cannot read ends it.
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
  while (!(await isReady(address))) {
    if (patience.aborted || agent.exitCode !== null) {
      if (agent.exitCode === null) await stop();
      throw new Error(`\`nomad agent -dev\` did not come up. The end of its log:\n${log}`);
    }
    await delay(100);
  }
  for (const Name of namespaces) {
    await fetch(`${address}/v1/namespace/${Name}`, { method: 'PUT', body: JSON.stringify({ Name }) });
  }
  return { address, stop };
}

/** No fingerprint of a cloud: each waits for an answer that never comes. */
function configuration(ports: { readonly http: number; readonly rpc: number; readonly serf: number }): string {
  return `ports {
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

/** A server with a leader and a node that takes jobs. */
async function isReady(address: string): Promise<boolean> {
  try {
    const nodes = (await (await fetch(`${address}/v1/nodes`)).json()) as { readonly Status: string }[];
    return nodes.some(({ Status }) => Status === 'ready');
  } catch {
    return false;
  }
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
