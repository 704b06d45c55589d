import type { Outcome } from '../result.ts';
import type { SetupTools } from './tools.ts';

/** Installs nomad-pack and puts it on the PATH of the steps that follow, for whoever wants to run it by hand. */
export async function setup(tools: SetupTools): Promise<Outcome> {
  const { path, folder } = await tools.log.phase('Install nomad-pack', async () => {
    const installation = await tools.install();
    await installation.version;
    return installation;
  });
  tools.addPath(folder);
  return {
    status: 'complete',
    health: 'unknown',
    changed: false,
    jobs: [],
    nomadPackPath: path,
  };
}
