import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { beginJob, type Job } from 'nomad-pack-sandbox/runner/job.ts';
import type { Machine } from 'nomad-pack-sandbox/runner/machine.ts';
import type { MainResult } from 'nomad-pack-sandbox/runner/step.ts';
import { LIMIT, prepareMachine, REGISTRY_TOKEN, useSandbox } from './support/sandbox.ts';

const sandbox = useSandbox();

const VERIFIED = 'nomad-pack 0.4.2 was verified by an earlier step of this job.';
const FETCHED = 'The registry was fetched by an earlier step of this job';

/** Runs a step with the private registry. */
async function step(job: Job, inputs: Readonly<Record<string, string>>): Promise<MainResult> {
  return await job.run({
    inputs: {
      ...sandbox().inputs,
      registry_name: 'packs',
      registry_source: sandbox().git.url('private'),
      registry_token: REGISTRY_TOKEN,
      pack: 'echo',
      ...inputs,
    },
  });
}

/** Each of these lists the registry’s refs or fetches what is in it. */
const exchanges = () => sandbox().git.requests.filter(({ path }) => path.endsWith('/git-upload-pack')).length;

/** The files of the job that are called so. */
async function kept({ temp }: Machine, name: RegExp): Promise<string[]> {
  const files = await readdir(temp, { recursive: true });
  return files.filter((file) => name.test(file)).map((file) => join(temp, file));
}

test(
  'the steps of a job verify nomad-pack once and fetch a registry once, and leave nothing behind',
  async () => {
    const machine = await prepareMachine({});
    const job = await beginJob(machine);
    const name = { deployment_name: 'several-steps', registry_ref: 'v1' };
    const plan = await step(job, { operation: 'plan', ...name });
    const [before, downloads] = [exchanges(), sandbox().releases.requests.length];
    expect(plan.log).not.toContain(VERIFIED);
    const deploy = await step(job, { operation: 'deploy', ...name });
    const again = await step(job, { operation: 'plan', ...name });
    expect([plan, deploy, again].map(({ outputs }) => outputs['failure-reason'])).toEqual(['', '', '']);
    for (const { log } of [deploy, again]) {
      expect(log).toContain(VERIFIED);
      expect(log).toContain(FETCHED);
    }
    expect([deploy.outputs['registry-sha'], deploy.outputs['nomad-pack-version']]).toEqual([
      plan.outputs['registry-sha'],
      '0.4.2',
    ]);
    // Each step lists the refs, and fetches nothing.
    expect([exchanges(), sandbox().releases.requests.length]).toEqual([before + 2, downloads]);
    const left = (await job.end()).map(({ path }) => path);
    expect(left.sort()).toEqual([plan, again].map(({ outputs }) => outputs['plan-file']).sort());
  },
  LIMIT,
);

test(
  '`latest` is the same version for all steps of a job',
  async () => {
    const machine = await prepareMachine({});
    const job = await beginJob(machine);
    await step(job, { operation: 'setup', nomad_pack_version: 'latest' });
    const downloads = sandbox().releases.requests.length;
    const { log } = await step(job, { operation: 'render', nomad_pack_version: 'latest' });
    expect(log).toContain(VERIFIED);
    expect(sandbox().releases.requests).toHaveLength(downloads);
    await job.end();
  },
  LIMIT,
);

test(
  'what somebody has changed since is not used',
  async () => {
    const machine = await prepareMachine({});
    const job = await beginJob(machine);
    await step(job, { operation: 'render' });
    const changed = [...(await kept(machine, /\/nomad-pack$/)), ...(await kept(machine, /echo\.nomad\.tpl$/))];
    expect(changed).toHaveLength(2);
    for (const file of changed) await writeFile(file, `${await readFile(file, 'utf8')}\n# somebody was here\n`);
    const { log, outputs } = await step(job, { operation: 'render' });
    expect(outputs['failure-reason']).toBe('');
    expect(log).not.toContain(VERIFIED);
    expect(log).not.toContain(FETCHED);
    await job.end();
  },
  LIMIT,
);

test(
  'a ref that stands for another commit by now is fetched again',
  async () => {
    const machine = await prepareMachine({});
    const job = await beginJob(machine);
    const before = await step(job, { operation: 'render' });
    const commit = await sandbox().registry.change({ files: { 'packs/echo/README.md': 'New.\n' } });
    const after = await step(job, { operation: 'render' });
    expect([before.outputs['registry-sha'] === commit, after.outputs['registry-sha']]).toEqual([false, commit]);
    expect(after.log).not.toContain(FETCHED);
    await job.end();
  },
  LIMIT,
);

test.each([
  ['a branch', 'release/1'],
  ['a commit', undefined],
])(
  'a step whose token opens nothing gets nothing of what was fetched before: %s',
  async (_what, ref) => {
    const machine = await prepareMachine({});
    const job = await beginJob(machine);
    const registry_ref = ref ?? (await step(job, { operation: 'render' })).outputs['registry-sha'] ?? '';
    expect((await step(job, { operation: 'render', registry_ref })).outputs['failure-reason']).toBe('');
    const { outputs } = await step(job, { operation: 'render', registry_ref, registry_token: 'another-token-0123' });
    expect(outputs['failure-reason']).toBe('registry-auth');
    await job.end();
  },
  LIMIT,
);
