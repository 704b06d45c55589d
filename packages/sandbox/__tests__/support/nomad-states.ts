import { type Answer, ask, jobSpecification, parseJob, register } from './api.ts';
import { mask, type Recorded } from './recordings.ts';

/**
 * The states that a real Nomad was recorded in. The recorded jobs ran with the numbers below; only the wait for health is cut short
 * where it changes nothing but the clock.
 */
export type Answers = Record<string, Answer>;
type States = Record<string, Answers>;

/** A Nomad that nothing else runs on. */
export interface StateCluster {
  readonly address: string;
}

function packMeta(pack: string, job: string, deployment: string): Record<string, string> {
  return {
    'pack.name': pack,
    'pack.path': `/home/runner/.cache/nomad/packs/lab/latest/${pack}@latest`,
    'pack.registry': 'lab',
    'pack.version': 'latest',
    'pack.deployment_name': deployment,
    'pack.job': job,
  };
}

const second = { minHealthyTime: '1s' };

/** Waits for a change of what is at a path, until it is so. */
export async function until(nomad: StateCluster, path: string, isSo: (body: Answer['body']) => boolean): Promise<void> {
  for (let index = '0'; ; ) {
    const { body, headers } = await ask(nomad, `GET ${path}?index=${index}&wait=10s`);
    if (isSo(body)) return;
    index = headers.get('X-Nomad-Index') ?? '0';
  }
}

/** The deployment has this status, and the evaluation that gave it to it is complete. */
async function settled(nomad: StateCluster, job: string, status: string): Promise<void> {
  await until(nomad, `/v1/job/${job}/deployment`, (deployment) => deployment?.Status === status);
  await until(nomad, `/v1/job/${job}/evaluations`, (evaluations: readonly { readonly Status: string }[]) =>
    evaluations.every(({ Status }) => Status !== 'pending'),
  );
}

/** Asks all that was recorded of one job. */
async function askAll(nomad: StateCluster, job: string, deployment: string): Promise<Answers> {
  const filter = encodeURIComponent(`Meta["pack.deployment_name"] == "${deployment}"`);
  const allocations = await ask(nomad, `GET /v1/job/${job}/allocations`);
  const newest = [...allocations.body].sort((a, b) => b.CreateIndex - a.CreateIndex)[0];
  const task = newest === undefined ? '' : Object.keys(newest.TaskStates ?? {})[0];
  const log = (type: string) =>
    ask(nomad, `GET /v1/client/fs/logs/${newest?.ID}?task=${task}&type=${type}&plain=true&origin=end&offset=2000`);
  return {
    allocations,
    deployment_latest: await ask(nomad, `GET /v1/job/${job}/deployment`),
    deployments: await ask(nomad, `GET /v1/job/${job}/deployments`),
    evaluations: await ask(nomad, `GET /v1/job/${job}/evaluations`),
    job: await ask(nomad, `GET /v1/job/${job}`),
    jobs_filtered: await ask(nomad, `GET /v1/jobs?meta=true&filter=${filter}`),
    logs_stderr: await log('stderr'),
    logs_stdout: await log('stdout'),
    summary: await ask(nomad, `GET /v1/job/${job}/summary`),
    versions: await ask(nomad, `GET /v1/job/${job}/versions`),
  };
}

async function nothing(nomad: StateCluster): Promise<States> {
  const filter = encodeURIComponent('Meta["pack.deployment_name"] == "demo"');
  const empty = {
    agent_self: await ask(nomad, 'GET /v1/agent/self'),
    job_404: await ask(nomad, 'GET /v1/job/web'),
    jobs_filtered: await ask(nomad, `GET /v1/jobs?meta=true&filter=${filter}`),
  };
  return { empty };
}

async function healthyStoppedReverted(nomad: StateCluster): Promise<States> {
  await register(nomad, jobSpecification('web', second), packMeta('web', 'web', 'demo'));
  await settled(nomad, 'web', 'successful');
  const healthy = await askAll(nomad, 'web', 'demo');
  await ask(nomad, 'DELETE /v1/job/web');
  await until(nomad, '/v1/job/web', ({ Status }) => Status === 'dead');
  const stopped = await askAll(nomad, 'web', 'demo');
  const reverted = await ask(nomad, 'POST /v1/job/web/revert', { JobID: 'web', JobVersion: 0, EnforcePriorVersion: 1 });
  return { healthy, stopped, revert: { job_revert: reverted } };
}

async function crash(nomad: StateCluster): Promise<States> {
  const specification = jobSpecification('crash', { ...second, script: 'echo boom >&2; exit 3' });
  await register(nomad, specification, packMeta('crash', 'crash', 'c1'));
  await settled(nomad, 'crash', 'failed');
  return { crash: await askAll(nomad, 'crash', 'c1') };
}

async function placementFailure(nomad: StateCluster): Promise<States> {
  await register(nomad, jobSpecification('huge', { ...second, memory: 999_999 }), packMeta('huge', 'huge', 'h1'));
  await settled(nomad, 'huge', 'running');
  return { 'placement-failure': await askAll(nomad, 'huge', 'h1') };
}

async function slow(nomad: StateCluster): Promise<States> {
  const specification = jobSpecification('slow', { minHealthyTime: '8s' });
  const meta = packMeta('slow', 'slow', 's1');
  await register(nomad, specification, meta);
  await until(nomad, '/v1/job/slow/allocations', ([allocation]) => allocation?.ClientStatus === 'running');
  const inProgress = await askAll(nomad, 'slow', 's1');
  const plan = async (text: string) => {
    const job = await parseJob(nomad, text, meta);
    return ask(nomad, 'POST /v1/job/slow/plan', { Job: job, Diff: true });
  };
  const changed = { minHealthyTime: '8s', count: 2, message: 'changed' };
  const plans = {
    unchanged: await plan(specification),
    changed: await plan(jobSpecification('slow', changed)),
    cannot_place: await plan(jobSpecification('slow', { ...changed, memory: 999_999 })),
  };
  await settled(nomad, 'slow', 'successful');
  return {
    'in-progress': inProgress,
    'in-progress-then-healthy': await askAll(nomad, 'slow', 's1'),
    plan: plans,
  };
}

