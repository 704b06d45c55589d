import type { Result } from '../result.ts';
import type { Settings } from '../settings/settings.ts';
import { deploy } from './deploy.ts';
import { plan } from './plan.ts';
import { promote } from './promote.ts';
import { remove } from './remove.ts';
import { render } from './render.ts';
import { setup } from './setup.ts';
import { status } from './status.ts';
import type { Tools } from './tools.ts';

/** Runs the operation that the settings ask for. */
export async function operate(settings: Settings, tools: Tools): Promise<Result> {
  switch (settings.operation) {
    case 'setup':
      return await setup(settings, tools);
    case 'deploy':
      return await deploy(settings, tools);
    case 'status':
      return await status(settings, tools);
    case 'plan':
      return await plan(settings, tools);
    case 'render':
      return await render(settings, tools);
    case 'promote':
      return await promote(settings, tools);
    case 'stop':
    case 'destroy':
      return await remove(settings, tools);
  }
}
