import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { access, chmod, mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from '@jest/globals';
import { makeRegistry, type Registry, startGitServer } from 'nomad-pack-sandbox/git/index.ts';
import { startWebServer } from 'nomad-pack-sandbox/http/server.ts';
import { startOidc } from 'nomad-pack-sandbox/oidc/index.ts';
import { newMachine } from '../../support/run-action.ts';
import type { Attack } from '../support/attack.ts';
import type { Cluster } from '../support/cluster.ts';
import { job, writePack } from '../support/packs.ts';
import { type Outcome, step, visible } from '../support/step.ts';

const TOKEN = 'token-that-must-stay-77a0c6f2';

const run = promisify(execFile);

/** A registry of one pack, gone after the work. */
async function withRegistry<T>(work: (registry: Registry) => Promise<T>): Promise<T> {
  const machine = await newMachine();
  await writePack(join(machine.own, 'registry'), 'web', job());
  const registry = await makeRegistry(join(machine.own, 'registry'));
  try {
    return await work(registry);
  } finally {
    await registry.remove();
  }
}

const exists = async (path: string) =>
  await access(path).then(
    () => true,
    () => false,
  );

/** Attacks by a registry, by Nomad, or by who stands in their places. */
export function hostAttacks(cluster: () => Cluster): readonly Attack[] {
  const fromRegistry = (source: string) => ({
    ...cluster().inputs,
    operation: 'render',
    pack: 'web',
    registry_name: 'lab',
    registry_source: source,
  });
  const refusedSources = (attack: string, sources: (marker: string) => readonly string[], message: RegExp): Attack => ({
    attack,
    run: async () => {
      const marker = join(tmpdir(), `marker-${randomUUID()}`);
      const outcomes: Outcome[] = [];
      for (const source of sources(marker)) {
        const outcome = await step({ inputs: fromRegistry(source) });
        expect([source, outcome.exitCode, outcome.reason]).toEqual([source, 1, 'input']);
        expect(outcome.error).toMatch(message);
        outcomes.push(outcome);
      }
      expect(await exists(marker)).toBe(false);
      return outcomes[0] as Outcome;
    },
  });

  return [
    refusedSources(
      '`ext::` source',
      (marker) => [
        `ext::touch\${IFS}${marker}`,
        `git::ext::touch% ${marker}`,
        `ext::touch% ${marker}`,
        'fd::17',
        's3::x',
      ],
      /Input `registry_source` (?:names a helper of git|holds white space)/,
    ),
    refusedSources(
      'source with an option',
      (marker) => [
        `--upload-pack=touch\${IFS}${marker}`,
        '-uls',
        `ssh://-oProxyCommand=touch%20${marker}/x`,
        `git@-oProxyCommand=x:y`,
        `git::--upload-pack=${marker}`,
        'https://github.com/octo/packs.git?sshkey=x',
        'https://github.com/octo/packs.git//packs/web',
      ],
      /Input `registry_source` (?:begins with|names no host|holds|names a folder|is neither)/,
    ),
    {
      attack: 'ref with an option or a command',
      run: async () => {
        const marker = join(tmpdir(), `marker-${randomUUID()}`);
        const refs = [
          `--upload-pack=touch ${marker}`,
          '-x',
          `$(touch ${marker})`,
          `a;touch ${marker}`,
          '../../x',
          'a..b',
          '@{u}',
        ];
        const outcomes: Outcome[] = [];
        for (const ref of refs) {
          const outcome = await step({ inputs: { ...fromRegistry('github.com/octo/packs'), registry_ref: ref } });
          expect([ref, outcome.exitCode, outcome.reason]).toEqual([ref, 1, 'input']);
          outcomes.push(outcome);
        }
        expect(await exists(marker)).toBe(false);
        return outcomes[0] as Outcome;
      },
    },
    {
      attack: 'registry with a submodule whose source is `ext::`',
      run: async () =>
        await withRegistry(async (registry) => {
          const marker = join(tmpdir(), `marker-${randomUUID()}`);
          const git = async (...args: string[]) =>
            await run('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.com', ...args], { cwd: registry.path });
          await writeFile(
            join(registry.path, '.gitmodules'),
            `[submodule "sub"]\n  path = sub\n  url = "ext::touch ${marker}"\n`,
          );
          await git('update-index', '--add', '--cacheinfo', `160000,${registry.commit},sub`);
          await git('add', '.gitmodules');
          await git('commit', '--quiet', '--message', 'sub');
          const outcome = await step({ inputs: fromRegistry(registry.path) });
          expect(outcome).toMatchObject({ exitCode: 1, reason: 'registry-invalid' });
          expect(outcome.error).toMatch(/transport 'ext' not allowed/);
          expect(await exists(marker)).toBe(false);
          return outcome;
        }),
    },
    {
      attack: 'git configuration, hooks and template in the workspace and in GIT_* variables',
      run: async () =>
        await withRegistry(async (registry) => {
          const machine = await newMachine();
          const marker = join(machine.own, 'marker');
          const hooks = join(machine.workspace, '.git', 'hooks');
          await mkdir(hooks, { recursive: true });
          await run('git', ['init', '--quiet', machine.workspace]);
          for (const name of ['post-checkout', 'reference-transaction', 'post-index-change']) {
            await writeFile(join(hooks, name), `#!/bin/sh\necho ${name} >> ${marker}\n`);
            await chmod(join(hooks, name), 0o755);
          }
          await writeFile(
            join(machine.workspace, '.git', 'config'),
            `[core]\n  fsmonitor = touch ${marker}\n  sshCommand = touch ${marker}\n[url "file:///nosuch"]\n  insteadOf = file:///\n[filter "x"]\n  smudge = touch ${marker}\n`,
          );
          const outcome = await step({
            machine,
            inputs: fromRegistry(registry.path),
            env: {
              GIT_DIR: join(machine.workspace, '.git'),
              GIT_TEMPLATE_DIR: join(machine.workspace, '.git'),
              GIT_CONFIG_COUNT: '1',
              GIT_CONFIG_KEY_0: 'core.hooksPath',
              GIT_CONFIG_VALUE_0: hooks,
              GIT_CONFIG_PARAMETERS: `'core.hooksPath=${hooks}'`,
              GIT_EXEC_PATH: hooks,
              GIT_ALLOW_PROTOCOL: 'ext',
            },
          });
          expect(outcome).toMatchObject({ exitCode: 0 });
          expect(outcome.outputs['registry-sha']).toBe(registry.commit);
          expect(await exists(marker)).toBe(false);
          return [outcome, 'none of it was used'];
        }),
    },
    {
      attack: 'redirect of the registry to another host',
      run: async () =>
        await withRegistry(async (registry) => {
          const thief = await startWebServer((_, response) => void response.end());
          const server = await startGitServer({ repositories: { packs: { path: registry.repository, token: TOKEN } } });
          try {
            server.misbehave('packs', { kind: 'redirect', to: thief.address });
            const outcome = await step({ inputs: { ...fromRegistry(server.url('packs')), registry_token: TOKEN } });
            expect(outcome).toMatchObject({ exitCode: 1, reason: 'registry-unreachable' });
            expect(outcome.error).toMatch(/answered with a redirect, which is not followed/);
            expect(server.requests.some(({ headers }) => headers.authorization !== undefined)).toBe(true);
            expect(thief.requests).toEqual([]);
            return outcome;
          } finally {
            await Promise.all([server.stop(), thief.stop()]);
          }
        }),
    },
    ...['deploy', 'status', 'destroy'].map((operation) => ({
      attack: `redirect of Nomad to another host (${operation})`,
      run: async () => {
        const thief = await startWebServer((_, response) => void response.end('[]'));
        const nomad = await startWebServer((request, response) => {
          response.writeHead(307, { Location: `${thief.address}${request.url}` }).end();
        });
        const machine = await newMachine();
        await writePack(machine.workspace, 'web', job());
        try {
          const outcome = await step({
            machine,
            inputs: {
              ...cluster().inputs,
              operation,
              deployment_name: 'web',
              pack: './web',
              nomad_addr: nomad.address,
              nomad_token: TOKEN,
            },
          });
          expect(outcome).toMatchObject({ exitCode: 1, reason: 'nomad-address' });
          expect(outcome.error).toMatch(/redirects to .* That is not followed, for the token would go along/);
          expect(nomad.requests.some(({ headers }) => headers['x-nomad-token'] === TOKEN)).toBe(true);
          expect(thief.requests).toEqual([]);
          expect(visible(outcome)).not.toContain(TOKEN);
          return outcome;
        } finally {
          await Promise.all([nomad.stop(), thief.stop()]);
        }
      },
    })),
    {
      attack: 'redirect of the login to another host',
      run: async () => {
        const oidc = await startOidc();
        const thief = await startWebServer((_, response) => void response.end('{}'));
        const nomad = await startWebServer((request, response) => {
          response.writeHead(307, { Location: `${thief.address}${request.url}` }).end();
        });
        try {
          const outcome = await step({
            env: oidc.env,
            inputs: {
              operation: 'status',
              deployment_name: 'web',
              pack: 'web',
              nomad_addr: nomad.address,
              nomad_auth_method: 'github',
            },
          });
          expect(outcome).toMatchObject({ exitCode: 1, reason: 'nomad-address' });
          expect(outcome.error).toContain('redirects to');
          expect(thief.requests).toEqual([]);
          return outcome;
        } finally {
          await Promise.all([oidc.stop(), nomad.stop(), thief.stop()]);
        }
      },
    },
    {
      attack: 'Nomad that answers without an end',
      run: async () => {
        const piece = Buffer.alloc(1024 * 1024, ' ');
        const nomad = await startWebServer((_, response) => {
          const more = () => {
            while (!response.destroyed && response.write(piece));
          };
          response.writeHead(200, { 'Content-Type': 'application/json' }).on('drain', more);
          more();
        });
        try {
          const outcome = await step({
            inputs: { operation: 'status', deployment_name: 'web', pack: 'web', nomad_addr: nomad.address },
          });
          expect(outcome).toMatchObject({ exitCode: 1, reason: 'nomad-error' });
          expect(outcome.error).toContain('more than 64 MiB');
          return outcome;
        } finally {
          await nomad.stop();
        }
      },
    },
  ];
}
