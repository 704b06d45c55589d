import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll } from '@jest/globals';
import { type GitServer, makeRegistry, type Registry, startGitServer } from 'nomad-pack-sandbox/git/index.ts';
import { type NomadOptions, type SimulatedNomad, startNomad } from 'nomad-pack-sandbox/nomad/index.ts';
import { launcher, type Releases, type ReleasesOptions, startReleases } from 'nomad-pack-sandbox/releases/index.ts';
import { type Machine, newMachine, runAction, type StepOptions, type StepResult } from '../../support/run-action.ts';

/** The packs of these tests; in the workspace of a machine they are `./echo` and so on. */
export const packs = join(dirname(fileURLToPath(import.meta.url)), '..', 'packs');

/** What the private registry wants. */
export const REGISTRY_TOKEN = 'registry-token-0123456789';

/** Where nobody listens. */
export const NOBODY = 'http://127.0.0.1:9';

/** Milliseconds that a test may take on a machine that has much else to do. */
export const LIMIT = 90_000;

/** All that a step meets outside of its runner. */
export interface Sandbox {
  readonly nomad: SimulatedNomad;
  readonly releases: Releases;
  /** The packs as a git repository, with the tag `v1` and the branch `release/1`. */
  readonly registry: Registry;
  /** Serves the registry as `packs`, and as `private` to those who have `REGISTRY_TOKEN`. */
  readonly git: GitServer;
  /** What every step needs to find Nomad and nomad-pack. */
  readonly inputs: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

export interface SandboxOptions {
  readonly nomad?: NomadOptions;
  readonly releases?: ReleasesOptions;
}

async function startSandbox({ nomad: nomadOptions, releases: releasesOptions }: SandboxOptions): Promise<Sandbox> {
  const [nomad, releases, registry] = await Promise.all([
    startNomad(nomadOptions),
    startReleases(releasesOptions),
    makeRegistry(packs, { tags: ['v1'], branches: ['release/1'] }),
  ]);
  const { repository: path } = registry;
  const git = await startGitServer({ repositories: { packs: { path }, private: { path, token: REGISTRY_TOKEN } } });
  return {
    nomad,
    releases,
    registry,
    git,
    inputs: {
      nomad_addr: nomad.address,
      nomad_pack_version: '0.4.2',
      nomad_pack_mirror: releases.address,
      nomad_pack_signing_key: releases.publicKey,
      wait_timeout: '30s',
    },
    stop: async () => {
      await Promise.all([nomad.stop(), releases.stop(), git.stop(), registry.remove()]);
    },
  };
}

/** A sandbox for the tests of a file. */
export function useSandbox(options: SandboxOptions = {}): () => Sandbox {
  let sandbox: Sandbox | undefined;
  beforeAll(async () => {
    sandbox = await startSandbox(options);
  }, LIMIT);
  afterAll(async () => {
    await sandbox?.stop();
  }, LIMIT);
  return () => {
    if (sandbox === undefined) throw new Error('the sandbox is not up yet');
    return sandbox;
  };
}

/** The inputs that name the registry of the sandbox. */
export function registryInputs({ git }: Sandbox): Record<string, string> {
  return { registry_name: 'packs', registry_source: git.url('packs') };
}

/** Runs a step in the sandbox. */
export async function step(
  sandbox: Sandbox,
  options: StepOptions & { readonly machine?: Machine },
): Promise<StepResult> {
  return await runAction({ ...options, inputs: { ...sandbox.inputs, ...options.inputs } });
}

/**
 * A machine whose workspace holds the packs and the files, by name.
 *
 * @param program a shell script to be the machine's nomad-pack, for `nomad_pack_version: system`; in it `STANDIN` is the sandbox's own,
 *   and `NOTES` a folder to write to
 */
export async function prepareMachine({
  files = {},
  program = '',
}: {
  readonly files?: Readonly<Record<string, string>> | undefined;
  readonly program?: string | undefined;
}): Promise<Machine & { readonly path: string; readonly notes: string }> {
  const machine = await newMachine(packs);
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(machine.workspace, name)), { recursive: true });
    await writeFile(join(machine.workspace, name), text);
  }
  const [bin, notes] = [join(machine.own, 'bin'), join(machine.own, 'notes')];
  const standIn = join(machine.own, 'stand-in');
  await Promise.all([mkdir(bin), mkdir(notes), writeFile(standIn, launcher('0.4.2'), { mode: 0o755 })]);
  const script = program.replaceAll('STANDIN', standIn).replaceAll('NOTES', notes);
  if (program !== '') await writeFile(join(bin, 'nomad-pack'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return { ...machine, path: `${bin}${delimiter}${process.env['PATH']}`, notes };
}
