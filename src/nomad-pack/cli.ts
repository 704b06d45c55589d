import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import semver from 'semver';
import type { ActionError } from '../errors.ts';
import { type PrivateFolder, RENDERED_FOLDER } from '../runner/private-folder.ts';
import type { NomadSettings, PackReference, RegistrySettings } from '../settings/settings.ts';
import { declaredVariables, registryCommit, requirePack } from './cache.ts';
import { baseEnvironment, type Environment, gitEnvironment, homeOfCache, nomadEnvironment } from './environment.ts';
import { explainFailure, type FailureContext, packFile } from './failures.ts';
import { explainCloneFailure, gitConfiguration } from './git.ts';
import { isDebugLine, parseErrorBlocks } from './output.ts';
import { type CommandOptions, type CommandOutcome, runCommand } from './process.ts';
import { parseRunOutput, type RunReport } from './run-output.ts';
import { parseStatusTable, type StatusRow } from './status-table.ts';
import type { PreparedFile } from './variable-files.ts';

/** The first version that knows `--detach` and the other flags of `run` and `plan` that this action uses where it can. */
const SINCE_DETACH = '0.4.2';

/** How long a detached `run` may go on after a cancel, so that what it registers is known. Milliseconds. */
const FINISH_RUN_WITHIN = 3000;

export interface NomadPackOptions {
  /** The executable. */
  readonly path: string;
  readonly version: Promise<string>;
  readonly folder: PrivateFolder;
  /** The step's own environment, of which nomad-pack gets what it needs. */
  readonly environment: Environment;
  readonly passEnv: readonly string[];
  readonly signal: AbortSignal;
  /** Called with each line that nomad-pack prints, as it comes. */
  readonly onLine: (line: string) => void;
}

/** What a command works on. */
export interface PackTarget {
  readonly pack: PackReference;
  readonly registry: RegistrySettings;
  readonly deploymentName: string;
  readonly files: readonly PreparedFile[];
  readonly nomad: NomadSettings;
  /** The token to use: the one of the settings, or of a login. */
  readonly token?: string | undefined;
}

export interface RenderedFile {
  /** Relative to the folder of rendered files, as in `web/web.nomad`. */
  readonly name: string;
  readonly text: string;
}

export interface RunOptions {
  readonly preserveCounts: boolean;
  /** Nomad refuses the registration of a job whose JobModifyIndex is another one. */
  readonly checkIndex?: number;
  /** How long a binary that cannot detach may watch the rollout itself: it would wait for ever for what cannot be placed. Milliseconds. */
  readonly timeout: number;
}

export interface RunOutcome extends RunReport {
  /** Why `run` failed, though some jobs may be registered all the same. */
  readonly failure?: ActionError;
}

/** The `nomad-pack` command: each method is one of its subcommands, run in the private folder with an environment made for it. */
export class NomadPack {
  /** Rejects where the program is no nomad-pack. */
  readonly version: Promise<string>;
  readonly #options: NomadPackOptions;

  constructor(options: NomadPackOptions) {
    this.version = options.version;
    this.#options = options;
  }

  /** Whether this version can register jobs without watching them. */
  async canDetach(): Promise<boolean> {
    const version = await this.version;
    // A development build of a version has what that version has.
    return semver.gte(semver.coerce(version) ?? version, SINCE_DETACH);
  }

