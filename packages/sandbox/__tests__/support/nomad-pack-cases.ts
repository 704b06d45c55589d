import type { ChildProcess } from 'node:child_process';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import type { CommandOptions, CommandResult, Lab } from './nomad-pack-lab.ts';
import { type RecordedCommand, translations } from './nomad-pack-recordings.ts';
import { until } from './nomad-states.ts';

/** A Nomad that the cases are run with. */
export interface CaseCluster {
  readonly address: string;
  /** How many times a single deployment was asked for so far: of a monitor's questions, the second one waits for a change. */
  readonly looks: () => number;
}

export interface CaseWorld {
  readonly lab: Lab;
  readonly commands: readonly RecordedCommand[];
  /** Of the stand-in; a real nomad-pack has its own. */
  readonly version?: string;
  /** Starts a Nomad with the namespaces `prod` and `dev`, which stops by itself after the cases. */
  readonly startCluster: (options: { readonly acl: boolean }) => Promise<CaseCluster>;
  /** Whether the cases of one cluster wait for those of the others. */
  readonly inTurn: boolean;
}

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

/** The address of Nomad in the recordings. */
const RECORDED_NOMAD = 'http://127.0.0.1:5646';

/**
 * Brings clusters and a cache through what the recordings went through, and runs the same command lines. Their addresses, paths and
 * commits in what is printed are those of the recordings.
 *
 * @returns by case
 */
export async function playCases(world: CaseWorld): Promise<ReadonlyMap<string, CommandResult>> {
  const { lab, commands, version, startCluster, inTurn } = world;
  const byCase = new Map(commands.map((command) => [command.case, command]));
  const results = new Map<string, CommandResult>();
  const ofVersion = version === undefined ? {} : { version };

  const on = (cluster: CaseCluster): Stage => ({
    cluster,
    play: async (name, options) => {
      const command = byCase.get(name);
      if (command === undefined) return;
      const env = Object.fromEntries(
        Object.entries(command.env).map(([key, value]) => [key, translate(lab, value, 'there')]),
      );
      const isHere = [undefined, RECORDED_NOMAD].includes(env['NOMAD_ADDR']);
      const args = command.argv.slice(1).map((argument) => translate(lab, argument, 'there'));
      const result = await lab.run(args, {
        env: { ...env, ...(isHere && { NOMAD_ADDR: cluster.address }) },
        ...ofVersion,
        ...options,
      });
      results.set(name, { ...result, stdout: translate(lab, result.stdout, 'back') });
    },
    setUp: async (args, env) => {
      const { exitCode, stdout } = await lab.run(args, { ...ofVersion, env: { NOMAD_ADDR: cluster.address, ...env } });
      if (exitCode !== 0) throw new Error(`${args.join(' ')}\n${stdout}`);
    },
  });

  for (const [name, text] of Object.entries(files)) await lab.write(name, text);
  await registries(on({ address: 'http://127.0.0.1:9', looks: () => 0 }));
  const other = join(lab.work, 'other');
  await cp(join(lab.work, 'home'), other, { recursive: true });
  const stages: readonly (readonly [acl: boolean, play: (stage: Stage) => Promise<void>])[] = [
    [true, withoutNomad],
    [false, async (stage) => await oneDeployment(stage, other)],
    [false, manyPacks],
    [false, interrupted],
    [false, sharedNames],
  ];
  const begun: Promise<void>[] = [];
  for (const [acl, play] of stages) {
    const stage = startCluster({ acl }).then(async (cluster) => await play(on(cluster)));
    begun.push(stage);
    if (inTurn) await stage;
  }
  await Promise.all(begun);
  return results;
}

function translate(lab: Lab, text: string, way: 'there' | 'back'): string {
  let translated = text.replace(
    '<base64 of x-access-token:TOKEN>',
    base64('x-access-token:lab-registry-token-1234567890'),
  );
  for (const [theirs, ours] of translations(lab)) {
    translated = way === 'there' ? translated.replaceAll(theirs, ours) : translated.replaceAll(ours, theirs);
  }
  return translated;
}

interface Stage {
  readonly cluster: CaseCluster;
  readonly setUp: Setup;
  readonly play: Play;
}

/** Into an empty cache: each time the list of registries grows. */
async function registries({ play }: Stage): Promise<void> {
  for (const name of ['version', 'registry-add-no-args', 'registry-add', 'registry-add-ref']) await play(name);
  for (const name of ['registry-add-slashref-target', 'registry-add-target', 'registry-add-token-in-url'])
    await play(name);
  for (const name of ['registry-add-extraheader', 'registry-add-local-path', 'registry-add-sha']) await play(name);
  for (const reason of ['badtoken', 'notoken', 'noscheme', 'nosuchref', 'nosuchtarget', 'unreachable']) {
    await play(`registry-add-${reason}`);
  }
}

/** What needs no cluster, or is told that there is none. */
async function withoutNomad({ play }: Stage): Promise<void> {
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
async function manyPacks({ play, cluster }: Stage): Promise<void> {
  for (const name of ['run-crash', 'status-crash']) await play(name);
  await play('run-placement-failure', {
    onOutput: (child, stdout) => {
      if (stdout.includes('Monitoring deployment')) child.kill('SIGKILL');
    },
  });
  for (const name of ['status-placement-failure', 'plan-placement-failure', 'destroy-placement-failure'])
    await play(name);
  await play('run-batch');
  await until(cluster, '/v1/job/batch', ({ Status }) => Status === 'dead');
  for (const name of [
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
async function interrupted({ setUp, play, cluster }: Stage): Promise<void> {
  await play('run-slow-sigterm', {
    onOutput: (child, stdout) => {
      if (stdout.includes('Monitoring deployment')) child.kill('SIGTERM');
    },
  });
  await setUp(['destroy', 'slow', '--name=s1', '--registry=lab']);
  const before = cluster.looks();
  const look = (child: ChildProcess, timer: NodeJS.Timeout) => {
    if (cluster.looks() < before + 2) return;
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
