import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeRegistry, type Registry, startGitServer } from 'nomad-pack-sandbox/git/index.ts';
import { startSandbox } from 'nomad-pack-sandbox/index.ts';
import { startRealNomad } from 'nomad-pack-sandbox/real-nomad.ts';
import { ROOT } from '../support/paths.ts';

/** What the demo's steps talk to. */
export interface Surroundings {
  /** What is simulated and what is not, a line each. */
  readonly description: readonly string[];
  /** What every step's `with:` says of them. */
  readonly inputs: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

export async function startSimulated(): Promise<Surroundings> {
  const { inputs, nomad, git, registry, releases, stop } = await startSandbox({ acl: true });
  await breakVersion(registry);
  return {
    description: [
      `SIMULATED  Nomad at ${nomad.address}, with ACLs; its tasks are real processes`,
      'SIMULATED  nomad-pack 0.4.2, a stand-in',
      `SIMULATED  releases site at ${releases.address}, signed with a key of its own`,
      `real       private git registry at ${git.address}, served by git itself`,
      'real       the action, dist/index.js, started as a runner starts it',
    ],
    inputs: { ...inputs, nomad_namespace: 'staging' },
    stop,
  };
}

/** With the `nomad` and `nomad-pack` on the PATH. */
export async function startReal(): Promise<Surroundings> {
  const token = 'demo-registry-token-1234567890';
  const registry = await makeRegistry(join(ROOT, 'examples', 'packs'), { tags: ['v1.0.0'] });
  await breakVersion(registry);
  const git = await startGitServer({ repositories: { 'private/packs': { path: registry.repository, token } } });
  const nomad = await startRealNomad({ namespaces: ['staging'] });
  return {
    description: [
      `real       \`nomad agent -dev\` at ${nomad.address}`,
      'real       nomad-pack, the one on the PATH',
      `real       private git registry at ${git.address}, served by git itself`,
      'real       the action, dist/index.js, started as a runner starts it',
    ],
    inputs: {
      registry_name: 'demo',
      registry_source: git.url('private/packs'),
      registry_token: token,
      nomad_addr: nomad.address,
      nomad_namespace: 'staging',
      nomad_pack_version: 'system',
    },
    stop: async () => {
      await Promise.all([nomad.stop(), git.stop()]);
      await registry.remove();
    },
  };
}

/** Tags a version of the pack `web` whose task crashes. */
async function breakVersion(registry: Registry): Promise<void> {
  const template = 'packs/web/templates/web.nomad.tpl';
  const text = await readFile(join(registry.path, template), 'utf8');
  const broken = text.replace('exec sleep 3600', "echo 'no such table: users' >&2; exit 3");
  await registry.change({ files: { [template]: broken }, message: 'Read the users', tags: ['v1.1.0'] });
}
