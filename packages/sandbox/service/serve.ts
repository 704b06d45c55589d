import { startSandbox } from '../index.ts';
import { type Variables, variablesOf } from './variables.ts';

/**
 * Runs a sandbox until it is told to stop: by SIGINT, SIGTERM, or when the time is over.
 *
 * @param minutes after which it ends by itself
 * @param onUp called once it is up
 */
export async function serve(minutes: number, onUp: (variables: Variables) => void): Promise<void> {
  const told = new Promise<void>((resolve) => {
    setTimeout(resolve, minutes * 60_000);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  const sandbox = await startSandbox({ acl: true });
  onUp(variablesOf(sandbox));
  await told;
  await sandbox.stop();
}
