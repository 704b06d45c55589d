import { once } from '../../src/once.ts';
import { type BenchCluster, type FileStep, startBenchCluster, TAG } from './cluster.ts';
import type { Comparison } from './comparison.ts';

/** Twelve deployments, three chains of four: `d1-0` needs nothing, `d1-3` needs `d1-2`. */
const CHAINS = [1, 2, 3];
const LINKS = [0, 1, 2, 3];

/** Far more than a file has that people still read. */
const MANY = 200;

/** A step over the deployments of a file, beside a step over one, and beside the longest way through what they need. */
export async function* comparisons(): AsyncIterable<Comparison> {
  const cluster = await startBenchCluster();
  console.log(`\nOn ${cluster.name}:`);
  try {
    yield deploys(cluster);
    yield nothingToDo(cluster);
    yield planMany(cluster);
  } finally {
    await cluster.stop();
  }
}

function deploys(cluster: BenchCluster): Comparison {
  const side = (name: string, chains: readonly number[]) => {
    const file = fileOf(cluster, chainsOf(chains));
    const run = async () => {
      const deployed = await cluster.overFile(file, { operation: 'deploy' });
      expectOnce(deployed);
      await cluster.overFile(file, { operation: 'destroy' });
      return deployed.time;
    };
    return { name, run };
  };
  return {
    name: 'twelve deployments in three chains of needs, side by side',
    base: side('one chain of four by itself', CHAINS.slice(0, 1)),
    subject: side('three of them, with one fetch of the registry and one installation', CHAINS),
    rounds: 5,
    most: 1.3,
  };
}

function nothingToDo(cluster: BenchCluster): Comparison {
  const all = fileOf(
    cluster,
    [...Array(12).keys()].map((index) => [`s${index}`, []]),
  );
  const deployed = once(async () => await cluster.overFile(all, { operation: 'deploy' }));
  const side = (name: string, inputs: Readonly<Record<string, string>>) => ({
    name,
    run: async () => {
      await deployed();
      return (await cluster.overFile(all, { operation: 'deploy', ...inputs })).time;
    },
  });
  return {
    name: 'nothing to do over twelve deployments',
    base: side('over one', { only: 's0' }),
    subject: side('over twelve', {}),
    rounds: 5,
    most: 3,
  };
}

/** Says what a large file takes; no limit is promised. */
function planMany(cluster: BenchCluster): Comparison {
  const all = fileOf(
    cluster,
    [...Array(MANY).keys()].map((index) => [`m${index}`, []]),
    // Nothing runs of it.
    { count: 0 },
  );
  const deployed = once(async () => await cluster.overFile(all, { operation: 'deploy', wait: 'false' }));
  const side = (name: string, inputs: Readonly<Record<string, string>>) => ({
    name,
    run: async () => {
      await deployed();
      const { time, memory = Number.NaN } = await cluster.overFile(all, { operation: 'plan', ...inputs });
      console.log(`  plan, ${name}: ${(memory / 1024 / 1024).toFixed(0)} MB at most`);
      return time;
    },
  });
  return {
    name: `plan of ${MANY} deployments, nothing to change`,
    base: side('of one', { only: 'm0' }),
    subject: side(`of ${MANY}`, {}),
    rounds: 1,
    most: Number.POSITIVE_INFINITY,
  };
}

function chainsOf(chains: readonly number[]): Needs {
  return chains.flatMap((chain) =>
    LINKS.map((link): [string, readonly string[]] => [
      `d${chain}-${link}`,
      link === 0 ? [] : [`d${chain}-${link - 1}`],
    ]),
  );
}

type Needs = readonly (readonly [name: string, needs: readonly string[]])[];

function fileOf({ registry }: BenchCluster, needs: Needs, variables: object = {}) {
  return {
    registries: { bench: { source: registry, ref: TAG } },
    defaults: { variables: { resources: { cpu: 10, memory: 10 }, ...variables } },
    deployments: Object.fromEntries(
      needs.map(([name, needed]) => [name, { pack: 'bench/web', needs: needed, variables: { job_name: name } }]),
    ),
  };
}

function expectOnce({ fetched }: FileStep): void {
  const { registries, archives } = fetched;
  if (registries !== 1 || archives !== 1)
    throw new Error(`${registries} fetches of the registry and ${archives} downloads, instead of one of each`);
}
