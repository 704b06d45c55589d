import { randomUUID } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { type GitServer, makeRegistry, type Registry, startGitServer } from 'nomad-pack-sandbox/git/index.ts';
import { type GitHub, startGitHub, workflowToken } from 'nomad-pack-sandbox/github/index.ts';
import { type Oidc, startOidc } from 'nomad-pack-sandbox/oidc/index.ts';
import { type Machine, newMachine, type StepOptions } from '../support/run-action.ts';
import { type Cluster, startCluster } from './support/cluster.ts';
import { job, type PackFiles, writePack } from './support/packs.ts';
import { type Recorder, startRecorder } from './support/recorder.ts';
import { CLIENT_KEY, leaksIn, SHORT, TOKENS, VALUES, WRONG_TOKEN } from './support/secrets.ts';
import { sideBySide } from './support/side-by-side.ts';
import { type Outcome, step, visible } from './support/step.ts';

const NAMES = Object.keys(VALUES);

/** A variable of the pack as an HCL text: HCL would take `\${` and `%{` for its own. */
const hcl = (name: string) => `[[ var "${name}" . | replace "\${" "$\${" | replace "%{" "%%{" | quote ]]`;

const ENV = NAMES.map((name) => `${name} = ${hcl(name)}`).join('\n        ');

/** A shell that prints every secret to stderr; the longest last, so that the end of the log begins within it. */
const PRINT = `printf '%s\\n' ${NAMES.map((name) => `"$${name}"`).join(' ')} "$long" >&2`;

const VARIABLES = [
  ...[...NAMES, ...Object.keys(SHORT)].map((name) => `variable "${name}" {\n  type    = string\n  default = ""\n}`),
  'variable "script" {\n  type    = string\n  default = "exec sleep 3600"\n}',
  'variable "id" {\n  type    = string\n  default = "leaky"\n}',
  'variable "count" {\n  type    = number\n  default = 1\n}',
].join('\n\n');

/** Constraints that no node fits, whose values are the secrets. */
const CONSTRAINTS = NAMES.map(
  (name) => `constraint {\n    attribute = "\${node.unique.name}"\n    value     = ${hcl(name)}\n  }`,
).join('\n  ');

interface Pack {
  readonly template: string;
  readonly more?: PackFiles;
}

/** Packs that give their secrets away wherever they can. A replacement is a function where a `$` in it has no other meaning. */
const PACKS: Readonly<Record<string, Pack>> = {
  leaky: {
    template: job({ script: hcl('script'), env: ENV })
      .replace('job "app"', () => `job ${hcl('id')}`)
      .replace('group "app" {', 'group "app" {\n    count = [[ var "count" . ]]'),
    more: {
      'outputs.tpl': NAMES.map((name) => `${name}: [[ var "${name}" . ]] [[ var "${name}" . | b64enc ]]`).join('\n'),
    },
  },
  failing: {
    template: `[[ fail (printf "${NAMES.map(() => '%s').join(' | ')}" ${NAMES.map((name) => `(var "${name}" .)`).join(' ')}) ]]`,
  },
  lost: { template: '[[ fileContents (var "percents" .) ]]' },
  broken: {
    template: `job "broken" {\n  ${NAMES.map((name) => `${name} = ${hcl(name)}`).join('\n  ')}\n  nosuch {\n`,
  },
  picky: { template: job({ id: 'picky' }).replace('group "app" {', (group) => `${CONSTRAINTS}\n  ${group}`) },
  echoed: { template: job({ id: 'echoed', env: ENV }) },
};

let notes: Machine;
let recorder: Recorder;
let cluster: Cluster;
let registry: Registry;
let git: GitServer;
let github: GitHub;
let oidc: Oidc;
const toolCaches: string[] = [];

