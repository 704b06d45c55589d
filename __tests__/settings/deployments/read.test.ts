import { describe, expect, test } from '@jest/globals';
import { readDeploymentsFile } from '../../../src/settings/deployments/read.ts';
import { resolveDeployments } from '../../../src/settings/deployments/resolve.ts';

const WHOLE = `
registries:
  acme: { source: github.com/acme/packs, ref: v1.4.0 }
defaults: { namespace: apps, on_failure: revert, wait_timeout: 10m, variables: { replicas: 1, level: info } }
environments:
  staging: { nomad_addr: https://nomad.staging.example.com, variables: { level: debug } }
  production: { nomad_addr: https://nomad.example.com, namespace: 'apps-\${environment}' }
deployments:
  db: { pack: acme/postgres, variable_files: ['config/\${environment}.yaml'] }
  api:
    pack: acme/api
    needs: [db]
    variables: { version: 1.10, text: '\${greeting}' }
    environments: { production: { variables: { replicas: 4 }, ref: v1.3.0, variable_files: [big.hcl] } }
  web: { pack: ./packs/web, needs: [api], name: 'web-\${environment}' }
  old: { pack: acme/legacy, state: absent }
`;

function read(text: string) {
  const result = readDeploymentsFile(text);
  if (!('file' in result)) throw new Error(JSON.stringify(result.problems));
  return result.file;
}

function problems(text: string): string[] {
  const result = readDeploymentsFile(text);
  if ('file' in result) throw new Error('the file is right');
  return result.problems.map(({ message, line, column }) => `${line ?? '-'}:${column ?? '-'} ${message}`);
}

describe('places are merged', () => {
  test('in production, where the deployment’s own entry wins', () => {
    const [db, api, web, old] = resolveDeployments(read(WHOLE), 'production');
    expect(api).toEqual({
      key: 'api',
      name: 'api',
      pack: 'acme/api',
      ref: 'v1.3.0',
      state: 'present',
      needs: ['db'],
      settings: {
        nomad_addr: 'https://nomad.example.com',
        namespace: 'apps-production',
        on_failure: 'revert',
        wait_timeout: '10m',
        // What was written is what the pack gets, and nothing but the environment's name is replaced.
        variables: { replicas: 4, level: 'info', version: '1.10', text: '${greeting}' },
        variable_files: ['big.hcl'],
      },
    });
    expect(db?.settings.variable_files).toEqual(['config/production.yaml']);
    expect(web).toMatchObject({ name: 'web-production', pack: './packs/web', needs: ['api'] });
    expect(old).toMatchObject({ state: 'absent', needs: [] });
  });

  test('in staging', () => {
    const api = resolveDeployments(read(WHOLE), 'staging')[1];
    expect(api).toMatchObject({ settings: { namespace: 'apps', variables: { replicas: 1, level: 'debug' } } });
    expect(api).not.toHaveProperty('ref');
  });

  test('in a file without environments', () => {
    const file = read('deployments:\n  web: { pack: ./web, name: "web-${environment}" }\n');
    expect(resolveDeployments(file, undefined)).toMatchObject([{ name: 'web-${environment}', needs: [] }]);
  });
});

const registries = 'registries: { acme: { source: github.com/acme/packs } }\n';

