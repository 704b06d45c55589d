import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type GitServer, makeRegistry, startGitServer } from 'nomad-pack-sandbox/git/index.ts';
import { startNomad } from 'nomad-pack-sandbox/nomad/index.ts';
import { missingTools, startRealNomad } from 'nomad-pack-sandbox/real-nomad.ts';
import { launcher, type Releases, startReleases } from 'nomad-pack-sandbox/releases/index.ts';
import { beginJob } from 'nomad-pack-sandbox/runner/job.ts';
import { createMachine, type Machine } from 'nomad-pack-sandbox/runner/machine.ts';
import { type MainResult, runStep, type StepResult } from 'nomad-pack-sandbox/runner/step.ts';
import { platformOf } from '../../src/nomad-pack/install/platform.ts';
import { ROOT } from '../support/paths.ts';

const run = promisify(execFile);

/** What the releases site has, whatever the program says. */
const VERSION = '0.4.2';

/** A tag of the registry. */
export const TAG = 'v1.0.0';

/** Somewhere to deploy to, by hand and by the action. */
export interface BenchCluster {
  /** `Nomad and nomad-pack`, or `the sandbox`. */
  readonly name: string;
  readonly address: string;
  /** The registry of the example packs, over HTTP. */
  readonly registry: string;
  /** Runs nomad-pack by hand, with a cache of its own. @returns milliseconds, of all the commands together */
  byHand(...commands: (readonly string[])[]): Promise<number>;
  /** Runs a step of the action. @returns milliseconds, of its main half */
  byAction(inputs: Readonly<Record<string, string>>): Promise<number>;
  /** Runs a step of the action over a file of deployments, with the version that the releases site has. */
  overFile(file: object, inputs: Readonly<Record<string, string>>): Promise<FileStep>;
  /**
   * The same job of several steps, with the version that the releases site has. @returns milliseconds of each step's main half
   *
   * @param more inputs of every step, such as another version
   */
  jobByAction(
    steps: readonly Readonly<Record<string, string>>[],
    more?: Readonly<Record<string, string>>,
  ): Promise<number[]>;
  /** Downloads the release, checks its sum and unpacks it, as a script does; then the commands. @returns milliseconds of all together */
  jobByHand(...commands: (readonly string[])[]): Promise<number>;
  /** Puts jobs of other deployments into the cluster, until there are so many. */
  fill(count: number): Promise<void>;
  stop(): Promise<void>;
}

/** A step over a file of deployments, as it is seen from outside. */
export interface FileStep {
  /** Milliseconds, of its main half. */
  readonly time: number;
  /** The most memory that its process had at once, without nomad-pack and git, as far as the system tells. Bytes. */
  readonly memory: number | undefined;
  /** How often it fetched a registry, and how often an archive of nomad-pack. */
  readonly fetched: { readonly registries: number; readonly archives: number };
}

