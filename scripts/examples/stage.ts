import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeRegistry, type Registry } from '../../sandbox/git/index.ts';
import { type GitHub, startGitHub, workflowToken } from '../../sandbox/github/index.ts';
import { type SimulatedNomad, startNomad } from '../../sandbox/nomad/index.ts';
import { type Oidc, startOidc } from '../../sandbox/oidc/index.ts';
import { ROOT } from '../support/paths.ts';
import { type ActOptions, type ActRun, type ActStep, runAct } from './act.ts';
import type { Surroundings } from './surroundings.ts';

/** The folder of the examples. */
export const WORKFLOWS = join(ROOT, 'examples', 'workflows');

/** Name of the user's repository. */
export const REPOSITORY = 'octo/shop';

/** Secrets of the repository, but for those of its cluster. */
export const SECRETS = { REGISTRY_TOKEN: 'registry-token-1234567890', API_KEY: 'say "key"\nin two lines' };

const NOMAD_TOKEN = '5b1f8a52-0f4e-4c53-9d5b-9b7d2e1f6a10';

/** What happens on GitHub. */
export type Happening = Pick<ActOptions, 'event'> &
  Partial<Pick<ActOptions, 'payload' | 'inputs' | 'matrix' | 'vars'>> & {
    /** Another workflow than the one that is shown, by its file's name. */
    readonly workflow?: string;
  };

/** Where one example plays: a user's repository, its cluster and its part of GitHub. */
export interface Stage {
  readonly nomad: SimulatedNomad;
  readonly github: GitHub;
  readonly oidc: Oidc;
  readonly surroundings: Surroundings;
  /** Runs the workflow. */
  run(happening: Happening): Promise<Outcome>;
  /** Replaces words in a file of the repository. */
  edit(path: string, theirs: string, ours: string): void;
  /** Called before Nomad answers a request of that method and path, once. */
  whenAsked(request: string, then: () => void): void;
  /** Registers a job again with another count of its one task group, as somebody may by hand. */
  scale(namespace: string, id: string, count: number): Promise<void>;
  /** What act told of the newest run. */
  log(): string;
  stop(): Promise<void>;
}

/** Sets the stage for an example. @param name its file's name */
export async function setStage(surroundings: Surroundings, name: string): Promise<Stage> {
  const hooks = new Map<string, () => void>();
  const oidc = await startOidc();
  const github = await startGitHub({ repository: REPOSITORY, pullRequests: [7, 8] });
  const nomad = await startNomad({
    namespaces: ['web', 'staging', 'production', 'previews'],
    acl: {
      policies: { deployer: { namespaces: { '*': ['write'] } } },
      tokens: [{ secretId: NOMAD_TOKEN, policies: ['deployer'] }],
      authMethods: [
        {
          name: 'github',
          publicKeys: [oidc.publicKey],
          audiences: ['nomad'],
          issuers: [oidc.issuer],
          maxTokenTtl: '10m',
          bindingRules: [{ policy: 'deployer' }],
        },
      ],
    },
    faults: ({ method, path }) => {
      const request = `${method} ${path}`;
      hooks.get(request)?.();
      hooks.delete(request);
      return undefined;
    },
  });
  const repository = await makeRepository(surroundings);
  let log = '';
  return {
    nomad,
    github,
    oidc,
    surroundings,
    run: async ({ workflow = name, vars = {}, ...happening }) => {
      const run = await runAct({
        ...happening,
        act: surroundings.act,
        home: surroundings.home,
        workspace: repository.path,
        workflow: `.github/workflows/${workflow}`,
        vars: { NOMAD_ADDR: nomad.address, ...vars },
        secrets: { ...SECRETS, NOMAD_TOKEN, GITHUB_TOKEN: workflowToken },
        env: { ...oidc.env, GITHUB_REPOSITORY: REPOSITORY, GITHUB_API_URL: github.address },
        repositories: { 'OWNER/nomad-pack-action@v1': surroundings.action },
      });
      log = run.log;
      return new Outcome(run);
    },
    edit: (path, theirs, ours) => {
      const file = join(repository.path, path);
      const text = readFileSync(file, 'utf8');
      assert.ok(text.includes(theirs), `there is no "${theirs}" in ${path}`);
      writeFileSync(file, text.replace(theirs, ours));
    },
    whenAsked: (request, then) => void hooks.set(request, then),
    scale: async (namespace, id, count) => {
      const job = nomad.state.job(namespace, id);
      const TaskGroups = job?.TaskGroups.map((group) => ({ ...group, Count: count }));
      const answer = await fetch(`${nomad.address}/v1/jobs?namespace=${namespace}`, {
        method: 'POST',
        headers: { 'X-Nomad-Token': NOMAD_TOKEN },
        body: JSON.stringify({ Job: { ...job, TaskGroups } }),
      });
      assert.ok(answer.ok, await answer.text());
    },
    log: () => log,
    stop: async () => {
      await Promise.all([nomad.stop(), github.stop(), oidc.stop(), repository.remove()]);
    },
  };
}

/** The user's repository: packs, as a registry has them, the files of its environments, and the workflows. */
async function makeRepository({ adapt }: Surroundings): Promise<Registry> {
  const repository = await makeRegistry(join(ROOT, 'examples', 'packs'));
  const texts = async (folder: string, target: string) =>
    await Promise.all(
      (await readdir(folder)).map(async (name) => [`${target}/${name}`, await readFile(join(folder, name), 'utf8')]),
    );
  const environments = await texts(join(ROOT, 'examples', 'environments'), 'environments');
  const workflows = await texts(WORKFLOWS, '.github/workflows');
  const adapted = workflows.map(([path, text = '']) => [path, adapt(text)]);
  await repository.change({ files: Object.fromEntries([...environments, ...adapted]) });
  return repository;
}

/** What came of a run, to be compared with what should have. */
export class Outcome {
  private readonly run: ActRun;

  constructor(run: ActRun) {
    this.run = run;
  }

  /** Whether all of it was green. */
  get green(): boolean {
    return this.run.exitCode === 0;
  }

  /** Names of the steps of a job that ran. */
  ran(job: string): readonly string[] {
    return this.run.steps.filter((step) => step.job === job && step.result !== 'skipped').map(({ name }) => name);
  }

  /** @throws where there was no such step */
  step(name: string): ActStep {
    const found = this.run.steps.find((step) => step.name === name);
    assert.ok(found, `the step "${name}" did not run`);
    return found;
  }

  /** Result, status, health, `changed` and reason of a step of the action, as `success running healthy true`. */
  said(name: string): string {
    const { result, outputs } = this.step(name);
    return [result, ...['status', 'health', 'changed', 'failure-reason'].map((output) => outputs[output] ?? '')]
      .filter((word) => word !== '')
      .join(' ');
  }
}
