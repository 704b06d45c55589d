import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import semver from 'semver';
import { ActionError, type FailureReason, type FileLocation } from '../errors.ts';
import { pause } from '../http/signals.ts';
import type { JobStore } from '../job-store.ts';
import { type PrivateFolder, RENDERED_FOLDER } from '../runner/private-folder.ts';
import type {
  NomadSettings,
  PackReference,
  RegistryCredentials,
  RegistrySettings,
  VariableValue,
} from '../settings/settings.ts';
import { tryAgain } from './attempts.ts';
import {
  copyRegistry,
  type DeclaredVariable,
  declaredVariables,
  dependencyNames,
  packPath,
  placeRegistry,
  readDeclarations,
  registryCommit,
  requirePack,
} from './cache.ts';
import type { Clones } from './clones.ts';
import { baseEnvironment, type Environment, gitEnvironment, nomadEnvironment } from './environment.ts';
import { packFile } from './failure-rules/pack-files.ts';
import { explainFailure, type FailureContext } from './failures.ts';
import { explainCloneFailure, gitConfiguration, withoutHead } from './git.ts';
import { lineAt } from './hcl-scanner.ts';
import { HOST } from './host.ts';
import { type NomadVariable, readNomadVariables } from './nomad-variables.ts';
import { isDebugLine, parseErrorBlocks } from './output.ts';
import { withoutAdvice } from './plan-output.ts';
import { type CommandOptions, type CommandOutcome, runCommand } from './process.ts';
import { parseRunOutput, type RunReport } from './run-output.ts';
import { parseStatusTable, type StatusRow } from './status-table.ts';
import { type PreparedFile, writeVariables } from './variable-files.ts';

/** The first version that knows `--detach` and the other flags of `run` and `plan` that this action uses where it can. */
const SINCE_DETACH = '0.4.2';

/** The last version that puts a ref into a URL without escaping it. */
const LOSES_CHARACTERS = '0.4.2';

/** The first version whose `run` stops the jobs of a deployment that its pack no longer has. */
const SINCE_STOPS = '0.4.2';

/** The first version that leaves alone what those jobs have launched. */
const SINCE_SPARES_CHILDREN = '0.4.3';
/** The newest version that the scenarios ran with. */
export const NEWEST_TESTED = '0.4.3';

/** Whether a version may differ in what this action relies on. */
export function isUntested(version: string): boolean {
  return semver.gt(semver.coerce(version) ?? version, NEWEST_TESTED);
}

/** The last version that does not write the Nomad variables that a pack declares. */
const BEFORE_NOMAD_VARIABLES = '0.4.2';

/** How long a detached `run` may go on after a cancel, so that what it registers is known. Milliseconds. */
const FINISH_RUN_WITHIN = 1500;

/** How long a command may take; nomad-pack's own requests and git have no limit. Milliseconds. */
const LIMITS = {
  /** A large repository over a slow line. git itself gives up a transfer that stands still, long before. */
  registry: 300_000,
  /** One answer of a few hundred bytes. */
  head: 45_000,
  /** Of each job, `plan` asks Nomad four things, which take it a fraction of a second. */
  nomad: 45_000,
  /** As `plan`, and every registration waits for the servers to agree. */
  register: 120_000,
};

/** A `wait_timeout` that is shorter than a registration can be still leaves it so long. Milliseconds. */
const SHORTEST_RUN = 10_000;

/** Before a second look for a HEAD that is not there. Milliseconds. */
const LOOK_AGAIN = 500;

/** How often the default branch is fetched until it is what the registry's HEAD is. */
const MOST_LOOKS = 3;

/** What `run` says when it fails before it has registered anything: it reads all jobs, and looks for conflicts, first. */
const BEFORE_REGISTERING = /^Failed (?:To Parse Job Specification|Job Conflict Validation)$/;

/** What Nomad says to a registration that it does not even begin. */
const NOT_BEGUN = /response code: 429|No cluster leader|connection refused|no such host/;

