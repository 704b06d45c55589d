import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeRegistry, type Registry } from 'nomad-pack-sandbox/git/index.ts';
import { type GitHub, startGitHub, workflowBot } from 'nomad-pack-sandbox/github/index.ts';
import { type Oidc, startOidc } from 'nomad-pack-sandbox/oidc/index.ts';
import { ROOT } from '../support/paths.ts';
import { type ActOptions, type ActRun, type ActStep, runAct } from './act.ts';
import { type Cluster, startCluster } from './cluster.ts';
import type { Surroundings } from './surroundings.ts';

/** The folder of the examples. */
export const WORKFLOWS = join(ROOT, 'examples', 'workflows');

/** A repository whose packs are in a deployments file, with its workflows. */
const FLEET = join(ROOT, 'examples', 'fleet');

/** Its workflows. */
export const FLEET_WORKFLOWS = join(FLEET, '.github', 'workflows');

/** The workflow of this repository that those of the fleet call. */
const REUSABLE = '.github/workflows/deployments.yml';

/** Name of the user's repository. */
export const REPOSITORY = 'octo/shop';

/** Secrets of the repository, but for those of its cluster. */
export const SECRETS = {
  REGISTRY_TOKEN: 'registry-token-1234567890',
  API_KEY: 'say "key"\nin two lines',
  SECRET_VARIABLES: 'workers: { queue_password: queue-password-1 }\nsite: { api_key: key-of-the-site-1 }\n',
};

/** What `github.token` is, for a workflow that may write to pull requests and for one that may not. */
const GITHUB_TOKENS = { write: 'github-token-that-writes', read: 'github-token-that-reads' };

/** What happens on GitHub. */
export type Happening = Pick<ActOptions, 'event'> &
  Partial<Pick<ActOptions, 'payload' | 'inputs' | 'matrix' | 'vars'>> & {
    /** Another workflow than the one that is shown, by its file's name. */
    readonly workflow?: string;
  };

/** Where one example plays: a user's repository, its cluster and its part of GitHub. */
export interface Stage extends Omit<Cluster, 'vars' | 'secrets'> {
  readonly github: GitHub;
  readonly oidc: Oidc;
  readonly surroundings: Surroundings;
  /** Runs the workflow. */
  run(happening: Happening): Promise<Outcome>;
  /** Replaces words in a file of the repository. */
  edit(path: string, theirs: string, ours: string): void;
  /** What act told of the newest run. */
  log(): string;
  stop(): Promise<void>;
}

/**
 * Sets the stage for an example.
 *
 * @param name its file's name
 * @param options.tls whether its cluster wants TLS on both sides
 * @param options.fleet whether the repository is that of `examples/fleet/`
 */
export async function setStage(
  surroundings: Surroundings,
  name: string,
  { tls = false, fleet = false }: { readonly tls?: boolean; readonly fleet?: boolean },
): Promise<Stage> {
  const oidc = await startOidc();
  const github = await startGitHub({
    repository: REPOSITORY,
    pullRequests: [7, 8],
    tokens: {
      [GITHUB_TOKENS.write]: { user: workflowBot, write: true },
      [GITHUB_TOKENS.read]: { user: workflowBot, write: false },
    },
  });
  const { vars, secrets, ...cluster } = await startCluster(oidc, tls);
  const repository = await (fleet ? makeFleet(surroundings, cluster.nomad.address) : makeRepository(surroundings));
  let log = '';
  return {
    ...cluster,
    github,
    oidc,
    surroundings,
    run: async ({ workflow = name, ...happening }) => {
      const path = `.github/workflows/${workflow}`;
      // act knows nothing of permissions.
      const text = await readFile(join(repository.path, path), 'utf8');
      const permitted = (permission: string) => text.includes(` ${permission}: write`);
      const run = await runAct({
        ...happening,
        act: surroundings.act,
        home: surroundings.home,
        workspace: repository.path,
        workflow: path,
        vars: { ...vars, ...happening.vars },
        secrets: {
          ...SECRETS,
          ...secrets,
          GITHUB_TOKEN: permitted('pull-requests') ? GITHUB_TOKENS.write : GITHUB_TOKENS.read,
        },
        env: {
          GITHUB_REPOSITORY: REPOSITORY,
          GITHUB_API_URL: github.address,
          ...(permitted('id-token') && oidc.env),
        },
        repositories: {
          'OWNER/nomad-pack-action@v1': surroundings.action,
          ...uploadsIn(text, surroundings.uploads),
        },
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
    log: () => log,
    stop: async () => {
      await Promise.all([cluster.nomad.stop(), github.stop(), oidc.stop(), repository.remove()]);
    },
  };
}

/** The user's repository: packs, as a registry has them, the files of its environments, and the workflows. */
async function makeRepository({ adapt }: Surroundings): Promise<Registry> {
  const repository = await makeRegistry(join(ROOT, 'examples', 'packs'));
  const environments = await textsOf(join(ROOT, 'examples', 'environments'));
  const workflows = await textsOf(WORKFLOWS);
  await repository.change({
    files: {
      ...Object.fromEntries(environments.map(([name, text]) => [`environments/${name}`, text])),
      ...Object.fromEntries(workflows.map(([name, text]) => [`.github/workflows/${name}`, adapt(text)])),
    },
  });
  return repository;
}

/** The repository of `examples/fleet/`, whose clusters are both the one that there is, and the workflow that it calls as one of its own. */
async function makeFleet({ adapt }: Surroundings, nomad: string): Promise<Registry> {
  const repository = await makeRegistry(join(FLEET, 'packs'));
  const [environments, workflows, called, file] = await Promise.all([
    textsOf(join(FLEET, 'environments')),
    textsOf(FLEET_WORKFLOWS),
    readFile(join(ROOT, REUSABLE), 'utf8'),
    readFile(join(FLEET, 'nomad-packs.yaml'), 'utf8'),
  ]);
  const here = (text: string) => adapt(text).replaceAll(`OWNER/nomad-pack-action/${REUSABLE}@v1`, `./${CALLED}`);
  await repository.change({
    files: {
      [CALLED]: adapt(called),
      'nomad-packs.yaml': adapt(file).replace(/https:\/\/nomad\.(?:staging\.)?example\.com/g, nomad),
      ...Object.fromEntries(environments.map(([name, text]) => [`environments/${name}`, text])),
      ...Object.fromEntries(workflows.map(([name, text]) => [`.github/workflows/${name}`, here(text)])),
    },
  });
  return repository;
}

/** Where the workflow that is called is in the repository of the caller. */
const CALLED = '.github/workflows/called.yml';

/** Whatever version of it the workflow uses. */
function uploadsIn(workflow: string, folder: string): Record<string, string> {
  const found = /actions\/upload-artifact@[0-9a-f]{40}/.exec(workflow)?.[0];
  return found === undefined ? {} : { [found]: folder };
}

async function textsOf(folder: string): Promise<[name: string, text: string][]> {
  const names = await readdir(folder);
  return await Promise.all(
    names.map(async (name): Promise<[string, string]> => [name, await readFile(join(folder, name), 'utf8')]),
  );
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
