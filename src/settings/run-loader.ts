import { OPERATION_NAMES } from '../operations.ts';
import type { MatrixRow, Operation } from '../result.ts';
import { changedDeployments, partsOf } from './deployments/changes.ts';
import { entryInputs, placeOf, registryOf } from './deployments/entry-inputs.ts';
import { fileError } from './deployments/file-error.ts';
import { readFileText } from './deployments/file-text.ts';
import { needsAmong, withNeeds } from './deployments/graph.ts';
import { describePath, type PathProblem, suggestion } from './deployments/problems.ts';
import { inOrder, type ReadFile, readDeploymentsFile } from './deployments/read.ts';
import { type ResolvedDeployment, resolveDeployments } from './deployments/resolve.ts';
import type { DeploymentsFile } from './deployments/schema.ts';
import { needsOf, SelectionError, selectDeployments } from './deployments/select.ts';
import { type GivenByName, readGivenByName } from './given-by-name.ts';
import type { InputName, Inputs } from './inputs.ts';
import { type Loaded, type LoadOptions, readSettings, reviewSettings } from './load.ts';
import { misplacedSecrets } from './misplaced.ts';
import { InputProblem, inputError } from './problems.ts';
import { BESIDE_A_FILE, type LoadedDeployment, type Run, type RunEntry, type RunLoadOptions } from './run.ts';
import { inputsSchema } from './schema.ts';
import type { DeploymentSettings } from './settings.ts';
import { got } from './shown.ts';
import { parseSource, SourceError } from './source.ts';

/** What the file says of each deployment by itself. */
const OF_THE_FILE: readonly InputName[] = [
  'pack',
  'deployment_name',
  'registry_name',
  'registry_source',
  'registry_ref',
  'registry_target',
  'registry',
];

/** What is given by name, or is for the run as a whole. */
const NOT_FOR_EACH: ReadonlySet<InputName> = new Set<InputName>([
  'deployments_file',
  ...BESIDE_A_FILE,
  'variables',
  'secret_variables',
  'registry_token',
  'registry_user',
  'plan_digest',
]);

/** What cannot be done with a deployment that should not be there. */
const OF_THE_PRESENT: ReadonlySet<Operation> = new Set<Operation>([
  'render',
  'validate',
  'promote',
  'reject',
  'rollback',
]);

/** Loads a run over a file; its parts are in the order in which they happen. */
export class FileRunLoader {
  readonly #inputs: Inputs;
  readonly #written: string;
  readonly #options: RunLoadOptions;

  constructor(inputs: Inputs, written: string, options: RunLoadOptions) {
    this.#inputs = inputs;
    this.#written = written;
    this.#options = { ...options, keepPrivate: keptOnce(options.keepPrivate) };
  }

