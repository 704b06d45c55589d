import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Cluster, Job } from './cluster.ts';
import { CANARIES } from './world.ts';

/** The pack's jobs. */
export const JOBS = ['web', 'worker'];

/** Those of a second deployment of the same pack. */
const SECOND_JOBS = ['web-2', 'worker-2'];

/** What a step comes to where nothing goes wrong. */
export interface Clean {
  readonly exitCode: number;
  readonly status: string;
  readonly health: string;
  readonly changed: string;
  readonly reason: string;
}

/** One of the steps that faults are tried on. */
export interface Operation {
  readonly name: string;
  /** How the namespace is when the step begins. */
  readonly before: 'nothing' | 'deployed' | 'twice' | 'canaries' | 'both';
  readonly inputs: Readonly<Record<string, string>>;
  /** Whether the step is over both deployments of a file. */
  readonly isOfFile?: boolean;
  readonly clean: Clean;
  /** Changes nothing, whatever becomes of it; `foresees` says what would change. */
  readonly looks?: 'now' | 'foresees';
  /** How often it may wait for a rollout, one after the other. */
  readonly rollouts: number;
  /** What there is when the step is green, or has gone back; where that is what the step is for. */
  readonly leaves?: Leaves;
}

/** How the deployment's jobs are to be: that they are healthy, or that canaries wait beside what ran before; or that nothing runs, or is there. */
export type Leaves =
  | { readonly releases: Readonly<Record<string, string>>; readonly awaits?: boolean; readonly isReplaced?: boolean }
  | 'stopped'
  | 'nothing';

const HEALTHY = { exitCode: 0, status: 'running', health: 'healthy', reason: '' } as const;

const GONE = { exitCode: 0, status: 'absent', health: 'unknown', changed: 'true', reason: '' } as const;

const ONLY_READ = { exitCode: 0, status: 'unknown', health: 'unknown', changed: 'false', reason: '' } as const;

/** How long a deploy may take from the registration on: twice what a hung question costs, and what a slow machine takes. Milliseconds. */
export const WAIT_TIMEOUT = 20_000;

