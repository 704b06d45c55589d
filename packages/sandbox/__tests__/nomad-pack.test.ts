import type { ChildProcess } from 'node:child_process';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type SimulatedNomad, startNomad } from '../nomad/index.ts';
import { type CommandOptions, type CommandResult, type Lab, startLab } from './support/nomad-pack-lab.ts';
import {
  comparable,
  type RecordedCommand,
  readCommands,
  recordedPacks,
  translations,
} from './support/nomad-pack-recordings.ts';

/**
 * Brings the simulated Nomad and a cache through what the recordings of a real nomad-pack went through, runs the same command
 * lines, and compares what is printed and the exit codes.
 */

type Setup = (args: readonly string[], env?: Readonly<Record<string, string>>) => Promise<void>;
type Play = (name: string, options?: Pick<CommandOptions, 'home' | 'onOutput'>) => Promise<void>;

const files: Readonly<Record<string, string>> = {
  'v.hcl': 'image_tag = "v1"\nmessage = "from file"\n',
  'v.json': '{"image_tag": "v1"}',
  'v.yaml': 'image_tag: v1\n',
  'a.hcl': 'image_tag = "A"\n',
  'b.hcl': 'image_tag = "B"\n',
  'bad.hcl': 'image_tag = \n',
  'unk.hcl': 'unknown_var = "x"\n',
  'esc.json': JSON.stringify({
    image_tag: 'a$${b} %%{c} "q" \n nl',
    count: '3',
    datacenters: ['dc1', 'dc2'],
    resources: { cpu: 61, memory: 34 },
  }),
};

describe.each([
  { name: '0.4.2', version: '0.4.2' },
  { name: 'next', version: '0.4.3' },
])('as nomad-pack $name was recorded', ({ name: recording, version }) => {
  const commands = readCommands(recording);
  if (commands === undefined) {
    test.skip('skipped: there are no recordings here', () => undefined);
    return;
  }
  const recorded = commands;
  const byCase = new Map(recorded.map((command) => [command.case, command]));
  const results = new Map<string, CommandResult>();
  const nomads: SimulatedNomad[] = [];
  let lab: Lab;

  beforeAll(async () => {
    lab = await startLab(recordedPacks);
    for (const [name, text] of Object.entries(files)) await lab.write(name, text);
    const cluster = async (acl = false) => {
      const nomad = await startNomad({ namespaces: ['prod', 'dev'], ...(acl && { acl: {} }) });
      nomads.push(nomad);
      return nomad;
    };
    await registries(on('http://127.0.0.1:9').play);
    await cp(join(lab.work, 'home'), join(lab.work, 'other'), { recursive: true });
    const refusing = await cluster(true);
    const [first, second, third, fourth] = [await cluster(), await cluster(), await cluster(), await cluster()];
    await Promise.all([
      withoutNomad(on(refusing.address).play),
      oneDeployment(on(first.address), join(lab.work, 'other')),
      manyPacks(on(second.address)),
      interrupted(on(third.address), third),
      sharedNames(on(fourth.address)),
    ]);
  }, 180_000);

  afterAll(async () => {
    await Promise.all(nomads.map((nomad) => nomad.stop()));
    await lab.stop();
    const uncovered = recorded.filter((command) => !results.has(command.case)).map((command) => command.case);
    const left = uncovered.length === 0 ? '' : `; not run: ${uncovered.join(', ')}`;
    process.stdout.write(
      `conformance with nomad-pack ${recording}: ${results.size} of ${recorded.length} recorded cases${left}\n`,
    );
  });

  test.each(recorded.map((command) => command.case))('%s', (name) => {
    const result = results.get(name) as CommandResult;
    const command = byCase.get(name) as RecordedCommand;
    expect(result.stderr).toBe('');
    const [announcement, ...printed] = result.stdout.split('\n');
    expect(announcement).toBe('debug: simulated nomad-pack of the sandbox');
    expect(comparable(name, translate(printed.join('\n'), 'back'))).toBe(comparable(name, command.stdout));
    if (command.exit_code !== 'timeout') expect(result.exitCode).toBe(command.exit_code);
  });

  function on(address: string): { setUp: Setup; play: Play } {
    const addresses: Readonly<Record<string, string>> = { 'http://127.0.0.1:5646': address };
    const play: Play = async (name, options) => {
      const command = byCase.get(name);
      if (command === undefined) return;
      const env = Object.fromEntries(
        Object.entries(command.env).map(([key, value]) => [key, translate(value, 'there')]),
      );
      const { NOMAD_ADDR: recordedAddress = '' } = env;
      const args = command.argv.slice(1).map((argument) => translate(argument, 'there'));
      const result = await lab.run(args, {
        env: { NOMAD_ADDR: address, ...env, ...(recordedAddress in addresses && { NOMAD_ADDR: address }) },
        version,
        ...options,
      });
      results.set(name, result);
    };
    const setUp: Setup = async (args, env) => {
      const { exitCode, stdout } = await lab.run(args, { version, env: { NOMAD_ADDR: address, ...env } });
      if (exitCode !== 0) throw new Error(`${args.join(' ')}\n${stdout}`);
    };
    return { setUp, play };
  }

  function translate(text: string, way: 'there' | 'back'): string {
    let translated = text.replace(
      '<base64 of x-access-token:TOKEN>',
      base64('x-access-token:lab-registry-token-1234567890'),
    );
    for (const [theirs, ours] of translations(lab)) {
      translated = way === 'there' ? translated.replaceAll(theirs, ours) : translated.replaceAll(ours, theirs);
    }
    return translated;
  }
});

