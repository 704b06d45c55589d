import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ask, parseJob } from 'nomad-pack-sandbox/__tests__/support/api.ts';
import type { ApiRequest } from 'nomad-pack-sandbox/nomad/http/request.ts';
import type { Fault, Faults, NomadOptions, SimulatedNomad } from 'nomad-pack-sandbox/nomad/index.ts';
import { Deployment } from '../../../src/deployment/deployment.ts';
import { ActionError } from '../../../src/errors.ts';
import { NomadClient } from '../../../src/nomad/client.ts';
import type { DeclaredVariable } from '../../../src/nomad-pack/cache.ts';
import type { NomadPack, PackTarget, RenderedFile, RunOptions, RunOutcome } from '../../../src/nomad-pack/cli.ts';
import type { NomadVariable } from '../../../src/nomad-pack/nomad-variables.ts';
import type { StatusRow } from '../../../src/nomad-pack/status-table.ts';
import { packMeta } from '../../../src/operations/prepare.ts';
import type { Origin, Tools } from '../../../src/operations/tools.ts';
import { OPERATIONS } from '../../../src/operations.ts';
import { conclude, WorkRecord } from '../../../src/record.ts';
import { Secrets } from '../../../src/report/redact.ts';
import type { Result } from '../../../src/result.ts';
import { PrivateFolder } from '../../../src/runner/private-folder.ts';
import type {
  DeploymentSettings,
  ReviewSettings,
  RollbackSettings,
  RolloutSettings,
  VariableSettings,
  VariableValue,
} from '../../../src/settings/settings.ts';
import { start } from '../../nomad/support/clients.ts';
import { afterwards } from '../../support/afterwards.ts';

/** What `run` of the lab's nomad-pack does in the place of what the real one would. */
export type Run = (pack: LabPack) => Promise<RunOutcome>;

export interface StepOptions {
  readonly operation?: DeploymentSettings['operation'];
  /** The job specifications that the pack renders to. */
  readonly jobs?: readonly string[];
  /** What it renders to with other values for the secrets; by default it takes no others, and fails. */
  readonly probe?: readonly string[];
  /** Nomad variables that it declares, for a version of nomad-pack that writes them; their items as Nomad gets them. */
  readonly declares?: readonly NomadVariable[];
  /** The variables that the pack declares. */
  readonly declared?: Readonly<Record<string, DeclaredVariable>>;
  readonly variables?: Partial<VariableSettings>;
  /** A token of the step. */
  readonly token?: string;
  /** What nomad-pack says of the values of variables that have the wrong type. */
  readonly wrongTypes?: readonly string[];
  /** What fetching the registry fails with. */
  readonly unfetchable?: ActionError;
  /** What another deployment of the step that has the jobs, too, makes fail. */
  readonly taken?: ActionError;
  /** What `render` fails with. */
  readonly unrenderable?: ActionError;
  /** What `plan` prints. */
  readonly words?: readonly string[];
  /** Secret variables. */
  readonly secrets?: Readonly<Record<string, string>>;
  readonly rollout?: Partial<RolloutSettings>;
  readonly rollback?: Partial<RollbackSettings>;
  readonly origin?: Origin;
  /** Whether nobody knows the commit that the registry was fetched at; default false. */
  readonly noCommit?: boolean;
  /** Of the registry; default `v1`. */
  readonly ref?: string;
  readonly review?: Partial<ReviewSettings>;
  readonly pack?: string;
  /** The absolute path of the pack, where it is a directory. */
  readonly directory?: string;
  readonly name?: string;
  readonly namespace?: string;
  /** Of nomad-pack; default 0.4.2. */
  readonly version?: string;
  readonly run?: Run;
  /** What nomad-pack's table of jobs says. */
  readonly table?: readonly StatusRow[];
  /** The line of the last job specification whose bytes are no text. */
  readonly brokenLine?: number;
  /** Other files that the pack renders to, by their names. */
  readonly files?: Readonly<Record<string, string>>;
  /** Whether the inputs name no cluster; default false. */
  readonly isAssumed?: boolean;
  /** Whether the inputs name a registry; default true. */
  readonly registry?: boolean;
  readonly signal?: AbortSignal;
  /** Called with each line of the log. */
  readonly onLine?: (line: string) => void;
}

