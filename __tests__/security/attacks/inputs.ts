import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { access, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { repository } from 'nomad-pack-sandbox/runner/action.ts';
import { parse } from 'yaml';
import { type Machine, newMachine } from '../../support/run-action.ts';
import type { Attack } from '../support/attack.ts';
import { job, writePack } from '../support/packs.ts';
import { fromSite, startTrap } from '../support/site.ts';
import { type Outcome, step, visible } from '../support/step.ts';

/** The inputs that a token or key may be in. */
const FOR_SECRETS = [
  'registry_token',
  'nomad_token',
  'nomad_http_auth',
  'github_token',
  'nomad_client_key',
  'secret_variables',
];

const INPUTS = Object.keys(
  (parse(readFileSync(join(repository, 'action.yml'), 'utf8')) as { inputs: Record<string, unknown> }).inputs,
).filter((name) => !FOR_SECRETS.includes(name));

const GITHUB_TOKEN = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;
const NOMAD_TOKEN = '3b1f6a52-7c0d-4f0e-9a53-0d1e2f3a4b5c';

const BASE = { deployment_name: 'web', pack: './web', nomad_addr: 'http://127.0.0.1:9' };

/** Much less than a runner has: what takes more than a little memory is killed. */
const LITTLE_MEMORY = { NODE_OPTIONS: '--max-old-space-size=96' };

/** Attacks by what is written into inputs, and by the files that they name. */
export const INPUT_ATTACKS: readonly Attack[] = [
  {
    attack: 'Nomad token in each input by mistake',
    run: async () => {
      const waiting = [...INPUTS];
      const outcomes: Outcome[] = [];
      const work = async () => {
        const machine = await newMachine();
        for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
          const outcome = await refused({ nomad_token: NOMAD_TOKEN, [name]: NOMAD_TOKEN }, { machine });
          expect(outcome.error).toContain(`Input \`${name}\` holds the value of \`nomad_token\``);
          expect([name, outcome.masks.includes(NOMAD_TOKEN)]).toEqual([name, true]);
          expect([name, visible(outcome).includes(NOMAD_TOKEN)]).toEqual([name, false]);
          outcomes.push(outcome);
        }
      };
      await Promise.all([work(), work()]);
      return [
        outcomes[0] as Outcome,
        `refused in all ${outcomes.length} inputs that are not for tokens, masked, never repeated`,
      ];
    },
  },
  {
    attack: 'token of GitHub in all inputs by mistake',
    run: async () => {
      const text = `x-access-token:${GITHUB_TOKEN}@github.com`;
      const outcome = await refused(Object.fromEntries(INPUTS.map((name) => [name, text])));
      for (const name of INPUTS) expect(outcome.error).toContain(`Input \`${name}\` holds a token of GitHub`);
      expect(outcome.masks).toContain(GITHUB_TOKEN);
      expect(visible(outcome)).not.toContain(GITHUB_TOKEN);
      return [outcome, 'each of the inputs is named, the token masked, and never repeated'];
    },
  },
  {
    attack: 'user and password in nomad_addr, in nomad_pack_mirror, in registry_source',
    run: async () => {
      const address = 'https://admin:hunter22secret@example.com/x';
      const outcome = await refused({
        nomad_addr: address,
        nomad_pack_mirror: address,
        pack: 'web',
        registry_name: 'lab',
        registry_source: address,
      });
      expect(visible(outcome)).not.toContain('hunter22secret');
      expect(outcome.error.match(/holds? a user or a password/g)).toHaveLength(3);
      return [outcome, 'each is named, none is repeated'];
    },
  },
  {
    attack: 'YAML bomb: aliases of aliases, in each input that is YAML',
    run: async () => {
      const levels = Array.from({ length: 12 }, (_, index) =>
        index === 0
          ? 'a0: &a0 [lol,lol,lol,lol,lol,lol,lol,lol,lol]'
          : `a${index}: &a${index} [${Array(9).fill(`*a${index - 1}`)}]`,
      );
      const bomb = levels.join('\n');
      const list = `- &x [${Array(9).fill('lol')}]\n- ${bomb.replaceAll('\n', '\n  ')}`;
      const outcome = await refused(
        { variables: bomb, secret_variables: bomb, pass_env: list, variable_files: list },
        { env: LITTLE_MEMORY },
      );
      expect(outcome.error.match(/its aliases expand to too much/g)?.length).toBeGreaterThanOrEqual(2);
      expect(outcome.duration).toBeLessThan(10_000);
      return [outcome, 'its aliases expand to too much'];
    },
  },
  {
    attack: 'YAML bomb: nested 50,000 deep',
    run: async () => {
      const outcome = await refused({ variables: `a: ${'['.repeat(50_000)}` }, { env: LITTLE_MEMORY });
      expect(outcome.error).toMatch(/nested more than 200 levels deep/);
      return outcome;
    },
  },
  {
    attack: 'YAML bomb: a file of variables of 3 GiB',
    run: async () => {
      const outcome = await withFiles(['huge.yaml', 'huge.json', 'huge.hcl'], async (path) => {
        await writeFile(path, 'a: 1\n');
        await truncate(path, 3 * 2 ** 30);
      });
      for (const kind of ['yaml', 'json', 'hcl'])
        expect(outcome.error).toContain(`\`huge.${kind}\`, which is larger than 16 MiB`);
      return outcome;
    },
  },
  {
    attack: 'link in the workspace to something endless, as a file of variables',
    run: async () => {
      const outcome = await withFiles(['endless.yaml', 'endless.json', 'endless.hcl'], async (path) => {
        await symlink('/dev/zero', path);
      });
      expect(outcome.error.match(/, which leads out of the workspace through a link/g)).toHaveLength(3);
      return outcome;
    },
  },
  {
    attack: 'file of variables outside of the workspace, by `..` and by a link',
    run: async () => {
      const machine = await newMachine();
      await writeFile(join(machine.own, 'secret.json'), '{"password": "not for you"}');
      await symlink(machine.own, join(machine.workspace, 'conf'));
      const outcome = await refused({ variable_files: '../own/secret.json\nconf/secret.json' }, { machine });
      expect(outcome.error).toMatch(/`\.\.\/own\/secret\.json`.* climbs out of the workspace/);
      expect(outcome.error).toMatch(/`conf\/secret\.json`.* leads out of the workspace through a link/);
      return outcome;
    },
  },
  {
    attack: 'link in a pack of the workspace: to a file of the runner, to the endless, round in circles, to nowhere',
    run: async () => {
      const links = {
        '/etc/passwd': /leads out of the workspace/,
        '/dev/zero': /leads out of the workspace/,
        '..': /holds more than 5000 files, or links that lead round in circles|leads nowhere/,
        '/nosuch': /leads nowhere/,
      };
      const { site, ran } = await startTrap();
      try {
        const outcomes: Outcome[] = [];
        for (const [target, message] of Object.entries(links)) {
          const machine = await newMachine();
          const pack = await writePack(machine.workspace, 'web', job());
          for (const name of ['one', 'two']) await symlink(target, join(pack, 'templates', name));
          const outcome = await step({ machine, inputs: { ...BASE, ...fromSite(site) } });
          expect(outcome).toMatchObject({ exitCode: 1, reason: 'input', leftovers: [] });
          expect(outcome.error).toMatch(message);
          outcomes.push(outcome);
        }
        expect(await ran()).toBe('');
        return outcomes[0] as Outcome;
      } finally {
        await site.stop();
      }
    },
  },
  {
    attack: 'pack outside of the workspace, by `..` and by a link',
    run: async () => {
      const machine = await newMachine();
      await writePack(machine.own, 'web', job());
      await symlink(machine.own, join(machine.workspace, 'packs'));
      const climbing = await refused({ pack: '../own/web' }, { machine });
      expect(climbing.error).toContain('climbs out of the workspace');
      const outcome = await refused({ pack: './packs/web' }, { machine });
      expect(outcome.error).toContain('leads out of the workspace through a link');
      return outcome;
    },
  },
  {
    attack: 'names that are commands, options, paths, or end a filter',
    run: async () => {
      const marker = join(tmpdir(), `marker-${randomUUID()}`);
      const names = [
        `web; touch ${marker}`,
        `$(touch ${marker})`,
        '--help',
        '-x',
        '../../etc',
        'a/b',
        'x" or "1"=="1',
        'a\nb',
        '::error::PWNED',
        'a'.repeat(200),
      ];
      const outcomes = await Promise.all(
        names.map((name) =>
          refused({ deployment_name: name, registry_name: name, nomad_namespace: name, nomad_region: name }),
        ),
      );
      for (const outcome of outcomes) expect(outcome.error).toContain('4 inputs are wrong.');
      await expect(access(marker)).rejects.toThrow();
      const [outcome] = outcomes as [Outcome];
      return [outcome, '4 inputs are wrong, whatever the name'];
    },
  },
];

async function refused(
  inputs: Readonly<Record<string, string>>,
  { machine, env = {} }: { machine?: Machine; env?: Record<string, string> } = {},
): Promise<Outcome> {
  const used = machine ?? (await newMachine());
  await writePack(used.workspace, 'web', job());
  const outcome = await step({ machine: used, env, inputs: { ...BASE, ...inputs } });
  expect(outcome).toMatchObject({ exitCode: 1, status: 'unknown', reason: 'input', leftovers: [] });
  return outcome;
}

async function withFiles(names: readonly string[], make: (path: string) => Promise<void>): Promise<Outcome> {
  const machine = await newMachine();
  for (const name of names) await make(join(machine.workspace, name));
  return await refused({ variable_files: names.join('\n') }, { machine, env: LITTLE_MEMORY });
}
