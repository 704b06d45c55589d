import type { Result } from '../result.ts';
import type { SetupSettings } from '../settings/settings.ts';
import type { SetupTools } from './tools.ts';

/** Installs nomad-pack and puts it on the PATH of the steps that follow, for whoever wants to run it by hand. */
export async function setup(settings: SetupSettings, tools: SetupTools): Promise<Result> {
  const { path, folder } = await tools.log.phase('Install nomad-pack', async () => {
    const installation = await tools.install();
    await installation.version;
    return installation;
  });
  tools.addPath(folder);
  return {
    ...tools.findings,
    operation: settings.operation,
    nomadPackPath: path,
    status: 'complete',
    health: 'unknown',
    changed: false,
    jobs: [],
  };
}