export const OPERATIONS: readonly Operation[] = [
  {
    name: 'deploy-new',
    before: 'nothing',
    inputs: { operation: 'deploy', variables: 'release: "1"' },
    clean: { ...HEALTHY, changed: 'true' },
    rollouts: 1,
    leaves: all('1'),
  },
  {
    name: 'deploy-changed',
    before: 'deployed',
    inputs: { operation: 'deploy', variables: 'release: "2"' },
    clean: { ...HEALTHY, changed: 'true' },
    rollouts: 1,
    leaves: all('2'),
  },
  {
    name: 'deploy-one',
    before: 'deployed',
    inputs: { operation: 'deploy', variables: 'release: "2"\nworker_release: "1"' },
    clean: { ...HEALTHY, changed: 'true' },
    rollouts: 1,
    leaves: { releases: { web: '2', worker: '1' } },
  },
  {
    name: 'deploy-unchanged',
    before: 'deployed',
    inputs: { operation: 'deploy', variables: 'release: "1"' },
    clean: { ...HEALTHY, changed: 'false' },
    looks: 'now',
    rollouts: 1,
    leaves: all('1'),
  },
  {
    name: 'deploy-reverts',
    before: 'deployed',
    inputs: { operation: 'deploy', variables: 'release: "2"\nscript: exit 3', on_failure: 'revert' },
    clean: { exitCode: 1, status: 'reverted', health: 'healthy', changed: 'true', reason: 'unhealthy' },
    rollouts: 2,
    leaves: all('1'),
  },
  {
    name: 'deploy-canaries',
    before: 'deployed',
    inputs: { operation: 'deploy', variables: 'release: "2"\ncanaries: 1', wait_for: 'promotion' },
    clean: { exitCode: 0, status: 'pending', health: 'unknown', changed: 'true', reason: '' },
    rollouts: 1,
    leaves: { ...all('2'), awaits: true },
  },
  {
    name: 'redeploy',
    before: 'deployed',
    inputs: { operation: 'deploy', variables: 'release: "1"', redeploy: 'true' },
    clean: { ...HEALTHY, changed: 'true' },
    rollouts: 1,
    leaves: { ...all('1'), isReplaced: true },
  },
  {
    name: 'status',
    before: 'deployed',
    inputs: { operation: 'status' },
    clean: { ...HEALTHY, changed: 'false' },
    looks: 'now',
    rollouts: 0,
    leaves: all('1'),
  },
  {
    name: 'plan',
    before: 'deployed',
    inputs: { operation: 'plan', variables: 'release: "2"' },
    clean: { ...HEALTHY, changed: 'true' },
    looks: 'foresees',
    rollouts: 0,
    leaves: all('1'),
  },
  {
    name: 'promote',
    before: 'canaries',
    inputs: { operation: 'promote' },
    clean: { ...HEALTHY, changed: 'true' },
    rollouts: 1,
    leaves: all('2'),
  },
  {
    name: 'reject',
    before: 'canaries',
    inputs: { operation: 'reject' },
    clean: { ...HEALTHY, changed: 'true' },
    rollouts: 1,
    leaves: all('1'),
  },
  {
    name: 'rollback',
    before: 'twice',
    inputs: { operation: 'rollback' },
    clean: { ...HEALTHY, changed: 'true' },
    rollouts: 1,
    leaves: all('1'),
  },
  {
    name: 'rollback-dry',
    before: 'twice',
    inputs: { operation: 'rollback', dry_run: 'true' },
    clean: { ...HEALTHY, changed: 'true' },
    looks: 'foresees',
    rollouts: 0,
    leaves: all('2'),
  },
  {
    name: 'stop',
    before: 'deployed',
    inputs: { operation: 'stop' },
    clean: { ...GONE, status: 'stopped' },
    rollouts: 0,
    leaves: 'stopped',
  },
  {
    name: 'destroy',
    before: 'deployed',
    inputs: { operation: 'destroy' },
    clean: GONE,
    rollouts: 0,
    leaves: 'nothing',
  },
  {
    name: 'render',
    before: 'nothing',
    inputs: { operation: 'render' },
    clean: ONLY_READ,
    looks: 'now',
    rollouts: 0,
  },
  {
    name: 'validate',
    before: 'nothing',
    inputs: { operation: 'validate' },
    clean: ONLY_READ,
    looks: 'now',
    rollouts: 0,
  },
  {
    name: 'deploy-both',
    before: 'both',
    inputs: { operation: 'deploy', variables: 'first: { release: "2" }\nsecond: { release: "2", suffix: "-2" }' },
    isOfFile: true,
    clean: { ...HEALTHY, changed: 'true' },
    rollouts: 2,
    leaves: all('2', [...JOBS, ...SECOND_JOBS]),
  },
  {
    name: 'plan-both',
    before: 'both',
    inputs: { operation: 'plan', variables: 'first: { release: "2" }\nsecond: { release: "2", suffix: "-2" }' },
    isOfFile: true,
    clean: { ...HEALTHY, changed: 'true' },
    looks: 'foresees',
    rollouts: 0,
    leaves: all('1', [...JOBS, ...SECOND_JOBS]),
  },
  {
    name: 'destroy-both',
    before: 'both',
    inputs: { operation: 'destroy', variables: 'second: { suffix: "-2" }' },
    isOfFile: true,
    clean: GONE,
    rollouts: 0,
    leaves: 'nothing',
  },
  {
    name: 'matrix',
    before: 'nothing',
    inputs: { operation: 'matrix', changed_since: 'main' },
    isOfFile: true,
    clean: { exitCode: 0, status: 'complete', health: 'unknown', changed: 'false', reason: '' },
    looks: 'now',
    rollouts: 0,
  },
];

function all(release: string, jobs: readonly string[] = JOBS) {
  return { releases: Object.fromEntries(jobs.map((id) => [id, release])) };
}

/** A namespace, and the deployment in it. */
export interface Place {
  readonly namespace: string;
  readonly deploymentName: string;
}

const FILE = 'nomad-packs.yaml';

