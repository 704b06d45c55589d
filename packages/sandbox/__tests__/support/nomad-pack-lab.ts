import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeRegistry, type Registry, startGitServer } from '../../git/index.ts';

const main = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'nomad-pack', 'main.js');

export interface CommandResult {
  /** The signal's number, negative, where one ended it. */
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Below the lab's folder; default `work`. */
  readonly home?: string;
  readonly version?: string;
  /** Called with the process, and with what it has printed, whenever it prints. */
  readonly onOutput?: (child: ChildProcess, stdout: string) => void;
}

/** A folder to run the stand-in for nomad-pack in, with a home of its own, and a git server with two repositories. */
export interface Lab {
  readonly root: string;
  /** Where commands are run. */
  readonly work: string;
  /** `http://127.0.0.1:PORT`. */
  readonly gitAddress: string;
  readonly registry: Registry;
  /** Of the first and of the newest version of the registry. */
  readonly commits: readonly [string, string];
  run(args: readonly string[], options?: CommandOptions): Promise<CommandResult>;
  /** Writes a file into the folder where commands are run. */
  write(name: string, text: string): Promise<void>;
  stop(): Promise<void>;
}

/** What the stand-in is started with. */
const STAND_IN = [process.execPath, main];

const registryToken = 'lab-registry-token-1234567890';

/**
 * Starts a lab with a registry of the packs in a folder: `public/packs.git` and, for whoever has the token, `private/packs.git`. The
 * pack `web` is at 0.1.0 with the tag `v0.1.0`, and at the version that it has in the folder after that.
 *
 * @param program nomad-pack, and arguments before those of a command
 */
export async function startLab(packs: string, program: readonly string[] = STAND_IN): Promise<Lab> {
  const root = await mkdtemp(join(tmpdir(), 'nomad-pack-lab-'));
  const work = join(root, 'work');
  await mkdir(work);
  const first = join(root, 'first');
  await cp(packs, first, { recursive: true });
  const metadata = await readFile(join(packs, 'web', 'metadata.hcl'), 'utf8');
  await rm(join(first, 'web', 'metadata.hcl'), { force: true });
  await writeFile(join(first, 'web', 'metadata.hcl'), metadata.replace(/version( +)= ".*"/, 'version$1= "0.1.0"'));
  const registry = await makeRegistry(first, { tags: ['v0.1.0'] });
  const files = { 'packs/web/metadata.hcl': metadata };
  const newest = await registry.change({ files, tags: ['web/v0.2.0'] });
  const { repository: path } = registry;
  const server = await startGitServer({
    repositories: { 'public/packs': { path }, 'private/packs': { path, token: registryToken } },
  });
  return {
    root,
    work,
    gitAddress: server.address,
    registry,
    commits: [registry.commit, newest],
    run: (args, options = {}) => runCommand(program, work, args, options),
    write: (name, text) => writeFile(join(work, name), text),
    stop: async () => {
      await server.stop();
      await registry.remove();
      await rm(root, { recursive: true, force: true });
    },
  };
}

async function runCommand(
  [program = '', ...first]: readonly string[],
  cwd: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<CommandResult> {
  const version = options.version === undefined ? [] : ['--sandbox-version', options.version];
  const child = spawn(program, [...first, ...version, ...args], {
    cwd,
    env: {
      PATH: process.env['PATH'],
      HOME: options.home ?? join(cwd, 'home'),
      LC_ALL: 'C',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_TERMINAL_PROMPT: '0',
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    options.onOutput?.(child, stdout);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  const signals: Readonly<Record<string, number>> = { SIGTERM: -15, SIGINT: -2, SIGKILL: -9 };
  return { exitCode: code ?? signals[signal ?? ''] ?? -1, stdout, stderr };
}