async function autoReverted(nomad: StateCluster): Promise<States> {
  const meta = packMeta('crashrevert', 'crashrevert', 'cr');
  const specification = (script: string) =>
    jobSpecification('crashrevert', { ...second, script, update: 'auto_revert = true' });
  await register(nomad, specification('sleep 3600'), meta);
  await settled(nomad, 'crashrevert', 'successful');
  await register(nomad, specification('exit 1'), meta);
  await until(nomad, '/v1/job/crashrevert', ({ Version }) => Version === 2);
  await settled(nomad, 'crashrevert', 'successful');
  return { 'auto-reverted': await askAll(nomad, 'crashrevert', 'cr') };
}

async function threeJobs(nomad: StateCluster): Promise<States> {
  const names = ['trio_api', 'trio_cache', 'trio_worker'];
  for (const name of names) await register(nomad, jobSpecification(name, second), packMeta('trio', name, 't1'));
  for (const name of names) await settled(nomad, name, 'successful');
  return { 'three-jobs': await askAll(nomad, 'trio_api', 't1') };
}

async function batchComplete(nomad: StateCluster): Promise<States> {
  const specification = `job "batch" {
    datacenters = ["dc1"]
    type        = "batch"
    group "g" {
      task "t" {
        driver = "raw_exec"
        config {
          command = "/bin/echo"
          args    = ["done"]
        }
      }
    }
  }`;
  await register(nomad, specification, packMeta('batch', 'batch', 'b1'));
  await until(nomad, '/v1/job/batch', ({ Status }) => Status === 'dead');
  return { 'batch-complete': await askAll(nomad, 'batch', 'b1') };
}

/** By the states that each brings an empty cluster into, one after the other. */
export const STATES = [
  nothing,
  healthyStoppedReverted,
  crash,
  placementFailure,
  slow,
  autoReverted,
  threeJobs,
  batchComplete,
] as const;

/**
 * What need not be equal, narrowly:
 * - the recorded agent was started with interrupts ignored, so its tasks ended by the kill that follows;
 * - whether an allocation that fails at once is called unhealthy by the watcher of its health or by its status is a race
 *   in the real client, which only shows in one event and a time;
 * - the stopped job was recorded before its client had done anything about it;
 * - it is another build, and of the agent only the version and the region were kept.
 */
export function comparable(state: string, name: string, body: unknown): unknown {
  const masked = JSON.parse(
    JSON.stringify(mask(body))
      .replaceAll('"DisplayMessage":"Exit Code: 137, Signal: 9"', '"DisplayMessage":"Exit Code: 130, Signal: 2"')
      .replaceAll('"ExitCode":137', '"ExitCode":130')
      .replaceAll('"exit_code":"137"', '"exit_code":"130"')
      .replaceAll('"Signal":9', '"Signal":2')
      .replaceAll('"signal":"9"', '"signal":"2"'),
  );
  if (state === 'empty' && name === 'agent_self') {
    const { Version, Region } = masked.config;
    return { Region, Version: { ...Version, VersionPrerelease: '<build>' } };
  }
  if (state === 'crash' && name === 'allocations') return masked.map(withoutHealthRace);
  if (state === 'stopped' && name === 'allocations') return masked.map(withoutEnd);
  if (state === 'stopped' && name === 'summary') return withoutCounts(masked);
  if (state === 'stopped' && name === 'jobs_filtered') {
    return masked.map((job: Summarized) => ({ ...job, JobSummary: withoutCounts(job.JobSummary) }));
  }
  return masked;
}

interface Summarized {
  readonly JobSummary: { readonly Summary: Record<string, unknown> };
}

interface ShownAllocation {
  readonly DeploymentStatus: Record<string, unknown>;
  readonly TaskStates: Record<string, { readonly Events: { readonly Type: string }[] }>;
}

function withoutHealthRace({ TaskStates, ...alloc }: ShownAllocation): unknown {
  const states = Object.entries(TaskStates).map(([task, state]) => {
    return [task, { ...state, Events: state.Events.filter(({ Type }) => Type !== 'Alloc Unhealthy') }];
  });
  const { Timestamp, ...status } = alloc.DeploymentStatus;
  return { ...alloc, DeploymentStatus: status, TaskStates: Object.fromEntries(states) };
}

function withoutEnd(alloc: Record<string, unknown>): unknown {
  const { TaskStates, ClientStatus, ClientDescription, ...rest } = alloc;
  return rest;
}

function withoutCounts(summary: Summarized['JobSummary']): unknown {
  return { ...summary, Summary: Object.keys(summary.Summary) };
}

/** A recorded body; evaluations of earlier jobs of the same name, which the recorded agent had run before, left out. */
export function recordedBody(
  state: string,
  name: string,
  recorded: Recorded,
  recordings: Readonly<Record<string, Record<string, Recorded>>>,
): unknown {
  if (state === 'acl-login' && recorded.status === 200) return JSON.parse(String(recorded.body));
  if (name !== 'evaluations') return recorded.body;
  const job = recordings[state]?.['job']?.body as { CreateIndex: number };
  return (recorded.body as { CreateIndex: number }[]).filter(({ CreateIndex }) => CreateIndex >= job.CreateIndex);
}
