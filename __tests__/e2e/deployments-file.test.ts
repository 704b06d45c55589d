import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { type Machine, newMachine, runAction, type StepResult } from '../support/run-action.ts';

const LIMIT = 60_000;

let machine: Machine;

beforeAll(async () => {
  machine = await newMachine();
  put('web/metadata.hcl', '');
  put('api/metadata.hcl', '');
});

function put(name: string, text: string): void {
  const path = join(machine.workspace, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

async function step(inputs: Readonly<Record<string, string>>): Promise<StepResult> {
  return await runAction({ machine, inputs: { deployments_file: 'nomad-packs.yaml', ...inputs } });
}

/** Ten files that are wrong, each with what GitHub is told of the places; `Nomad` need not be there for that. */
const BROKEN: readonly (readonly [what: string, file: string, annotations: readonly string[]])[] = [
  ['no YAML', 'deployments:\n\tweb: {}\n', ['2 This is not valid YAML: it is indented with a tab; use spaces.']],
  ['nothing', '', ['`deployments` is missing.']],
  [
    'misspelt keys',
    'deployments:\n  web:\n    pack: ./web\n    variabels: {}\n    need: []\n',
    [
      '4:5 `deployments.web` cannot have `variabels` (did you mean `variables`?).',
      '5:5 `deployments.web` cannot have `need` (did you mean `needs`?).',
    ],
  ],
  [
    'wrong words',
    'defaults: { on_failure: rollback, wait_timeout: soon }\ndeployments: { web: { pack: ./web } }\n',
    [
      '1:25 `defaults.on_failure` must be one of `keep`, `revert` (got `rollback`; did you mean `revert`?).',
      '1:49 `defaults.wait_timeout` must be a duration, such as `90s`, `15m` or `1h30m` (got `soon`).',
    ],
  ],
  [
    'needs that there are not',
    'deployments:\n  api: { pack: ./api }\n  web: { pack: ./web, needs: [apy] }\n',
    ['3:31 There is no deployment `apy` in the file (did you mean `api`?).'],
  ],
  [
    'a circle',
    'deployments:\n  api: { pack: ./api, needs: [web] }\n  web: { pack: ./web, needs: [api] }\n',
    ['2:30 These deployments wait for each other: `api` needs `web` needs `api`.'],
  ],
  [
    'twins',
    'deployments:\n  api: { pack: ./api, name: shop }\n  web: { pack: ./web, name: shop }\n',
    ['3:3 `api` and `web` are both called `shop` in one namespace of one cluster. Give one of them another `name`.'],
  ],
  [
    'an unknown registry',
    'registries: { acme: { source: github.com/acme/packs } }\ndeployments: { web: { pack: acne/web } }\n',
    [
      '2:29 The registry `acne` is not among the `registries` of the file (did you mean `acme`?). A directory begins with `./`.',
    ],
  ],
  [
    'a token',
    `deployments:\n  web: { pack: ./web, variables: { key: ghp_${'a'.repeat(36)} } }\n`,
    ['2:41 This looks like a token. Give it in the input `secret_variables`, and take it out of the file.'],
  ],
  [
    'what a step over one deployment refuses',
    'defaults: { nomad_addr: nomad.example.com }\ndeployments:\n  api: { pack: ./apy }\n  web: { pack: ./web, variable_files: [web.yaml] }\n',
    [
      '1:25 `defaults.nomad_addr` must begin with `http://` or `https://`, as in `https://nomad.example.com:4646` (got `nomad.example.com`).',
      '3:16 `deployments.api.pack` names the directory `./apy`, which is not a pack: WORKSPACE/apy/metadata.hcl is not there. Check the path, and that the repository was checked out.',
      '4:40 `deployments.web.variable_files[0]` names `web.yaml`, which does not exist (looked at WORKSPACE/web.yaml).',
    ],
  ],
];

describe('a file that is wrong is told of with annotations where it is', () => {
  test.each(BROKEN)(
    '%s',
    async (_, file, expected) => {
      put('nomad-packs.yaml', file);
      const { exitCode, outputs, annotations } = await step({});
      expect([exitCode, outputs['failure-reason']]).toEqual([1, 'deployments-file']);
      const [first, ...others] = annotations.filter(({ level }) => level === 'error');
      const told = others.length > 0 ? others : [first];
      expect(
        told.map((one) => {
          const place = [one?.properties['line'], one?.properties['col']]
            .filter((part) => part !== undefined)
            .join(':');
          // One that stands by itself has the place in its words, too, and says what to do.
          const [words] = (one?.message ?? '').replace(/^`nomad-packs.yaml`[^:]*: /, '').split('\n');
          return `${place === '' ? '' : `${place} `}${words}`;
        }),
      ).toEqual(expected.map((text) => text.replaceAll('WORKSPACE', machine.workspace)));
      for (const one of told) expect(one?.properties['file']).toBe('nomad-packs.yaml');
      expect(first?.message).not.toContain('ghp_');
    },
    LIMIT,
  );
});

const FILE = `environments: { staging: {}, production: {} }
deployments:
  api: { pack: ./api, variable_files: ['\${environment}.yaml'] }
  web: { pack: ./web, needs: [api] }
`;

test(
  'a matrix of what has changed needs nothing but the file and its history',
  async () => {
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: machine.workspace });
    put('nomad-packs.yaml', FILE);
    put('staging.yaml', 'count: 1\n');
    git('init', '-q', '-b', 'main');
    git('add', '-A');
    git('commit', '-q', '-m', 'first');
    const all = await step({ operation: 'matrix' });
    expect([all.exitCode, all.outputs['status'], all.outputs['failure-reason']]).toEqual([0, 'complete', '']);
    expect(JSON.parse(all.outputs['matrix'] ?? '')).toEqual([
      { name: 'api', environment: 'staging', pack: './api', needs: [] },
      { name: 'web', environment: 'staging', pack: './web', needs: ['api'] },
      { name: 'api', environment: 'production', pack: './api', needs: [] },
      { name: 'web', environment: 'production', pack: './web', needs: ['api'] },
    ]);

    const changed = async () => {
      const { outputs } = await step({ operation: 'matrix', changed_since: 'main' });
      return JSON.parse(outputs['matrix'] ?? '').map(
        ({ name, environment }: { name: string; environment: string }) => `${name} ${environment}`,
      );
    };
    expect(await changed()).toEqual([]);
    put('web/templates/web.nomad.tpl', '');
    expect(await changed()).toEqual(['web staging', 'web production']);
    put('staging.yaml', 'count: 2\n');
    expect(await changed()).toEqual(['api staging', 'web staging', 'web production']);

    const unknown = await step({ operation: 'matrix', changed_since: 'origin/main' });
    expect(unknown.outputs['failure-reason']).toBe('input');
    expect(unknown.annotations[0]?.message).toContain('fetch-depth: 0');
  },
  2 * LIMIT,
);
