import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type SimulatedNomad, startNomad } from '../nomad/index.ts';
import { signJwt } from '../oidc/jwt.ts';
import { type Answer, ask, jobSpecification, parseJob, register } from './support/api.ts';
import { mask, type Recorded, readRecordings, recordingsDirectory } from './support/recordings.ts';

/**
 * Brings the simulated Nomad into the states that were recorded with a real one, and compares the answers. The recorded
 * jobs ran with the numbers below; only the wait for health is cut short where it changes nothing but the clock.
 */
type Answers = Record<string, Answer>;

const recordings = readRecordings();
const nomads: SimulatedNomad[] = [];

async function start(): Promise<SimulatedNomad> {
  const nomad = await startNomad();
  nomads.push(nomad);
  return nomad;
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

/** The deployment has this status, and the evaluation that gave it to it is complete. */
function settled(nomad: SimulatedNomad, job: string, status: string): Promise<unknown> {
  return nomad.until((state) => {
    const done = state.jobEvaluations('default', job).every((evaluation) => evaluation.Status !== 'pending');
    return done && state.latestDeployment('default', job)?.Status === status;
  });
}

/** Asks all that was recorded of one job. */
async function askAll(nomad: SimulatedNomad, job: string, deployment: string): Promise<Answers> {
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

async function nothing(): Promise<Record<string, Answers>> {
  const nomad = await start();
  const filter = encodeURIComponent('Meta["pack.deployment_name"] == "demo"');
  const empty = {
    agent_self: await ask(nomad, 'GET /v1/agent/self'),
    job_404: await ask(nomad, 'GET /v1/job/web'),
    jobs_filtered: await ask(nomad, `GET /v1/jobs?meta=true&filter=${filter}`),
  };
  return { empty };
}

async function healthyStoppedReverted(): Promise<Record<string, Answers>> {
  const nomad = await start();
  await register(nomad, jobSpecification('web', second), packMeta('web', 'web', 'demo'));
  await settled(nomad, 'web', 'successful');
  const healthy = await askAll(nomad, 'web', 'demo');
  await ask(nomad, 'DELETE /v1/job/web');
  await nomad.until((state) => state.job('default', 'web')?.Status === 'dead');
  const stopped = await askAll(nomad, 'web', 'demo');
  const reverted = await ask(nomad, 'POST /v1/job/web/revert', { JobID: 'web', JobVersion: 0, EnforcePriorVersion: 1 });
  return { healthy, stopped, revert: { job_revert: reverted } };
}

async function crash(): Promise<Record<string, Answers>> {
  const nomad = await start();
  const specification = jobSpecification('crash', { ...second, script: 'echo boom >&2; exit 3' });
  await register(nomad, specification, packMeta('crash', 'crash', 'c1'));
  await settled(nomad, 'crash', 'failed');
  return { crash: await askAll(nomad, 'crash', 'c1') };
}

async function placementFailure(): Promise<Record<string, Answers>> {
  const nomad = await start();
  await register(nomad, jobSpecification('huge', { ...second, memory: 999_999 }), packMeta('huge', 'huge', 'h1'));
  await settled(nomad, 'huge', 'running');
  return { 'placement-failure': await askAll(nomad, 'huge', 'h1') };
}

async function slow(): Promise<Record<string, Answers>> {
  const nomad = await start();
  const specification = jobSpecification('slow', { minHealthyTime: '8s' });
  const meta = packMeta('slow', 'slow', 's1');
  await register(nomad, specification, meta);
  await nomad.until((state) => state.jobAllocations('default', 'slow')[0]?.ClientStatus === 'running');
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

async function autoReverted(): Promise<Record<string, Answers>> {
  const nomad = await start();
  const meta = packMeta('crashrevert', 'crashrevert', 'cr');
  const specification = (script: string) =>
    jobSpecification('crashrevert', { ...second, script, update: 'auto_revert = true' });
  await register(nomad, specification('sleep 3600'), meta);
  await settled(nomad, 'crashrevert', 'successful');
  await register(nomad, specification('exit 1'), meta);
  await nomad.until((state) => state.job('default', 'crashrevert')?.Version === 2);
  await settled(nomad, 'crashrevert', 'successful');
  return { 'auto-reverted': await askAll(nomad, 'crashrevert', 'cr') };
}

async function threeJobs(): Promise<Record<string, Answers>> {
  const nomad = await start();
  const names = ['trio_api', 'trio_cache', 'trio_worker'];
  for (const name of names) await register(nomad, jobSpecification(name, second), packMeta('trio', name, 't1'));
  for (const name of names) await settled(nomad, name, 'successful');
  return { 'three-jobs': await askAll(nomad, 'trio_api', 't1') };
}

async function batchComplete(): Promise<Record<string, Answers>> {
  const nomad = await start();
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
  await nomad.until((state) => state.job('default', 'batch')?.Status === 'dead');
  return { 'batch-complete': await askAll(nomad, 'batch', 'b1') };
}

async function aclLogin(): Promise<Record<string, Answers>> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const nomad = await startNomad({
    acl: {
      policies: { deploy: { namespaces: { default: ['write'] } } },
      authMethods: [
        {
          name: 'github',
          publicKeys: [publicKey.export({ type: 'spki', format: 'pem' }).toString()],
          audiences: ['nomad'],
          claimMappings: { repository: 'repository' },
          maxTokenTtl: '10m',
          tokenNameFormat: '${auth_method_type}-${value.repository}',
          bindingRules: [{ selector: 'value.repository == "acme/app"', policy: 'deploy' }],
        },
      ],
    },
  });
  nomads.push(nomad);
  const now = Math.floor(Date.now() / 1000);
  const good = { aud: 'nomad', repository: 'acme/app', iat: now, exp: now + 300 };
  const logIn = async (claims: Record<string, unknown>, method = 'github') =>
    await ask(nomad, 'POST /v1/acl/login', { AuthMethodName: method, LoginToken: await signJwt(claims, privateKey) });
  const answers = {
    ok: await logIn(good),
    wrong_aud: await logIn({ ...good, aud: 'vault' }),
    no_rule: await logIn({ ...good, repository: 'other/app' }),
    expired: await logIn({ ...good, iat: now - 7200, exp: now - 3600 }),
    no_method: await logIn(good, 'nope'),
  };
  return { 'acl-login': answers };
}

const scenarios = [
  nothing,
  healthyStoppedReverted,
  crash,
  placementFailure,
  slow,
  autoReverted,
  threeJobs,
  batchComplete,
  aclLogin,
];

/**
 * What need not be equal, narrowly:
 * - the recorded agent was started with interrupts ignored, so its tasks ended by the kill that follows;
 * - whether an allocation that fails at once is called unhealthy by the watcher of its health or by its status is a race
 *   in the real client, which only shows in one event and a time;
 * - the stopped job was recorded before its client had done anything about it;
 * - it is another build, and of the agent only the version and the region were kept.
 */
function comparable(state: string, name: string, body: unknown): unknown {
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
function recordedBody(state: string, name: string, recorded: Recorded): unknown {
  if (state === 'acl-login' && recorded.status === 200) return JSON.parse(String(recorded.body));
  if (name !== 'evaluations') return recorded.body;
  const job = recordings?.[state]?.['job']?.body as { CreateIndex: number };
  return (recorded.body as { CreateIndex: number }[]).filter(({ CreateIndex }) => CreateIndex >= job.CreateIndex);
}

const described = recordings === undefined ? describe.skip : describe;
if (recordings === undefined) process.stderr.write(`no recordings in ${recordingsDirectory}: conformance not tested\n`);

described('the simulated Nomad answers as the real one', () => {
  const answers: Record<string, Answers> = {};
  const cases = Object.entries(recordings ?? {}).flatMap(([state, responses]) =>
    Object.entries(responses).map(([name, recorded]) => ({ state, name, recorded })),
  );

  beforeAll(async () => {
    for (const found of await Promise.all(scenarios.map((scenario) => scenario()))) Object.assign(answers, found);
    const covered = cases.filter(({ state, name }) => answers[state]?.[name] !== undefined);
    process.stderr.write(`recorded responses covered: ${covered.length} of ${cases.length}\n`);
  }, 60_000);

  afterAll(async () => {
    await Promise.all(nomads.map((nomad) => nomad.stop()));
  });

  test.each(cases)('$state: $name', ({ state, name, recorded }) => {
    const answer = answers[state]?.[name];
    if (answer === undefined) throw new Error('no scenario answers this');
    expect(answer.status).toBe(recorded.status);
    for (const header of Object.keys(recorded.headers ?? {})) expect(answer.headers.has(header)).toBe(true);
    expect(comparable(state, name, answer.body)).toEqual(comparable(state, name, recordedBody(state, name, recorded)));
  });
});
