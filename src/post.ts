import { killTree } from './nomad-pack/process.ts';
import { issueCommand } from './runner/commands.ts';
import { PrivateFolder } from './runner/private-folder.ts';

/**
 * The end of the step, also when it was cancelled or killed: ends a nomad-pack that is still running and removes the private folder.
 * Never fails: the step has said how the deployment fares.
 *
 * @param path the private folder, from the state that the step saved; absent when the step ended before it had one
 */
export async function post(path: string | undefined): Promise<void> {
  if (path === undefined || path === '') return;
  const folder = PrivateFolder.at(path);
  try {
    for (const pid of await folder.rememberedProcesses()) killTree(pid, 'SIGKILL');
    await folder.remove();
  } catch (error) {
    issueCommand(
      'warning',
      `The folder ${path} could not be removed: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
