import type { Result } from '../result.ts';
import type { Settings } from '../settings/settings.ts';
import type { Tools } from './tools.ts';

/** Runs the operation that the settings ask for. Each is loaded when it is asked for: an error in the inputs waits for none. */
export async function operate(settings: Settings, tools: Tools): Promise<Result> {
  switch (settings.operation) {
    case 'setup':
      return await (await import('./setup.ts')).setup(settings, tools);
    case 'deploy':
      return await (await import('./deploy.ts')).deploy(settings, tools);
    case 'status':
      return await (await import('./status.ts')).status(settings, tools);
    case 'plan':
      return await (await import('./plan.ts')).plan(settings, tools);
    case 'render':
      return await (await import('./render.ts')).render(settings, tools);
    case 'promote':
      return await (await import('./promote.ts')).promote(settings, tools);
    case 'stop':
    case 'destroy':
      return await (await import('./remove.ts')).remove(settings, tools);
  }
}