  /**
   * `registry add`. The whole registry is added, whatever the target: nomad-pack forgets the commit of a single pack.
   *
   * @returns the commit, where there is one
   * @throws ActionError
   */
  async addRegistry(registry: RegistrySettings, pack: string): Promise<string | undefined> {
    const { environment, folder } = this.#options;
    const args = ['registry', 'add', registry.name, registry.source];
    if (registry.ref !== 'latest') args.push(`--ref=${registry.ref}`);
    const { exitCode, output } = await this.#run(args, {
      ...this.#homeOfGit(),
      ...gitEnvironment(environment),
      ...gitConfiguration(registry),
      GIT_CEILING_DIRECTORIES: folder.path,
    });
    const failed = exitCode !== 0 || parseErrorBlocks(output).length > 0;
    if (failed)
      throw (
        explainCloneFailure(registry, parseErrorBlocks(output)[0]?.error ?? output) ??
        this.#explain('registry add', exitCode, output, undefined)
      );
    await requirePack(folder.path, pack, registry);
    return await registryCommit(folder.path, registry);
  }

  /**
   * `render`, into files of the private folder.
   *
   * @throws ActionError
   */
  async render(
    target: PackTarget,
    { outputsTemplate = false } = {},
  ): Promise<{ folder: string; files: RenderedFile[] }> {
    const args = ['render', ...this.#common(target), `--to-dir=${RENDERED_FOLDER}`, '--auto-approve'];
    if (outputsTemplate) args.push('--render-output-template');
    await this.#succeed('render', args, target);
    const folder = join(this.#options.folder.path, RENDERED_FOLDER);
    return { folder, files: await readRendered(folder) };
  }

  /** `run`. A failure is part of the outcome, not thrown: some of the jobs may be registered. */
  async run(target: PackTarget, { preserveCounts, checkIndex, timeout }: RunOptions): Promise<RunOutcome> {
    const args = ['run', ...this.#common(target)];
    const canDetach = await this.canDetach();
    if (canDetach) args.push('--detach');
    if (preserveCounts) args.push('--preserve-counts');
    if (checkIndex !== undefined) args.push(`--check-index=${checkIndex}`);
    const limits = canDetach ? { finishWithin: FINISH_RUN_WITHIN } : { interruptAfter: timeout };
    const { exitCode, output, interrupted } = await this.#run(args, this.#nomad(target), limits);
    const report = parseRunOutput(output);
    return exitCode === 0 || interrupted
      ? report
      : { ...report, failure: this.#explain('run', exitCode, output, target) };
  }

  /**
   * `plan`: its words on what would change, its tracing left out. Its exit code is no measure of that: changes in place give 0.
   *
   * @throws ActionError
   */
  async plan(target: PackTarget): Promise<string> {
    const args = ['plan', ...this.#common(target)];
    const { exitCode, output } = await this.#run(args, this.#nomad(target));
    if (![0, 1].includes(exitCode) || parseErrorBlocks(output).length > 0)
      throw this.#explain('plan', exitCode, output, target);
    return output
      .split('\n')
      .filter((line) => !isDebugLine(line))
      .join('\n');
  }

  /**
   * `status` of one deployment. It lists one namespace only.
   *
   * @throws ActionError
   */
  async status(target: Pick<PackTarget, 'pack' | 'deploymentName' | 'nomad' | 'token'>): Promise<StatusRow[]> {
    const args = ['status', target.pack.name, `--name=${target.deploymentName}`];
    const { exitCode, output } = await this.#run(args, this.#nomad(target));
    if (exitCode !== 0) throw this.#explain('status', exitCode, output, undefined);
    return parseStatusTable(output);
  }

  /**
   * `render`, given variables through the environment, where nomad-pack holds values against the types that the pack declares;
   * those of a file it takes as they are.
   *
   * @returns nomad-pack's complaint about each value of a wrong type, in no order
   */
  async complaintsAboutTypes(target: PackTarget, variables: Readonly<Record<string, string>>): Promise<string[]> {
    const environment = Object.fromEntries(
      Object.entries(variables).map(([name, text]) => [`NOMAD_PACK_VAR_${name}`, text]),
    );
    const args = ['render', ...this.#common({ ...target, files: [] })];
    const { output } = await this.#run(args, { ...this.#nomad(target), ...environment }, { onLine: () => undefined });
    const complaints = parseErrorBlocks(output).filter(
      ({ error, context }) =>
        error.includes("not compatible with the variable's type constraint") &&
        // The pack's own default, which is no value of the user's.
        packFile(context['HCL Range'] ?? '') === undefined,
    );
    return complaints.map(({ error }) => error.split('constraint: ')[1] ?? error);
  }

  /** The names of the variables that the pack declares; empty where they are not known. */
  declaredVariables({ pack, registry }: PackTarget): string[] {
    return declaredVariables(this.#options.folder.path, pack.name, registry);
  }

  async #succeed(command: string, args: readonly string[], target: PackTarget): Promise<void> {
    const { exitCode, output } = await this.#run(args, this.#nomad(target));
    if (exitCode !== 0) throw this.#explain(command, exitCode, output, target);
  }

  async #run(
    args: readonly string[],
    env: Record<string, string>,
    more: Pick<CommandOptions, 'finishWithin' | 'interruptAfter' | 'onLine'> = {},
  ): Promise<CommandOutcome> {
    const { path, folder, signal, onLine } = this.#options;
    return await runCommand(path, args, {
      cwd: folder.path,
      env,
      signal,
      onLine,
      ...more,
      onProcess: (pid, state) => (state === 'runs' ? folder.rememberProcess(pid) : folder.forgetProcess(pid)),
    });
  }

  #common({ pack, registry, deploymentName, files }: PackTarget): string[] {
    return [
      pack.name,
      `--name=${deploymentName}`,
      `--registry=${registry.name}`,
      `--ref=${registry.ref}`,
      ...files.map(({ name }) => `--var-file=${name}`),
    ];
  }

  #nomad(target: Pick<PackTarget, 'nomad' | 'token'>): Record<string, string> {
    return { ...this.#base(), ...homeOfCache(), ...nomadEnvironment(target.nomad, target.token) };
  }

  #base(): Record<string, string> {
    return baseEnvironment(this.#options.environment, this.#options.passEnv);
  }

  /**
   * `registry add` gets the real home, because git finds the user's settings and `~/.netrc` there, and the cache by an absolute
   * path that is the same folder. Go's cache folder follows no variable but the home on macOS.
   */
  #homeOfGit(): Record<string, string> {
    const { environment, folder } = this.#options;
    const home = environment['HOME'];
    if (process.platform === 'win32' || process.platform === 'darwin') {
      return {
        ...this.#base(),
        ...homeOfCache(),
        ...(home !== undefined && { GIT_CONFIG_GLOBAL: environment['GIT_CONFIG_GLOBAL'] ?? join(home, '.gitconfig') }),
      };
    }
    return { ...this.#base(), ...(home !== undefined && { HOME: home }), XDG_CACHE_HOME: join(folder.path, '.cache') };
  }

  #explain(command: string, exitCode: number, output: string, target: PackTarget | undefined): ActionError {
    const context: FailureContext = {
      command,
      files: target?.files ?? [],
      locate: (file) => locate(target?.pack, file),
      declared: () => (target === undefined ? [] : this.declaredVariables(target)),
    };
    return explainFailure(output, exitCode, context);
  }
}

/**
 * A file of the pack, given as `web/templates/web.nomad.tpl`, as a path of the workspace. What it begins with is the name in the pack's
 * metadata, which may be another than the directory's.
 */
function locate(pack: PackReference | undefined, file: string): string | undefined {
  if (pack?.kind !== 'directory') return undefined;
  const path = file.slice(file.indexOf('/') + 1);
  return existsSync(join(pack.path, path)) ? join(pack.written, path) : undefined;
}

async function readRendered(folder: string): Promise<RenderedFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return await Promise.all(
    paths.sort().map(async (path) => ({
      name: relative(folder, path).replaceAll('\\', '/'),
      text: await readFile(path, 'utf8'),
    })),
  );
}