/** What a step came to. */
export interface Outcome {
  /** The result; of a step that threw, what was known by then. */
  readonly result: Partial<Result>;
  readonly reason: string;
  readonly message: string;
  readonly lines: readonly string[];
  /** How often nomad-pack was run. */
  readonly runs: number;
  /** What nomad-pack was run on the last time. */
  readonly target: PackTarget | undefined;
  /** The values that the pack was rendered with in search of secrets, each time. */
  readonly probed: readonly Readonly<Record<string, VariableValue>>[];
}

export interface Lab {
  readonly nomad: SimulatedNomad;
  /** Decides on the faults of Nomad from now on. */
  fail(faults: Faults | undefined): void;
  step(options?: StepOptions): Promise<Outcome>;
}

/** A simulated Nomad, and operations that are run on it in this process, with nomad-pack played by the lab. */
export async function openLab(options: Pick<NomadOptions, 'namespaces' | 'filter'> = {}): Promise<Lab> {
  let faults: Faults | undefined;
  const nomad = await start({ ...options, faults: (request: ApiRequest): Fault | undefined => faults?.(request) });
  const temporary = await mkdtemp(join(tmpdir(), 'lab-'));
  afterwards(() => rm(temporary, { recursive: true, force: true }));
  await mkdir(join(temporary, 'workspace'));
  return {
    nomad,
    fail: (next) => {
      faults = next;
    },
    step: async (step = {}) => await runStep(nomad, temporary, step),
  };
}

async function runStep(nomad: SimulatedNomad, temporary: string, step: StepOptions): Promise<Outcome> {
  const settings = settingsOf(nomad, temporary, step);
  const record = new WorkRecord(() => 0);
  const lines: string[] = [];
  const say = (line: string) => {
    lines.push(line);
    step.onLine?.(line);
  };
  const folder = await PrivateFolder.create(temporary);
  const signal = step.signal ?? new AbortController().signal;
  const pack = new LabPack(nomad, settings, step);
  const secrets = new Secrets({ mask: () => undefined });
  for (const [name, value] of Object.entries(step.secrets ?? {})) secrets.add(name, value);
  if (step.token !== undefined) secrets.add('nomad_token', step.token);
  const clients: NomadClient[] = [];
  const makeClient = async (until: AbortSignal) => {
    const client = new NomadClient(settings.nomad, { signal: until, log: say, patience: 3_000 });
    clients.push(client);
    return client;
  };
  let client: Promise<NomadClient> | undefined;
  const tools: Tools = {
    log: {
      info: say,
      debug: say,
      notice: say,
      warning: say,
      progress: say,
      phase: async (name, work) => {
        say(name);
        return await work();
      },
    },
    record,
    signal,
    secrets,
    secretVariables: step.secrets ?? {},
    origin: step.origin ?? {},
    folder,
    temporary,
    // Only the private fields are missing: the class says that it has all else.
    reserve: () => {
      if (step.taken !== undefined) throw step.taken;
    },
    nomadPack: async () => pack as unknown as NomadPack,
    untilInstalled: async () => undefined,
  };
  const deployment = new Deployment(settings, {
    nomad: async () => {
      client ??= makeClient(signal);
      return await client;
    },
    lastNomad: async () => await makeClient(AbortSignal.timeout(5_000)),
  });
  const told = () => ({ lines, runs: pack.runs, target: pack.target, probed: pack.probed });
  try {
    const work = await OPERATIONS[settings.operation].load();
    const result = conclude(settings.operation, await work(deployment, tools), record);
    const { failure } = result;
    return { result, reason: failure?.reason ?? '', message: failure?.message ?? '', ...told() };
  } catch (error) {
    if (!(error instanceof ActionError)) throw error;
    const result = conclude(settings.operation, { error }, record);
    return { result, reason: error.reason, message: error.message, ...told() };
  } finally {
    await Promise.all(clients.map((one) => one.close()));
  }
}

