import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Variables } from './variables.ts';

/** Names the file that holds the id of the background process. */
export const pidFileVariable = 'SANDBOX_PID_FILE';

/** How long the background process may take to come up, and to end. Milliseconds. */
const patience = 20_000;

/**
 * Starts the program again as a process of its own, which serves a sandbox, and waits until that is up.
 *
 * @param program path of `main.ts`
 * @throws where it does not come up, with what it printed
 */
export async function startInBackground(program: string, minutes: number): Promise<Variables> {
  const folder = mkdtempSync(join(tmpdir(), 'nomad-pack-sandbox-'));
  const [pidFile, logFile] = [join(folder, 'pid'), join(folder, 'log')];
  const log = openSync(logFile, 'a');
  const child = spawn(process.execPath, [program, 'serve', '--minutes', String(minutes), '--folder', folder], {
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
  });
  writeFileSync(pidFile, String(child.pid));
  const up = new Promise<Variables>((resolve, reject) => {
    child.once('message', (variables) => resolve(variables as Variables));
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`The sandbox did not come up:\n${readFileSync(logFile, 'utf8')}`)));
  });
  const late = delay(patience, undefined, { ref: false }).then(() => {
    child.kill('SIGKILL');
    throw new Error(`The sandbox did not come up within ${patience / 1000} s:\n${readFileSync(logFile, 'utf8')}`);
  });
  const variables = await Promise.race([up, late]);
  child.disconnect();
  child.unref();
  return { ...variables, [pidFileVariable]: pidFile };
}

/** Tells whoever started this process that the sandbox is up, and lets go of it. */
export function reportUp(variables: Variables): void {
  process.send?.(variables, () => process.disconnect());
}

/** Removes what the background process left: its id and its log. */
export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/**
 * Ends the background process. It is not an error where it has ended already.
 *
 * @throws where it does not end
 */
export async function stopBackground(pidFile: string): Promise<void> {
  const pid = readPid(pidFile);
  if (pid === undefined || !isSandbox(pid)) return;
  process.kill(pid, 'SIGTERM');
  const until = Date.now() + patience;
  while (isSandbox(pid)) {
    if (Date.now() > until) throw new Error(`The sandbox, process ${pid}, does not end.`);
    await delay(20);
  }
  removeFolder(dirname(pidFile));
}

function readPid(file: string): number | undefined {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Whether the process is a sandbox in the background, and not one that was given the id of one that has ended. */
function isSandbox(pid: number): boolean {
  try {
    const command = execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
    return command.includes('main.ts serve');
  } catch {
    return false;
  }
}