async function prepare(): Promise<void> {
  notes = await newMachine();
  recorder = await startRecorder(join(notes.own, 'recorder'));
  oidc = await startOidc();
  const folder = join(notes.own, 'packs');
  for (const [name, { template, more }] of Object.entries(PACKS)) {
    await writePack(folder, name, template, { 'variables.hcl': VARIABLES, ...more });
  }
  registry = await makeRegistry(folder);
  git = await startGitServer({ repositories: { packs: { path: registry.repository, token: TOKENS.registry_token } } });
  github = await startGitHub({
    tokens: { [workflowToken]: { user: { login: 'github-actions[bot]', type: 'Bot' }, write: true } },
  });
  cluster = await startCluster({
    program: recorder.program,
    acl: {
      tokens: [{ secretId: TOKENS.nomad_token }],
      authMethods: [
        { name: 'github', publicKeys: [oidc.publicKey], audiences: ['nomad'], maxTokenTtl: '10m', bindingRules: [{}] },
      ],
    },
    // A server that repeats what it was sent.
    faults: ({ path, token, body }) =>
      path === '/v1/job/echoed/plan'
        ? { kind: 'respond', status: 500, body: `denied: ${token} may not ${body}` }
        : undefined,
  });
}

afterAll(async () => {
  await Promise.all([cluster?.stop(), git?.stop(), github?.stop(), oidc?.stop(), registry?.remove()]);
});

interface Run extends Omit<StepOptions, 'inputs'> {
  readonly inputs?: Readonly<Record<string, string>>;
  readonly machine?: Machine;
}

/** Runs a step that holds all secrets, and looks for them wherever it left something. */
async function leaky({ inputs = {}, machine, env, ...options }: Run): Promise<Outcome> {
  const used = machine ?? (await newMachine());
  const outcome = await step({
    machine: used,
    githubToken: TOKENS.github_token,
    ...options,
    env: { PATH: recorder.path, GITHUB_API_URL: github.address, ...env },
    inputs: {
      ...cluster.inputs,
      deployment_name: 'leaky',
      pack: 'leaky',
      registry_name: 'lab',
      registry_source: git.url('packs'),
      registry_token: TOKENS.registry_token,
      nomad_token: TOKENS.nomad_token,
      nomad_http_auth: TOKENS.nomad_http_auth,
      secret_variables: JSON.stringify({ ...VALUES, ...SHORT }),
      ...inputs,
    },
  });
  toolCaches.push(used.toolCache);
  expect(leaksIn(visible(outcome))).toEqual([]);
  const left = await Promise.all(
    outcome.leftovers.map(
      async ({ path, read }) => `${path}\n${(await read()).toString('latin1')}\n${(await read()).toString()}`,
    ),
  );
  expect(leaksIn(left.join('\n'))).toEqual([]);
  return outcome;
}

/** A step that goes wrong, and how. */
const wrong = (name: string, reason: string, run: () => Run | Promise<Run>) => ({
  name,
  run: async () => {
    const outcome = await leaky(await run());
    expect([outcome.reason, outcome.exitCode]).toEqual([reason, 1]);
  },
});

const pullRequest = {
  name: 'pull_request',
  payload: { pull_request: { number: 1, head: { sha: '0123456789abcdef', repo: { full_name: 'octo/shop' } } } },
};