  async load(): Promise<Run> {
    const common = await this.#loadCommon();
    const read = readDeploymentsFile(await readFileText(this.#written, this.#options.workspace));
    if ('problems' in read) throw fileError(this.#written, read.problems);
    const operation = (await this.#checked('operation')) as Exclude<Operation, 'setup'>;
    const environments = await this.#environments(read.file, operation);
    if (operation === 'matrix') {
      const selections = await Promise.all(environments.map((one) => this.#select(read.file, one)));
      return { kind: 'matrix', rows: selections.flatMap((selected, index) => rowsOf(selected, environments[index])) };
    }
    const [environment] = environments;
    const selected = (await this.#select(read.file, environment)).filter(
      ({ deployment }) => deployment.state === 'present' || !OF_THE_PRESENT.has(operation),
    );
    const { github_token: githubToken } = this.#inputs;
    return {
      kind: 'file',
      operation,
      file: this.#written,
      ...(environment !== undefined && { environment }),
      parallelism: await this.#checked('parallelism'),
      failFast: await this.#checked('fail_fast'),
      nomadPack: common.settings.nomadPack,
      review: reviewSettings({
        fail_on_changes: await this.#checked('fail_on_changes'),
        fail_on_unhealthy: await this.#checked('fail_on_unhealthy'),
        comment: await this.#checked('comment'),
        comment_label: await this.#checked('comment_label'),
        comment_address: await this.#checked('comment_address'),
        pull_request_number: await this.#checked('pull_request_number'),
        plan_digest: await this.#checked('plan_digest'),
      }),
      ...(githubToken !== undefined && { githubToken }),
      entries: await this.#loadEntries(read, environment, selected, operation),
    };
  }

  /** The inputs that are for all: wrong ones are told here, once, and before the file is looked at. */
  async #loadCommon(): Promise<Loaded> {
    const inputs = this.#inputs;
    const refused = OF_THE_FILE.filter((name) => inputs[name] !== undefined);
    const problems = [
      ...(inputs.operation === 'setup'
        ? [new InputProblem('operation', 'is `setup`, which is not about deployments; leave out `deployments_file`')]
        : []),
      ...refused.map(
        (name) =>
          new InputProblem(name, 'cannot be set beside `deployments_file`, which says that for each deployment'),
      ),
    ];
    // What belongs to something that the file may say, and what is given by name, is looked at with each deployment.
    const { variables, secret_variables, registry_user, nomad_auth_audience, ...rest } = inputs;
    // `setup` needs the least, and knows nothing of what only a rollback knows: that, too, is looked at with each deployment.
    const { dry_run, rollback_to, ...others } = rest;
    const common = inputs.operation === 'rollback' ? others : rest;
    const read = await readSettings({ ...common, operation: 'setup' }, this.#options);
    const operation = await inputsSchema.shape.operation.safeParseAsync(inputs.operation);
    // Of those that are not looked at here, too.
    const misplaced = misplacedSecrets(inputs);
    const told = new Set(misplaced.map(({ message, input }) => `${input} ${message}`));
    const found = 'problems' in read ? read.problems : [];
    const all = [
      ...misplaced,
      ...problems,
      ...found.filter(({ input, message }) => !refused.includes(input) && !told.has(`${input} ${message}`)),
      ...(operation.success
        ? []
        : [
            new InputProblem(
              'operation',
              `${operation.error.issues[0]?.message}${got('operation', this.#inputs.operation ?? '', OPERATION_NAMES)}`,
            ),
          ]),
    ];
    if (all.length > 0) throw inputError(all, this.#options);
    return read as Loaded;
  }

  async #checked<Name extends keyof typeof inputsSchema.shape>(name: Name) {
    return (await inputsSchema.shape[name].parseAsync(this.#inputs[name])) as ReturnType<
      (typeof inputsSchema.shape)[Name]['parse']
    >;
  }

  /** The environments that are asked for; the one that is undefined is that of a file without any. */
  async #environments(
    { environments = {} }: DeploymentsFile,
    operation: Operation,
  ): Promise<readonly (string | undefined)[]> {
    const names = Object.keys(environments);
    const { environment } = this.#inputs;
    const list = names.map((name) => `\`${name}\``).join(', ');
    if (environment === undefined) {
      if (names.length === 0) return [undefined];
      if (operation === 'matrix') return names;
      throw new InputProblem('environment', `is missing or empty; \`${this.#written}\` has the environments ${list}`);
    }
    if (Object.hasOwn(environments, environment)) return [environment];
    throw new InputProblem(
      'environment',
      names.length === 0
        ? `is \`${environment}\`, but \`${this.#written}\` has no environments; leave it out`
        : `must be an environment of \`${this.#written}\` (got \`${environment}\`${suggestion(environment, names)}). There are: ${list}`,
    );
  }

  /** The deployments that are asked for, and what each needs among them. */
  async #select(file: DeploymentsFile, environment: string | undefined): Promise<Selected[]> {
    const all = resolveDeployments(file, environment);
    const only = await this.#checked('only');
    const alsoNeeds = await this.#checked('only_with_needs');
    if (alsoNeeds && only.length === 0 && this.#inputs.changed_since === undefined) {
      throw new InputProblem('only_with_needs', 'is set without `only` or `changed_since`, which it belongs to');
    }
    const chosen = new Set(this.#chosen(all, only));
    const changed = await this.#changed(file, environment);
    const wanted = [...chosen].filter((key) => changed?.has(key) ?? true);
    const keys = alsoNeeds ? withNeeds(wanted, needsOf(all)) : new Set(wanted);
    const needs = needsAmong(keys, needsOf(all));
    return all
      .filter(({ key }) => keys.has(key))
      .map((deployment) => ({ deployment, needs: needs.get(deployment.key) ?? [] }));
  }

  #chosen(all: readonly ResolvedDeployment[], only: readonly string[]): string[] {
    try {
      return selectDeployments(all, only, false).map(({ key }) => key);
    } catch (error) {
      throw error instanceof SelectionError ? new InputProblem('only', error.message) : error;
    }
  }

  async #changed(file: DeploymentsFile, environment: string | undefined): Promise<Set<string> | undefined> {
    const revision = this.#inputs.changed_since;
    if (revision === undefined) return undefined;
    const parts = partsOf(file, environment);
    const differences = await this.#options.differencesSince({ revision, file: this.#written, parts });
    return changedDeployments(file, environment, differences);
  }

  /** Loads each entry as a step over it alone would, and tells all that is wrong with them at once. */
  async #loadEntries(
    { file, locate }: Extract<ReadFile, { file: unknown }>,
    environment: string | undefined,
    selected: readonly Selected[],
    operation: DeploymentSettings['operation'],
  ): Promise<RunEntry[]> {
    const given = await readGivenByName(this.#inputs, {
      deployments: Object.keys(file.deployments),
      origins: new Map(
        Object.entries(file.registries ?? {}).map(([name, { source }]) => [
          name,
          originOf(source, this.#options.workspace),
        ]),
      ),
    });
    const inFile: PathProblem[] = [];
    const inInputs = new Map<string, InputProblem>();
    const entries: RunEntry[] = [];
    for (const { deployment, needs } of selected) {
      const isAbsent = deployment.state === 'absent';
      const own = isAbsent && operation === 'deploy' ? 'destroy' : operation;
      const inputs = { ...(await this.#inputsOf(file, deployment, given)), operation: own };
      const read = await readSettings(inputs, { ...this.#options, packMayBeGone: isAbsent });
      if (!('problems' in read)) {
        entries.push({ key: deployment.key, needs, isAbsent, loaded: read as LoadedDeployment });
        continue;
      }
      for (const problem of read.problems) {
        const path = this.#isGiven(problem.input, deployment, given)
          ? undefined
          : placeOf(file, environment, deployment, problem.input, problem.file?.location.file);
        if (path !== undefined) inFile.push({ path, message: `\`${describePath(path)}\` ${problem.message}.` });
        else {
          // What is missing for several is told once.
          const once = problem.message.startsWith('is missing') ? problem.input : `${problem.input} ${problem.message}`;
          if (!inInputs.has(once)) inInputs.set(once, problem);
        }
      }
    }
    if (inInputs.size > 0) throw inputError([...inInputs.values()], this.#options);
    const problems = [...inFile, ...twinsOf(entries)];
    if (problems.length > 0) throw fileError(this.#written, inOrder(distinct(problems).map(locate)));
    return entries;
  }

  /** Later ones win: variables of the environment such as NOMAD_ADDR, the file, the step's inputs. */
  async #inputsOf(file: DeploymentsFile, deployment: ResolvedDeployment, given: GivenByName): Promise<Inputs> {
    const ofStep = Object.entries(this.#inputs).filter(([name]) => !NOT_FOR_EACH.has(name as InputName));
    const isFallback = ([name]: [string, string]) => this.#options.variableOf(name as InputName) !== undefined;
    const fallbacks = Object.fromEntries(ofStep.filter(isFallback));
    const explicit = Object.fromEntries(ofStep.filter((one) => !isFallback(one)));
    const ofFile = entryInputs(file, deployment);
    // Lists of files add up.
    const files = [...(deployment.settings.variable_files ?? []), ...(await this.#checked('variable_files'))];
    // A login replaces the token that the job's environment happens to hold, as it does for a single deployment.
    if (ofFile.nomad_auth_method !== undefined) delete fallbacks['nomad_token'];
    return {
      ...fallbacks,
      ...ofFile,
      ...explicit,
      ...(files.length > 0 && { variable_files: JSON.stringify(files) }),
      ...variablesOf(deployment, given),
      ...registryCredentialsOf(deployment, given),
    };
  }

  /** Whether the step's inputs say it, and not the file. */
  #isGiven(input: InputName, { key }: ResolvedDeployment, given: GivenByName): boolean {
    if (input === 'variables') return given.variables.has(key);
    if (input === 'variable_files') return false;
    return this.#inputs[input] !== undefined && this.#options.variableOf(input) === undefined;
  }
}

interface Selected {
  readonly deployment: ResolvedDeployment;
  /** Among those that are selected. */
  readonly needs: readonly string[];
}

function rowsOf(selected: readonly Selected[], environment = ''): MatrixRow[] {
  return selected.map(({ deployment: { key, pack }, needs }) => ({ name: key, environment, pack, needs }));
}

function variablesOf({ key, settings }: ResolvedDeployment, given: GivenByName): Inputs {
  const ofStep = Object.entries(given.variables.get(key) ?? {}).filter(([, value]) => value !== null);
  const secret = given.secretVariables.get(key) ?? {};
  const ofFile = Object.entries(settings.variables ?? {}).filter(([name]) => !Object.hasOwn(secret, name));
  return {
    variables: JSON.stringify(Object.fromEntries([...ofFile, ...ofStep])),
    ...(Object.keys(secret).length > 0 && { secret_variables: JSON.stringify(secret) }),
  };
}

function registryCredentialsOf(deployment: ResolvedDeployment, { registryTokens, registryUsers }: GivenByName): Inputs {
  const registry = registryOf(deployment) ?? '';
  const token = registryTokens.get(registry);
  const user = registryUsers.get(registry);
  if (token === undefined) return {};
  return { registry_token: token, ...(user !== undefined && { registry_user: user }) };
}

/** Two deployments that would be one in the cluster: each would stop the other's jobs. The step's inputs may have made them so. */
function twinsOf(entries: readonly RunEntry[]): PathProblem[] {
  const seen = new Map<string, string>();
  return entries.flatMap(({ key, loaded: { settings } }) => {
    const { address, region, namespace } = settings.nomad;
    const place = JSON.stringify([address, region, namespace, settings.deploymentName]);
    const twin = seen.get(place);
    seen.set(place, key);
    if (twin === undefined) return [];
    const message = `\`${twin}\` and \`${key}\` are both called \`${settings.deploymentName}\` in one namespace of one cluster. Give one of them another \`name\`.`;
    return [{ path: ['deployments', key], atKey: true, message }];
  });
}

/** What several deployments have from one place is told once. */
function distinct(problems: readonly PathProblem[]): PathProblem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

function originOf(source: string, workspace: string): string | undefined {
  try {
    return parseSource(source, workspace).origin;
  } catch (error) {
    // What is wrong with it is told with the deployments that come from there.
    if (error instanceof SourceError) return undefined;
    throw error;
  }
}

/** What is the same for all is written once, and what differs has names that differ. */
function keptOnce(keepPrivate: LoadOptions['keepPrivate']): LoadOptions['keepPrivate'] {
  const paths = new Map<string, Promise<string>>();
  return async (name, text) => {
    const known = paths.get(`${name} ${text}`) ?? keepPrivate(`${paths.size || ''}${name}`, text);
    paths.set(`${name} ${text}`, known);
    return await known;
  };
}