export interface NomadPackOptions {
  /** The executable, which may still be under way: it is there when it is verified. */
  readonly program: Promise<string>;
  readonly version: Promise<string>;
  readonly folder: PrivateFolder;
  /** The step's own environment, of which nomad-pack gets what it needs. */
  readonly environment: Environment;
  readonly passEnv: readonly string[];
  /** What `registry add` may show the registry's host. */
  readonly registryCredentials?: RegistryCredentials | undefined;
  /** For the cluster: of the inputs, or of a login that may still be under way. */
  readonly nomadToken?: () => Promise<string | undefined>;
  /** `user:password` of a proxy before Nomad. */
  readonly httpAuth?: string | undefined;
  readonly signal: AbortSignal;
  /** Called with each line that nomad-pack prints, as it comes. */
  readonly onLine: (line: string) => void;
  /** Called with a line of the action's own, such as that a command is tried again. */
  readonly log: (line: string) => void;
  /** Where registries are fetched to that several deployments of the step take a pack of; without it, into this one's folder. */
  readonly clones?: Clones;
  /** What earlier steps of the job have fetched; a registry that this step fetches is left there. */
  readonly store?: JobStore;
  readonly limits?: typeof LIMITS;
}

/** What a command works on. */
export interface PackTarget {
  readonly pack: PackReference;
  readonly registry: RegistrySettings;
  readonly deploymentName: string;
  readonly files: readonly PreparedFile[];
  /** What `--var-source` is given; only for versions that know it. */
  readonly sources?: readonly string[];
  readonly nomad: NomadSettings;
}

export interface RenderedFile {
  /** Relative to the folder of rendered files, as in `web/web.nomad`. */
  readonly name: string;
  readonly text: string;
  /** The first line that is not UTF-8, 1-based; absent where all is. */
  readonly brokenLine?: number;
}

export interface RunOptions {
  readonly preserveCounts: boolean;
  /** Takes jobs of no deployment over, whatever nomad-pack thinks of it. */
  readonly override?: boolean;
  /** Nomad refuses the registration of a job whose JobModifyIndex is another one. */
  readonly checkIndex?: number;
  /** How long it may take. A binary that cannot detach watches the rollout itself, and would wait for ever for what cannot be placed. Milliseconds. */
  readonly timeout: number;
  /** Whether all jobs are as they were before. Only then, and where it says that it registered nothing, it is run again. */
  readonly isUntouched: () => Promise<boolean>;
}

export interface RunOutcome extends RunReport {
  /** Why `run` failed, though some jobs may be registered all the same. */
  readonly failure?: ActionError;
}

/**
 * The `nomad-pack` command: each method is one of its subcommands, run in the private folder with an environment made for it, when the
 * program is there.
 */
export class NomadPack {
  /** The executable. Rejects where it could not be installed. */
  readonly program: Promise<string>;
  /** Rejects where the program is not nomad-pack. */
  readonly version: Promise<string>;
  readonly #options: NomadPackOptions;
  readonly #limits: typeof LIMITS;

  constructor(options: NomadPackOptions) {
    this.program = options.program;
    this.version = options.version;
    this.#options = options;
    this.#limits = options.limits ?? LIMITS;
  }

  /** Whether this version can register jobs without watching them. */
  async canDetach(): Promise<boolean> {
    return await this.#isSince(SINCE_DETACH);
  }