/** The real tools where they are on the PATH, else the sandbox. */
export async function startBenchCluster(): Promise<BenchCluster> {
  const isReal = (await missingTools()).length === 0;
  const nomad = isReal ? await startRealNomad() : undefined;
  const sandbox = isReal ? undefined : await startNomad();
  const address = nomad?.address ?? sandbox?.address ?? '';
  const registry = await makeRegistry(join(ROOT, 'examples', 'packs'), { tags: [TAG] });
  const git = await startGitServer({ repositories: { packs: { path: registry.repository } } });
  const machine = await createMachine();
  const tools = await mkdtemp(join(tmpdir(), 'bench-tools-'));
  if (!isReal) {
    await writeFile(join(tools, 'nomad-pack'), launcher('0.4.2'));
    await chmod(join(tools, 'nomad-pack'), 0o755);
  }
  const path = `${tools}:${process.env['PATH']}`;
  const program = await readFile(isReal ? await findProgram('nomad-pack') : join(tools, 'nomad-pack'));
  const source = `${git.address}/packs.git`;
  const releases = await startReleases({
    versions: [VERSION],
    builds: [platformOf()],
    program: () => program,
  });
  const site = `${releases.address}/nomad-pack/${VERSION}`;
  const archive = `nomad-pack_${VERSION}_${platformOf().os}_${platformOf().arch}.zip`;
  const release = {
    nomad_pack_version: VERSION,
    nomad_pack_mirror: releases.address,
    nomad_pack_signing_key: releases.publicKey,
  };
  const byHand = async (search: string, commands: readonly (readonly string[])[]) => {
    const home = await mkdtemp(join(tmpdir(), 'bench-home-'));
    const env = { PATH: search, HOME: home, NOMAD_ADDR: address };
    try {
      const start = performance.now();
      for (const [file = '', ...args] of commands) await run(file, args, { env, cwd: home });
      return performance.now() - start;
    } finally {
      await run('chmod', ['-R', 'u+w', home]);
      await rm(home, { recursive: true, force: true });
    }
  };
  let filled = 0;
  return {
    name: isReal ? 'Nomad and nomad-pack' : 'the sandbox (put nomad and nomad-pack on the PATH for the real ones)',
    address,
    registry: source,
    byHand: async (...commands) =>
      await byHand(
        path,
        commands.map((command) => ['nomad-pack', ...command]),
      ),
    jobByHand: async (...commands) => {
      const install = `curl -sSfO ${site}/${archive} && curl -sSfO ${site}/nomad-pack_${VERSION}_SHA256SUMS &&
        sha256sum --quiet -c nomad-pack_${VERSION}_SHA256SUMS && unzip -q ${archive}`;
      return await byHand(path, [['sh', '-c', install], ...commands.map((command) => ['./nomad-pack', ...command])]);
    },
    overFile: async (file, inputs) => {
      const own = await createMachine();
      try {
        // JSON is YAML.
        await writeFile(join(own.workspace, 'nomad-packs.yaml'), JSON.stringify(file));
        const [registries, archives] = [clonesOf(git), archivesOf(releases)];
        let memory: number | undefined;
        const result = await runStep(own, {
          env: { PATH: path },
          inputs: { ...release, nomad_addr: address, deployments_file: 'nomad-packs.yaml', ...inputs },
          timeout: 600_000,
          onLog: (_, { pid }) => {
            memory = highWater(pid) ?? memory;
          },
        });
        return {
          time: duration(result),
          memory,
          fetched: { registries: clonesOf(git) - registries, archives: archivesOf(releases) - archives },
        };
      } finally {
        await own.remove();
      }
    },
    jobByAction: async (steps, more = {}) => {
      const job = await beginJob(machine);
      const times: number[] = [];
      for (const inputs of steps) {
        const all = { ...stepInputs({ address, source }), ...release, ...inputs, ...more };
        times.push(duration(await job.run({ env: { PATH: path }, inputs: all })));
      }
      await job.end();
      return times;
    },
    byAction: async (inputs) => duration(await step(machine, { address, source, path, inputs })),
    fill: async (count) => {
      if (sandbox !== undefined) sandbox.seedJobs(count - filled, (index) => otherMeta(filled + index));
      else for (let index = filled; index < count; index += 1) await registerOther(address, index);
      filled = count;
    },
    stop: async () => {
      await Promise.all([
        nomad?.stop(),
        sandbox?.stop(),
        git.stop(),
        releases.stop(),
        registry.remove(),
        machine.remove(),
      ]);
      await rm(tools, { recursive: true, force: true });
    },
  };
}

/** Each clone begins with a look at the refs; a tag is cloned without further looks. */
function clonesOf({ requests }: GitServer): number {
  return requests.filter(({ path }) => path.endsWith('/info/refs?service=git-upload-pack')).length;
}

function archivesOf({ requests }: Releases): number {
  return requests.filter(({ path }) => path.endsWith('.zip')).length;
}

/** The most memory that a process has had at once; undefined where the system does not tell. Bytes. */
function highWater(pid: number | undefined): number | undefined {
  try {
    const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return peak === undefined ? undefined : Number(peak) * 1024;
  } catch {
    return undefined;
  }
}

interface StepInputs {
  readonly address: string;
  readonly source: string;
  readonly path: string;
  readonly inputs: Readonly<Record<string, string>>;
}

async function step(machine: Machine, { path, inputs, ...at }: StepInputs): Promise<StepResult> {
  return await runStep(machine, { env: { PATH: path }, inputs: { ...stepInputs(at), ...inputs } });
}

function stepInputs({ address, source }: Pick<StepInputs, 'address' | 'source'>): Record<string, string> {
  return {
    nomad_addr: address,
    nomad_pack_version: 'system',
    registry_name: 'bench',
    registry_source: source,
    pack: 'web',
  };
}

function duration(result: MainResult): number {
  if (result.exitCode !== 0) throw new Error(`the step failed:\n${result.log}`);
  return result.duration;
}

function otherMeta(index: number): Record<string, string> {
  return {
    'pack.name': 'other',
    'pack.deployment_name': `other-${index}`,
    'pack.registry': 'bench',
    'pack.job': 'job',
  };
}

/** A job that takes nothing of the node: it waits to be dispatched. */
async function registerOther(address: string, index: number): Promise<void> {
  const Job = {
    ID: `other-${index}`,
    Name: `other-${index}`,
    Type: 'batch',
    Datacenters: ['dc1'],
    Meta: otherMeta(index),
    ParameterizedJob: { Payload: 'optional' },
    TaskGroups: [{ Name: 'app', Tasks: [{ Name: 'task', Driver: 'raw_exec', Config: { command: '/bin/true' } }] }],
  };
  const response = await fetch(`${address}/v1/jobs`, { method: 'POST', body: JSON.stringify({ Job }) });
  if (!response.ok) throw new Error(await response.text());
}

async function findProgram(name: string): Promise<string> {
  return (await run('which', [name])).stdout.trim();
}
