import { lchown, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect } from '@jest/globals';
import { makeRegistry, startGitServer } from 'nomad-pack-sandbox/git/index.ts';
import { newMachine } from '../../support/run-action.ts';
import type { Attack } from '../support/attack.ts';
import type { Cluster } from '../support/cluster.ts';
import { job, writePack } from '../support/packs.ts';
import { startRecorder } from '../support/recorder.ts';
import { step, visible } from '../support/step.ts';

const TOKENS = {
  nomad_token: 'nomad-token-5f0e9a53',
  registry_token: 'registry-token-8c21d7b4',
  github_token: 'github-token-77a0c6f2',
};

/** What the environment of a step may hold that no pack may see. */
const CREDENTIALS: Readonly<Record<string, string>> = {
  ACTIONS_CACHE_URL: 'https://cache.example.com',
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'id-token-request-secret',
  ACTIONS_ID_TOKEN_REQUEST_URL: 'https://id.example.com',
  ACTIONS_RUNTIME_TOKEN: 'runtime-secret',
  AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'aws-secret',
  AWS_SESSION_TOKEN: 'aws-session',
  AZURE_CLIENT_SECRET: 'azure-secret',
  DOCKER_AUTH_CONFIG: 'docker-secret',
  GH_TOKEN: 'gh-secret',
  GITHUB_TOKEN: 'github-secret',
  GIT_ASKPASS: '/bin/askpass',
  GOOGLE_APPLICATION_CREDENTIALS: '/key.json',
  KUBECONFIG: '/kube',
  NODE_AUTH_TOKEN: 'npm-secret',
  NPM_TOKEN: 'npm-secret',
  RUNNER_TOKEN: 'runner-secret',
  SSH_AUTH_SOCK: '/ssh.sock',
  WANTED: 'yes',
};

/** Every variable of the process that renders the template. */
const ENVIRONMENT = '[[ fileContents "/proc/self/environ" | replace "\\x00" "\\n" ]]';

/** The environment of the process that started nomad-pack: that of the action. */
const ENVIRONMENT_OF_ACTION = `[[ $status := fileContents "/proc/self/status" ]][[ $pid := regexReplaceAll "[\\\\s\\\\S]*PPid:\\\\s*([0-9]+)[\\\\s\\\\S]*" $status "\${1}" ]][[ fileContents (printf "/proc/%s/environ" $pid) | b64enc ]]`;

const { nomad_token, ...OTHER_TOKENS } = TOKENS;

/** What a pack tries to put into a job, and the inputs that hold a token in that step. */
const THEFTS: readonly (readonly [attack: string, env: string, inputs: Readonly<Record<string, string>>])[] = [
  ['pack that puts the Nomad token into a job', 'STOLEN = [[ env "NOMAD_TOKEN" | quote ]]', { nomad_token }],
  [
    'pack that puts the Nomad token into a job, in base64',
    'STOLEN = [[ env "NOMAD_TOKEN" | b64enc | quote ]]',
    { nomad_token },
  ],
  [
    'pack that puts the Nomad token into a job, in base64 along with other text',
    'STOLEN = [[ printf "xy %s z" (env "NOMAD_TOKEN") | b64enc | quote ]]',
    { nomad_token },
  ],
  [
    'pack that reads the registry token and GitHub’s from the process of the action',
    `STOLEN = "${ENVIRONMENT_OF_ACTION}"`,
    OTHER_TOKENS,
  ],
];

