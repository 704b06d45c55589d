import { spawnSync } from 'node:child_process';
import { accessSync, constants, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, isAbsolute, join } from 'node:path';

/** Where a source is and what is wanted of it, as go-getter understands it. */
interface Location {
  readonly url: URL;
  readonly folder: string | undefined;
  readonly ref: string | undefined;
  readonly depth: number;
}

/**
 * Fetches a git repository, or one folder of it, with the git on the PATH. Understands sources as go-getter does:
 * `github.com/org/repo`, `git@host:repo`, URLs and absolute paths, with `//folder` and `?ref=`, `?depth=`.
 *
 * @throws Error with go-getter's and git's own words
 */
export function fetchSource(source: string, destination: string, options: { readonly looksForRef: boolean }): void {
  const location = locate(source);
  const clone = location.folder === undefined ? destination : mkdtempSync(join(tmpdir(), 'getter'));
  try {
    if (location.folder !== undefined) rmSync(clone, { recursive: true });
    try {
      cloneRepository(location, clone, options.looksForRef);
    } catch (error) {
      throw new Error(`error downloading '${withoutPassword(location)}': ${(error as Error).message}`);
    }
    if (location.folder !== undefined) takeFolder(clone, location.folder, destination);
  } finally {
    if (location.folder !== undefined) rmSync(clone, { recursive: true, force: true });
  }
}

function locate(source: string): Location {
  const [, folderOfSource] = splitFolder(source);
  const [bare] = splitFolder(detect(source));
  const url = new URL(withoutSemicolons(bare));
  const { searchParams } = url;
  const ref = searchParams.get('ref') ?? undefined;
  const depth = Number(searchParams.get('depth') ?? 0);
  return { url, ref, depth, folder: folderOfSource };
}

/** Go ignores a parameter that holds a semicolon. */
function withoutSemicolons(url: string): string {
  const [path = '', query] = url.split('?');
  if (query === undefined) return url;
  return `${path}?${query
    .split('&')
    .filter((parameter) => !parameter.includes(';'))
    .join('&')}`;
}

/** Turns what is no URL into one. */
function detect(source: string): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(source)) return source;
  const [bare, folder] = splitFolder(source);
  const [path = '', query] = bare.split('?');
  const suffix = (folder === undefined ? '' : `//${folder}`) + (query === undefined ? '' : `?${query}`);
  const hosted = /^(github\.com|gitlab\.com|bitbucket\.org)\/([^/]+)\/([^/]+)/.exec(path);
  if (hosted !== null) return `https://${hosted[0].replace(/\.git$/, '')}.git${suffix}`;
  const ssh = /^git@([^:/]+):\/?(.+)$/.exec(path);
  if (ssh !== null) return `ssh://git@${ssh[1]}/${ssh[2]}${suffix}`;
  if (isAbsolute(path)) return `file://${path}${suffix}`;
  throw new Error('relative paths require a module with a pwd');
}

/** `host/repo//folder?ref=x` is the folder `folder` of `host/repo?ref=x`. */
function splitFolder(source: string): [string, string | undefined] {
  const [, start = '', path = '', folder, query = ''] =
    /^([a-z][a-z0-9+.-]*:\/\/)?(.*?)(?:\/\/([^?]*))?(\?.*)?$/i.exec(source) ?? [];
  return [start + path + query, folder];
}

function cloneRepository({ url, ref, depth }: Location, destination: string, looksForRef: boolean): void {
  const git = findGit();
  const address = addressOf(url);
  const branch = ref ?? defaultBranch(git, address);
  const shallow = depth > 0 ? ['--depth', String(depth), '--branch', branch] : [];
  run(git, ['clone', ...shallow, '--', address, destination]);
  try {
    if (ref !== undefined && looksForRef) requireRef(git, ref, destination);
    if (ref !== undefined) run(git, ['checkout', ref], destination);
  } catch (error) {
    rmSync(destination, { recursive: true, force: true });
    throw error;
  }
  const shallowModules = depth > 0 ? ['--depth', String(depth)] : [];
  run(git, ['submodule', 'update', '--init', '--recursive', ...shallowModules], destination);
}

function requireRef(git: string, ref: string, repository: string): void {
  const candidates = [ref, `refs/remotes/origin/${ref}`];
  const known = candidates.some((name) => {
    const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`];
    return spawnSync(git, args, { cwd: repository, stdio: 'ignore' }).status === 0;
  });
  if (!known) throw new Error(`invalid ref: "${ref}"`);
}

function defaultBranch(git: string, address: string): string {
  const { stdout, status } = spawnSync(git, ['ls-remote', '--symref', '--', address, 'HEAD'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const branch = /ref: refs\/heads\/([^\s]+).*/.exec(stdout)?.[1];
  return status === 0 && branch !== undefined ? branch : 'master';
}

/** The address without what is meant for go-getter. */
function addressOf(url: URL): string {
  const plain = new URL(url);
  for (const key of ['ref', 'depth', 'sshkey']) plain.searchParams.delete(key);
  return plain.href;
}

function run(git: string, args: readonly string[], cwd?: string): void {
  // What git says goes to one place in the order in which it says it.
  const { status, output } = spawnSync('/bin/sh', ['-c', 'exec "$0" "$@" 2>&1', git, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    ...(cwd !== undefined && { cwd }),
  });
  if (status !== 0) throw new Error(`${git} exited with ${status ?? -1}: ${output[1] ?? ''}`);
}

function findGit(): string {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, 'git');
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Look further.
    }
  }
  throw new Error('git must be available and on the PATH');
}

function takeFolder(clone: string, folder: string, destination: string): void {
  rmSync(destination, { recursive: true, force: true });
  mkdirSync(destination, { recursive: true });
  const source = join(clone, folder);
  if (!existsSync(source)) throw new Error(`subdir "${folder}" not found`);
  cpSync(source, destination, { recursive: true, filter: (path) => basename(path) !== '.git' });
}

function withoutPassword({ url }: Location): string {
  const shown = new URL(url);
  if (shown.password !== '') shown.password = 'redacted';
  return shown.href;
}