sideBySide(
  [
    {
      name: 'deploy, again, plan a change, render, status, roll back, reject, promote, stop, destroy, and all with debugging',
      run: async () => {
        const machine = await newMachine();
        const run = async (operation: string, inputs: Record<string, string> = {}, more: Partial<Run> = {}) => {
          const outcome = await leaky({ machine, ...more, inputs: { operation, ...inputs } });
          expect([operation, outcome.exitCode, outcome.error]).toEqual([operation, 0, '']);
          return outcome;
        };
        const first = await run('deploy', {}, { env: { RUNNER_DEBUG: '1' } });
        expect(first).toMatchObject({ status: 'running', outputs: { changed: 'true' } });
        expect(first.log).toContain('pem_key: ***');
        expect(first.annotations.map(({ message }) => message)).toEqual([
          '`pin` is shorter than 6 characters, too short to be masked: it may show up in logs.',
        ]);
        expect(first.masks).not.toContain(SHORT.pin);
        expect(await run('deploy')).toMatchObject({ outputs: { changed: 'false' } });
        const plan = await run(
          'plan',
          {
            secret_variables: JSON.stringify({
              ...VALUES,
              quotes: VALUES.spaces,
              spaces: VALUES.quotes,
              long: VALUES.url,
              url: VALUES.long,
            }),
          },
          { event: pullRequest, env: { RUNNER_DEBUG: '1' } },
        );
        expect(plan.outputs).toMatchObject({ changed: 'true', plan: expect.stringContaining('***') });
        const [comment] = github.comments(1);
        expect(comment?.body).toContain('***');
        await run('render');
        await run('status');
        await run('deploy', {
          secret_variables: JSON.stringify({ ...VALUES, quotes: VALUES.url, url: VALUES.quotes }),
        });
        // It knows the secrets of neither version.
        for (const inputs of [{ dry_run: 'true' }, {}]) {
          const back = await run(
            'rollback',
            { ...inputs, secret_variables: '' },
            { event: pullRequest, env: { RUNNER_DEBUG: '1' } },
          );
          expect(back.outputs).toMatchObject({ changed: 'true', 'plan-json': expect.stringContaining('***') });
        }
        await run('reject', { secret_variables: '' });
        await run('promote');
        await run('stop');
        await run('destroy');
      },
    },
    {
      name: 'rotate every secret, without a value too, and take the job of others',
      run: async () => {
        const machine = await newMachine();
        const rotated = Object.fromEntries(NAMES.map((name) => [name, `rotated ${name} ${randomUUID()}`]));
        const rotate = async (operation: string, secrets: object, inputs: Record<string, string> = {}) => {
          const outcome = await leaky({
            machine,
            event: pullRequest,
            inputs: {
              operation,
              deployment_name: 'rotated',
              variables: '{id: rotated}',
              secret_variables: JSON.stringify(secrets),
              ...inputs,
            },
          });
          expect(Object.values(rotated).filter((value) => visible(outcome).includes(value))).toEqual([]);
          return outcome;
        };
        expect(await rotate('deploy', VALUES)).toMatchObject({ exitCode: 0 });
        const plan = await rotate('plan', rotated);
        expect(plan).toMatchObject({ exitCode: 0, outputs: { changed: 'true' } });
        expect(plan.outputs['plan-json']).toContain('\\"***\\" => \\"***\\"');
        const without = Object.fromEntries(NAMES.map((name) => [name, '']));
        expect(await rotate('plan', without)).toMatchObject({ exitCode: 0, outputs: { changed: 'true' } });
        expect(await rotate('plan', {})).toMatchObject({ exitCode: 0, outputs: { changed: 'true' } });
        const theirs = { deployment_name: 'other' };
        const refused = await rotate('plan', {}, theirs);
        expect(JSON.parse(refused.outputs['plan-json'] ?? '')).toMatchObject({
          refusals: [expect.stringContaining('belongs to deployment')],
          jobs: [{ id: 'rotated', diff: [] }],
        });
        expect(await rotate('deploy', {}, theirs)).toMatchObject({ exitCode: 1, reason: 'job-conflict' });
        expect(await rotate('deploy', rotated)).toMatchObject({ exitCode: 0, outputs: { changed: 'true' } });
      },
    },
    {
      name: 'deployments of a file, of which one is given, and prints, the secrets of the other',
      run: async () => {
        const machine = await newMachine();
        const file = {
          registries: { lab: { source: git.url('packs') } },
          deployments: {
            keeper: { pack: 'lab/leaky', variables: { id: 'keeper' } },
            teller: { pack: 'lab/leaky', variables: { id: 'teller', script: `${PRINT}; exit 3` } },
            waiter: { pack: 'lab/leaky', needs: ['teller'], variables: { id: 'waiter' } },
          },
        };
        await writeFile(join(machine.workspace, 'nomad-packs.yaml'), JSON.stringify(file));
        const run = async (operation: string, more: Partial<Run> = {}) =>
          await leaky({
            machine,
            ...more,
            inputs: {
              operation,
              deployments_file: 'nomad-packs.yaml',
              deployment_name: '',
              pack: '',
              registry_name: '',
              registry_source: '',
              registry_token: JSON.stringify({ lab: TOKENS.registry_token }),
              secret_variables: JSON.stringify({ keeper: { ...VALUES, ...SHORT } }),
              // A private key is refused there.
              variables: JSON.stringify({ teller: { ...VALUES, pem_key: '' } }),
            },
          });
        await run('plan', { event: pullRequest, env: { RUNNER_DEBUG: '1' } });
        const deployed = await run('deploy');
        expect(deployed).toMatchObject({ exitCode: 1, reason: 'unhealthy' });
        const results = JSON.parse(deployed.outputs['results'] ?? '{}');
        expect(results).toMatchObject({
          keeper: { status: 'running' },
          teller: { 'failure-reason': 'unhealthy', jobs: [{ cause: expect.stringContaining('***') }] },
          waiter: { 'failure-reason': 'skipped' },
        });
        expect((await run('render')).exitCode).toBe(0);
        expect((await run('status')).exitCode).toBe(0);
        expect((await run('destroy')).exitCode).toBe(0);
      },
    },
    {
      name: 'setup',
      run: async () => {
        expect(await leaky({ inputs: { operation: 'setup' } })).toMatchObject({ exitCode: 0 });
      },
    },
    {
      name: 'deploy with a token from a login',
      run: async () => {
        const outcome = await leaky({
          env: oidc.env,
          inputs: {
            nomad_token: '',
            nomad_auth_method: 'github',
            nomad_auth_audience: 'nomad',
            deployment_name: 'login',
            variables: '{id: login}',
          },
        });
        expect(outcome).toMatchObject({ exitCode: 0, status: 'running' });
        const secrets = [...new Set(cluster.nomad.requests.map(({ token }) => token))].filter((token) => token !== '');
        for (const secret of secrets) expect(visible(outcome)).not.toContain(secret);
      },
    },
    {
      name: 'deploy of a job whose name is a secret, with a client key',
      run: async () => {
        const outcome = await leaky({
          inputs: {
            deployment_name: 'named',
            secret_variables: JSON.stringify({ ...VALUES, id: VALUES.six }),
            nomad_client_cert: CLIENT_KEY.replaceAll('PRIVATE KEY', 'CERTIFICATE').replace(/[a-z]/g, 'A'),
            nomad_client_key: CLIENT_KEY,
          },
        });
        expect(outcome).toMatchObject({ exitCode: 0, status: 'running' });
        expect(outcome.outputs['jobs']).toContain('"id":"***"');
      },
    },
    wrong('crash, with a log that prints every secret', 'unhealthy', () => ({
      inputs: {
        deployment_name: 'crash',
        on_failure: 'revert',
        variables: JSON.stringify({ id: 'crash', script: `${PRINT}; exit 3` }),
      },
    })),
    wrong('crash, with a log that is one line and one secret', 'unhealthy', () => ({
      inputs: {
        deployment_name: 'line',
        variables: JSON.stringify({ id: 'line', script: `printf %s "$long" >&2; exit 3` }),
      },
    })),
    wrong('template that fails with every secret', 'template', () => ({ inputs: { pack: 'failing' } })),
    wrong('template that looks for a file named like a secret', 'template', () => ({ inputs: { pack: 'lost' } })),
    wrong('job that Nomad cannot read', 'job-specification', () => ({ inputs: { pack: 'broken' } })),
    wrong('job that fits no node, by constraints that are secrets', 'placement', () => ({
      inputs: { pack: 'picky', deployment_name: 'picky', wait_timeout: '5s' },
    })),
    wrong('Nomad that repeats the token and the job', 'nomad-error', () => ({
      inputs: { pack: 'echoed', deployment_name: 'echoed' },
    })),
    wrong('secret variable that the pack does not have', 'variable-undeclared', () => ({
      inputs: { secret_variables: JSON.stringify({ ...VALUES, nosuch: VALUES.quotes }) },
    })),
    wrong('secret variable of the wrong type', 'variable-type', () => ({
      inputs: { secret_variables: JSON.stringify({ ...VALUES, count: VALUES.spaces }) },
    })),
    wrong('secret variables that are no YAML', 'input', () => ({
      inputs: { secret_variables: `${Object.values(VALUES).join('\n')}\n]: {` },
    })),
    wrong('secret in an input for something else', 'input', () => ({
      inputs: {
        registry_source: `https://x:${TOKENS.registry_token}@example.com/x`,
        nomad_addr: `http://${TOKENS.nomad_token}`,
      },
    })),
    wrong('Nomad token that is wrong', 'nomad-auth', () => ({ inputs: { nomad_token: WRONG_TOKEN } })),
    wrong('registry token that is wrong', 'registry-auth', () => ({ inputs: { registry_token: WRONG_TOKEN } })),
    wrong('registry that is not there', 'registry-unreachable', () => ({
      inputs: { registry_source: 'http://127.0.0.1:9/packs.git' },
    })),
    wrong('Nomad that is not there', 'nomad-unreachable', () => ({
      inputs: { operation: 'status', nomad_addr: 'http://127.0.0.1:9' },
    })),
    wrong('cancel while the rollout is watched', 'cancelled', () => ({
      inputs: {
        deployment_name: 'cancel',
        variables: JSON.stringify({ id: 'cancel', script: `${PRINT}; exec sleep 3600` }),
      },
      signal: { name: 'SIGINT', when: /Registered/ },
    })),
    {
      name: 'killed while nomad-pack runs',
      run: async () => {
        const outcome = await leaky({
          inputs: { deployment_name: 'killed', variables: '{id: killed}' },
          signal: { name: 'SIGKILL', when: /Compare with the cluster \(/ },
        });
        expect(outcome.exitCode).toBe(137);
        expect(outcome.leftovers.filter(({ place }) => place !== 'home')).toEqual([]);
      },
    },
  ],
  prepare,
);

test('no process was given a secret as an argument, and nomad-pack none in its environment but what it needs', async () => {
  const processes = await recorder.processes();
  const commands = new Set(processes.map(({ program, args }) => (program === 'git' ? 'git' : args[0])));
  expect([...commands].sort()).toEqual(expect.arrayContaining(['git', 'plan', 'registry', 'render', 'run']));
  expect(leaksIn(processes.map(({ args }) => args.join('\0')).join('\n'))).toEqual([]);
  const traced = await recorder.gitCommands();
  expect(traced).toContain('run_command: git remote-http');
  expect(leaksIn(traced)).toEqual([]);
  for (const { program, args, env } of processes) {
    // Types are checked through the variables of nomad-pack's own, which the pack gets anyway.
    const given = Object.entries(env).filter(([name]) => !name.startsWith('NOMAD_PACK_VAR_'));
    const text = given.map(([name, value]) => `${name}=${value}`).join('\n');
    const isGit = program === 'git' || args[0] === 'registry';
    const allowed = isGit ? ['registry_token'] : ['nomad_token', 'nomad_http_auth'];
    expect(leaksIn(text, [...allowed, 'wrong_token'])).toEqual([]);
  }
});

test('GitHub was told no secret but its own token', () => {
  expect(github.requests.length).toBeGreaterThan(0);
  expect(leaksIn(JSON.stringify(github.requests.map(({ method, path, body }) => [method, path, body])))).toEqual([]);
});

test('no tool cache holds a secret', async () => {
  expect(toolCaches.length).toBeGreaterThan(0);
  for (const folder of new Set(toolCaches)) {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    for (const entry of entries.filter((one) => one.isFile())) {
      const path = join(entry.parentPath, entry.name);
      expect(leaksIn(`${path}\n${(await readFile(path)).toString('latin1')}`)).toEqual([]);
    }
  }
});

test('every secret is found where it is', () => {
  // A search that finds nothing proves nothing.
  for (const [name, value] of Object.entries({ ...VALUES, ...TOKENS, client_key: CLIENT_KEY })) {
    for (const text of [
      value,
      Buffer.from(`a${value}b`).toString('base64'),
      encodeURIComponent(value),
      JSON.stringify(value),
    ]) {
      expect(leaksIn(text).map(({ secret }) => secret)).toContain(name);
    }
  }
});