  /** What `run` of this version stops besides registering the pack's jobs: jobs of the same deployment, and what they have launched. */
  async reach(): Promise<{ readonly jobs: boolean; readonly children: boolean }> {
    const jobs = await this.#isSince(SINCE_STOPS);
    return { jobs, children: jobs && !(await this.#isSince(SINCE_SPARES_CHILDREN)) };
  }

  async #isSince(first: string): Promise<boolean> {
    const version = await this.version;
    // A development build of a version has what that version has.
    return semver.gte(semver.coerce(version) ?? version, first);
  }

  /**
   * `registry add`. The whole registry is added, whatever the target: nomad-pack forgets the commit of a single pack. `latest` is held
   * against the registry's HEAD.
   *
   * @returns the commit, where there is one
   * @throws ActionError
   */
  async addRegistry(registry: RegistrySettings, pack: string): Promise<string | undefined> {
    await this.#refuseRef(registry.ref);
    const { clones, folder, registryCredentials } = this.#options;
    const commit =
      clones === undefined
        ? await this.#obtain(registry)
        : await clones.place(registry, registryCredentials, folder, async (own) => {
            return await new NomadPack({ ...this.#options, folder: own }).#obtain(registry);
          });
    await requirePack(folder.path, pack, registry);
    return commit;
  }

  async #obtain(registry: RegistrySettings): Promise<string | undefined> {
    return (await this.#takeKept(registry)) ?? (await this.#fetch(registry));
  }

  async #fetch(registry: RegistrySettings): Promise<string | undefined> {
    const commit = registry.ref === 'latest' ? await this.#addLatest(registry) : await this.#add(registry);
    const { store, folder } = this.#options;
    if (commit !== undefined)
      await store?.keep(nameOf(registry), commit, async (place) => await copyRegistry(folder.path, place, registry));
    return commit;
  }

  /**
   * What an earlier step of the job has fetched, if the ref still stands for the same commit. The registry is asked with this step's own
   * credentials: who may not read it gets nothing.
   *
   * @returns the commit
   */
  async #takeKept(registry: RegistrySettings): Promise<string | undefined> {
    const kept = await this.#options.store?.find(nameOf(registry));
    if (kept === undefined) return undefined;
    const now = await this.#commitOf(registry).catch((error: unknown) => {
      if (this.#options.signal.aborted) throw error;
      return undefined;
    });
    if (now !== kept.note) return undefined;
    await placeRegistry(kept.path, this.#options.folder.path, registry);
    // What is said of it comes after what is said of the installation.
    await this.program;
    this.#options.log(`The registry was fetched by an earlier step of this job: \`${registry.ref}\` is still ${now}.`);
    return now;
  }

  /** The commit that the registry's ref stands for; undefined where that cannot be told without fetching it. */
  async #commitOf(registry: RegistrySettings): Promise<string | undefined> {
    const { ref } = registry;
    if (ref === 'latest') return await this.#head(registry);
    const refs = await this.#listRefs(registry, [
      `refs/heads/${ref}`,
      `refs/tags/${ref}`,
      `refs/tags/${ref}^{}`,
      'HEAD',
    ]);
    if (/^[0-9a-f]{40,64}$/.test(ref)) return ref;
    refs.delete('HEAD');
    // A tag with a message of its own stands for the commit behind it.
    const commits = new Set([
      refs.get(`refs/heads/${ref}`),
      refs.get(`refs/tags/${ref}^{}`) ?? refs.get(`refs/tags/${ref}`),
    ]);
    commits.delete(undefined);
    return commits.size === 1 ? [...commits][0] : undefined;
  }

  /** 0.4.2 puts the ref into a URL as it is, which may then mean another one: `v1+x` is `v1 x`, and of `v1;x` nothing is left. */
  async #refuseRef(ref: string): Promise<void> {
    const lost = /[+#%&;]/.exec(ref)?.[0];
    if (lost === undefined) return;
    const version = await this.version;
    if (semver.gt(semver.coerce(version) ?? version, LOSES_CHARACTERS)) return;
    throw new ActionError('input', `nomad-pack ${version} cannot fetch the ref \`${ref}\`: it loses the \`${lost}\`.`, {
      hint: `Set \`registry_ref\` to the commit that it stands for, or \`nomad_pack_version\` to one that is newer than ${LOSES_CHARACTERS}.`,
    });
  }

  /**
   * 0.4.2 asks for the default branch first, and where that fails just once, clones the branch `master` instead and says nothing. It does
   * the same where HEAD is not a branch.
   */
  async #addLatest(registry: RegistrySettings): Promise<string | undefined> {
    const { log } = this.#options;
    for (let looks = 1; ; looks += 1) {
      const [head, added] = await Promise.allSettled([this.#head(registry), this.#add(registry)]);
      if (head.status === 'fulfilled' && head.value === undefined) throw withoutHead(registry);
      const other = added.status === 'rejected' && (added.reason as ActionError).reason === 'registry-ref-not-found';
      if (added.status === 'rejected' && !other) throw added.reason;
      if (head.status === 'rejected') throw head.reason;
      const commit = added.status === 'fulfilled' ? added.value : undefined;
      if (!other && commit === undefined) return undefined;
      // Where somebody has pushed between both, it is what the HEAD is now.
      if (commit === head.value || (!other && commit === (await this.#head(registry)))) return commit;
      if (looks === MOST_LOOKS) throw otherBranch(registry, head.value ?? '', commit);
      log(
        `nomad-pack did not clone the registry’s HEAD, ${head.value}, but ${commit ?? 'nothing'}. Fetching it again.`,
      );
    }
  }

  /**
   * The commit of the registry's HEAD; undefined where it has none. It is looked for a second time then, for git takes an answer that is
   * no list of refs for an empty one.
   */
  async #head(registry: RegistrySettings): Promise<string | undefined> {
    const found = await this.#lookForHead(registry);
    if (found !== undefined) return found;
    await pause(LOOK_AGAIN, [this.#options.signal]);
    return await this.#lookForHead(registry);
  }

  async #lookForHead(registry: RegistrySettings): Promise<string | undefined> {
    return (await this.#listRefs(registry, ['HEAD'])).get('HEAD');
  }

  /** `git ls-remote`: the commits or tags that the registry has under these names. */
  async #listRefs(registry: RegistrySettings, names: readonly string[]): Promise<Map<string, string>> {
    const what = 'git ls-remote';
    return await this.#again(what, async () => {
      const limit = this.#limits.head;
      const args = ['ls-remote', '--', registry.source, ...names];
      const env = this.#gitEnvironment(registry);
      const outcome = await this.#spawn('git', args, env, { limit, onLine: () => undefined });
      const { exitCode, output, interrupted } = outcome;
      if (interrupted) throw hung(what, limit, registryHangs(registry));
      if (exitCode !== 0) throw this.#explainClone(registry, output) ?? explainFailure(outcome, contextOf(what));
      const lines = [...output.matchAll(/^([0-9a-f]{40,64})\t(\S+)$/gm)];
      return new Map(lines.map(([, commit = '', name = '']) => [name, commit]));
    });
  }

  async #add(registry: RegistrySettings): Promise<string | undefined> {
    const args = ['registry', 'add', registry.name, registry.source];
    if (registry.ref !== 'latest') args.push(`--ref=${registry.ref}`);
    const what = 'nomad-pack registry add';
    return await this.#again(what, async () => {
      const limit = this.#limits.registry;
      // What an attempt before left there would be taken for the registry, or updated instead of cloned.
      await this.#options.folder.discard(HOST.cache);
      const outcome = await this.#spawn(await this.program, args, this.#gitEnvironment(registry), { limit });
      if (outcome.interrupted) throw hung(what, limit, registryHangs(registry));
      const [block] = parseErrorBlocks(outcome.output);
      if (outcome.exitCode === 0 && block === undefined) {
        return await registryCommit(this.#options.folder.path, registry);
      }
      throw this.#explainClone(registry, block?.error ?? outcome.output) ?? explainFailure(outcome, contextOf(what));
    });
  }

  #explainClone(registry: RegistrySettings, words: string): ActionError | undefined {
    return explainCloneFailure(registry, this.#options.registryCredentials !== undefined, words);
  }

  #gitEnvironment(registry: RegistrySettings): Record<string, string> {
    const { environment, folder, registryCredentials } = this.#options;
    return {
      ...this.#base(),
      ...gitEnvironment(environment),
      ...HOST.homeOfGit(environment, folder.path),
      ...gitConfiguration(registry, registryCredentials),
      GIT_CEILING_DIRECTORIES: folder.path,
    };
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
    await this.#run('render', args, target, ({ exitCode }) => exitCode === 0);
    const folder = join(this.#options.folder.path, RENDERED_FOLDER);
    return { folder, files: await readRendered(folder) };
  }

  /** The variables that the pack declares, by name; none where they are not known. */
  declaredVariables({ pack, registry }: PackTarget): ReadonlyMap<string, DeclaredVariable> {
    return declaredVariables(this.#options.folder.path, pack.name, registry);
  }

  /** What the packs that the pack depends on can be called. */
  async dependencyNames({ pack, registry }: PackTarget): Promise<string[]> {
    return await dependencyNames(this.#options.folder.path, pack.name, registry);
  }

  /**
   * `render` with other values for some variables. Nothing of it is shown.
   *
   * @throws ActionError
   */
  async probe(target: PackTarget, values: Readonly<Record<string, VariableValue>>): Promise<RenderedFile[]> {
    const { folder } = this.#options;
    const name = `probe-${randomUUID()}`;
    // Its name sorts after those of the other files, so that it wins.
    const file = await writeVariables(folder, `${name}.json`, 'secret_variables', values);
    const probed = { ...target, files: [...target.files, file] };
    const args = ['render', ...this.#common(probed), `--to-dir=.cache/${name}`, '--auto-approve'];
    const onLine = () => undefined;
    await this.#run('render', args, probed, ({ exitCode }) => exitCode === 0, { onLine });
    return await readRendered(join(folder.path, '.cache', name));
  }

  /** `run`. A failure is part of the outcome, not thrown: some of the jobs may be registered. */
  async run(
    target: PackTarget,
    { preserveCounts, override = false, checkIndex, timeout, isUntouched }: RunOptions,
  ): Promise<RunOutcome> {
    const args = ['run', ...this.#common(target), ...(await this.#override(override))];
    const canDetach = await this.canDetach();
    if (canDetach) args.push('--detach');
    if (preserveCounts) args.push('--preserve-counts');
    if (checkIndex !== undefined) args.push(`--check-index=${checkIndex}`);
    const limits = canDetach
      ? {
          limit: Math.max(Math.min(this.#limits.register, timeout), SHORTEST_RUN),
          finishWithin: FINISH_RUN_WITHIN,
        }
      : { limit: timeout };
    const attempt = async (): Promise<RunOutcome> => {
      const outcome = await this.#spawn(await this.program, args, await this.#nomad(target), limits);
      const report = parseRunOutput(outcome.output);
      if (outcome.interrupted && !canDetach) return report;
      if (outcome.exitCode === 0 && !outcome.interrupted) return report;
      const failure = outcome.interrupted
        ? hung('nomad-pack run', limits.limit, nomadHangs(target.nomad))
        : this.#explain('run', outcome, target);
      const again = failure.passing && !outcome.interrupted && hasRegisteredNothing(outcome.output, report);
      if (again && (await isUntouched())) throw failure;
      return { ...report, failure };
    };
    try {
      return await this.#again('nomad-pack run', attempt);
    } catch (error) {
      if (!(error instanceof ActionError) || !error.passing) throw error;
      return { ...parseRunOutput(''), failure: error };
    }
  }

  /**
   * `plan`: its words on what would change, its tracing left out. Its exit code is not a measure of that: changes in place give 0.
   *
   * @param disclose leaves out of a line what may not be shown
   * @throws ActionError
   */
  async plan(target: PackTarget, disclose: (line: string) => string, { override = false } = {}): Promise<string> {
    const args = ['plan', ...this.#common(target), ...(await this.#override(override))];
    const isGood = ({ exitCode, output }: CommandOutcome) =>
      [0, 1].includes(exitCode) && parseErrorBlocks(output).length === 0;
    const [spoken, kept] = [withoutAdvice(), withoutAdvice()];
    const onLine = (line: string) => {
      const said = spoken(line);
      if (said !== undefined) this.#options.onLine(disclose(said));
    };
    const { output } = await this.#run('plan', args, target, isGood, { onLine });
    return output
      .split('\n')
      .filter((line) => !isDebugLine(line))
      .flatMap((line) => kept(line) ?? [])
      .map(disclose)
      .join('\n');
  }

  /**
   * `status` of one deployment. It lists one namespace only.
   *
   * @throws ActionError
   */
  async status(target: Pick<PackTarget, 'pack' | 'deploymentName' | 'nomad'>): Promise<StatusRow[]> {
    const args = ['status', target.pack.name, `--name=${target.deploymentName}`];
    const { output } = await this.#run('status', args, target, ({ exitCode }) => exitCode === 0);
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
    const args = ['render', ...this.#common({ ...target, files: [], sources: [] })];
    const { output } = await this.#spawn(
      await this.program,
      args,
      { ...(await this.#nomad(target)), ...environment },
      { limit: this.#limits.nomad, onLine: () => undefined },
    );
    const complaints = parseErrorBlocks(output).filter(
      ({ error, context }) =>
        error.includes("not compatible with the variable's type constraint") &&
        // The pack's own default, which is not a value of the user's.
        packFile(context['HCL Range'] ?? '') === undefined,
    );
    return complaints.map(({ error }) => error.split('constraint: ')[1] ?? error);
  }

  /** Whether this version writes the Nomad variables that a pack declares, and knows `--var-source`. */
  async makesNomadVariables(): Promise<boolean> {
    const version = await this.version;
    return semver.gt(semver.coerce(version) ?? version, BEFORE_NOMAD_VARIABLES);
  }

  /** The Nomad variables that the pack, or one that it depends on, declares; none where this version writes none. */
  async nomadVariables({ pack, registry }: Pick<PackTarget, 'pack' | 'registry'>): Promise<NomadVariable[]> {
    if (!(await this.makesNomadVariables())) return [];
    const texts = await readDeclarations(this.#options.folder.path, pack.name, registry);
    const declared = texts.flatMap((text) => readNomadVariables(text));
    // Of two at one path the last one is what is left.
    return [...new Map(declared.map((variable) => [`${variable.namespace}/${variable.path}`, variable])).values()];
  }

  /** Runs a command that changes nothing, again where that may help. */
  async #run(
    command: string,
    args: readonly string[],
    target: Pick<PackTarget, 'nomad'> & Partial<PackTarget>,
    isGood: (outcome: CommandOutcome) => boolean,
    more: Pick<CommandOptions, 'onLine'> = {},
  ): Promise<CommandOutcome> {
    const what = `nomad-pack ${command}`;
    return await this.#again(what, async () => {
      const limit = this.#limits.nomad;
      const outcome = await this.#spawn(await this.program, args, await this.#nomad(target), { ...more, limit });
      if (outcome.interrupted) throw hung(what, limit, nomadHangs(target.nomad));
      if (isGood(outcome)) return outcome;
      throw this.#explain(command, outcome, target);
    });
  }

  async #again<T>(what: string, work: () => Promise<T>): Promise<T> {
    const { signal, log } = this.#options;
    return await tryAgain({ what, signal, log }, work);
  }

  async #spawn(
    file: string,
    args: readonly string[],
    env: Record<string, string>,
    more: Pick<CommandOptions, 'limit' | 'finishWithin' | 'onLine'>,
  ): Promise<CommandOutcome> {
    const { folder, signal, onLine } = this.#options;
    return await runCommand(file, args, {
      cwd: folder.path,
      env,
      signal,
      onLine,
      ...more,
      onProcess: (pid, state) => (state === 'runs' ? folder.rememberProcess(pid) : folder.forgetProcess(pid)),
    });
  }

  /** nomad-pack refuses jobs of no deployment by itself, and can be told not to. */
  async #override(isAsked: boolean): Promise<string[]> {
    if (!isAsked) return [];
    if (await this.canDetach()) return ['--deploy-override'];
    throw new ActionError(
      'input',
      `Input \`adopt_jobs\` needs nomad-pack ${SINCE_DETACH} or newer, not ${await this.version}.`,
      { hint: 'Set `nomad_pack_version` to a newer one.' },
    );
  }

  #common({ pack, registry, deploymentName, files, sources = [] }: PackTarget): string[] {
    return [
      pack.name,
      `--name=${deploymentName}`,
      `--registry=${registry.name}`,
      `--ref=${registry.ref}`,
      ...sources.map((source) => `--var-source=${source}`),
      ...files.map(({ name }) => `--var-file=${name}`),
    ];
  }

  async #nomad({ nomad }: Pick<PackTarget, 'nomad'>): Promise<Record<string, string>> {
    const { nomadToken, httpAuth } = this.#options;
    const token = await nomadToken?.();
    const credentials = { ...(token !== undefined && { token }), ...(httpAuth !== undefined && { httpAuth }) };
    return { ...this.#base(), ...HOST.homeOfCache, ...nomadEnvironment(nomad, credentials) };
  }

  #base(): Record<string, string> {
    return baseEnvironment(this.#options.environment, this.#options.passEnv);
  }

  #explain(command: string, outcome: CommandOutcome, target: Partial<PackTarget>): ActionError {
    const { pack, registry, files = [] } = target;
    return explainFailure(outcome, {
      command: `nomad-pack ${command}`,
      files,
      locate: (file) => locate(pack, file),
      lineOf: (file, line) => {
        if (pack === undefined || registry === undefined) return undefined;
        return lineOf(join(this.#options.folder.path, packPath(pack.name, registry), withinPack(file)), line);
      },
      declared: () =>
        pack === undefined || registry === undefined
          ? []
          : [...declaredVariables(this.#options.folder.path, pack.name, registry).keys()],
    });
  }
}

/** Where no pack is at hand yet. */
function contextOf(command: string): FailureContext {
  return { command, files: [], locate: () => undefined, lineOf: () => undefined, declared: () => [] };
}

function hasRegisteredNothing(output: string, { registered, stopped }: RunReport): boolean {
  if (registered.length > 0 || stopped.length > 0) return false;
  // A crash over an answer comes before anything is told of it.
  if (/^panic: /m.test(output)) return true;
  const blocks = parseErrorBlocks(output);
  const tells = blocks.every(
    ({ title, error }) =>
      BEFORE_REGISTERING.test(title) || (title === 'Failed To Register Job' && NOT_BEGUN.test(error)),
  );
  return blocks.length > 0 && tells;
}

/** What may keep a command from its end, and what to look at. */
interface Cause {
  readonly reason: FailureReason;
  readonly who: string;
  readonly hint: string;
}

function nomadHangs({ address }: NomadSettings): Cause {
  return {
    reason: 'nomad-unreachable',
    who: `Nomad at ${address} did not answer it, or it waits for something else`,
    hint: 'Check that `nomad_addr` answers from this runner (firewall, VPN, proxy), and that the cluster has a leader.',
  };
}

function registryHangs({ source }: RegistrySettings): Cause {
  return {
    reason: 'registry-unreachable',
    who: `The host of ${source} did not send all that git asked for`,
    hint: 'Check that the host of `registry_source` answers from this runner (firewall, VPN, proxy), and that the repository is not too large.',
  };
}

/** What to throw for a command that was stopped at its limit. It may go well the next time. */
function hung(what: string, limit: number, { reason, who, hint }: Cause): ActionError {
  return new ActionError(
    reason,
    `\`${what}\` was stopped because it had not ended after ${Math.round(limit / 1000)} s. ${who}.`,
    {
      hint,
      passing: true,
    },
  );
}

/** What a registry is kept under. */
function nameOf({ name, source, ref }: RegistrySettings): string {
  return `registry ${name} ${source} at ${ref}`;
}

function otherBranch({ source }: RegistrySettings, head: string, commit: string | undefined): ActionError {
  return new ActionError(
    'registry-ref-not-found',
    `The default branch of ${source} is at commit ${head}, but nomad-pack ${
      commit === undefined ? 'asks for a branch `master`, which is not there' : `clones commit ${commit}`
    }. It takes the branch \`master\` where it does not find out the default branch.`,
    { hint: 'Set `registry_ref` to the branch, tag or commit that you want.' },
  );
}

/**
 * A file of the pack, given as `web/templates/web.nomad.tpl`, as a path of the workspace. What it begins with is the name in the pack's
 * metadata, which may be another than the directory's.
 */
function locate(pack: PackReference | undefined, file: string): string | undefined {
  if (pack?.kind !== 'directory') return undefined;
  const path = withinPack(file);
  return existsSync(join(pack.path, path)) ? join(pack.written, path) : undefined;
}

/** `web/redis/templates/redis.nomad.tpl` is the template of the dependency `redis`, which is in `deps/redis`. */
function withinPack(file: string): string {
  const steps = file.split(/[/\\]/).slice(1);
  const end = steps.indexOf('templates');
  return [...steps.slice(0, Math.max(end, 0)).flatMap((name) => ['deps', name]), ...steps.slice(Math.max(end, 0))].join(
    '/',
  );
}

function lineOf(file: string, line: number): string | undefined {
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/)[line - 1];
  } catch {
    return undefined;
  }
}

/**
 * Where a line of a rendered file comes from: the template in the workspace, and the line in it where exactly one reads the same.
 *
 * @param rendered as in `web/web.nomad`
 */
export async function locateTemplateLine(
  pack: PackReference,
  rendered: string,
  line: string | undefined,
): Promise<FileLocation | undefined> {
  const file = locate(pack, `${rendered.replace('/', '/templates/')}.tpl`);
  if (pack.kind !== 'directory' || file === undefined) return undefined;
  // nomad-pack indents and aligns what it renders.
  const plain = (text: string) => text.replace(/\s+/g, '');
  const lines = (await readFile(join(pack.path, relative(pack.written, file)), 'utf8')).split('\n').map(plain);
  const wanted = plain(line ?? '');
  const index = wanted === '' ? -1 : lines.indexOf(wanted);
  return index === -1 || lines.lastIndexOf(wanted) !== index ? { file } : { file, line: index + 1 };
}

async function readRendered(folder: string): Promise<RenderedFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return await Promise.all(
    paths.sort().map(async (path) => {
      const bytes = await readFile(path);
      const text = bytes.toString();
      const name = relative(folder, path).replaceAll('\\', '/');
      return isUtf8(bytes) ? { name, text } : { name, text, brokenLine: lineAt(text, text.indexOf(REPLACED)) };
    }),
  );
}

/** What Node puts in the place of bytes that are not UTF-8. */
const REPLACED = '\ufffd';