interface Stage {
  readonly setUp: Setup;
  readonly play: Play;
}

/** Into an empty cache: each time the list of registries grows. */
async function registries(play: Play): Promise<void> {
  for (const name of ['version', 'registry-add-no-args', 'registry-add', 'registry-add-ref']) await play(name);
  for (const name of ['registry-add-slashref-target', 'registry-add-target', 'registry-add-token-in-url'])
    await play(name);
  for (const name of ['registry-add-extraheader', 'registry-add-local-path', 'registry-add-sha']) await play(name);
  for (const reason of ['badtoken', 'notoken', 'noscheme', 'nosuchref', 'nosuchtarget', 'unreachable']) {
    await play(`registry-add-${reason}`);
  }
}

/** What needs no cluster, or is told that there is none. */
async function withoutNomad(play: Play): Promise<void> {
  const renders = [
    'web',
    'trio',
    'local-path',
    'var-env',
    'var-object',
    'var-precedence',
    'var-unknown',
    'var-wrong-type',
  ];
  const files = ['json', 'json-types', 'order-a-b', 'order-b-a', 'unknown-variable', 'yaml'];
  const runs = ['unknown-flag', 'nosuch-pack', 'nosuch-ref', 'nosuch-registry', 'template-error', 'varfile-missing'];
  const others = ['varfile-syntax-error', 'missing-required-variable', 'bad-addr', 'nomad-unreachable', 'acl-denied'];
  const all = [
    ...renders.map((name) => `render-${name}`),
    ...files.map((name) => `render-varfile-${name}`),
    ...[...runs, ...others].map((name) => `run-${name}`),
    ...['acl-denied', 'nomad-unreachable', 'name-without-pack'].map((name) => `status-${name}`),
    'destroy-missing-required-variable',
  ];
  for (const name of all) await play(name);
}

/** One deployment of one job from its beginning to its end. */
async function oneDeployment({ play }: Stage, otherHome: string): Promise<void> {
  for (const name of ['destroy-nothing-there', 'run-namespace-missing', 'run-jobspec-error', 'plan-new', 'run-new'])
    await play(name);
  for (const name of ['status-running', 'status-all', 'status-nosuch-deployment', 'status-nosuch-pack'])
    await play(name);
  for (const name of ['destroy-other-deployment-running', 'plan-nochange', 'plan-change', 'plan-exitcodes'])
    await play(name);
  for (const name of ['plan-conflict-other-deployment', 'run-conflict-other-deployment']) await play(name);
  for (const name of ['run-unchanged', 'run-update']) await play(name);
  await play('plan-other-cache-path', { home: otherHome });
  for (const name of ['stop', 'status-stopped', 'run-after-stop', 'destroy', 'status-destroyed']) await play(name);
}

/** Packs of other kinds: several jobs, a batch job, tasks that crash or find no place. */
async function manyPacks({ play }: Stage): Promise<void> {
  for (const name of ['run-crash', 'status-crash']) await play(name);
  await play('run-placement-failure', {
    onOutput: (child, stdout) => {
      if (stdout.includes('Monitoring deployment')) child.kill('SIGKILL');
    },
  });
  for (const name of ['status-placement-failure', 'plan-placement-failure', 'destroy-placement-failure'])
    await play(name);
  for (const name of [
    'run-batch',
    'status-batch',
    'run-trio',
    'status-trio',
    'destroy-trio',
    'run-varfile-detach',
    'destroy-required',
  ])
    await play(name);
}

/** Rollouts that are not waited for to their end, or that take themselves back. */
async function interrupted({ setUp, play }: Stage, nomad: SimulatedNomad): Promise<void> {
  await play('run-slow-sigterm', {
    onOutput: (child, stdout) => {
      if (stdout.includes('Monitoring deployment')) child.kill('SIGTERM');
    },
  });
  await setUp(['destroy', 'slow', '--name=s1', '--registry=lab']);
  const waiting = /^\/v1\/deployment\/[^?]+\?.*index=/;
  const look = (child: ChildProcess, timer: NodeJS.Timeout) => {
    if (!nomad.requests.some(({ path }) => waiting.test(path))) return;
    clearInterval(timer);
    child.kill('SIGINT');
  };
  let looking: NodeJS.Timeout | undefined;
  await play('run-slow-sigint', {
    onOutput: (child) => {
      looking ??= setInterval(() => look(child, looking as NodeJS.Timeout), 20);
    },
  });
  for (const name of ['run-autorevert-first', 'run-autorevert-second', 'run-check-index-conflict']) await play(name);
}

/** Several packs and namespaces under one name. */
async function sharedNames({ setUp, play }: Stage): Promise<void> {
  await setUp(['run', 'web', '--name=shared', '--registry=lab', '--detach']);
  await play('run-same-name-other-pack');
  const inDev = { NOMAD_NAMESPACE: 'dev' };
  await setUp(['run', 'web', '--name=app', '--registry=lab', '--var=job_name=web_dev', '--detach'], inDev);
  for (const name of ['run-same-name-other-namespace', 'destroy-wrong-job-name-var', 'destroy-in-namespace'])
    await play(name);
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
