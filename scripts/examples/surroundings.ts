import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type GitServer, makeRegistry, startGitServer } from 'nomad-pack-sandbox/git/index.ts';
import { startReleases } from 'nomad-pack-sandbox/releases/index.ts';
import { DIST, ROOT } from '../support/paths.ts';

/** What all examples share. */
export interface Surroundings {
  /** Path of act. */
  readonly act: string;
  /** A copy of the action, which is what `OWNER/nomad-pack-action@v1` stands for. */
  readonly action: string;
  /** Home of the runner's user. */
  readonly home: string;
  /** Folder of an action that lists the files which `actions/upload-artifact` would keep. */
  readonly uploads: string;
  readonly git: GitServer;
  /** The text of an example, or of `action.yml`, as it is run. */
  adapt(text: string): string;
  stop(): Promise<void>;
}

/** The tag that the registry has. */
export const TAG = 'v1.4.0';

/** Starts them, in a folder of their own. @param act path of act */
export async function startSurroundings(act: string): Promise<Surroundings> {
  const root = await mkdtemp(join(tmpdir(), 'examples-'));
  const [home, action, signingKey] = [join(root, 'home'), join(root, 'action'), join(root, 'signing-key.asc')];
  const [registry, releases] = await Promise.all([makeRegistry(join(ROOT, 'examples', 'packs')), startReleases()]);
  const commit = await registry.change({ files: await helloWorld(registry.path), tags: [TAG] });
  const git = await startGitServer({ repositories: { packs: { path: registry.repository } } });
  const adapt = substitution({ registry: git.url('packs'), commit, mirror: releases.address, signingKey });
  const uploads = join(root, 'uploads');
  await Promise.all([mkdir(home), mkdir(action), mkdir(uploads)]);
  await writeFile(join(uploads, 'action.yml'), UPLOADS);
  await writeFile(signingKey, releases.publicKey);
  await writeFile(join(action, 'action.yml'), adapt(await readFile(join(ROOT, 'action.yml'), 'utf8')));
  await cp(DIST, join(action, 'dist'), { recursive: true });
  return {
    act,
    action,
    home,
    uploads,
    git,
    adapt,
    stop: async () => {
      await Promise.all([git.stop(), releases.stop()]);
      await registry.remove();
      await rm(root, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** Artifacts are GitHub's, which act does not have without a server of its own. */
const UPLOADS = `name: List what would be kept
description: List the files
inputs:
  name: { description: Name, required: true }
  path: { description: Files and folders, required: true }
runs:
  using: composite
  steps:
    - shell: bash
      env: { PATHS: "\${{ inputs.path }}" }
      run: while read -r path; do [ -z "$path" ] || find "$path" -type f; done <<< "$PATHS"
`;

interface Local {
  /** URL of the registry. */
  readonly registry: string;
  /** Its newest commit. */
  readonly commit: string;
  /** Where nomad-pack is downloaded. */
  readonly mirror: string;
  /** Path of the key that signs it. */
  readonly signingKey: string;
}

/**
 * All that differs between what a user copies and what runs here: the addresses that only the internet has. A workflow that says
 * nothing of nomad-pack's releases stays as it is, for the defaults of `action.yml` are adapted too.
 */
function substitution({ registry, commit, mirror, signingKey }: Local): (text: string) => string {
  const pairs: readonly (readonly [theirs: string, ours: string])[] = [
    ['github.com/hashicorp/nomad-pack-community-registry', registry],
    ['2e5e93a5589d4b26c6ea5a39db22f2a80a176f77', commit],
    ['github.com/acme/nomad-packs', registry],
    ['https://releases.hashicorp.com', mirror],
    ["nomad_pack_signing_key: ''", `nomad_pack_signing_key: ${signingKey}`],
    ['\n  nomad_pack_signing_key:\n', `\n  nomad_pack_signing_key:\n    default: ${signingKey}\n`],
  ];
  return (text) => pairs.reduce((adapted, [theirs, ours]) => adapted.replaceAll(theirs, ours), text);
}

/** Files of a pack `hello_world` as the community's, but without Docker: the pack `web` by another name. */
async function helloWorld(registry: string): Promise<Record<string, string>> {
  const names = ['metadata.hcl', 'variables.hcl', 'outputs.tpl', 'templates/web.nomad.tpl'];
  const files = names.map(async (name): Promise<[string, string]> => {
    const text = await readFile(join(registry, 'packs', 'web', name), 'utf8');
    return [`packs/hello_world/${name}`, text.replaceAll('"web"', '"hello_world"')];
  });
  return Object.fromEntries(await Promise.all(files));
}
