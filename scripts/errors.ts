import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeRegistry, startGitServer } from 'nomad-pack-sandbox/git/index.ts';
import { startNomad } from 'nomad-pack-sandbox/nomad/index.ts';
import { startReleases } from 'nomad-pack-sandbox/releases/index.ts';
import { createMachine } from 'nomad-pack-sandbox/runner/machine.ts';
import { runStep } from 'nomad-pack-sandbox/runner/step.ts';
import { ROOT } from './support/paths.ts';

/*
 * Prints what the action says to wrong inputs and of failures, as a table in Markdown: reason and message of each, on one line. The action
 * is that of the source; the variable NOMAD_PACK_ACTION_ENTRY names another one, as to compare two versions.
 */

type Inputs = Readonly<Record<string, string>>;

const GOOD: Inputs = { deployment_name: 'web', pack: './svc', nomad_addr: 'http://127.0.0.1:9' };

/** What differs from inputs that are right. */
const WRONG_INPUTS: readonly Inputs[] = [
  { operation: 'depoly' },
  { operation: 'Deploy now' },
  { operation: 'rollout' },
  { deployment_name: '' },
  { deployment_name: 'web shop' },
  { deployment_name: '-web' },
  { pack: '' },
  { pack: './nowhere' },
  { pack: 'web' },
  { pack: 'web pack', registry_name: 'a', registry_source: 'github.com/a/b' },
  { pack: '../outside' },
  { pack: 'web', registry_name: 'a b', registry_source: 'github.com/a/b' },
  { pack: 'web', registry_name: 'a', registry_source: 'a/b' },
  { pack: 'web', registry_name: 'a', registry_source: 'https://user:secret-password@example.com/a.git' },
  { pack: 'web', registry_name: 'a', registry_source: 'github.com/a/b', registry_ref: 'v1..2' },
  { registry_name: 'a', registry: 'b' },
  { nomad_addr: 'nomad.example.com' },
  { nomad_addr: 'http://user:secret-password@example.com' },
  { nomad_addr: 'https://example.com/ui' },
  { nomad_namespace: 'my namespace' },
  { nomad_region: 'e u' },
  { nomad_skip_verify: 'yes please' },
  { nomad_cacert: './no-such.pem' },
  { nomad_client_cert: '-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----' },
  { nomad_auth_method: 'github', nomad_token: 'secret-token-1234' },
  { nomad_auth_audience: 'nomad' },
  { nomad_pack_version: '0.4' },
  { nomad_pack_version: 'newest' },
  { nomad_pack_mirror: 'mirror.example.com' },
  { wait: 'maybe' },
  { wait_timeout: '10' },
  { wait_timeout: '10 minutes' },
  { wait_for: 'finished' },
  { on_failure: 'rollback' },
  { comment: 'yes' },
  { plan_digest: 'sha256:abc' },
  { variables: '- a\n- b' },
  { variables: 'count: [1' },
  { variables: 'count: 1', secret_variables: 'count: 2' },
  { variable_files: 'missing.yaml' },
  { variable_files: 'values.toml' },
  { pass_env: 'not a name' },
  { adopt_jobs: 'a job with spaces' },
  { wait_timout: '10m' },
];

