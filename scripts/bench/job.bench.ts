import { join } from 'node:path';
import { ROOT } from '../support/paths.ts';
import { startBenchCluster } from './cluster.ts';
import type { Comparison } from './comparison.ts';

const NAME = '--name=shop';
const REGISTRY = '--registry=bench';

/** A job that plans, deploys and looks at a deployment: beside the same by hand, and what its later steps have left to do. */
export async function* comparisons(): AsyncIterable<Comparison> {
  const cluster = await startBenchCluster();
  console.log(`\nOn ${cluster.name}:`);
  const steps = ['plan', 'deploy', 'status'].map((operation) => ({ operation, deployment_name: 'shop' }));
  const destroy = async () => void (await cluster.byAction({ operation: 'destroy', deployment_name: 'shop' }));
  try {
    yield {
      name: 'a job of plan, deploy and status, nomad-pack installed first',
      base: {
        name: 'curl, sha256sum, unzip, registry add, plan, run, status',
        run: async () => {
          const time = await cluster.jobByHand(
            ['registry', 'add', 'bench', cluster.registry],
            // A plan with changes ends with 1.
            ['plan', 'web', NAME, REGISTRY, '--exit-code-makes-changes=0'],
            ['run', 'web', NAME, REGISTRY],
            ['status', 'web', NAME],
          );
          await destroy();
          return time;
        },
      },
      subject: {
        name: 'three steps of the action',
        run: async () => {
          const times = await cluster.jobByAction(steps);
          await destroy();
          return times.reduce((sum, time) => sum + time, 0);
        },
      },
      rounds: 8,
      most: 0.9,
    };
    const plans = [1, 2].map(() => ({ operation: 'plan', deployment_name: 'shop' }));
    yield {
      name: 'the second plan of a job: installation and registry',
      base: {
        name: 'nomad-pack on the PATH, the pack a directory',
        run: async () => (await cluster.jobByAction(plans, directory()))[1],
      },
      subject: {
        name: 'a release, the pack of a registry',
        run: async () => (await cluster.jobByAction(plans))[1],
      },
      rounds: 8,
      most: { beyond: 100 },
    };
  } finally {
    await cluster.stop();
  }
}

/** No installation, and no registry. */
function directory(): Record<string, string> {
  return {
    nomad_pack_version: 'system',
    registry_name: '',
    registry_source: '',
    pack: join(ROOT, 'examples', 'packs', 'web'),
  };
}