/** The inputs of a step, but for where Nomad is. @param registry the address of its repository */
export function inputsOf(
  { isOfFile = false, inputs }: Operation,
  { namespace, deploymentName }: Place,
  registry: string,
): Record<string, string> {
  const ofOne = {
    deployment_name: deploymentName,
    pack: 'shop',
    registry_name: 'faults',
    registry_source: registry,
    secret_variables: `password: ${CANARIES.password}`,
  };
  const secret = `{ password: ${CANARIES.password} }`;
  const ofBoth = { deployments_file: FILE, secret_variables: `first: ${secret}\nsecond: ${secret}` };
  return {
    registry_token: CANARIES.registryToken,
    nomad_namespace: namespace,
    nomad_token: CANARIES.nomadToken,
    nomad_pack_version: 'system',
    wait_timeout: `${WAIT_TIMEOUT / 1000}s`,
    ...(isOfFile ? ofBoth : ofOne),
    ...inputs,
  };
}

/** Puts a file of two deployments into the workspace, which is a checkout. */
export async function writeDeployments(workspace: string, { deploymentName }: Place, registry: string): Promise<void> {
  const file = {
    registries: { faults: { source: registry } },
    deployments: {
      first: { pack: 'faults/shop', name: deploymentName },
      second: { pack: 'faults/shop', name: `${deploymentName}-2`, needs: ['first'] },
    },
  };
  await writeFile(join(workspace, FILE), JSON.stringify(file));
  const git = async (...args: string[]) =>
    await promisify(execFile)('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
      cwd: workspace,
    });
  await git('init', '-q', '-b', 'main');
  await git('add', FILE);
  await git('commit', '-q', '-m', 'Deploy the shop twice');
}

/** Brings a namespace to where the operation begins. @param base the pack's jobs, as a deploy of release 1 registers them */
export async function prepare(cluster: Cluster, before: Operation['before'], place: Place, base: readonly Job[]) {
  const { namespace, deploymentName } = place;
  await cluster.makeNamespace(namespace);
  await cluster.register(bystander(), namespace);
  if (before === 'nothing') return;
  const jobs = base.map((job) => withMeta(job, { 'pack.deployment_name': deploymentName }));
  const first = before === 'both' ? [...jobs, ...jobs.map((job) => second(job, deploymentName))] : jobs;
  const register = async (all: readonly Job[]) => {
    const ids = all.map(({ ID }) => ID);
    for (const job of all) await cluster.register(job, namespace);
    await cluster.awaitRollouts(namespace, ids);
    await cluster.tag(namespace, ids);
  };
  await register(first);
  if (before === 'twice') await register(jobs.map(withSecondRelease));
  if (before === 'canaries') await register(jobs.map((job) => withCanary(withSecondRelease(job))));
}

function withMeta(job: Job, meta: Readonly<Record<string, string>>): Job {
  return { ...job, Meta: { ...job.Meta, ...meta } };
}

/** The same job of the second deployment. */
function second(job: Job, deploymentName: string): Job {
  const ID = `${job.ID}-2`;
  return withMeta({ ...job, ID, Name: ID }, { 'pack.job': ID, 'pack.deployment_name': `${deploymentName}-2` });
}

function withSecondRelease(job: Job): Job {
  const TaskGroups = job.TaskGroups.map((group) => ({
    ...group,
    Tasks: group.Tasks.map((task) => ({ ...task, Env: { ...task.Env, RELEASE: '2' } })),
  }));
  return { ...job, TaskGroups };
}

/** A job that waits to be promoted. */
function withCanary(job: Job): Job {
  const TaskGroups = job.TaskGroups.map((group) => ({ ...group, Update: { ...group.Update, Canary: 1 } }));
  return { ...job, TaskGroups };
}

export const BYSTANDER = 'bystander';

/** Another deployment of the same pack. It takes nothing of the node: it waits to be dispatched. */
function bystander() {
  return {
    ID: BYSTANDER,
    Name: BYSTANDER,
    Type: 'batch',
    Datacenters: ['dc1'],
    Meta: { 'pack.name': 'shop', 'pack.deployment_name': 'others', 'pack.registry': 'faults', 'pack.job': BYSTANDER },
    ParameterizedJob: { Payload: 'optional' },
    TaskGroups: [{ Name: 'app', Tasks: [{ Name: 'task', Driver: 'raw_exec', Config: { command: '/bin/true' } }] }],
  };
}
