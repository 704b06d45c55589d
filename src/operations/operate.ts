import { OPERATIONS } from '../operations.ts';
import type { Result } from '../result.ts';
import type { Settings } from '../settings/settings.ts';
import type { Tools } from './tools.ts';

/** Runs the operation that the settings ask for. */
export async function operate(settings: Settings, tools: Tools): Promise<Result> {
  if (settings.operation === 'setup') {
    const setup = await OPERATIONS.setup.load();
    return await setup(settings, tools);
  }
  const work = await OPERATIONS[settings.operation].load();
  return await work(settings, tools);
}
