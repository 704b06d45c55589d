import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Environment } from '../settings/inputs.ts';

/** What differs between operating systems for the programs that the action starts. */
export interface Host {
  /**
   * Where nomad-pack keeps registries, relative to the folder that it runs in, with slashes: Go's `os.UserCacheDir` for the home that
   * `homeOfCache` gives.
   */
  readonly cache: string;
  /**
   * The variables that decide on nomad-pack's cache. Its path becomes part of each job, so it has to be the same text on every runner:
   * it is relative to the folder that nomad-pack runs in.
   */
  readonly homeOfCache: Readonly<Record<string, string>>;
  /**
   * The variables of a nomad-pack that runs git, which finds the user's settings and `~/.netrc` in the real home. The cache is the same
   * folder.
   *
   * @param folder that nomad-pack runs in, absolute
   */
  homeOfGit(environment: Environment, folder: string): Readonly<Record<string, string>>;
  /** Whether a process gets a group of its own, by which all that it starts can be ended. */
  readonly hasGroups: boolean;
  /** Ends a process and all that it started. What is gone already, or cannot be ended by this user, is not an error. */
  endTree(pid: number, signal: NodeJS.Signals): void;
}

/** Where Go's cache folder follows XDG_CACHE_HOME, so that git can have the real home beside it. */
const UNIX: Host = {
  cache: '.cache/nomad/packs',
  homeOfCache: { HOME: '.' },
  homeOfGit: ({ HOME }, folder) => ({
    ...(HOME !== undefined && { HOME }),
    XDG_CACHE_HOME: join(folder, '.cache'),
  }),
  hasGroups: true,
  endTree: (pid, signal) => {
    try {
      process.kill(-pid, signal);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // macOS says EPERM of a group whose processes have all ended.
      if (code !== 'ESRCH' && code !== 'EPERM') throw error;
    }
  },
};

const HOSTS: Readonly<Partial<Record<NodeJS.Platform, Host>>> = {
  // The cache folder follows no variable but the home.
  darwin: {
    ...UNIX,
    cache: 'Library/Caches/nomad/packs',
    homeOfGit: (environment) => ({ ...UNIX.homeOfCache, ...settingsOfGit(environment) }),
  },
  win32: {
    cache: '.cache/nomad/packs',
    homeOfCache: { USERPROFILE: '.', LOCALAPPDATA: '.cache' },
    homeOfGit: (environment) => ({ LOCALAPPDATA: '.cache', ...settingsOfGit(environment) }),
    hasGroups: false,
    // There are no signals that a program could heed: it ends at once.
    endTree: (pid) => {
      spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' }).on('error', () => undefined);
    },
  },
};

/** The host of a platform, in Node's words; all that are not named here are like Linux. */
export function hostOf(platform: NodeJS.Platform): Host {
  return HOSTS[platform] ?? UNIX;
}

/** The host that this process runs on. */
export const HOST: Host = hostOf(process.platform);

/** The user's settings of git, for a git that has another home. */
function settingsOfGit({ HOME, GIT_CONFIG_GLOBAL }: Environment): Record<string, string> {
  if (HOME === undefined) return {};
  return { GIT_CONFIG_GLOBAL: GIT_CONFIG_GLOBAL ?? join(HOME, '.gitconfig') };
}
