import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The folders of one simulated runner. Steps that share them run on the same machine. All absolute. */
export interface Machine {
  readonly home: string;
  /** `RUNNER_TEMP`. */
  readonly temp: string;
  /** `RUNNER_TOOL_CACHE`. */
  readonly toolCache: string;
  /** `TMPDIR`: the system's folder for temporary files. */
  readonly tmp: string;
  /** `GITHUB_WORKSPACE`, where steps run. */
  readonly workspace: string;
  /** The runner's own: the files behind `GITHUB_OUTPUT` and the like. */
  readonly own: string;
  remove(): Promise<void>;
}

/**
 * Makes a runner's folders, empty, somewhere that no other has.
 *
 * @param files copied into the workspace: a folder's path
 */
export async function createMachine(files?: string): Promise<Machine> {
  const root = await mkdtemp(join(tmpdir(), 'runner-'));
  const folder = (name: string) => join(root, name);
  const machine: Machine = {
    home: folder('home'),
    temp: folder('temp'),
    toolCache: folder('tools'),
    tmp: folder('tmp'),
    workspace: folder('workspace'),
    own: folder('own'),
    remove: async () => await rm(root, { recursive: true, force: true, maxRetries: 3 }),
  };
  for (const path of Object.values(machine)) if (typeof path === 'string') await mkdir(path);
  if (files !== undefined) await cp(files, machine.workspace, { recursive: true });
  return machine;
}
