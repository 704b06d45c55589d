import { tmpdir } from 'node:os';
import { HOST } from './nomad-pack/host.ts';
import { issueCommand } from './runner/commands.ts';
import { PrivateFolder } from './runner/private-folder.ts';
import type { Environment } from './settings/inputs.ts';

/** What the step saved for its end. */
export interface SavedFolder {
  /** Of a folder that the step made; absent when it ended before it had one. */
  readonly path: string | undefined;
  /** What the folder holds if it is the step's. */
  readonly key: string | undefined;
}

/**
 * The end of the step, also when it was cancelled or killed: ends a nomad-pack that is still running and removes the folder.
 * What the state names is touched only if it is what the step made. Never fails: the step has said how the deployment is.
 */
export async function post({ path, key }: SavedFolder, environment: Environment): Promise<void> {
  if (path === undefined || path === '') return;
  try {
    const folder = await PrivateFolder.reopen(path, key ?? '', environment['RUNNER_TEMP'] || tmpdir());
    if (folder === undefined) return;
    for (const pid of await folder.rememberedProcesses()) HOST.endTree(pid, 'SIGKILL');
    await folder.remove();
  } catch (error) {
    issueCommand(
      'warning',
      `The folder ${path} could not be removed: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
