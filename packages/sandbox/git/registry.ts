import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface RegistryOptions {
  /** Tags of the first commit. */
  readonly tags?: readonly string[];
  /** Branches at the first commit, besides `main`. */
  readonly branches?: readonly string[];
}

/** A further commit on top of the newest one of a branch. */
export interface CommitOptions {
  /** By path below the registry's root, as `packs/web/variables.hcl`: the new text; undefined removes the file or folder. */
  readonly files: Readonly<Record<string, string | undefined>>;
  readonly message?: string;
  /** Default `main`. */
  readonly branch?: string;
  readonly tags?: readonly string[];
}

/** A registry of packs: a real git repository. */
export interface Registry {
  /** The repository with its work tree: a source as it is. Absolute. */
  readonly path: string;
  /** What a git server serves. Absolute. */
  readonly repository: string;
  /** The SHA of the first commit. */
  readonly commit: string;
  /** Changes, adds and removes files. @returns the SHA of the commit. */
  change(options: CommitOptions): Promise<string>;
  /** The SHA that a tag, branch or SHA stands for. */
  resolve(ref: string): Promise<string>;
  remove(): Promise<void>;
}

/**
 * Makes a registry, in a folder of its own, of the packs in a folder. Authors and dates are fixed: the same packs give the same
 * SHAs everywhere.
 *
 * @param packs a folder with one folder per pack
 */
export async function makeRegistry(packs: string, options: RegistryOptions = {}): Promise<Registry> {
  const path = await mkdtemp(join(tmpdir(), 'registry-'));
  const repository = new Repository(path);
  await repository.git('init', '--quiet', '--initial-branch=main');
  for (const entry of await readdir(packs, { withFileTypes: true })) {
    if (entry.isDirectory()) await cp(join(packs, entry.name), join(path, 'packs', entry.name), { recursive: true });
  }
  const commit = await repository.commit('Add the packs', options.tags ?? []);
  for (const branch of options.branches ?? []) await repository.git('branch', branch);
  return {
    path,
    repository: join(path, '.git'),
    commit,
    change: async ({ files, message = 'Change the packs', branch = 'main', tags = [] }) => {
      await repository.git('checkout', '--quiet', branch);
      await repository.write(files);
      const changed = await repository.commit(message, tags);
      // The branch that is checked out is the default one of a clone.
      await repository.git('checkout', '--quiet', 'main');
      return changed;
    },
    resolve: async (ref) => await repository.git('rev-parse', '--verify', `${ref}^{commit}`),
    remove: async () => await rm(path, { recursive: true, force: true }),
  };
}

/** The first commit is made at this time, each next one a minute later. Seconds. */
const firstCommit = Date.UTC(2026, 0, 1) / 1000;

class Repository {
  private readonly path: string;
  private commits = 0;

  constructor(path: string) {
    this.path = path;
  }

  async write(files: CommitOptions['files']): Promise<void> {
    for (const [name, text] of Object.entries(files)) {
      const file = join(this.path, name);
      await mkdir(dirname(file), { recursive: true });
      if (text === undefined) await rm(file, { recursive: true });
      else await writeFile(file, text);
    }
  }

  async commit(message: string, tags: readonly string[]): Promise<string> {
    await this.git('add', '--all');
    await this.git('commit', '--quiet', '--message', message);
    this.commits += 1;
    for (const tag of tags) await this.git('tag', tag);
    return await this.git('rev-parse', 'HEAD');
  }

  async git(...args: string[]): Promise<string> {
    const date = `${firstCommit + this.commits * 60} +0000`;
    const person = { NAME: 'Sandbox', EMAIL: 'sandbox@example.com', DATE: date };
    const identity = Object.entries(person).flatMap(([key, value]) => [
      [`GIT_AUTHOR_${key}`, value],
      [`GIT_COMMITTER_${key}`, value],
    ]);
    // Nothing of the user's own configuration: signing and hooks would change the commits.
    const env = {
      PATH: process.env['PATH'],
      HOME: this.path,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
    };
    const { stdout } = await run('git', args, { cwd: this.path, env: { ...env, ...Object.fromEntries(identity) } });
    return stdout.trim();
  }
}
