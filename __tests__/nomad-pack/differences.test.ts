import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { differencesSince } from '../../src/nomad-pack/differences.ts';

const FILE = 'deployments: { web: { pack: ./packs/web } }\n';

let folder: string;
let workspace: string;
let notices: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'differences-'));
  workspace = join(folder, 'workspace');
  notices = [];
  mkdirSync(workspace);
  git('init', '-q', '-b', 'main');
  put('nomad-packs.yaml', FILE);
  put('packs/web/metadata.hcl', 'app {}\n');
  put('packs/api/metadata.hcl', 'app {}\n');
  put('config/[a].yaml', 'a: 1\n');
  put('.gitignore', 'generated.yaml\n');
  commit('first');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function git(...args: string[]): string {
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.com'];
  return execFileSync('git', [...identity, ...args], { cwd: workspace, encoding: 'utf8' }).trim();
}

function put(name: string, text: string): void {
  mkdirSync(dirname(join(workspace, name)), { recursive: true });
  writeFileSync(join(workspace, name), text);
}

function commit(message: string): string {
  git('add', '-A');
  git('commit', '-q', '-m', message);
  return git('rev-parse', 'HEAD');
}

async function differences(
  revision: string,
  parts: readonly string[] = ['./packs/web'],
  at: Record<string, string> = {},
  limit?: number,
) {
  const { file = 'nomad-packs.yaml', ...environment } = at;
  return await differencesSince(
    { revision, file, parts },
    {
      workspace,
      environment: { ...process.env, ...environment },
      signal: new AbortController().signal,
      notice: (text) => notices.push(text),
      ...(limit !== undefined && { limit }),
    },
  );
}

describe('what differs from a commit', () => {
  test('is what was committed since, changed, added or removed, and the file as it was', async () => {
    put('nomad-packs.yaml', 'deployments: {}\n');
    put('packs/web/templates/new.nomad.tpl', 'job {}\n');
    commit('second');
    put('packs/api/metadata.hcl', 'app { }\n');
    put('config/[a].yaml', 'a: 2\n');
    put('config/a.yaml', 'a: 2\n');
    put('generated.yaml', 'b: 1\n');
    put('elsewhere/x', '');
    const parts = ['./packs/web', 'packs/api/', 'config/[a].yaml', 'generated.yaml', 'config/none.yaml'];
    const { before, paths } = await differences('HEAD~1', parts);
    expect(before).toBe(FILE.trim());
    expect(paths.toSorted()).toEqual([
      'config/[a].yaml',
      'generated.yaml',
      'packs/api/metadata.hcl',
      'packs/web/templates/new.nomad.tpl',
    ]);
    expect((await differences('main', parts)).paths).not.toContain('packs/web/templates/new.nomad.tpl');
    rmSync(join(workspace, 'packs/web'), { recursive: true });
    expect((await differences('main')).paths).toEqual(['packs/web/metadata.hcl', 'packs/web/templates/new.nomad.tpl']);
  });

  test('is nothing where nothing does, whatever is newer', async () => {
    put('packs/web/metadata.hcl', 'app {}\n');
    expect(await differences('main')).toEqual({ before: FILE.trim(), paths: [] });
    expect(await differences('main', [])).toEqual({ before: FILE.trim(), paths: [] });
  });

  test('has no file where there was none', async () => {
    const first = git('rev-parse', 'HEAD');
    put('other.yaml', FILE);
    expect(await differences(first, [], { file: 'other.yaml' })).toEqual({ paths: [] });
  });

  test('counts what is in no repository, or in another, as one that does', async () => {
    expect((await differences('main', ['./packs/web', '/etc/hosts', '../elsewhere'])).paths).toEqual([
      '/etc/hosts',
      '../elsewhere',
    ]);
  });

  test('is found where the repository is below the workspace, also through a link', async () => {
    renameSync(workspace, join(folder, 'app'));
    mkdirSync(join(folder, 'real'));
    renameSync(join(folder, 'app'), join(folder, 'real', 'app'));
    symlinkSync(join(folder, 'real'), workspace);
    put('app/packs/web/metadata.hcl', 'app { }\n');
    const { before, paths } = await differences('main', ['./app/packs/web'], { file: 'app/nomad-packs.yaml' });
    expect({ before, paths }).toEqual({ before: FILE.trim(), paths: ['app/packs/web/metadata.hcl'] });
  });
});

test('all is new on a branch that is new', async () => {
  expect(await differences('0'.repeat(40))).toEqual({ paths: [] });
  expect(notices).toEqual([
    '`changed_since` is the hash of zeros that GitHub gives for a new branch: all deployments count as changed.',
  ]);
});

test('nothing that the repository names is run', async () => {
  const script = join(folder, 'script');
  writeFileSync(script, `#!/bin/sh\ntouch ${folder}/ran\n`, { mode: 0o755 });
  put('.gitattributes', '* diff=x\n');
  git('config', 'core.fsmonitor', script);
  git('config', 'diff.external', script);
  git('config', 'diff.x.textconv', script);
  git('config', 'core.pager', script);
  put('packs/web/metadata.hcl', 'app { }\n');
  expect((await differences('main', undefined, { GIT_EXTERNAL_DIFF: script })).paths).toEqual([
    'packs/web/metadata.hcl',
  ]);
  expect(() => execFileSync('ls', [join(folder, 'ran')], { stdio: 'ignore' })).toThrow();
});

describe('a commit that is not there', () => {
  test.each(['origin/main', 'f'.repeat(40), '--help'])('%s', async (revision) => {
    const found = differences(revision);
    await expect(found).rejects.toMatchObject({ reason: 'input', hint: expect.stringContaining('fetch-depth: 0') });
    await expect(found).rejects.toThrow(
      `Input \`changed_since\` is \`${revision}\`, which the repository has no commit for.`,
    );
  });

  test('in a checkout that is shallow', async () => {
    const first = git('rev-parse', 'HEAD');
    put('x', '');
    commit('second');
    const clone = join(folder, 'clone');
    execFileSync('git', ['clone', '-q', '--depth', '1', `file://${workspace}`, clone]);
    workspace = clone;
    await expect(differences(first)).rejects.toMatchObject({
      message: `Input \`changed_since\` is \`${first}\`, which the checkout does not have: it holds a part of the history only.`,
      hint: 'Set `fetch-depth: 0` for `actions/checkout`.',
    });
    // What it does have will do.
    expect(await differences('HEAD')).toEqual({ before: FILE.trim(), paths: [] });
  });

  test('where there is no repository', async () => {
    rmSync(join(workspace, '.git'), { recursive: true });
    await expect(differences('main', undefined, { GIT_CEILING_DIRECTORIES: folder })).rejects.toMatchObject({
      reason: 'input',
      message: expect.stringContaining('that is not in a git repository.'),
    });
  });

  test.each([
    [
      'is killed',
      'kill -KILL $$',
      { reason: 'runner', message: expect.stringContaining('`git rev-parse` was ended by the signal SIGKILL') },
    ],
    [
      'hangs',
      'exec sleep 60',
      {
        reason: 'timeout',
        message: '`git rev-parse`, which `changed_since` needs, was stopped because it had not ended after 0.1 s.',
      },
    ],
  ])('is not what a git says that %s', async (_, script, expected) => {
    writeFileSync(join(folder, 'git'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    const found = differences('main', undefined, { PATH: `${folder}:/usr/bin:/bin` }, 100);
    await expect(found).rejects.toMatchObject(expected);
  });

  test('where there is no git', async () => {
    await expect(differences('main', undefined, { PATH: folder })).rejects.toMatchObject({ reason: 'git-missing' });
  });
});