/** By what goes wrong. */
const FAILURES: Readonly<Record<string, Inputs>> = {
  'nobody listens at nomad_addr': { operation: 'status', nomad_addr: 'http://127.0.0.1:9', wait_timeout: '2s' },
  'a namespace that is not there': { deployment_name: 'lost', nomad_namespace: 'nowhere', variables: 'job_name: lost' },
  'a registry that is not there': { pack: 'web', registry_name: 'a', registry_source: 'GIT/none' },
  'a ref that is not there': { pack: 'echo', registry_name: 'a', registry_source: 'GIT/packs', registry_ref: 'v9' },
  'a pack that is not there': { pack: 'ehco', registry_name: 'a', registry_source: 'GIT/packs' },
  'a registry that wants a token': { pack: 'echo', registry_name: 'a', registry_source: 'GIT/private' },
  'three unknown variables': { variables: 'cuont: 2\nmesage: hi\nzzz: 1' },
  'two values of wrong types': { variables: 'count: many\nauto_revert: perhaps' },
  'both at once': { variables: 'count: many\ncuont: 2' },
  'a variable without a value': { pack: './kinds', deployment_name: 'kinds' },
  'a template that fails': { pack: './anyjob', variables: '{ first: "job \\"x\\" {" }' },
  'a job that Nomad refuses': {
    pack: './anyjob',
    variables:
      '{ first: "job \\"x\\" {\\n node_pool = \\"none\\"\\n group \\"g\\" {\\n task \\"t\\" {\\n driver = \\"raw_exec\\"\\n }\\n }\\n}" }',
  },
  'a task that crashes': { variables: 'script: exit 1\njob_name: crash', wait_timeout: '15s' },
  'no room for a job': { variables: 'memory: 999999\njob_name: huge', wait_timeout: '4s' },
  'a job of another deployment': { deployment_name: 'other', variables: 'job_name: mine' },
  'a plan that was not reviewed': {
    deployment_name: 'web',
    plan_digest: `sha256:${'0'.repeat(64)}`,
    variables: 'job_name: mine\ncount: 2',
  },
  'a plan that finds changes': {
    deployment_name: 'web',
    operation: 'plan',
    fail_on_changes: 'true',
    variables: 'job_name: mine\ncount: 2',
  },
  'a status that finds nothing': { operation: 'status', deployment_name: 'nothing', fail_on_unhealthy: 'true' },
  'a status that finds a crash': { operation: 'status', deployment_name: 'failing', fail_on_unhealthy: 'true' },
  'a file of variables that is not YAML': { variable_files: 'broken.yaml' },
};

const [nomad, releases, registry] = await Promise.all([
  startNomad(),
  startReleases(),
  makeRegistry(join(ROOT, '__tests__', 'e2e', 'packs'), { tags: ['v1'] }),
]);
const { repository: path } = registry;
const git = await startGitServer({
  repositories: { packs: { path }, private: { path, token: 'registry-token-1234' } },
});
const machine = await createMachine(join(ROOT, '__tests__', 'scenarios', 'packs'));
const entry = process.env['NOMAD_PACK_ACTION_ENTRY'] ?? join(ROOT, 'src', 'index.ts');
const tools: Inputs = {
  nomad_pack_version: '0.4.2',
  nomad_pack_mirror: releases.address,
  nomad_pack_signing_key: releases.publicKey,
};
await writeFile(join(machine.workspace, 'broken.yaml'), 'count: [1');

async function tell(inputs: Inputs): Promise<string> {
  const { annotations, outputs } = await runStep(machine, { entry, inputs });
  const told = annotations
    .filter(({ level }) => level !== 'notice')
    .map(({ message: words }) => words.split('\n\n')[0]);
  const message = told.length === 0 ? 'green' : told.join('<br>');
  return `\`${outputs['failure-reason'] || '-'}\` ${message.replaceAll('\n', '<br>').replaceAll('|', '\\|').slice(0, 600)}`;
}

try {
  console.log('| Wrong input | What is said |\n| --- | --- |');
  for (const wrong of WRONG_INPUTS)
    console.log(
      `| \`${JSON.stringify(wrong).replaceAll('|', '\\|')}\` | ${await tell({ ...tools, ...GOOD, ...wrong })} |`,
    );
  const deploy = { ...tools, ...GOOD, nomad_addr: nomad.address };
  await tell({ ...deploy, variables: 'job_name: mine' });
  await tell({ ...deploy, deployment_name: 'failing', variables: 'script: exit 1\njob_name: failing' });
  console.log('\n| Failure | What is said |\n| --- | --- |');
  for (const [what, inputs] of Object.entries(FAILURES)) {
    const source = inputs['registry_source']?.replace(/^GIT\/(.*)$/, (_, name: string) => git.url(name));
    console.log(
      `| ${what} | ${await tell({ ...deploy, deployment_name: what.replaceAll(' ', '-'), ...inputs, ...(source !== undefined && { registry_source: source }) })} |`,
    );
  }
} finally {
  await Promise.all([nomad.stop(), releases.stop(), git.stop(), registry.remove(), machine.remove()]);
}