function settingsOf(nomad: SimulatedNomad, workspace: string, step: StepOptions): DeploymentSettings {
  const name = step.pack ?? 'web';
  return {
    operation: step.operation ?? 'deploy',
    deploymentName: step.name ?? 'demo',
    pack:
      step.directory === undefined
        ? { kind: 'registry', name }
        : { kind: 'directory', name, path: step.directory, written: `./packs/${name}` },
    ...(step.registry !== false && {
      registry: { name: 'lab', source: 'https://git.example.com/packs', ref: step.ref ?? 'v1' },
    }),
    variables: { plain: {}, files: [], ...step.variables },
    nomad: {
      address: nomad.address,
      namespace: step.namespace ?? 'default',
      tls: { skipVerify: false },
      ...(step.isAssumed === true && { isAssumed: true }),
    },
    nomadPack: { version: '0.4.2', mirror: '' },
    passEnv: [],
    rollout: {
      wait: true,
      timeout: 20_000,
      waitFor: 'started',
      onFailure: 'keep',
      adoptJobs: [],
      allowReplace: false,
      preserveCounts: false,
      redeploy: false,
      ...step.rollout,
    },
    rollback: { dryRun: false, ...step.rollback },
    review: { failOnChanges: false, failOnUnhealthy: false, comment: 'never', ...step.review },
    workspace: join(workspace, 'workspace'),
  };
}

/** nomad-pack without the program: it renders to what it is told, and does with Nomad what the real one does. */
export class LabPack implements Pick<NomadPack, keyof NomadPack> {
  runs = 0;
  readonly probed: Readonly<Record<string, VariableValue>>[] = [];
  readonly program = Promise.resolve('/usr/bin/nomad-pack');
  readonly version: Promise<string>;
  /** Of the last `run`. */
  target: PackTarget | undefined;
  /** Options of the last `run`. */
  options: RunOptions | undefined;
  private readonly nomad: SimulatedNomad;
  private readonly settings: DeploymentSettings;
  private readonly step: StepOptions;

  constructor(nomad: SimulatedNomad, settings: DeploymentSettings, step: StepOptions) {
    this.nomad = nomad;
    this.settings = settings;
    this.step = step;
    this.version = Promise.resolve(step.version ?? '0.4.2');
  }

  async canDetach(): Promise<boolean> {
    return true;
  }

  async reach(): Promise<{ jobs: boolean; children: boolean }> {
    const version = await this.version;
    return { jobs: version !== '0.4.1', children: version === '0.4.2' };
  }

  declaredVariables(): ReturnType<NomadPack['declaredVariables']> {
    return new Map(Object.entries(this.step.declared ?? {}));
  }

  async dependencyNames(): Promise<string[]> {
    return [];
  }

  async makesNomadVariables(): Promise<boolean> {
    return this.step.declares !== undefined;
  }

  async complaintsAboutTypes(): Promise<string[]> {
    return [...(this.step.wrongTypes ?? [])];
  }

  async status(): Promise<StatusRow[]> {
    return [...(this.step.table ?? [])];
  }

  async probe(_: PackTarget, values: Readonly<Record<string, VariableValue>>): Promise<RenderedFile[]> {
    const { probe } = this.step;
    this.probed.push(values);
    if (probe === undefined) throw new ActionError('template', 'the pack takes no other values');
    return filesOf(probe);
  }

  async nomadVariables(): Promise<NomadVariable[]> {
    return [...(this.step.declares ?? [])];
  }

  async addRegistry(): Promise<string | undefined> {
    if (this.step.unfetchable !== undefined) throw this.step.unfetchable;
    return this.step.noCommit === true ? undefined : 'c0ffee';
  }

  async render(): Promise<{ folder: string; files: RenderedFile[] }> {
    if (this.step.unrenderable !== undefined) throw this.step.unrenderable;
    const others = Object.entries(this.step.files ?? {}).map(([name, text]) => ({ name, text }));
    const { brokenLine } = this.step;
    const jobs = filesOf(this.step.jobs ?? []);
    const last = jobs.at(-1);
    if (brokenLine !== undefined && last !== undefined) jobs.splice(-1, 1, { ...last, brokenLine });
    return { folder: '', files: [...jobs, ...others] };
  }

