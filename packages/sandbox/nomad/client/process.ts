import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { constants } from 'node:os';
import type { Watchdog } from './watchdog.ts';

export interface Command {
  readonly command: string;
  readonly args: readonly string[];
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a process ended; as Nomad tells it, a signal's exit code is 128 and the signal. */
export interface Exit {
  readonly exitCode: number;
  readonly signal: number;
}

/** A task's process, in a process group of its own that never outlives the sandbox. */
export class TaskProcess {
  readonly exited: Promise<Exit>;
  private readonly child: ChildProcess;

  /** @throws the reason why the command could not be started. */
  static async start(command: Command, watchdog: Watchdog): Promise<TaskProcess> {
    const stdout = openSync(command.stdout, 'a');
    const stderr = openSync(command.stderr, 'a');
    try {
      const child = spawn(command.command, command.args, {
        cwd: command.directory,
        env: command.environment,
        detached: true,
        stdio: ['ignore', stdout, stderr],
      });
      if (child.pid !== undefined) watchdog.add(child.pid);
      const process = new TaskProcess(child, watchdog);
      await new Promise((resolve, reject) => {
        child.once('spawn', resolve);
        child.once('error', reject);
      });
      return process;
    } finally {
      closeSync(stdout);
      closeSync(stderr);
    }
  }

  private constructor(child: ChildProcess, watchdog: Watchdog) {
    this.child = child;
    this.exited = new Promise((resolve) => {
      child.once('exit', (code, name) => {
        // What the task left behind of its group goes with it.
        this.signal('SIGKILL');
        if (child.pid !== undefined) watchdog.drop(child.pid);
        const signal = name === null ? 0 : constants.signals[name];
        resolve({ exitCode: code ?? 128 + signal, signal });
      });
    });
  }

  /** Sends a signal to the whole process group. */
  signal(signal: NodeJS.Signals): void {
    if (this.child.pid === undefined) return;
    try {
      process.kill(-this.child.pid, signal);
    } catch {
      // The group is gone already, which is what a signal was to bring about.
    }
  }
}
