import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { ROOT } from '../../../scripts/support/paths.ts';
import { deploymentsFileSchema } from '../../../src/settings/deployments/schema.ts';
import { composeYaml } from '../../../src/settings/yaml.ts';

/** The schema that editors are given, and a validator that knows nothing of the one that the action checks with. */
const published = JSON.parse(readFileSync(join(ROOT, 'schema', 'deployments.json'), 'utf8'));
const accepts = new Ajv({ strict: true, allowUnionTypes: true }).compile(published);

const web = 'deployments: { web: { pack: ./web';

const RIGHT: readonly string[] = [
  `${web} } }`,
  'deployments: {}',
  `registries: { acme: { source: github.com/acme/packs } }\n${web} } }`,
  `registries: { acme: { source: 'git@host:acme/packs', ref: v1 } }\n${web} } }`,
  `defaults: {}\n${web} } }`,
  `defaults: { nomad_addr: http://n, namespace: 'a-\${environment}', region: eu }\n${web} } }`,
  `defaults: { wait: false, wait_timeout: 1h30m, wait_for: promotion, on_failure: revert }\n${web} } }`,
  `defaults: { allow_replace: true, adopt_jobs: [a, b], preserve_counts: true, nomad_skip_verify: true }\n${web} } }`,
  `defaults: { nomad_cacert: ca.pem, nomad_capath: ca, nomad_tls_server_name: n }\n${web} } }`,
  `defaults: { nomad_auth_method: github, nomad_auth_audience: nomad }\n${web} } }`,
  `environments: { staging: {}, production: { variables: { a: 1 } } }\n${web} } }`,
  `${web}, needs: [] } }`,
  `${web}, needs: [a, b.c, d_e] } }`,
  `${web}, name: '\${environment}-web', state: absent } }`,
  `${web}, ref: main, state: present } }`,
  `${web}, variables: { a: 1, b: [x, { y: 2 }], c: { d: true }, e.f: text, größe: 1 } } }`,
  `${web}, variable_files: ['config/\${environment}.yaml', b.hcl], variable_sources: ['nomad:///x'] } }`,
  `${web}, environments: { staging: { name: w, ref: v1, state: absent, variables: { a: 1 } } } } }`,
];

const WRONG: readonly string[] = [
  'a: 1',
  '[]',
  'text',
  'deployments: []',
  'deployments: { web: {} }',
  'deployments: { web: ./web }',
  'deployments: { web: { pack: 3 } }',
  `deployments: { web: { pack: '' } }`,
  `deployments: { 'web app': { pack: ./web } }`,
  `deployments: { -web: { pack: ./web } }`,
  `${web}, colour: red } }`,
  `${web}, needs: db } }`,
  `${web}, needs: ['d b'] } }`,
  `${web}, name: 'web \${environment}' } }`,
  `${web}, name: 'web-\${environments}' } }`,
  `${web}, state: gone } }`,
  `${web}, wait: 'yes' } }`,
  `${web}, wait_timeout: soon } }`,
  `${web}, wait_timeout: 10 } }`,
  `${web}, on_failure: rollback } }`,
  `${web}, variables: [a] } }`,
  `${web}, variables: { 2x: 1 } } }`,
  `${web}, variable_files: a.hcl } }`,
  `${web}, variable_files: [''] } }`,
  `${web}, nomad_token: x } }`,
  `${web}, environments: { staging: { pack: ./other } } } }`,
  `${web}, environments: { staging: { needs: [a] } } } }`,
  `registries: { acme: {} }\n${web} } }`,
  `registries: { acme: { source: a, token: b } }\n${web} } }`,
  `defaults: { pack: ./web }\n${web} } }`,
  `environments: { 'a b': {} }\n${web} } }`,
  `environments: { staging: { needs: [a] } }\n${web} } }`,
];

describe('the published schema and the one that the action checks with', () => {
  test.each(RIGHT)('accept %s', (text) => {
    const { value } = composeYaml(text);
    expect([accepts(value), deploymentsFileSchema.safeParse(value).success]).toEqual([true, true]);
  });

  test.each(WRONG)('refuse %s', (text) => {
    const { value } = composeYaml(text);
    expect([accepts(value), deploymentsFileSchema.safeParse(value).success]).toEqual([false, false]);
  });

  test('are the same', () => {
    expect(() => execFileSync(process.execPath, [join(ROOT, 'scripts', 'schema.ts'), '--check'])).not.toThrow();
  });

  test('tell what each field is for', () => {
    const fields: string[] = [];
    const walk = (schema: unknown, path: string) => {
      if (typeof schema !== 'object' || schema === null) return;
      const { properties = {}, additionalProperties } = schema as Record<string, Record<string, object>>;
      for (const [name, field] of Object.entries(properties)) {
        if (!('description' in field)) fields.push(`${path}.${name}`);
        walk(field, `${path}.${name}`);
      }
      walk(additionalProperties, `${path}.*`);
    };
    walk(published, '');
    expect(fields).toEqual([]);
  });
});
