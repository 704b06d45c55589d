import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { type Sandbox, startSandbox } from 'nomad-pack-sandbox/index.ts';
import { repository } from 'nomad-pack-sandbox/runner/action.ts';
import { parse } from 'yaml';
import { readActionFile } from '../../scripts/support/action-file.ts';
import { type Machine, newMachine, runAction, type StepResult } from '../support/run-action.ts';

// Each test is a rollout.
jest.setTimeout(60_000);

const folder = join(repository, 'examples', 'packs');
const packs = readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? entry.name : []));
let sandbox: Sandbox;
let machine: Machine;

beforeAll(async () => {
  sandbox = await startSandbox({ acl: true });
  machine = await newMachine();
});

afterAll(async () => {
  await sandbox.stop();
});

async function deploy(pack: string, deployment: string, inputs: Record<string, string>): Promise<StepResult> {
  const where = { nomad_namespace: 'production', deployment_name: deployment, pack };
  return await runAction({ machine, inputs: { ...sandbox.inputs, ...where, ...inputs } });
}

const password = { secret_variables: 'queue_password: queue-password-123' };

/** What is deployed, one after the other, under one name; how the last one ends. */
const fates: readonly [fate: string, pack: string, deploys: readonly Record<string, string>[], outcome: string][] = [
  ['runs', 'web', [{}], 'running healthy'],
  ['runs, all three', 'worker-trio', [password], 'running healthy'],
  ['misses a variable', 'worker-trio', [{}], 'variable-missing'],
  [
    'fails, one of three',
    'worker-trio',
    [{ ...password, variables: 'prefix: bad\nworker_crashes: true' }],
    'unhealthy',
  ],
  ['ends well', 'batch', [{ wait_for: 'complete' }], 'complete healthy'],
  ['ends badly', 'batch', [{ wait_for: 'complete', variables: 'job_name: bad\nexit_code: 2' }], 'unhealthy'],
  ['is registered', 'nightly', [{}], 'running healthy'],
  ['waits to be promoted', 'canary', [{}, { variables: 'message: new' }], 'awaiting-promotion'],
  [
    'is promoted by itself',
    'canary',
    [
      { variables: 'job_name: auto\nauto_promote: true' },
      { variables: 'job_name: auto\nauto_promote: true\nmessage: new' },
    ],
    'running healthy',
  ],
  ['fails', 'crash', [{}], 'unhealthy'],
  [
    'is taken back by Nomad',
    'crash',
    [
      { variables: 'job_name: back\ncrash: false\nauto_revert: true' },
      { variables: 'job_name: back\nauto_revert: true' },
    ],
    'reverted',
  ],
  ['finds no place', 'huge', [{}], 'placement'],
  ['takes its time', 'slow', [{ variables: 'min_healthy_time: 2s' }], 'running healthy'],
];

describe('each pack fares as its README says', () => {
  test.concurrent.each(fates)('it %s: %s', async (fate, pack, deploys, outcome) => {
    let result: StepResult | undefined;
    for (const inputs of deploys) result = await deploy(pack, `${pack}-${fate.replaceAll(/[^a-z]+/g, '-')}`, inputs);
    const { status, health, 'failure-reason': reason } = result?.outputs ?? {};
    expect(reason || `${status} ${health}`).toBe(outcome);
    expect(result?.exitCode).toBe(reason === '' ? 0 : 1);
  });

  test('no pack is left out', () => {
    expect(packs.filter((pack) => !fates.some(([, name]) => name === pack))).toEqual([]);
  });
});

describe('the README of each pack', () => {
  test.each(packs)('%s lists its variables', (pack) => {
    const read = (file: string) => readFileSync(join(folder, pack, file), 'utf8');
    const declared = [...read('variables.hcl').matchAll(/^variable "(\w+)"/gm)].map(([, name]) => name);
    const listed = [...read('README.md').matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name);
    expect(listed).toEqual(declared);
    expect(readFileSync(join(folder, 'README.md'), 'utf8')).toContain(`[${pack}](${pack})`);
  });

  test.each(packs)('%s shows a step that goes by the rules of the main README', (pack) => {
    const readme = readFileSync(join(folder, pack, 'README.md'), 'utf8');
    const [, , what = ''] = readme.split('\n');
    expect(what).toMatch(/^(?:A|Three) .+\.$/);
    const [step] = parse(/^```yaml\n([\s\S]*?)^```/m.exec(readme)?.[1] ?? '') as { with: Record<string, string> }[];
    const inputs = step?.with ?? {};
    expect(Object.keys(inputs).filter((name) => !Object.hasOwn(readActionFile().inputs, name))).toEqual([]);
    expect(inputs).toMatchObject({
      pack,
      nomad_addr: '${{ vars.NOMAD_ADDR }}',
      nomad_token: '${{ secrets.NOMAD_TOKEN }}',
    });
    // An expression that is not quoted can end the text that it is put into.
    const { variables = '', secret_variables: secret = '' } = inputs;
    expect(`${variables}\n${secret}`).not.toMatch(/\$\{\{(?! toJSON\()/);
  });
});
