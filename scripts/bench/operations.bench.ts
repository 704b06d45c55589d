import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { NomadClient } from '../../src/nomad/client.ts';
import { readJobStates } from '../../src/nomad/state.ts';
import { surveyDeployment } from '../../src/nomad/survey.ts';
import { type BenchCluster, startBenchCluster } from './cluster.ts';
import type { Comparison, Side } from './comparison.ts';

const run = promisify(execFile);

/** How many jobs of others the cluster has when `status` is asked. */
const [SMALLEST, MIDDLE, LARGEST] = [100, 500, 2000];
const SIZES = [SMALLEST, MIDDLE, LARGEST];

/** Deploy, destroy and status, each beside what one would do without the action. */
export async function* comparisons(): AsyncIterable<Comparison> {
  const cluster = await startBenchCluster();
  console.log(`\nOn ${cluster.name}:`);
  try {
    yield* deploys(cluster);
    yield destroys(cluster);
    yield* statuses(cluster);
  } finally {
    await cluster.stop();
  }
}

/** Of each side of a deploy. The first round of a measurement is left out, and the last one begins at its moment again. */
const ROUNDS = 20;

const NAME = '--name=shop';
const REGISTRY = '--registry=bench';

function* deploys(cluster: BenchCluster): Iterable<Comparison> {
  const side = (name: string, deploy: () => Promise<number>): Side => {
    const moment = everyMoment();
    const run = async () => {
      await moment();
      const time = await deploy();
      await cluster.byAction({ operation: 'destroy', deployment_name: 'shop' });
      return time;
    };
    return { name, run };
  };
  const action = () =>
    side('the action, deploy', async () => await cluster.byAction({ operation: 'deploy', deployment_name: 'shop' }));
  const hand = side(
    'registry add, run',
    async () => await cluster.byHand(['registry', 'add', 'bench', cluster.registry], ['run', 'web', NAME, REGISTRY]),
  );
  yield { name: 'deploy of a pack that is healthy after 1 s', base: hand, subject: action(), rounds: ROUNDS, most: 1 };
  const alone = side(
    'git clone, and the rollout by itself',
    async () => (await clone(cluster.registry)) + (await rollOut(cluster)),
  );
  yield { name: 'deploy beside what Nomad and git take', base: alone, subject: action(), rounds: ROUNDS, most: 1.15 };
}

/**
 * Nomad looks at its allocations by a clock of its own, once a second, so a rollout of 2.6 s may take 3.4 s. Each side begins once in
 * each part of a second.
 */
function everyMoment(): () => Promise<void> {
  let round = 0;
  return async () => {
    const moment = ((round % ROUNDS) / ROUNDS) * 1000;
    round += 1;
    await delay((moment - (Date.now() % 1000) + 1000) % 1000);
  };
}

function destroys(cluster: BenchCluster): Comparison {
  const deploy = async () => await cluster.byAction({ operation: 'deploy', deployment_name: 'shop', wait: 'false' });
  return {
    name: 'destroy',
    base: {
      name: 'registry add, destroy',
      run: async () => {
        await deploy();
        return await cluster.byHand(['registry', 'add', 'bench', cluster.registry], ['destroy', 'web', NAME, REGISTRY]);
      },
    },
    subject: {
      name: 'the action, destroy',
      run: async () => {
        await deploy();
        return await cluster.byAction({ operation: 'destroy', deployment_name: 'shop' });
      },
    },
    rounds: 5,
    most: 0.6,
  };
}

async function* statuses(cluster: BenchCluster): AsyncIterable<Comparison> {
  await cluster.byAction({ operation: 'deploy', deployment_name: 'shop' });
  for (const size of SIZES) {
    await cluster.fill(size);
    const hand: Side = { name: 'nomad-pack status', run: async () => await cluster.byHand(['status', 'web', NAME]) };
    yield {
      name: `status with ${size} jobs in the cluster`,
      base: hand,
      subject: { name: 'what status asks of Nomad', run: async () => await askNomad(cluster) },
      rounds: 5,
      most: size === LARGEST ? 1 / 20 : 1,
    };
    yield {
      name: 'the same, with the start of the action',
      base: hand,
      subject: {
        name: 'the action, status',
        run: async () => await cluster.byAction({ operation: 'status', deployment_name: 'shop' }),
      },
      rounds: 5,
      // Of a small cluster nomad-pack is done before Node has started.
      most: size === LARGEST ? 1 : Number.POSITIVE_INFINITY,
    };
  }
  yield* growth(cluster);
}

/** Twenty times the jobs cost less than twenty times the time. */
async function* growth(large: BenchCluster): AsyncIterable<Comparison> {
  const small = await startBenchCluster();
  try {
    await small.byAction({ operation: 'deploy', deployment_name: 'shop' });
    await small.fill(SMALLEST);
    yield {
      name: `what status asks of Nomad, with ${LARGEST / SMALLEST} times the jobs`,
      base: { name: `with ${SMALLEST} jobs`, run: async () => await askNomad(small) },
      subject: { name: `with ${LARGEST} jobs`, run: async () => await askNomad(large) },
      rounds: 21,
      most: LARGEST / SMALLEST,
    };
  } finally {
    await small.stop();
  }
}

/** The requests of `status`, without the start of a process. Milliseconds. */
async function askNomad({ address }: BenchCluster): Promise<number> {
  const client = new NomadClient(
    { address, namespace: 'default', tls: { skipVerify: false } },
    { signal: new AbortController().signal, log: () => undefined },
  );
  try {
    await client.getText('/v1/status/leader');
    const start = performance.now();
    const survey = await surveyDeployment(client, 'shop');
    const states = survey.filtered ? await readJobStates(client, survey.jobs) : [];
    if (states.length !== 1) throw new Error('the deployment was not found');
    return performance.now() - start;
  } finally {
    await client.close();
  }
}

/** Milliseconds. */
async function clone(source: string): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-clone-'));
  try {
    const start = performance.now();
    await run('git', ['clone', '--quiet', source, join(folder, 'packs')]);
    return performance.now() - start;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The rollout by itself: from the registered job to its healthy end, by Nomad's own blocking queries. Milliseconds. */
async function rollOut(cluster: BenchCluster): Promise<number> {
  await cluster.byHand(['registry', 'add', 'bench', cluster.registry], ['run', 'web', NAME, REGISTRY, '--detach']);
  const deployments = `${cluster.address}/v1/job/web/deployments`;
  for (let index = 1; ; ) {
    const response = await fetch(`${deployments}?index=${index}&wait=10s`);
    index = Number(response.headers.get('x-nomad-index') ?? 1);
    const [latest] = (await response.json()) as { readonly Status: string }[];
    if (latest?.Status === 'successful') break;
  }
  return await submittedToHealthy(cluster);
}

/** By the cluster's own clock: the job's submit time to the time that its allocation was last changed, when it became healthy. */
async function submittedToHealthy({ address }: BenchCluster): Promise<number> {
  const job = (await (await fetch(`${address}/v1/job/web`)).json()) as { readonly SubmitTime: number };
  const [deployment] = (await (await fetch(`${address}/v1/job/web/deployments`)).json()) as {
    readonly ModifyTime: number;
  }[];
  return ((deployment?.ModifyTime ?? 0) - job.SubmitTime) / 1_000_000;
}