/** Attacks by the author of a pack. */
export function packAttacks(cluster: () => Cluster): readonly Attack[] {
  return [
    {
      attack: 'pack that reads every environment variable and echoes it',
      run: async () => {
        const machine = await newMachine();
        const recorder = await startRecorder(join(machine.own, 'recorder'));
        const folder = join(machine.own, 'registry');
        await writePack(folder, 'web', job(), { 'outputs.tpl': ENVIRONMENT });
        const registry = await makeRegistry(folder);
        const server = await startGitServer({
          repositories: { packs: { path: registry.repository, token: TOKENS.registry_token } },
        });
        try {
          const outcome = await step({
            machine,
            env: { ...CREDENTIALS, PATH: recorder.path },
            inputs: {
              ...cluster().inputs,
              ...TOKENS,
              operation: 'render',
              pack: 'web',
              registry_name: 'lab',
              registry_source: server.url('packs'),
              secret_variables: '{}',
              pass_env: 'WANTED',
            },
          });
          expect(outcome).toMatchObject({ exitCode: 0 });
          const echoed = await readFile(join(outcome.outputs['rendered-path'] ?? '', 'outputs.tpl'), 'utf8');
          const seen = [...echoed.matchAll(/^([A-Za-z_][A-Za-z0-9_]*)=/gm)].map(([, name = '']) => name);
          // Node itself hands NODE_V8_COVERAGE on while the tests' coverage is measured.
          const allowed =
            /^(?:PATH|HOME|LANG|TMPDIR|PWD|OLDPWD|SHLVL|_|WANTED|NODE_V8_COVERAGE|NOMAD_(?:ADDR|NAMESPACE|TOKEN)|XDG_CACHE_HOME)$/;
          expect(seen).toEqual(expect.arrayContaining(['PATH', 'HOME', 'NOMAD_ADDR', 'NOMAD_TOKEN', 'WANTED']));
          expect(seen.filter((name) => !allowed.test(name))).toEqual([]);
          expect(echoed).toContain('NOMAD_TOKEN=***');
          expect(visible(outcome)).not.toMatch(
            /nomad-token-5|registry-token-8|github-token-7|aws-secret|runtime-secret/,
          );
          return [outcome, `it sees ${[...new Set(seen)].sort().join(', ')}; the token is redacted`];
        } finally {
          await server.stop();
          await registry.remove();
        }
      },
    },
    ...['.', 'a/b'].map((path) => ({
      attack: `pack that reads the token which checkout left for git (path: ${path})`,
      run: async () => {
        const machine = await newMachine();
        const token = 'ghs_left0by0checkout0123456789';
        const basic = Buffer.from(`x-access-token:${token}`).toString('base64');
        const config = join(machine.workspace, path, '.git', 'config');
        await mkdir(dirname(config), { recursive: true });
        await writeFile(config, `[http "https://github.com/"]\n\textraheader = AUTHORIZATION: basic ${basic}\n`);
        const attempt = async (file: string) => {
          const env = `CONFIG = [[ fileContents ${JSON.stringify(file)} | quote ]]`;
          await writePack(machine.workspace, 'curious', job({ id: 'curious', env }));
          const outcome = await step({
            machine,
            inputs: { ...cluster().inputs, deployment_name: 'curious', pack: './curious' },
          });
          expect(visible(outcome)).not.toMatch(new RegExp(`${token}|${basic}`));
          return outcome;
        };
        expect(await attempt(join(path, '.git', 'config'))).toMatchObject({ exitCode: 1, reason: 'template' });
        const outcome = await attempt(config);
        expect(outcome).toMatchObject({ exitCode: 1, reason: 'secret-in-job' });
        return [outcome, 'the job is refused, and the token shown nowhere'] as const;
      },
    })),
    {
      attack: 'RUNNER_TEMP that is a link of another user’s, and folders of known names made in it',
      run: async () => {
        const machine = await newMachine();
        await writePack(machine.workspace, 'web', job());
        const theirs = join(machine.own, 'theirs');
        await mkdir(theirs);
        const temp = join(machine.own, 'temp');
        await symlink(machine.temp, temp);
        for (const name of ['nomad-pack-action', 'nomad-pack', 'nomad-pack-rendered']) {
          await symlink(theirs, join(machine.temp, name));
        }
        if (process.getuid?.() === 0) await Promise.all([theirs, temp].map((path) => lchown(path, 65_534, 65_534)));
        const outcome = await step({
          machine,
          env: { RUNNER_TEMP: temp },
          inputs: { ...cluster().inputs, operation: 'render', pack: './web' },
        });
        expect(outcome).toMatchObject({ exitCode: 0 });
        expect(await readdir(theirs)).toEqual([]);
        const folder = outcome.outputs['rendered-path'] ?? '';
        expect(dirname(folder)).toBe(temp);
        expect((await stat(folder)).mode & 0o777).toBe(0o700);
        const left = outcome.leftovers.filter(({ path }) => !path.includes('nomad-pack-rendered-'));
        expect(left).toEqual([]);
        return [outcome, 'nothing is written to theirs; what stays is in a new folder of ours alone'];
      },
    },
    ...THEFTS.map(([attack, env, tokens], index) => ({
      attack,
      run: async () => {
        const machine = await newMachine();
        await writePack(machine.workspace, 'thief', job({ id: `theft-${index}`, env }));
        const { nomad, inputs } = cluster();
        const wanted = { ...inputs, ...tokens, deployment_name: 'theft', pack: './thief' };
        const outcome = await step({ machine, inputs: wanted });
        expect(outcome).toMatchObject({ exitCode: 1, reason: 'secret-in-job', status: 'unknown' });
        expect(outcome.leftovers).toEqual([]);
        expect(await step({ machine, inputs: { ...wanted, operation: 'plan', comment: 'never' } })).toMatchObject({
          exitCode: 1,
          reason: 'secret-in-job',
        });
        expect(nomad.state.job('default', `theft-${index}`)).toBeUndefined();
        for (const token of Object.values(TOKENS)) expect(visible(outcome)).not.toContain(token);
        return outcome;
      },
    })),
  ];
}