describe('what is wrong is told with its place', () => {
  test.each<[string, string, string[]]>([
    ['no file', '', ['-:- `deployments` is missing.']],
    ['a list', '- web\n', ['1:1 The file must be a mapping with `deployments`.']],
    [
      'YAML that is broken',
      'deployments: {\n  web: [\n',
      ['3:- This is not valid YAML: it is not indented like the lines above, or a bracket is not closed.'],
    ],
    [
      'unknown keys, with what was meant',
      'deployment: {}\ndeployments:\n  web:\n    pack: ./web\n    variabels: { a: 1 }\n    colour: red\n',
      [
        '1:1 The file cannot have `deployment` (did you mean `deployments`?).',
        '5:5 `deployments.web` cannot have `variabels` (did you mean `variables`?).',
        '6:5 `deployments.web` cannot have `colour`.',
      ],
    ],
    [
      'what is an input of the step, or is called otherwise here',
      'defaults: { nomad_namespace: x, nomad_token: y }\ndeployments: { web: { pack: ./web, deployment_name: z } }\n',
      [
        '1:13 `defaults` cannot have `nomad_namespace` (did you mean `namespace`?).',
        '1:33 `defaults` cannot have `nomad_token`; give it to the step, as an input.',
        '2:36 `deployments.web` cannot have `deployment_name` (did you mean `name`?).',
      ],
    ],
    [
      'several places at once',
      'defaults: { wait: maybe, wait_timeout: soon, on_failure: rollback }\ndeployments: { web: { namespace: 3 } }\n',
      [
        '1:19 `defaults.wait` must be `true` or `false` (got `maybe`).',
        '1:40 `defaults.wait_timeout` must be a duration, such as `90s`, `15m` or `1h30m` (got `soon`).',
        '1:58 `defaults.on_failure` must be one of `keep`, `revert` (got `rollback`; did you mean `revert`?).',
        '2:16 `deployments.web.pack` is missing.',
        '2:34 `deployments.web.namespace` must be a name (got `3`).',
      ],
    ],
    [
      'a name that is not one',
      'deployments:\n  web app: { pack: ./web }\n',
      [
        '2:3 The name `deployments.web app` must consist of letters, digits, `.`, `_` and `-`, and begin with a letter or digit.',
      ],
    ],
    [
      'a variable that none can be',
      'deployments:\n  web: { pack: ./web, variables: { 2x: 1, ok: { 3y: 2 } } }\n',
      [
        '2:36 The name `deployments.web.variables.2x` must be a name that a variable can have: letters, digits, `_` and `-`, and not begin with a digit.',
      ],
    ],
    [
      'a ref of a directory',
      'environments: { a: {} }\ndeployments:\n  web: { pack: ./web, ref: v1, environments: { a: { ref: v2 } } }\n',
      ['3:23 `./web` is a directory, which has no `ref`.', '3:53 `./web` is a directory, which has no `ref`.'],
    ],
    [
      'needs called as something that every object has',
      'deployments:\n  web: { pack: ./web, needs: [constructor] }\n',
      ['2:31 There is no deployment `constructor` in the file.'],
    ],
    [
      'an unknown registry',
      `${registries}deployments: { web: { pack: acmee/web } }\n`,
      [
        '2:29 The registry `acmee` is not among the `registries` of the file (did you mean `acme`?). A directory begins with `./`.',
      ],
    ],
    [
      'a pack without a registry',
      `${registries}deployments: { web: { pack: web } }\n`,
      ['2:29 `web` must be `registry/pack`, or a directory such as `./packs/web`.'],
    ],
    [
      'needs that there are not',
      'deployments:\n  db: { pack: ./db }\n  web: { pack: ./web, needs: [bd, db] }\n',
      ['3:31 There is no deployment `bd` in the file (did you mean `db`?).'],
    ],
    [
      'needs of what is taken away',
      'deployments:\n  db: { pack: ./db, state: absent }\n  web: { pack: ./web, needs: [db] }\n',
      ['3:31 `web` needs `db`, whose `state` is `absent`.'],
    ],
    [
      'a circle',
      'deployments:\n  a: { pack: ./a, needs: [c] }\n  b: { pack: ./b, needs: [a] }\n  c: { pack: ./c, needs: [b] }\n',
      ['2:26 These deployments wait for each other: `a` needs `c` needs `b` needs `a`.'],
    ],
    [
      'an environment that there is not',
      'environments: { production: {} }\ndeployments: { web: { pack: ./web, environments: { prodution: {} } } }\n',
      ['2:52 There is no environment `prodution` in the file (did you mean `production`?).'],
    ],
    [
      'two deployments of one name in one namespace',
      'environments: { a: {}, b: { namespace: two } }\ndeployments:\n  web: { pack: ./web }\n  site: { pack: ./site, name: web }\n',
      [
        '4:3 `web` and `site` are both called `web` in one namespace of one cluster in the environment `b`. Give one of them another `name`.',
      ],
    ],
    [
      'tokens',
      `deployments:\n  web: { pack: ./web, variables: { key: ghp_${'a'.repeat(36)}, list: ['hvs.${'b'.repeat(24)}'] } }\n`,
      [
        '2:41 This looks like a token. Give it in the input `secret_variables`, and take it out of the file.',
        '2:90 This looks like a token. Give it in the input `secret_variables`, and take it out of the file.',
      ],
    ],
  ])('%s', (_, text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  test('and never with what may be a secret', () => {
    const text = `deployments:\n  web: { pack: ./web, wait: glpat-${'x'.repeat(20)}, variables: { a: eyJhbGciOiJI.eyJzdWIiOiIx.c2lnbmF0dXJl } }\n`;
    expect(problems(text).join('\n')).not.toMatch(/glpat|eyJ/);
  });
});
