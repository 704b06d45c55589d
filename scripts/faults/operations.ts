import type { Cluster, Job } from './cluster.ts';
import { CANARIES } from './world.ts';

/** The pack's jobs. */
export const JOBS = ['web', 'worker'];

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
  readonly before: 'nothing' | 'deployed' | 'canaries';
  readonly inputs: Readonly<Record<string, string>>;
  readonly clean: Clean;
  /** Which release runs, healthy, when the step is green, or has gone back; where that is what the step is for. */
  readonly release?: string;
}

const HEALTHY = { exitCode: 0, status: 'running', health: 'healthy', reason: '' } as const;

/** How long a deploy may take from the registration on: twice what a hung question costs, and what a slow machine takes. Milliseconds. */
export const WAIT_TIMEOUT = 20_000;

export const OPERATIONS: readonly Operation[] = [
  {
    name: 'deploy-new',
    before: 'nothing',
    inputs: { operation: 'deploy', variables: 'release: "1"' },
    clean: { ...HEALTHY, changed: 'true' },
    release: '1',
  },
  {
    name: 'deploy-changed',
    before: 'deployed',
    inputs: { operation: 'deploy', variables: 'release: "2"' },
    clean: { ...HEALTHY, changed: 'true' },
    release: '2',
  },
  {
    name: 'deploy-unchanged',
    before: 'deployed',
    inputs: { operation: 'deploy', variables: 'release: "1"' },
    clean: { ...HEALTHY, changed: 'false' },
    release: '1',
  },
  {
    name: 'deploy-reverts',
    before: 'deployed',
    inputs: { operation: 'deploy', variables: 'release: "2"\nscript: exit 3', on_failure: 'revert' },
    clean: { exitCode: 1, status: 'reverted', health: 'healthy', changed: 'true', reason: 'unhealthy' },
    release: '1',
  },
  {
    name: 'status',
    before: 'deployed',
    inputs: { operation: 'status' },
    clean: { ...HEALTHY, changed: 'false' },
    release: '1',
  },
  {
    name: 'plan',
    before: 'deployed',
    inputs: { operation: 'plan', variables: 'release: "2"' },
    clean: { ...HEALTHY, changed: 'true' },
    release: '1',
  },
  {
    name: 'promote',
    before: 'canaries',
    inputs: { operation: 'promote' },
    clean: { ...HEALTHY, changed: 'true' },
    release: '2',
  },
  {
    name: 'stop',
    before: 'deployed',
    inputs: { operation: 'stop' },
    clean: { exitCode: 0, status: 'stopped', health: 'unknown', changed: 'true', reason: '' },
  },
  {
    name: 'destroy',
    before: 'deployed',
    inputs: { operation: 'destroy' },
    clean: { exitCode: 0, status: 'absent', health: 'unknown', changed: 'true', reason: '' },
  },
  {
    name: 'render',
    before: 'nothing',
    inputs: { operation: 'render' },
    clean: { exitCode: 0, status: 'unknown', health: 'unknown', changed: 'false', reason: '' },
  },
];

/** A namespace, and the deployment in it. */
export interface Place {
  readonly namespace: string;
  readonly deploymentName: string;
}

/** The inputs that all steps have, but for where Nomad and git are. */
export function commonInputs({ namespace, deploymentName }: Place): Record<string, string> {
  return {
    deployment_name: deploymentName,
    pack: 'shop',
    registry_name: 'faults',
    registry_token: CANARIES.registryToken,
    nomad_namespace: namespace,
    nomad_token: CANARIES.nomadToken,
    nomad_pack_version: 'system',
    secret_variables: `password: ${CANARIES.password}`,
    wait_timeout: `${WAIT_TIMEOUT / 1000}s`,
  };
}

/** Brings a namespace to where the operation begins. @param base the pack's jobs, as a deploy of release 1 registers them */
export async function prepare(cluster: Cluster, before: Operation['before'], place: Place, base: readonly Job[]) {
  const { namespace, deploymentName } = place;
  await cluster.makeNamespace(namespace);
  await cluster.register(bystander(), namespace);
  if (before === 'nothing') return;
  const jobs = base.map((job) => ({ ...job, Meta: { ...job.Meta, 'pack.deployment_name': deploymentName } }));
  for (const job of jobs) await cluster.register(job, namespace);
  await cluster.awaitRollouts(namespace, JOBS);
  if (before === 'deployed') return;
  for (const job of jobs) await cluster.register(withCanary(job), namespace);
  await cluster.awaitRollouts(namespace, JOBS);
}

/** Release 2 of a job, which waits to be promoted. */
function withCanary(job: Job): Job {
  const TaskGroups = job.TaskGroups.map((group) => ({
    ...group,
    Update: { ...group.Update, Canary: 1 },
    Tasks: group.Tasks.map((task) => ({ ...task, Env: { ...task.Env, RELEASE: '2' } })),
  }));
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
