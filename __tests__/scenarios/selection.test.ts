import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { type Machine, newMachine, runAction } from '../support/run-action.ts';
import { packs, scenarios } from './support/scenario.ts';

const { cluster, ask } = scenarios('A selection of many deployments');

const LIMIT = 180_000;

let machine: Machine;

beforeAll(async () => {
  machine = await newMachine(packs);
  write(1);
  git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('commit', '-q', '-m', 'first');
});

function git(...args: string[]): void {
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.com'];
  execFileSync('git', [...identity, ...args], { cwd: machine.workspace });
}

/** @param count of instances of `api` */
function write(count: number): void {
  const deployment = (name: string, more: object = {}, variables: object = {}) => ({
    pack: './svc',
    name: `chosen-${name}`,
    variables: { job_name: `chosen-${name}`, ...variables },
    ...more,
  });
  const deployments = {
    db: deployment('db'),
    api: deployment('api', { needs: ['db'] }, { count }),
    web: deployment('web', { needs: ['api'] }),
    docs: deployment('docs'),
  };
  writeFileSync(join(machine.workspace, 'nomad-packs.yaml'), JSON.stringify({ deployments }, null, 2));
}

async function step(inputs: Readonly<Record<string, string>>) {
  const result = await runAction({
    machine,
    inputs: { ...cluster().inputs, deployments_file: 'nomad-packs.yaml', wait_timeout: '40s', ...inputs },
  });
  const results: Record<string, { readonly changed: boolean }> = JSON.parse(result.outputs['results'] ?? '{}');
  return { ...result, results, names: Object.keys(results), reason: result.outputs['failure-reason'] };
}

/** Versions of the jobs that there are, by name. */
async function versions(): Promise<Record<string, number>> {
  const jobs = await ask<{ ID: string }[]>('/v1/jobs?prefix=chosen-');
  const entries = jobs.map(async ({ ID }) => [ID, (await ask<{ Version: number }>(`/v1/job/${ID}`)).Version] as const);
  return Object.fromEntries(await Promise.all(entries));
}

test(
  '`only` deploys what it names, and with `only_with_needs` what that needs',
  async () => {
    const outcome = await step({ only: 'a*', only_with_needs: 'true' });
    expect([outcome.exitCode, outcome.names]).toEqual([0, ['db', 'api']]);
    expect(await versions()).toEqual({ 'chosen-db': 0, 'chosen-api': 0 });
  },
  LIMIT,
);

test(
  '`changed_since` deploys what differs from a commit and what needs that, and nothing where nothing does',
  async () => {
    const same = await step({ changed_since: 'main' });
    expect([same.exitCode, same.names, same.outputs['changed']]).toEqual([0, [], 'false']);
    expect(await versions()).toEqual({ 'chosen-db': 0, 'chosen-api': 0 });

    write(2);
    const outcome = await step({ changed_since: 'main' });
    expect([outcome.exitCode, outcome.names]).toEqual([0, ['api', 'web']]);
    expect(await versions()).toEqual({ 'chosen-db': 0, 'chosen-api': 1, 'chosen-web': 0 });
  },
  LIMIT,
);

test(
  'a digest over some is not one over all',
  async () => {
    const planned = await step({ operation: 'plan', only: 'docs' });
    expect([planned.exitCode, planned.names]).toEqual([0, ['docs']]);
    const digest = planned.outputs['plan-digest'] ?? '';
    const refused = await step({ plan_digest: digest });
    expect([refused.exitCode, refused.reason]).toEqual([1, 'plan-changed']);
    expect(await versions()).not.toHaveProperty('chosen-docs');
    const deployed = await step({ plan_digest: digest, only: 'docs' });
    expect([deployed.exitCode, deployed.results['docs']?.changed]).toEqual([0, true]);
  },
  LIMIT,
);

test(
  'what should not be there is planned and destroyed when its pack is gone, too',
  async () => {
    const write = (state: string) => {
      const old = { pack: './old', name: 'chosen-old', variables: { job_name: 'chosen-old' }, state };
      writeFileSync(join(machine.workspace, 'old.yaml'), JSON.stringify({ deployments: { old } }));
    };
    cpSync(join(packs, 'svc'), join(machine.workspace, 'old'), { recursive: true });
    const metadata = join(machine.workspace, 'old', 'metadata.hcl');
    writeFileSync(metadata, readFileSync(metadata, 'utf8').replaceAll('"svc"', '"old"'));
    write('present');
    const file = { deployments_file: 'old.yaml' };
    expect((await step(file)).exitCode).toBe(0);
    expect(await versions()).toHaveProperty('chosen-old');

    rmSync(join(machine.workspace, 'old'), { recursive: true });
    expect((await step(file)).reason).toBe('deployments-file');
    write('absent');
    const planned = await step({ ...file, operation: 'plan' });
    expect([planned.exitCode, planned.outputs['changed']]).toEqual([0, 'true']);
    const destroyed = await step(file);
    expect([destroyed.exitCode, destroyed.outputs['changed']]).toEqual([0, 'true']);
    expect(await versions()).not.toHaveProperty('chosen-old');
    const again = await step(file);
    expect([again.exitCode, again.outputs['changed']]).toEqual([0, 'false']);
  },
  LIMIT,
);