  async plan(_: PackTarget, disclose: (line: string) => string): Promise<string> {
    return (this.step.words ?? ['Plan succeeded']).map(disclose).join('\n');
  }

  async run(target: PackTarget, options: RunOptions): Promise<RunOutcome> {
    this.runs += 1;
    this.target = target;
    this.options = options;
    return await (this.step.run ?? ((pack) => pack.register()))(this);
  }

  /** The same pack, rendered to other jobs. */
  with(jobs: readonly string[]): LabPack {
    const other = new LabPack(this.nomad, this.settings, { ...this.step, jobs });
    other.options = this.options;
    return other;
  }

  /** What the real one does: registers the jobs, and stops what else carries the name. */
  async register(): Promise<RunOutcome> {
    const { nomad, settings, options } = this;
    const { registry, deploymentName, pack } = settings;
    if (registry === undefined) throw new Error('a run needs a registry');
    const target = { pack, registry, deploymentName, files: [], nomad: settings.nomad };
    const evaluations: string[] = [];
    const registered: string[] = [];
    for (const text of this.step.jobs ?? []) {
      const { packPath, packName, registry: from, ref } = packMeta(target);
      const label = /job "([^"]*)"/.exec(text)?.[1] ?? '';
      const parsed = await parseJob(nomad, text, {
        'pack.path': packPath,
        'pack.name': packName,
        'pack.registry': from,
        'pack.version': ref,
        'pack.deployment_name': deploymentName,
        'pack.job': label,
      });
      const names = /^\s*namespace\s*=/m.test(text);
      const job: Record<string, unknown> = {
        ...parsed,
        Namespace: names ? parsed['Namespace'] : settings.nomad.namespace,
      };
      const {
        status,
        text: words,
        body,
      } = await ask(nomad, 'POST /v1/jobs', {
        Job: job,
        PreserveCounts: options?.preserveCounts,
        ...(options?.checkIndex !== undefined && { EnforceIndex: true, JobModifyIndex: options.checkIndex }),
      });
      if (status !== 200) {
        const failure = new ActionError('nomad-pack-failed', `Unexpected response code: ${status} (${words})`);
        return { evaluations, registered, stopped: [], failure };
      }
      if (body.EvalID !== '') evaluations.push(body.EvalID);
      registered.push(String(job['ID']));
    }
    for (const { path, namespace, items } of this.step.declares ?? []) {
      await ask(nomad, `PUT /v1/var/${path}?namespace=${namespace}`, {
        Path: path,
        Namespace: namespace,
        Items: items,
      });
    }
    return { evaluations, registered, stopped: await this.stopOthers(new Set(registered)) };
  }

  private async stopOthers(registered: ReadonlySet<string>): Promise<string[]> {
    const { nomad, settings } = this;
    const reach = await this.reach();
    const others = nomad.state
      .allJobs()
      .filter((job) => job.Meta?.['pack.deployment_name'] === settings.deploymentName)
      .filter((job) => job.Status !== 'dead' && !registered.has(job.ID))
      .filter((job) => (job.ParentID ? reach.children : reach.jobs));
    for (const { ID, Namespace } of others) {
      await ask(nomad, `DELETE /v1/job/${encodeURIComponent(ID)}?namespace=${Namespace}`);
    }
    return others.map(({ ID }) => ID);
  }
}

/** Answers as a Nomad before 1.9, which takes the path of a tag for the name of a job. */
export const olderNomad: Faults = ({ path }) =>
  path.endsWith('/tag') ? { kind: 'respond', status: 400, body: 'Job must be specified' } : undefined;

function filesOf(jobs: readonly string[]): RenderedFile[] {
  return jobs.map((text, index) => ({ name: `web/job${index}.nomad`, text }));
}

/** The jobs that Nomad has, as `id version`, sorted by id; stopped ones in brackets. */
export function jobsIn({ nomad }: Lab): string[] {
  const jobs = [...nomad.state.allJobs()].sort((a, b) => (a.ID < b.ID ? -1 : 1));
  return jobs.map(({ ID, Version, Stop }) => (Stop ? `[${ID} ${Version}]` : `${ID} ${Version}`));
}
