import { realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { ActionError } from '../errors.ts';
import type { Differences } from '../settings/deployments/changes.ts';
import { type Environment, gitEnvironment } from './environment.ts';
import { killed } from './failures.ts';
import { workspaceGitConfiguration } from './git.ts';
import { type CommandOutcome, runCommand } from './process.ts';

export interface DifferencesOptions {
  /** Absolute. */
  readonly workspace: string;
  readonly environment: Environment;
  readonly signal: AbortSignal;
  /** Tells something that a reader should know. */
  readonly notice: (text: string) => void;
  /** How long a question to git may take; two minutes where it is not given. Milliseconds. */
  readonly limit?: number;
}

/** What is asked about, as the user wrote it: relative to the workspace, or absolute. */
export interface Question {
  /** A commit, branch or tag. */
  readonly revision: string;
  /** The file of deployments. */
  readonly file: string;
  /** Files and folders that deployments are made of. */
  readonly parts: readonly string[];
}

/** git looks at files of the workspace only. Milliseconds. */
const LIMIT = 2 * 60_000;

/** What GitHub gives as `github.event.before` of a branch that is new: a hash of zeros, of either length. */
const NO_COMMIT = /^(?:0{40}|0{64})$/;

/**
 * What differs between a commit and the workspace, files that git ignores or does not know included. Of a part that the repository does not
 * hold nobody can say how it was, so it counts as one that differs. The commit of a new branch is not such a commit: nothing was there before.
 *
 * @throws ActionError where the commit is not known, with what to do about the checkout
 */
export async function differencesSince(question: Question, options: DifferencesOptions): Promise<Differences> {
  const { revision, file, parts } = question;
  if (NO_COMMIT.test(revision)) {
    options.notice(
      '`changed_since` is the hash of zeros that GitHub gives for a new branch: all deployments count as changed.',
    );
    return { paths: [] };
  }
  const workspace = await realpath(options.workspace);
  const git = new WorkspaceGit(dirname(resolve(workspace, file)), options);
  const root = await git.root(file);
  const commit = await git.commit(revision);
  const [inside, outside] = partition(parts, (part) => isBelow(resolve(workspace, part), root));
  const places = inside.map((part) => resolve(workspace, part));
  const [before, changed, unknown] = await Promise.all([
    git.textOf(commit, basename(file)),
    places.length === 0 ? [] : git.changedSince(commit, places),
    places.length === 0 ? [] : git.unknownAmong(places),
  ]);
  const paths = [...changed, ...unknown].map((path) => relative(workspace, join(root, path)).split(sep).join('/'));
  return { paths: [...new Set([...paths, ...outside])], ...(before !== undefined && { before }) };
}

/** git, where the file of deployments is. */
class WorkspaceGit {
  readonly #folder: string;
  readonly #options: DifferencesOptions;

  constructor(folder: string, options: DifferencesOptions) {
    this.#folder = folder;
    this.#options = options;
  }

  /** The folder of the repository. */
  async root(file: string): Promise<string> {
    const { exitCode, output } = await this.#run(['rev-parse', '--show-toplevel']);
    if (exitCode === 0) return await realpath(output.trim());
    if (/dubious ownership/.test(output)) {
      throw changedSinceError(
        `needs the history of the repository that \`${file}\` is in, and git does not trust that: it belongs to another user than the step’s`,
        `Run \`git config --global --add safe.directory "$GITHUB_WORKSPACE"\` before this step.`,
      );
    }
    throw changedSinceError(
      `needs the history of the repository that \`${file}\` is in, and that is not in a git repository`,
      'Check it out with `actions/checkout` and `fetch-depth: 0`, or leave `changed_since` out.',
    );
  }

  /** The hash of the commit. */
  async commit(revision: string): Promise<string> {
    const { exitCode, output } = await this.#run([
      'rev-parse',
      '--verify',
      '--quiet',
      '--end-of-options',
      `${revision}^{commit}`,
    ]);
    if (exitCode === 0) return output.trim();
    const shallow = await this.#run(['rev-parse', '--is-shallow-repository']);
    throw shallow.output.trim() === 'true'
      ? changedSinceError(
          `is \`${revision}\`, which the checkout does not have: it holds a part of the history only`,
          'Set `fetch-depth: 0` for `actions/checkout`.',
        )
      : changedSinceError(
          `is \`${revision}\`, which the repository has no commit for`,
          'Name a branch as `origin/main`, or a commit that is on a branch: one that a forced push has replaced is gone. `fetch-depth: 0` for `actions/checkout` fetches all branches.',
        );
  }

  /** The file as it was; undefined where there was none. */
  async textOf(commit: string, name: string): Promise<string | undefined> {
    const { exitCode, output } = await this.#run(['cat-file', 'blob', `${commit}:./${name}`]);
    return exitCode === 0 ? output : undefined;
  }

  /** Relative to the repository's folder. */
  async changedSince(commit: string, places: readonly string[]): Promise<string[]> {
    const plain = ['--name-only', '-z', '--no-renames', '--no-ext-diff', '--no-textconv', '--ignore-submodules=none'];
    return names(await this.#mustRun(['diff', ...plain, commit, '--', ...places]));
  }

  /** Files that are not in git's index, relative to the repository's folder. */
  async unknownAmong(places: readonly string[]): Promise<string[]> {
    return names(await this.#mustRun(['ls-files', '--others', '--full-name', '-z', '--', ...places]));
  }

  async #mustRun(args: readonly string[]): Promise<string> {
    const { exitCode, output } = await this.#run(args);
    if (exitCode === 0) return output;
    throw changedSinceError(
      `could not be looked up: \`git ${args[0]}\` failed (${output.trim().split('\n').at(-1)})`,
      'Check the checkout, or leave `changed_since` out.',
    );
  }

  /** How git ended by itself: that it was kept from its end says nothing of the repository. */
  async #run(args: readonly string[]): Promise<CommandOutcome> {
    const command = `git ${args[0]}`;
    const outcome = await this.#start(args);
    if (outcome.signal !== undefined) throw killed(command, outcome.signal);
    if (!outcome.interrupted) return outcome;
    const { limit = LIMIT } = this.#options;
    throw new ActionError(
      'timeout',
      `\`${command}\`, which \`changed_since\` needs, was stopped because it had not ended after ${limit / 1000} s.`,
      { hint: 'Check the disk of the runner and what else runs there, or leave `changed_since` out.', passing: true },
    );
  }

  async #start(args: readonly string[]): Promise<CommandOutcome> {
    const { environment, signal, limit = LIMIT } = this.#options;
    const { PATH = '', HOME = '' } = environment;
    try {
      return await runCommand('git', ['--no-pager', '--literal-pathspecs', ...args], {
        cwd: this.#folder,
        env: { ...gitEnvironment(environment), PATH, HOME, ...workspaceGitConfiguration() },
        signal,
        limit,
      });
    } catch (error) {
      if (!(error instanceof ActionError) || error.reason !== 'nomad-pack-missing') throw error;
      throw new ActionError('git-missing', 'There is no `git` on the PATH, which `changed_since` needs.', {
        hint: 'Install git on the runner, or leave `changed_since` out.',
        cause: error,
      });
    }
  }
}

function changedSinceError(message: string, hint: string): ActionError {
  return new ActionError('input', `Input \`changed_since\` ${message}.`, { hint });
}

function names(output: string): string[] {
  return output.split('\0').filter((name) => name !== '');
}

function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return !isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`);
}

function partition<T>(items: readonly T[], fits: (item: T) => boolean): [T[], T[]] {
  return [items.filter(fits), items.filter((item) => !fits(item))];
}
