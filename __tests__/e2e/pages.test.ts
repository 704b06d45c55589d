import { execFile, execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { ROOT } from '../../scripts/support/paths.ts';
import { LIMIT, prepareMachine, useSandbox } from './support/sandbox.ts';

const execute = promisify(execFile);

const sandbox = useSandbox();

/** The commands of the pages, as they stand there: by page and first line. */
const BLOCKS: ReadonlyMap<string, string> = new Map(
  execFileSync('git', ['ls-files', '*.md'], { cwd: ROOT, encoding: 'utf8' })
    .split('\n')
    .filter((name) => name !== '' && !name.startsWith('__tests__/'))
    .flatMap((name) =>
      [...readFileSync(join(ROOT, name), 'utf8').matchAll(/^ *```(?:sh|bash|shell)\n([\s\S]*?)^ *```/gm)].map(
        ([, code = '']) =>
          [
            `${name}: ${code
              .trim()
              .split('\n')[0]
              ?.replace(/\s*#.*/, '')}`,
            code,
          ] as const,
      ),
    ),
);

/** What runs a block that this file does not run. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'docs/authentication.md: nomad acl policy apply -description "Deploy packs to default" deploy deploy.policy.hcl':
    'the same with a real Nomad, by scenarios/login.test.ts',
  'docs/authentication.md: nomad acl auth-method create -name github -type JWT -max-token-ttl 30m -token-locality local -config @auth-method.json':
    'the same with a real Nomad, by scenarios/login.test.ts',
  'docs/authentication.md: nomad acl binding-rule create -auth-method github -bind-type policy -bind-name deploy \\':
    'the same with a real Nomad, by scenarios/login.test.ts',
  'docs/from-a-script.md: curl -fsSL -o nomad-pack.zip https://releases.hashicorp.com/nomad-pack/0.4.2/nomad-pack_0.4.2_linux_amd64.zip':
    'what the page replaces',
  'docs/local.md: npm run demo -- --real': 'integration.yml',
  'docs/local.md: act push \\': 'npm run examples',
  'docs/local.md: npm run build': 'npm test',
  'docs/local.md: act --workflows .github/workflows/e2e.yml --platform ubuntu-latest=-self-hosted push': '.ci/run',
  'docs/local.md: npm run examples': '.ci/run',
  'docs/tool-cache.md: mirror=https://releases.hashicorp.com': 'e2e/tool-cache.test.ts',
};

/** Those that this file runs. */
const HERE = [
  'README.md: npm run demo',
  'docs/local.md: npm run demo',
  'docs/local.md: eval "$(npm run --silent sandbox -- start)"',
  'packages/sandbox/README.md: npm run sandbox',
  'packages/sandbox/nomad-pack/README.md: node packages/sandbox/nomad-pack/main.js registry add lab https://example.com/packs.git',
];

test('every block of commands is run as it stands', () => {
  expect([...BLOCKS.keys()].sort()).toEqual([...Object.keys(ELSEWHERE), ...HERE].sort());
});

test('what `.ci/run` runs is what the page says', () => {
  expect(readFileSync(join(ROOT, '.ci', 'run'), 'utf8')).toContain(
    'act" --workflows .github/workflows/e2e.yml --platform ubuntu-latest=-self-hosted push',
  );
});

const bash = async (script: string, env: Readonly<Record<string, string | undefined>> = {}) =>
  await execute('bash', ['-euo', 'pipefail', '-c', script], { cwd: ROOT, env: { ...process.env, ...env } });

test(
  'the demo',
  async () => {
    expect(BLOCKS.get('docs/local.md: npm run demo')).toBe('npm run demo\n');
    const { stdout } = await bash('npm run demo');
    expect(stdout).toContain('All as expected');
  },
  LIMIT,
);

test(
  'the sandbox in the background',
  async () => {
    const block = BLOCKS.get('packages/sandbox/README.md: npm run sandbox') ?? '';
    const [foreground = '', start, stop] = block.trim().split('\n');
    expect(foreground).toMatch(/^npm run sandbox\s+# until Ctrl-C$/);
    const { stdout } = await bash(`${start}\ncurl --fail --silent "$SANDBOX_NOMAD_ADDR/v1/status/leader"\n${stop}`);
    expect(stdout).toContain('127.0.0.1');
  },
  LIMIT,
);

test(
  'the sandbox for a workflow of one’s own',
  async () => {
    const start = BLOCKS.get('docs/local.md: eval "$(npm run --silent sandbox -- start)"') ?? '';
    expect(readFileSync(join(ROOT, 'docs', 'local.md'), 'utf8')).toContain('`npm run sandbox -- stop`');
    const ask =
      'curl --fail --silent --header "X-Nomad-Token: $SANDBOX_NOMAD_TOKEN" "$SANDBOX_NOMAD_ADDR/v1/namespaces"';
    const { stdout } = await bash(`${start}\n${ask}\nnpm run sandbox -- stop`);
    expect(stdout).toContain('"Name":"staging"');
  },
  LIMIT,
);

test(
  'the simulated nomad-pack, by hand',
  async () => {
    const [block = ''] = HERE.slice(-1).map((name) => BLOCKS.get(name));
    const machine = await prepareMachine({});
    const script = block
      .replaceAll('https://example.com/packs.git', sandbox().git.url('packs'))
      .replaceAll(' web ', ' echo ');
    const { stdout } = await bash(script, {
      HOME: machine.home,
      NOMAD_ADDR: sandbox().nomad.address,
      PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
    });
    expect(stdout).toContain('registered successfully');
  },
  LIMIT,
);
